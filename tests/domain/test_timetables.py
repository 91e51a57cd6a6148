"""Every job has one slot a time, in summer and in winter, and no slot where the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.messages import Message
from caseflow.domain.timetables import JOBS, Timetable, last_quarter_end, week_end

ZONE = ZoneInfo("Europe/Amsterdam")
CLOCKS_GO_FORWARD, CLOCKS_GO_BACK = date(2027, 3, 28), date(2026, 10, 25)
MONDAYS = Timetable(time(6), weekday=0)
instants = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize("at", [time(2), time(2, 30), time(2, 59)])
def test_no_job_is_due_in_the_hour_in_which_the_clocks_change(at: time) -> None:
    with pytest.raises(ValueError, match="where the clocks change"):
        Timetable(at)


@pytest.mark.parametrize("day", [CLOCKS_GO_FORWARD, CLOCKS_GO_BACK])
@pytest.mark.parametrize("name", sorted(JOBS))
def test_a_day_on_which_the_clocks_change_has_each_daily_slot_once(name: str, day: date) -> None:
    timetable = JOBS[name].timetable
    midnight = datetime.combine(day, time(), ZONE)
    end = datetime.combine(day + timedelta(days=1), time(), ZONE)
    slots = {
        timetable.latest(midnight + timedelta(minutes=m), ZONE)
        for m in range(int((end.timestamp() - midnight.timestamp()) // 60))
    }
    today = [slot for slot in slots if slot.astimezone(ZONE).date() == day]

    assert len(today) == (1 if timetable.includes(day) else 0)
    assert all(slot.astimezone(ZONE).time() == timetable.at for slot in today)


@given(now=instants, name=st.sampled_from(sorted(JOBS)))
def test_now_lies_between_the_latest_slot_and_the_next(now: datetime, name: str) -> None:
    timetable = JOBS[name].timetable
    latest, following = timetable.latest(now, ZONE), timetable.next(now, ZONE)

    assert latest <= now < following
    assert timetable.latest(following, ZONE) == following
    assert timetable.next(latest, ZONE) == following


def test_a_timetable_without_a_slot_in_a_year_is_told() -> None:
    with pytest.raises(LookupError, match="within a year"):
        Timetable(time(6), day_of_month=31, months=frozenset({2})).latest(
            datetime(2026, 11, 22, tzinfo=UTC), ZONE
        )


def test_the_weekly_list_is_due_on_monday_at_six_in_summer_and_in_winter() -> None:
    assert MONDAYS.slot_on(date(2026, 11, 23), ZONE) == datetime(2026, 11, 23, 5, tzinfo=UTC)
    assert MONDAYS.slot_on(date(2026, 7, 6), ZONE) == datetime(2026, 7, 6, 4, tzinfo=UTC)
    assert str(MONDAYS.words) == "Every Monday at 06:00"


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2027, 1, 5), date(2026, 12, 31)),
        (date(2026, 4, 5), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2025, 12, 31)),
        (date(2026, 11, 22), date(2026, 9, 30)),
    ],
)
def test_the_last_quarter_is_the_one_that_is_over(day: date, end: date) -> None:
    assert last_quarter_end(day) == end


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_week_of_a_list_ends_on_the_monday_after_it(day: date) -> None:
    end = week_end(day)

    assert end.weekday() == 0
    assert timedelta(0) < end - day <= timedelta(days=7)


def test_every_job_says_what_it_does_and_when() -> None:
    for name, job in JOBS.items():
        assert name == job.name
        assert all(isinstance(one, Message) for one in (job.title, job.about, job.timetable.words))
        assert len(name) <= 48
