"""The texts of letters, as `config/letters` tells them: per kind its fields, and per language its title and parts.

`words.toml` has what every kind shares: words of the letterhead, and how each field is called. A line holds places such
as `{met_on}`; each is a field of the kind. A line whose places are not all given is left out, and so is a part that
needs a field that was not given. A text that no sworn translator looked at says `reviewed = false`. An older version
stays, under `older/<kind>-<version>.toml`, for the letters that were printed with it. What clients are told of their
rights is kept in another form (`domain/information_texts.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml, shown_path
from caseflow.domain.letters import OFFICE_LANGUAGES, Language, LetterKind, Reader
from caseflow.domain.messages import N_

PLACE: Final = re.compile(r"\{([a-z_]+)\}")
WORDS_FILE: Final = "words.toml"
OLDER: Final = "older"
MONTHS: Final = 12
_STEMS: Final = frozenset({"words", *LetterKind})
ALWAYS: Final = frozenset({"sender"})
"""Places that every text may have, besides its fields: the sender's name."""


class Writing(StrEnum):
    """How a value is written. What has several lines has them in every writing."""

    TEXT = "text"
    DAY = "day"
    DAY_OR_WORDS = "day_or_words"  # a birth year alone, or words with a day in them
    TIME = "time"
    CODE = "code"


WRITINGS: Final[Mapping[str, Writing]] = {
    "met_on": Writing.DAY,
    "received_on": Writing.DAY,
    "asked_on": Writing.DAY,
    "decided_on": Writing.DAY,
    "sent_on": Writing.DAY,
    "with_us_since": Writing.DAY,
    "last_day": Writing.DAY,
    "withdrawn": Writing.DAY_OR_WORDS,
    "bed_nights": Writing.DAY_OR_WORDS,
    "children": Writing.DAY_OR_WORDS,
    "report_help": Writing.DAY_OR_WORDS,
    "moves_in_on": Writing.DAY,
    "birth_date": Writing.DAY_OR_WORDS,
    "attended": Writing.DAY_OR_WORDS,
    "procedure_dates": Writing.DAY_OR_WORDS,
    "deferral_dates": Writing.DAY_OR_WORDS,
    "met_at": Writing.TIME,
    "client_code": Writing.CODE,
    "phone": Writing.CODE,
    "v_number": Writing.CODE,
    "lawyer_reference": Writing.CODE,
    "earlier_reference": Writing.CODE,
    "their_reference": Writing.CODE,
}
"""How fields are written; the others are words."""


@dataclass(frozen=True)
class LetterField:
    """One thing that a kind of letter may say."""

    id: str
    writing: Writing
    required: bool


@dataclass(frozen=True)
class LetterPart:
    """A part of a letter: paragraphs, then a small table of fields, then points."""

    heading: str | None
    lines: tuple[str, ...]
    facts: tuple[str, ...]
    points: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class LetterWords:
    """The text of a kind in one language."""

    reviewed: bool
    title: str
    labels: Mapping[str, str]
    parts: tuple[LetterPart, ...]
    closing: bool


@dataclass(frozen=True)
class LetterText:
    """A kind of letter: for whom, its fields, and its text in each language."""

    kind: LetterKind
    version: int
    reader: Reader
    fields: tuple[LetterField, ...]
    words: Mapping[Language, LetterWords]

    def field(self, named: str) -> LetterField | None:
        """The field of this id; None where the kind has none."""
        return next((one for one in self.fields if one.id == named), None)


@dataclass(frozen=True)
class CommonWords:
    """Words that every letter of a language shares."""

    letter: str
    date: str
    reference: str
    closing: str
    copy: str
    """Above the client's own copy of a letter to an office."""
    unreviewed: str
    months: tuple[str, ...]
    labels: Mapping[str, str]
    """How each field is called."""


class LetterTexts:
    """Every text, newest and older, and the words they share."""

    def __init__(self, texts: Sequence[LetterText], common: Mapping[Language, CommonWords]) -> None:
        self.common = common
        self._texts = {(one.kind, one.version): one for one in texts}
        newest: dict[LetterKind, LetterText] = {}
        for one in texts:
            if one.kind not in newest or newest[one.kind].version < one.version:
                newest[one.kind] = one
        self._newest = newest

    @property
    def kinds(self) -> tuple[LetterKind, ...]:
        """The kinds that have a text."""
        return tuple(one for one in LetterKind if one in self._newest)

    def text(self, kind: LetterKind, version: int | None = None) -> LetterText:
        """The text of a kind, the newest without a version. Raises `KeyError` where there is none."""
        return self._newest[kind] if version is None else self._texts[kind, version]


