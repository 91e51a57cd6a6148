"""Names in other scripts, spelled in Latin letters: roughly as a listener would write them down.

For comparing alone, never for showing: what somebody's name is, is what was written. Arabic, Persian and Urdu leave
short vowels out, so what comes of them has consonants mainly (`is_bare`). Greek, Georgian and others are left as they
are, and compare by their own letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

# fmt: off
_ARABIC: Final = dict(zip(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوىيةءپچژگکیہھٹڈڑںےٱ",
    ("a", "b", "t", "th", "j", "h", "kh", "d", "dh", "r", "z", "s", "sh", "s", "d", "t", "z", "a", "gh", "f", "q",
     "k", "l", "m", "n", "h", "w", "a", "y", "a", "", "p", "ch", "zh", "g", "k", "y", "h", "h", "t", "d", "r",
     "n", "e", "a"),
    strict=True,
))
_CYRILLIC: Final = dict(zip(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяґєіїўјћђљњџқғҳҷ",
    ("a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
     "ts", "ch", "sh", "sh", "", "y", "", "e", "yu", "ya", "g", "ye", "i", "yi", "w", "j", "c", "dj", "lj", "nj", "dzh",
     "q", "gh", "h", "j"),
    strict=True,
))
_LATIN: Final = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ə": "e"}
_LETTERS: Final[Mapping[str, str]] = _ARABIC | _CYRILLIC | _LATIN

_ETHIOPIC_SOUNDS: Final[Mapping[str, str]] = {
    "HH": "h", "SZ": "s", "QH": "q", "C": "ch", "X": "h", "NY": "ny", "GLOTTAL": "", "PHARYNGEAL": "", "KX": "kh",
    "DD": "d", "GG": "g", "TH": "t", "CH": "ch", "PH": "p", "TS": "ts", "TZ": "ts",
}
_ETHIOPIC_VOWELS: Final[Mapping[str, str]] = {
    "A": "e", "U": "u", "I": "i", "AA": "a", "EE": "e", "E": "", "O": "o", "WA": "wa", "WAA": "wa", "WE": "we",
    "WI": "wi", "WEE": "we", "OA": "wa",
}
# fmt: on
_ETHIOPIC: Final = re.compile(
    r"ETHIOPIC SYLLABLE (GLOTTAL |PHARYNGEAL |[B-DF-HJ-NP-TVXZ]*?|[WY])(W?(?:AA|EE|[AEIOU])|OA)"
)
_OPEN: Final = frozenset({"", "h"})
"""Consonants of the throat; their first form is heard as *a* where others have *e*."""


def in_latin(word: str) -> str:
    """The word in small Latin letters without accents, where its script is known; else its own small letters."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(_spelled(sign) for sign in apart if not unicodedata.combining(sign))


def is_bare(word: str) -> bool:
    """Whether short vowels are left out of it: it holds a letter of the Arabic script."""
    return any(sign in _ARABIC for sign in unicodedata.normalize("NFKD", word))


def _spelled(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in _LETTERS:
        return _LETTERS[sign]
    if "\u1200" <= sign <= "\u137f":
        return _syllable(sign)
    return sign


def _syllable(sign: str) -> str:
    """A syllable of Tigrinya or Amharic, by what Unicode calls it: *ETHIOPIC SYLLABLE SHAA* is sha."""
    told = _ETHIOPIC.fullmatch(unicodedata.name(sign, ""))
    if told is None:
        return " "
    consonant = told[1].strip()
    sound = _ETHIOPIC_SOUNDS.get(consonant, consonant.lower())
    vowel = _ETHIOPIC_VOWELS.get(told[2], "")
    if sound in _OPEN and told[2] == "A":
        vowel = "a"
    if consonant in {"GLOTTAL", "PHARYNGEAL"} and told[2] == "E":
        vowel = "e"
    return sound + vowel
