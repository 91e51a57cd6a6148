"""Bath and bread: who counts and reads where, what is taken back, and what the log is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.daily_services import Count, Month, ServiceKind
from caseflow.domain.decisions import Refused
from caseflow.services import daily_services
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.shelter import Site
from tests import builders, cast
from tests.cast import Colleague

TODAY = date(2026, 11, 22)
NOVEMBER = Month(date(2026, 11, 1))
MEAL, SHOWER = ServiceKind.MEAL, ServiceKind.SHOWER
RIA = Colleague("ria", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
ROB = Colleague("rob", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
MANAGER = Colleague("mira", "de-haven", None, (Role.PROGRAMME_MANAGER,))
FINANCE = Colleague("fenna", "gemeente-waterstad", None, (Role.FINANCE,))
HAVENHUIS, PAKHUIS, KOMPASHUIS = "havenhuis", "pakhuis", "kompashuis"


@pytest.fixture(autouse=True)
def sites(house: House) -> Iterator[None]:
    builders.open_site(house, HAVENHUIS)
    builders.open_site(house, PAKHUIS)
    builders.open_site(house, KOMPASHUIS, "het-kompas")
    builders.hire(house, *cast.EVERYBODY, RIA, ROB, MANAGER, FINANCE)
    with clock.fixed(cast.NOW):
        yield


def tap(
    by: Colleague = RIA, site: str = HAVENHUIS, kind: ServiceKind = MEAL, minutes: int = 0
) -> None:
    later = cast.NOW + timedelta(minutes=minutes)
    assert daily_services.count(by.actor(), site, Count(kind, TODAY, 1), later) is None


def counted(by: Colleague = RIA, site: str = HAVENHUIS) -> dict[str, int]:
    """What stands on the page of a site today, without what is nought."""
    view = daily_services.today(by.actor(), site, cast.NOW)
    assert view is not None
    return {one.kind.value: one.number for one in view.counts if one.number}


def last(by: Colleague, minutes: int = 0) -> str | None:
    view = daily_services.today(by.actor(), HAVENHUIS, cast.NOW + timedelta(minutes=minutes))
    assert view is not None
    return view.last.id if view.last else None


def test_each_tap_counts_one_of_its_kind_for_everybody_at_the_site() -> None:
    tap()
    tap(by=ROB)
    tap(kind=SHOWER)
    assert counted() == counted(cast.KOFI) == {"meal": 2, "shower": 1}


@pytest.mark.parametrize(
    ("who", "counts_at", "reads"),
    [
        (RIA, {HAVENHUIS}, {HAVENHUIS}),
        (cast.KOFI, {HAVENHUIS, PAKHUIS}, {HAVENHUIS, PAKHUIS}),
        (cast.JORIS, {KOMPASHUIS}, {KOMPASHUIS}),
        (cast.LENA, set(), {HAVENHUIS, PAKHUIS}),
        (cast.NOOR, set(), {KOMPASHUIS}),
        (MANAGER, set(), {HAVENHUIS, PAKHUIS, KOMPASHUIS}),
        (FINANCE, set(), {HAVENHUIS, PAKHUIS, KOMPASHUIS}),
        (cast.AMINA, set(), set()),
        (cast.NIGHT, set(), set()),
        (cast.PETRA, set(), set()),
        (cast.FEMKE, set(), set()),
        (cast.ADA, set(), set()),
    ],
    ids=lambda one: one.id if isinstance(one, Colleague) else "",
)
def test_who_counts_where_and_who_reads_what(
    who: Colleague, counts_at: set[str], reads: set[str]
) -> None:
    for site in (HAVENHUIS, PAKHUIS, KOMPASHUIS):
        if site in counts_at:
            tap(by=who, site=site)
            assert counted(who, site) == {"meal": 1}
        else:
            with pytest.raises(NotKnown):
                tap(by=who, site=site)
            with pytest.raises(NotKnown):
                counted(who, site)
            with pytest.raises(NotKnown):
                daily_services.take_back(who.actor(), site, "any", cast.NOW)
        if site in reads:
            view = daily_services.month(who.actor(), site, NOVEMBER, cast.NOW)
            assert view is not None
            assert {one.id for one in view.sites} == reads
        else:
            with pytest.raises(NotKnown):
                daily_services.month(who.actor(), site, NOVEMBER, cast.NOW)


def test_who_works_at_no_site_is_told_so_instead_of_shown_another() -> None:
    nowhere = Colleague("nora", "de-haven", None, (Role.RESIDENTIAL_WORKER,))
    assert daily_services.today(nowhere.actor(), None, cast.NOW) is None
    with pytest.raises(NotKnown):
        daily_services.today(nowhere.actor(), HAVENHUIS, cast.NOW)


def test_a_role_that_ended_counts_no_more_in_the_same_session(house: House) -> None:
    actor = RIA.actor()
    with builders.casework(house) as session:
        [grant] = session.scalars(select(RoleGrant).where(RoleGrant.user_id == "ria"))
        grant.ended_at = cast.NOW
    with pytest.raises(NotKnown):
        daily_services.count(actor, HAVENHUIS, Count(MEAL, TODAY, 1), cast.NOW)
    assert counted(cast.KOFI) == {}


def test_a_site_that_closed_is_read_and_not_counted_for(house: House) -> None:
    tap()
    with builders.casework(house) as session:
        session.get(Site, HAVENHUIS).valid_until = TODAY - timedelta(days=1)  # type: ignore[union-attr]
    with pytest.raises(NotKnown):
        tap()
    view = daily_services.month(RIA.actor(), HAVENHUIS, NOVEMBER, cast.NOW)
    assert view is not None
    assert view.found.sums[0] == 1


def test_one_takes_back_ones_own_last_tap_one_by_one() -> None:
    tap()
    tap(kind=SHOWER, minutes=1)
    tap(by=ROB, minutes=2)
    for what in (Count(SHOWER, TODAY, 1), Count(MEAL, TODAY, 1)):
        mine = last(RIA, 3)
        assert mine is not None
        assert daily_services.take_back(RIA.actor(), HAVENHUIS, mine, cast.NOW) == what
        again = daily_services.take_back(RIA.actor(), HAVENHUIS, mine, cast.NOW)
        assert isinstance(again, Refused)
    assert last(RIA, 3) is None
    assert counted() == {"meal": 1}


def test_nobody_takes_back_what_a_colleague_counted_or_what_is_long_ago() -> None:
    tap()
    mine = last(RIA)
    assert mine is not None
    assert last(ROB) is None
    assert isinstance(daily_services.take_back(ROB.actor(), HAVENHUIS, mine, cast.NOW), Refused)
    late = cast.NOW + timedelta(minutes=11)
    assert last(RIA, 11) is None
    assert isinstance(daily_services.take_back(RIA.actor(), HAVENHUIS, mine, late), Refused)
    assert counted() == {"meal": 1}


def test_a_count_never_falls_below_nought_also_when_two_correct_it() -> None:
    tap()
    mine = last(RIA)
    assert mine is not None
    off = Count(MEAL, TODAY, -1)
    assert daily_services.count(ROB.actor(), HAVENHUIS, off, cast.NOW) is None
    assert isinstance(daily_services.count(ROB.actor(), HAVENHUIS, off, cast.NOW), Refused)
    assert isinstance(daily_services.take_back(RIA.actor(), HAVENHUIS, mine, cast.NOW), Refused)
    assert counted() == {}


def test_counts_are_appended_and_never_rewritten(house: House) -> None:
    tap()
    with pytest.raises(DatabaseError, match="append only"), builders.casework(house) as session:
        session.execute(text("UPDATE service_tallies SET count = 90"))
    assert counted() == {"meal": 1}


def test_the_log_is_told_of_every_tap_and_look_in_counts_alone(house: House) -> None:
    tap()
    counted()
    daily_services.month(FINANCE.actor(), HAVENHUIS, NOVEMBER, cast.NOW)
    with pytest.raises(NotKnown):
        counted(cast.JORIS)
    with Session(house.stores.audit) as log:
        found = log.scalars(select(Entry).order_by(Entry.position)).all()
    told = [(one.event, json.loads(one.details)) for one in found if "service" in one.event]
    tapped = {"day": "2026-11-22", "kind": "meal", "number": 1}
    assert told == [
        ("service_counted", tapped),
        ("service_counted", tapped),
        ("services_listed", {"count": 1, "from": "2026-11-22", "until": "2026-11-22"}),
        ("services_listed", {"count": 1, "from": "2026-11-01", "until": "2026-11-30"}),
    ]
    assert found[-1].event == "access_denied"
