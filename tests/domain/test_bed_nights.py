"""Bed-nights of a month: each night once, voids apart, money to the cent, and the same as a hand count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest

from caseflow.domain import bed_night_statements as statements
from caseflow.domain import bed_nights
from caseflow.domain.bed_night_prices import (
    FundedPlaces,
    FunderPart,
    NightPrice,
    PaidFor,
    divided,
    parts_of,
)
from caseflow.domain.bed_night_statements import Statement, may_state, stated
from caseflow.domain.bed_nights import CountedBed, NightCount, TakenNights, counted, while_held
from caseflow.domain.daily_services import Month
from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.nights import Nights
from caseflow.domain.validities import Validity

NOVEMBER = Month(date(2026, 11, 1))
OPEN = Nights(date(2020, 1, 1))
TODAY = date(2026, 12, 1)
SOURCE = Label("Besluit", "Decision")


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def bed(name: str = "a", site: str = "s", kind: str = "night", **more: object) -> CountedBed:
    return CountedBed(name, site, kind, OPEN, **more)  # type: ignore[arg-type]


def stay(
    first: int, until: int | None, *, of: str = "a", begun: bool = True, away: Iterable[Nights] = ()
) -> TakenNights:
    nights = Nights(day(first), None if until is None else day(until))
    return TakenNights(f"{of}{first}", of, nights, begun, tuple(away))


def count(
    beds: Iterable[CountedBed], stays: Iterable[TakenNights], month: Month = NOVEMBER
) -> NightCount:
    found = counted(bed_nights.bed_nights(beds, stays, bed_nights.nights_of(month)))
    return sum((found.of_kind(kind) for kind in found.kinds), NightCount())


ONE_BED: list[tuple[str, CountedBed, list[TakenNights], NightCount]] = [
    ("an empty bed is free", bed(), [], NightCount(free=30)),
    ("the night of departure is free", bed(), [stay(1, 11)], NightCount(10, free=20)),
    ("a stay of no nights counts for nothing", bed(), [stay(5, 5)], NightCount(free=30)),
    ("an open stay goes on", bed(), [stay(21, None)], NightCount(10, free=20)),
    ("a bed kept for somebody is held", bed(), [stay(1, 11, begun=False)], NightCount(0, 10, free=20)),
    ("away with the bed kept is held", bed(), [stay(1, None, away=[Nights(day(3), day(8))])],
     NightCount(25, 5)),
    ("out of service is void and not available", bed(void=(Nights(day(1), day(11)),)), [],
     NightCount(void=10, free=20)),
    ("who slept there makes a void occupied", bed(void=(Nights(day(1), day(11)),)), [stay(6, 16)],
     NightCount(10, 0, 5, 15)),
    ("a bed kept while out of service is void", bed(void=(Nights(day(1), day(11)),)),
     [stay(6, 16, begun=False)], NightCount(0, 5, 10, 15)),
    ("an overflow bed counts apart", bed(overflow=(Nights(day(1), day(11)),)), [stay(6, 16)],
     NightCount(5, free=15, overflow=5)),
    ("an outage without an end goes on", bed(void=(Nights(day(21)),)), [], NightCount(void=10, free=20)),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "one", "stays", "due"), ONE_BED, ids=[c[0] for c in ONE_BED])
def test_a_month_of_one_bed(
    sentence: str, one: CountedBed, stays: list[TakenNights], due: NightCount
) -> None:
    assert count([one], stays) == due, sentence
    assert due.available == due.occupied + due.held + due.free


def test_a_bed_counts_from_its_first_night_to_its_last() -> None:
    some = CountedBed("a", "s", "night", Nights(day(10), day(20)))
    assert count([some], [stay(12, 14)]) == NightCount(2, free=8)


def test_who_moves_counts_one_night_once() -> None:
    beds = [bed("a"), bed("b")]
    assert count(beds, [stay(1, 11), stay(11, None, of="b")]) == NightCount(30, free=30)


def test_a_change_of_the_clocks_adds_no_night() -> None:
    for month in (Month(date(2026, 3, 1)), Month(date(2026, 10, 1))):
        own = TakenNights("x", "a", OPEN, True)
        assert count([bed()], [own], month) == NightCount(31)


def test_february_of_a_leap_year_has_29_nights() -> None:
    own = TakenNights("x", "a", OPEN, True)
    assert count([bed()], [own], Month(date(2028, 2, 1))) == NightCount(29)


def test_what_held_from_a_day_on_holds_until_it_is_said_not_to() -> None:
    words = [(day(1), True), (day(9), False), (day(20), True), (day(20), False), (day(25), True)]
    assert while_held(words) == (Nights(day(1), day(9)), Nights(day(25)))


# money


def price(
    funder: str, cents: int = 100, paid_for: PaidFor = PaidFor.FUNDED, **more: date
) -> NightPrice:
    validity = Validity(more.get("first", date(2020, 1, 1)), more.get("last"))
    return NightPrice("de-haven", "night", funder, paid_for, cents, validity, SOURCE)


def share(funder: str, places: int, nights: Nights = OPEN) -> FundedPlaces:
    return FundedPlaces("s", "night", funder, places, nights)


def nights(used: int, available: int = 10, days: int = 30) -> dict[date, NightCount]:
    """Every night so many of the beds occupied."""
    return {day(n): NightCount(used, free=available - used) for n in range(1, days + 1)}


MONEY: list[tuple[str, list[FundedPlaces], list[NightPrice], list[FunderPart]]] = [
    ("each place agreed", [share("state", 4)], [price("state", 50)],
     [FunderPart("state", 120, 120, 6000)]),
    ("nights used, divided by places", [share("fund", 2), share("state", 6)],
     [price("fund", 10, PaidFor.USED), price("state", 10, PaidFor.USED)],
     [FunderPart("fund", 60, 53, 530), FunderPart("state", 180, 157, 1570)]),
    ("nobody pays more than was agreed", [share("state", 3)], [price("state", 10, PaidFor.USED)],
     [FunderPart("state", 90, 90, 900)]),
    ("nights available", [share("state", 20)], [price("state", 10, PaidFor.AVAILABLE)],
     [FunderPart("state", 600, 300, 3000)]),
    ("without a price there is no money", [share("own", 2)], [], [FunderPart("own", 60, 0, 0, 60)]),
    ("a new price counts from its day", [share("state", 1)],
     [price("state", 10, last=day(10)), price("state", 20, first=day(11))],
     [FunderPart("state", 30, 30, 10 * 10 + 20 * 20)]),
    ("a share counts from its night", [share("state", 1, Nights(day(21)))], [price("state", 10)],
     [FunderPart("state", 10, 10, 100)]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "shares", "prices", "due"), MONEY, ids=[c[0] for c in MONEY])
def test_what_falls_to_each_funder(
    sentence: str, shares: list[FundedPlaces], prices: list[NightPrice], due: list[FunderPart]
) -> None:
    assert list(parts_of("night", nights(7), shares, prices)) == due, sentence


def test_parts_always_add_up_to_the_whole() -> None:
    random = Random(7)
    for _ in range(300):
        weights = [random.randrange(9) for _ in range(random.randrange(1, 5))] + [1]
        total = random.randrange(2000)
        parts = divided(total, weights)
        assert sum(parts) == total
        assert all(
            abs(part * sum(weights) - total * weight) < sum(weights)
            for part, weight in zip(parts, weights, strict=True)
        )
    with pytest.raises(ValueError, match="there are none"):
        divided(3, [0, 0])


# rows


def sites(**beds: tuple[str, int]) -> Statement | Refused:
    """A statement of sites, each of a kind with so many beds."""
    some = [
        bed(f"{name}-{n}", name, kind) for name, (kind, size) in beds.items() for n in range(size)
    ]
    found = counted(bed_nights.bed_nights(some, [], bed_nights.nights_of(NOVEMBER)))
    return stated(NOVEMBER, found, (), ())


ROWS: list[tuple[str, dict[str, tuple[str, int]], list[tuple[str, ...]] | None]] = [
    ("a large site may stand alone", {"a": ("night", 20)}, [("night",)]),
    ("two small ones of a kind stand together", {"a": ("night", 5), "b": ("night", 5)}, [("night",)]),
    ("a small one goes into the row of its kind", {"a": ("night", 50), "b": ("night", 3)}, [("night",)]),
    ("the only small one of a kind stands with another kind",
     {"a": ("night", 50), "b": ("women", 12)}, [("night", "women")]),
    ("it goes to the smallest other row",
     {"a": ("night", 50), "b": ("full_day", 30), "c": ("women", 12)}, [("full_day", "women"), ("night",)]),
    ("two lone small ones stand together", {"a": ("medical", 6), "b": ("women", 12), "c": ("night", 40)},
     [("medical", "women"), ("night",)]),
    ("one small site has no statement", {"a": ("night", 19)}, None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "beds", "due"), ROWS, ids=[c[0] for c in ROWS])
def test_no_small_site_stands_alone(
    sentence: str, beds: dict[str, tuple[str, int]], due: list[tuple[str, ...]] | None
) -> None:
    found = sites(**beds)
    if due is None:
        assert isinstance(found, Refused), sentence
        assert "fewer than 20 beds" in str(found.reason)
    else:
        assert isinstance(found, Statement)
        assert [row.kinds for row in found.rows] == due, sentence


def test_the_guard_of_small_sites_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "SMALL_SITE", 1)
    assert isinstance(sites(a=("night", 19)), Statement)


def test_a_site_is_as_small_as_in_its_smallest_night() -> None:
    closing = [CountedBed(str(n), "s", "night", Nights(OPEN.arrival, day(3))) for n in range(20)]
    beds = [*closing, bed("stays", "s")]
    found = counted(bed_nights.bed_nights(beds, [], bed_nights.nights_of(NOVEMBER)))
    assert isinstance(stated(NOVEMBER, found, (), ()), Refused)


def test_a_site_that_is_mostly_out_of_service_is_small() -> None:
    broken = [bed(str(n), void=(OPEN,)) for n in range(30)]
    beds = [*broken, bed("one"), bed("two")]
    found = counted(bed_nights.bed_nights(beds, [], bed_nights.nights_of(NOVEMBER)))
    assert isinstance(stated(NOVEMBER, found, (), ()), Refused)


WHEN: list[tuple[str, Month, date, str | None]] = [
    ("a month is stated on the first day after it", NOVEMBER, day(1, 12), None),
    ("not on its last day", NOVEMBER, day(30), "not over"),
    ("not ahead", Month(date(2027, 3, 1)), day(1, 12), "not over"),
    ("nor years later", Month(date(2024, 11, 1)), day(1, 12), "too long ago"),
    ("two years later still", Month(date(2024, 12, 1)), day(1, 12), None),
]


@pytest.mark.parametrize(("sentence", "month", "today", "why"), WHEN, ids=[c[0] for c in WHEN])
def test_when_a_month_can_be_stated(
    sentence: str, month: Month, today: date, why: str | None
) -> None:
    allowed = may_state(month, today)
    assert bool(allowed) == (why is None), sentence
    if isinstance(allowed, Refused):
        assert why is not None
        assert why in str(allowed.reason)


def test_a_month_without_beds_has_no_statement() -> None:
    found = stated(NOVEMBER, counted([]), (), ())
    assert isinstance(found, Refused)
    assert "No bed" in str(found.reason)


def test_a_statement_is_written_and_read_back_the_same() -> None:
    found = sites(a=("night", 20), b=("women", 30))
    assert isinstance(found, Statement)
    assert statements.read(statements.written(found)) == found


def test_a_following_statement_says_what_it_changes() -> None:
    def one(occupied: int, cents: int) -> Statement:
        row = statements.StatementRow(
            ("night",),
            2,
            NightCount(occupied, free=100 - occupied),
            (FunderPart("state", 90, occupied, cents),),
        )
        return Statement(NOVEMBER, (row,))

    assert statements.differences(one(50, 500), one(47, 470)) == (
        statements.Difference("state", -3, -30),
    )
    assert statements.changed(one(50, 500), one(47, 470)) == NightCount(-3, free=3)
    assert statements.differences(one(50, 500), one(50, 500)) == ()


def test_nights_without_a_round_are_told_in_stretches() -> None:
    nights = (day(1), day(2), day(3), day(9), day(30))
    found = Statement(NOVEMBER, (), nights).stretches_without_round
    assert found == ((day(1), day(3)), (day(9), day(9)), (day(30), day(30)))


# the same as a hand count


def world(random: Random, first: date, days: int) -> tuple[list[CountedBed], list[TakenNights]]:
    """Random beds of a month with their dates, outages and marks, and stays that do not overlap on a bed."""

    def stretch() -> Nights:
        start = first + timedelta(days=random.randrange(-20, days + 5))
        open_ended = random.random() < 0.15
        return Nights(start, None if open_ended else start + timedelta(days=random.randrange(25)))

    beds, stays = [], []
    for n in range(random.randrange(20, 30)):
        kind = random.choice(["night", "women"])
        opened = first - timedelta(days=random.choice([400, 400, 400, -4, -11]))
        closed = opened + timedelta(days=random.randrange(700)) if random.random() < 0.2 else None
        void = tuple(stretch() for _ in range(random.choice([0, 0, 1, 2])))
        beside = (stretch(),) if random.random() < 0.1 else ()
        site = f"{kind}-{random.randrange(3)}"
        beds.append(CountedBed(str(n), site, kind, Nights(opened, closed), void, beside))
        night = first - timedelta(days=random.randrange(1, 30))
        while night < first + timedelta(days=days):
            night += timedelta(days=random.randrange(6))
            until = night + timedelta(days=random.randrange(1, 20))
            away = tuple(stretch() for _ in range(random.choice([0, 0, 0, 1])))
            stays.append(
                TakenNights(
                    f"{n}-{night}", str(n), Nights(night, until), random.random() < 0.85, away
                )
            )
            night = until
    return beds, stays


def by_hand(
    beds: list[CountedBed], stays: list[TakenNights], first: date, days: int
) -> dict[str, list[int]]:
    """Counts night by night as somebody with a paper would: occupied, held, void, free, overflow by kind."""
    sheet: dict[str, list[int]] = {}
    for n in range(days):
        night = first + timedelta(days=n)

        def inside(one: Nights, night: date = night) -> bool:
            return one.arrival <= night and (one.departure is None or one.departure > night)

        for each in beds:
            column = None
            sleeper = next((s for s in stays if s.bed_id == each.id and inside(s.nights)), None)
            if sleeper and sleeper.begun and not any(inside(a) for a in sleeper.away):
                column = 0
            elif inside(each.open):
                column = 2 if any(inside(v) for v in each.void) else 3 if sleeper is None else 1
            if column is None:
                continue
            line = sheet.setdefault(each.kind, [0] * 5)
            if any(inside(o) for o in each.overflow):
                line[4] += column in (0, 1)
            else:
                line[column] += 1
    return sheet


def agrees(seed: int) -> None:
    random = Random(seed)
    month = Month(date(random.randrange(2020, 2029), random.randrange(1, 13), 1))
    days = (month.next.first - month.first).days
    beds, stays = world(random, month.first, days)
    found = counted(bed_nights.bed_nights(beds, stays, bed_nights.nights_of(month)))
    sheet = by_hand(beds, stays, month.first, days)
    assert set(found.kinds) == set(sheet)
    for kind in found.kinds:
        one = found.of_kind(kind)
        assert [one.occupied, one.held, one.void, one.free, one.overflow] == sheet[kind], seed


@pytest.mark.parametrize("seed", range(15))
def test_a_random_month_equals_a_hand_count(seed: int) -> None:
    agrees(seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 200))
def test_a_hundred_random_months_equal_a_hand_count(seed: int) -> None:
    agrees(seed)


def test_a_wrong_count_is_found_by_the_hand_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Nights, "covers", lambda self, night: self.arrival <= night and (
        self.departure is None or night <= self.departure))  # fmt: skip
    with pytest.raises(AssertionError):
        agrees(3)
