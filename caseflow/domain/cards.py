"""Emergency cards: what may stand on one, how long an opened one stays open, and when it is looked at.

A card is made with the client, each line optional; it holds no legal name, status or number (the firewall, §2), for
it lies outside the seal and leaves the house with an ambulance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_

MINUTES_OPEN: Final = 15
"""How long a card that was opened in an emergency can be read at its address."""

LENGTHS: Final = {
    "call_name": 80,
    "language": 40,
    "allergies": 400,
    "medication": 400,
    "conditions": 400,
    "doctor": 120,
    "pharmacy": 120,
    "whom_to_call": 200,
}
"""The most characters of each line, as the store keeps them."""


@dataclass(frozen=True)
class CardLines:
    """What stands on a card, line by line; None where nothing was said."""

    call_name: str | None = None
    language: str | None = None
    allergies: str | None = None
    medication: str | None = None
    conditions: str | None = None
    doctor: str | None = None
    pharmacy: str | None = None
    whom_to_call: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in at all."""
        return not any(getattr(self, one.name) for one in fields(self))


NO_NUMBERS: Final = N_(
    "This looks like a BSN, V-number or number of a document. Those never stand on a card: leave it out."
)
_RUN = re.compile(r"\+?\d(?:[ ./()-]{0,2}\d)*")
_DAY = re.compile(
    r"(?<!\d)(?<!\d[-./ ])(?:\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}|\d{4}-\d{1,2}-\d{1,2})(?![-./]?\d)"
)
_OLD_V_NUMBER = re.compile(r"\d{4}\.\d{2}\.\d{4}")
_NAMED = re.compile(
    r"(?i)\b(?:bsn|burgerservice\w*|sofi\w*|v[- ]?(?:nummer|number|nr\.?|no\.?)|vnr)\b\W{0,6}\d"
)
_DOCUMENT = re.compile(r"\b(?=[A-Z0-9]*\d[A-Z0-9]*\d)[A-Z]{2}[A-Z0-9]{6}\d\b")


def may_stand_on_a_card(words: str | None) -> Decision:
    """Whether a line may be kept: refused where it holds what looks like a BSN, V-number or document number.

    Telephone numbers pass (0 and nine digits more, or + and a country), and so do days and doses. The refusal does
    not repeat what was typed. Sources: UAVG art. 46 on the BSN; the firewall, §2, *not collected at all*.
    """
    text = words or ""
    if _NAMED.search(text) or _DOCUMENT.search(text):
        return Refused(NO_NUMBERS)
    if any(_names_a_person(run) for run in _RUN.findall(_DAY.sub(" ", text))):
        return Refused(NO_NUMBERS)
    return Allowed()


def _names_a_person(run: str) -> bool:
    digits = re.sub(r"\D", "", run)
    if run.startswith("+") or digits.startswith("00"):
        return False  # a telephone number with its country
    if _OLD_V_NUMBER.search(run):
        return True
    if len(digits) == 10:
        return not digits.startswith("0")
    if len(digits) == 9:
        return not digits.startswith("0") or _passes_the_eleven_test(digits)
    return len(digits) == 8 and not digits.startswith("0") and _passes_the_eleven_test("0" + digits)


def _passes_the_eleven_test(digits: str) -> bool:
    """Whether nine digits could be a BSN: their weighted sum is a multiple of eleven (Besluit BSN, annex)."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 == 0


def open_until(opened_at: datetime) -> datetime:
    """Until when a card that was opened at this moment can be read at its address."""
    return opened_at + timedelta(minutes=MINUTES_OPEN)


def looked_at_on(opened_at: datetime) -> date:
    """The working day on which the privacy officer looks at an opening: the next one, Monday after a weekend.

    Raises InstantWithoutZone.
    """
    day = local(opened_at).date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day
