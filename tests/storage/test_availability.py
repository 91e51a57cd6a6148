"""The one query of availability answers what a walk over every night answers (rule B6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from caseflow.domain import beds as rules
from caseflow.domain.nights import Nights
from caseflow.domain.placements import NOT_YET_BEGUN, Stay, StayStatus
from caseflow.storage import availability
from caseflow.storage.models.bases import CaseworkBase
from caseflow.storage.models.shelter import Bed, Placement, Room, Site

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
    tables = [model.__table__ for model in (Site, Room, Bed, Placement)]
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


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


def test_rooms_come_in_the_order_in_which_people_count(unguarded: Engine) -> None:
    with Session(unguarded, info={"writes": True}) as session:
        found = availability.beds(session, Nights(TODAY), NOW, TODAY, site_ids={"s"})

    assert [one.bed.room for one in found] == ["Room 2", "Room 10"]


def test_no_sites_are_no_beds_and_not_all_beds(unguarded: Engine) -> None:
    with Session(unguarded, info={"writes": True}) as session:
        assert availability.beds(session, Nights(TODAY), NOW, TODAY, site_ids=frozenset()) == ()
        assert len(availability.beds(session, Nights(TODAY), NOW, TODAY)) == 4
