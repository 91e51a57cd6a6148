"""What a hold, another departure, an earlier arrival and a swap ask for, and the sentence where they are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from caseflow.domain import holds, placements, swaps
from caseflow.domain.placements import Stay, StayStatus

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
S = StayStatus


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def stay(
    status: StayStatus = S.BEGUN,
    first: int = -3,
    planned: int | None = None,
    *,
    who: str = "A",
    held: int | None = None,
) -> Stay:
    ends = None if planned is None else day(planned)
    left = day(first + 1) if status is S.ENDED else None
    moment = None if held is None else NOW + timedelta(hours=held)
    return Stay(who, f"bed-{who}", who, who, status, day(first), ends, left, moment)


def said(answer: object) -> str:
    return str(getattr(answer, "reason", ""))


@pytest.mark.parametrize(
    ("arrival", "hours", "sentence"),
    [
        (0, 1, ""),
        (3, 14 * 24, ""),
        (-1, 1, "A bed is held for a night to come"),
        (0, 0, "The hold would be over already"),
        (0, -5, "The hold would be over already"),
        (0, 14 * 24 + 1, "A bed is held for at most 14 days"),
    ],
)
def test_b05_a_bed_is_held_for_a_night_to_come_until_a_moment_that_is_near(
    arrival: int, hours: int, sentence: str
) -> None:
    answer = holds.may_hold(day(arrival), NOW + timedelta(hours=hours), NOW, TODAY)

    assert (bool(answer), said(answer).startswith(sentence)) == (not sentence, True)


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (stay(S.HELD, 0, held=1), ""),
        (stay(S.HELD, 0, held=0), "This hold has run out"),
        (stay(S.LAPSED, 0, held=-1), "This hold has run out"),
        (stay(S.BOOKED, 0), "This bed is not held any more"),
        (stay(S.BEGUN), "This bed is not held any more"),
        (stay(S.CANCELLED), "This stay is over"),
    ],
)
def test_b05_only_a_hold_that_still_holds_can_be_booked_or_lengthened(
    one: Stay, sentence: str
) -> None:
    answer = holds.may_change(one, NOW)

    assert (bool(answer), said(answer).startswith(sentence)) == (not sentence, True)


@pytest.mark.parametrize(
    ("one", "departure", "sentence"),
    [
        (stay(), 1, ""),
        (stay(planned=2), None, ""),
        (stay(planned=-1), 4, ""),
        (stay(S.BOOKED, 5), 6, ""),
        (stay(), 0, "The planned departure lies after today"),
        (stay(S.BOOKED, 5), 5, "The departure comes after the arrival"),
        (stay(S.BOOKED, 5), 4, "The departure comes after the arrival"),
        (stay(planned=2), 2, "This is the departure that is planned already"),
        (stay(S.ENDED), 3, "This stay is over"),
        (stay(S.MISTAKEN), 3, "This stay is over"),
    ],
)
def test_b02_another_departure_is_planned_for_nights_that_are_not_over(
    one: Stay, departure: int | None, sentence: str
) -> None:
    wanted = None if departure is None else day(departure)
    answer = placements.may_replan(one, wanted, TODAY)

    assert (bool(answer), said(answer).startswith(sentence)) == (not sentence, True)


@pytest.mark.parametrize(
    ("on", "further", "sentence"),
    [
        (-7, False, ""),
        (-8, False, "This can be recorded up to 7 days back"),
        (-8, True, ""),
        (-400, True, ""),
        (1, True, "23-11-2026 lies in the future"),
    ],
)
def test_b14_further_back_than_a_week_needs_a_permission(
    on: int, further: bool, sentence: str
) -> None:
    answer = placements.may_backdate(day(on), TODAY, further=further)

    assert bool(answer) is not bool(sentence)
    assert sentence.split(" ", 1)[-1] in said(answer)


@pytest.mark.parametrize(
    ("one", "arrival", "sentence"),
    [
        (stay(first=-3), -40, ""),
        (stay(first=-3), -3, "The stay began on"),
        (stay(S.BOOKED, 3), -3, "This stay has not begun yet"),
        (stay(S.ENDED), -9, "This stay is over"),
    ],
)
def test_b14_only_a_begun_stay_can_be_found_to_have_begun_earlier(
    one: Stay, arrival: int, sentence: str
) -> None:
    answer = placements.may_begin_earlier(one, day(arrival), TODAY)

    assert (bool(answer), said(answer).startswith(sentence)) == (not sentence, True)


@pytest.mark.parametrize(
    ("one", "other", "on", "sentence"),
    [
        (stay(), stay(who="B"), 0, ""),
        (stay(), stay(who="B", first=-1), -1, ""),
        (stay(planned=1), stay(who="B", planned=9), 0, ""),
        (stay(), stay(), 0, "A bed is swapped with somebody else's"),
        (stay(), stay(who="B", first=-1), -2, "The stay began on"),
        (stay(), stay(S.BOOKED, 3, who="B"), 0, "This stay has not begun yet"),
        (stay(), stay(S.ENDED, who="B"), 0, "This stay is over"),
        (stay(), stay(who="B"), 1, "23-11-2026 lies in the future"),
        (stay(first=-30), stay(who="B", first=-30), -8, "This can be recorded up to 7 days back"),
        (stay(planned=-1), stay(who="B"), 0, "A departure was planned on"),
        (stay(), stay(who="B", planned=0), 0, "A departure was planned on"),
    ],
)
def test_b07_a_swap_asks_both_sides(one: Stay, other: Stay, on: int, sentence: str) -> None:
    answer = swaps.may_swap(one, other, day(on), TODAY)

    assert bool(answer) is not bool(sentence)
    assert sentence.split(" ", 1)[-1] in said(answer)
