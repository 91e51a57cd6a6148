"""What every client is told, in their own language: their rights, and what is kept of them and why.

The texts are files of `config/letters/`: one for each kind with a table for each language, and as many further files
of one language (`rights.so.toml`) as an installation likes. Each has a number; a text that says something else gets the
next one. They name no programme, since a paper is found by others (`domain.md` §4.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml, shown_path
from caseflow.domain.messages import N_, Message

FOLDER: Final = "letters"
FROM_RIGHT: Final = frozenset({"ar", "ckb", "fa", "ps", "ur"})
"""Languages that are written from right to left."""
PLACES: Final = ("organisation", "contact", "file_months", "application_months")
"""What a text may leave to be filled in; nothing about a person is among it."""
_PLACE: Final = re.compile(r"\{([a-z_]*)\}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_KEPT_APART: Final = "\u2068{}\u2069"
"""First strong isolate, and its end (Unicode standard annex 9)."""


class InformationKind(StrEnum):
    """Which text: each is told to everybody."""

    RIGHTS = "rights"
    PURPOSES = "purposes"


INFORMATION_NAMES: Final[Mapping[InformationKind, Message]] = MappingProxyType(
    {
        InformationKind.RIGHTS: N_("Your rights"),
        InformationKind.PURPOSES: N_("What we keep and why"),
    }
)


@dataclass(frozen=True)
class TextPart:
    """A heading and what stands under it, each entry a paragraph of its own."""

    heading: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class InformationText:
    """One text in one language, with its number; `reviewed` once a sworn translator looked at it."""

    kind: InformationKind
    language: str
    version: int
    reviewed: bool
    title: str
    parts: tuple[TextPart, ...]

    @property
    def direction(self) -> str:
        """How its lines run: `rtl` or `ltr`."""
        return "rtl" if self.language in FROM_RIGHT else "ltr"

    def filled(self, values: Mapping[str, str]) -> InformationText:
        """The same text with its places filled in. Raises `KeyError` for a place that has no value.

        In a line that runs from right to left a name or an address keeps its own direction.
        """
        around = _KEPT_APART if self.direction == "rtl" else "{}"

        def said(words: str) -> str:
            return _PLACE.sub(lambda found: around.format(values[found[1]]), words)

        parts = tuple(
            TextPart(said(one.heading), tuple(said(line) for line in one.words))
            for one in self.parts
        )
        return InformationText(
            self.kind, self.language, self.version, self.reviewed, said(self.title), parts
        )


@dataclass(frozen=True)
class InformationTexts:
    """Every text, by kind and language."""

    texts: Mapping[InformationKind, Mapping[str, InformationText]]

    def languages(self, kind: InformationKind) -> tuple[str, ...]:
        """The languages in which a text is there, in the order of the files."""
        return tuple(self.texts[kind])

    def text(self, kind: InformationKind, language: str) -> InformationText | None:
        """The text in a language; None where it is not there."""
        return self.texts[kind].get(language)

    def newest(self, kind: InformationKind) -> int:
        """The highest number that a text of this kind has: who was told a lower one was told an older text."""
        return max(one.version for one in self.texts[kind].values())

    @property
    def newest_of_all(self) -> Mapping[InformationKind, int]:
        """The highest number of each text."""
        return MappingProxyType({one: self.newest(one) for one in self.texts})

    def version_told(self, kind: InformationKind, language: str) -> int:
        """Which number somebody is told in a language: that of its text, or what an interpreter tells today."""
        text = self.text(kind, language)
        return text.version if text is not None else self.newest(kind)


def load_information(folders: Sequence[Path]) -> InformationTexts:
    """Reads the texts of every folder; a later file takes the place of an earlier one in its language.

    Raises `ConfigurationRefused` with every problem: a text without Dutch or English, a place that is not known.
    """
    problems: list[ConfigurationProblem] = []
    found: dict[InformationKind, Mapping[str, InformationText]] = {}
    for kind in InformationKind:
        texts: dict[str, InformationText] = {}
        for path in _files(folders, kind):
            texts |= {one.language: one for one in _read(path, kind, problems)}
        for language in ("nl", "en"):
            if language not in texts and not problems:
                file = f"{FOLDER}/{kind.value}.toml"
                repair = N_("is missing: add it")
                problems.append(ConfigurationProblem(file, language, repair))
        found[kind] = MappingProxyType(texts)
    if problems:
        raise ConfigurationRefused(problems)
    return InformationTexts(MappingProxyType(found))


def _files(folders: Sequence[Path], kind: InformationKind) -> Iterator[Path]:
    for folder in folders:
        whole = folder / FOLDER / f"{kind.value}.toml"
        if whole.is_file():
            yield whole
        yield from sorted((folder / FOLDER).glob(f"{kind.value}.*.toml"))


def _read(
    path: Path, kind: InformationKind, problems: list[ConfigurationProblem]
) -> Iterator[InformationText]:
    content, unreadable = read_toml(path)
    problems.extend(unreadable)
    if unreadable:
        return
    table = ConfigurationTable(shown_path(path), content, problems)
    version = table.whole("version")
    if version is None:
        table.refuse("version", N_("must be a whole number above 0"))
        return
    *_, language = path.name.removesuffix(".toml").split(".")
    if language != kind.value:
        yield _text(table, kind, language, version)
    else:
        for language in [one for one in content if _LANGUAGE.fullmatch(one)]:
            inner = table.child(language, required=True)
            if inner is not None:
                yield _text(inner, kind, language, version)
    table.close()


def _text(
    table: ConfigurationTable, kind: InformationKind, language: str, version: int
) -> InformationText:
    parts = []
    for one in table.children("parts", required=True):
        part = TextPart(one.text("heading"), one.texts("words"))
        if not part.words:
            one.refuse("words", N_("must have at least one entry"))
        for words in (part.heading, *part.words):
            for place in _PLACE.findall(words):
                if place not in PLACES:
                    one.refuse(
                        "words",
                        N_(
                            "has a place that nothing fills: use %(places)s",
                            places=", ".join(PLACES),
                        ),
                    )
        parts.append(part)
        one.close()
    text = InformationText(
        kind,
        language,
        version,
        table.flag("reviewed", default=False),
        table.text("title"),
        tuple(parts),
    )
    if "version" not in table:
        table.close()
    return text
