"""Points of the waiting list: they add up, one table counts at a time, and nobody learns who stands before them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.beds import BedKind
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.configuration_tables import read_toml
from caseflow.domain.waiting import (
    Entry,
    Ground,
    OfferRefusal,
    RefusedBy,
    WaitingStep,
    WantedPlace,
    apart,
    held_until,
    is_answered_by,
    joined,
    refused_by,
)
from caseflow.domain.waiting_files import load_waiting_rules
from caseflow.domain.waiting_points import (
    Band,
    Criterion,
    WaitingRules,
    band,
    order,
    points,
)
from caseflow.domain.waiting_times import (
    StepCount,
    Waited,
    by_kind,
    by_month,
    months_until,
    wait_time,
)
from tests.architecture.sources import PROJECT

SHIPPED = PROJECT / "config" / "waiting.toml"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def entry(*grounds: Ground, wanted: WantedPlace = WantedPlace.FULL_DAY, days: int = 0) -> Entry:
    since = TODAY - timedelta(days=days)
    return Entry(wanted, frozenset(grounds), since, since)


@pytest.fixture(scope="module")
def rules() -> WaitingRules:
    return load_waiting_rules(SHIPPED)


@given(
    grounds=st.sets(st.sampled_from(Ground)),
    wanted=st.sampled_from(WantedPlace),
    days=st.integers(0, 2_000),
    has_needs=st.booleans(),
)
def test_b10_the_total_is_the_sum_of_the_lines_on_the_screen(
    rules: WaitingRules, grounds: set[Ground], wanted: WantedPlace, days: int, has_needs: bool
) -> None:
    version = rules.version_on("waterstad-lvv", TODAY)

    told = points(version, entry(*grounds, wanted=wanted, days=days), has_needs, TODAY)

    assert told.total == sum(one.points for one in told.lines)
    assert all(one.points > 0 for one in told.lines)
    assert {one.value for one in grounds} <= {one.criterion.value for one in told.lines}
    listed = {one.criterion for one in told.lines}
    assert (Criterion.NEEDS in listed, Criterion.MEDICAL in listed) == (
        has_needs,
        wanted is WantedPlace.MEDICAL,
    )


@pytest.mark.parametrize(
    ("days", "given"), [(0, 0), (6, 0), (7, 1), (8, 1), (14, 2), (364, 52), (9_999, 52)]
)
def test_days_give_a_point_for_each_week_up_to_the_most(
    rules: WaitingRules, days: int, given: int
) -> None:
    version = rules.version_on("waterstad-lvv", TODAY)

    assert points(version, entry(days=days), False, TODAY).total == given


def test_nobody_waits_less_than_no_days_on_a_clock_that_went_back() -> None:
    assert entry(days=-1).days_waiting(TODAY) == 0


def test_somebody_is_asked_again_on_the_day_itself_and_not_before() -> None:
    asked = entry(days=28)

    assert [asked.is_to_be_confirmed(every, TODAY) for every in (27, 28, 29)] == [True, True, False]


def test_grounds_are_stored_in_one_order_and_read_back() -> None:
    assert joined([Ground.CHILD, Ground.STREET]) == joined([Ground.STREET, Ground.CHILD])
    assert apart(joined(Ground)) == frozenset(Ground)
    assert apart("") == apart(None) == frozenset()


def test_a_hold_ends_with_the_day_on_the_wall_whatever_the_clock_did() -> None:
    assert held_until(date(2026, 3, 29)) == datetime(2026, 3, 29, 21, 59, tzinfo=UTC)
    assert held_until(date(2026, 10, 25)) == datetime(2026, 10, 25, 22, 59, tzinfo=UTC)
    assert held_until(date(2028, 2, 29)) == datetime(2028, 2, 29, 22, 59, tzinfo=UTC)


def test_a_bed_for_the_night_answers_a_night_place_alone() -> None:
    answered = {one for one in WantedPlace if is_answered_by(one, BedKind.NIGHT)}

    assert answered == {WantedPlace.NIGHT}
    assert all(is_answered_by(one, BedKind.FULL_DAY) for one in WantedPlace)


def test_who_turned_an_offer_down_follows_from_the_reason() -> None:
    assert refused_by(OfferRefusal.NOT_REACHED) is RefusedBy.NOBODY
    no_fit = {one for one in OfferRefusal if refused_by(one) is RefusedBy.NO_FIT}
    assert no_fit == {OfferRefusal.NEEDS_NOT_MET, OfferRefusal.ROOM_DOES_NOT_FIT}


def key(total: int, days: int = 0, name: str = "a") -> tuple[int, date, datetime, str]:
    return order(entry(days=days), total, NOW, name)


def test_b10_points_come_first_then_the_day_then_the_moment_of_entry() -> None:
    later = order(entry(days=9), 40, NOW + timedelta(minutes=1), "a")
    ranked = sorted([key(0, 99), key(40, 1), key(40, 9, "b"), later])

    assert ranked == [key(40, 9, "b"), later, key(40, 1), key(0, 99)]


@pytest.mark.parametrize(
    ("before", "where"),
    [(0, Band.FRONT), (9, Band.FRONT), (10, Band.NEAR), (25, Band.MIDDLE), (50, Band.BACK)],
)
def test_b10_a_place_on_the_list_is_told_as_a_band(before: int, where: Band) -> None:
    others = [key(50, name=str(n)) for n in range(before)] + [key(1)] * 100

    assert band(key(40), others) is where


def refused(tmp_path: Path, text: str) -> str:
    path = tmp_path / "config" / "waiting.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationRefused) as told:
        load_waiting_rules(path)
    return str(told.value)


BAD_FILES = {
    "a point for what nobody may see": ('what = "street"', 'what = "nationality"', "is not known here"),
    "points without a number": ("points = 40", 'points = "many"', "must be a whole number above 0"),
    "free points": ("points = 40", "points = 4000", "must be 1000 or less"),
    "a version without a date": ("valid_from = 2026-01-01", "", "valid_from"),
    "a version without a source": ("source = {", "sauce = {", "source"),
    "the same ground twice": ('what = "unsafe"', 'what = "street"', "names the same thing twice"),
    "a usual hold longer than the longest": ("offer_days = 2 ", "offer_days = 8 ", "must not be longer"),
    "a key nobody knows": ("ask_again_days = 28", "ask_agian_days = 28", "ask_again_days"),
    "days without a length": ("every_days = 7", "", "every_days"),
    "nothing for all others": ('id = "2026-1"', 'id = "2026-1"\nprogrammes = ["a"]', "for all the others"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_says_nonsense_is_refused(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert before in text

    assert said in refused(tmp_path, text.replace(before, after, 1))


def test_two_tables_of_points_never_count_at_once(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    second = text[text.index("[[version]]") :].replace("2026-1", "2027-1", 1)

    assert "overlaps another" in refused(tmp_path, text + second)


def test_a_table_that_names_a_programme_counts_before_one_for_all(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    own = text[text.index("[[version]]") :].replace(
        'id = "2026-1"', 'id = "own"\nprogrammes = ["waterstad-bbb"]', 1
    )
    path = tmp_path / "waiting.toml"
    path.write_text(text + own, encoding="utf-8")
    rules = load_waiting_rules(path)

    found = [rules.version_on(one, TODAY).id for one in ("waterstad-bbb", "waterstad-lvv")]
    assert found == ["own", "2026-1"]
    assert rules.version_on("waterstad-lvv", date(2020, 1, 1)).id == "2026-1"


def test_the_shipped_table_says_that_nobody_confirmed_it_yet() -> None:
    content: dict[str, Any] = read_toml(SHIPPED)[0]

    assert all(one["confirmed"] is False for one in content["version"])


@pytest.mark.parametrize(
    ("days", "found"),
    [([], (0, None, None)), ([4], (1, 4, 4)), ([1, 2], (2, 2, 2)), ([0, 0, 9], (3, 0, 9))],
)
def test_a_wait_time_is_the_median_and_the_longest(
    days: list[int], found: tuple[int, int | None, int | None]
) -> None:
    told = wait_time(days)

    assert (told.people, told.median_days, told.longest_days) == found


def test_wait_times_are_told_by_kind_of_place() -> None:
    told = by_kind([Waited(WantedPlace.NIGHT, 3), Waited(WantedPlace.WOMEN, 9)])

    assert {kind: one.longest_days for kind, one in told.items()} == {
        WantedPlace.NIGHT: 3,
        WantedPlace.WOMEN: 9,
    }


def test_b10_no_bed_and_no_suitable_bed_are_counted_apart_by_month() -> None:
    this, before = date(2026, 11, 1), date(2026, 10, 1)
    counts = [
        StepCount(this, WaitingStep.NO_BED, None, 4),
        StepCount(this, WaitingStep.NO_SUITABLE_BED, None, 3),
        StepCount(this, WaitingStep.REFUSED, "too_far", 2),
        StepCount(this, WaitingStep.REFUSED, "not_said", 1),
        StepCount(this, WaitingStep.REFUSED, "needs_not_met", 5),
        StepCount(this, WaitingStep.REFUSED, "not_reached", 7),
        StepCount(before, WaitingStep.ENTERED, None, 6),
    ]

    november, october = by_month(counts, (this, before))

    assert (november.no_bed, november.no_suitable_bed) == (4, 3)
    assert (november.refused_by_person, november.did_not_fit) == (3, 5)
    assert (october.asked, october.no_bed) == (6, 0)


def test_twelve_months_end_with_this_one_whatever_the_year() -> None:
    months = months_until(date(2027, 2, 28))

    assert (months[0], months[1], months[-1], len(months)) == (
        date(2027, 2, 1),
        date(2027, 1, 1),
        date(2026, 3, 1),
        12,
    )
