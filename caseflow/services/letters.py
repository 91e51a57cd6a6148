"""Prints letters of the house: the text of their kind, the letterhead of their organisation, and with what it was done.

Who may have a letter, and with which fields, was decided before (`services/disclosures.py`): nothing here reads a file
of a person.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from caseflow.domain.composed_letters import LetterRefused, label_of
from caseflow.domain.letters import Letter, Sender, file_name
from caseflow.domain.messages import N_
from caseflow.publishing import letters as printing
from caseflow.services import houses


@dataclass(frozen=True)
class PrintedLetter:
    """A letter as it left: its bytes, the neutral name of the file, and with what it was printed."""

    content: bytes
    file_name: str
    engine: str
    version: int
    digest: str


def printed(letter: Letter) -> PrintedLetter:
    """The letter as a PDF. The same letter, text and engine give the same bytes.

    Raises `LetterRefused`, whose reason names the field and never its value, for a value that is missing, a day that is
    no day, a language without a text, and a sign that no font of the program has.
    """
    texts = houses.current().letters
    try:
        content = printing.letter_pdf(letter, texts)
    except printing.NotPrintable as unprinted:
        raise _unprinted(letter, unprinted.fields) from None
    return PrintedLetter(
        content=content,
        file_name=file_name(letter.language),
        engine=printing.engine(),
        version=texts.text(letter.kind, letter.version).version,
        digest=hashlib.sha256(content).hexdigest(),
    )


def engine() -> str:
    """With what a letter would be printed now; a record that names another may come out in other bytes."""
    return printing.engine()


def sender_of(organisation: str, signed_by: str | None = None) -> Sender:
    """Who writes for an organisation. Raises `LetterRefused` where its letterhead is not configured."""
    head = houses.current().catalogue.organisations[organisation].letterhead
    if head is None:
        raise LetterRefused(
            N_("This organisation has no letterhead yet. Ask the administrator to configure it.")
        )
    return Sender(head.name, head.address, head.telephone, signed_by)


def lawyer_of(organisation: str) -> tuple[str, ...]:
    """The outside lawyer of an organisation, by line; empty where none is configured."""
    head = houses.current().catalogue.organisations[organisation].letterhead
    return head.lawyer if head else ()


def _unprinted(letter: Letter, fields: tuple[str, ...]) -> LetterRefused:
    if not fields:
        return LetterRefused(
            N_("The address or the text of this letter has a sign that cannot be printed.")
        )
    text = houses.current().letters.text(letter.kind, letter.version)
    return LetterRefused(
        N_(
            "%(field)s has a sign that cannot be printed. Write it in Latin letters.",
            field=label_of(text, fields[0]),
        )
    )
