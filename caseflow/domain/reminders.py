"""Who is told what is due: one list a week, and in between only what is new within seven days.

Told is a number and nothing else. A mail is read on screens that are not ours, so it names no case, no code and no
kind of thing: *3 things are due within 7 days* is the same sentence whoever they are about.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

DAYS_AHEAD: Final = 7
ADDRESS_AT_MOST: Final = 254


class ReminderKind(StrEnum):
    """The list of the week, or something new in between."""

    WEEKLY = "weekly"
    PUSH = "push"


@dataclass(frozen=True)
class Told:
    """What somebody was told before: whether this week, and what was counted the last time."""

    this_week: bool = False
    counted: frozenset[str] = frozenset()


def monday_of(today: date) -> date:
    """The first day of the week."""
    return today - timedelta(days=today.weekday())


def is_soon(on: date, today: date) -> bool:
    """Answers whether something is due within seven days; what should have been done by now is too."""
    return on <= today + timedelta(days=DAYS_AHEAD)


def kind(due: Collection[str], told: Told) -> ReminderKind | None:
    """Answers whether somebody is told today, and how; None where nothing is due, or nothing that is new.

    The first time in a week that anything is due is the list of the week; a missed day is caught up on by itself.
    """
    if not due:
        return None
    if not told.this_week:
        return ReminderKind.WEEKLY
    return ReminderKind.PUSH if set(due) - told.counted else None


def sentence(number: int) -> Message:
    """The one sentence that leaves the house."""
    if number == 1:
        return N_("1 thing is due within 7 days.")
    return N_("%(count)s things are due within 7 days.", count=number)


SUBJECT: Final = N_("caseflow: something is due")
HOW_TO_READ: Final = N_("Sign in to read what it is:")
WHY: Final = N_(
    "You get this because mail is switched on in your account, at most once a day. It never says more than a number."
)


def may_mail_to(address: str, domains: Collection[str]) -> Decision:
    """Answers whether the count may be mailed there: to a work address of this installation, and nowhere else."""
    name, at, domain = address.rpartition("@")
    plain = (
        address.isascii() and address.isprintable() and not set(address) & set(" <>,;:\"'()[]\\")
    )
    if not (at and name and plain and len(address) <= ADDRESS_AT_MOST) or "@" in name:
        return Refused(N_("This is not a mail address. Write it as name@organisation.nl."))
    if domain.lower() not in {one.lower() for one in domains}:
        return Refused(
            N_(
                "Use your work address, which ends in %(domains)s. Private addresses are not kept.",
                domains=", ".join(f"@{one}" for one in sorted(domains)),
            )
        )
    return Allowed()
