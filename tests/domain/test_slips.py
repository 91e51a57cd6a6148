"""Slips are settled once, and a tap is taken back only where nothing could be paid twice; costs make sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from caseflow.domain import costs
from caseflow.domain.cases import CaseFacts
from caseflow.domain.programmes import Stage
from caseflow.domain.slips import Settled, SlipState, may_settle, may_take_back
from tests import cast
from tests.domain.cases import ADMITTED, TODAY

OPEN, HANDED, BACK = SlipState.OPEN, SlipState.HANDED_OVER, SlipState.RETURNED
A_MINUTE = timedelta(minutes=1)


def settled(state: SlipState, by: str = "ria", minutes: int = 1, counted: bool = False) -> Settled:
    return Settled(state, by, cast.NOW - minutes * A_MINUTE, counted)


def test_only_an_open_slip_is_settled() -> None:
    assert may_settle(Settled(OPEN))
    assert not may_settle(settled(HANDED))
    assert not may_settle(settled(BACK))


TAKEN_BACK = [
    ("one's own tap of a minute ago", settled(HANDED), True),
    ("one's own slip that went back", settled(BACK), True),
    ("of eleven minutes ago", settled(HANDED, minutes=11), False),
    ("somebody else's", settled(HANDED, by="rob"), False),
    ("nothing was tapped", Settled(OPEN), False),
    ("a later run may have paid it", settled(BACK, counted=True), False),
]


@pytest.mark.parametrize(("why", "slip", "allowed"), TAKEN_BACK)
def test_a_tap_is_taken_back_for_ten_minutes(why: str, slip: Settled, allowed: bool) -> None:
    assert bool(may_take_back(slip, "ria", cast.NOW)) is allowed, why


def in_stage(stage: Stage) -> CaseFacts:
    return replace(ADMITTED, stage=stage)


COSTS = [
    ("an ordinary one", Stage.GUIDANCE, 12_50, 0, True),
    ("a bill that came after the exit", Stage.EXITED, 12_50, 0, True),
    ("a closed case", Stage.CLOSED, 12_50, 0, False),
    ("a withdrawn application", Stage.WITHDRAWN, 12_50, 0, False),
    ("nothing", Stage.GUIDANCE, 0, 0, False),
    ("below nought", Stage.GUIDANCE, -1, 0, False),
    ("a comma forgotten", Stage.GUIDANCE, 5_000_01, 0, False),
    ("tomorrow", Stage.GUIDANCE, 12_50, 1, False),
    ("before the case", Stage.GUIDANCE, 12_50, -9_999, False),
]


@pytest.mark.parametrize(("why", "stage", "cents", "days", "allowed"), COSTS)
def test_a_cost_is_of_a_case_that_is_not_closed_and_of_a_day_in_it(
    why: str, stage: Stage, cents: int, days: int, allowed: bool
) -> None:
    on = TODAY + timedelta(days=days)
    assert bool(costs.may_record(in_stage(stage), cents, on, TODAY)) is allowed, why
