"""Separated for safety: neither side shows on the other's pages, and neither gets a bed where the other is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.redaction import HIDDEN
from caseflow.services import gatekeeping, kept_apart, placements, separations, tonight, vacancies
from caseflow.services.case_views import CaseView, KeptApart
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client, Separation
from tests import builders, cast
from tests.cast import Colleague
from tests.services.placing import TODAY, TOMORROW, person, place, reason, staffed

KOFI, LENA = cast.KOFI.actor(), cast.LENA.actor()
LEADS_BOTH = Colleague("lena", "de-haven", "haven-east", (Role.TEAM_LEAD, Role.COORDINATOR))
SINCE_TODAY = KeptApart(since=(TODAY,))
"""Kept apart since today, and nobody named: for who reads safety clear."""


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def beds(house: House) -> list[str]:
    """Two beds at Havenhuis, one at Kade."""
    return [*staffed(house, beds=2), *builders.open_site(house, "kade", beds=1)]


def code(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def apart(house: House, one: str, other: str, from_on: date = TODAY) -> Refused | None:
    return separations.keep_apart(LENA, one, code(house, other), from_on, cast.NOW)


def opened(colleague: Colleague, case_id: str) -> CaseView:
    return gatekeeping.open_case(colleague.actor(), case_id, cast.NOW)


def one_household(house: House, *case_ids: str) -> None:
    builders.family(house, *(code(house, case_id) for case_id in case_ids))


def relatives(colleague: Colleague, case_id: str) -> tuple[str, ...]:
    household = opened(colleague, case_id).household
    return tuple(one.call_name for one in household.relatives)  # type: ignore[union-attr]


def test_a_family_that_is_separated_is_no_family_on_the_page_of_either(house: House) -> None:
    builders.hire_everybody(house)
    one, other, third = person("Blue"), person("Amber"), person("Teal")
    one_household(house, one, other, third)
    assert relatives(cast.LENA, one) == ("Amber", "Teal")
    assert apart(house, one, other) is None
    assert relatives(cast.LENA, one) == ("Teal",)
    assert relatives(cast.LENA, other) == ("Teal",)
    assert relatives(cast.LENA, third) == ("Amber", "Blue")


def test_the_other_is_named_to_those_who_may_know_both_and_nobody_else(house: House) -> None:
    builders.hire_everybody(house)
    one, other = person("Blue"), person("Amber")
    assert opened(cast.LENA, one).apart is None
    assert apart(house, one, other) is None
    shown = opened(cast.LENA, one).apart
    assert isinstance(shown, KeptApart)
    assert [side.client_code for side in shown.others] == [code(house, other)]
    for warned in (cast.BRAM, cast.TESS):
        assert opened(warned, one).apart == KeptApart(), warned
    assert opened(cast.LENA, other).apart.others[0].client_code == code(house, one)  # type: ignore[union-attr]


def test_a_coordinator_is_warned_once_the_person_sleeps_at_a_site_of_theirs(
    house: House, beds: list[str]
) -> None:
    one, other = person("Blue"), person("Amber")
    assert apart(house, one, other) is None
    assert opened(cast.KOFI, one).apart is HIDDEN
    place(one, beds[0])
    assert opened(cast.KOFI, one).apart == SINCE_TODAY


def test_a_restricted_other_side_is_not_named_to_a_lead_who_is_no_reader(house: House) -> None:
    builders.hire_everybody(house)
    one, other = person("Blue"), person("Amber")
    assert apart(house, one, other) is None
    with builders.casework(house) as session:
        session.get_one(Client, code(house, other)).restricted = True
        session.query(Separation).one().recorded_by = "mo"
    assert opened(cast.LENA, one).apart == SINCE_TODAY


UNKNOWN = "You know no other client of your organisation with this code. Check the code."


def test_an_unknown_code_and_one_of_somebody_elses_client_get_one_answer(house: House) -> None:
    builders.hire_everybody(house)
    one = person("Blue")
    elsewhere = person("Grey", team="haven-west")
    with builders.casework(house) as session:
        restricted = session.get_one(Case, person("Violet"))
        session.get_one(Client, restricted.client_code).restricted = True
        codes = ["K7QM-4XPD", "", "' OR 1", restricted.client_code]
    for typed in (*codes, code(house, elsewhere)):
        answer = separations.keep_apart(LENA, one, typed, TODAY, cast.NOW)
        assert reason(answer) == UNKNOWN, typed


def test_bad_input_gets_a_sentence(house: House) -> None:
    builders.hire_everybody(house)
    one, other = person("Blue"), person("Amber")
    assert "code of this person" in reason(apart(house, one, one))
    assert "today at the latest" in reason(apart(house, one, other, TOMORROW))
    typed = f" {code(house, other).lower()} "
    assert separations.keep_apart(LENA, one, typed, TODAY, cast.NOW) is None
    assert "already" in reason(apart(house, one, other))
    assert "already" in reason(apart(house, other, one))


def test_only_a_lead_of_the_team_marks_and_ends(house: House) -> None:
    builders.hire_everybody(house)
    one, other = person("Blue"), person("Amber")
    for colleague in (cast.AMINA, cast.MO, cast.KOFI, cast.TESS, cast.NOOR):
        with pytest.raises(NotKnown):
            separations.keep_apart(colleague.actor(), one, code(house, other), TODAY, cast.NOW)
    with pytest.raises(NotKnown):
        separations.end(LENA, one, "no-such-row", TODAY, cast.NOW)


def test_it_counts_through_its_last_day_and_nothing_is_deleted(house: House) -> None:
    builders.hire_everybody(house)
    one, other = person("Blue"), person("Amber")
    one_household(house, one, other)
    assert apart(house, one, other) is None
    [side] = opened(cast.LENA, other).apart.others  # type: ignore[union-attr]
    too_early = separations.end(
        LENA, other, side.separation_id, TODAY - timedelta(days=2), cast.NOW
    )
    assert "or later" in reason(too_early)
    assert separations.end(LENA, other, side.separation_id, TODAY, cast.NOW) is None
    assert relatives(cast.LENA, one) == ()
    yesterday = TODAY - timedelta(days=1)
    assert separations.end(LENA, one, side.separation_id, yesterday, cast.NOW) is None
    assert relatives(cast.LENA, one) == ("Amber",)
    assert opened(cast.LENA, one).apart is None
    with house.stores.reading() as session:
        [row] = session.query(Separation).all()
        assert (row.until_on, row.until_recorded_by) == (yesterday, "lena")
    with pytest.raises(NotKnown):
        separations.end(LENA, one, side.separation_id, TODAY, cast.NOW)


def search(case_id: str) -> vacancies.Search:
    return vacancies.vacancies(KOFI, case_id, TODAY, None, cast.NOW)


REFUSED = "This site cannot be used for this person. Choose another site, or ask the team lead."


def test_no_bed_is_offered_or_given_at_the_site_of_the_other(house: House, beds: list[str]) -> None:
    one, other = person("Blue"), person("Amber")
    place(other, beds[0])
    assert apart(house, one, other) is None
    found = search(one)
    assert [each.bed.id for each in found.vacancies] == [beds[2]]
    assert all(each.taken_by is None for each in found.vacancies)
    for bed in beds[:2]:
        answer = placements.allocate(KOFI, one, bed, TODAY, None, cast.NOW)
        assert reason(answer) == REFUSED, bed
    place(one, beds[2])


def test_a_booking_of_the_other_closes_the_site_too_and_a_move_asks_the_same(
    house: House, beds: list[str]
) -> None:
    one, other = person("Blue"), person("Amber")
    mine = place(one, beds[2])
    place(other, beds[0], TODAY + timedelta(days=5))
    assert apart(house, other, one) is None
    answer = placements.move(KOFI, mine.placement_id, beds[1], TODAY, None, cast.NOW)
    assert reason(answer) == REFUSED
    leaves = TODAY + timedelta(days=3)
    moved = placements.move(KOFI, mine.placement_id, beds[1], TODAY, leaves, cast.NOW)
    assert isinstance(moved, placements.Placed)


def test_an_arrival_asks_again_for_who_was_separated_meanwhile(
    house: House, beds: list[str]
) -> None:
    one, other = person("Blue"), person("Amber")
    place(other, beds[0])
    booked = place(one, beds[1], TOMORROW)
    assert apart(house, one, other) is None
    tomorrow = cast.NOW + timedelta(days=1)
    answer = placements.arrive(KOFI, booked.placement_id, TOMORROW, tomorrow)
    assert isinstance(answer, Refused)
    assert reason(answer) == REFUSED


def test_the_board_of_a_site_warns_where_two_who_are_kept_apart_are_both_there(
    house: House, beds: list[str]
) -> None:
    one, other = person("Blue"), person("Amber")
    place(one, beds[0])
    place(other, beds[1])
    before = tonight.tonight(KOFI, cast.NOW)
    assert not any(site.brings_together for site in before.sites)
    assert apart(house, one, other) is None
    board = tonight.tonight(KOFI, cast.NOW)
    told = {site.id: site.brings_together for site in board.sites}
    assert told == {"havenhuis": True, "kade": False}
    rows = [row.person for site in board.sites for row in site.taken]
    assert [each.apart for each in rows] == [True, True]  # type: ignore[union-attr]


def test_who_knows_by_a_bed_alone_is_not_told_by_a_name(house: House, beds: list[str]) -> None:
    """A name that is there while somebody sleeps at one's site, and gone after, would tell of the bed."""
    one, other = person("Blue"), person("Amber", team="haven-west")
    with builders.casework(house) as session:
        session.add(
            Separation(
                client_code=session.get_one(Case, one).client_code,
                other_code=session.get_one(Case, other).client_code,
                from_on=TODAY, recorded_by="mo", recorded_at=cast.NOW, change_id="test",
            )
        )  # fmt: skip
    before = opened(LEADS_BOTH, one).apart
    place(other, beds[0])
    assert opened(LEADS_BOTH, one).apart == before == SINCE_TODAY
    assert kept_apart.meet([("a", "b")], {"a"}) is False
