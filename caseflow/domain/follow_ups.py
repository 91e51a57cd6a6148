"""Asking again after an exit: does the solution still hold?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.calendar_months import months_after
from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import (
    Outcome,
    OutcomeBasis,
    SolutionClass,
    SolutionDefinition,
    solution_class,
)


class FollowUpAnswer(StrEnum):
    """What was found when someone asked again; unknown is an answer that is shown."""

    STILL_HOLDS = "still_holds"
    NO_LONGER_HOLDS = "no_longer_holds"
    UNKNOWN = "unknown"


FOLLOW_UP_NAMES: Mapping[FollowUpAnswer, Message] = MappingProxyType(
    {
        FollowUpAnswer.STILL_HOLDS: N_("the solution still holds"),
        FollowUpAnswer.NO_LONGER_HOLDS: N_("the solution no longer holds"),
        FollowUpAnswer.UNKNOWN: N_("could not be found out"),
    }
)


def _is_solution(outcome: Outcome, basis: OutcomeBasis | None) -> bool:
    called = {solution_class(one, outcome, basis) for one in SolutionDefinition}
    return bool(called & {SolutionClass.DURABLE, SolutionClass.SEMI_DURABLE})


SOLUTIONS: Final = frozenset(
    (outcome, basis)
    for outcome in Outcome
    for basis in (None, *OutcomeBasis)
    if _is_solution(outcome, basis)
)
"""Outcomes with their ground that one of the definitions calls a solution: of these somebody asks whether they hold."""


@dataclass(frozen=True)
class FollowUpDue:
    """A follow-up so many calendar months after the exit, and the day from which it can be done."""

    months: int
    due_on: date


def is_a_solution(facts: CaseFacts) -> bool:
    """Says whether one of the definitions calls the outcome a solution, so that it can be asked whether it holds."""
    return facts.outcome is not None and (facts.outcome, facts.basis) in SOLUTIONS


def follow_ups(facts: CaseFacts) -> tuple[FollowUpDue, ...]:
    """Answers which follow-ups a case asks for: none without an exit, and none where there was no solution."""
    if facts.exited_on is None or not is_a_solution(facts):
        return ()
    return tuple(
        FollowUpDue(months, months_after(facts.exited_on, months))
        for months in facts.programme.follow_up_months
    )


def follow_ups_due(facts: CaseFacts, today: date) -> tuple[FollowUpDue, ...]:
    """Answers which follow-ups can be done today and were not recorded yet."""
    return tuple(
        one
        for one in follow_ups(facts)
        if one.due_on <= today and one.months not in facts.follow_ups
    )


def may_follow_up(facts: CaseFacts, today: date) -> Decision:
    """Answers whether any follow-up can be recorded today, and why not."""
    if facts.exited_on is None:
        return _NO_EXIT
    asked = follow_ups(facts)
    if not asked:
        return _ASKS_NOTHING
    waiting = [one for one in asked if one.months not in facts.follow_ups_found]
    if not waiting:
        return Refused(N_("What was found is recorded for every follow-up of this case."))
    first = waiting[0].due_on
    return Allowed() if first <= today else _from(first)


def may_record_follow_up(facts: CaseFacts, months: int, on: date, today: date) -> Decision:
    """Answers whether a follow-up may be recorded: after a solution, not before it is due, and once.

    After "could not be found out" it may still be found out. What was found is changed by marking it as an
    error, so that two answers never contradict each other.
    """
    if facts.exited_on is None:
        return _NO_EXIT
    asked = {one.months: one for one in follow_ups(facts)}
    if not asked:
        return _ASKS_NOTHING
    if months not in asked:
        return Refused(
            N_("This case asks for no follow-up after %(months)s months.", months=months)
        )
    if months in facts.follow_ups_found:
        return Refused(
            N_(
                "What was found after %(months)s months is recorded already. "
                "If that was an error, say so on the timeline first.",
                months=months,
            )
        )
    due_on = asked[months].due_on
    if on < due_on:
        return _from(due_on)
    return may_date(on, today, due_on)


_NO_EXIT = Refused(N_("There is no exit yet, so there is nothing to follow up."))
_ASKS_NOTHING = Refused(N_("This exit was no solution, so nobody asks again whether it holds."))


def _from(due_on: date) -> Refused:
    return Refused(N_("This follow-up can be recorded from %(day)s, not before.", day=due_on))
