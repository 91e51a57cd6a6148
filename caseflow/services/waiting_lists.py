"""The waiting list for who places people: most points first, each with the sum line by line, nobody they may not see.

Coded facts only, so the list goes on while vaults are sealed; everybody shown is told to the audit log first. Somebody
whom this reader may not see is neither a row nor a gap in the numbering nor a part of a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain import waiting_points
from caseflow.domain.access import Permission, may, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.local_days import local
from caseflow.domain.programmes import Programme
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.domain.waiting import Entry, Ground, WantedPlace
from caseflow.domain.waiting_points import Points
from caseflow.services import gatekeeping, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.vacancies import Occupant, occupants
from caseflow.services.waiting_readings import in_order, offer_view, turned_down
from caseflow.services.waiting_views import OfferView
from caseflow.storage import audit_log
from caseflow.storage import waiting as entries
from caseflow.storage.audit_log import Act
from caseflow.storage.waiting import Waiting

C, P = Compartment, Part
A_PAGE: Final = 50


@dataclass(frozen=True)
class WaitingRow:
    """Somebody on the waiting list, for who places them."""

    who: Occupant
    programme: Programme
    entry: Entry
    grounds: tuple[Ground, ...]
    days: int
    points: Points
    needs: tuple[PlacementNeedKind, ...]
    offer: OfferView | None
    is_to_be_confirmed: bool
    look_again: bool
    place: int
    """Where they stand among those whom this reader may see, from 1 on."""


@dataclass(frozen=True)
class WaitingList:
    """A page of the list, those with most points first."""

    rows: tuple[WaitingRow, ...]
    count: int
    by_kind: Mapping[WantedPlace, int]
    open_offers: int
    to_be_confirmed: int
    wanted: WantedPlace | None
    page: int
    pages: int


@dataclass(frozen=True)
class Ranked:
    """Somebody who waits, with needs and points; in the order of the list."""

    who: Waiting
    needs: tuple[str, ...]
    points: Points


def listed(
    actor: Actor, now: datetime, *, wanted: WantedPlace | None = None, page: int = 1
) -> WaitingList:
    """A page of those who wait and whom this reader places. Raises `NotKnown` for a role that places nobody."""
    if not may_at_all(Permission.WAITING_VIEW, actor.roles):
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    rules = house.waiting
    with house.stores.reading() as session:
        everybody = ranked(house, session, actor, now)
        known = [one for one in everybody if wanted is None or one.who.entry.wanted is wanted]
        pages = max(1, -(-len(known) // A_PAGE))
        page = min(max(1, page), pages)
        first = (page - 1) * A_PAGE
        some = known[first : first + A_PAGE]
        offers = entries.offers(session, [one.who.case_id for one in everybody], now)
        downs = entries.turned_down(session, [one.who.case_id for one in some])
        names = occupants(session, actor, [one.who.case_id for one in some], now)
    rows = tuple(
        WaitingRow(
            names[one.who.case_id],
            house.programme(one.who.programme),
            one.who.entry,
            in_order(one.who.entry.grounds),
            one.who.entry.days_waiting(today),
            one.points,
            tuple(PlacementNeedKind(need) for need in one.needs),
            offer_view(offers[one.who.case_id]) if one.who.case_id in offers else None,
            one.who.entry.is_to_be_confirmed(rules.ask_again_days, today),
            turned_down(downs.get(one.who.entry_id, ())) >= rules.look_again_after,
            place,
        )
        for place, one in enumerate(some, start=first + 1)
        if one.who.case_id in names
    )
    _tell(actor, now, rows, page)
    return WaitingList(
        rows,
        len(known),
        _by_kind(everybody),
        sum(one.who.case_id in offers and offers[one.who.case_id].is_open for one in everybody),
        _to_be_confirmed(everybody, rules.ask_again_days, today),
        wanted,
        page,
        pages,
    )


def ranked(house: House, session: Session, actor: Actor, now: datetime) -> list[Ranked]:
    """Everybody who waits at the organisation and whom this reader places, in the order of the list.

    Suggestions start from it as well. Only what this reader may see in a list counts for the order.
    """
    today = local(now).date()
    every = entries.running(session, actor.organisation)
    seen = _seen(session, actor, [one.case_id for one in every], now)
    known = [one for one in every if one.case_id in seen]
    needs = entries.needs(session, [one.client_code for one in known])
    found = [
        Ranked(one, needs.get(one.client_code, ()), _points(house, one, needs, today))
        for one in known
    ]
    return sorted(
        found,
        key=lambda one: waiting_points.order(
            one.who.entry, one.points.total, one.who.recorded_at, one.who.entry_id
        ),
    )


def _seen(
    session: Session, actor: Actor, case_ids: Collection[str], now: datetime
) -> frozenset[str]:
    """Those of these cases that the reader places, and of whom they may see in a list all that the order rests on."""
    return frozenset(
        case_id
        for case_id, standing in gatekeeping.standings(session, actor, case_ids, now).items()
        if may(Permission.WAITING_OFFER, standing)
        and (vision := standing.vision(Surface.LIST)).sees(C.CASEWORK, P.CALL)
        and vision.sees(C.SHELTER, P.REST)
        and vision.sees(C.HEALTH, P.PLACEMENT_NEEDS)
    )


def _points(
    house: House, one: Waiting, needs: Mapping[str, tuple[str, ...]], today: date
) -> Points:
    version = house.waiting.version_on(one.programme, today)
    return waiting_points.points(version, one.entry, one.client_code in needs, today)


def _by_kind(everybody: Sequence[Ranked]) -> Mapping[WantedPlace, int]:
    counted = Counter(one.who.entry.wanted for one in everybody)
    return {kind: counted[kind] for kind in WantedPlace if counted[kind]}


def _to_be_confirmed(everybody: Sequence[Ranked], every_days: int, today: date) -> int:
    return sum(one.who.entry.is_to_be_confirmed(every_days, today) for one in everybody)


def _tell(actor: Actor, now: datetime, rows: Sequence[WaitingRow], page: int) -> None:
    act = Act(
        "waiting_list_viewed",
        actor,
        now,
        subjects=tuple(sorted({row.who.client_code for row in rows})),
        details={"count": len(rows), "page": page},
        permission=Permission.WAITING_VIEW.value,
        purpose="shelter",
    )
    audit_log.tell(houses.current().stores, act, result="shown")
