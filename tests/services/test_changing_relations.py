"""Deputies, restrictions, referrals and rosters: what changes for a reader from the next request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.services import (
    caseloads,
    deputies,
    gatekeeping,
    intake,
    referrals,
    restrictions,
    rosters,
)
from caseflow.services.caseloads import Show
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

IRIS = Colleague("iris", "de-haven", None, (Role.LEGAL_COUNSELLOR,))
HELEN = Colleague("helen", "de-haven", None, (Role.HEALTH_WORKER,))
LENA, MO, AMINA = cast.LENA.actor(), cast.MO.actor(), cast.AMINA.actor()
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)
    builders.hire(house, IRIS, HELEN)


def readers(colleague: Colleague, case_id: str) -> set[str]:
    """As whom somebody reads a case on the next request; nobody where the case is not there for them."""
    try:
        return set(gatekeeping.open_case(colleague.actor(), case_id, clock.now()).readers)
    except NotKnown:
        return set()


def listed(colleague: Colleague, case_id: str) -> bool:
    page = caseloads.caseload(colleague.actor(), clock.now(), show=Show.EVERYONE)
    return case_id in {row.case_id for row in page.rows}


def stands_in(case_id: str) -> None:
    today = clock.today()
    world.done(
        deputies.appoint(LENA, case_id, "sara", "amina", today, today + 5 * A_DAY, clock.now())
    )


def stands_in_no_more(case_id: str) -> None:
    [one] = deputies.of_case(LENA, case_id, clock.now()).deputies
    world.done(deputies.end(LENA, case_id, one.id, clock.now()))


def restrict(case_id: str) -> None:
    world.done(restrictions.restrict(LENA, case_id, ("amina",), clock.now()))


def lift(case_id: str) -> None:
    world.done(restrictions.lift(LENA, case_id, clock.now()))


def refer(case_id: str) -> None:
    world.done(referrals.refer(AMINA, case_id, "iris", None, clock.now()))


def along(case_id: str) -> None:
    last = clock.today() + 3 * A_DAY
    world.done(referrals.refer(AMINA, case_id, "helen", last, clock.now(), goes_along=True))


def refer_no_more(case_id: str) -> None:
    [one] = referrals.of_case(AMINA, case_id, clock.now())
    world.done(referrals.end(AMINA, case_id, one.id, clock.now()))


def on_duty(case_id: str) -> None:
    made = rosters.enter(
        LENA, "sara", "haven-east", clock.now(), clock.now() + 2 * A_DAY, clock.now()
    )
    assert isinstance(made, str), made


def off_duty(case_id: str) -> None:
    [one] = rosters.roster(LENA, clock.now())
    world.done(rosters.end(LENA, one.id, clock.now()))


@dataclass(frozen=True)
class Turn:
    """What somebody does, what undoes it, who notices, and as whom they read before and after."""

    sentence: str
    does: Callable[[str], None]
    undoes: Callable[[str], None]
    colleague: Colleague
    before: set[str]
    after: set[str]


TURNS = (
    Turn("a deputy reads as the case team", stands_in, stands_in_no_more, cast.SARA, set(), {"case_team"}),
    Turn("a named reader reads as before", restrict, lift, cast.AMINA, {"case_team", "team"}, {"case_team", "team"}),
    Turn("who restricts stays a reader", restrict, lift, cast.LENA, {"team_lead"}, {"team_lead"}),
    Turn("a colleague of the team is no reader", restrict, lift, cast.BRAM, {"team"}, set()),
    Turn("a coordinator is no reader", restrict, lift, cast.KOFI, {"coordinator"}, set()),
    Turn("the intake desk is no reader", restrict, lift, cast.TESS, {"intake_desk"}, set()),
    Turn("a counsellor reads what was referred", refer, refer_no_more, IRIS, set(), {"legal_counsellor"}),
    Turn("who goes along reads who it is", along, refer_no_more, HELEN, set(), {"accompanying"}),
    Turn("who is on duty reads the cases of the team", on_duty, off_duty, cast.SARA, set(), {"on_duty"}),
)  # fmt: skip


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.sentence)
def test_a_change_counts_from_the_next_request_and_so_does_its_end(turn: Turn) -> None:
    case_id = world.admitted(days_ago=10)
    has_a_list = Role.COORDINATOR not in turn.colleague.roles
    for does, expected in (
        (None, turn.before),
        (turn.does, turn.after),
        (turn.undoes, turn.before),
    ):
        if does is not None:
            does(case_id)
        assert readers(turn.colleague, case_id) == expected
        if has_a_list:
            assert listed(turn.colleague, case_id) == bool(expected)


def test_a_deputy_stands_in_up_to_the_last_day_and_goes_with_the_colleague() -> None:
    case_id, today = world.admitted(days_ago=10), clock.today()
    world.done(
        deputies.appoint(
            LENA, case_id, "sara", "amina", today + A_DAY, today + 2 * A_DAY, clock.now()
        )
    )
    there = []
    for day in range(4):
        with clock.fixed(cast.NOW + timedelta(days=day)):
            there.append(bool(readers(cast.SARA, case_id)))
    assert there == [False, True, True, False]
    with clock.fixed(cast.NOW + A_DAY):
        world.done(intake.assign(LENA, case_id, ("amina", "bram"), clock.now()))
        assert readers(cast.SARA, case_id) == {"case_team"}
        world.done(intake.assign(LENA, case_id, ("bram",), clock.now()))
        assert readers(cast.SARA, case_id) == set()


@pytest.mark.parametrize(
    ("deputy", "deputy_for", "first", "last", "why"),
    [
        ("sara", "bram", 0, 3, "somebody of the case team"),
        ("yusuf", "amina", 0, 3, "of your organisation"),
        ("kofi", "amina", 0, 3, "of your organisation"),
        ("amina", "amina", 0, 3, "on the case team already"),
        ("sara", "amina", -1, 3, "today or later"),
        ("sara", "amina", 3, 2, "before the first one"),
        ("sara", "amina", 0, 42, "at most"),
    ],
)
def test_a_deputy_is_refused_with_a_reason(
    deputy: str, deputy_for: str, first: int, last: int, why: str
) -> None:
    case_id, today = world.admitted(days_ago=10), clock.today()
    days = (today + timedelta(days=first), today + timedelta(days=last))
    answer = deputies.appoint(LENA, case_id, deputy, deputy_for, *days, clock.now())
    assert isinstance(answer, Refused)
    assert why in answer.reason.text


def test_a_deputy_of_a_restricted_person_is_a_named_reader_first() -> None:
    case_id, today = world.admitted(days_ago=10), clock.today()
    last = today + timedelta(days=deputies.DAYS_AT_MOST - 1)
    restrict(case_id)
    answer = deputies.appoint(LENA, case_id, "sara", "amina", today, last, clock.now())
    assert isinstance(answer, Refused)
    assert "named readers only" in answer.reason.text
    world.done(restrictions.restrict(LENA, case_id, ("amina", "sara"), clock.now()))
    world.done(deputies.appoint(LENA, case_id, "sara", "amina", today, last, clock.now()))
    assert readers(cast.SARA, case_id) == {"case_team"}


def test_a_restricted_member_of_a_family_is_named_to_nobody_and_links_nobody(house: House) -> None:
    first = world.admitted(days_ago=10)
    code = gatekeeping.open_case(LENA, first, clock.now()).client_code
    second = world.assigned(household_with=code)
    restrict(first)
    desk = cast.TESS.actor()
    hidden = gatekeeping.open_case(cast.BRAM.actor(), second, clock.now()).household
    shown = gatekeeping.open_case(desk, second, clock.now()).household
    assert shown.relatives == ()  # type: ignore[union-attr]
    assert not hidden
    restricted, unknown = (
        intake.register(
            desk,
            intake.Registration(
                "waterstad-lvv", "Green", clock.today(), "haven-east", household_with=one
            ),
            clock.now(),
        )
        for one in (code, "K7QM-4XPD")
    )
    assert isinstance(restricted, Refused)
    assert restricted == unknown


def test_readers_are_named_anew_by_a_reader_and_by_no_other_lead() -> None:
    case_id = world.admitted(days_ago=10)
    restrict(case_id)
    world.done(restrictions.restrict(LENA, case_id, ("amina", "kofi"), clock.now()))
    assert readers(cast.KOFI, case_id) == {"coordinator"}
    assert restrictions.readers(LENA, case_id, clock.now()) == ("amina", "kofi", "lena")
    world.done(restrictions.restrict(LENA, case_id, ("kofi",), clock.now()))
    assert readers(cast.AMINA, case_id) == set()
    for colleague in (cast.MO, cast.AMINA, cast.KOFI, cast.ADA):
        with pytest.raises(NotKnown):
            restrictions.lift(colleague.actor(), case_id, clock.now())


@pytest.mark.parametrize(
    ("named", "why"),
    [((), "at least one reader"), (("yusuf",), "of your organisation"), (("ada",), "of your organis")],
)  # fmt: skip
def test_a_restriction_is_refused_with_a_reason(named: tuple[str, ...], why: str) -> None:
    case_id = world.admitted(days_ago=10)
    answer = restrictions.restrict(LENA, case_id, named, clock.now())
    assert isinstance(answer, Refused)
    assert why in answer.reason.text
    assert readers(cast.BRAM, case_id) == {"team"}


@pytest.mark.parametrize(
    ("user_id", "until", "why"),
    [
        ("bram", None, "legal counsellor or health worker"),
        ("nobody", None, "legal counsellor or health worker"),
        ("iris", -1, "has passed"),
    ],
)
def test_a_referral_is_refused_with_a_reason(user_id: str, until: int | None, why: str) -> None:
    case_id = world.admitted(days_ago=10)
    last = None if until is None else clock.today() + timedelta(days=until)
    answer = referrals.refer(AMINA, case_id, user_id, last, clock.now())
    assert isinstance(answer, Refused)
    assert why in answer.reason.text


@pytest.mark.parametrize(
    ("user_id", "until", "why"),
    [
        ("iris", 3, "Only a health worker"),
        ("helen", None, "the day of the appointment"),
        ("helen", 15, "at most 14 days"),
    ],
)
def test_who_goes_along_does_so_for_days(user_id: str, until: int | None, why: str) -> None:
    case_id = world.admitted(days_ago=10)
    last = None if until is None else clock.today() + timedelta(days=until)
    answer = referrals.refer(AMINA, case_id, user_id, last, clock.now(), goes_along=True)
    assert isinstance(answer, Refused)
    assert why in str(answer.reason)


def test_a_health_worker_looks_at_a_case_and_goes_along_too() -> None:
    case_id = world.admitted(days_ago=10)
    world.done(referrals.refer(AMINA, case_id, "helen", None, clock.now()))
    along(case_id)
    assert readers(HELEN, case_id) == {"health_worker", "accompanying"}
    with clock.fixed(cast.NOW + 4 * A_DAY):
        assert readers(HELEN, case_id) == {"health_worker"}, "it ended by itself"


def test_a_case_is_referred_once_and_by_its_case_team() -> None:
    case_id = world.admitted(days_ago=10)
    refer(case_id)
    again = referrals.refer(AMINA, case_id, "iris", None, clock.now())
    assert isinstance(again, Refused)
    for colleague in (cast.BRAM, cast.LENA, cast.KOFI, IRIS):
        with pytest.raises(NotKnown):
            referrals.refer(colleague.actor(), case_id, "iris", None, clock.now())


@pytest.mark.parametrize(
    ("user_id", "team", "days", "why"),
    [
        ("lena", "haven-east", 1, "puts themselves on duty"),
        ("kofi", "haven-east", 1, "caseworker or team lead"),
        ("yusuf", None, 1, "caseworker or team lead"),
        ("sara", "haven-west", 1, "a team that you lead"),
        ("sara", "haven-east", 8, "at most"),
        ("sara", "haven-east", 0, "ends after it begins"),
    ],
)
def test_a_shift_is_refused_with_a_reason(
    user_id: str, team: str | None, days: int, why: str
) -> None:
    ends = clock.now() + timedelta(days=days)
    answer = rosters.enter(LENA, user_id, team, clock.now(), ends, clock.now())
    assert isinstance(answer, Refused)
    assert why in answer.reason.text


def test_the_same_shift_is_not_entered_twice() -> None:
    on_duty("")
    now = clock.now()
    twice = rosters.enter(LENA, "sara", "haven-east", now + A_DAY, now + 3 * A_DAY, now)
    assert isinstance(twice, Refused)
    assert "on duty for these cases already" in twice.reason.text
    after = rosters.enter(LENA, "sara", "haven-east", now + 2 * A_DAY, now + 3 * A_DAY, now)
    assert isinstance(after, str)
    elsewhere = rosters.enter(MO, "sara", "haven-west", now, now + A_DAY, now)
    assert isinstance(elsewhere, str)


def test_on_duty_for_the_organisation_reaches_every_team_and_ends_by_itself() -> None:
    case_id = world.admitted(days_ago=10)
    assert readers(cast.SARA, case_id) == set()
    made = rosters.enter(MO, "sara", None, clock.now(), clock.now() + 7 * A_DAY, clock.now())
    assert isinstance(made, str)
    assert readers(cast.SARA, case_id) == {"on_duty"}
    with clock.fixed(cast.NOW + 7 * A_DAY):
        assert readers(cast.SARA, case_id) == set()


@pytest.mark.parametrize("colleague", [cast.AMINA, cast.TESS, cast.KOFI, cast.ADA, cast.FEMKE])
def test_a_roster_is_there_for_team_leads_only(colleague: Colleague) -> None:
    with pytest.raises(NotKnown):
        rosters.roster(colleague.actor(), clock.now())
    with pytest.raises(NotKnown):
        rosters.enter(
            colleague.actor(), "bram", None, clock.now(), clock.now() + A_DAY, clock.now()
        )


def test_only_the_lead_of_the_team_restricts_and_names_deputies() -> None:
    case_id, today = world.admitted(days_ago=10), clock.today()
    for colleague in (cast.AMINA, cast.MO, cast.TESS, cast.KOFI, cast.YUSUF):
        with pytest.raises(NotKnown):
            restrictions.restrict(colleague.actor(), case_id, ("amina",), clock.now())
        with pytest.raises(NotKnown):
            deputies.appoint(colleague.actor(), case_id, "sara", "amina", today, today, clock.now())
    assert Permission.CASE_RESTRICT in gatekeeping.open_case(LENA, case_id, clock.now()).may
