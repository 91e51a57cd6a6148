"""Whether a text says a word that stands in a vault: a name in any spelling, a number, a date of birth.

The answer is yes or no, for the whole text: never which word, and never how many. All of the text is looked at whatever
was found, so that the time it takes tells nothing either.

A word that anybody uses (`ordinary_words`) counts only where it is written as a name, with a capital; a word that only
sounds like a name, not at the beginning of a sentence either. What is asked too often is passed on unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from caseflow.domain.name_matching import Name, Word, name, words_alike
from caseflow.domain.ordinary_words import ORDINARY

PARTICLES: Final = frozenset(
    {
        "de",
        "den",
        "der",
        "van",
        "het",
        "ten",
        "ter",
        "te",
        "la",
        "le",
        "du",
        "da",
        "dos",
        "von",
        "di",
        "of",
        "and",
        "en",
    }
)
"""Parts of names that are no name."""
SHORTEST: Final = 2
SOUNDS_ALIKE_FROM: Final = 3
NEAR_FROM: Final = 5
NEAR: Final = 0.8
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DIGITS: Final = re.compile(r"\d(?:[ ./-]?\d)*")
_DAY: Final = re.compile(
    r"(?<!\d)(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})(?!\d)|(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)"
)
_LONG_DAY: Final = re.compile(r"(?<!\d)(\d{1,2}) ([a-z]+) (\d{4})(?!\d)")
_MONTHS: Final = {
    name: number
    for language in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(language.split(), 1)
}


@dataclass(frozen=True)
class Spoken:
    """One word of the text, and how it is written there."""

    word: Word
    has_capital: bool
    begins: bool
    """Whether it is the first word of a sentence, where everything has a capital."""

    @property
    def is_ordinary(self) -> bool:
        return self.word.plain in ORDINARY

    @property
    def counts_as_it_is(self) -> bool:
        return self.has_capital or not self.is_ordinary

    @property
    def counts_as_it_sounds(self) -> bool:
        return not self.is_ordinary or (self.has_capital and not self.begins)


class VaultWords:
    """The words of people that a text may not say, made ready to be compared."""

    def __init__(
        self,
        names: Iterable[str],
        numbers: Iterable[str] = (),
        birth_days: Iterable[date] = (),
    ) -> None:
        known = [name(one) for one in dict.fromkeys(names)]
        words = {word for one in known for word in one.words if _tells(word)}
        self._plain = {word.plain for word in words} | {
            word.plain for one in known for word in one.joined if _tells(word)
        }
        self._sounds = {w.sound for w in words if len(w.sound) >= SOUNDS_ALIKE_FROM}
        self._near: dict[str, list[Word]] = {}
        for word in words:
            if len(word.sound) >= NEAR_FROM:
                self._near.setdefault(word.bones[:1], []).append(word)
        self._numbers = {digits for one in numbers if len(digits := _only_digits(one)) >= NEAR_FROM}
        self._birth_days = frozenset(birth_days)

    def are_said_in(self, text: str) -> bool:
        """Whether the text says any of them."""
        found = [self._says(one) for one in dict.fromkeys(_spoken(text))]
        found += [joined in self._plain for joined in _pairs(text)]
        found += [_only_digits(run) in self._numbers for run in _DIGITS.findall(text)]
        found += [day in self._birth_days for day in _days(text)]
        return any(found)

    def _says(self, spoken: Spoken) -> bool:
        word = spoken.word
        if len(word.plain) < SHORTEST or word.plain in PARTICLES:
            return False
        if word.plain in self._plain and spoken.counts_as_it_is:
            return True
        if not spoken.counts_as_it_sounds:
            return False
        if len(word.sound) >= SOUNDS_ALIKE_FROM and word.sound in self._sounds:
            return True
        if len(word.sound) < NEAR_FROM:
            return False
        alike = [words_alike(word, one) for one in self._near.get(word.bones[:1], ())]
        return max(alike, default=0.0) >= NEAR


def _tells(word: Word) -> bool:
    return len(word.plain) >= SHORTEST and word.plain not in PARTICLES


def _spoken(text: str) -> Iterable[Spoken]:
    for found in _WORD.finditer(text):
        written = found.group()
        before = text[: found.start()].rstrip(" \"'(“‘[•*-–—")
        begins = not before or before[-1] in ".!?:\n"
        for word in _parts(written):
            yield Spoken(word, written[:1].isupper(), begins)


def _parts(written: str) -> Iterable[Word]:
    one: Name = name(written)
    return (*one.words, *one.joined)


def _pairs(text: str) -> Iterable[str]:
    """Two neighbours written as one word: some write a name in two parts that others write in one."""
    plain = [one.words[0].plain for part in _WORD.findall(text) if (one := name(part)).words]
    return [a + b for a, b in pairwise(plain) if a not in ORDINARY and b not in ORDINARY]


def _days(text: str) -> Iterable[date]:
    for day, month, year, iso_year, iso_month, iso_day in _DAY.findall(text):
        yield from _day(iso_year or year, iso_month or month, iso_day or day)
    for day, month, year in _LONG_DAY.findall(text.lower()):
        if month in _MONTHS:
            yield from _day(year, _MONTHS[month], day)


def _day(year: str, month: str | int, day: str) -> Iterable[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return


def _only_digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
