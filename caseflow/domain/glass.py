"""Breaking the glass: one case outside one's relations, for some hours, with a written reason (rule FW11)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

FOUR_HOURS: Final = timedelta(hours=4)
"""How long a case stays open: half a shift. Long enough to help somebody at the desk and to write it down; short
enough that nobody goes home with it, and that the next shift gives its own reason."""
SIGNS_AT_LEAST: Final = 10
"""Fewer signs than this tell a reviewer nothing."""


class GlassPurpose(StrEnum):
    """What the look is for, by a button; the reason in words stands beside it."""

    CLIENT_IS_HERE = "client_is_here"
    PHONE = "phone"
    DEADLINE = "deadline"
    HANDOVER = "handover"
    OTHER = "other"


PURPOSE_NAMES: Final = {
    GlassPurpose.CLIENT_IS_HERE: N_("The client is here"),
    GlassPurpose.PHONE: N_("The client, or somebody for them, is on the phone"),
    GlassPurpose.DEADLINE: N_("A deadline that cannot wait"),
    GlassPurpose.HANDOVER: N_("Handover by a colleague"),
    GlassPurpose.OTHER: N_("Something else"),
}


def tells_enough(words: str | None) -> Decision:
    """Whether a reason, or the words of a review, say anything: an empty one closes nothing."""
    said = " ".join((words or "").split())
    if len(said) < SIGNS_AT_LEAST or not any(sign.isalpha() for sign in said):
        return Refused(TOO_LITTLE)
    return Allowed()


TOO_LITTLE: Final[Message] = N_("Say it in a sentence: somebody else reads this to judge it.")


def holds(from_at: datetime, until_at: datetime, now: datetime) -> bool:
    """Whether the glass is broken now: from its first second, and no longer in its last."""
    return from_at <= now < until_at
