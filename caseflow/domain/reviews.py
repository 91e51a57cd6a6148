"""Reviews of looks: by somebody else than who looked, never closed empty, and once a week a sample (rule FW13).

A log that nobody reviews protects nobody: that was what the HagaZiekenhuis was fined for in 2019.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.glass import tells_enough
from caseflow.domain.messages import N_

WEEK: Final = timedelta(days=7)
REVIEW_WITHIN: Final = timedelta(days=7)
"""A week is reviewed before the next one is over; after that it is overdue."""
T = TypeVar("T")


class Verdict(StrEnum):
    """What somebody else found of a look."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    TALKED_ABOUT = "talked_about"


VERDICT_NAMES: Final = {
    Verdict.JUSTIFIED: N_("Justified"),
    Verdict.NOT_JUSTIFIED: N_("Not justified"),
    Verdict.TALKED_ABOUT: N_("Talked about it"),
}


class WeekVerdict(StrEnum):
    """What a review of a week of looks found."""

    IN_ORDER = "in_order"
    ASKED = "asked"
    NOT_IN_ORDER = "not_in_order"


WEEK_VERDICT_NAMES: Final = {
    WeekVerdict.IN_ORDER: N_("In order"),
    WeekVerdict.ASKED: N_("Asked colleagues about it"),
    WeekVerdict.NOT_IN_ORDER: N_("Not in order"),
}


def may_review(reviewer_id: str, looker_id: str, *, is_reviewed: bool) -> Decision:
    """Whether this person may judge this look: somebody else's, and once."""
    if is_reviewed:
        return Refused(N_("A colleague has reviewed this already."))
    if reviewer_id == looker_id:
        return Refused(N_("Nobody reviews their own looks. Ask another privacy officer."))
    return Allowed()


def may_close(verdict: str, known: Iterable[str], words: str | None) -> Decision:
    """Whether a review says what was found: a verdict of the list, and words."""
    if verdict not in set(known):
        return Refused(N_("Choose what you found."))
    return tells_enough(words)


def monday_of(day: date) -> date:
    """The Monday with which the week of this day begins."""
    return day - timedelta(days=day.weekday())


def weeks_waiting(since: date, closed: Collection[date], today: date) -> tuple[date, ...]:
    """Mondays of the weeks that are over, from that of `since`, and were not reviewed; oldest first."""
    week, waiting = monday_of(since), list[date]()
    while week + WEEK <= monday_of(today):
        if week not in closed:
            waiting.append(week)
        week += WEEK
    return tuple(waiting)


def is_overdue(week: date, today: date) -> bool:
    """Whether the review of the week that began on this Monday is late."""
    return today >= week + WEEK + REVIEW_WITHIN


def may_close_week(week: date, waiting: Collection[date], older_items: int) -> Decision:
    """Whether a week may be closed: it is over, still open, and nothing of before its end waits in the queue."""
    if week not in waiting:
        return Refused(N_("This week is not over, or it was reviewed already."))
    if older_items:
        return Refused(
            N_(
                "First review what waits from before the end of this week: %(count)s.",
                count=older_items,
            )
        )
    return Allowed()


def sample(looks: Iterable[T], rank: Callable[[T], str], size: int) -> list[T]:
    """So many of these, chosen by a rank that nobody can foretell and that is the same every time."""
    return heapq.nsmallest(size, looks, key=rank)
