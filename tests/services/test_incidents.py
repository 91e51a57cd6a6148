"""Incidents of a house: who writes them down, who reads them, and who is left out of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.daily_services import Month
from caseflow.domain.decisions import Refused
from caseflow.domain.incidents import (
    Concerned,
    FollowUp,
    Happened,
    IncidentKind,
    Measure,
    PartOfDay,
    Police,
    RoleInIt,
)
from caseflow.domain.redaction import HIDDEN
from caseflow.services import (
    gatekeeping,
    incident_acts,
    incidents,
    restrictions,
)
from caseflow.services.case_views import SEALED
from caseflow.services.gatekeeping import NotKnown, VaultSealed
from caseflow.services.house_peace_views import OwnIncident
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case
from caseflow.storage.models.house_peace import IncidentWords
from caseflow.storage.models.shelter import Placement
from caseflow.storage.models.tasks import Task
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.services.placing import TODAY, person, place, reason

KOFI, LENA = cast.KOFI.actor(), cast.LENA.actor()
ROSA = Colleague("rosa", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
FAR = Colleague("fay", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "kade")
WARD = Colleague("ward", "de-haven", None, (Role.NIGHT_WORKER,), "havenhuis")
WORDS = "A chair was thrown in the kitchen."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def beds(house: House) -> list[str]:
    """Three beds at Havenhuis, one at Kade, and who works there by day and by night."""
    builders.hire_everybody(house)
    made = [*builders.open_site(house, beds=3), *builders.open_site(house, "kade", beds=1)]
    builders.hire(house, ROSA, FAR, WARD)
    return made


def code(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def told(
    *people: Concerned, words: str = "", on: date = TODAY, site: str = "havenhuis"
) -> Happened:
    return Happened(
        site, on, PartOfDay.EVENING, IncidentKind.DAMAGE, people, Police.CALLED, words=words
    )


def concerned(
    house: House, case_id: str, role: RoleInIt = RoleInIt.INVOLVED, **more: object
) -> Concerned:
    return Concerned(code(house, case_id), role, **more)  # type: ignore[arg-type]


def written(colleague: Colleague, what: Happened) -> str:
    made = incident_acts.record(colleague.actor(), what, cast.NOW)
    assert isinstance(made, str), made
    return made


def lines(colleague: Colleague, site: str | None = None) -> int:
    return len(incidents.listed(colleague.actor(), cast.NOW, None, site).lines)


def on_the_page(colleague: Colleague, case_id: str) -> tuple[OwnIncident, ...]:
    shown = gatekeeping.open_case(colleague.actor(), case_id, cast.NOW).peace
    assert shown is not None
    return shown.incidents or ()


def test_who_was_there_writes_it_down_and_the_site_the_lead_and_the_team_read_it(
    house: House, beds: list[str]
) -> None:
    case_id = world.assigned()
    place(case_id, beds[0])
    made = written(WARD, told(concerned(house, case_id), words=WORDS))
    for reader in (ROSA, cast.KOFI, cast.LENA):
        assert lines(reader) == 1, reader.id
        opened = incidents.opened(reader.actor(), made, cast.NOW)
        assert (opened.words, len(opened.people)) == (WORDS, 1)
    assert incidents.opened(cast.AMINA.actor(), made, cast.NOW).words == WORDS
    [mine] = on_the_page(cast.AMINA, case_id)
    assert (mine.kind, mine.role, mine.follow_up) == (
        IncidentKind.DAMAGE,
        RoleInIt.INVOLVED,
        None,
    )


@pytest.mark.parametrize(
    "reader", [WARD, FAR, cast.MO, cast.SARA, cast.BRAM, cast.JORIS, cast.PETRA, cast.TESS]
)
def test_whom_it_is_not_for_finds_no_incident_there(
    house: House, beds: list[str], reader: Colleague
) -> None:
    case_id = world.assigned()
    place(case_id, beds[0])
    made = written(ROSA, told(concerned(house, case_id), words=WORDS))
    with pytest.raises(NotKnown):
        incidents.opened(reader.actor(), made, cast.NOW)
    try:
        assert lines(reader) == 0
    except NotKnown:
        assert reader not in (WARD, FAR, cast.MO, cast.JORIS)


def test_words_about_two_are_read_by_who_may_see_both_and_nobody_shows_on_the_others_page(
    house: House, beds: list[str]
) -> None:
    one, other = world.assigned(), person("Amber", team="haven-west")
    place(one, beds[0])
    place(other, beds[1])
    people = (concerned(house, one), concerned(house, other, RoleInIt.HARMED))
    made = written(ROSA, told(*people, words=WORDS))
    assert incidents.opened(ROSA.actor(), made, cast.NOW).words == WORDS
    theirs = incidents.opened(cast.AMINA.actor(), made, cast.NOW)
    assert [who.case_id for who in theirs.people] == [one]
    assert theirs.words is HIDDEN
    assert code(house, other) not in repr(on_the_page(cast.AMINA, one))


def test_who_moved_away_takes_the_incident_along(house: House, beds: list[str]) -> None:
    case_id = person()
    place(case_id, beds[0])
    made = written(ROSA, told(concerned(house, case_id)))
    with builders.casework(house) as session:
        [stay] = session.scalars(select(Placement).where(Placement.case_id == case_id))
        stay.bed_id = beds[3]
    assert (lines(ROSA), len(on_the_page(FAR, case_id))) == (0, 1)
    assert incidents.opened(LENA, made, cast.NOW)


def test_what_concerned_nobody_is_of_the_house(house: House, beds: list[str]) -> None:
    made = written(WARD, told(words=WORDS))
    assert incidents.opened(ROSA.actor(), made, cast.NOW).words == WORDS
    assert (lines(ROSA), lines(cast.KOFI), lines(FAR), lines(cast.LENA)) == (1, 1, 0, 0)
    with pytest.raises(NotKnown):
        incidents.opened(WARD.actor(), made, cast.NOW)


def test_a_restricted_person_cannot_be_named_by_who_may_not_see_them(
    house: House, beds: list[str]
) -> None:
    case_id = world.assigned("amina", "bram")
    place(case_id, beds[0])
    made = written(ROSA, told(concerned(house, case_id), words=WORDS))
    world.done(restrictions.restrict(LENA, case_id, ("amina", "bram"), cast.NOW))
    offered = incident_acts.choices(ROSA.actor(), "havenhuis", cast.NOW)
    assert offered.people == ()
    again = incident_acts.record(ROSA.actor(), told(concerned(house, case_id)), cast.NOW)
    assert "Choose people who sleep at this site" in reason(again)
    assert lines(ROSA) == 0
    with pytest.raises(NotKnown):
        incidents.opened(ROSA.actor(), made, cast.NOW)


@pytest.mark.parametrize("who", [FAR, cast.AMINA, cast.LENA, cast.JORIS])
def test_nobody_writes_down_what_happened_at_a_site_that_is_not_theirs(
    house: House, beds: list[str], who: Colleague
) -> None:
    with pytest.raises(NotKnown):
        incident_acts.record(who.actor(), told(), cast.NOW)


def test_somebody_who_sleeps_elsewhere_and_nobody_at_all_are_refused_alike(
    house: House, beds: list[str]
) -> None:
    case_id = person()
    place(case_id, beds[3])
    far = incident_acts.record(ROSA.actor(), told(concerned(house, case_id)), cast.NOW)
    none = incident_acts.record(
        ROSA.actor(), told(Concerned("K7QM-4XPD", RoleInIt.HARMED)), cast.NOW
    )
    assert reason(far) == reason(none)


def test_while_the_vault_is_sealed_codes_are_kept_and_words_are_not(
    house: House, beds: list[str]
) -> None:
    case_id = person()
    place(case_id, beds[0])
    first = written(ROSA, told(concerned(house, case_id), words=WORDS))
    house.stores.forget_vaults()
    with pytest.raises(VaultSealed):
        incident_acts.record(ROSA.actor(), told(words=WORDS), cast.NOW)
    assert lines(ROSA) == 1
    assert incidents.opened(ROSA.actor(), first, cast.NOW).words is SEALED
    written(ROSA, told(concerned(house, case_id)))
    assert lines(ROSA) == 2


def test_a_measure_with_an_end_is_a_task_on_its_last_day(house: House, beds: list[str]) -> None:
    case_id = person()
    place(case_id, beds[0])
    until = TODAY + timedelta(days=4)
    shut = concerned(house, case_id, measure=Measure.REFUSED_ENTRY, until_on=until)
    written(ROSA, told(shut))
    with house.stores.reading() as session:
        [task] = session.scalars(select(Task).where(Task.case_id == case_id))
        assert (task.kind, task.due_on) == ("house", until)


def test_the_team_lead_follows_it_up_with_each_person_once(house: House, beds: list[str]) -> None:
    case_id = person()
    place(case_id, beds[0])
    made = written(ROSA, told(concerned(house, case_id)))
    assert incidents.listed(LENA, cast.NOW).lines[0].to_follow_up
    [mine] = on_the_page(cast.LENA, case_id)

    def follow(by: Colleague, case: str = case_id) -> Refused | None:
        return incident_acts.follow_up(
            by.actor(), case, mine.person_id, FollowUp.AGREED, TODAY, cast.NOW
        )

    for other in (cast.MO, cast.KOFI, ROSA):
        with pytest.raises(NotKnown):
            follow(other)
    with pytest.raises(NotKnown):
        follow(cast.LENA, person("Amber"))
    assert follow(cast.LENA) is None
    assert "already" in reason(follow(cast.LENA))
    [done] = incidents.opened(LENA, made, cast.NOW).people
    assert (done.part.follow_up, done.part.followed_up_on) == (FollowUp.AGREED, TODAY)
    assert not incidents.listed(LENA, cast.NOW).lines[0].to_follow_up


def test_the_list_goes_by_month_and_by_site(house: House, beds: list[str]) -> None:
    written(cast.KOFI, told(on=TODAY - timedelta(days=30)))
    written(cast.KOFI, told(site="kade"))
    assert (lines(cast.KOFI), lines(cast.KOFI, "kade"), lines(cast.KOFI, "havenhuis")) == (1, 1, 0)
    before = incidents.listed(KOFI, cast.NOW, Month(date(2026, 10, 1)))
    assert (len(before.lines), before.later) == (1, Month(date(2026, 11, 1)))
    with pytest.raises(NotKnown):
        incidents.listed(ROSA.actor(), cast.NOW, None, "kade")


def test_the_log_holds_codes_and_no_words(house: House, beds: list[str]) -> None:
    case_id = person()
    place(case_id, beds[0])
    written(ROSA, told(concerned(house, case_id), words=WORDS))
    with house.stores.audit.connect() as log:
        kept = " ".join(str(row) for row in log.exec_driver_sql("SELECT * FROM entries"))
    assert "incident_recorded" in kept
    assert "chair" not in kept
    assert code(house, case_id) not in kept


def test_a_client_of_another_organisation_has_its_words_in_their_own_vault(
    house: House, beds: list[str]
) -> None:
    case_id = person("Teal")
    place(case_id, beds[0])
    with builders.casework(house) as session:
        session.get_one(Case, case_id).organisation = "het-kompas"
    made = written(cast.KOFI, told(concerned(house, case_id), words=WORDS))
    with house.stores.reading_vault("het-kompas") as vault:
        assert len(vault.scalars(select(IncidentWords)).all()) == 1
    with house.stores.reading_vault("de-haven") as vault:
        assert vault.scalars(select(IncidentWords)).all() == []
    assert incidents.opened(KOFI, made, cast.NOW).words == WORDS
    both = (concerned(house, case_id), concerned(house, _ours(beds)))
    mixed = incident_acts.record(KOFI, told(*both, words=WORDS), cast.NOW)
    assert "two organisations" in reason(mixed)
    assert isinstance(incident_acts.record(KOFI, told(*both), cast.NOW), str)


def _ours(beds: list[str]) -> str:
    ours = person("Amber")
    place(ours, beds[1])
    return ours
