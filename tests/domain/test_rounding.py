import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.rounding import PrintedCount, printed


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "<5"), (3, "<5"), (4, "<5"), (5, "5"), (7, "5"), (8, "10"), (12, "10"), (13, "15")],
)
def test_a_count_prints_below_five_or_to_the_nearest_five(count, text):
    assert printed(count).text == text


def test_a_printed_five_means_five_to_seven():
    assert (PrintedCount(5).low, PrintedCount(5).high) == (5, 7)
    assert (PrintedCount(10).low, PrintedCount(10).high) == (8, 12)
    assert (PrintedCount(None).low, PrintedCount(None).high) == (0, 4)


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=0, max_value=10_000))
def test_a_print_allows_exactly_the_counts_that_print_so(count, other):
    shown = printed(count)

    assert (shown.low <= other <= shown.high) == (printed(other) == shown)
    assert PrintedCount.from_plain(shown.plain) == shown


@pytest.mark.parametrize("wrong", [0, 3, 7, -5])
def test_nothing_but_multiples_of_five_is_a_printed_count(wrong):
    with pytest.raises(ValueError, match="multiple of five"):
        PrintedCount(wrong)


@pytest.mark.parametrize("wrong", ["", "5", None, True, 5.0, "<10"])
def test_a_file_that_says_something_else_is_no_printed_count(wrong):
    with pytest.raises(ValueError, match="multiple of five"):
        PrintedCount.from_plain(wrong)


def test_people_are_never_fewer_than_none():
    with pytest.raises(ValueError, match="never below zero"):
        printed(-1)
