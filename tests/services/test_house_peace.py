"""Warnings, pairs that are not placed together, and time-outs: what they do, and whom they tell nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.house_pairs import PairReason, PairScope
from caseflow.domain.house_warnings import NotToldYet, Told, WarningKind
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.domain.time_outs import Meanwhile
from caseflow.services import (
    gatekeeping,
    house_pairs,
    house_warnings,
    placements,
    separations,
    swaps,
    time_outs,
    vacancies,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.house_peace_views import HousePeaceView
from caseflow.services.houses import House
from caseflow.services.time_outs import Asked
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.house_peace import HouseWarning
from caseflow.storage.models.shelter import Absence, Placement
from caseflow.storage.models.tasks import Task
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.services.placing import TODAY, person, place, reason

KOFI, LENA = cast.KOFI.actor(), cast.LENA.actor()
ROSA = Colleague("rosa", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
WATCHES = Colleague("ward", "de-haven", None, (Role.NIGHT_WORKER,), "havenhuis")
TOLD = Told(TODAY, "ti")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def beds(house: House) -> list[str]:
    """Two rooms of two beds at Havenhuis, one bed at Kade."""
    builders.hire_everybody(house)
    return [*builders.open_site(house, beds=2, rooms=2), *builders.open_site(house, "kade", beds=1)]


def day(after: int) -> date:
    return TODAY + timedelta(days=after)


def code(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def peace(colleague: Colleague, case_id: str) -> HousePeaceView:
    shown = gatekeeping.open_case(colleague.actor(), case_id, cast.NOW).peace
    assert shown is not None
    return shown


def tasks(house: House, case_id: str) -> list[tuple[str, date, bool]]:
    with house.stores.reading() as session:
        rows = session.scalars(select(Task).where(Task.case_id == case_id).order_by(Task.due_on))
        return [(row.kind, row.due_on, row.superseded) for row in rows]


def warn(
    case_id: str,
    kind: WarningKind = WarningKind.NOT_ALONE,
    until: int = 30,
    told: Told = TOLD,
) -> None:
    world.done(house_warnings.record(LENA, case_id, kind, day(until), told, cast.NOW))


def test_a_warning_is_a_code_with_an_end_a_task_and_what_the_person_knows(
    house: House, beds: list[str]
) -> None:
    case_id = person()
    place(case_id, beds[0])
    warn(case_id)
    [shown] = peace(cast.LENA, case_id).warnings
    assert (shown.kind, shown.until_on, shown.told) == (WarningKind.NOT_ALONE, day(30), TOLD)
    assert tasks(house, case_id) == [("house", day(30), False)]
    with clock.fixed(cast.NOW + timedelta(days=31)):
        later = gatekeeping.open_case(LENA, case_id, clock.now()).peace
    assert later is not None
    assert later.warnings == (), "nobody confirmed it, so it is gone"


def test_the_night_sees_the_code_and_not_what_was_said_about_it(
    house: House, beds: list[str]
) -> None:
    case_id = person()
    place(case_id, beds[0])
    warn(case_id)
    builders.hire(house, WATCHES)
    [shown] = peace(WATCHES, case_id).warnings
    assert (shown.kind, shown.told) == (WarningKind.NOT_ALONE, HIDDEN)
    view = peace(WATCHES, case_id)
    assert (view.pairs, view.incidents) == (HIDDEN, HIDDEN)


def test_a_coordinator_sees_safety_only_of_who_sleeps_at_an_own_site(
    house: House, beds: list[str]
) -> None:
    case_id = person()
    warn(case_id)
    assert gatekeeping.open_case(KOFI, case_id, cast.NOW).peace is None
    place(case_id, beds[0])
    assert peace(cast.KOFI, case_id).warnings
    with pytest.raises(NotKnown):
        house_warnings.record(
            cast.JORIS.actor(), case_id, WarningKind.CALL_FIRST, day(3), TOLD, cast.NOW
        )


def test_a_confirmed_or_told_warning_keeps_the_row_before_it(house: House, beds: list[str]) -> None:
    case_id = person()
    warn(case_id, told=Told(not_yet=NotToldYet.NOT_MET))
    [first] = peace(cast.LENA, case_id).warnings
    told = house_warnings.tell(LENA, case_id, first.id, TODAY, None, cast.NOW)
    assert "in which language" in reason(told)
    world.done(house_warnings.tell(LENA, case_id, first.id, TODAY, "fa", cast.NOW))
    [second] = peace(cast.LENA, case_id).warnings
    assert second.told == Told(TODAY, "fa")
    assert "already" in reason(house_warnings.tell(LENA, case_id, second.id, TODAY, "fa", cast.NOW))
    sooner = house_warnings.confirm(LENA, case_id, second.id, day(29), cast.NOW)
    assert "Choose a later day" in reason(sooner)
    world.done(house_warnings.confirm(LENA, case_id, second.id, day(60), cast.NOW))
    [third] = peace(cast.LENA, case_id).warnings
    assert (third.from_on, third.until_on, third.told) == (TODAY, day(60), Told(TODAY, "fa"))
    with house.stores.reading() as session:
        assert len(session.scalars(select(HouseWarning)).all()) == 3
    assert [one for one in tasks(house, case_id) if not one[2]] == [("house", day(60), False)]
    world.done(house_warnings.end(LENA, case_id, third.id, cast.NOW))
    assert peace(cast.LENA, case_id).warnings == ()
    with pytest.raises(NotKnown):
        house_warnings.end(LENA, case_id, third.id, cast.NOW)


def test_the_same_warning_is_not_recorded_twice_nor_on_another_case(
    house: House, beds: list[str]
) -> None:
    one, other = person("Blue"), person("Amber")
    warn(one)
    again = house_warnings.record(LENA, one, WarningKind.NOT_ALONE, day(9), TOLD, cast.NOW)
    assert "is there already" in reason(again)
    [mine] = peace(cast.LENA, one).warnings
    with pytest.raises(NotKnown):
        house_warnings.end(LENA, other, mine.id, cast.NOW)


def apart(
    house: House, one: str, other: str, scope: PairScope = PairScope.ROOM, until: int = 30
) -> Refused | None:
    return house_pairs.record(
        KOFI, one, code(house, other), scope, PairReason.QUARREL, day(until), cast.NOW
    )


def test_b09_two_who_quarrel_get_no_bed_in_one_room_and_nobody_is_told_why(
    house: House, beds: list[str]
) -> None:
    one, other = person("Blue"), person("Amber")
    place(one, beds[0])
    place(other, beds[2])
    world.done(apart(house, one, other))
    here = vacancies.vacancies(KOFI, one, TODAY, None, cast.NOW)
    offered = {vacancy.bed.id for vacancy in here.vacancies}
    assert beds[3] not in offered
    assert beds[1] in offered
    assert beds[4] in offered
    stay = placements.move(KOFI, _stay(house, one), beds[3], TODAY, None, cast.NOW)
    said = reason(stay)
    assert said == "This room cannot be used for this person. Choose a bed in another room."
    assert "Amber" not in said
    refused = placements.move(KOFI, _stay(house, other), beds[1], TODAY, None, cast.NOW)
    assert isinstance(refused, Refused), "it holds both ways"
    assert not isinstance(
        placements.move(KOFI, _stay(house, other), beds[3], TODAY, None, cast.NOW), Refused
    )


def _stay(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.scalars(
            select(Placement.id).where(Placement.case_id == case_id, Placement.status == "begun")
        ).one()


def test_b09_a_swap_brings_nobody_into_the_room_of_the_other(house: House, beds: list[str]) -> None:
    one, other, third = person("Blue"), person("Amber"), person("Teal")
    place(one, beds[0])
    place(other, beds[2])
    place(third, beds[3])
    world.done(apart(house, one, other))
    refused = swaps.swap(
        KOFI, _stay(house, one), _stay(house, third), TODAY, cast.NOW, versions=(None, None)
    )
    assert "cannot be used for this person" in reason(refused)
    world.done(swaps.swap(KOFI, _stay(house, one), _stay(house, other), TODAY, cast.NOW))
    with house.stores.reading() as session:
        assert session.get_one(Placement, _stay(house, one)).bed_id == beds[2]


def test_b09_not_at_one_site_shuts_the_site_with_the_sentence_of_safety(
    house: House, beds: list[str]
) -> None:
    one, other = person("Blue"), person("Amber")
    place(one, beds[0])
    place(other, beds[4])
    world.done(apart(house, one, other, PairScope.SITE))
    refused = reason(placements.move(KOFI, _stay(house, other), beds[3], TODAY, None, cast.NOW))
    assert refused.startswith("This site cannot be used for this person.")
    [pair] = peace(cast.KOFI, one).pairs or ()
    world.done(house_pairs.end(KOFI, other, pair.id, cast.NOW))
    placed = placements.move(KOFI, _stay(house, other), beds[3], TODAY, None, cast.NOW)
    assert not isinstance(placed, Refused)


def test_a_pair_ends_by_itself(house: House, beds: list[str]) -> None:
    one, other = person("Blue"), person("Amber")
    place(one, beds[0])
    place(other, beds[2])
    world.done(apart(house, one, other, until=1))
    with clock.fixed(cast.NOW + timedelta(days=2)):
        moved = placements.move(KOFI, _stay(house, other), beds[1], day(2), None, clock.now())
    assert not isinstance(moved, Refused)


def test_the_other_of_a_pair_is_named_to_who_may_know_both(house: House, beds: list[str]) -> None:
    one, other = person("Blue"), person("Amber", team="haven-west")
    place(one, beds[0])
    place(other, beds[4])
    world.done(apart(house, one, other))
    [seen] = peace(cast.KOFI, one).pairs or ()
    assert seen.other == code(house, other)
    with house.stores.audit.connect() as log:
        told = log.exec_driver_sql("SELECT count(*) FROM entries WHERE event = 'caseload_listed'")
        assert told.scalar() == 1, "who stands on a page is told to the log"
    [seen] = peace(cast.LENA, one).pairs or ()
    assert seen.other is HIDDEN
    builders.hire(house, ROSA)
    [seen] = peace(ROSA, one).pairs or ()
    assert seen.other is HIDDEN, "the other sleeps at another site"


def test_of_somebody_kept_apart_for_safety_no_pair_shows(house: House, beds: list[str]) -> None:
    one, other = person("Blue"), person("Amber")
    place(one, beds[0])
    place(other, beds[4])
    world.done(apart(house, one, other))
    world.done(separations.keep_apart(LENA, one, code(house, other), TODAY, cast.NOW))
    assert peace(cast.KOFI, one).pairs == ()
    assert peace(cast.LENA, other).pairs == ()


@pytest.mark.parametrize("who", ["nobody", "another organisation", "oneself", "twice"])
def test_a_code_that_cannot_be_is_refused_without_telling_who_is_known(
    house: House, beds: list[str], who: str
) -> None:
    one, other = person("Blue"), person("Amber")
    place(one, beds[0])
    place(other, beds[2])
    theirs = person("Teal", desk=cast.TESS)
    with builders.casework(house) as session:
        case = session.get_one(Case, theirs)
        case.organisation = session.get_one(Client, case.client_code).organisation = "het-kompas"
        abroad = case.client_code
    if who == "twice":
        world.done(apart(house, one, other))
    asked = {
        "nobody": "K7QM-4XPD", "another organisation": abroad, "oneself": code(house, one),
        "twice": code(house, other),
    }[who]  # fmt: skip
    said = reason(
        house_pairs.record(KOFI, one, asked, PairScope.ROOM, PairReason.RHYTHM, day(9), cast.NOW)
    )
    expected = {"oneself": "code of this person", "twice": "already"}.get(who, "You know no other")
    assert expected in said


def away(**more: object) -> Asked:
    given = {
        "site_id": "havenhuis", "from_on": TODAY, "back_on": day(3), "meanwhile": Meanwhile.OWN_NETWORK,
        "told_of_complaint": True,
    } | more  # fmt: skip
    return Asked(**given)  # type: ignore[arg-type]


def absences(house: House) -> list[tuple[str, date, date | None]]:
    with house.stores.reading() as session:
        rows = session.scalars(select(Absence))
        return [(row.kind, row.from_on, row.until_on) for row in rows]


def test_b05_a_time_out_ends_by_itself_and_the_stay_does_not(house: House, beds: list[str]) -> None:
    case_id = person()
    place(case_id, beds[0])
    world.done(time_outs.begin(KOFI, case_id, away(), cast.NOW))
    [shown] = peace(cast.KOFI, case_id).time_outs
    assert (shown.back_on, shown.site, shown.meanwhile) == (
        day(3),
        "Havenhuis",
        Meanwhile.OWN_NETWORK,
    )
    assert absences(house) == [(AbsenceKind.TIME_OUT.value, TODAY, day(3))]
    assert tasks(house, case_id) == [("house", day(3), False)]
    with clock.fixed(cast.NOW + timedelta(days=3)):
        later = gatekeeping.open_case(KOFI, case_id, clock.now())
    assert later.peace is not None
    assert later.peace.time_outs == ()
    assert _stay(house, case_id), "the bed is still theirs"


def test_who_has_no_place_is_a_task_for_today_and_known_to_the_lead(
    house: House, beds: list[str]
) -> None:
    case_id = person()
    place(case_id, beds[0])
    silent = time_outs.begin(KOFI, case_id, away(meanwhile=Meanwhile.NO_PLACE), cast.NOW)
    assert "in silence" in reason(silent)
    known = away(meanwhile=Meanwhile.NO_PLACE, lead_knows=True)
    world.done(time_outs.begin(KOFI, case_id, known, cast.NOW))
    assert tasks(house, case_id) == [("shelter", TODAY, False)]


def test_somebody_on_a_time_out_is_not_placed_there_and_may_come_back_earlier(
    house: House, beds: list[str]
) -> None:
    case_id = person()
    place(case_id, beds[0])
    another = away(meanwhile=Meanwhile.ANOTHER_BED)
    assert "Move this person" in reason(time_outs.begin(KOFI, case_id, another, cast.NOW))
    placements.move(KOFI, _stay(house, case_id), beds[4], TODAY, None, cast.NOW)
    world.done(time_outs.begin(KOFI, case_id, another, cast.NOW))
    assert absences(house) == [], "they sleep on a bed of ours"
    back = placements.move(KOFI, _stay(house, case_id), beds[0], TODAY, None, cast.NOW)
    assert reason(back).startswith("This site cannot be used for this person.")
    [one] = peace(cast.KOFI, case_id).time_outs
    late = time_outs.end(KOFI, case_id, one.id, day(3), cast.NOW)
    assert "Choose a day from" in reason(late)
    world.done(time_outs.end(KOFI, case_id, one.id, TODAY, cast.NOW))
    assert peace(cast.KOFI, case_id).time_outs == ()
    again = placements.move(KOFI, _stay(house, case_id), beds[0], TODAY, None, cast.NOW)
    assert not isinstance(again, Refused)


def test_coming_back_earlier_ends_the_absence_too(house: House, beds: list[str]) -> None:
    case_id = person()
    place(case_id, beds[0])
    world.done(time_outs.begin(KOFI, case_id, away(from_on=day(-1)), cast.NOW))
    overlap = time_outs.begin(KOFI, case_id, away(), cast.NOW)
    assert "runs already" in reason(overlap)
    [one] = peace(cast.KOFI, case_id).time_outs
    world.done(time_outs.end(KOFI, case_id, one.id, TODAY, cast.NOW))
    assert absences(house) == [(AbsenceKind.TIME_OUT.value, day(-1), TODAY)]
    assert all(superseded for _, _, superseded in tasks(house, case_id))


@pytest.mark.parametrize(
    ("what", "more", "refused"),
    [
        ("a site where they never slept", {"site_id": "kade"}, "Choose a site where"),
        ("too long", {"back_on": day(15)}, "14 nights at most"),
        ("nothing said of a complaint", {"told_of_complaint": False}, "may complain"),
    ],
)
def test_a_time_out_that_cannot_be_is_refused(
    house: House, beds: list[str], what: str, more: dict[str, object], refused: str
) -> None:
    case_id = person()
    place(case_id, beds[0])
    assert refused in reason(time_outs.begin(KOFI, case_id, away(**more), cast.NOW)), what
    assert absences(house) == []


def test_a_night_worker_sends_nobody_away(house: House, beds: list[str]) -> None:
    case_id = person()
    place(case_id, beds[0])
    builders.hire(house, WATCHES)
    with pytest.raises(NotKnown):
        time_outs.begin(WATCHES.actor(), case_id, away(), cast.NOW)


def test_a_coordinator_keeps_nobody_away_from_a_house_of_somebody_else(
    house: House, beds: list[str]
) -> None:
    builders.open_site(house, "kompashuis", "het-kompas", beds=1)
    case_id = person()
    place(case_id, beds[0])
    with builders.casework(house) as session:
        stay = session.scalars(select(Placement).where(Placement.case_id == case_id)).one()
        session.add(
            Placement(
                bed_id="kompashuis-room-1-bed-1", client_code=stay.client_code, case_id=case_id,
                status="ended", arrival_on=day(-9), departure_on=day(-5), recorded_by="kofi",
                recorded_at=cast.NOW, changed_at=cast.NOW, change_id=stay.change_id,
            )
        )  # fmt: skip
    assert [one for one, _ in time_outs.sites(KOFI, case_id, cast.NOW)] == ["havenhuis"]
    theirs = time_outs.begin(KOFI, case_id, away(site_id="kompashuis"), cast.NOW)
    assert "Choose a site where" in reason(theirs)
    assert len(time_outs.sites(LENA, case_id, cast.NOW)) == 2
