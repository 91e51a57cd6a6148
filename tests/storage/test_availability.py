"""The one query of availability answers what a walk over every night answers (rule B6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from caseflow.domain import beds as rules
from caseflow.domain.nights import Nights
from caseflow.domain.placements import NOT_YET_BEGUN, Stay, StayStatus
from caseflow.storage import availability
from caseflow.storage.models.bases import CaseworkBase
from caseflow.storage.models.shelter import Bed, Placement, Room, Site
from caseflow.storage.models.sites import OutOfService, PlaceMark

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(StayStatus),
        st.integers(-9, 9),
        st.none() | st.integers(1, 9),
        st.integers(0, 9),
        st.none() | st.integers(-2, 2),
    ),
    max_size=5,
)


@pytest.fixture(scope="module")
def unguarded() -> Engine:
    """The tables in memory without the triggers: here the query is asked about rows they would refuse."""
    engine = create_engine("sqlite://")
    models = (Site, Room, Bed, Placement, OutOfService, PlaceMark)
    tables = [model.__table__ for model in models]
    CaseworkBase.metadata.create_all(engine, tables=tables)
    with Session(engine, info={"writes": True}) as session:
        for site, organisation in (("s", "de-haven"), ("t", "het-kompas")):
            session.add(
                Site(id=site, organisation=organisation, name=site, kind="night", valid_from=TODAY)
            )
            session.add(Room(id=site, site_id=site, name="Room 10", valid_from=TODAY))
            session.add(Room(id=site + "2", site_id=site, name="Room 2", valid_from=TODAY))
            session.add(Bed(id=site, room_id=site, name="10.1", valid_from=TODAY))
            session.add(Bed(id=site + "2", room_id=site + "2", name="2.1", valid_from=TODAY))
        session.commit()
    return engine


def placement(
    bed: int, status: StayStatus, arrival: int, planned: int | None, slept: int, held: int | None
) -> Placement:
    first = TODAY + timedelta(days=arrival)
    return Placement(
        bed_id=("s", "s2")[bed],
        client_code="code",
        case_id="case",
        status=status.value,
        arrival_on=first,
        planned_departure_on=None if planned is None else first + timedelta(days=planned),
        departure_on=first + timedelta(days=slept) if status is StayStatus.ENDED else None,
        hold_ends_at=None if held is None else NOW + timedelta(hours=held),
        recorded_by="kofi",
        recorded_at=NOW,
        changed_at=NOW,
        change_id="change",
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS, arrival=st.integers(-9, 9), length=st.none() | st.integers(1, 9))
def test_b06_the_query_finds_exactly_the_stays_that_take_a_wanted_night(
    unguarded: Engine,
    rows: list[tuple[int, StayStatus, int, int | None, int, int | None]],
    arrival: int,
    length: int | None,
) -> None:
    first = TODAY + timedelta(days=arrival)
    wanted = Nights(first, None if length is None else first + timedelta(days=length))
    with Session(unguarded, info={"writes": True}) as session:
        kept = [placement(*row) for row in rows]
        session.add_all(kept)
        session.flush()
        known = [availability.stay_of(one) for one in kept]
        found = availability.beds(session, wanted, NOW, TODAY, organisation="de-haven")
        expected = availability.expected(session, NOW, TODAY, organisation="de-haven")
        session.rollback()

    def takes(stay: Stay) -> bool:
        taken = stay.taken(NOW, TODAY)
        nights = (first + timedelta(days=n) for n in range(length or 60))
        return taken is not None and any(taken.covers(night) for night in nights)

    for one in found:
        assert {stay.id for stay in one.stays} == {
            stay.id for stay in known if stay.bed_id == one.bed.id and takes(stay)
        }
        bed = rules.may_be_slept_on(one.bed, one.stays, wanted, NOW, TODAY)
        assert bool(bed) is (not one.stays and one.bed.open_from <= first)
    assert {stay.id for _, stay in expected} == {
        stay.id
        for stay in known
        if stay.status in NOT_YET_BEGUN
        and stay.arrival_on <= TODAY
        and (stay.status is StayStatus.BOOKED or not _ran_out(stay))
    }


def _ran_out(stay: Stay) -> bool:
    return stay.hold_ends_at is not None and stay.hold_ends_at <= NOW


OUTAGES = st.lists(
    st.tuples(
        st.sampled_from(("bed", "room", "site")),
        st.integers(-9, 9),
        st.none() | st.integers(1, 9),
        st.none() | st.integers(0, 9),
        st.sampled_from(("counts", "mistaken", "replaced")),
    ),
    max_size=3,
)
PLACE = {
    "bed": {"bed_id": "s2"},
    "room": {"room_id": "s2"},
    "site": {},
}


def outage(
    place: str, first: int, expected: int | None, ended: int | None, state: str
) -> OutOfService:
    begins = TODAY + timedelta(days=first)
    return OutOfService(
        outage_id=f"{place}{first}",
        site_id="s",
        reason="repair",
        from_on=begins,
        expected_until_on=None if expected is None else begins + timedelta(days=expected),
        until_on=None if ended is None else begins + timedelta(days=ended),
        mistaken=state == "mistaken",
        replaced_at=NOW if state == "replaced" else None,
        recorded_by="kofi",
        recorded_at=NOW,
        change_id="change",
        **PLACE[place],
    )


HISTORY: Final = {
    "rows": ROWS,
    "outages": OUTAGES,
    "gap": st.integers(0, 3),
    "arrival": st.integers(-9, 9),
    "length": st.none() | st.integers(1, 9),
}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(**HISTORY)
@example(rows=[(1, StayStatus.BOOKED, 5, 3, 0, None)], outages=[], gap=2, arrival=9, length=1)
@example(rows=[(1, StayStatus.BOOKED, 5, 3, 0, None)], outages=[], gap=2, arrival=3, length=1)
@example(
    rows=[],
    outages=[("bed", 0, None, None, "replaced"), ("site", 0, 3, None, "mistaken")],
    gap=0,
    arrival=1,
    length=1,
)
def test_b06_outages_closures_and_cleaning_count_in_the_query_as_in_a_walk_over_the_nights(
    unguarded: Engine, **history: Any
) -> None:
    walked(unguarded, **history)


@pytest.mark.full
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(**HISTORY)
def test_b06_a_thousand_random_histories_agree_with_a_walk_over_the_nights(
    unguarded: Engine, **history: Any
) -> None:
    walked(unguarded, **history)


def walked(
    unguarded: Engine,
    rows: list[tuple[int, StayStatus, int, int | None, int, int | None]],
    outages: list[tuple[str, int, int | None, int | None, str]],
    gap: int,
    arrival: int,
    length: int | None,
) -> None:
    first = TODAY + timedelta(days=arrival)
    wanted = Nights(first, None if length is None else first + timedelta(days=length))
    with Session(unguarded, info={"writes": True}) as session:
        session.get_one(Site, "s").turnaround_nights = gap
        kept = [placement(*row) for row in rows]
        session.add_all([*kept, *(outage(*one) for one in outages)])
        session.flush()
        stays = [availability.stay_of(one) for one in kept if one.bed_id == "s2"]
        found = availability.beds(session, wanted, NOW, TODAY, bed_ids=["s2"])
        session.rollback()
    empty = _nights_without_anybody(stays, outages, gap)

    (one,) = found
    decided = rules.may_be_slept_on(one.bed, one.stays, wanted, NOW, TODAY)
    nights = [first + timedelta(days=n) for n in range(length or 60)]
    assert bool(decided) is (first >= TODAY and not empty.intersection(nights))


def _nights_without_anybody(
    stays: list[Stay], outages: list[tuple[str, int, int | None, int | None, str]], gap: int
) -> set[date]:
    """Walks over every night of half a year: on which of them this bed can be given to nobody."""
    every = [TODAY + timedelta(days=n) for n in range(-30, 150)]
    shut: set[date] = set()
    for stay in stays:
        taken = stay.taken(NOW, TODAY)
        slept = {night for night in every if taken is not None and taken.covers(night)}
        shut |= slept
        for night in slept:
            shut |= {night + timedelta(days=n) for n in range(-gap, gap + 1)}
    for _, begins, expected, ended, state in outages:
        if state != "counts":
            continue
        begin = TODAY + timedelta(days=begins)
        for night in every:
            if night < begin or (ended is not None and night >= begin + timedelta(days=ended)):
                continue
            planned = None if expected is None else begin + timedelta(days=expected)
            over = ended is None and planned is not None and planned <= night
            if over and planned is not None and (planned > TODAY or night > TODAY == planned):
                continue
            shut.add(night)
    return shut


def test_b09_the_newest_mark_for_a_night_counts(unguarded: Engine) -> None:
    def mark(holds: bool, on: int, **place: str) -> PlaceMark:
        return PlaceMark(
            kind="pets",
            holds=holds,
            from_on=TODAY + timedelta(days=on),
            recorded_by="kofi",
            recorded_at=NOW,
            change_id="change",
            **place,
        )

    def pets(session: Session, on: int) -> list[str]:
        found = availability.beds(
            session, Nights(TODAY + timedelta(days=on)), NOW, TODAY, site_ids=["s"]
        )
        return [one.bed.id for one in found if one.bed.marks]

    with Session(unguarded, info={"writes": True}) as session:
        session.add_all([mark(True, 0, room_id="s2"), mark(False, 5, room_id="s2")])
        session.add(mark(True, 3, bed_id="s"))
        session.flush()
        on = {day: pets(session, day) for day in (-1, 0, 4, 5)}
        session.rollback()

    assert on == {-1: [], 0: ["s2"], 4: ["s2", "s"], 5: ["s"]}


def test_a_room_is_asked_for_by_one_of_its_beds(unguarded: Engine) -> None:
    with Session(unguarded, info={"writes": True}) as session:
        session.add(Bed(id="s3", room_id="s2", name="2.2", valid_from=TODAY))
        session.flush()
        found = availability.beds(session, Nights(TODAY), NOW, TODAY, room_of="s2")
        session.rollback()

    assert [(one.bed.id, one.bed.beds_in_room) for one in found] == [("s2", 2), ("s3", 2)]


def test_rooms_come_in_the_order_in_which_people_count(unguarded: Engine) -> None:
    with Session(unguarded, info={"writes": True}) as session:
        found = availability.beds(session, Nights(TODAY), NOW, TODAY, site_ids={"s"})

    assert [one.bed.room for one in found] == ["Room 2", "Room 10"]


def test_no_sites_are_no_beds_and_not_all_beds(unguarded: Engine) -> None:
    with Session(unguarded, info={"writes": True}) as session:
        assert availability.beds(session, Nights(TODAY), NOW, TODAY, site_ids=frozenset()) == ()
        assert len(availability.beds(session, Nights(TODAY), NOW, TODAY)) == 4
