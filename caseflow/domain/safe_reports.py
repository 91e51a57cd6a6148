"""Help to a victim or witness of a crime who wants to report it, tell it, or do nothing now.

Nothing here knows or asks about a right of residence: whoever reports a crime is a victim or a witness, and no more
(rule FW8). *Free in, free out* means that somebody who comes to a police station to report leaves it again without
arrest for their papers. It is largely a promise, little known among police, and the page says so. Sources: EU
Victims' Rights Directive 2012/29; Timmerman, Leerkes and others, EMIL 22(3) 2020, 427-455.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

WORDS_AT_MOST: Final = 5_000
PLACE_AT_MOST: Final = 200
NUMBER_AT_MOST: Final = 40
DAYS_AHEAD_AT_MOST: Final = 365
CLOCK_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Standing(StrEnum):
    """How the crime touched this person."""

    VICTIM = "victim"
    WITNESS = "witness"


class ReportWish(StrEnum):
    """What the person wants, as they say it; it may change, and nothing follows from it by itself."""

    REPORT = "report"
    TELL_ONLY = "tell_only"
    NOTHING_NOW = "nothing_now"


class GoesAlong(StrEnum):
    """Who goes along, as a kind: never a name."""

    CASEWORKER = "caseworker"
    LAWYER = "lawyer"
    VICTIM_SUPPORT = "victim_support"
    SOMEBODY_CLOSE = "somebody_close"
    NOBODY = "nobody"


class ReportOutcome(StrEnum):
    """What came of it."""

    TAKEN = "taken"
    REFUSED = "refused"
    NOT_GONE = "not_gone"
    LATER = "later"


class Support(StrEnum):
    """How far help of Slachtofferhulp, or money of the Schadefonds, has come."""

    TOLD = "told"
    ASKED = "asked"
    NOT_WANTED = "not_wanted"


STANDING_NAMES: Final[Mapping[Standing, Message]] = MappingProxyType(
    {Standing.VICTIM: N_("Victim"), Standing.WITNESS: N_("Witness")}
)
WISH_NAMES: Final[Mapping[ReportWish, Message]] = MappingProxyType(
    {
        ReportWish.REPORT: N_("Report it to the police"),
        ReportWish.TELL_ONLY: N_("Tell it, and no report"),
        ReportWish.NOTHING_NOW: N_("Nothing now"),
    }
)
ALONG_NAMES: Final[Mapping[GoesAlong, Message]] = MappingProxyType(
    {
        GoesAlong.CASEWORKER: N_("Somebody of the case team"),
        GoesAlong.LAWYER: N_("A lawyer"),
        GoesAlong.VICTIM_SUPPORT: N_("Victim Support (Slachtofferhulp)"),
        GoesAlong.SOMEBODY_CLOSE: N_("Somebody the person chose"),
        GoesAlong.NOBODY: N_("Nobody: the person wants to go alone"),
    }
)
OUTCOME_NAMES: Final[Mapping[ReportOutcome, Message]] = MappingProxyType(
    {
        ReportOutcome.TAKEN: N_("The report was taken"),
        ReportOutcome.REFUSED: N_("The report was refused"),
        ReportOutcome.NOT_GONE: N_("Did not go"),
        ReportOutcome.LATER: N_("Another time"),
    }
)
SUPPORT_NAMES: Final[Mapping[Support, Message]] = MappingProxyType(
    {
        Support.TOLD: N_("told about it"),
        Support.ASKED: N_("asked for"),
        Support.NOT_WANTED: N_("not wanted now"),
    }
)


@dataclass(frozen=True)
class Accompaniment:
    """One record of help to report: what the person wants, the way there, and what came of it."""

    standing: Standing
    wish: ReportWish
    along: GoesAlong | None = None
    meets_on: date | None = None
    meets_at: str | None = None
    place: str | None = None
    told_on: date | None = None
    """When *free in, free out* was explained, its limits too."""
    told_in: str | None = None
    interpreter_number: str | None = None
    outcome: ReportOutcome | None = None
    outcome_on: date | None = None
    reference: str | None = None
    """The number of the report; it stands nowhere else."""
    victim_support: Support | None = None
    damages_fund: Support | None = None
    words: str | None = None


def may_record(told: Accompaniment, today: date) -> Decision:
    """Answers whether a record makes sense as it was told; nothing in it is mandatory but the wish."""
    for check in (_is_explained, _has_a_way, _has_an_end, _is_written_shortly):
        decision = check(told, today)
        if not decision:
            return decision
    return Allowed()


def _is_explained(told: Accompaniment, today: date) -> Decision:
    if (told.told_on is None) != (told.told_in is None):
        return Refused(N_("Say both when it was explained and in which language, or neither."))
    if told.told_on is not None and told.told_on > today:
        return Refused(
            N_("%(day)s has not come yet. Choose today or an earlier day.", day=told.told_on)
        )
    if told.outcome is ReportOutcome.TAKEN and told.told_on is None:
        return Refused(
            N_("Say when free in, free out was explained: nobody reports without knowing it.")
        )
    return Allowed()


def _has_a_way(told: Accompaniment, today: date) -> Decision:
    if told.meets_at is not None and told.meets_on is None:
        return Refused(N_("Enter the day as well as the time."))
    if told.meets_at is not None and CLOCK_TIME.fullmatch(told.meets_at) is None:
        return Refused(N_("Write the time as 14:30."))
    if told.meets_on is None:
        return Allowed()
    if told.wish is ReportWish.NOTHING_NOW and told.outcome is None:
        return Refused(N_("The person wants nothing now, so leave the appointment empty."))
    if told.along is None:
        return Refused(N_("Choose who goes along, or that nobody does."))
    if told.meets_on > today + timedelta(days=DAYS_AHEAD_AT_MOST):
        return Refused(N_("%(day)s is more than a year ahead. Check the year.", day=told.meets_on))
    return Allowed()


def _has_an_end(told: Accompaniment, today: date) -> Decision:
    if (told.outcome is None) != (told.outcome_on is None):
        return Refused(N_("Enter both what came of it and on which day, or neither."))
    if told.outcome_on is not None and told.outcome_on > today:
        return Refused(
            N_("%(day)s has not come yet. Choose today or an earlier day.", day=told.outcome_on)
        )
    if told.reference and told.outcome is not ReportOutcome.TAKEN:
        return Refused(N_("A report that was not taken has no number. Leave the number empty."))
    return Allowed()


def _is_written_shortly(told: Accompaniment, today: date) -> Decision:
    number = told.interpreter_number
    if number and not any(sign.isdigit() for sign in number):
        return Refused(N_("Enter the number of the interpreter, never a name."))
    limits = {"words": WORDS_AT_MOST, "place": PLACE_AT_MOST,
              "reference": NUMBER_AT_MOST, "interpreter_number": NUMBER_AT_MOST}  # fmt: skip
    for name, most in limits.items():
        if len(getattr(told, name) or "") > most:
            return Refused(N_("This is too long. Use at most %(most)s characters.", most=most))
    return Allowed()


def task_day(told: Accompaniment, today: date) -> date | None:
    """The day for which a neutral task *go along* stands on the case; None where nobody has to go, or it is over.

    The task says a kind and a day, so that a list shows nothing of a report.
    """
    if told.outcome in (ReportOutcome.TAKEN, ReportOutcome.REFUSED, ReportOutcome.NOT_GONE):
        return None
    if told.along is not GoesAlong.CASEWORKER or told.meets_on is None or told.meets_on < today:
        return None
    return told.meets_on


def columns(told: Accompaniment) -> dict[str, object]:
    """The record as columns: codes as their text."""
    found = {one.name: getattr(told, one.name) for one in fields(told)}
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in found.items()}  # fmt: skip
