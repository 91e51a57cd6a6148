"""Percentages as a person reads them: the words on the page, in both languages, against every true rate.

The bounds that a printed percentage carries are not used: what a text promises is read from the text itself.
"""

import re
from fractions import Fraction
from functools import cache

from caseflow.domain.messages import Message
from caseflow.domain.percentages import (
    NOT_PRINTED,
    PercentStyle,
    PrintedPercentage,
    PrintStatus,
    percentage,
    percentage_of_rest,
)
from caseflow.domain.rounding import PrintedCount, printed
from tests.pages import dutch_catalogue

LARGEST = 800
WITHIN = {PercentStyle.WHOLE_POINT: 3, PercentStyle.NEAREST_FIVE: 6}
SHARES = {
    "a quarter": Fraction(25),
    "een kwart": Fraction(25),
    "a third": Fraction(100, 3),
    "een derde": Fraction(100, 3),
    "half": Fraction(50),
    "de helft": Fraction(50),
    "two thirds": Fraction(200, 3),
    "twee derde": Fraction(200, 3),
    "three quarters": Fraction(75),
    "driekwart": Fraction(75),
}
ABOUT = 19
"""So many points at most lie between a share in words and a rate that reads as about that share."""
FORMS = (
    ("between {a} and {b}", "tussen {a} en {b}"),
    ("{a} or less", "{a} of minder"),
    ("{a} or more", "{a} of meer"),
    ("less than {a}", "minder dan {a}"),
    ("under {a}", "onder {a}"),
    ("over {a}", "boven {a}"),
    ("about {a}", "ongeveer {a}"),
    ("{a}", "{a}"),
)


class Promise:
    """Which rates a text allows, in hundredths; `reads` and `writes` are the same in both languages."""

    def __init__(self, text: str, language: int, style: PercentStyle) -> None:
        self.form, values = _read(text, language)
        first, last = values[0], values[-1]
        about = WITHIN.get(style, ABOUT)
        within = {
            "between {a} and {b}": (first, last),
            "{a} or less": (Fraction(0), first),
            "{a} or more": (first, Fraction(100)),
            "less than {a}": (Fraction(0), first),
            "under {a}": (Fraction(0), first),
            "over {a}": (first, Fraction(100)),
            "about {a}": (first - about, first + about),
            "{a}": (first - about, first + about),
        }
        self.low, self.high = within[self.form]
        self._bounds = (
            self.low.numerator,
            self.low.denominator,
            self.high.numerator,
            self.high.denominator,
        )
        self.strict = self.form in {"less than {a}", "under {a}", "over {a}"}

    def holds(self, numerator: int, denominator: int) -> bool:
        hundredfold = 100 * numerator
        bottom, below, top, above = self._bounds
        low = hundredfold * below - bottom * denominator
        high = top * denominator - hundredfold * above
        if self.strict:
            return (low > 0 or self.low == 0) and (high > 0 or self.high == 100)
        return low >= 0 and high >= 0


def _read(text: str, language: int) -> tuple[str, list[Fraction]]:
    for forms in FORMS:
        pattern = re.escape(forms[language]).replace(r"\{a\}", "(.+)").replace(r"\{b\}", "(.+)")
        found = re.fullmatch(pattern, text)
        if found:
            return forms[0], [_share(one) for one in found.groups()]
    raise AssertionError(text)


def _share(words: str) -> Fraction:
    number = re.fullmatch(r"(\d+) %", words)
    return Fraction(int(number[1])) if number else SHARES[words]


@cache
def in_dutch() -> dict[str, str]:
    return dutch_catalogue()


def in_language(message: Message, language: int) -> str:
    return str(Message(in_dutch()[message.text], message.values) if language else message)


def of_cell(numerator: PrintedCount, denominator: PrintedCount) -> PrintedPercentage:
    return percentage(numerator, denominator)


def of_rest(left_out: PrintedCount, denominator: PrintedCount) -> PrintedPercentage:
    return percentage_of_rest([left_out], denominator)


def test_no_text_excludes_the_true_rate_in_either_language():
    forms: set[str] = set()
    # A print is one of 161: below five, or a multiple of five up to 800.
    place = [0 if printed(n).is_under else printed(n).value // 5 for n in range(LARGEST + 1)]
    for said_of, true in ((of_cell, lambda n, d: n), (of_rest, lambda n, d: d - n)):
        promises: dict[int, Promise | None] = {}
        for denominator in range(1, LARGEST + 1):
            for numerator in range(denominator + 1):
                pair = 1_000 * place[denominator] + place[numerator]
                if pair not in promises:
                    both = printed(numerator), printed(denominator)
                    promises[pair] = promised(said_of(*both), both)
                promise = promises[pair]
                assert promise is None or promise.holds(true(numerator, denominator), denominator)
        forms |= {promise.form for promise in promises.values() if promise}
    assert forms == {english for english, _ in FORMS}


@cache
def as_read(text: str, language: int, style: PercentStyle) -> Promise:
    return Promise(text, language, style)


def promised(said: PrintedPercentage, pair: tuple[PrintedCount, PrintedCount]) -> Promise | None:
    texts = [in_language(said.text, language) for language in (0, 1)]
    if said.status is PrintStatus.SUPPRESSED:
        assert any(one.is_under for one in pair) or said is NOT_PRINTED
        assert texts == ["not shown", "niet getoond"]
        return None
    assert said.style is not None
    english, dutch = (as_read(text, at, said.style) for at, text in enumerate(texts))
    assert (english.form, english.low, english.high) == (dutch.form, dutch.low, dutch.high)
    return english


def test_a_percentage_is_printed_wherever_neither_count_is_below_five():
    for denominator in range(5, LARGEST + 1, 5):
        for numerator in range(0, denominator + 1, 5):
            said = percentage(printed(numerator), printed(denominator))
            assert (said.status is PrintStatus.PRINTED) == (numerator >= 5)


def test_whole_numbers_for_machines_are_those_on_the_page_and_nowhere_else():
    for denominator in range(5, LARGEST + 1, 5):
        for numerator in range(5, denominator + 1, 5):
            said = percentage(printed(numerator), printed(denominator))
            whole = re.fullmatch(r"(?:about )?(\d+) %", str(said.text))
            assert said.percent == (int(whole[1]) if whole else None), (numerator, denominator)
            if denominator < 100:
                assert said.percent is None


def test_below_200_no_text_in_any_language_says_nought_or_a_hundred_per_cent():
    for denominator in range(5, 200, 5):
        for numerator in (None, *range(5, denominator + 1, 5)):
            said = percentage(printed(numerator or 0), printed(denominator))
            for language in (0, 1):
                text = in_language(said.text, language)
                assert not re.search(r"(?<!\d)(0|100) %", text), text


def test_a_text_that_excludes_a_true_rate_is_found():
    # 20 of 40 is exactly half, and "under 50 %" would be wrong; so would a whole point four points off.
    assert not Promise("under 50 %", 0, PercentStyle.NEAREST_FIVE).holds(20, 40)
    assert not Promise("onder 50 %", 1, PercentStyle.NEAREST_FIVE).holds(20, 40)
    assert not Promise("46 %", 0, PercentStyle.WHOLE_POINT).holds(500, 1000)
    assert not Promise("tussen 40 % en 45 %", 1, PercentStyle.RANGE).holds(20, 40)
    assert not Promise("ongeveer een kwart", 1, PercentStyle.WORDS).holds(20, 40)
    assert Promise("half or less", 0, PercentStyle.WORDS).holds(20, 40)
