"""A bed held for somebody until a moment, turned into a booking, or held longer (rule B5).

A hold that ran out counts as free when read; the job of `lapsed_holds` only writes down what became of it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from caseflow.domain import holds, pathways, placements
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.nights import Nights
from caseflow.domain.placements import StayStatus
from caseflow.services.gatekeeping import changing
from caseflow.services.offers import tell_accepted
from caseflow.services.placements import Placed, bed_for, may_sleep, new_stay
from caseflow.services.stays import changing_stay, guarded, touch, unchanged
from caseflow.storage import availability


def hold(
    actor: Actor,
    case_id: str,
    bed_id: str,
    arrival: date,
    planned_departure: date | None,
    ends_at: datetime,
    now: datetime,
) -> Placed | Refused:
    """Keeps a bed free for somebody until a moment; nobody else can be given these nights until then.

    Raises `NotKnown` for a case or a bed that is not this colleague's.
    """
    with changing(
        actor,
        Permission.PLACEMENT_CREATE,
        case_id,
        "bed_held",
        now,
        details={
            "bed": bed_id,
            "arrival": arrival,
            "planned_departure": planned_departure,
            "until": ends_at,
        },
    ) as change:
        allowed = pathways.may_shelter(change.facts, arrival)
        allowed = allowed and holds.may_hold(arrival, ends_at, now, change.today)
        allowed = allowed and placements.may_plan(arrival, planned_departure, change.today)
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(arrival, planned_departure)
        bed = bed_for(change, actor, bed_id, wanted)
        allowed = may_sleep(change, bed, wanted)
        if not allowed:
            return change.refuse(allowed)
        row = new_stay(change, bed_id, arrival, planned_departure, begun=False)
        row.status, row.hold_ends_at = StayStatus.HELD.value, ends_at.astimezone(UTC)
        change.work.casework.add(row)
        refused = guarded(change)
        return Placed(row.id, bed.bed, arrival, False) if refused is None else refused


def book(
    actor: Actor, placement_id: str, now: datetime, *, version: int | None = None
) -> Refused | None:
    """Turns a hold into a booking: the person said yes, and the bed waits for them without an end to it."""
    with changing_stay(
        actor, Permission.PLACEMENT_CREATE, placement_id, "hold_booked", now, {}
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = unchanged(stay, version) and holds.may_change(stay, now)
        allowed = allowed and pathways.may_shelter(change.facts, stay.arrival_on)
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(stay.arrival_on, stay.planned_departure_on)
        bed = bed_for(change, actor, row.bed_id, wanted)
        allowed = may_sleep(change, bed, wanted, but=row.id, fits=False)
        if not allowed:
            return change.refuse(allowed)
        tell_accepted(change, row.id)
        row.status, row.hold_ends_at = StayStatus.BOOKED.value, None
        touch(change, row)
        return guarded(change)


def hold_until(
    actor: Actor,
    placement_id: str,
    ends_at: datetime,
    now: datetime,
    *,
    version: int | None = None,
) -> Refused | None:
    """Lets a hold end at another moment, while it still holds."""
    with changing_stay(
        actor,
        Permission.PLACEMENT_CREATE,
        placement_id,
        "hold_lengthened",
        now,
        {"until": ends_at},
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = unchanged(stay, version) and holds.may_change(stay, now)
        allowed = allowed and holds.may_last(ends_at, now)
        if not allowed:
            return change.refuse(allowed)
        row.hold_ends_at = ends_at.astimezone(UTC)
        touch(change, row)
        return guarded(change)
