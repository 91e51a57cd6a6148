"""What two prints tell, and no more: checked against every pair of true counts and every rate."""

from __future__ import annotations

from fractions import Fraction

import pytest

from caseflow.domain.messages import Message
from caseflow.domain.percentages import percentage
from caseflow.domain.printed_changes import PrintedChange, change, rate_bounds
from caseflow.domain.rounding import PrintedCount, printed

LIKE = {
    one: [count for count in range(80) if printed(count) == one] for one in map(printed, range(70))
}
"""The true counts that print alike."""


@pytest.mark.parametrize("before", range(40))
def test_a_range_holds_every_change_that_fits_the_prints_and_ends_at_one(before: int) -> None:
    for now in range(before, 60):
        found = change(printed(before), printed(now))
        fitting = [b - a for a in LIKE[printed(before)] for b in LIKE[printed(now)] if b >= a]
        assert found is not None
        assert (found.low, found.high) == (min(fitting), max(fitting))


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (None, None, "at most 4"),
        (None, 5, "between 1 and 7"),
        (10, 10, "at most 4"),
        (10, 25, "between 11 and 19"),
    ],
)
def test_a_change_is_said_as_a_range(before: int | None, now: int | None, words: str) -> None:
    found = change(PrintedCount(before), PrintedCount(now))
    assert found is not None
    assert str(found.words) == words


def test_counts_that_shrank_have_no_change_that_could_be_told() -> None:
    assert change(PrintedCount(25), PrintedCount(10)) is None
    assert str(PrintedChange(3, 3).words) == "3"


def test_the_bounds_of_a_rate_are_those_that_its_print_promises() -> None:
    """Every printed pair up to a denominator of 300, as it is frozen: style, words and whole number alone."""
    seen = set()
    for whole in range(5, 305, 5):
        for part in range(5, whole + 5, 5):
            said = percentage(PrintedCount(part), PrintedCount(whole))
            frozen = Message(said.text.text, dict(said.text.values))
            bounds = rate_bounds(said.style and said.style.value, frozen, said.percent)
            if said.style is None:
                assert bounds is None
                continue
            assert bounds == (max(Fraction(0), said.low), min(Fraction(100), said.high))
            seen.add((said.style, said.text.text))
    assert len(seen) >= 12, "every way to print a rate was met"


def test_what_is_not_printed_has_no_bounds() -> None:
    assert rate_bounds(None, Message("not shown", {}), None) is None
    assert rate_bounds("words", Message("nearly everybody", {}), None) is None
