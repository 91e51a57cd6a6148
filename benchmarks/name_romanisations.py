"""How well names are found across published tables of romanisation: spellings that the matcher's author did not write.

1,000 people of five languages are recorded by one table, or in their own script, and searched for by another one; some
in another order, some with a slip of the finger as the literature counts them. Everything is drawn with a seed, by
code that shares no table with the matcher (`benchmarks/romanisations.py`).

Slips: one in a word, as nine of ten misspelled words have (Pollock and Zamora 1983), of the four kinds of Damerau
1964. Leaving a letter out is the commonest, and doubling the main cause of putting one in (Pollock and Zamora 1983);
the first letter is seldom hit (Yannakoudakis and Fawthrop 1983). The weights follow that order and are our own.

Run: .venv/bin/python -m benchmarks.name_romanisations [--json] [--missed]. Figures stand in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from benchmarks.name_variants import STRANGERS
from benchmarks.romanisations import SYSTEMS
from caseflow.domain import name_matching
from caseflow.services.name_search import NEAR_AT_MOST

PEOPLE: Final = 1_000
SEARCHES: Final = 1_000
SEED: Final = 1964
HITS: Final = 10
OWN_SCRIPT: Final = "own script"

NAMES: Final = {
    "ar": (
        "مُحَمَّد أَحْمَد يُوسُف خَالِد عُمَر حَسَن حُسَيْن إِبْرَاهِيم مُصْطَفَى سَعِيد فَاطِمَة عَائِشَة خَدِيجَة زَيْنَب مَرْيَم لَيْلَى "
        "نَاصِر جَمَال سَمِير كَرِيم رَشِيد "
        "طَارِق عَلِي بِلَال وَلِيد يَاسِر هِشَام نُور هُدَى سُلَيْمَان إِدْرِيس",
        "حَدَّاد مَنْصُور شَرِيف قَاسِم خَطِيب نَجَّار صَبَّاغ بَكْرِي حَمْدَان زَيْدَان سَلَامَة عَبَّاس فَارِس جَابِر دَرْوِيش شَاهِين "
        "رَمَضَان غَانِم طَاهِر مَحْمُود",
    ),
    "fa": (
        "رِضَا مَهْدِی فَرْهَاد شِیرِین پَرْوِیز نَسْرِین بَهْرَام کَامْرَان مِینَا سُهْرَاب جَمْشِید پَرِیسَا",
        "رَحِیمِی کَرِیمِی حُسَیْنِی أَحْمَدِی مُحَمَّدِی نَظَرِی سُلْطَانِی جَعْفَرِی مُرَادِی شَرِیفِی حَیْدَرِی",
    ),
    "ru": (
        "Александр Дмитрий Сергей Евгений Наталия Юлия Владимир Андрей Алексей Михаил Татьяна Ольга Ирина Юрий "
        "Николай Анастасия Галина Фёдор",
        "Кузнецов Иванов Соколова Магомедов Жуков Ходоров Цветков Чернов Шишкин Щербаков Гаврилов Яковлева Юсупов "
        "Хасанов Ахмедов Быков Эльдаров Тихонов",
    ),
    "uk": (
        "Олександр Андрій Наталія Юлія Володимир Сергій Оксана Галина Микола Тетяна Євген Ірина",
        "Шевченко Петренко Коваленко Бойко Ткаченко Кравчук Гончар Савченко Мельник Лисенко Руденко Щербак Яременко "
        "Хоменко",
    ),
    "am": (
        "ተስፋይ ገብረ ኃይለ ብርሃነ ሰላም ዮሃንስ መሓሪ ኪዳነ ፀሃይ አበበ አልማዝ ዳዊት ሳሙኤል ሄለን ሚካኤል ሮቤል",
        "ወልዱ ተወልደ ነጋሽ በቀለ ከበደ ታደሰ መንግስቱ ተክለ ገብረመድህን ሃብተማርያም ዘርአይ ኣስፍሃ ግርማ ደሳለኝ",
    ),
}
"""Given and family names that are common, by language; the people are invented by pairing them at random."""
KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SLIPS: Final = (("left out", 35), ("put in", 25), ("another", 25), ("exchanged", 15))
AT_THE_START: Final = 0.03
DOUBLED: Final = 0.5
"""Share of the letters put in that double the one before."""


@dataclass(frozen=True)
class Person:
    """Somebody invented: a language, and names in their own script."""

    language: str
    given: str
    family: str

    def spelled(self, system: str) -> tuple[str, str]:
        """Both names by one system; the own script without the vowel signs that nobody types."""
        if system == OWN_SCRIPT:
            bare = [
                "".join(s for s in word if not "\u064b" <= s <= "\u0652")
                for word in (self.given, self.family)
            ]
            return bare[0], bare[1]
        said = SYSTEMS[self.language][system]
        given, family = said(self.given), said(self.family)
        return given[:1].upper() + given[1:], family[:1].upper() + family[1:]


@dataclass
class Measured:
    """What one run found."""

    recall: dict[str, float]
    by_language: dict[str, float]
    others: float
    alone: float
    strangers: float
    milliseconds: float
    missed: list[tuple[str, str, str]] = field(default_factory=list)


def invented(chance: random.Random, among: int) -> list[Person]:
    """So many people, each of another pair of names."""
    pairs = [
        Person(language, given, family)
        for language, (givens, families) in NAMES.items()
        for given in givens.split()
        for family in families.split()
    ]
    return chance.sample(pairs, among)


def slip(chance: random.Random, word: str) -> str:
    """One slip of the finger in a word in Latin letters."""
    plain = unicodedata.normalize("NFC", word)
    if len(plain) < 3:
        return plain
    at = 0 if chance.random() < AT_THE_START else chance.randrange(1, len(plain))
    kinds, weights = zip(*SLIPS, strict=True)
    kind = chance.choices(kinds, weights)[0]
    if kind == "left out":
        return plain[:at] + plain[at + 1 :]
    if kind == "put in":
        more = plain[at] if chance.random() < DOUBLED else _beside(chance, plain[at])
        return plain[:at] + more + plain[at:]
    if kind == "another":
        return plain[:at] + _beside(chance, plain[at]) + plain[at + 1 :]
    at = min(at, len(plain) - 2)
    return plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]


def _beside(chance: random.Random, sign: str) -> str:
    """A neighbour on the keyboard."""
    low = unicodedata.normalize("NFD", sign.lower())[:1]
    for row in KEYS:
        if low in row:
            at = row.index(low)
            return chance.choice([one for one in row[max(0, at - 1) : at + 2] if one != low])
    return chance.choice("aeinrst")


def _recorded(chance: random.Random, person: Person) -> tuple[str, str]:
    """The system somebody was recorded by, and the name."""
    system = chance.choice([*SYSTEMS[person.language], OWN_SCRIPT])
    return system, " ".join(person.spelled(system))


def _typed(chance: random.Random, person: Person, recorded_by: str, kind: str) -> str:
    """A name as another colleague types it: by another system, and what the kind adds to that."""
    systems = [one for one in SYSTEMS[person.language] if one != recorded_by]
    if kind == "own script":
        system = OWN_SCRIPT if recorded_by != OWN_SCRIPT else chance.choice(systems)
        return " ".join(person.spelled(system))
    words = list(person.spelled(chance.choice(systems)))
    if kind == "another order":
        words.reverse()
    if kind == "a slip":
        at = chance.randrange(2)
        words[at] = slip(chance, words[at])
    return " ".join(words)


KINDS: Final = ("another table", "another order", "a slip", "own script")


def measure(seed: int = SEED, searches: int = SEARCHES, among: int = PEOPLE) -> Measured:
    """Searches for people by another table than they were recorded by, and for strangers."""
    chance = random.Random(seed)
    people = invented(chance, among)
    spelled = [_recorded(chance, one) for one in people]
    names = {str(i): name_matching.name(said) for i, (_, said) in enumerate(spelled)}
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    others, alone, times, missed = 0, 0, [], []
    for place in range(searches):
        kind, who = KINDS[place % len(KINDS)], chance.randrange(among)
        person, (system, said) = people[who], spelled[who]
        typed = _typed(chance, person, system, kind)
        began = time.process_time()
        answer = name_matching.nearest(typed, names, at_most=NEAR_AT_MOST)
        times.append((time.process_time() - began) * 1_000)
        first = [key for key, _ in answer[:HITS]]
        is_found = str(who) in first
        for key in (kind, "all", f"language {person.language}"):
            asked[key] += 1
            found[key] += is_found
        others += len(first) - is_found
        alone += is_found and len(answer) == 1
        if not is_found:
            missed.append((kind, typed, said))
    answered = sum(bool(name_matching.nearest(one, names, at_most=HITS)) for one in STRANGERS)
    share = {key: found[key] / asked[key] for key in asked}
    return Measured(
        {key: share[key] for key in (*KINDS, "all")},
        {key: one for key, one in sorted(share.items()) if key.startswith("language")},
        others / searches,
        alone / searches,
        answered / len(STRANGERS),
        statistics.median(times),
        missed,
    )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--missed", action="store_true", help="also the searches that missed")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    told = measure(asked.seed)
    figures = {
        **{f"recall at {HITS}, {kind}": round(share, 4) for kind, share in told.recall.items()},
        **{f"recall at {HITS}, {kind}": round(s, 4) for kind, s in told.by_language.items()},
        "other people among the first ten, mean": round(told.others, 2),
        "the person and nobody else": round(told.alone, 4),
        "strangers who found somebody": round(told.strangers, 4),
        "milliseconds of one search": round(told.milliseconds, 1),
    }
    if asked.json:
        print(json.dumps(figures))
    else:
        for what, figure in figures.items():
            print(f"{what:45} {figure}")
    if asked.missed:
        for kind, typed, recorded in told.missed:
            print(f"{kind}: {typed} | {recorded}")


if __name__ == "__main__":
    main()
