"""What may stand on an emergency card, how long an opened one stays open, and when it is looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from caseflow.domain.cards import (
    NO_NUMBERS,
    CardLines,
    looked_at_on,
    may_stand_on_a_card,
    open_until,
)
from caseflow.domain.decisions import Refused

KEPT = [
    (None, "an empty line"),
    ("Penicillin: rash, 2019", "a year"),
    ("Metformin 500 mg 2x per day, 1-0-1-0", "a dose"),
    ("Pacemaker since 12-03-2024", "a day"),
    ("Operated on 2024-03-12 and 3 4 2025", "days in other spellings"),
    ("Since 12-03-2024 5 mg a day", "a day before a dose"),
    ("Dr. Vermeer, 010 - 123 45 67", "a telephone number"),
    ("0612345678", "a mobile number"),
    ("Brother, +49 1512 3456789", "a number with its country"),
    ("0032 470 12 34 56", "the same with zeros"),
    ("Pharmacy 0900-1234", "a short number"),
    ("Blood group AB, HIV VL<50", "letters and digits of medicine"),
    ("COVID19, B12 1000 mcg", "names with digits"),
]
REFUSED = [
    ("BSN 111222333", "a BSN, named"),
    ("111222333", "nine digits"),
    ("1112.22.333", "with dots"),
    ("111 222 333 known at hospital", "with spaces"),
    ("012345672", "a BSN that begins with a zero"),
    ("10000008", "an old BSN without its zero"),
    ("V-nummer 1", "a V-number that is named, however short"),
    ("vnr: 0703", "the same, in short"),
    ("2801234567", "ten digits that are no telephone number"),
    ("280.123.4567", "a V-number with dots"),
    ("0805.22.0433", "a V-number of the old form"),
    ("burgerservicenummer 12", "the whole word"),
    ("Passport NWX47R2K8", "a number of a document"),
]


@pytest.mark.parametrize(("words", "what"), KEPT, ids=[what for _, what in KEPT])
def test_a_line_that_an_ambulance_needs_is_kept(words: str | None, what: str) -> None:
    assert may_stand_on_a_card(words), what


@pytest.mark.parametrize(("words", "what"), REFUSED, ids=[what for _, what in REFUSED])
def test_a_number_that_names_a_person_is_refused_and_not_repeated(words: str, what: str) -> None:
    refused = may_stand_on_a_card(words)
    assert refused == Refused(NO_NUMBERS), what
    assert not any(sign.isdigit() for sign in str(refused.reason))  # type: ignore[union-attr]


def test_a_card_without_a_single_line_is_empty() -> None:
    assert CardLines().is_empty
    assert not CardLines(pharmacy="De Brug").is_empty


def test_a_card_is_open_for_a_quarter_of_an_hour() -> None:
    now = datetime(2026, 11, 22, 2, 50, tzinfo=UTC)
    assert open_until(now) - now == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("opened_at", "day", "why"),
    [
        (datetime(2026, 11, 17, 2, 0, tzinfo=UTC), date(2026, 11, 18), "a Tuesday: the next day"),
        (
            datetime(2026, 11, 19, 22, 59, tzinfo=UTC),
            date(2026, 11, 20),
            "Thursday before midnight",
        ),
        (datetime(2026, 11, 19, 23, 1, tzinfo=UTC), date(2026, 11, 23), "Friday by our clocks"),
        (datetime(2026, 11, 20, 12, 0, tzinfo=UTC), date(2026, 11, 23), "Friday: Monday"),
        (datetime(2026, 11, 21, 3, 0, tzinfo=UTC), date(2026, 11, 23), "Saturday: Monday"),
        (datetime(2026, 11, 22, 3, 0, tzinfo=UTC), date(2026, 11, 23), "Sunday: Monday"),
    ],
)
def test_an_opening_is_looked_at_on_the_next_working_day(
    opened_at: datetime, day: date, why: str
) -> None:
    assert looked_at_on(opened_at) == day, why
