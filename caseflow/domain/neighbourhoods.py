"""The log of a house and its neighbourhood: what came and went, and never a name.

Source: Amsterdam's way of placing small sites, with letters, a consultation committee and complaints; the firewall, §2:
names of neighbours are not collected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_

WORDS_AT_MOST: Final = 1_000
BACKDATED_DAYS_AT_MOST: Final = 366
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]+")
_SENTENCE: Final = re.compile(r"[.!?:\n;]+")
_TITLES: Final = frozenset(
    {
        "heer",
        "mevrouw",
        "mevr",
        "meneer",
        "dhr",
        "mw",
        "mr",
        "mrs",
        "ms",
        "miss",
        "familie",
        "family",
    }
)
_ADDRESSES: Final = re.compile(r"\S+@\S+|\+?\d[\d ()-]{7,}\d|\b\d{4} ?[A-Z]{2}\b")
_NO_NAMES: Final = (
    "januari februari maart april mei juni juli augustus september oktober november december "
    "january february march may june july august october "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "monday tuesday wednesday thursday friday saturday sunday "
    "gemeente municipality city police politie ggd lvv bbb ngo nederlands dutch engels english "
    "amsterdam rotterdam utrecht eindhoven groningen nijmegen waterstad"
)
_COMMON: Final = frozenset(_NO_NAMES.split())


def may_record(words: str, on: date, today: date) -> Decision:
    """Answers whether this can be kept about a day."""
    if not words:
        return Refused(N_("Write in a few words what it was about."))
    if len(words) > WORDS_AT_MOST:
        return Refused(N_("Use at most %(most)s characters.", most=WORDS_AT_MOST))
    if on > today:
        return Refused(N_("This day lies in the future. Enter the day on which it happened."))
    if on < today - timedelta(days=BACKDATED_DAYS_AT_MOST):
        return Refused(N_("This day is more than a year ago. Enter a later day."))
    return Allowed()


def looks_like_a_name(words: str, known: Iterable[str]) -> bool:
    """Says whether a name of a person, or how to reach one, may stand in the words; `known` are names of houses.

    A capital inside a sentence, a word after *mevrouw*, an address of e-mail, a telephone or a postcode: it cannot be
    sure, so a form asks once and never refuses.
    """
    if _ADDRESSES.search(words):
        return True
    familiar = _COMMON | {part.lower() for name in known for part in _WORD.findall(name)}
    return any(_in_a_sentence(_WORD.findall(one), familiar) for one in _SENTENCE.split(words))


def _in_a_sentence(words: list[str], familiar: Iterable[str]) -> bool:
    before = [""] + [word.lower() for word in words]
    return any(
        word[0].isupper()
        and not word.isupper()
        and word.lower() not in familiar
        and (place > 0 or before[place] in _TITLES)
        for place, word in enumerate(words)
    )
