"""Reads one table of a configuration file key by key and collects all that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from caseflow.domain.configuration import ConfigurationProblem
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.validities import Validity

E = TypeVar("E", bound=StrEnum)

_LINE = re.compile(r"at line (\d+)")
UNREAD = Label("-", "-")  # the stand-in of words that could not be read


def shown_path(path: Path) -> str:
    """Answers how a file is named to people: from its configuration folder on."""
    parts = path.parts
    if "config" in parts:
        first = len(parts) - 1 - parts[::-1].index("config")
        return "/".join(parts[first:])
    return "/".join(parts[-3:])


def read_toml(path: Path) -> tuple[dict[str, Any], tuple[ConfigurationProblem, ...]]:
    """Answers with the content of a file, or with the one problem that keeps it from being read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), ()
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found.group(1)) if found else None
        repair = N_("is not valid TOML here: check quotes, brackets and doubled keys")
    except UnicodeDecodeError:
        line, repair = None, N_("is not UTF-8 text: save it as UTF-8")
    except OSError:
        line, repair = None, N_("cannot be read: check that it is a file and its permissions")
    return {}, (ConfigurationProblem(shown_path(path), "", repair, line),)


class ConfigurationTable:
    """One table of a file. Each reading names its key; what was never named is refused by `close`.

    A reading that fails adds a problem and answers with a stand-in, so that all problems of a file
    are told at once; a file with problems is never used.
    """

    def __init__(
        self,
        file: str,
        content: Mapping[str, Any],
        problems: list[ConfigurationProblem],
        path: str = "",
    ) -> None:
        self.file = file
        self.path = path
        self.problems = problems
        self._content = content
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._content

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of this table, in its order."""
        return tuple(self._content)

    def refuse(self, key: str, repair: Message) -> None:
        """Adds a problem at a key of this table (at the table itself for an empty key)."""
        key_path = ".".join(part for part in (self.path, key) if part)
        self.problems.append(ConfigurationProblem(self.file, key_path, repair))

    def says(self, key: str, word: str) -> bool:
        """Answers whether a key holds exactly this word, without refusing anything."""
        self._known.add(key)
        return self._content.get(key) == word

    def text(self, key: str) -> str:
        """Reads a text that must be there and say something."""
        return self.optional_text(key, required=True) or ""

    def optional_text(self, key: str, *, required: bool = False) -> str | None:
        """Reads a text that may be left out."""
        value = self._value(key, required=required)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, N_("must be a text between quotes that is not empty"))
            return None
        return value

    def flag(self, key: str, default: bool) -> bool:
        """Reads true or false."""
        value = self._value(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.refuse(key, N_("must be true or false, without quotes"))
            return default
        return value

    def whole(self, key: str, *, repair: Message | None = None) -> int | None:
        """Reads a whole number above 0 that may be left out."""
        value = self._value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
            self.refuse(key, repair or N_("must be a whole number above 0"))
            return None
        return value

    def wholes(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """Reads a list of whole numbers above 0, each once, in rising order."""
        value = self._value(key)
        if value is None:
            return default
        fits = isinstance(value, list) and all(
            isinstance(one, int) and not isinstance(one, bool) and one > 0 for one in value
        )
        if not fits or value != sorted(set(value)):
            self.refuse(key, N_("must be a list of whole numbers above 0 in rising order"))
            return default
        return tuple(value)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Reads a date written without quotes."""
        value = self._value(key, required=required)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            self.refuse(key, N_("must be a date without quotes, such as 2025-01-01"))
            return None
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Reads a list of texts, each once; an absent list is empty."""
        value = self._value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self.refuse(key, N_("must be a list of texts"))
            return ()
        if len(set(value)) != len(value):
            self.refuse(key, N_("names the same thing twice: keep one"))
        return tuple(value)

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Reads one of the fixed words of a kind; it must be there unless a default is given."""
        text = self.optional_text(key, required=default is None)
        if text is not None:
            try:
                return kind(text)
            except ValueError:
                self._refuse_choice(key, text, kind)
        return default if default is not None else next(iter(kind))

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Reads a list of fixed words of a kind, each once; an absent list is empty."""
        chosen: list[E] = []
        for text in self.texts(key):
            try:
                chosen.append(kind(text))
            except ValueError:
                self._refuse_choice(key, text, kind)
        return tuple(chosen)

    def label(self, key: str) -> Label:
        """Reads words in Dutch and English: `{ nl = "…", en = "…" }`."""
        table = self.child(key, required=True)
        return table.words() if table is not None else UNREAD

    def words(self) -> Label:
        """Reads this table itself as words in Dutch and English."""
        nl, en = self.text("nl"), self.text("en")
        self.close()
        return Label(nl, en) if nl and en else UNREAD

    def validity(self, *, required: bool = True) -> Validity:
        """Reads `valid_from` and `valid_to`, both included; no `valid_to` means still valid."""
        first = self.day("valid_from", required=required)
        last = self.day("valid_to")
        first = first or date.min
        if last is not None and last < first:
            self.refuse("valid_to", N_("lies before valid_from: swap the dates or correct one"))
            return Validity(first)
        return Validity(first, last)

    def child(self, key: str, *, required: bool = False) -> ConfigurationTable | None:
        """Opens a table inside this one."""
        value = self._value(key, required=required)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse(key, N_("must be a table of keys"))
            return None
        return ConfigurationTable(self.file, value, self.problems, self._below(key))

    def children(self, key: str, *, required: bool = False) -> tuple[ConfigurationTable, ...]:
        """Opens a list of tables; a single table counts as a list of one, under its own name."""
        value = self._value(key, required=required)
        if value is None:
            return ()
        if isinstance(value, dict):
            return (ConfigurationTable(self.file, value, self.problems, self._below(key)),)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.refuse(key, N_("must be a list of tables"))
            return ()
        if required and not value:
            self.refuse(key, N_("must have at least one entry"))
        return tuple(
            ConfigurationTable(self.file, one, self.problems, f"{self._below(key)}[{number}]")
            for number, one in enumerate(value, start=1)
        )

    def close(self) -> None:
        """Refuses every key that no reading asked for, with the nearest known one."""
        for key in self._content:
            if key in self._known:
                continue
            near = get_close_matches(key, sorted(self._known), n=1)
            if near:
                self.refuse(key, N_("is not a known key; did you mean %(key)s?", key=near[0]))
            else:
                self.refuse(key, N_("is not a known key: remove it"))

    def _below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _value(self, key: str, *, required: bool = False) -> Any:
        self._known.add(key)
        if required and key not in self._content:
            self.refuse(key, N_("is missing: add it"))
        return self._content.get(key)

    def _refuse_choice(self, key: str, text: str, kind: type[StrEnum]) -> None:
        known = ", ".join(kind)
        self.refuse(
            key, N_("“%(word)s” is not known here; use one of: %(known)s", word=text, known=known)
        )
