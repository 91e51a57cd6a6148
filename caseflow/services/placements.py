"""The coordinator's acts: somebody gets a bed, arrives, moves, leaves, or does not come after all.

Coded facts only: every act works while the vaults are sealed. What is checked here is guarded once more by the
triggers of the store, so two colleagues at once never put two people on one bed (rule B3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from caseflow.domain import bed_fits, beds, pathways, placements
from caseflow.domain.access import Permission, may
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedFacts
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.house_pairs import ROOM_NOT_FOR_THIS_PERSON
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Cancellation, MoveReason, StayEnd, StayStatus
from caseflow.domain.redaction import Surface
from caseflow.domain.separations import NOT_FOR_THIS_PERSON
from caseflow.services import bed_guests, house_bars, kept_apart
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.services.stays import changing_stay, guarded, touch, unchanged
from caseflow.services.waiting_places import got_a_bed
from caseflow.storage import availability
from caseflow.storage.availability import BedNights
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.shelter import Placement


@dataclass(frozen=True)
class Placed:
    """Nights that were recorded: on which bed, from when, and whether they have begun."""

    placement_id: str
    bed: BedFacts
    arrival_on: date
    begun: bool


def allocate(
    actor: Actor,
    case_id: str,
    bed_id: str,
    arrival: date,
    planned_departure: date | None,
    now: datetime,
) -> Placed | Refused:
    """Gives somebody a bed: the stay begins at once for an arrival today or before, else it is booked.

    Raises `NotKnown` for a case or a bed that is not this colleague's.
    """
    with changing(
        actor,
        Permission.PLACEMENT_CREATE,
        case_id,
        "bed_allocated",
        now,
        details={"bed": bed_id, "arrival": arrival, "planned_departure": planned_departure},
    ) as change:
        allowed = pathways.may_shelter(change.facts, arrival) and placements.may_plan(
            arrival, planned_departure, change.today, further=may_backdate_further(change)
        )
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(arrival, planned_departure)
        bed = bed_for(change, actor, bed_id, wanted)
        allowed = may_sleep(change, bed, wanted)
        if not allowed:
            return change.refuse(allowed)
        begun = arrival <= change.today
        row = new_stay(change, bed_id, arrival, planned_departure, begun)
        change.work.casework.add(row)
        refused = guarded(change)
        if refused is None and begun:
            got_a_bed(change, bed.bed.kind, row.id, arrival)
        return Placed(row.id, bed.bed, arrival, begun) if refused is None else refused


def arrive(
    actor: Actor, placement_id: str, on: date, now: datetime, *, version: int | None = None
) -> Refused | None:
    """Begins a booked stay on the day somebody came."""
    with changing_stay(
        actor,
        Permission.PLACEMENT_CREATE,
        placement_id,
        "client_arrived",
        now,
        {"arrival": on},
    ) as (change, row):
        stay = availability.stay_of(row)
        further = may_backdate_further(change)
        allowed = unchanged(stay, version) and placements.may_arrive(
            stay, on, change.today, further=further
        )
        allowed = allowed and pathways.may_shelter(change.facts, on)
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(on, stay.planned_departure_on)
        bed = bed_for(change, actor, row.bed_id, wanted)
        allowed = may_sleep(change, bed, wanted, but=row.id, fits=False)
        if not allowed:
            return change.refuse(allowed)
        row.status, row.arrival_on, row.hold_ends_at = StayStatus.BEGUN.value, on, None
        touch(change, row)
        refused = guarded(change)
        if refused is None:
            got_a_bed(change, bed.bed.kind, row.id, on)
        return refused


def move(
    actor: Actor,
    placement_id: str,
    bed_id: str,
    on: date,
    planned_departure: date | None,
    now: datetime,
    *,
    why: MoveReason | None = None,
    version: int | None = None,
) -> Placed | Refused:
    """Moves somebody to another bed: the old nights end and the new ones begin on the same day, or neither.

    The clock runs on: it counts nights of a person, not of a bed (rules B7 and C3).
    """
    with changing_stay(
        actor,
        Permission.PLACEMENT_MOVE,
        placement_id,
        "client_moved",
        now,
        {"to_bed": bed_id, "night": on},
    ) as (change, row):
        stay = availability.stay_of(row)
        further = may_backdate_further(change)
        allowed = unchanged(stay, version) and placements.may_move(
            stay, bed_id, on, change.today, further=further
        )
        allowed = allowed and placements.may_plan(
            on, planned_departure, change.today, further=further
        )
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(on, planned_departure)
        bed = bed_for(change, actor, bed_id, wanted)
        allowed = may_sleep(change, bed, wanted, but=row.id)
        if not allowed:
            return change.refuse(allowed)
        row.status, row.departure_on = StayStatus.ENDED.value, on
        row.end_reason = (why or StayEnd.MOVED).value
        touch(change, row)
        refused = guarded(change)
        if refused is not None:
            return refused
        new = new_stay(change, bed_id, on, planned_departure, begun=True)
        change.work.casework.add(new)
        refused = guarded(change)
        if refused is None:
            got_a_bed(change, bed.bed.kind, new.id, on)
        return Placed(new.id, bed.bed, on, True) if refused is None else refused


def end(
    actor: Actor,
    placement_id: str,
    departure: date,
    reason: StayEnd,
    now: datetime,
    *,
    version: int | None = None,
) -> Refused | None:
    """Ends a stay on the day somebody left; the bed is free from that night on."""
    with changing_stay(
        actor,
        Permission.PLACEMENT_END,
        placement_id,
        "placement_ended",
        now,
        {"departure": departure, "reason": reason.value},
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = unchanged(stay, version) and placements.may_leave(stay, departure, change.today)
        if not allowed:
            return change.refuse(allowed)
        row.status, row.departure_on, row.end_reason = (
            StayStatus.ENDED.value,
            departure,
            reason.value,
        )
        touch(change, row)
        return guarded(change)


def cancel(
    actor: Actor,
    placement_id: str,
    why: Cancellation,
    now: datetime,
    *,
    version: int | None = None,
) -> Refused | None:
    """Takes nights back: somebody did not come, the bed is not needed, or it was entered by mistake."""
    with changing_stay(
        actor,
        Permission.PLACEMENT_END,
        placement_id,
        "placement_cancelled",
        now,
        {"reason": why.value},
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = unchanged(stay, version) and placements.may_cancel(stay, why)
        if not allowed:
            return change.refuse(allowed)
        mistaken = why is Cancellation.MISTAKE
        row.status = (StayStatus.MISTAKEN if mistaken else StayStatus.CANCELLED).value
        row.end_reason = why.value
        touch(change, row)
        return guarded(change)


def may_backdate_further(change: CaseChange) -> bool:
    """Whether this colleague may record nights that lie further back than everybody may (rule B14)."""
    return may(Permission.PLACEMENT_BACKDATE, change.standing)


def bed_for(change: CaseChange, actor: Actor, bed_id: str, wanted: Nights) -> BedNights:
    """A bed of one's own organisation, with whoever takes a wanted night. Raises `NotKnown` for any other."""
    found = availability.beds(
        change.work.casework,
        wanted,
        change.work.at,
        change.today,
        organisation=actor.organisation,
        room_of=bed_id,
    )
    mine = next((one for one in found if one.bed.id == bed_id), None)
    if mine is None:
        raise NotKnown()
    company = bed_guests.companies(change.work.casework, actor, found, change.work.at, change.today)
    return replace(mine, company=company[bed_id])


