"""Somebody who is away unannounced: inferred from nights and attempts, never known, and taken back when wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseflow.domain.cases import CaseFacts
from caseflow.domain.disappearances import may_record_attempt, may_take_exit_back, missing
from caseflow.domain.nights import Nights
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.stay_limits import Absence, AbsenceKind, MissingRule
from tests.domain.cases import ADMITTED, EXITED, reason

SINCE = date(2026, 3, 10)
TODAY = SINCE + timedelta(days=14)
AWAY = Absence(AbsenceKind.UNANNOUNCED, Nights(SINCE))
TWICE = (SINCE + timedelta(days=1), SINCE + timedelta(days=5))


@pytest.mark.parametrize(
    ("why", "away", "attempts", "today", "offered"),
    [
        ("fourteen nights and two attempts", AWAY, TWICE, TODAY, True),
        ("thirteen nights are too few", AWAY, TWICE, TODAY - timedelta(days=1), False),
        ("nobody tried twice", AWAY, TWICE[:1], TODAY, False),
        ("two calls of one day are one attempt", AWAY, (TWICE[0], TWICE[0]), TODAY, False),
        ("a call before it says nothing", AWAY, (SINCE - timedelta(days=1), *TWICE[:1]), TODAY, False),
        ("hospital is no disappearance", replace(AWAY, kind=AbsenceKind.HOSPITAL), TWICE, TODAY, None),
        ("detention is none", replace(AWAY, kind=AbsenceKind.DETENTION), TWICE, TODAY, None),
        ("announced leave is none", replace(AWAY, kind=AbsenceKind.LEAVE), TWICE, TODAY, None),
        ("who is here is not missing", None, TWICE, TODAY, None),
    ],
)  # fmt: skip
def test_somebody_is_missing_by_nights_and_attempts(
    why: str, away: Absence | None, attempts: tuple[date, ...], today: date, offered: bool | None
) -> None:
    found = missing(ADMITTED, away, attempts, today)
    assert (None if found is None else found.is_offered) is offered, why


def test_who_has_left_is_missing_no_more() -> None:
    assert missing(EXITED, AWAY, TWICE, TODAY) is None


def test_each_programme_says_how_long_and_how_often() -> None:
    strict = replace(ADMITTED, programme=replace(ADMITTED.programme, missing=MissingRule(30, 3)))
    found = missing(strict, AWAY, TWICE, TODAY)
    assert found is not None
    assert (found.is_offered, found.nights_needed, found.attempts_needed) == (False, 30, 3)
    with pytest.raises(ValueError, match="at least"):
        MissingRule(0, 1)


def test_an_attempt_is_recorded_while_the_case_goes_on_and_not_ahead() -> None:
    assert may_record_attempt(ADMITTED, TODAY, TODAY)
    assert "future" in reason(may_record_attempt(ADMITTED, TODAY + timedelta(days=1), TODAY))
    assert "has ended" in reason(may_record_attempt(EXITED, TODAY, TODAY))


@pytest.mark.parametrize(
    ("facts", "came_back", "why"),
    [
        (EXITED, False, None),
        (replace(EXITED, stage=Stage.AFTERCARE), False, None),
        (replace(EXITED, stage=Stage.CLOSED), False, "closed"),
        (ADMITTED, False, "no exit"),
        (EXITED, True, "open already"),
        (replace(EXITED, follow_ups=frozenset({6})), False, "follow-up"),
        (replace(EXITED, open_proposals=frozenset({ProposalKind.EXIT})), False, "waits"),
    ],
)
def test_an_exit_is_taken_back_unless_the_person_came_back_by_a_new_case(
    facts: CaseFacts, came_back: bool, why: str | None
) -> None:
    answer = may_take_exit_back(facts, came_back=came_back)
    assert bool(answer) is (why is None)
    if why is not None:
        assert why in reason(answer)
