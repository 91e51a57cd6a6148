"""The board: what each bed is on each night, and the bed is what `Stay.taken` says it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain import beds, boards
from caseflow.domain.beds import BedFacts, BedKind, MeantFor
from caseflow.domain.boards import Cell, CellKind
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.outages import OutageReason, Void, VoidKind
from caseflow.domain.placements import Stay, StayStatus

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WEEK = Nights(TODAY, TODAY + timedelta(days=7))
K, S = CellKind, StayStatus


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def bed(*voids: Void, open_from: int = -99, open_until: int | None = None) -> BedFacts:
    last = None if open_until is None else day(open_until)
    return BedFacts(
        "b", "1.1", "Room 1", "s", "Site", BedKind.FULL_DAY, MeantFor.ANYONE, day(open_from), last,
        voids=voids,
    )  # fmt: skip


def stay(status: StayStatus, first: int, planned: int | None = None, **more: object) -> Stay:
    ends = None if planned is None else day(planned)
    return Stay(f"{status}{first}", "b", "case", "CODE", status, day(first), ends, **more)  # type: ignore[arg-type]


def cells(*stays: Stay, of: BedFacts | None = None, away: tuple[Nights, ...] = ()) -> list[Cell]:
    return list(boards.row(of or bed(), stays, {"case": away}, WEEK, NOW, TODAY))


def words(found: list[Cell]) -> list[tuple[str, int]]:
    return [(cell.kind.value, cell.nights.count) for cell in found]


@pytest.mark.parametrize(
    ("stays", "expected", "why"),
    [
        ((), [("free", 1)] * 7, "nobody is there, and each night can be chosen"),
        ((stay(S.BEGUN, -3),), [("taken", 7)], "an open stay takes every later night (B2)"),
        ((stay(S.BEGUN, -3, 2),), [("taken", 2)] + [("free", 1)] * 5, "free on the day of departure (B1)"),
        ((stay(S.BEGUN, -9, -2),), [("overdue", 7)], "a forgotten departure frees nothing (B2)"),
        ((stay(S.BOOKED, 5),), [("free", 1)] * 5 + [("booked", 2)], "a booking without an end"),
        ((stay(S.CANCELLED, 0),), [("free", 1)] * 7, "cancelled nights never count (B7)"),
        ((stay(S.LAPSED, 0),), [("free", 1)] * 7, "neither do lapsed ones (B7)"),
        ((stay(S.MISTAKEN, 0),), [("free", 1)] * 7, "nor mistaken ones (B7)"),
        (
            (stay(S.HELD, 0, 3, hold_ends_at=NOW + timedelta(hours=1)),),
            [("held", 3)] + [("free", 1)] * 4,
            "a hold takes its nights until its moment (B5)",
        ),
        (
            (stay(S.HELD, 0, 3, hold_ends_at=NOW),),
            [("free", 1)] * 7,
            "a hold that ran out is free when read (B5)",
        ),
        (
            (stay(S.BEGUN, -3, 2), stay(S.BOOKED, 4, 6)),
            [("taken", 2), ("free", 1), ("free", 1), ("booked", 2), ("free", 1)],
            "one after the other",
        ),
    ],
)  # fmt: skip
def test_b06_a_row_says_what_the_bed_is_on_each_night(
    stays: tuple[Stay, ...], expected: list[tuple[str, int]], why: str
) -> None:
    assert words(cells(*stays)) == expected, why


def test_nights_away_stand_apart_within_the_stay() -> None:
    found = cells(stay(S.BEGUN, -3), away=(Nights(day(2), day(4)),))

    assert words(found) == [("taken", 2), ("away", 2), ("taken", 3)]


def test_two_people_on_one_bed_are_said_and_the_one_who_sleeps_there_comes_first() -> None:
    found = cells(stay(S.BOOKED, 1), stay(S.BEGUN, -3, -1))

    assert words(found) == [("overdue", 1), ("overdue", 6)]
    assert [cell.also for cell in found] == [False, True]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (bed(open_until=2), [("free", 1)] * 3 + [("closed", 4)]),
        (bed(open_from=5), [("closed", 5)] + [("free", 1)] * 2),
        (
            bed(Void(VoidKind.OUT_OF_SERVICE, Nights(day(1), day(3)), OutageReason.PESTS)),
            [("free", 1), ("out_of_service", 2)] + [("free", 1)] * 4,
        ),
        (bed(Void(VoidKind.TURNAROUND, Nights(day(0), day(1)))), [("turnaround", 1)] + [("free", 1)] * 6),
        (bed(Void(VoidKind.CLOSED, Nights(day(0)))), [("closed", 7)]),
    ],
)  # fmt: skip
def test_b05_a_bed_that_cannot_be_used_says_why(
    of: BedFacts, expected: list[tuple[str, int]]
) -> None:
    assert words(cells(of=of)) == expected


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(StayStatus),
            st.integers(-9, 9),
            st.none() | st.integers(1, 9),
            st.none() | st.integers(-2, 2),
        ),
        max_size=4,
    ),
    void=st.none() | st.tuples(st.integers(-5, 8), st.none() | st.integers(1, 4)),
)
def test_b06_a_cell_is_free_exactly_where_the_search_would_give_the_bed(
    rows: list[tuple[StayStatus, int, int | None, int | None]],
    void: tuple[int, int | None] | None,
) -> None:
    stays = [
        Stay(
            str(n), "b", str(n), str(n), status, day(first),
            None if planned is None else day(first + planned),
            day(first + (planned or 1)) if status is S.ENDED else None,
            None if held is None else NOW + timedelta(hours=held),
        )
        for n, (status, first, planned, held) in enumerate(rows)
    ]  # fmt: skip
    voids = ()
    if void is not None:
        ends = None if void[1] is None else day(void[0] + void[1])
        voids = (Void(VoidKind.OUT_OF_SERVICE, Nights(day(void[0]), ends), OutageReason.OTHER),)
    of = bed(*voids)
    found = boards.row(of, stays, {}, WEEK, NOW, TODAY)

    assert [night for cell in found for night in boards.nights_of(cell.nights)] == list(
        boards.nights_of(WEEK)
    )
    for cell in found:
        for night in boards.nights_of(cell.nights):
            wanted = Nights(night, next_night(night))
            free = bool(beds.may_be_slept_on(of, stays, wanted, NOW, TODAY))
            assert (cell.kind is K.FREE) is free


@pytest.mark.parametrize(
    ("first", "length", "expected"),
    [
        (None, 14, (0, 14)),
        (day(3), 7, (3, 7)),
        (day(3), 1000, (3, 14)),
        (day(9000), 28, (366, 28)),
        (day(-9000), 7, (-366, 7)),
        (date.max, 14, (366, 14)),
        (date.min, 14, (-366, 14)),
    ],
)
def test_a_window_is_never_longer_or_further_off_than_a_page_can_bear(
    first: date | None, length: int, expected: tuple[int, int]
) -> None:
    found = boards.window(first, length, TODAY)

    assert (found.arrival, found.count) == (day(expected[0]), expected[1])
