"""Tasks: what may be written down, and what follows from a case by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseflow.domain.cases import CaseFacts
from caseflow.domain.nights import Nights
from caseflow.domain.programmes import Stage
from caseflow.domain.tasks import FollowsKind, follows, may_plan, overdue
from tests.domain.cases import ADMITTED

TODAY = date(2026, 11, 22)
A_DAY = timedelta(days=1)
GUIDED = replace(ADMITTED, application_on=date(2026, 1, 5))
LEFT = replace(GUIDED, stage=Stage.AFTERCARE, exited_on=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("why", "facts", "due_on", "allowed"),
    [
        ("today is in time", GUIDED, TODAY, True),
        ("yesterday is a slip", GUIDED, TODAY - A_DAY, False),
        ("two years ahead is the last day", GUIDED, TODAY + timedelta(days=730), True),
        ("a day more is a slip in the year", GUIDED, TODAY + timedelta(days=731), False),
        ("somebody who left still has papers to return", LEFT, TODAY, True),
        ("a closed case is over", replace(LEFT, stage=Stage.CLOSED), TODAY, False),
        ("so is one that was declined", replace(GUIDED, stage=Stage.DECLINED), TODAY, False),
    ],
)
def test_a_task_is_for_a_day_to_come_in_a_case_that_goes_on(
    why: str, facts: CaseFacts, due_on: date, allowed: bool
) -> None:
    assert bool(may_plan(facts, due_on, TODAY)) is allowed, why


@pytest.mark.parametrize(
    ("why", "facts", "last", "kinds"),
    [
        ("27 days are no silence", GUIDED, TODAY - timedelta(days=27), ()),
        ("28 days are", GUIDED, TODAY - timedelta(days=28), (FollowsKind.SILENT,)),
        ("never spoken to counts from the application", GUIDED, None, (FollowsKind.SILENT,)),
        ("who left is not silent", LEFT, None, ()),
        (
            "an allowance that runs on after the exit is decided on",
            replace(LEFT, allowances=(Nights(date(2026, 2, 1), None),)),
            None,
            (FollowsKind.ALLOWANCE,),
        ),
        (
            "one that ended is not",
            replace(LEFT, allowances=(Nights(date(2026, 2, 1), date(2026, 11, 1)),)),
            None,
            (),
        ),
    ],
)
def test_what_follows_from_a_case_by_itself(
    why: str, facts: CaseFacts, last: date | None, kinds: tuple[FollowsKind, ...]
) -> None:
    assert tuple(one.kind for one in follows(facts, last, TODAY)) == kinds, why


def test_what_is_due_today_is_in_time() -> None:
    assert overdue([TODAY - A_DAY, TODAY, TODAY + A_DAY], TODAY) == 1
