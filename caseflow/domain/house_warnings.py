"""Warnings of a house about one person, as codes from a closed list: what a colleague does differently at the door.

A warning says what to do and never why: no diagnosis, no offence, no word (GDPR art. 5(1)(c), 9 and 10). It has an end,
after which it is gone unless somebody confirms it, and the person is told of it, or it says why not yet (art. 13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message


class WarningKind(StrEnum):
    """What a colleague does differently; no kind names an illness, an offence or a status."""

    NOT_ALONE = "not_alone"
    CALL_FIRST = "call_first"
    KNOCK_AND_WAIT = "knock_and_wait"
    NOT_BY_TOUCH = "not_by_touch"
    SEE_CARD = "see_card"
    FIRE_SAFETY = "fire_safety"


class NotToldYet(StrEnum):
    """Why somebody does not know of a warning yet."""

    NOT_MET = "not_met"
    NO_INTERPRETER = "no_interpreter"
    NOT_SAFE = "not_safe"


WARNING_NAMES: Final[Mapping[WarningKind, Message]] = MappingProxyType(
    {
        WarningKind.NOT_ALONE: N_("Do not go in alone"),
        WarningKind.CALL_FIRST: N_("Call before you go in"),
        WarningKind.KNOCK_AND_WAIT: N_("Knock, say who you are, and wait"),
        WarningKind.NOT_BY_TOUCH: N_("Do not wake by touch"),
        WarningKind.SEE_CARD: N_("In an emergency, open the emergency card first"),
        WarningKind.FIRE_SAFETY: N_("Look at fire safety in the room"),
    }
)
NOT_TOLD_NAMES: Final[Mapping[NotToldYet, Message]] = MappingProxyType(
    {
        NotToldYet.NOT_MET: N_("not spoken to yet"),
        NotToldYet.NO_INTERPRETER: N_("no interpreter yet"),
        NotToldYet.NOT_SAFE: N_("not safe to say now"),
    }
)


@dataclass(frozen=True)
class Told:
    """That somebody knows of a warning, since when and in which language; or why not yet."""

    on: date | None = None
    language: str | None = None
    not_yet: NotToldYet | None = None


def may_last(until_on: date, today: date, days_at_most: int) -> Decision:
    """Answers whether a warning, or a confirmed one, may last until this day, the day itself counted."""
    if until_on < today:
        return Refused(N_("%(day)s has passed. Choose today or a later day.", day=until_on))
    latest = today + timedelta(days=days_at_most)
    if until_on > latest:
        return Refused(
            N_(
                "A warning lasts %(days)s days at most: until %(day)s. Confirm it then, if it is still needed.",
                days=days_at_most,
                day=latest,
            )
        )
    return Allowed()


def is_said(told: Told, today: date) -> Decision:
    """Answers whether it is clear that the person knows of it: told on a day in a language, or why not yet."""
    if told.on is None and told.not_yet is None:
        return Refused(N_("Say on which day the person was told of this warning, or why not yet."))
    if told.on is not None and told.not_yet is not None:
        return Refused(
            N_("Fill in the day on which the person was told, or why not yet: not both.")
        )
    if told.on is not None and told.language is None:
        return Refused(N_("Choose in which language the person was told."))
    if told.on is not None and told.on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    return Allowed()
