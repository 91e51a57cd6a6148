"""Households through the services: who puts whom together, what is refused alike, and that nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from caseflow import clock
from caseflow.domain import households as rules
from caseflow.domain.decisions import Refused
from caseflow.domain.households import HouseholdRole, Place
from caseflow.domain.redaction import HIDDEN
from caseflow.services import (
    gatekeeping,
    glass,
    household_changes,
    household_search,
    intake,
    separations,
    vacancies,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.household_changes import Joining
from caseflow.services.household_views import HouseholdView
from caseflow.services.houses import House
from caseflow.services.intake import Registration
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Told, Wanted
from caseflow.storage.models.cases import Case, Client, RestrictedReader
from caseflow.storage.models.households import HouseholdMember
from caseflow.storage.models.shelter import Room
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

ADULT, PARTNER, CHILD = HouseholdRole.ADULT, HouseholdRole.PARTNER, HouseholdRole.CHILD
TODAY = cast.NOW.date()
AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.assigned("amina", days_ago=20)


def somebody(call_name: str, *members: str, team: str = "haven-east", **more: object) -> str:
    asked = Registration("waterstad-lvv", call_name, TODAY, team_id=team, **more)  # type: ignore[arg-type]
    made = intake.register(cast.TESS.actor(), asked, clock.now())
    assert isinstance(made, intake.Registered), made
    if members:
        lead = cast.MO if team == "haven-west" else cast.LENA
        world.done(intake.assign(lead.actor(), made.case_id, members, clock.now()))
    return made.case_id


def code(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def put(
    house: House, one: str, other: str, role: HouseholdRole = PARTNER, *, apart: bool = False,
    own: HouseholdRole | None = ADULT, on: date = TODAY, by: Colleague = cast.AMINA,
) -> Refused | None:  # fmt: skip
    asked = Joining(code(house, other), Place(role, apart), own, on)
    return household_changes.add(by.actor(), one, asked, clock.now())


def household(case_id: str, colleague: Colleague = cast.AMINA) -> HouseholdView:
    found = gatekeeping.open_case(colleague.actor(), case_id, clock.now()).household
    assert isinstance(found, HouseholdView)
    return found


def named(case_id: str, colleague: Colleague = cast.AMINA) -> list[str]:
    return [one.call_name for one in household(case_id, colleague).relatives]


def rows(house: House) -> int:
    with house.stores.reading() as session:
        return session.scalar(select(func.count()).select_from(HouseholdMember)) or 0


def told(house: House, event: str) -> list[Told]:
    return audit_readings.page(house.stores, Wanted(events=frozenset({event})), most=50)


def test_two_become_a_household_and_each_keeps_an_own_case_and_stage(
    house: House, case_id: str
) -> None:
    other = somebody("Amber", "amina")
    world.done(put(house, case_id, other, apart=True))
    mine, theirs = household(case_id), household(other)
    assert mine.own is not None
    assert mine.own.place == Place(ADULT)
    assert theirs.own is not None
    assert theirs.own.place == Place(PARTNER, lives_apart=True)
    [relative] = mine.relatives
    assert (relative.call_name, relative.case_id, relative.stage) == ("Amber", other, "application")
    assert (relative.role, relative.lives_apart, relative.outcome) == (PARTNER, True, None)
    [entry] = [one for one in told(house, "household_joined") if one.result == "done"]
    assert entry.details == {}


def test_a_child_joins_the_household_that_there_is(house: House, case_id: str) -> None:
    other, child = somebody("Amber", "amina"), somebody("Teal", "amina")
    world.done(put(house, case_id, other))
    world.done(put(house, child, other, PARTNER, own=CHILD))
    assert named(case_id) == ["Amber", "Teal"]
    assert named(other) == ["Blue", "Teal"]
    assert household(child).own.place == Place(CHILD)  # type: ignore[union-attr]


def test_what_somebody_is_changes_from_a_day_on_and_what_was_before_is_kept(
    house: House, case_id: str
) -> None:
    other = somebody("Amber", "amina")
    world.done(put(house, case_id, other, on=TODAY - timedelta(days=5)))
    place = Place(ADULT, lives_apart=True)
    world.done(household_changes.change_place(AMINA, case_id, place, TODAY, clock.now()))
    mine = household(case_id)
    assert mine.own is not None
    assert mine.own.place == place
    [before] = mine.earlier
    assert (before.role, before.lives_apart) == (ADULT, False)
    assert (before.from_on, before.until_on) == (TODAY - timedelta(days=5), TODAY)
    again = household_changes.change_place(AMINA, case_id, place, TODAY, clock.now())
    assert isinstance(again, Refused)
    early = household_changes.change_place(
        AMINA, case_id, Place(CHILD), TODAY - timedelta(days=9), clock.now()
    )
    assert isinstance(early, Refused)


def test_who_leaves_is_in_none_and_the_others_stay(house: House, case_id: str) -> None:
    other, child = somebody("Amber", "amina"), somebody("Teal", "amina")
    world.done(put(house, case_id, other, on=TODAY - timedelta(days=2)))
    world.done(put(house, child, other, PARTNER, own=CHILD, on=TODAY - timedelta(days=0)))
    world.done(household_changes.leave(AMINA, case_id, TODAY, clock.now()))
    assert household(case_id).own is None
    assert named(other) == ["Teal"]
    assert len(household(case_id).earlier) == 1
    assert household_changes.leave(AMINA, case_id, TODAY, clock.now()) == rules.IN_NONE
    assert rows(house) == 3


def test_whoever_stayed_behind_alone_can_join_another_household(house: House, case_id: str) -> None:
    other, third = somebody("Amber", "amina"), somebody("Teal", "amina")
    world.done(put(house, case_id, other))
    world.done(household_changes.leave(AMINA, case_id, TODAY, clock.now()))
    world.done(put(house, third, other, PARTNER))
    assert named(third) == ["Amber"]
    assert named(case_id) == []


def test_a_day_that_cannot_be_is_refused_and_nothing_stands(house: House, case_id: str) -> None:
    other = somebody("Amber", "amina")
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=400)):
        assert isinstance(put(house, case_id, other, on=day), Refused)
    assert rows(house) == 0


def test_what_the_person_is_has_to_be_said_once(house: House, case_id: str) -> None:
    other = somebody("Amber", "amina")
    assert isinstance(put(house, case_id, other, own=None), Refused)
    assert isinstance(put(house, case_id, case_id), Refused)
    world.done(put(house, case_id, other))
    assert put(house, case_id, other, own=None) == rules.TOGETHER_ALREADY


def test_absent_and_unknown_are_refused_alike(house: House, case_id: str) -> None:
    """No code, a code nobody has, another team's case, another organisation's, a restricted one: one sentence."""
    west = somebody("Sky", team="haven-west")
    marked = somebody("Violet", "amina")
    with builders.casework(house) as session:
        session.get_one(Client, session.get_one(Case, marked).client_code).restricted = True
    for typed in ("K7QM-4XPD", "nonsense", code(house, west), code(house, marked)):
        asked = Joining(typed, Place(PARTNER), ADULT, TODAY)
        assert household_changes.add(AMINA, case_id, asked, clock.now()) == rules.UNKNOWN, typed
    assert rows(house) == 0


def test_who_sees_a_part_of_the_other_case_puts_nobody_together(house: House, case_id: str) -> None:
    colleagues = somebody("Amber", "bram")
    assert put(house, case_id, colleagues) == rules.SEEN_IN_PART


def test_a_broken_glass_opens_reading_and_no_household(house: House, case_id: str) -> None:
    west = somebody("Sky", team="haven-west")
    glass.break_glass(
        AMINA, code(house, west), "phone", "The clinic calls about them.", clock.now()
    )
    assert gatekeeping.open_case(AMINA, west, clock.now()).call_name == "Sky"
    assert put(house, case_id, west) == rules.UNKNOWN


def test_people_kept_apart_are_never_put_together_and_the_sentence_tells_nothing(
    house: House, case_id: str
) -> None:
    """Neither the two themselves, nor somebody with a member whom the reader cannot know of."""
    other, third, fourth = (somebody(name, "amina") for name in ("Amber", "Teal", "Pearl"))
    world.done(separations.keep_apart(LENA, case_id, code(house, other), TODAY, clock.now()))
    assert put(house, case_id, other) == rules.NOT_TOGETHER
    assert put(house, other, case_id) == rules.NOT_TOGETHER
    world.done(put(house, other, third))
    assert put(house, case_id, third) == rules.NOT_TOGETHER
    assert put(house, third, case_id) == rules.NOT_TOGETHER
    fifth = somebody("Coral", "amina")
    world.done(put(house, fourth, fifth))
    assert put(house, third, fourth) == rules.NOT_TOGETHER, "two households: the same sentence"


def test_after_a_separation_neither_shows_and_membership_gives_no_access(
    house: House, case_id: str
) -> None:
    other = somebody("Amber", "amina")
    world.done(put(house, case_id, other))
    world.done(separations.keep_apart(LENA, case_id, code(house, other), TODAY, clock.now()))
    assert named(case_id) == named(other) == []
    with pytest.raises(NotKnown):
        gatekeeping.open_case(cast.SARA.actor(), case_id, clock.now())


def test_a_restricted_member_is_named_to_a_named_reader_alone(house: House, case_id: str) -> None:
    other = somebody("Violet", "amina")
    world.done(put(house, case_id, other))
    with builders.casework(house) as session:
        session.get_one(Client, session.get_one(Case, other).client_code).restricted = True
    assert named(case_id) == []
    with builders.casework(house) as session:
        session.add(
            RestrictedReader(client_code=code_of(session, other), user_id="amina", from_on=TODAY)
        )
    assert named(case_id) == ["Violet"]


def code_of(session: object, case_id: str) -> str:
    return session.get_one(Case, case_id).client_code  # type: ignore[attr-defined, no-any-return]


def test_a_colleague_who_sees_stages_alone_is_told_no_role_nor_outcome(
    house: House, case_id: str
) -> None:
    """Lena leads the team of the one; Bram reads that one in full and of the other the stage alone."""
    other = somebody("Amber", "amina")
    world.done(put(house, case_id, other))
    world.done(intake.assign(LENA, case_id, ("amina", "bram"), clock.now()))
    [relative] = household(case_id, cast.BRAM).relatives
    assert relative.stage == "application"
    assert (relative.role, relative.lives_apart, relative.outcome) == (HIDDEN, HIDDEN, HIDDEN)


def test_nobody_but_the_case_team_changes_a_household(house: House, case_id: str) -> None:
    other = somebody("Amber", "amina")
    for colleague in (cast.BRAM, cast.TESS, cast.KOFI, cast.LENA, cast.YUSUF):
        actor, at = colleague.actor(), clock.now()
        with pytest.raises(NotKnown):
            put(house, case_id, other, by=colleague)
        with pytest.raises(NotKnown):
            household_changes.leave(actor, case_id, TODAY, at)
        with pytest.raises(NotKnown):
            household_changes.change_place(actor, case_id, Place(CHILD), TODAY, at)
        with pytest.raises(NotKnown):
            household_search.candidates(actor, case_id, "Amber", at)


def test_the_search_finds_own_cases_in_full_and_nobody_kept_apart(
    house: House, case_id: str
) -> None:
    one, two = somebody("Amber", "amina"), somebody("Amberine", "amina")
    somebody("Amberley", "bram")
    somebody("Ambrose", team="haven-west")
    world.done(separations.keep_apart(LENA, case_id, code(house, two), TODAY, clock.now()))
    found = household_search.candidates(AMINA, case_id, "Amber", clock.now())
    assert [person.client_code for person in found] == [code(house, one)]
    assert household_search.candidates(AMINA, case_id, "Blue", clock.now()) == ()


def test_at_the_desk_a_child_joins_a_parent_and_the_age_band_says_what_they_are(
    house: House, case_id: str
) -> None:
    child = somebody("Teal", "amina", household_with=code(house, case_id), age_band="0-17")
    assert household(child).own.place == Place(CHILD)  # type: ignore[union-attr]
    assert household(case_id).own.place == Place(ADULT)  # type: ignore[union-attr]
    assert named(case_id) == ["Teal"]


def test_a_family_bed_minds_no_family_and_nobody_who_is_left_alone(
    house: House, case_id: str
) -> None:
    world.done(put(house, case_id, somebody("Amber", "amina")))
    builders.open_site(house, beds=1)

    def noticed() -> list[str]:
        found = vacancies.vacancies(cast.KOFI.actor(), case_id, TODAY, None, clock.now())
        return [str(said) for one in found.free for said in one.notices]

    with builders.casework(house) as session:
        for room in session.scalars(select(Room)):
            room.meant_for = "family"
    together = noticed()
    world.done(household_changes.leave(AMINA, case_id, TODAY, clock.now()))
    assert len(noticed()) == len(together) + 1
