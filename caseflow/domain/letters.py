"""What a letter says, as values: kind, language, sender, addressee, day and the fields that were approved.

A letter is printed from such a record and the text of its kind (`config/letters/<kind>.toml`), and from nothing else:
the same record and the same text give the same bytes. Every value is a string; its field says how it is written. The
texts are read by `domain/letter_texts.py`, joined by `domain/composed_letters.py`, printed by `publishing/letters.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final


class Language(StrEnum):
    """Languages in which a letter can be printed."""

    NL = "nl"
    EN = "en"
    AR = "ar"
    FA = "fa"
    TI = "ti"


LANGUAGE_NAMES: Final[Mapping[Language, str]] = {
    Language.NL: "Nederlands",
    Language.EN: "English",
    Language.AR: "العربية",
    Language.FA: "فارسی",
    Language.TI: "ትግርኛ",
}
"""Each language by its own name."""

RIGHT_TO_LEFT: Final = frozenset({Language.AR, Language.FA})
OFFICE_LANGUAGES: Final = frozenset({Language.NL, Language.EN})
"""Languages that a Dutch office reads."""


class Reader(StrEnum):
    """For whom the letters of a kind are written."""

    OFFICE = "office"
    CLIENT = "client"


class LetterKind(StrEnum):
    """Kinds of letters; each has one file of texts. What is a disclosure has the id of its kind of disclosure."""

    NEUTRAL_CONFIRMATION = "neutral_confirmation"
    RESIDENCE_STATEMENT = "residence_statement"
    ATTENDANCE_STATEMENT = "attendance_statement"
    SUMMARY_LAWYER = "summary_lawyer"
    SUMMARY_DOCTOR = "summary_doctor"
    SUMMARY_SCHOOL = "summary_school"
    SUMMARY_CITY = "summary_city"
    REFERRAL = "referral"
    RETURN_REFERRAL = "return_referral"
    AUTHORITY_LETTER = "authority_letter"
    NOTICE = "notice"
    CHILD_PROTECTION = "child_protection"
    CONFERENCE_SHEET = "conference_sheet"
    LSO_PACKET = "lso_packet"
    DEMAND_HANDOVER = "demand_handover"
    DEMAND_ANSWER = "demand_answer"
    CRIME_STATEMENT = "crime_statement"
    REQUEST_ANSWER = "request_answer"
    SAFE_REPORTING = "safe_reporting"


@dataclass(frozen=True)
class Sender:
    """Who writes, by a name that tells nothing of a programme, with the postal address and never a shelter's."""

    name: str
    address: tuple[str, ...] = ()
    telephone: str | None = None
    signed_by: str | None = None
    """Name or function under the letter; None where the organisation signs."""


@dataclass(frozen=True)
class Letter:
    """One letter. `values` by the id of a field of its kind (those of `disclosures.Field` where it is a disclosure):
    days as `2026-11-23`, times as `14:30`, else words; several on lines of their own.

    `below` is the language of the client's own copy on the page after it; `version` the number of the text, None for
    the newest.
    """

    kind: LetterKind
    language: Language
    sender: Sender
    addressee: tuple[str, ...]
    day: date
    values: Mapping[str, str] = field(default_factory=dict)
    reference: str | None = None
    below: Language | None = None
    version: int | None = None

    def of_version(self, version: int) -> Letter:
        """The same letter with the text of this number."""
        return replace(self, version=version)


FILE_NAMES: Final[Mapping[Language, str]] = {Language.NL: "brief.pdf"}
OTHER_FILE_NAME: Final = "letter.pdf"


def file_name(language: Language) -> str:
    """What the file is called: nothing of what it is about."""
    return FILE_NAMES.get(language, OTHER_FILE_NAME)


def as_record(letter: Letter) -> dict[str, Any]:
    """The letter as plain JSON values, from which `from_record` makes the same letter."""
    return {
        "kind": letter.kind.value,
        "language": letter.language.value,
        "sender": {
            "name": letter.sender.name,
            "address": list(letter.sender.address),
            "telephone": letter.sender.telephone,
            "signed_by": letter.sender.signed_by,
        },
        "addressee": list(letter.addressee),
        "day": letter.day.isoformat(),
        "values": dict(letter.values),
        "reference": letter.reference,
        "below": letter.below.value if letter.below else None,
        "version": letter.version,
    }


def from_record(record: Mapping[str, Any]) -> Letter:
    """The letter of a record. Raises `KeyError`, `TypeError` or `ValueError` for what `as_record` never made."""
    sender = record["sender"]
    return Letter(
        kind=LetterKind(record["kind"]),
        language=Language(record["language"]),
        sender=Sender(
            sender["name"], tuple(sender["address"]), sender["telephone"], sender["signed_by"]
        ),
        addressee=tuple(record["addressee"]),
        day=date.fromisoformat(record["day"]),
        values=dict(record["values"]),
        reference=record["reference"],
        below=Language(record["below"]) if record["below"] else None,
        version=record["version"],
    )
