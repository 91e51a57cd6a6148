"""What somebody still has to do about a case: own tasks, as a kind and a day, and what follows from the case itself.

A task says no word about the person: a kind from a list, and by when. Words that explain it lie in the vault. What
follows from the facts (nobody spoke to the person for weeks, an allowance runs on after the exit) is never stored, so
that it is gone the moment the facts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.programmes import Stage

SILENT_AFTER_DAYS: Final = 28
"""Days without a contact after which somebody is asked to get in touch. No norm sets a number: decision 0141."""
DAYS_AHEAD_AT_MOST: Final = 730
"""A task further ahead than two years is a slip of the pen in the year."""
OVER: Final = frozenset({Stage.CLOSED, Stage.DECLINED, Stage.WITHDRAWN})
"""Stages in which nothing is left to do."""


class TaskKind(StrEnum):
    """What is to be done; no kind says anything about health, status or faith."""

    CONTACT = "contact"
    APPOINTMENT = "appointment"
    ACCOMPANY = "accompany"
    LAWYER = "lawyer"
    PAPERS = "papers"
    PLAN = "plan"
    SHELTER = "shelter"
    MONEY = "money"
    RETURN_PAPERS = "return_papers"
    OFFER_COPY = "offer_copy"
    COMES_OF_AGE = "comes_of_age"
    HOUSE = "house"
    TELL_RECIPIENT = "tell_recipient"
    OTHER = "other"


TASK_NAMES: Final[Mapping[TaskKind, Message]] = MappingProxyType(
    {
        TaskKind.CONTACT: N_("Get in touch"),
        TaskKind.APPOINTMENT: N_("Make an appointment"),
        TaskKind.ACCOMPANY: N_("Go along"),
        TaskKind.LAWYER: N_("Ask the lawyer"),
        TaskKind.PAPERS: N_("Arrange papers"),
        TaskKind.PLAN: N_("Go through the plan again"),
        TaskKind.SHELTER: N_("Arrange shelter"),
        TaskKind.MONEY: N_("Arrange money"),
        TaskKind.RETURN_PAPERS: N_("Give papers back"),
        TaskKind.OFFER_COPY: N_("Offer a copy of the file"),
        TaskKind.COMES_OF_AGE: N_("Assess again before the 18th birthday"),
        TaskKind.HOUSE: N_("Talk about living in the house"),
        TaskKind.TELL_RECIPIENT: N_("Tell a recipient that something was taken back"),
        TaskKind.OTHER: N_("Something else"),
    }
)


class FollowsKind(StrEnum):
    """Why a task follows from the case itself."""

    SILENT = "silent"
    ALLOWANCE = "allowance"
    BED = "bed"
    NEXT_ADDRESS = "next_address"
    MISSING = "missing"
    PROCEDURES = "procedures"
    PLACE = "place"


@dataclass(frozen=True)
class Follows:
    """A task that nobody wrote down: what asks for it, and since when."""

    kind: FollowsKind
    on: date


def may_plan(facts: CaseFacts, due_on: date, today: date) -> Decision:
    """Answers whether a task may be written down for a day: today or later, in a case that is not over."""
    if facts.stage in OVER:
        return Refused(N_("This case is closed. Nothing is left to do about it."))
    if due_on < today:
        return Refused(N_("%(day)s has passed. Choose today or a later day.", day=due_on))
    if due_on > today + timedelta(days=DAYS_AHEAD_AT_MOST):
        return Refused(N_("%(day)s is more than two years ahead. Check the year.", day=due_on))
    return Allowed()


def follows(facts: CaseFacts, last_contact_on: date | None, today: date) -> tuple[Follows, ...]:
    """Answers which tasks follow from the case: weeks without a contact, and an allowance that nobody ended.

    Silence counts from the last contact, or from the application where there was none, while the episode runs.
    """
    found: list[Follows] = []
    since = last_contact_on or facts.application_on
    if not facts.has_ended and is_silent(since, today):
        found.append(Follows(FollowsKind.SILENT, since + timedelta(days=SILENT_AFTER_DAYS)))
    if facts.has_ended and any(one.departure is None for one in facts.allowances):
        found.append(Follows(FollowsKind.ALLOWANCE, facts.exited_on or today))
    return tuple(found)


def is_silent(since: date, today: date) -> bool:
    """Answers whether the last contact is so long ago that somebody should get in touch."""
    return (today - since).days >= SILENT_AFTER_DAYS


def overdue(due_days: Iterable[date], today: date) -> int:
    """Answers how many of the days have passed; what is due today is in time."""
    return sum(day < today for day in due_days)
