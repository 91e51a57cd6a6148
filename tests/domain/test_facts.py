"""When it happened and since when it was known: two dates that are never mixed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from caseflow.domain.facts import Fact, as_known_on, latest, may_date
from caseflow.domain.scenarios import GuidanceScenario

RETURN = Fact(GuidanceScenario.RETURN, date(2026, 3, 1), datetime(2026, 3, 1, 9, tzinfo=UTC))
LEGAL = Fact(GuidanceScenario.LEGALISATION, date(2026, 5, 1), datetime(2026, 5, 20, 9, tzinfo=UTC))


def test_the_latest_by_event_date_is_the_current_value() -> None:
    assert latest([LEGAL, RETURN], date(2026, 6, 1)) == LEGAL
    assert latest([LEGAL, RETURN], date(2026, 4, 1)) == RETURN
    assert latest([LEGAL, RETURN], date(2026, 2, 1)) is None


def test_a_fact_recorded_later_was_not_known_before() -> None:
    assert latest([RETURN, LEGAL], date(2026, 5, 10)) == RETURN
    assert latest([RETURN, LEGAL], date(2026, 5, 10), known_on=date(2026, 6, 1)) == LEGAL


def test_a_correction_of_the_same_day_wins_by_being_recorded_later() -> None:
    corrected = Fact(
        GuidanceScenario.STABILISE, date(2026, 3, 1), datetime(2026, 3, 4, 9, tzinfo=UTC)
    )

    assert latest([corrected, RETURN], date(2026, 3, 9)) == corrected
    assert as_known_on([corrected, RETURN], date(2026, 3, 9)) == (RETURN, corrected)


def test_the_recorded_day_is_the_local_day_also_around_midnight_in_summer() -> None:
    late = Fact(1, date(2026, 7, 1), datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    winter = Fact(1, date(2026, 1, 1), datetime(2026, 1, 1, 22, 30, tzinfo=UTC))

    assert late.recorded_on == date(2026, 7, 2)
    assert winter.recorded_on == date(2026, 1, 1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Fact(1, date(2026, 7, 1), datetime(2026, 7, 1, 22, 30))


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 3, 9), True),
        (date(2026, 3, 10), False),
    ],
)
def test_a_day_lies_between_the_application_and_today(day: date, fits: bool) -> None:
    assert bool(may_date(day, date(2026, 3, 9), not_before=date(2026, 3, 1))) is fits
