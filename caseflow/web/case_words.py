"""What coded facts about a person and a case are called on a page."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from babel import Locale
from flask_babel import format_currency, get_locale

from caseflow.domain.cases import ProposalState
from caseflow.domain.messages import N_, Message
from caseflow.domain.programmes import ProposalKind

GENDERS: Final[dict[str, Message]] = {
    "woman": N_("woman"),
    "man": N_("man"),
    "other": N_("other gender"),
    "unknown": N_("gender not asked"),
}
AGE_BANDS: Final[dict[str, Message]] = {
    "0-17": N_("under 18"),
    "18-27": N_("18 to 27"),
    "28-37": N_("28 to 37"),
    "38-47": N_("38 to 47"),
    "48-57": N_("48 to 57"),
    "58+": N_("58 or older"),
    "unknown": N_("age not asked"),
}
ANSWERS: Final[dict[str, Message]] = {
    "yes": N_("Yes"),
    "no": N_("No"),
    "unknown": N_("Not known yet"),
}
NOTE_KINDS: Final[dict[str, Message]] = {
    "contact": N_("Conversation"),
    "phone": N_("Phone call"),
    "visit": N_("Visit"),
    "handover": N_("Handover"),
    "legal": N_("Legal"),
    "medical": N_("Medical"),
    "intake": N_("Intake"),
}
RESULTS: Final[dict[str, Message]] = {
    "granted": N_("Granted"),
    "refused": N_("Refused"),
    "withdrawn": N_("Withdrawn"),
}
PLACEMENTS: Final[dict[str, Message]] = {
    "held": N_("held"),
    "booked": N_("booked"),
    "begun": N_("sleeps here"),
    "ended": N_("has left"),
    "cancelled": N_("cancelled"),
    "lapsed": N_("hold has lapsed"),
    "mistaken": N_("recorded by mistake"),
}
PROPOSALS: Final[dict[ProposalKind, Message]] = {
    ProposalKind.ADMISSION: N_("Admission"),
    ProposalKind.EXTENSION: N_("Extension"),
    ProposalKind.EXIT: N_("Exit"),
}
PROPOSAL_STATES: Final[dict[ProposalState, Message]] = {
    ProposalState.OPEN: N_("waits for a decision"),
    ProposalState.APPROVED: N_("approved"),
    ProposalState.DECLINED: N_("declined"),
    ProposalState.WITHDRAWN: N_("withdrawn"),
}

SPOKEN: Final = (
    "am", "ar", "hy", "az", "bn", "ber", "my", "zh", "ckb", "fa", "fr", "ff", "ka", "ha", "hi",
    "ku", "ln", "mn", "ne", "nl", "om", "pa", "ps", "pt", "ru", "so", "es", "sw", "ta", "ti",
    "tr", "uk", "ur", "uz", "vi", "wo", "en",
)  # fmt: skip
"""Codes of the languages that are offered; any other code stays readable as it is."""


def language_name(code: str) -> str:
    """What a language is called in the reader's language."""
    reader: Locale = get_locale()
    return str(reader.languages.get(code, code))


def euros(cents: int) -> str:
    """An amount of cents in euros, in the reader's spelling."""
    return str(format_currency(Decimal(cents) / 100, "EUR"))
