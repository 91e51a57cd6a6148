"""How near a name is to what somebody typed: other spellings and scripts, another order, accents, a slip of the finger.

Names cross alphabets by ear, so that one person is Mohammed, Muhamed and محمد at three desks. Words are compared by
what they sound like: letters that stand for one another cost little, a vowel less than a consonant, and a word in
Arabic script has no short vowels to compare. The order of words does not count. Nothing is remembered between two
searches: what was compared leaves memory with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Final

from caseflow.domain.scripts import in_latin, is_bare

NEAR: Final = 0.72
"""From here on a name is called found; set by hand, and measured by `benchmarks/name_search.py`."""
NEARLY_THE_SAME: Final = 0.86
"""From here on two recorded names may be of one person: more is asked of a warning than of a search."""
YEARS_APART: Final = 2
"""How far two birth years may differ that somebody wrote down from memory."""
WORDS_AT_MOST: Final = 8
SHORTEST_BEGINNING: Final = 3
FAR_IN_LENGTH: Final = 3
_HALF: Final = 0.5
_JOINED: Final = 0.88
"""Two words that are written as one are that very word, or they are two."""

_ARTICLES: Final = frozenset(
    {"al", "el", "ul", "as", "ad", "ar", "an", "at", "az", "ash", "bin", "ibn", "ben", "bint"}
)
# Longer spellings first; what is left is one sign for one sound.
_SOUNDS: Final = (
    ("shch", "S"), ("tsch", "S"), ("dsch", "j"), ("tch", "S"), ("sch", "S"), ("tsj", "S"), ("dzj", "j"), ("dzh", "j"),
    ("dj", "j"), ("zh", "j"), ("sj", "S"), ("sh", "S"), ("ch", "S"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("dh", "d"), ("tz", "s"), ("ts", "s"), ("ck", "k"), ("x", "ks"), ("ou", "u"), ("oo", "u"), ("oe", "u"), ("ee", "i"),
    ("ij", "i"), ("q", "k"), ("w", "v"), ("z", "s"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("y", "i"),
)  # fmt: skip
_VOWELS: Final = frozenset("aeiou")
_FAINT: Final = _VOWELS | frozenset("hv")
_ALIKE: Final = frozenset(
    frozenset(pair)
    for pair in ("bp", "dt", "gk", "fv", "Ss", "jg", "ji", "kh", "Sk", "js", "jS", "mn", "gh", "uv", "bv", "Sh")
)  # fmt: skip
_TWICE: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Word:
    """One word of a name, as it is written and as it sounds."""

    plain: str
    sound: str
    bones: str
    """Its consonants, and a star where it begins with a vowel."""
    bare: bool


@dataclass(frozen=True)
class Name:
    """A name made ready to be compared: its words, and those that may be written as one."""

    words: tuple[Word, ...]
    joined: tuple[Word, ...]


def name(*parts: str | None) -> Name:
    """The words of a name, of whatever parts it has; aliases are parts."""
    groups = [_words(part) for part in parts if part]
    words = tuple(dict.fromkeys(word for group in groups for word in group))
    joined = tuple(_join(one, other) for group in groups for one, other in pairwise(group))
    return Name(words, joined)


def _words(part: str) -> list[Word]:
    """Its words without articles, unless there is nothing else."""
    kept = "".join(sign if sign.isalnum() else " " for sign in _without_joints(part))
    found = [_word(one) for one in kept.split()]
    known = [word for word in found if word.plain]
    return [word for word in known if word.plain not in _ARTICLES][:WORDS_AT_MOST] or known[:1]


def _without_joints(part: str) -> str:
    """Apostrophes and combining signs stand inside a word, hyphens between two."""
    return re.sub(r"['’ʿʾ`´\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c-\u200f]", "", part)


def _word(written: str) -> Word:
    plain = "".join(sign for sign in in_latin(written) if sign.isalnum())
    bare = is_bare(written)
    if bare and plain.startswith("al") and len(plain) > 4:
        plain = plain[2:]
    return _made(plain, bare)


def _made(plain: str, bare: bool) -> Word:
    sound = plain
    for spelled, heard in _SOUNDS:
        sound = sound.replace(spelled, heard)
    sound = _TWICE.sub(r"\1", sound)
    if len(sound) > 2 and sound.endswith("h"):  # a last h is not heard
        sound = sound[:-1]
    first = "*" if sound[:1] in _VOWELS else sound[:1]
    return Word(
        plain, sound, first + "".join(s for s in sound[1:] if s not in _VOWELS | {"v"}), bare
    )


def _join(one: Word, other: Word) -> Word:
    return _made(one.plain + other.plain, one.bare or other.bare)


class Comparison:
    """What was typed, compared with one name after the other; equal words are compared once."""

    def __init__(self, asked: Name) -> None:
        self._ways = tuple(_ways(asked.words))
        self._known: dict[tuple[Word, Word], float] = {}

    def nearness(self, other: Name) -> float:
        """From 0 (nothing alike) to 1 (every word that was asked for stands there)."""
        return max((self._way(way, joint, other) for way, joint in self._ways), default=0.0)

    def _way(self, asked: Sequence[Word], joint: int, other: Name) -> float:
        pairs = sorted(
            (
                (near, i, word)
                for i, one in enumerate(asked)
                for word in (*other.words, *other.joined)
                if (near := self._words_near(one, word))
                > (_JOINED if i == joint or word in other.joined else _HALF)
            ),
            key=lambda pair: -pair[0],
        )
        found: dict[int, float] = {}
        used: set[Word] = set()
        for near, i, word in pairs:
            if i not in found and word not in used:
                found[i] = near
                used.add(word)
        weights = [_weight(one) for one in asked]
        return sum(weights[i] * near for i, near in found.items()) / (sum(weights) or 1)

    def _words_near(self, one: Word, other: Word) -> float:
        key = (one, other)
        if key not in self._known:
            self._known[key] = words_near(one, other)
        return self._known[key]


def _ways(words: tuple[Word, ...]) -> Iterable[tuple[tuple[Word, ...], int]]:
    """As typed, and with two neighbours written as one word; with it, where that word stands (-1 is nowhere)."""
    yield words, -1
    for i in range(len(words) - 1):
        yield (*words[:i], _join(words[i], words[i + 1]), *words[i + 2 :]), i


def _weight(word: Word) -> int:
    """Long words tell more, but a short one is a name as well; words without vowels are longer than they look."""
    return 6 + min(8, len(word.plain) + (2 if word.bare else 0))


def words_near(one: Word, other: Word) -> float:
    """How near two words are, from 0 to 1; the beginning of the second one is nearly the second."""
    if one.plain == other.plain:
        return 1.0
    if one.sound == other.sound:
        return 0.97
    best = 0.0
    if len(one.plain) >= SHORTEST_BEGINNING and other.sound.startswith(one.sound):
        best = 0.9
    bare = one.bare or other.bare
    if one.bones == other.bones and len(one.bones) >= SHORTEST_BEGINNING:
        best = max(best, 0.92 if bare else 0.82)
    if abs(len(one.sound) - len(other.sound)) <= FAR_IN_LENGTH:
        best = max(best, _share(one.sound, other.sound))
    if bare and min(len(one.bones), len(other.bones)) >= SHORTEST_BEGINNING:
        best = max(best, 0.92 * _share(one.bones, other.bones))
    return best


def words_alike(one: Word, other: Word) -> float:
    """How near two whole words are by their sound, from 0 to 1; the beginning of a word is not that word here."""
    if abs(len(one.sound) - len(other.sound)) > FAR_IN_LENGTH:
        return 0.0
    near = _share(one.sound, other.sound)
    bare = one.bare or other.bare
    if bare and min(len(one.bones), len(other.bones)) >= SHORTEST_BEGINNING:
        near = max(near, 0.92 * _share(one.bones, other.bones))
    return near


def _share(one: str, other: str) -> float:
    """How much of two words is alike; less than half is nothing."""
    longest = max(len(one), len(other))
    return max(0.0, 1 - distance(one, other, longest * _HALF) / longest)


def distance(one: str, other: str, most: float = inf) -> float:
    """Steps from one word to the other: a letter put in, left out, replaced, or two neighbours exchanged.

    A faint letter or one that stands for the other counts for half a step or less; further than `most` is not counted
    out, and answers infinity. Source: Damerau 1964, with weights.
    """
    before: list[float] = []
    row = [0.0]
    for sign in other:
        row.append(row[-1] + _alone(sign))
    for i, a in enumerate(one, 1):
        earlier, before = before, row
        row = [before[0] + _alone(a)]
        for j, b in enumerate(other, 1):
            steps = min(before[j] + _alone(a), row[-1] + _alone(b), before[j - 1] + _replaced(a, b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                steps = min(steps, earlier[j - 2] + _HALF)
            row.append(steps)
        if min(row) > most and min(before) > most:
            return inf
    return row[-1]


def _alone(sign: str) -> float:
    return _HALF if sign in _FAINT else 1.0


def _replaced(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if a in _VOWELS and b in _VOWELS:
        return 0.3
    return _HALF if frozenset((a, b)) in _ALIKE else 1.0


def nearest(asked: str, names: Mapping[str, Name], *, at_most: int) -> list[tuple[str, float]]:
    """The keys of the names that are near what was typed, the nearest first. Nothing is near no word at all."""
    wanted = name(asked)
    if not wanted.words:
        return []
    comparison = Comparison(wanted)
    near = ((key, comparison.nearness(one)) for key, one in names.items())
    found = [(key, much) for key, much in near if much >= NEAR]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:at_most]


def may_be_one_person(one: Name, other: Name, year: int | None, other_year: int | None) -> bool:
    """Whether two recorded people may be one: nearly the same name, and birth years that do not exclude it."""
    if year is not None and other_year is not None and abs(year - other_year) > YEARS_APART:
        return False
    if not one.words or not other.words:
        return False
    there, back = Comparison(one).nearness(other), Comparison(other).nearness(one)
    enough = min(len(one.words), len(other.words)) > 1
    return max(there, back) >= NEARLY_THE_SAME and (enough or min(there, back) >= NEARLY_THE_SAME)
