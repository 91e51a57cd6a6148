"""Who did not come, which booking lapses, who is away for long; and what is wrong with a file that says so."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from caseflow import settings
from caseflow.domain.arrivals import ArrivalRules, load_arrival_rules
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.placements import Stay, StayStatus

TODAY = date(2026, 11, 22)
SHIPPED = settings.SHIPPED_CONFIG / "arrivals.toml"


@pytest.fixture(scope="module")
def rules() -> ArrivalRules:
    return load_arrival_rules(SHIPPED)


def expected(days_ago: int, status: StayStatus = StayStatus.BOOKED) -> Stay:
    return Stay("s", "b", "c", "C", status, TODAY - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("stay", "no_show", "lapses"),
    [
        (expected(0), False, False),
        (expected(1), True, False),
        (expected(6), True, False),
        (expected(7), True, True),
        (expected(7, StayStatus.HELD), True, False),
        (expected(400, StayStatus.BEGUN), False, False),
        (expected(-3), False, False),
    ],
)
def test_b05_a_booking_lapses_by_rule_and_a_begun_stay_never_does(
    rules: ArrivalRules, stay: Stay, no_show: bool, lapses: bool
) -> None:
    assert (rules.is_no_show(stay, TODAY), rules.lapses(stay, TODAY)) == (no_show, lapses)


@pytest.mark.parametrize(("nights", "asks"), [(0, False), (2, False), (3, True), (90, True)])
def test_b12_a_long_absence_is_asked_about(rules: ArrivalRules, nights: int, asks: bool) -> None:
    assert rules.is_long_away(TODAY - timedelta(days=nights), TODAY) is asks


def test_without_the_line_bookings_wait_for_ever(tmp_path: Path) -> None:
    file = tmp_path / "arrivals.toml"
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(one for one in lines if not one.startswith("bookings")), "utf-8")

    assert not load_arrival_rules(file).lapses(expected(4000), TODAY)


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ("no_show_after_nights = 1", "", "is missing: add it"),
        ("no_show_after_nights = 1", "no_show_after_nights = 0", "must be a whole number above 0"),
        ("no_show_after_nights = 1", "no_show_after_nights = 9", "must not be shorter than"),
        ("ask_after_nights_away = 3", 'ask_after_nights_away = "3"', "must be a whole number"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(
    tmp_path: Path, line: str, instead: str, said: str
) -> None:
    file = tmp_path / "arrivals.toml"
    file.write_text(SHIPPED.read_text(encoding="utf-8").replace(line, instead), "utf-8")

    with pytest.raises(ConfigurationRefused) as refused:
        load_arrival_rules(file)
    assert said in str(refused.value)
