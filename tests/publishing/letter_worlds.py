"""Values for every field that a letter can have, each found nowhere else, and letters made of them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from pypdf import PdfReader

from caseflow.domain.letter_texts import LetterText, LetterTexts, Writing, load_letter_texts
from caseflow.domain.letters import Language, Letter, LetterKind, Sender

CONFIG = Path(__file__).resolve().parents[2] / "config"
TEXTS: LetterTexts = load_letter_texts([CONFIG])
SENDER = Sender("Stichting Zeewaarde", ("Postbus 7701", "1000 AB Waterstad"), "010 555 77 02")
DAY = date(2026, 11, 23)
TURNS = dict.fromkeys(range(0x2066, 0x206A))


def value(text: LetterText, field: str) -> str:
    """A value of a field that stands in no text: days of a year that nobody else uses, words that are no words."""
    number = [one.id for one in text.fields].index(field)
    found = text.field(field)
    if found is not None and found.writing in (Writing.DAY, Writing.DAY_OR_WORDS):
        return f"{2041 + number}-05-17"
    if found is not None and found.writing is Writing.TIME:
        return "14:30"
    return f"Qz{field.replace('_', '')}{number:02d}"


def printed_form(text: LetterText, field: str) -> str:
    """What of that value a reader of the paper finds."""
    given = value(text, field)
    found = text.field(field)
    is_day = found is not None and found.writing in (Writing.DAY, Writing.DAY_OR_WORDS)
    return given[:4] if is_day else given


def letter(kind: LetterKind, language: Language, *, only_required: bool = False) -> Letter:
    """A letter of a kind with a value for each of its fields."""
    text = TEXTS.text(kind)
    fields = [one.id for one in text.fields if one.required or not only_required]
    return Letter(
        kind=kind,
        language=language,
        sender=SENDER,
        addressee=("Kantoor Qzadres", "Postbus 999"),
        day=DAY,
        values={one: value(text, one) for one in fields},
        reference="D-7Q2M",
    )


def words_of(pdf: bytes) -> str:
    """Every word that a reader finds in a PDF, by a reader of another maker."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "\n".join(page.extract_text() for page in pages).translate(TURNS)