def may_sleep(
    change: CaseChange,
    bed: BedNights,
    wanted: Nights,
    *,
    but: str | None = None,
    fits: bool = True,
) -> Decision:
    """Whether the site can be used, the bed is open and free, the person has no other, and the room is meant for them.

    `but` is the stay that is about to change. Safety comes first, so that no other reason tells who sleeps there
    (decision 0130).
    """
    now, today, client = change.work.at, change.today, change.dossier.client
    apart = kept_apart.unusable_sites(change.work.casework, client.code, wanted, now, today)
    if bed.bed.site_id in apart:
        return NOT_FOR_THIS_PERSON
    if bed.bed.id in house_bars.unusable_beds(
        change.work.casework, client.code, wanted, now, today
    ):
        return ROOM_NOT_FOR_THIS_PERSON
    own = availability.stays_of_person(change.work.casework, client.code)
    allowed = placements.may_get_a_bed(own, wanted, now, today, but=but)
    allowed = allowed and beds.may_be_slept_on(bed.bed, bed.stays, wanted, now, today, but=but)
    if not allowed or not fits:
        return allowed
    vision = change.standing.vision(Surface.OPENED)
    guest = bed_guests.guest(change.work.casework, client.code, vision, today)
    return bed_fits.fit(bed.bed, guest, bed.company).decision


def new_stay(
    change: CaseChange, bed_id: str, arrival: date, planned_departure: date | None, begun: bool
) -> Placement:
    """The row of a new stay, begun or booked, as this change records it."""
    return Placement(
        id=new_id(),
        bed_id=bed_id,
        client_code=change.dossier.client.code,
        status=(StayStatus.BEGUN if begun else StayStatus.BOOKED).value,
        arrival_on=arrival,
        planned_departure_on=planned_departure,
        changed_at=change.work.at,
        **change.recorded,
    )
