"""Which measures for peace in a house hold today: warnings, pairs and time-outs, for one person or for many."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.nights import Nights
from caseflow.storage.dossiers import pages
from caseflow.storage.models.house_peace import HousePair, HouseWarning, TimeOut
from caseflow.storage.models.shelter import Bed, Placement, Room, Site


def warnings_of(session: Session, client_code: str, today: date) -> tuple[HouseWarning, ...]:
    """The warnings of one client that hold today, by what ends first."""
    asked = select(HouseWarning).where(
        HouseWarning.client_code == client_code, *_warning_holds(today)
    )
    return tuple(
        session.scalars(asked.order_by(HouseWarning.until_on, HouseWarning.kind, HouseWarning.id))
    )


def warnings_of_many(
    session: Session, client_codes: Collection[str], today: date
) -> dict[str, tuple[str, ...]]:
    """Kinds of the warnings that hold today, by client code; who has none is missing. One query a page of codes."""
    found: dict[str, set[str]] = {}
    for some in pages(client_codes):
        rows = session.execute(
            select(HouseWarning.client_code, HouseWarning.kind).where(
                HouseWarning.client_code.in_(some), *_warning_holds(today)
            )
        )
        for code, kind in rows:
            found.setdefault(code, set()).add(kind)
    return {code: tuple(sorted(kinds)) for code, kinds in found.items()}


def time_outs_of(session: Session, client_code: str, today: date) -> tuple[TimeOut, ...]:
    """The time-outs of one client that last today, by their end."""
    asked = select(TimeOut).where(
        TimeOut.client_code == client_code, TimeOut.from_on <= today, TimeOut.back_on > today
    )
    return tuple(session.scalars(asked.order_by(TimeOut.back_on, TimeOut.id)))


def time_outs_of_many(
    session: Session, client_codes: Collection[str], today: date
) -> dict[str, tuple[tuple[str, date], ...]]:
    """Site and day of coming back of the time-outs that last today, by client code."""
    found: dict[str, list[tuple[str, date]]] = {}
    for some in pages(client_codes):
        rows = session.execute(
            select(TimeOut.client_code, TimeOut.site_id, TimeOut.back_on)
            .where(TimeOut.client_code.in_(some), TimeOut.from_on <= today, TimeOut.back_on > today)
            .order_by(TimeOut.back_on)
        )
        for code, site_id, back_on in rows:
            found.setdefault(code, []).append((site_id, back_on))
    return {code: tuple(those) for code, those in found.items()}


def sites_timed_out(session: Session, client_code: str, wanted: Nights) -> frozenset[str]:
    """Ids of the sites to which somebody does not come on some of the wanted nights."""
    rows = session.execute(
        select(TimeOut.site_id, TimeOut.from_on, TimeOut.back_on).where(
            TimeOut.client_code == client_code, TimeOut.back_on > wanted.arrival
        )
    )
    return frozenset(
        site_id for site_id, first, back in rows if Nights(first, back).overlaps(wanted)
    )


def pairs_of(session: Session, client_code: str, today: date) -> tuple[HousePair, ...]:
    """The pairs that this client is in today, whichever of the two stands first, the oldest first."""
    asked = select(HousePair).where(
        or_(HousePair.client_code == client_code, HousePair.other_code == client_code),
        HousePair.client_code != HousePair.other_code,  # two codes that became one person
        *_pair_holds(today),
    )
    return tuple(
        session.scalars(asked.order_by(HousePair.from_on, HousePair.recorded_at, HousePair.id))
    )


def pairs_of_many(
    session: Session, client_codes: Collection[str], today: date
) -> frozenset[tuple[str, str, str]]:
    """Both codes and the scope of every pair that holds today and has one of these clients in it."""
    found: set[tuple[str, str, str]] = set()
    for some in pages(client_codes):
        rows = session.execute(
            select(HousePair.client_code, HousePair.other_code, HousePair.scope).where(
                or_(HousePair.client_code.in_(some), HousePair.other_code.in_(some)),
                HousePair.client_code != HousePair.other_code,
                *_pair_holds(today),
            )
        )
        found |= {(one, other, scope) for one, other, scope in rows}
    return frozenset(found)


def other_side(row: HousePair, client_code: str) -> str:
    """The code of the other of the two."""
    return row.other_code if row.client_code == client_code else row.client_code


def stays_by_room(
    session: Session, client_codes: Collection[str], statuses: Collection[str]
) -> tuple[tuple[str, Placement], ...]:
    """Stays of these people in these statuses, each with the id of its room."""
    rows = session.execute(
        select(Bed.room_id, Placement)
        .join(Bed, Bed.id == Placement.bed_id)
        .where(Placement.client_code.in_(client_codes), Placement.status.in_(statuses))
    )
    return tuple((room_id, stay) for room_id, stay in rows)


def beds_of_rooms(session: Session, room_ids: Collection[str]) -> frozenset[str]:
    """Ids of every bed of these rooms."""
    return frozenset(session.scalars(select(Bed.id).where(Bed.room_id.in_(room_ids))))


def sites_slept_at(
    session: Session, client_code: str, since: date, organisation: str | None
) -> tuple[tuple[str, str, bool], ...]:
    """Id and name of the sites where somebody slept since that day or has a bed, and whether they have one there now.

    Those of one organisation, where one is said.
    """
    asked = (
        select(Site.id, Site.name, Placement.status)
        .join(Room, Room.site_id == Site.id)
        .join(Bed, Bed.room_id == Room.id)
        .join(Placement, Placement.bed_id == Bed.id)
        .where(
            Placement.client_code == client_code,
            or_(
                Placement.status.in_(("begun", "booked")),
                (Placement.status == "ended") & (Placement.departure_on >= since),
            ),
        )
        .order_by(Site.name, Site.id)
    )
    if organisation is not None:
        asked = asked.where(Site.organisation == organisation)
    rows = session.execute(asked)
    found: dict[str, tuple[str, bool]] = {}
    for site_id, name, status in rows:
        known = found.get(site_id, (name, False))
        found[site_id] = (name, known[1] or status in ("begun", "booked"))
    return tuple((site_id, name, has_bed) for site_id, (name, has_bed) in found.items())


def _warning_holds(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        HouseWarning.from_on <= today,
        HouseWarning.until_on >= today,
        HouseWarning.ended_at.is_(None),
    )


def _pair_holds(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        HousePair.from_on <= today,
        HousePair.until_on >= today,
        HousePair.ended_at.is_(None),
    )