def load_letter_texts(folders: Sequence[Path]) -> LetterTexts:
    """The texts of all folders; a later folder replaces a file of the same name. Raises `ConfigurationRefused`."""
    problems: list[ConfigurationProblem] = []
    files: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "letters").glob("**/*.toml")):
            if path.stem in _STEMS or path.parent.name == OLDER:
                files[path.relative_to(folder / "letters").as_posix()] = path
    texts: list[LetterText] = []
    common = _common(_opened(files.pop(WORDS_FILE, Path(WORDS_FILE)), problems))
    for path in files.values():
        texts.append(_text(_opened(path, problems), common))
    seen = [(one.kind, one.version) for one in texts]
    if len(set(seen)) != len(seen):
        problems.append(
            ConfigurationProblem(
                "config/letters", "version", N_("names the same thing twice: keep one")
            )
        )
    if problems:
        raise ConfigurationRefused(problems)
    return LetterTexts(texts, common)


def _opened(path: Path, problems: list[ConfigurationProblem]) -> ConfigurationTable:
    content, unread = read_toml(path)
    problems += unread
    return ConfigurationTable(shown_path(path), content, problems)


def _common(table: ConfigurationTable) -> dict[Language, CommonWords]:
    found = {}
    for language in Language:
        words = table.child(language, required=True)
        if words is None:
            continue
        found[language] = CommonWords(
            letter=words.text("letter"),
            date=words.text("date"),
            reference=words.text("reference"),
            closing=words.text("closing"),
            copy=words.text("copy"),
            unreviewed=words.text("unreviewed"),
            months=words.texts("months"),
            labels=_labels(words),
        )
        if len(found[language].months) != MONTHS:
            words.refuse("months", N_("must be the twelve months, from January on"))
        words.close()
    table.close()
    return found


def _labels(table: ConfigurationTable) -> dict[str, str]:
    labels = table.child("labels")
    if labels is None:
        return {}
    found = {one: labels.text(one) for one in labels.keys}
    labels.close()
    return found


def _text(table: ConfigurationTable, common: Mapping[Language, CommonWords]) -> LetterText:
    kind = table.choice("id", LetterKind)
    version = table.whole("version") or 1
    reader = table.choice("reader", Reader)
    needed, other = table.texts("required"), table.texts("optional")
    fields = tuple(
        LetterField(one, WRITINGS.get(one, Writing.TEXT), one in needed)
        for one in dict.fromkeys((*needed, *other))
    )
    words = {}
    for language in Language:
        child = table.child(language, required=language in OFFICE_LANGUAGES)
        if child is not None:
            shared = common[language].labels if language in common else {}
            words[language] = _words(child, fields, shared)
    table.close()
    return LetterText(kind, version, reader, fields, words)


def _words(
    table: ConfigurationTable, fields: Sequence[LetterField], shared: Mapping[str, str]
) -> LetterWords:
    known = {one.id for one in fields}
    reviewed = table.flag("reviewed", default=False)
    title = table.text("title")
    closing = table.flag("closing", default=True)
    parts = tuple(_part(one, known) for one in table.children("part", required=True))
    labels = {**shared, **_labels(table)}
    for missing in sorted(known - set(labels)):
        table.refuse(f"labels.{missing}", N_("is missing: add it"))
    table.close()
    return LetterWords(
        reviewed, title, {one: labels.get(one, one) for one in known}, parts, closing
    )


def _part(table: ConfigurationTable, known: set[str]) -> LetterPart:
    part = LetterPart(
        heading=table.optional_text("heading"),
        lines=table.texts("lines"),
        facts=table.texts("facts"),
        points=table.texts("points"),
        needs=table.texts("needs"),
    )
    places = {place for line in (*part.lines, *part.points) for place in PLACE.findall(line)}
    strange = (places - ALWAYS | set(part.facts) | set(part.needs)) - known
    if strange:
        named = ", ".join(sorted(strange))
        table.refuse(
            "", N_("names a field that this kind of letter does not have: %(field)s", field=named)
        )
    if not (part.lines or part.facts or part.points):
        table.refuse("lines", N_("is missing: add it"))
    table.close()
    return part
