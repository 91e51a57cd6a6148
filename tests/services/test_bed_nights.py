"""Statements of bed-nights: what is counted from the rows of the store, who fixes and who reads them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.bed_nights import NightCount, counted
from caseflow.domain.daily_services import Month
from caseflow.domain.decisions import Refused
from caseflow.services import bed_nights
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Client
from caseflow.storage.models.presences import NightLedger
from caseflow.storage.models.shelter import Absence, Bed, Placement, Room, Site
from caseflow.storage.models.sites import OutOfService, PlaceMark
from tests import builders, cast
from tests.cast import Colleague
from tests.services import bed_night_worlds as world
from tests.services.bed_night_worlds import FENNA, FIEN, FLOOR, OCTOBER

A, B = "havenhuis-room-1-bed-1", "havenhuis-room-1-bed-2"


@pytest.fixture(autouse=True)
def staff(sealed_house: House) -> Iterator[None]:
    builders.hire(sealed_house, *world.STAFF)
    with clock.fixed(cast.NOW):
        yield


def day(number: int, month: int = 10) -> date:
    return date(2026, month, number)


def test_the_nights_of_a_month_are_counted_from_the_rows(sealed_house: House) -> None:
    world.opened(sealed_house)
    for number in (1, 2, 3, 4):
        world.client(sealed_house, number, is_test=number == 4)
    world.slept(sealed_house, A, 1, day(25, 9), day(11))
    world.slept(sealed_house, A, 2, day(11), None)
    world.slept(sealed_house, B, 3, day(1), day(6), "booked")
    world.slept(sealed_house, "havenhuis-room-1-bed-3", 4, day(1), None)
    world.away(sealed_house, 2, day(20), day(25))
    world.out_of_service(
        sealed_house, "havenhuis", day(30), day(4, 11), bed_id="havenhuis-room-1-bed-5"
    )

    view = world.month_of(sealed_house)

    [row] = view.statement.rows
    assert row.count == NightCount(26, 10, 2, 25 * 31 - 38)
    [part] = row.parts
    assert (part.funder, part.funded, part.paid, part.cents) == ("municipality", 124, 124, 775_000)
    assert (view.number, view.organisation.id, view.may_fix) == (1, "de-haven", True)


def test_a_cancelled_mistaken_or_lapsed_stay_counts_for_nothing(sealed_house: House) -> None:
    world.opened(sealed_house)
    for number, status in enumerate(("cancelled", "mistaken", "lapsed"), start=1):
        world.client(sealed_house, number)
        world.slept(sealed_house, A, number, day(3 * number), day(3 * number + 2), status)
    [row] = world.month_of(sealed_house).statement.rows
    assert row.count == NightCount(free=25 * 31)


def test_nights_without_a_round_are_told_and_those_in_the_ledger_are_not(
    sealed_house: House,
) -> None:
    world.opened(sealed_house)
    assert len(world.month_of(sealed_house).statement.without_round) == 31
    with builders.casework(sealed_house) as session:
        for number in range(1, 31):
            session.add(
                NightLedger(
                    site_id="havenhuis", night=day(number), bed_kind="full_day", there=0, announced=0,
                    not_there=0, unrecorded=0, digest="x", frozen_at=cast.NOW, change_id="invented",
                )
            )  # fmt: skip
    assert world.month_of(sealed_house).statement.without_round == (day(31),)


def test_a_fixed_statement_never_changes_and_a_following_one_puts_right(
    sealed_house: House,
) -> None:
    world.opened(sealed_house)
    world.client(sealed_house, 1)
    first = world.fixed(sealed_house)
    same = world.month_of(sealed_house).fingerprint
    nothing = bed_nights.fix(FIEN.actor(), "de-haven", OCTOBER, same, cast.NOW)
    assert isinstance(nothing, Refused)
    assert "Nothing changed since statement 1" in str(nothing.reason)

    world.slept(sealed_house, A, 1, day(1), day(11))
    second = world.fixed(sealed_house)

    before = bed_nights.statement(FIEN.actor(), first, cast.NOW)
    after = bed_nights.statement(FIEN.actor(), second, cast.NOW)
    assert before.statement.rows[0].count.occupied == 0
    assert (before.following_id, after.number) == (second, 2)
    assert after.change is not None
    assert (after.change.before_id, after.change.count) == (first, NightCount(10, free=-10))
    lines = bed_nights.statements(FIEN.actor(), cast.NOW).lines
    assert [(one.id, one.is_newest) for one in lines] == [(second, True), (first, False)]


def test_what_changed_since_the_preview_is_looked_at_again(sealed_house: House) -> None:
    world.opened(sealed_house)
    seen = world.month_of(sealed_house).fingerprint
    world.client(sealed_house, 1)
    world.slept(sealed_house, A, 1, day(1), None)
    answer = bed_nights.fix(FIEN.actor(), "de-haven", OCTOBER, seen, cast.NOW)
    assert answer == bed_nights.CHANGED
    assert not bed_nights.statements(FIEN.actor(), cast.NOW).lines


@pytest.mark.parametrize("act", ["UPDATE bed_night_statements SET content = 'x'", "DELETE FROM bed_night_statements",
    "INSERT OR REPLACE INTO bed_night_statements SELECT * FROM bed_night_statements"])  # fmt: skip
def test_the_store_keeps_a_statement_whoever_asks(sealed_house: House, act: str) -> None:
    world.opened(sealed_house)
    world.fixed(sealed_house)
    with pytest.raises(DatabaseError), builders.casework(sealed_house) as session:
        session.execute(text(act))


BAD: list[tuple[str, Month, str]] = [
    ("this month", Month(date(2026, 11, 1)), "not over"),
    ("a month to come", Month(date(2027, 1, 1)), "not over"),
    ("years ago", Month(date(2020, 1, 1)), "too long ago"),
]


@pytest.mark.parametrize(("sentence", "month", "why"), BAD, ids=[c[0] for c in BAD])
def test_a_month_that_cannot_be_stated_is_refused(
    sealed_house: House, sentence: str, month: Month, why: str
) -> None:
    world.opened(sealed_house)
    for answer in (
        bed_nights.preview(FIEN.actor(), "de-haven", month, cast.NOW),
        bed_nights.fix(FIEN.actor(), "de-haven", month, "seen", cast.NOW),
    ):
        assert isinstance(answer, Refused), sentence
        assert why in str(answer.reason)


def test_one_small_site_has_no_statement(sealed_house: House) -> None:
    world.opened(sealed_house, beds=19)
    answer = bed_nights.preview(FIEN.actor(), "de-haven", OCTOBER, cast.NOW)
    assert isinstance(answer, Refused)
    assert "fewer than 20 beds" in str(answer.reason)


WHO: list[tuple[str, Colleague, bool, bool, bool]] = [
    # who, previews, fixes, reads what was fixed
    ("finance of the house", FIEN, True, True, True),
    ("its coordinator checks", cast.KOFI, True, False, True),
    ("its privacy officer reads what was fixed", cast.PETRA, False, False, True),
    ("finance of the city reads what was fixed", FENNA, False, False, True),
    ("a coordinator of another house", cast.JORIS, False, False, False),
    ("a team lead", cast.LENA, False, False, False),
    ("a funder", cast.FEMKE, False, False, False),
    ("an accountant without a session", world.AXEL, False, False, False),
    ("an administrator", cast.ADA, False, False, False),
]


@pytest.mark.parametrize(
    ("who", "colleague", "previews", "fixes", "reads"), WHO, ids=[c[0] for c in WHO]
)
def test_who_may_work_out_fix_and_read(
    sealed_house: House, who: str, colleague: Colleague, previews: bool, fixes: bool, reads: bool
) -> None:
    world.opened(sealed_house)
    statement = world.fixed(sealed_house, OCTOBER)
    september, actor = OCTOBER.previous, colleague.actor()
    seen = world.month_of(sealed_house, september).fingerprint

    def may(act: object) -> bool:
        try:
            act()  # type: ignore[operator]
        except NotKnown:
            return False
        return True

    assert may(lambda: bed_nights.preview(actor, "de-haven", OCTOBER, cast.NOW)) == previews, who
    assert may(lambda: bed_nights.statement(actor, statement, cast.NOW)) == reads, who
    assert may(lambda: bed_nights.fix(actor, "de-haven", september, seen, cast.NOW)) == fixes, who


def test_finance_of_another_house_of_the_programme_reads_nothing_of_this_one(
    sealed_house: House,
) -> None:
    world.opened(sealed_house)
    statement = world.fixed(sealed_house)
    for act in (
        lambda: bed_nights.statement(FLOOR.actor(), statement, cast.NOW),
        lambda: bed_nights.preview(FLOOR.actor(), "de-haven", OCTOBER, cast.NOW),
    ):
        with pytest.raises(NotKnown):
            act()
    assert not bed_nights.statements(FLOOR.actor(), cast.NOW).lines
    assert bed_nights.statements(FENNA.actor(), cast.NOW).makes == ()


def test_a_role_that_ended_meanwhile_fixes_nothing(sealed_house: House) -> None:
    world.opened(sealed_house)
    seen = world.month_of(sealed_house).fingerprint
    with builders.casework(sealed_house) as session:
        session.execute(delete(RoleGrant).where(RoleGrant.user_id == "fien"))
    with pytest.raises(NotKnown):
        bed_nights.fix(FIEN.actor(), "de-haven", OCTOBER, seen, cast.NOW)


def test_the_log_is_told_of_every_look_and_nobody_is_named(sealed_house: House) -> None:
    world.opened(sealed_house)
    statement = world.fixed(sealed_house)
    bed_nights.statement(FENNA.actor(), statement, cast.NOW, "csv")
    with Session(sealed_house.stores.audit) as log:
        told = [
            (one.event, json.loads(one.details))
            for one in log.scalars(select(Entry).order_by(Entry.position))
            if one.event.startswith("bed_nights") and one.stands_for != "outcome"
        ]
    month = {"organisation": "de-haven", "month": "2026-10"}
    assert told == [
        ("bed_nights_viewed", month | {"form": "preview"}),
        ("bed_nights_fixed", month),
        ("bed_nights_viewed", month | {"form": "csv"}),
    ]


# the same as a count by hand, from the rows themselves


def by_hand(house: House, month: Month) -> dict[str, Counter[str]]:
    """Reads every row and goes through the month night by night, bed by bed."""
    sheet: dict[str, Counter[str]] = {}
    with house.stores.reading() as session:
        tests = set(session.scalars(select(Client.code).where(Client.is_test.is_(True))))
        stays = [one for one in session.scalars(select(Placement)) if one.client_code not in tests]
        by_bed: dict[str, list[Placement]] = {}
        for one in stays:
            by_bed.setdefault(one.bed_id, []).append(one)
        leaves: dict[str, list[Absence]] = {}
        for leave in session.scalars(select(Absence)):
            leaves.setdefault(leave.case_id, []).append(leave)
        voids = [one for one in session.scalars(select(OutOfService)) if not one.mistaken]
        marks = sorted(session.scalars(select(PlaceMark)), key=lambda one: one.from_on)
        places = session.execute(
            select(Bed, Room, Site).join(Room, Bed.room_id == Room.id).join(Site)
        ).all()
        night = month.first
        while night < month.next.first:
            for bed, room, site in places:
                sleepers = [
                    one
                    for one in by_bed.get(bed.id, ())
                    if one.status in ("begun", "ended", "booked")
                    and one.arrival_on <= night
                    and night < (one.departure_on or one.planned_departure_on or date.max)
                ]
                assert len(sleepers) < 2
                here = all(
                    p.valid_from <= night <= (p.valid_until or date.max) for p in (bed, room, site)
                )
                void = any(
                    v.bed_id == bed.id and v.from_on <= night < (v.until_on or date.max)
                    for v in voids
                )
                gone = any(
                    leave.from_on <= night < (leave.until_on or date.max)
                    for one in sleepers
                    for leave in leaves.get(one.case_id, ())
                )
                said = [
                    mark.holds for mark in marks if mark.bed_id == bed.id and mark.from_on <= night
                ]
                came = bool(sleepers) and sleepers[0].status != "booked"
                if came and not gone:
                    column = "occupied"
                elif not here:
                    continue
                else:
                    column = "void" if void else "held" if sleepers else "free"
                if said and said[-1]:
                    column = "overflow" if column in ("occupied", "held") else ""
                sheet.setdefault(site.kind, Counter())[column] += 1
            night += timedelta(days=1)
    return sheet


def agree(house: House, seed: int, months: int) -> None:
    """A history of two sites, and so many random months of it, by the program and by hand."""
    random = Random(seed)
    beds = builders.open_site(house, "havenhuis", beds=22) + builders.open_site(
        house, "pakhuis", beds=9
    )
    with builders.casework(house) as session:
        session.get_one(Site, "pakhuis").kind = "women"
    world.history(house, random, beds, date(2026, 11, 10))
    every = [Month(date(year, month, 1)) for year in (2024, 2025, 2026) for month in range(1, 13)]
    for month in random.sample(
        [one for one in every if one.next.first <= date(2026, 11, 1)], months
    ):
        with house.stores.reading() as session:
            found = counted(bed_nights.taken(session, "de-haven", month, cast.NOW))
        hand = by_hand(house, month)
        for kind in found.kinds:
            one = found.of_kind(kind)
            told = Counter(
                occupied=one.occupied,
                held=one.held,
                void=one.void,
                free=one.free,
                overflow=one.overflow,
            )
            hand[kind].pop("", None)
            assert +told == +hand[kind], (seed, month.code, kind)


def test_fifteen_random_months_equal_a_count_by_hand_from_the_rows(sealed_house: House) -> None:
    agree(sealed_house, 1, 15)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(10, 15))
def test_a_hundred_random_months_equal_a_count_by_hand_from_the_rows(
    sealed_house: House, seed: int
) -> None:
    agree(sealed_house, seed, 20)
