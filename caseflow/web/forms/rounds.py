"""The round of the night as it comes in: three buttons and a reason for each person, by the id of the stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from wtforms import HiddenField

from caseflow.domain.beds import BedKind
from caseflow.domain.messages import N_
from caseflow.domain.rounds import AS_BEFORE, CODES, Answer, PresenceState
from caseflow.web.forms.fields import OwnForm

AT, WHY, WAS, THERE = "at-", "why-", "was-", "there-"
PEOPLE_AT_MOST: Final = 1000
"""More beds than any house has; what is longer was not sent by the page."""
UNREADABLE: Final = N_("Choose for each person: there, not there, or away with a reason.")
NOT_A_NUMBER: Final = N_("Enter for each kind of bed how many people are there: a whole number.")
NOT_A_NIGHT: Final = N_("This is no night. Open the page again.")
MOST: Final = 2000
YEARS: Final = range(2000, 2101)


class RoundForm(OwnForm):
    """A round; its fields are read from what was sent, because each house has its own people."""

    site = HiddenField()
    night = HiddenField()

    def which_night(self) -> date | None:
        """The night that was sent; None where it is none."""
        return read_night(self.night.data or "")


def read_night(text: str) -> date | None:
    """The night that is spelled `2026-11-22`; None for anything else, and for years in which nobody slept here."""
    try:
        night = date.fromisoformat(text)
    except ValueError:
        return None
    return night if night.year in YEARS else None


def answers(sent: Mapping[str, str]) -> tuple[Answer, ...] | None:
    """What a sent round says about each stay; None where it says what no button does."""
    found = []
    for name, pressed in sent.items():
        if not name.startswith(AT):
            continue
        placement_id = name.removeprefix(AT)
        away = pressed == PresenceState.ANNOUNCED.value
        code = sent.get(WHY + placement_id, "") if away else pressed
        shown = sent.get(WAS + placement_id, "")
        if code not in CODES and code != AS_BEFORE:
            return None
        found.append(Answer(placement_id, code, shown))
    return tuple(found) if len(found) <= PEOPLE_AT_MOST else None


def numbers(sent: Mapping[str, str]) -> dict[BedKind, int] | None:
    """How many were counted of each kind of bed; None where that is no number."""
    found = {}
    for kind in BedKind:
        typed = sent.get(THERE + kind.value)
        if typed is None:
            continue
        if not typed.strip().isdecimal() or int(typed) > MOST:
            return None
        found[kind] = int(typed)
    return found or None
