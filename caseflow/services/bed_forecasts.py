"""How full the beds of an organisation will be, by kind of house: numbers of beds, nobody (rule B6).

A restricted client counts as staying: the day on which they leave is told to named readers alone, and a number would
tell it. The last day of the term of another organisation's client is not shared either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caseflow.domain import beds, forecasts
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.forecasts import A_WEEK, WEEKS_AHEAD, WEEKS_LOOKED_BACK, Forecast, KnownStay
from caseflow.domain.local_days import local
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import StayEnd, StayStatus
from caseflow.domain.sites import SiteKind
from caseflow.services import houses, readings
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import audit_log, availability, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.availability import BedNights
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Bed, Placement, Room, Site

WEEKS_KEPT: Final = 3 * WEEKS_LOOKED_BACK
"""Weeks of nights that are read: to try forecasts of past weeks, and what weeks before them brought."""


@dataclass(frozen=True)
class KindForecast:
    """The coming weeks of the houses of one kind."""

    kind: SiteKind
    tonight: int
    beds_tonight: int
    weeks: tuple[Forecast, ...]
    arrivals_a_week: float
    unplanned_a_week: float


@dataclass(frozen=True)
class ForecastView:
    """The whole page."""

    today: date
    kinds: tuple[KindForecast, ...]


def shown(actor: Actor, now: datetime) -> ForecastView:
    """The coming weeks for every kind of house of the own organisation. Raises `NotKnown` for other roles."""
    if not may_at_all(Permission.FORECAST_VIEW, actor.roles):
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    act = Act("forecast_viewed", actor, now, permission=Permission.FORECAST_VIEW.value)
    audit_log.tell(house.stores, act, result="shown")
    with house.stores.reading() as session:
        ahead = Nights(today, today + A_WEEK * WEEKS_AHEAD + (next_night(today) - today))
        found = availability.beds(session, ahead, now, today, organisation=actor.organisation)
        stays = _stays(house, session, actor.organisation, now, today)
    by_kind: dict[SiteKind, list[BedNights]] = {}
    for one in found:
        by_kind.setdefault(one.bed.site_kind, []).append(one)
    return ForecastView(
        today,
        tuple(
            _of_kind(kind, by_kind[kind], stays.get(kind, ()), now, today)
            for kind in SiteKind
            if kind in by_kind
        ),
    )


def _of_kind(
    kind: SiteKind,
    some: Sequence[BedNights],
    stays: Sequence[KnownStay],
    now: datetime,
    today: date,
) -> KindForecast:
    nights = [today + A_WEEK * week for week in range(1, WEEKS_AHEAD + 1)]
    flow = forecasts.flow(stays, today)
    return KindForecast(
        kind,
        sum(stay.is_expected(today, today) for stay in stays),
        _open_beds(some, today, now, today),
        forecasts.forecast(stays, today, [_open_beds(some, one, now, today) for one in nights]),
        flow.arrivals,
        flow.unplanned_departures,
    )


def _open_beds(some: Sequence[BedNights], night: date, now: datetime, today: date) -> int:
    """Beds that are there and in service on a night, whoever sleeps on them."""
    wanted = Nights(night, next_night(night))
    return sum(
        one.bed.counts_in_capacity and bool(beds.may_be_slept_on(one.bed, (), wanted, now, today))
        for one in some
    )


def _stays(
    house: House, session: Session, organisation: str, now: datetime, today: date
) -> dict[SiteKind, list[KnownStay]]:
    """Nights of these weeks by kind of house; a move within a kind goes on as one stay."""
    rows = session.execute(
        select(Placement, Site.kind, Client.restricted, Case.organisation)
        .join(Bed, Bed.id == Placement.bed_id)
        .join(Room, Room.id == Bed.room_id)
        .join(Site, Site.id == Room.site_id)
        .join(Case, Case.id == Placement.case_id)
        .join(Client, Client.code == Placement.client_code)
        .where(
            Site.organisation == organisation,
            Placement.status.in_(availability.ACTIVE),
            or_(
                Placement.status != StayStatus.HELD.value,
                Placement.hold_ends_at.is_(None),
                Placement.hold_ends_at > now,
            ),
            or_(
                Placement.departure_on.is_(None),
                Placement.departure_on >= today - A_WEEK * WEEKS_KEPT,
            ),
        )
        .order_by(Placement.case_id, Placement.arrival_on)
    ).all()
    open_cases = {
        row.case_id
        for row, _, restricted, held_by in rows
        if row.departure_on is None and not restricted and held_by == organisation
    }
    last_days = _last_days(house, session, open_cases, today)
    found: dict[SiteKind, list[KnownStay]] = {}
    moved: dict[tuple[str, str, date], int] = {}
    for row, kind, restricted, _ in rows:
        stay = _known(row, last_days.get(row.case_id), bool(restricted))
        some = found.setdefault(SiteKind(kind), [])
        before = moved.pop((row.case_id, kind, row.arrival_on), None)
        if before is not None:
            stay = replace(stay, arrival=some[before].arrival, known_from=some[before].known_from)
            some[before] = stay
        else:
            some.append(stay)
        if row.end_reason == StayEnd.MOVED.value and row.departure_on is not None:
            place = len(some) - 1 if before is None else before
            moved[row.case_id, kind, row.departure_on] = place
    return found


def _known(row: Placement, last_day: date | None, restricted: bool) -> KnownStay:
    ended = row.departure_on is not None
    return KnownStay(
        row.arrival_on,
        local(row.recorded_at).date(),
        None if restricted else row.planned_departure_on,
        last_day,
        row.departure_on,
        local(row.changed_at).date() if ended else None,
    )


def _last_days(
    house: House, session: Session, case_ids: Collection[str], today: date
) -> Mapping[str, date]:
    """The last day of the term of each of these cases that has one."""
    found: dict[str, Any] = {}
    for some in dossiers.pages(case_ids):
        for case_id, dossier in dossiers.of_cases(session, some).items():
            clock = readings.stay_clock(dossier, house.programme(dossier.case.programme), today)
            if clock.last_day is not None:
                found[case_id] = clock.last_day
    return found
