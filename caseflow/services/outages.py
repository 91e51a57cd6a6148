"""Beds, rooms and sites go out of service and come back; each word about it is a revision that stays (rule B5)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import closings
from caseflow.domain import outages as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.nights import Nights
from caseflow.domain.outages import OutageReason
from caseflow.services import site_places
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.site_acts import changing_site, recorded
from caseflow.services.site_places import Place, Spot
from caseflow.storage.bed_conditions import outage_of
from caseflow.storage.changes import Writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.sites import OutOfService

KEEP = Permission.HOUSES_KEEP
A_MOMENT_EARLIER = Refused(
    N_("A colleague changed this a moment earlier. Look at the page again before you change it.")
)


def take_out(
    actor: Actor,
    site_id: str,
    spot: str,
    reason: OutageReason,
    from_on: date,
    expected: date | None,
    cost_centre: str | None,
    now: datetime,
) -> Refused | None:
    """Takes a bed, a room or a whole site out of service from a night on; refused where somebody has such a night.

    Raises `NotKnown`, also for a bed of another site.
    """
    outage_id = new_id()
    details = {
        "outage": outage_id,
        "place": Spot.read(spot, site_id).kind,
        "reason": reason.value,
        "from": from_on,
        "expected": expected,
    }
    with changing_site(actor, KEEP, site_id, "outage_begun", now, details) as (work, _):
        place = site_places.place_of(work.casework, actor, site_id, spot)
        allowed = rules.may_take_out(from_on, expected, cost_centre, local(now).date())
        allowed = allowed and _is_empty(work, place, Nights(from_on, expected), now)
        if not allowed:
            return work.refuse(allowed)
        work.casework.add(
            OutOfService(
                outage_id=outage_id,
                site_id=site_id,
                room_id=place.room_id,
                bed_id=place.bed_id,
                reason=reason.value,
                cost_centre=cost_centre,
                from_on=from_on,
                expected_until_on=expected,
                **recorded(work),
            )
        )
    return None


def revise(
    actor: Actor,
    site_id: str,
    outage_id: str,
    seen: str,
    reason: OutageReason,
    expected: date | None,
    cost_centre: str | None,
    now: datetime,
) -> Refused | None:
    """Says anew why something is out of service and until when; `seen` is the revision on the page.

    Raises `NotKnown`.
    """
    today = local(now).date()
    with changing_site(
        actor,
        KEEP,
        site_id,
        "outage_revised",
        now,
        {"outage": outage_id, "reason": reason.value, "expected": expected},
    ) as (work, _):
        row = _current(work.casework, site_id, outage_id)
        if row.id != seen:
            return work.refuse(A_MOMENT_EARLIER)
        if row.until_on is not None:
            return work.refuse(Refused(N_("This was put back into service already.")))
        begins = max(row.from_on, today)
        allowed = rules.may_take_out(begins, expected, cost_centre, today)
        place = _place(work.casework, actor, row)
        allowed = allowed and _is_empty(work, place, Nights(row.from_on, expected), now)
        if not allowed:
            return work.refuse(allowed)
        _replace(
            work, row, reason=reason.value, expected_until_on=expected, cost_centre=cost_centre
        )
    return None


def put_back(
    actor: Actor, site_id: str, outage_id: str, seen: str, on: date, now: datetime
) -> Refused | None:
    """Puts something back into service on the first day it can be slept in. Raises `NotKnown`."""
    with changing_site(
        actor, KEEP, site_id, "outage_ended", now, {"outage": outage_id, "until": on}
    ) as (work, _):
        row = _current(work.casework, site_id, outage_id)
        if row.id != seen:
            return work.refuse(A_MOMENT_EARLIER)
        allowed = rules.may_put_back(outage_of(row), on, local(now).date())
        if not allowed:
            return work.refuse(allowed)
        _replace(work, row, until_on=on)
    return None


def take_back(
    actor: Actor, site_id: str, outage_id: str, seen: str, now: datetime
) -> Refused | None:
    """Says that an outage was entered by mistake: it counts no more, and its revisions stay. Raises `NotKnown`."""
    with changing_site(actor, KEEP, site_id, "outage_mistaken", now, {"outage": outage_id}) as (
        work,
        _,
    ):
        row = _current(work.casework, site_id, outage_id)
        if row.id != seen:
            return work.refuse(A_MOMENT_EARLIER)
        _replace(work, row, mistaken=True)
    return None


def _current(session: Session, site_id: str, outage_id: str) -> OutOfService:
    row = session.scalar(
        select(OutOfService).where(
            OutOfService.site_id == site_id,
            OutOfService.outage_id == outage_id,
            OutOfService.replaced_at.is_(None),
        )
    )
    if row is None or row.mistaken:
        raise NotKnown()
    return row


def _place(session: Session, actor: Actor, row: OutOfService) -> Place:
    spot = f"bed:{row.bed_id}" if row.bed_id else f"room:{row.room_id}" if row.room_id else "site"
    return site_places.place_of(session, actor, row.site_id, spot)


def _is_empty(work: Writing, place: Place, wanted: Nights, now: datetime) -> Decision:
    taken = site_places.taken(work.casework, place, wanted, now, local(now).date())
    return closings.may_be_emptied(taken, wanted)


def _replace(work: Writing, row: OutOfService, **anew: object) -> None:
    """A further revision; the one before stays as it was."""
    row.replaced_at, row.replaced_change_id = work.at, work.id
    said = {
        "outage_id": row.outage_id,
        "site_id": row.site_id,
        "room_id": row.room_id,
        "bed_id": row.bed_id,
        "reason": row.reason,
        "cost_centre": row.cost_centre,
        "from_on": row.from_on,
        "expected_until_on": row.expected_until_on,
        "until_on": row.until_on,
        "mistaken": row.mistaken,
    }
    work.casework.add(OutOfService(**{**said, **anew, **recorded(work)}))
