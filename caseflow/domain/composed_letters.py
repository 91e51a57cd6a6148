"""Joins a letter with the text of its kind: sheets of headings, paragraphs, facts and points, ready to be printed.

Values keep their own direction inside a line that runs from right to left: numbers, codes, telephone numbers and Latin
names stay left to right. Marks that turn the direction of text are taken out of values. Days are Gregorian in every
language, with digits that a Dutch office reads too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.labels import Label
from caseflow.domain.letter_texts import (
    ALWAYS,
    PLACE,
    CommonWords,
    LetterField,
    LetterPart,
    LetterText,
    LetterTexts,
    LetterWords,
    Writing,
)
from caseflow.domain.letters import (
    OFFICE_LANGUAGES,
    RIGHT_TO_LEFT,
    Language,
    Letter,
    Reader,
    Sender,
)
from caseflow.domain.messages import N_, Message

LTR, RTL = "ltr", "rtl"
COMPOSED: Final = 1
"""How words are joined; whoever changes what comes out for the same record and text raises it (a test tells)."""
_DAY: Final = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_TURNING: Final = dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
)
"""Signs that turn the direction of what follows; a value could hide with them what it says."""
_LATIN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ,./&-]*[A-Za-z0-9])?")
"""Latin words and references in a text that runs from right to left, with the figures and commas between them."""
_ISOLATED: Final = {LTR: "\u2066%s\u2069", RTL: "\u2067%s\u2069"}
"""Words set apart from the direction of the words around them (Unicode Standard Annex 9)."""


class LetterRefused(Exception):
    """This letter cannot be made; `reason` names the field, never its value."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Fact:
    """A label and what was given for it, by line."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A part of a sheet."""

    heading: str | None
    lines: tuple[str, ...]
    facts: tuple[Fact, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A letter in one language."""

    language: Language
    direction: str
    note: tuple[str, ...]
    """What stands above a copy, or above a text that nobody checked yet."""
    title: str
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    closing: str | None
    signed: tuple[str, ...]


@dataclass(frozen=True)
class ComposedLetter:
    """What is printed: the letterhead once, then a sheet per language."""

    name: str
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def may_print(text: LetterText, language: Language, below: Language | None = None) -> Decision:
    """Whether a letter of this kind can be made in these languages."""
    missing = [one for one in (language, below) if one is not None and one not in text.words]
    if missing:
        return Refused(N_("This letter has no text in that language yet."))
    if below is language:
        return Refused(N_("The copy for the client has the language of the letter."))
    return Allowed()


def languages_of(
    text: LetterText, language: Language, below: Language | None = None
) -> tuple[Language, ...]:
    """In which languages a letter is printed, by sheet.

    An office gets Dutch or English first, and the client's own copy after it. A text for the client that no sworn
    translator looked at has the Dutch beside it.
    """
    if text.reader is Reader.OFFICE and language not in OFFICE_LANGUAGES:
        return (below if below in OFFICE_LANGUAGES else Language.NL, language)
    if below is not None:
        return (language, below)
    if text.words[language].reviewed:
        return (language,)
    return (language, Language.NL)


def label_of(text: LetterText, field: str) -> Label:
    """How a field of this kind is called, in Dutch and English."""
    return Label(text.words[Language.NL].labels[field], text.words[Language.EN].labels[field])


def composed(letter: Letter, texts: LetterTexts) -> ComposedLetter:
    """The letter with its text. Raises `LetterRefused`, with a sentence, for what cannot be printed."""
    try:
        text = texts.text(letter.kind, letter.version)
    except KeyError:
        raise LetterRefused(N_("The text of this letter is not installed.")) from None
    permitted = may_print(text, letter.language, letter.below)
    if isinstance(permitted, Refused):
        raise LetterRefused(permitted.reason)
    _checked(letter, text)
    languages = languages_of(text, letter.language, letter.below)
    return ComposedLetter(
        name=texts.common[languages[0]].letter,
        sender=_head(letter.sender),
        addressee=tuple(_clean(one) for one in letter.addressee),
        sheets=tuple(
            _sheet(letter, text, texts.common[one], one, is_copy=place > 0)
            for place, one in enumerate(languages)
        ),
    )


def _checked(letter: Letter, text: LetterText) -> None:
    if any(text.field(one) is None for one in letter.values):
        raise LetterRefused(N_("This letter has no place for something that was given with it."))
    for field in text.fields:
        value = letter.values.get(field.id, "").strip()
        if not value and field.required:
            raise LetterRefused(
                N_(
                    "This letter needs: %(field)s. Fill that in first.",
                    field=label_of(text, field.id),
                )
            )
        if value and not _is_written(field.writing, value):
            raise LetterRefused(
                N_("%(field)s is not a day or a time of the clock.", field=label_of(text, field.id))
            )


def _is_written(writing: Writing, value: str) -> bool:
    try:
        for line in value.splitlines():
            if writing is Writing.DAY:
                date.fromisoformat(line.strip())
            elif writing is Writing.TIME:
                time.fromisoformat(line.strip())
    except ValueError:
        return False
    return True


def _sheet(
    letter: Letter, text: LetterText, common: CommonWords, language: Language, *, is_copy: bool
) -> Sheet:
    words = text.words[language]
    given = {one.id: one for one in text.fields if letter.values.get(one.id, "").strip()}
    note = [common.copy] if is_copy and text.reader is Reader.OFFICE else []
    if not words.reviewed:
        note.append(common.unreviewed)
    pen = _Pen(common, language)
    facts = [Fact(common.date, (pen.day(letter.day),))]
    if letter.reference:
        facts.append(Fact(common.reference, (pen.isolated(_clean(letter.reference), LTR),)))
    writer = _Writer(letter, given, words, pen)
    return Sheet(
        language=language,
        direction=pen.base,
        note=tuple(pen.text(one) for one in note),
        title=pen.text(words.title),
        facts=tuple(facts),
        blocks=tuple(filter(None, (writer.block(part) for part in words.parts))),
        closing=common.closing if words.closing else None,
        signed=tuple(pen.words(one) for one in _signed(letter.sender)) if words.closing else (),
    )


@dataclass(frozen=True)
class _Pen:
    """Writes single values in a language."""

    common: CommonWords
    language: Language

    @property
    def base(self) -> str:
        return RTL if self.language in RIGHT_TO_LEFT else LTR

    def isolated(self, said: str, direction: str) -> str:
        plain = self.base == LTR and direction == LTR
        return said if plain else _ISOLATED[direction] % said

    def text(self, said: str) -> str:
        """Words of a text itself: what is Latin in it stays in its own order."""
        if self.base == LTR:
            return said
        return _LATIN.sub(
            lambda found: found[0] if found[0].isdigit() else self.isolated(found[0], LTR), said
        )

    def words(self, said: str) -> str:
        clean = _clean(said)
        return self.isolated(clean, _direction(clean))

    def day(self, day: date) -> str:
        words = f"{day.day} {self.common.months[day.month - 1]} {day.year}"
        if self.language in OFFICE_LANGUAGES:
            return words
        figures = self.isolated(f"{day.day:02d}-{day.month:02d}-{day.year}", LTR)
        return self.isolated(f"{words} ({figures})", self.base)

    def value(self, writing: Writing, said: str) -> str:
        if writing is Writing.DAY:
            return self.day(date.fromisoformat(said))
        if writing is Writing.DAY_OR_WORDS:
            return self._with_days(_clean(said))
        if writing is Writing.TIME:
            return self.isolated(time.fromisoformat(said).strftime("%H:%M"), LTR)
        if writing is Writing.CODE:
            return self.isolated(_clean(said), LTR)
        return self.words(said)

    def _with_days(self, said: str) -> str:
        """Words with their days written out; the whole runs as the words do, and each day as the language does."""
        words = _DAY.sub("", said)
        direction = _direction(words) if any(one.isalpha() for one in words) else self.base
        return self.isolated(_DAY.sub(self._found_day, said), direction)

    def _found_day(self, found: re.Match[str]) -> str:
        try:
            return self.day(date.fromisoformat(found[1]))
        except ValueError:
            return found[1]


@dataclass(frozen=True)
class _Writer:
    """Writes the parts of one sheet."""

    letter: Letter
    given: Mapping[str, LetterField]
    words: LetterWords
    pen: _Pen

    def block(self, part: LetterPart) -> Block | None:
        if any(one not in self.given for one in part.needs):
            return None
        block = Block(
            self.pen.text(part.heading) if part.heading else None,
            tuple(self._lines(part.lines)),
            tuple(
                Fact(self.pen.text(self.words.labels[one]), self._value(self.given[one]))
                for one in part.facts
                if one in self.given
            ),
            tuple(self._lines(part.points)),
        )
        return block if block.lines or block.facts or block.points else None

    def _lines(self, templates: Sequence[str]) -> Iterable[str]:
        for template in templates:
            places = set(PLACE.findall(template)) - ALWAYS
            if places <= set(self.given):
                pieces = PLACE.split(template)
                yield "".join(
                    self._said(one) if number % 2 else self.pen.text(one)
                    for number, one in enumerate(pieces)
                )

    def _said(self, place: str) -> str:
        if place == "sender":
            return self.pen.words(self.letter.sender.name)
        return ", ".join(self._value(self.given[place]))

    def _value(self, field: LetterField) -> tuple[str, ...]:
        said = (one.strip() for one in self.letter.values[field.id].splitlines())
        return tuple(self.pen.value(field.writing, one) for one in said if one)


def _direction(words: str) -> str:
    """Where words of a value run to: as their first letter does, left to right without letters."""
    for sign in words:
        kind = unicodedata.bidirectional(sign)
        if kind in ("R", "AL"):
            return RTL
        if kind == "L":
            return LTR
    return LTR


def _clean(words: str) -> str:
    turned = words.translate(_TURNING)
    plain = "".join(" " if unicodedata.category(one) == "Cc" else one for one in turned)
    return " ".join(plain.split())


def _head(sender: Sender) -> tuple[str, ...]:
    lines = [sender.name, *sender.address]
    if sender.telephone:
        lines.append(sender.telephone)
    return tuple(_clean(one) for one in lines)


def _signed(sender: Sender) -> tuple[str, ...]:
    lines = [sender.signed_by, sender.name] if sender.signed_by else [sender.name]
    return tuple(_clean(one) for one in lines)
