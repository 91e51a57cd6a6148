"""The clock: instants in UTC, days in local time, and a time that tests can hold still."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from caseflow import clock
from caseflow.domain.local_days import InstantWithoutZone, local


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_half_past_midnight_in_a_summer_night_is_already_the_new_day() -> None:
    with clock.fixed(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 2)


def test_in_winter_the_same_hour_still_belongs_to_the_old_day() -> None:
    with clock.fixed(datetime(2026, 1, 1, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 1, 1)


def test_a_fixed_clock_stands_still_for_every_thread_and_runs_again_afterwards() -> None:
    instant = datetime(2024, 8, 31, 12, tzinfo=UTC)
    seen: list[datetime] = []
    with clock.fixed(instant):
        reader = Thread(target=lambda: seen.append(clock.now()))
        reader.start()
        reader.join()

    assert seen == [instant]
    assert clock.now() > instant


def test_a_fixed_clock_inside_another_gives_the_outer_time_back() -> None:
    outer, inner = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    with clock.fixed(outer):
        with pytest.raises(RuntimeError), clock.fixed(inner):
            raise RuntimeError
        assert clock.now() == outer


def test_a_fixed_clock_can_be_moved_on_and_a_running_one_cannot() -> None:
    with clock.fixed(datetime(2024, 2, 28, tzinfo=UTC)):
        clock.pass_time(timedelta(days=1))
        assert clock.today() == date(2024, 2, 29)
    with pytest.raises(clock.ClockIsRunning):
        clock.pass_time(timedelta(days=1))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InstantWithoutZone), clock.fixed(datetime(2024, 1, 1)):
        pass
    with pytest.raises(InstantWithoutZone):
        local(datetime(2024, 1, 1))
