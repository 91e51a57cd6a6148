"""Asking again after an exit: does the solution still hold?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from caseflow.domain.calendar_months import months_after
from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import Outcome


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


@dataclass(frozen=True)
class FollowUpDue:
    """A follow-up so many calendar months after the exit, and the day from which it can be done."""

    months: int
    due_on: date


def follow_ups(facts: CaseFacts) -> tuple[FollowUpDue, ...]:
    """Answers which follow-ups a case asks for: none without an exit, none after a death."""
    if facts.exited_on is None or facts.outcome in {Outcome.DECEASED, Outcome.MUNICIPAL_TRANSFER}:
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


def may_record_follow_up(facts: CaseFacts, months: int, on: date, today: date) -> Decision:
    """Answers whether a follow-up may be recorded: after an exit, and not before it is due.

    A second answer for the same follow-up joins the first: what was found later counts later.
    """
    if facts.exited_on is None:
        return Refused(N_("There is no exit yet, so there is nothing to follow up."))
    asked = {one.months: one for one in follow_ups(facts)}
    if months not in asked:
        return Refused(
            N_("This case asks for no follow-up after %(months)s months.", months=months)
        )
    due_on = asked[months].due_on
    if on < due_on:
        return Refused(N_("This follow-up can be recorded from %(day)s, not before.", day=due_on))
    return may_date(on, today, due_on)
