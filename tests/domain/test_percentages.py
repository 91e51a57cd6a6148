from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.percentages import (
    WORDS,
    PercentStyle,
    PrintedPercentage,
    PrintStatus,
    percentage,
    percentage_of_rest,
    percentage_of_sum,
)
from caseflow.domain.rounding import PrintedCount, printed

LARGEST = 800


@cache
def said(numerator: PrintedCount, denominator: PrintedCount) -> PrintedPercentage:
    return percentage(numerator, denominator)


def every_rate() -> Iterator[tuple[int, int, PrintedPercentage]]:
    shown = [printed(count) for count in range(LARGEST + 1)]
    for denominator in range(1, LARGEST + 1):
        for numerator in range(denominator + 1):
            yield numerator, denominator, said(shown[numerator], shown[denominator])


def test_no_percentage_up_to_a_denominator_of_800_breaks_its_promise():
    counted = 0
    for numerator, denominator, shown in every_rate():
        counted += 1
        if numerator < 5 or denominator < 5:
            assert shown.status is PrintStatus.SUPPRESSED
            assert shown.percent is None
            continue
        assert shown.status is PrintStatus.PRINTED, (numerator, denominator)
        low, high = shown.low, shown.high
        # In whole numbers, because 320,000 fractions would take most of a minute.
        hundredfold = 100 * numerator
        assert hundredfold * low.denominator >= low.numerator * denominator, (
            numerator,
            denominator,
        )
        assert hundredfold * high.denominator <= high.numerator * denominator
        percent = shown.percent
        if shown.style is PercentStyle.WHOLE_POINT:
            assert abs(percent * denominator - hundredfold) <= 3 * denominator
        elif percent is not None:
            assert abs(percent * denominator - hundredfold) <= 6 * denominator
    assert counted == LARGEST * (LARGEST + 3) // 2


def test_the_form_follows_from_the_printed_denominator():
    wanted = {
        PercentStyle.WHOLE_POINT: range(200, 100_000),
        PercentStyle.NEAREST_FIVE: range(100, 200),
        PercentStyle.RANGE: range(50, 100),
        PercentStyle.WORDS: range(5, 50),
    }
    for numerator, denominator, shown in every_rate():
        if numerator >= 5:
            assert printed(denominator).value in wanted[shown.style]


def test_nought_and_a_hundred_per_cent_are_never_printed_below_200():
    for _numerator, denominator, shown in every_rate():
        if printed(denominator).value is None or printed(denominator).value < 200:
            assert shown.percent not in {0, 100}
            assert not {"0", "100"} & set(str(shown.text).split())


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (225, 1260, "18 %"),
        (1000, 1000, "100 %"),
        (45, 130, "about 35 %"),
        (100, 100, "over 95 %"),
        (195, 195, "over 95 %"),
        (30, 60, "between 45 % and 60 %"),
        (60, 60, "90 % or more"),
        (5, 95, "between 5 % and 10 %"),
        (20, 20, "half or more"),
        (10, 20, "about half"),
        (5, 20, "about a third"),
        (15, 45, "about a third"),
    ],
)
def test_percentages_read_like_this(numerator, denominator, text):
    assert str(percentage(PrintedCount(numerator), PrintedCount(denominator)).text) == text


def test_a_small_rest_reads_as_so_much_or_less():
    assert str(percentage_of_rest([PrintedCount(90)], PrintedCount(95)).text) == "10 % or less"
    assert str(percentage_of_rest([PrintedCount(100)], PrintedCount(100)).text) == "under 5 %"


def test_words_never_say_everyone_or_no_one():
    assert all(word.high - word.low < 100 for word in WORDS)


cells = st.lists(st.integers(min_value=5, max_value=120), min_size=1, max_size=5)


@given(cells, st.integers(min_value=0, max_value=300))
def test_a_rate_added_up_from_printed_cells_keeps_its_promise_too(among, rest):
    shown_cells = [printed(count) for count in among]
    denominator = sum(among) + rest
    shown = percentage_of_sum(shown_cells, printed(denominator))
    rate = Fraction(100 * sum(among), denominator)

    assert shown.low <= rate <= shown.high
    if shown.percent is not None:
        allowed = 3 if shown.style is PercentStyle.WHOLE_POINT else 6
        assert abs(shown.percent - rate) <= allowed

    left = percentage_of_rest(shown_cells, printed(denominator))
    assert left.low <= 100 - rate <= left.high


def test_cells_that_leave_too_much_room_get_a_coarser_form():
    many = [PrintedCount(10)] * 10

    assert percentage(PrintedCount(100), PrintedCount(200)).style is PercentStyle.WHOLE_POINT
    assert percentage_of_sum(many, PrintedCount(200)).style is PercentStyle.RANGE


def test_a_rate_that_needs_a_cell_below_five_is_not_printed():
    hidden = PrintedCount(None)

    for shown in (
        percentage(hidden, PrintedCount(900)),
        percentage(PrintedCount(5), hidden),
        percentage_of_sum([PrintedCount(100), hidden], PrintedCount(900)),
        percentage_of_rest([PrintedCount(100), hidden], PrintedCount(900)),
        percentage_of_sum([], PrintedCount(900)),
    ):
        assert (shown.status, shown.percent) == (PrintStatus.SUPPRESSED, None)
        assert str(shown.text) == "not shown"
