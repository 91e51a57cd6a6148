"""Beds out of service: which nights, and what may be recorded (rules B1, B5 and B6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from caseflow.domain.beds import BedFacts, BedKind, MeantFor, may_be_slept_on
from caseflow.domain.decisions import Refused
from caseflow.domain.nights import Nights
from caseflow.domain.outages import (
    Outage,
    OutageReason,
    Void,
    VoidKind,
    may_put_back,
    may_take_out,
    turnaround,
)
from caseflow.domain.placements import Stay, StayStatus

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


BED = BedFacts("b", "1.1", "Room 1", "s", "Havenhuis", BedKind.FULL_DAY, MeantFor.ANYONE, day(-99))
OUT = Outage("o", "s", None, "b", OutageReason.REPAIR, day(-3))


@pytest.mark.parametrize(
    ("expected", "ended", "taken"),
    [
        (None, None, Nights(day(-3))),
        (day(4), None, Nights(day(-3), day(4))),
        (day(0), None, Nights(day(-3), day(1))),
        (day(-1), None, Nights(day(-3))),
        (day(4), day(-1), Nights(day(-3), day(-1))),
        (day(4), day(-3), None),
    ],
    ids=[
        "nobody knows until when",
        "expected back: the nights after are free to book",
        "expected back today, and not put back: tonight is taken",
        "expected back yesterday, and forgotten: taken until somebody says so",
        "put back",
        "put back on the day it began",
    ],
)
def test_b05_an_outage_never_ends_by_itself(
    expected: date | None, ended: date | None, taken: Nights | None
) -> None:
    assert replace(OUT, expected_until_on=expected, until_on=ended).taken(TODAY) == taken


@pytest.mark.parametrize(
    ("outage", "sentence"),
    [
        (OUT, "out of service from 2026-11-19 on: repair"),
        (replace(OUT, expected_until_on=day(2)), "from 2026-11-19 to 2026-11-24: repair"),
        (replace(OUT, bed_id=None), "Site Havenhuis is closed from 2026-11-19 on"),
        (replace(OUT, bed_id=None, expected_until_on=day(2)), "from 2026-11-19 to 2026-11-24"),
    ],
)
def test_b05_a_bed_out_of_service_is_refused_with_its_nights(outage: Outage, sentence: str) -> None:
    void = outage.void(TODAY)
    assert void is not None
    decided = may_be_slept_on(replace(BED, voids=(void,)), [], Nights(TODAY, day(1)), NOW, TODAY)

    assert isinstance(decided, Refused)
    assert sentence in str(decided.reason)


def test_b01_a_bed_is_free_from_the_day_it_is_back() -> None:
    void = replace(OUT, expected_until_on=day(2)).void(TODAY)
    assert void is not None
    bed = replace(BED, voids=(void,))

    assert not may_be_slept_on(bed, [], Nights(day(1), day(3)), NOW, TODAY)
    assert may_be_slept_on(bed, [], Nights(day(2), day(3)), NOW, TODAY)


def test_b01_a_turnaround_keeps_the_bed_empty_after_and_before_a_stay() -> None:
    stay = Stay("x", "b", "case", "code", StayStatus.BOOKED, day(5), day(8))
    bed = replace(BED, voids=turnaround(Nights(day(5), day(8)), 2, "x"))

    def free(first: int, end: int) -> bool:
        nights = Nights(day(first), day(end))
        taken = [stay] if nights.overlaps(Nights(day(5), day(8))) else []
        return bool(may_be_slept_on(bed, taken, nights, NOW, TODAY))

    assert free(1, 3)
    assert free(10, 12)
    assert not free(1, 4)
    assert not free(9, 12)


def test_b01_a_stay_does_not_stand_in_its_own_way() -> None:
    bed = replace(BED, voids=turnaround(Nights(day(0), day(3)), 2, "mine"))

    assert may_be_slept_on(bed, [], Nights(day(3), day(6)), NOW, TODAY, but="mine")
    assert not may_be_slept_on(bed, [], Nights(day(3), day(6)), NOW, TODAY)


def test_b01_no_turnaround_is_no_void() -> None:
    assert turnaround(Nights(day(0), day(3)), 0, "x") == ()
    assert turnaround(Nights(day(0)), 1, "x") == (
        Void(VoidKind.TURNAROUND, Nights(day(-1), day(0)), None, "x"),
    )


@pytest.mark.parametrize(
    ("first", "expected", "cost_centre", "sentence"),
    [
        (day(-32), None, None, "up to 31 days back"),
        (day(800), None, None, "more than two years ahead"),
        (day(2), day(2), None, "comes after the first night"),
        (day(-5), day(0), None, "lies after today"),
        (day(0), None, "a name of somebody", "A cost centre is a code"),
        (day(0), None, "4" * 21, "A cost centre is a code"),
    ],
)
def test_b05_an_outage_with_days_that_cannot_be_is_refused(
    first: date, expected: date | None, cost_centre: str | None, sentence: str
) -> None:
    decided = may_take_out(first, expected, cost_centre, TODAY)

    assert isinstance(decided, Refused)
    assert sentence in str(decided.reason)


def test_b05_an_outage_with_a_cost_centre_is_allowed() -> None:
    assert may_take_out(day(0), day(3), "4210.B-7", TODAY)
    assert may_take_out(day(-31), None, None, TODAY)


@pytest.mark.parametrize(
    ("outage", "on", "sentence"),
    [
        (replace(OUT, until_on=day(-1)), day(0), "already"),
        (OUT, day(-4), "from 2026-11-19 on"),
        (OUT, day(1), "lies in the future"),
        (replace(OUT, from_on=day(-90)), day(-40), "up to 31 days back"),
    ],
)
def test_b05_putting_back_on_a_day_that_cannot_be_is_refused(
    outage: Outage, on: date, sentence: str
) -> None:
    decided = may_put_back(outage, on, TODAY)

    assert isinstance(decided, Refused)
    assert sentence in str(decided.reason)


def test_b05_an_outage_that_should_be_over_is_overdue() -> None:
    assert replace(OUT, expected_until_on=day(-1)).is_overdue(TODAY)
    assert not replace(OUT, expected_until_on=day(0)).is_overdue(TODAY)
    assert not replace(OUT, expected_until_on=day(-1), until_on=day(0)).is_overdue(TODAY)
