"""Names in their own script, spelled in Latin letters by published tables: spellings that nobody chose for the matcher.

Nothing here is taken from `caseflow.domain`: the tables below were copied from their sources by hand, each one sign by
sign, before any of them was measured. Arabic is written with its vowel signs, so that short vowels come from the name
and not from whoever measures.

Sources: Russian BGN/PCGN 1947, ISO 9:1995, ICAO Doc 9303 part 3 (passports since 2010), and the spelling of French,
German and Dutch newspapers (Genootschap Onze Taal and Duden give the same letters); Ukrainian Cabinet of Ministers
2010 (resolution 55). Arabic ALA-LC 1997, ISO 233:1984, UNGEGN 1972, IGN 1973 (variant B of Beirut, French) by T. T.
Pedersen, *Transliteration of Arabic*, rev. 2.2 (transliteration.eki.ee), and the spelling without signs of English and
Dutch registers. Persian: UNGEGN 1967 and BGN/PCGN 1958. Ethiopic: BGN/PCGN 1967 (Amharic), BGN/PCGN 2007 (Tigrinya),
both as in UNGEGN, *Report on the current status of romanization systems* (eki.ee/wgrs), and ALA-LC 1997.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

Table = Mapping[str, str]


def _table(signs: str, *letters: str) -> Table:
    return dict(zip(signs.split(), " ".join(letters).replace("_", "\0").split(), strict=True))


def _plain(table: Table) -> Table:
    return {sign: said.replace("\0", "") for sign, said in table.items()}


# fmt: off
# ruff: noqa: E501
_RUSSIAN: Final = "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
RUSSIAN: Final[Mapping[str, Table]] = {name: _plain(_table(_RUSSIAN, said)) for name, said in {
    "BGN/PCGN": "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
    "ISO 9": "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â",
    "ICAO": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia",
    "French": "a b v g d e io j z i i k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia",
    "German": "a b w g d e jo sch s i i k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja",
    "Dutch": "a b v g d e jo zj z i j k l m n o p r s t oe f ch ts tsj sj sjtsj _ y _ e joe ja",
}.items()}
_UKRAINIAN: Final = "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я"
UKRAINIAN: Final[Mapping[str, Table]] = {name: _plain(_table(_UKRAINIAN, said)) for name, said in {
    "KMU 2010": "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia",
    "ISO 9": "a b v g g̀ d e ê ž z i ì ï j k l m n o p r s t u f h c č š ŝ ʹ û â",
    "French": "a b v h g d e ie j z y i i i k l m n o p r s t ou f kh ts tch ch chtch _ iou ia",
    "German": "a b w h g d e je sch s y i ji j k l m n o p r s t u f ch z tsch sch schtsch _ ju ja",
    "Dutch": "a b v h g d e je zj z y i ji j k l m n o p r s t oe f ch ts tsj sj sjtsj _ joe ja",
}.items()}

_ARABIC: Final = "ء ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي ى ة"
ARABIC: Final[Mapping[str, tuple[Table, Table]]] = {
    name: (_plain(_table(_ARABIC, said)), _plain(_table("َ ِ ُ aa ii uu aw ay", vowels)))
    for name, (said, vowels) in {
        "ALA-LC": ("ʼ ā b t th j ḥ kh d dh r z s sh ṣ ḍ ṭ ẓ ʻ gh f q k l m n h w y á h",
                   "a i u ā ī ū aw ay"),
        "ISO 233": ("ˈ ā b t ṯ ǧ ḥ ẖ d ḏ r z s š ṣ ḍ ṭ ẓ ʿ ġ f q k l m n h w y ỳ ẗ",
                    "a i u ā ī ū aw ay"),
        "UNGEGN": ("’ ā b t th j ḩ kh d dh r z s sh ş ḑ ţ z̧ ‘ gh f q k l m n h w y á h",
                   "a i u ā ī ū aw ay"),
        "IGN (French)": ("_ a b t th dj h kh d dh r z s ch s d t dh _ gh f q k l m n h ou y a _",
                         "a i ou a i ou aou ai"),
        "English without signs": ("_ a b t th j h kh d dh r z s sh s d t z _ gh f q k l m n h w y a _",
                                  "a i u a ee oo aw ay"),
        "Dutch without signs": ("_ a b t th dj h ch d dh r z s sj s d t z _ gh f k k l m n h w j a _",
                                "a i oe a ie oe au ai"),
    }.items()
}
_PERSIAN: Final = "ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی ء"
PERSIAN: Final[Mapping[str, tuple[Table, Table]]] = {
    name: (_plain(_table(_PERSIAN, said)), _plain(_table("َ ِ ُ aa ii uu aw ay", vowels)))
    for name, (said, vowels) in {
        "UNGEGN 1967": ("ā b p t s̄ j ch h kh d z̄ r z zh s sh ş ẕ ţ z̧ ʻ gh f q k g l m n v h y ’",
                        "a e o ā ī ū ow ey"),
        "BGN/PCGN 1958": ("ā b p t s̄ j ch ḩ kh d z̄ r z zh s sh ş ẕ ţ z̧ ‘ gh f q k g l m n v h y ’",
                          "a e o ā ī ū ow ey"),
        "English without signs": ("a b p t s j ch h kh d z r z zh s sh s z t z _ gh f gh k g l m n v h y _",
                                  "a e o a i oo o ei"),
        "French": ("a b p t s dj tch h kh d z r z j s ch s z t z _ gh f gh k g l m n v h y _",
                   "a e o a i ou o ey"),
        "German": ("a b p t s dsch tsch h ch d s r s sch s sch s s t s _ gh f gh k g l m n w h j _",
                   "a e o a i u au ei"),
    }.items()
}
_ORDERS: Final = ("A", "U", "I", "AA", "EE", "E", "O")
ETHIOPIC: Final[Mapping[str, tuple[Table, tuple[str, ...]]]] = {
    "BGN/PCGN 1967": ({"H": "h", "L": "l", "HH": "h", "M": "m", "SZ": "s", "R": "r", "S": "s", "SH": "sh", "Q": "k’",
                       "B": "b", "T": "t", "C": "ch", "X": "h", "N": "n", "NY": "ny", "GLOTTAL": "", "K": "k", "KX": "kh",
                       "W": "w", "PHARYNGEAL": "", "Z": "z", "ZH": "zh", "Y": "y", "D": "d", "J": "j", "G": "g",
                       "TH": "t’", "CH": "ch’", "PH": "p’", "TS": "ts’", "TZ": "ts’", "F": "f", "P": "p", "V": "v"},
                      ("e", "u", "ī", "a", "ē", "i", "o")),
    "BGN/PCGN 2007": ({"H": "h", "L": "l", "HH": "ḥ", "M": "m", "SZ": "s", "R": "r", "S": "s", "SH": "sh", "Q": "k’",
                       "QH": "kh’", "B": "b", "V": "v", "T": "t", "C": "ch", "X": "h", "N": "n", "NY": "ny", "GLOTTAL": "’",
                       "K": "k", "KX": "kh", "W": "w", "PHARYNGEAL": "‘", "Z": "z", "ZH": "zh", "Y": "y", "D": "d",
                       "J": "j", "G": "g", "TH": "t’", "CH": "ch’", "PH": "p’", "TS": "ts’", "TZ": "ts’", "F": "f", "P": "p"},
                      ("e", "u", "i", "a", "ie", "", "o")),
    "ALA-LC": ({"H": "h", "L": "l", "HH": "ḥ", "M": "m", "SZ": "ś", "R": "r", "S": "s", "SH": "š", "Q": "q", "QH": "q̄",
                "B": "b", "V": "v", "T": "t", "C": "č", "X": "ḫ", "N": "n", "NY": "ñ", "GLOTTAL": "ʼ", "K": "k", "KX": "x",
                "W": "w", "PHARYNGEAL": "ʻ", "Z": "z", "ZH": "ž", "Y": "y", "D": "d", "J": "ǧ", "G": "g", "TH": "ṭ",
                "CH": "č̣", "PH": "p̣", "TS": "ṣ", "TZ": "ṡ", "F": "f", "P": "p"},
               ("a", "u", "i", "ā", "é", "e", "o")),
}
# fmt: on


def cyrillic(word: str, table: Table) -> str:
    """A word in Cyrillic letters by one table."""
    return "".join(table[sign] for sign in word.lower())


_SHORT: Final = {"\u064e": "َ", "\u0650": "ِ", "\u064f": "ُ"}
_DOUBLED, _SILENT = "\u0651", "\u0652"


def arabic(word: str, tables: tuple[Table, Table]) -> str:
    """A word in Arabic script with its vowel signs, by one table: long vowels, doubled letters, diphthongs."""
    letters, vowels = tables
    said: list[str] = []
    signs = unicodedata.normalize("NFC", word).replace("أ", "ا").replace("إ", "ا").replace("آ", "ا")
    signs = signs.replace("ئ", "ء").replace("ؤ", "ء")
    for short in _SHORT:  # Unicode puts the sign of doubling behind the vowel that is said after it
        signs = signs.replace(short + _DOUBLED, _DOUBLED + short)
    before = ""
    for place, sign in enumerate(signs):
        after = signs[place + 1] if place + 1 < len(signs) else ""
        if sign + after == "\u064e\u0649":  # a last long a that is written with the sign of y
            said.append(letters[after])
            before = sign
        elif sign in _SHORT:
            long = {"َا": "aa", "ِي": "ii", "ِی": "ii", "ُو": "uu"}.get(sign + after)
            beyond = signs[place + 2] if place + 2 < len(signs) else ""
            is_vowel = beyond not in _SHORT and beyond != _DOUBLED
            diphthong = {"َو": "aw", "َي": "ay", "َی": "ay"}.get(sign + after)
            if long is not None and is_vowel:
                said.append(vowels[long])
            elif diphthong is not None and beyond == _SILENT:
                said.append(vowels[diphthong])
            else:
                said.append(vowels[sign])
                long = diphthong = None
            before = sign if (long or diphthong) else ""
        elif sign == _DOUBLED:
            said.append(said[-1] if said else "")
        elif sign == _SILENT:
            continue
        elif before and sign in "اويیى":
            before = ""  # it was the length of the vowel before it
        elif sign == "ا" and place == 0 and after in _SHORT:
            continue  # it carries the vowel that follows
        else:
            said.append(letters[sign])
    return "".join(said)


def ethiopic(word: str, tables: tuple[Table, tuple[str, ...]]) -> str:
    """A word in Ethiopic syllables by one table."""
    consonants, vowels = tables
    said: list[str] = []
    was_left_out = True
    for place, sign in enumerate(word):
        consonant, _, order = (
            unicodedata.name(sign).removeprefix("ETHIOPIC SYLLABLE ").partition(" ")
        )
        if not order:
            found = next(o for o in ("AA", "EE", "A", "U", "I", "E", "O") if consonant.endswith(o))
            consonant, order = consonant.removesuffix(found), found
        vowel = vowels[_ORDERS.index(order)]
        is_last = place == len(word) - 1
        # The sixth order is written only where the word cannot be said without it (note of both tables): not at its
        # end, nor after a syllable that has its vowel.
        was_left_out = order == "E" and (is_last or not was_left_out)
        if was_left_out:
            vowel = ""
        if consonant in {"H", "HH", "X", "GLOTTAL", "PHARYNGEAL"} and order == "A":
            vowel = vowels[_ORDERS.index("AA")]
        said.append(consonants[consonant] + vowel)
    return "".join(said)


Romanise = Callable[[str], str]


def _each(function: Callable[..., str], systems: Mapping[str, object]) -> dict[str, Romanise]:
    return {
        name: (lambda word, tables=tables: function(word, tables))
        for name, tables in systems.items()
    }


SYSTEMS: Final[Mapping[str, Mapping[str, Romanise]]] = {
    "ru": _each(cyrillic, RUSSIAN),
    "uk": _each(cyrillic, UKRAINIAN),
    "ar": _each(arabic, ARABIC),
    "fa": _each(arabic, PERSIAN),
    "am": _each(ethiopic, ETHIOPIC),
}
"""For each language, its systems by name."""
