"""Runs of pay-outs: drawn by code, fixed once, put right in the next one, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.pay_outs import LineKind, Period
from caseflow.domain.slips import ReturnReason, SlipState
from caseflow.services import casework, corrections, pay_outs, slips
from caseflow.services.corrections import Correctable
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.money_views import AccountView, DrawnRun
from caseflow.storage.models.accounts import RoleGrant
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import Allowance
from caseflow.storage.models.money import PayOutLine, PayOutRun, Slip
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

FENNA = Colleague("fenna", "gemeente-waterstad", None, (Role.FINANCE,))
ELSEWHERE = Colleague("floor", "het-kompas", None, (Role.FINANCE,), None, ("waterstad-bbb",))
LVV = "waterstad-lvv"
TODAY = date(2026, 11, 22)
FIRST = Period(date(2026, 11, 9), date(2026, 11, 16))
SECOND = Period(date(2026, 11, 16), date(2026, 11, 23))
THIRD = Period(date(2026, 11, 23), date(2026, 11, 30))


@pytest.fixture(autouse=True)
def staff(house: House) -> Iterator[None]:
    builders.hire(house, *cast.EVERYBODY, FENNA, ELSEWHERE)
    with clock.fixed(cast.NOW):
        yield


def entitled(weekly: int = 65_00, from_on: date = FIRST.from_on) -> str:
    """A case with an allowance that runs."""
    case_id = world.assigned()
    answer = casework.begin_allowance(cast.AMINA.actor(), case_id, from_on, weekly, cast.NOW)
    world.done(answer)
    return case_id


def drawn(period: Period, by: Colleague = FENNA) -> DrawnRun:
    answer = pay_outs.preview(by.actor(), LVV, period, cast.NOW)
    assert isinstance(answer, DrawnRun), answer
    return answer


def fixed(period: Period) -> str:
    """A run as its preview showed it; answers its id."""
    answer = pay_outs.fix(FENNA.actor(), LVV, period, drawn(period).fingerprint, cast.NOW)
    assert isinstance(answer, str), answer
    return answer


def code_of(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def slip_of(house: House, run_id: str) -> str:
    with house.stores.reading() as session:
        return session.scalars(select(Slip.id).where(Slip.run_id == run_id)).one()


def amounts(one: AccountView) -> list[tuple[str, int]]:
    return [(line.kind.value, line.cents) for line in one.lines]


def test_a_run_lists_codes_and_amounts_and_gives_each_case_one_slip(house: House) -> None:
    first, second = entitled(), entitled(weekly=70_00, from_on=date(2026, 11, 13))
    run_id = fixed(FIRST)
    shown = pay_outs.run(FENNA.actor(), run_id, cast.NOW)
    found = {one.code: one.to_hand for one in shown.accounts}
    assert found == {code_of(house, first): 65_00, code_of(house, second): 30_00}
    assert (shown.cents, shown.slips, shown.cents_in(SlipState.OPEN)) == (95_00, 2, 95_00)
    assert world.CALL_NAME not in repr(shown)
    assert first not in repr(shown)


def test_nothing_is_paid_twice_and_no_day_is_left_out(house: House) -> None:
    entitled()
    fixed(FIRST)
    for period, sentence in (
        (FIRST, "paid out already"),
        (Period(date(2026, 11, 15), date(2026, 11, 22)), "paid out already"),
        (THIRD, "no day is left out"),
    ):
        answer = pay_outs.preview(FENNA.actor(), LVV, period, cast.NOW)
        assert isinstance(answer, Refused)
        assert sentence in str(answer.reason)
    assert pay_outs.usual_period(FENNA.actor(), LVV, cast.NOW) == SECOND
    [account] = drawn(SECOND).accounts
    assert amounts(account) == [("due", 65_00)]


def test_of_two_who_fix_at_once_the_second_is_refused_and_pays_nobody(house: House) -> None:
    entitled()
    seen = drawn(FIRST).fingerprint
    assert isinstance(pay_outs.fix(FENNA.actor(), LVV, FIRST, seen, cast.NOW), str)
    answer = pay_outs.fix(FENNA.actor(), LVV, FIRST, seen, cast.NOW)
    assert isinstance(answer, Refused)
    with house.stores.reading() as session:
        assert session.scalar(select(func.count()).select_from(Slip)) == 1


def test_a_run_that_changed_since_it_was_seen_is_not_fixed(house: House) -> None:
    entitled()
    seen = drawn(FIRST).fingerprint
    entitled()
    answer = pay_outs.fix(FENNA.actor(), LVV, FIRST, seen, cast.NOW)
    assert answer is pay_outs.CHANGED
    with house.stores.reading() as session:
        assert session.scalar(select(func.count()).select_from(PayOutRun)) == 0


@pytest.mark.parametrize(
    ("model", "from_on", "until_on"),
    [
        (PayOutLine, date(2026, 11, 12), date(2026, 11, 16)),
        (PayOutLine, date(2026, 11, 1), date(2026, 11, 10)),
        (PayOutRun, date(2026, 11, 15), date(2026, 11, 20)),
        (Slip, date(2026, 11, 9), date(2026, 11, 16)),
    ],
)
def test_the_store_itself_pays_no_day_twice(
    house: House, model: type[PayOutLine | PayOutRun | Slip], from_on: date, until_on: date
) -> None:
    entitled()
    fixed(FIRST)
    with builders.casework(house) as session:
        row = session.scalars(select(model)).one()
        copy = {one.key: getattr(row, one.key) for one in model.__mapper__.column_attrs}
        session.add(model(**(copy | {"id": "again", "from_on": from_on, "until_on": until_on})))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_an_allowance_that_ended_after_a_run_is_put_right_in_the_next(house: House) -> None:
    case_id = entitled()
    fixed(FIRST)
    world.done(casework.end_allowance(cast.AMINA.actor(), case_id, date(2026, 11, 13), cast.NOW))
    [account] = drawn(SECOND).accounts
    assert amounts(account) == [("correction", -27_86)]
    assert (account.to_hand, account.paid_too_much) == (0, 27_86)
    fixed(SECOND)
    [later] = drawn(THIRD).accounts
    assert (amounts(later), later.carried, later.paid_too_much) == ([], -27_86, 27_86)


def test_an_allowance_recorded_in_error_is_taken_off_the_next_slip(house: House) -> None:
    case_id = entitled()
    fixed(FIRST)
    with house.stores.reading() as session:
        wrong = session.scalars(select(Allowance.id)).one()
    amina = cast.AMINA.actor()
    answer = corrections.record_error(amina, case_id, Correctable.ALLOWANCE, wrong, cast.NOW)
    world.done(answer)
    world.done(casework.begin_allowance(amina, case_id, FIRST.from_on, 70_00, cast.NOW))
    [account] = drawn(SECOND).accounts
    assert amounts(account) == [("correction", -65_00), ("due", 140_00)]
    assert account.to_hand == 75_00


def test_a_slip_that_came_back_is_paid_again_by_the_next_run_and_not_by_two(house: House) -> None:
    entitled()
    run_id = fixed(FIRST)
    slip = slip_of(house, run_id)
    amina = cast.AMINA.actor()
    world.done(slips.give_back(amina, slip, ReturnReason.NOT_COLLECTED, cast.NOW))
    [account] = drawn(SECOND).accounts
    assert (account.carried, account.to_hand) == (65_00, 130_00)
    fixed(SECOND)
    [before] = pay_outs.run(FENNA.actor(), run_id, cast.NOW).accounts
    assert (before.carried, before.state) == (0, SlipState.RETURNED)
    [later] = drawn(THIRD).accounts
    assert (later.carried, later.to_hand) == (0, 65_00)
    assert isinstance(slips.take_back(amina, slip, cast.NOW), Refused)


def test_invented_people_are_paid_nothing(house: House) -> None:
    case_id = entitled()
    with builders.casework(house) as session:
        session.get_one(Client, code_of(house, case_id)).is_test = True
    assert drawn(FIRST).accounts == ()


def test_an_empty_run_can_be_fixed_once_so_that_the_next_one_follows(house: House) -> None:
    seen = drawn(FIRST).fingerprint
    fixed(FIRST)
    again = pay_outs.fix(FENNA.actor(), LVV, FIRST, seen, cast.NOW)
    assert isinstance(again, Refused)
    assert pay_outs.usual_period(FENNA.actor(), LVV, cast.NOW) == SECOND


@pytest.mark.parametrize("by", [ELSEWHERE, cast.AMINA, cast.LENA, cast.ADA, cast.FEMKE])
def test_others_find_nothing(house: House, by: Colleague) -> None:
    run_id = fixed(FIRST)
    for asked in (
        lambda: pay_outs.runs(by.actor(), LVV, cast.NOW),
        lambda: pay_outs.run(by.actor(), run_id, cast.NOW),
        lambda: pay_outs.preview(by.actor(), LVV, SECOND, cast.NOW),
        lambda: pay_outs.fix(by.actor(), LVV, SECOND, "", cast.NOW),
    ):
        with pytest.raises(NotKnown):
            asked()
    with pytest.raises(NotKnown):
        pay_outs.run(FENNA.actor(), "nobody", cast.NOW)


def test_a_role_that_ended_a_moment_ago_fixes_nothing(house: House) -> None:
    seen = drawn(FIRST).fingerprint
    with builders.casework(house) as session:
        grant = session.scalars(select(RoleGrant).where(RoleGrant.user_id == "fenna")).one()
        grant.ended_at = cast.NOW
    with pytest.raises(NotKnown):
        pay_outs.fix(FENNA.actor(), LVV, FIRST, seen, cast.NOW)


def test_the_log_is_told_which_codes_were_shown_and_what_was_fixed(house: House) -> None:
    entitled()
    fixed(FIRST)
    with Session(house.stores.audit) as log:
        rows = log.scalars(select(Entry).where(Entry.event.like("pay_outs%"))).all()
    told = [(row.event, row.stands_for, row.result) for row in rows]
    assert told == [
        ("pay_outs_listed", "look", "shown"),
        ("pay_outs_fixed", "intent", None),
        ("pay_outs_fixed", "outcome", "done"),
    ]
    assert json.loads(rows[0].details) == {"programme": LVV, "count": 1, "form": "preview"}
    assert json.loads(rows[1].details) == {
        "programme": LVV, "from": "2026-11-09", "until": "2026-11-16", "lines": 1, "slips": 1,
    }  # fmt: skip


def test_what_was_booked_and_still_fits_is_not_corrected(house: House) -> None:
    entitled(from_on=TODAY - timedelta(days=20))
    fixed(Period(date(2026, 11, 2), date(2026, 11, 9)))
    fixed(FIRST)
    with house.stores.reading() as session:
        lines = session.scalars(select(PayOutLine.cents)).all()
    assert lines == [65_00, 65_00]
    [account] = drawn(SECOND).accounts
    assert [line.kind for line in account.lines] == [LineKind.DUE]
