"""What is missing in the records, so that a figure says less than it could: kinds of gaps, and where each is mended.

A gap asks for nothing that a person need not tell: "not asked" is an answer, and these words say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.calendar_months import months_after
from caseflow.domain.messages import N_, Message

LATE_AFTER_DAYS: Final = 28
"""Recorded so long after it happened that a quarter may have been closed without it (decision 0176)."""
LATE_WITHIN_DAYS: Final = 92
"""Looks back one quarter: what was late before cannot be changed any more."""
ASKED_AGAIN_DAYS: Final = 365
"""So long it is worth asking once more after a follow-up that found nothing."""


class Gap(StrEnum):
    """What is missing in a record."""

    NO_OUTCOME = "no_outcome"
    NO_BASIS = "no_basis"
    NO_ASSURANCE = "no_assurance"
    FOLLOW_UP_DUE = "follow_up_due"
    FOLLOW_UP_UNKNOWN = "follow_up_unknown"
    UNDECIDED = "undecided"
    SILENT = "silent"
    NO_SCENARIO = "no_scenario"
    NO_GOAL = "no_goal"
    NO_GENDER = "no_gender"
    NO_AGE = "no_age"
    NOT_TOLD = "not_told"
    TOLD_OLDER = "told_older"
    LATE = "late"


@dataclass(frozen=True)
class GapText:
    """What a gap is called, which figure it weakens or what it asks for, and what the day beside a case says."""

    name: Message
    why: Message
    day: Message


_LEFT: Final = N_("Left on")
GAP_TEXTS: Final[Mapping[Gap, GapText]] = MappingProxyType(
    {
        Gap.NO_OUTCOME: GapText(
            N_("Outcome not known"),
            N_(
                "Counts as no solution under each definition. Find out how the stay ended; a team lead "
                "takes the exit back, and it is proposed again."
            ),
            _LEFT,
        ),
        Gap.NO_BASIS: GapText(
            N_("Ground of the outcome missing"),
            N_("Without its ground, a return to national reception is in no class of the WODC."),
            _LEFT,
        ),
        Gap.NO_ASSURANCE: GapText(
            N_("Onward migration without an answer about permanent stay"),
            N_("Counts as another outcome until somebody says that permanent stay is assured."),
            _LEFT,
        ),
        Gap.FOLLOW_UP_DUE: GapText(
            N_("Follow-up due, not done"),
            N_("Counts as unknown in “still solved”. Ask whether the solution holds."),
            _LEFT,
        ),
        Gap.FOLLOW_UP_UNKNOWN: GapText(
            N_("Follow-up done, nothing found out"),
            N_("Counts as unknown in “still solved”. It may still be found out."),
            N_("Asked on"),
        ),
        Gap.UNDECIDED: GapText(
            N_("Past the last day, nothing decided"),
            N_("A last day never ends a stay: it asks for an extension or an exit."),
            N_("Application"),
        ),
        Gap.SILENT: GapText(
            N_("Weeks without contact"),
            N_("Nobody spoke to the person for 28 days, or nobody wrote it down."),
            N_("Last contact"),
        ),
        Gap.NO_SCENARIO: GapText(
            N_("Guidance without a scenario"),
            N_(
                "What you work towards together is not recorded. “Still being looked into” will do."
            ),
            N_("Application"),
        ),
        Gap.NO_GOAL: GapText(
            N_("Guidance without a goal"),
            N_("The plan holds no goal of the person yet."),
            N_("Application"),
        ),
        Gap.NO_GENDER: GapText(
            N_("Gender not asked"),
            N_("Stands apart in the table by gender. Nobody has to tell: leave it as it is then."),
            N_("Application"),
        ),
        Gap.NO_AGE: GapText(
            N_("Age not known"),
            N_("Stands apart in the table by age. An estimate will do; nobody has to tell."),
            N_("Application"),
        ),
        Gap.NOT_TOLD: GapText(
            N_("Not told what we keep and why, or their rights"),
            N_(
                "Everybody is told, in a language they understand. It takes half a minute on the page of the case."
            ),
            N_("Application"),
        ),
        Gap.TOLD_OLDER: GapText(
            N_("Told from an older text"),
            N_(
                "The text changed since. Tell the newer one at the next conversation; nothing is in a hurry."
            ),
            N_("Told on"),
        ),
        Gap.LATE: GapText(
            N_("Recorded more than 28 days later"),
            N_("Figures of a quarter may have been closed without it. Nothing is left to mend."),
            N_("Happened on"),
        ),
    }
)
"""Every gap in the order in which it is worth mending."""
OF_THE_PLAN: Final = frozenset({Gap.NO_GOAL})
"""Gaps of words in the vault: for the own case team alone, while it is open (`firewall.md` §3, notes and documents)."""
OF_CONSENT: Final = frozenset({Gap.NOT_TOLD, Gap.TOLD_OLDER})
"""Gaps in what clients were told: for who sees that of each case (the row of consent), never a number for others."""
BY_TEAM: Final = tuple(gap for gap in Gap if gap not in OF_THE_PLAN | OF_CONSENT)
"""Gaps of coded facts, which can be counted for those who open no file."""


def last_exit_due(months: int, today: date) -> date:
    """Answers the latest day of an exit whose follow-up after so many months is due by today."""
    day = months_after(today, -months) + timedelta(days=3)  # a clamped month end moves three days
    while months_after(day, months) > today:
        day -= timedelta(days=1)
    return day
