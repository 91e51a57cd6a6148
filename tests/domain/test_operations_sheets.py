"""The operations sheet: no small site is told alone, no head count can be worked out, and nothing is rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from random import Random

import pytest

from caseflow.domain import operations_sheets, sheet_blocks
from caseflow.domain.bed_night_prices import FundedPlaces
from caseflow.domain.bed_night_statements import SMALL_SITE
from caseflow.domain.bed_nights import BedNight, CountedBed, NightState, nights_of
from caseflow.domain.costs import CostKind
from caseflow.domain.daily_services import Month, ServiceKind
from caseflow.domain.nights import Nights
from caseflow.domain.operations_sheets import Sheet, may_make, occupancy
from caseflow.domain.pay_outs import Period
from caseflow.domain.sheet_blocks import Block, SheetSite, SiteMonth, blocks, numbers
from caseflow.domain.sheet_money import (
    BookedCost,
    CostLine,
    PaidAllowance,
    SheetMoney,
    printed_allowances,
    printed_costs,
    together,
)

OCTOBER = Month(date(2026, 10, 1))
NO_MONEY = SheetMoney(None)
P, Q, R = "alpha", "beta", "gamma"


def site(name: str, beds: int, *programmes: str, kind: str = "full_day") -> SheetSite:
    return SheetSite(name, (kind,), frozenset(programmes), beds)


GROUPED: list[tuple[str, list[SheetSite], list[set[str]]]] = [
    ("a large site stands alone", [site("a", 20, P)], [{"a"}]),
    ("a small one with others of its kind", [site("a", 12, P), site("b", 8, P)], [{"a", "b"}]),
    ("one small site is told nowhere", [site("a", 19, P)], []),
    ("small kinds stand together",
     [site("a", 30, P), site("b", 12, P, kind="women"), site("c", 9, P, kind="family")], [{"b", "c"}, {"a"}]),
    ("a small kind joins the smallest other where nothing else is left",
     [site("a", 30, P), site("b", 25, P, kind="night"), site("c", 9, P, kind="family")], [{"a"}, {"b", "c"}]),
    ("what one sheet has more than another is 20 beds or nothing",
     [site("a", 30, P, Q), site("b", 9, P)], [{"a"}]),
    ("the same with enough beds", [site("a", 30, P, Q), site("b", 21, P)], [{"b"}, {"a"}]),
    ("a house that only gives out meals is small", [site("a", 0, P), site("b", 40, P)], [{"a", "b"}]),
    ("a site of no programme stands in no sheet", [site("a", 40)], []),
]  # fmt: skip


@pytest.mark.parametrize(("what", "sites", "wanted"), GROUPED, ids=[row[0] for row in GROUPED])
def test_sites_stand_together(what: str, sites: list[SheetSite], wanted: list[set[str]]) -> None:
    found = [set(one.sites) for one in blocks(sites)]
    assert sorted(found, key=sorted) == sorted(wanted, key=sorted), what


def sums(sites: Sequence[SheetSite], found: Iterable[Block]) -> list[tuple[int, ...]]:
    """Which sites every printed number adds up: of each row and each total, of each programme and each group."""
    some = list(found)
    scopes = [{P}, {Q}, {R}, {P, Q}, {P, Q, R}]
    vectors: set[tuple[int, ...]] = set()
    for scope in scopes:
        mine = [one for one in some if one.programmes & scope]
        rows: dict[tuple[str, ...], set[str]] = {}
        for one in mine:
            rows.setdefault(one.kinds, set()).update(one.sites)
        for told in (*rows.values(), {name for one in mine for name in one.sites}):
            vectors.add(tuple(int(site.id in told) for site in sites))
    return sorted(vectors)


def given_away(sites: Sequence[SheetSite], vectors: Sequence[tuple[int, ...]]) -> set[str]:
    """A brute-force attacker: adds and takes off printed numbers, and looks whether few beds are left."""
    found: set[str] = set()
    for signs in product((-1, 0, 1), repeat=len(vectors)):
        left = [
            sum(sign * vector[n] for sign, vector in zip(signs, vectors, strict=True))
            for n in range(len(sites))
        ]
        if min(left) < 0 or max(left) > 1:
            continue
        told = [site for site, is_in in zip(sites, left, strict=True) if is_in]
        if told and sum(one.beds for one in told) < SMALL_SITE:
            found |= {one.id for one in told}
    return found


def worlds() -> Iterable[list[SheetSite]]:
    random = Random(175)
    for _ in range(25):
        yield [
            site(
                f"s{n}",
                random.choice([0, 5, 8, 15, 19, 20, 30]),
                *random.sample([P, Q, R], random.randrange(1, 4)),
                kind=random.choice(["full_day", "night", "women"]),
            )
            for n in range(6)
        ]


def test_no_difference_of_printed_numbers_gives_a_small_site_away() -> None:
    attacked = 0
    for sites in worlds():
        vectors = sums(sites, blocks(sites))
        if len(vectors) > 1:
            attacked += 1
            assert given_away(sites, vectors[:9]) == set()
    assert attacked >= 20


def test_the_attacker_finds_what_a_plainer_rule_would_give_away() -> None:
    """A planted fault: small sites merged in each sheet by itself, not over all sheets at once."""
    sites = [site("a", 30, P, Q), site("b", 8, P)]
    each = [
        Block(frozenset({P}), ("full_day",), ("a", "b"), 38),
        Block(frozenset({Q}), ("full_day",), ("a",), 30),
    ]
    assert given_away(sites, sums(sites, each)) == {"b"}


def a_month() -> SiteMonth:
    beds = [
        CountedBed(f"bed-{n}", "small" if n < 5 else "large", "full_day", Nights(date(2024, 1, 1)))
        for n in range(30)
    ]
    states = [NightState.OCCUPIED] * 20 + [NightState.VOID] * 2 + [NightState.FREE] * 8
    nights = tuple(
        BedNight(bed, night, state)
        for bed, state in zip(beds, states, strict=True)
        for night in nights_of(OCTOBER)
    )
    shares = (
        FundedPlaces("large", "full_day", "fund", 10, Nights(date(2026, 1, 1), date(2026, 10, 11))),
        FundedPlaces("small", "full_day", "fund", 5, Nights(date(2026, 1, 1))),
        FundedPlaces("elsewhere", "full_day", "fund", 99, Nights(date(2026, 1, 1))),
    )
    services = {
        ("large", ServiceKind.MEAL): 900,
        ("small", ServiceKind.MEAL): 30,
        ("elsewhere", ServiceKind.MEAL): 7,
    }
    return SiteMonth(nights, shares, services)


def a_sheet(money: SheetMoney = NO_MONEY) -> Sheet:
    found = blocks([site("large", 25, P), site("small", 5, P)])
    return operations_sheets.sheet(
        OCTOBER, numbers(found, a_month(), OCTOBER.last), {P}, money
    )  # fmt: skip


def test_a_sheet_tells_places_and_nights_and_no_head_count() -> None:
    one = a_sheet()
    [row] = one.rows
    assert (row.kinds, row.sites) == (("full_day",), 2)
    assert (row.funded_places, row.funded) == (5, 5 * 31 + 10 * 10)
    assert (row.available, row.void, row.occupancy) == (28 * 31, 62, 70)
    assert one.services == {ServiceKind.MEAL: 930}
    assert one.together == row
    assert "occupied" not in operations_sheets.written(one)


def test_a_sheet_is_read_back_as_it_was_written() -> None:
    money = SheetMoney((CostLine(CostKind.TRAVEL, 12_345), CostLine(CostKind.OTHER, -5)), 99, 33)
    for one in (a_sheet(money), a_sheet(), operations_sheets.sheet(OCTOBER, (), {P}, NO_MONEY)):
        assert operations_sheets.read(operations_sheets.written(one)) == one


def test_the_blocks_of_a_month_are_read_back() -> None:
    found = blocks([site("a", 30, P, Q), site("b", 21, P), site("c", 5, P, kind="night")])
    texts = [
        operations_sheets.composition(found),
        operations_sheets.composition(found[:1]),
    ]
    assert set(operations_sheets.composed(texts)) == set(found)


@pytest.mark.parametrize("available", [1, 2, 3, 7, 28, 620, 999])
def test_every_occupancy_is_printed_within_two_and_a_half_points(available: int) -> None:
    for occupied in range(available + 1):
        shown = occupancy(occupied, available)
        assert shown is not None
        assert shown % 5 == 0
        assert abs(shown * available - 100 * occupied) * 2 <= 5 * available


def test_occupancy_of_nothing_is_not_a_number() -> None:
    assert occupancy(0, 0) is None
    with pytest.raises(ValueError, match="more nights"):
        occupancy(2, 1)


def booked(**people: int) -> list[BookedCost]:
    return [
        BookedCost(CostKind(kind), f"{kind}-{n}", 1000) for kind, some in people.items() for n in range(some)
    ]  # fmt: skip


COSTS: list[tuple[str, list[BookedCost], dict[str, int] | None]] = [
    ("kinds of five people and more stand alone", booked(travel=5, fees=6), {"travel": 5000, "fees": 6000}),
    ("one bill stands with others", booked(travel=9, medicine=1, school=4), {"travel": 9000, "other": 5000}),
    ("few of the rest take the last kind along", booked(travel=9, clothing=5, medicine=1),
     {"travel": 9000, "other": 6000}),
    ("nobody has any", [], None),
    ("four people in all are not told", booked(travel=3, medicine=1), None),
    ("one person with many bills is one person",
     [BookedCost(CostKind.TRAVEL, "one", 1000)] * 30, None),
    ("what was taken back is taken off",
     [*booked(travel=6), BookedCost(CostKind.TRAVEL, "travel-1", -1000)], {"travel": 5000}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "some", "wanted"), COSTS, ids=[row[0] for row in COSTS])
def test_costs_by_kind(what: str, some: list[BookedCost], wanted: dict[str, int] | None) -> None:
    found = printed_costs(some)
    told = None if found is None else {line.kind.value: line.cents for line in found}
    assert told == wanted, what


WEEKS = [Period(date(2026, 10, 5 + 7 * n), date(2026, 10, 12 + 7 * n)) for n in range(3)]


def recipients(number: int, cents: int = 18_000) -> list[PaidAllowance]:
    return [PaidAllowance(f"client-{n}", cents, 6_000) for n in range(number)]


def test_allowances_under_twenty_recipients_are_not_told() -> None:
    assert printed_allowances(recipients(19), WEEKS) == (None, 0)
    assert printed_allowances([], []) == (None, 0)


def test_a_total_of_allowances_is_no_head_count() -> None:
    told = {number: printed_allowances(recipients(number), WEEKS)[0] for number in range(20, 60)}
    for number, total in told.items():
        assert total is not None
        assert total % (5 * 18_000) == 0
        same = [other for other, cents in told.items() if cents == total]
        assert number in (20, 21, 22, 58, 59) or len(same) >= 5


def test_a_group_prints_nothing_that_its_members_do_not() -> None:
    one = SheetMoney((CostLine(CostKind.TRAVEL, 500), CostLine(CostKind.OTHER, 70)), 900, 90)
    other = SheetMoney((CostLine(CostKind.TRAVEL, 30),), None)
    both = together([one, other, NO_MONEY])
    assert both == SheetMoney((CostLine(CostKind.TRAVEL, 530), CostLine(CostKind.OTHER, 70)), 900, 90)  # fmt: skip
    assert together([NO_MONEY]) == NO_MONEY


TOO_SOON = [
    (date(2026, 10, 31), "not over"),
    (date(2026, 11, 7), "can still be counted"),
    (date(2026, 11, 8), ""),
]


@pytest.mark.parametrize(("today", "sentence"), TOO_SOON)
def test_a_sheet_is_made_once_its_month_is_over(today: date, sentence: str) -> None:
    allowed = may_make(OCTOBER, today)
    assert bool(allowed) is not bool(sentence)
    assert sentence in str(getattr(allowed, "reason", ""))


def test_a_correction_tells_the_difference_and_never_touches_money() -> None:
    before = a_sheet(SheetMoney(None, 500, 50))
    same = operations_sheets.corrected(before, a_sheet())
    assert same == before
    assert operations_sheets.correction(before, same) is None
    found = blocks([site("large", 25, P), site("small", 5, P)])
    known = a_month()
    fewer = sheet_blocks.SiteMonth(known.nights[:-31], known.shares, known.services)
    after = operations_sheets.sheet(OCTOBER, numbers(found, fewer, OCTOBER.last), {P}, NO_MONEY)
    told = operations_sheets.correction(before, operations_sheets.corrected(before, after))
    assert told is not None
    [row] = told.rows
    assert (row.available, row.void, row.occupancy_from, row.occupancy_to) == (-31, 0, 70, 75)
