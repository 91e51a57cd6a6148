"""When somebody is to leave a bed, and since when they have it: both are found to be different later on."""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import beds, pathways, placements
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Cancellation, StayStatus
from caseflow.domain.stay import may_plan_end
from caseflow.services.gatekeeping import CaseChange
from caseflow.services.placements import Placed, may_sleep, new_stay
from caseflow.services.stays import changing_stay, guarded, touch, unchanged
from caseflow.storage import availability
from caseflow.storage.availability import BedNights
from caseflow.storage.models.shelter import Placement


def plan_departure(
    actor: Actor,
    placement_id: str,
    departure: date | None,
    now: datetime,
    *,
    version: int | None = None,
) -> Refused | None:
    """Plans the departure for another day, or leaves it open; the nights in between must be free.

    No end is planned while a court or an objection continues the stay (rule C4).
    """
    with changing_stay(
        actor,
        Permission.PLACEMENT_END,
        placement_id,
        "departure_planned",
        now,
        {"departure": departure},
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = unchanged(stay, version)
        allowed = allowed and placements.may_replan(stay, departure, change.today)
        if departure is not None:
            allowed = allowed and may_plan_end(change.told)
        if not allowed:
            return change.refuse(allowed)
        if placements.reaches_further(stay, departure):
            wanted = _to_come(Nights(stay.arrival_on, departure), change.today)
            bed = _bed(change, row, wanted)
            allowed = may_sleep(change, bed, wanted, but=row.id, fits=False)
            if not allowed:
                return change.refuse(allowed)
        row.planned_departure_on = departure
        touch(change, row)
        return guarded(change)


def begin_earlier(
    actor: Actor,
    placement_id: str,
    arrival: date,
    now: datetime,
    *,
    version: int | None = None,
) -> Placed | Refused:
    """Records that somebody sleeps here since an earlier day than was known (rule B14).

    What was known when is kept: the row that was wrong stays as a mistake, and the new one says when it was recorded.
    """
    with changing_stay(
        actor,
        Permission.PLACEMENT_BACKDATE,
        placement_id,
        "arrival_backdated",
        now,
        {"arrival": arrival},
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = unchanged(stay, version)
        allowed = allowed and placements.may_begin_earlier(stay, arrival, change.today)
        allowed = allowed and pathways.may_shelter(change.facts, arrival)
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(arrival, stay.arrival_on)
        bed = _bed(change, row, wanted)
        own = availability.stays_of_person(change.work.casework, stay.client_code)
        allowed = placements.may_get_a_bed(own, wanted, now, change.today, but=row.id)
        allowed = allowed and beds.may_be_slept_on(
            bed.bed, bed.stays, wanted, now, change.today, but=row.id
        )
        if not allowed:
            return change.refuse(allowed)
        row.status, row.end_reason = StayStatus.MISTAKEN.value, Cancellation.MISTAKE.value
        touch(change, row)
        change.work.casework.flush()
        new = new_stay(change, row.bed_id, arrival, stay.planned_departure_on, begun=True)
        change.work.casework.add(new)
        refused = guarded(change)
        return Placed(new.id, bed.bed, arrival, True) if refused is None else refused


def _bed(change: CaseChange, row: Placement, wanted: Nights) -> BedNights:
    """The bed of this stay, wherever it stands: who may change the stay need not manage the site."""
    [found] = availability.beds(
        change.work.casework, wanted, change.work.at, change.today, bed_ids=[row.bed_id]
    )
    return found


def _to_come(wanted: Nights, today: date) -> Nights:
    """The nights that can still be planned: those behind are past mending, and nobody is asked about them."""
    return Nights(max(wanted.arrival, today), wanted.departure)
