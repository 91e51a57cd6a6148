"""The coordinator's acts: somebody gets a bed, arrives, moves, leaves, or does not come after all.

Coded facts only: every act works while the vaults are sealed. What is checked here is guarded once more by the
triggers of the store, so two colleagues at once never put two people on one bed (rule B3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from caseflow.domain import beds, pathways, placements
from caseflow.domain.access import Actor, Permission
from caseflow.domain.beds import BedFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Cancellation, Stay, StayEnd, StayStatus
from caseflow.services import gatekeeping, houses
from caseflow.services.case_views import CaseView
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage import availability
from caseflow.storage.availability import BedNights
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.shelter import Placement
from caseflow.storage.triggers import BED_TAKEN, PERSON_PLACED

CHANGED_MEANWHILE = N_("A colleague changed this stay meanwhile. Look again before you go on.")


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
            arrival, planned_departure, change.today
        )
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(arrival, planned_departure)
        bed = _bed(change, actor, bed_id, wanted)
        allowed = _may_sleep(change, bed, wanted)
        if not allowed:
            return change.refuse(allowed)
        begun = arrival <= change.today
        row = _stay(change, bed_id, arrival, planned_departure, begun)
        change.work.casework.add(row)
        refused = _guarded(change)
        return Placed(row.id, bed.bed, arrival, begun) if refused is None else refused


def arrive(
    actor: Actor, placement_id: str, on: date, now: datetime, *, version: int | None = None
) -> Refused | None:
    """Begins a booked stay on the day somebody came."""
    with _changing_stay(
        actor,
        Permission.PLACEMENT_CREATE,
        placement_id,
        "client_arrived",
        now,
        {"arrival": on},
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = _unchanged(stay, version) and placements.may_arrive(stay, on, change.today)
        allowed = allowed and pathways.may_shelter(change.facts, on)
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(on, stay.planned_departure_on)
        bed = _bed(change, actor, row.bed_id, wanted)
        allowed = _may_sleep(change, bed, wanted, but=row.id, fits=False)
        if not allowed:
            return change.refuse(allowed)
        row.status, row.arrival_on, row.hold_ends_at = StayStatus.BEGUN.value, on, None
        _touch(change, row)
        return _guarded(change)


def move(
    actor: Actor,
    placement_id: str,
    bed_id: str,
    on: date,
    planned_departure: date | None,
    now: datetime,
    *,
    version: int | None = None,
) -> Placed | Refused:
    """Moves somebody to another bed: the old nights end and the new ones begin on the same day, or neither.

    The clock runs on: it counts nights of a person, not of a bed (rules B7 and C3).
    """
    with _changing_stay(
        actor,
        Permission.PLACEMENT_MOVE,
        placement_id,
        "client_moved",
        now,
        {"to_bed": bed_id, "night": on},
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = _unchanged(stay, version) and placements.may_move(stay, bed_id, on, change.today)
        allowed = allowed and placements.may_plan(on, planned_departure, change.today)
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(on, planned_departure)
        bed = _bed(change, actor, bed_id, wanted)
        allowed = _may_sleep(change, bed, wanted, but=row.id)
        if not allowed:
            return change.refuse(allowed)
        row.status, row.departure_on = StayStatus.ENDED.value, on
        row.end_reason = StayEnd.MOVED.value
        _touch(change, row)
        refused = _guarded(change)
        if refused is not None:
            return refused
        new = _stay(change, bed_id, on, planned_departure, begun=True)
        change.work.casework.add(new)
        refused = _guarded(change)
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
    with _changing_stay(
        actor,
        Permission.PLACEMENT_END,
        placement_id,
        "placement_ended",
        now,
        {"departure": departure, "reason": reason.value},
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = _unchanged(stay, version) and placements.may_leave(stay, departure, change.today)
        if not allowed:
            return change.refuse(allowed)
        row.status, row.departure_on, row.end_reason = (
            StayStatus.ENDED.value,
            departure,
            reason.value,
        )
        _touch(change, row)
        return _guarded(change)


def cancel(
    actor: Actor,
    placement_id: str,
    why: Cancellation,
    now: datetime,
    *,
    version: int | None = None,
) -> Refused | None:
    """Takes nights back: somebody did not come, the bed is not needed, or it was entered by mistake."""
    with _changing_stay(
        actor,
        Permission.PLACEMENT_END,
        placement_id,
        "placement_cancelled",
        now,
        {"reason": why.value},
    ) as (change, row):
        stay = availability.stay_of(row)
        allowed = _unchanged(stay, version) and placements.may_cancel(stay, why)
        if not allowed:
            return change.refuse(allowed)
        mistaken = why is Cancellation.MISTAKE
        row.status = (StayStatus.MISTAKEN if mistaken else StayStatus.CANCELLED).value
        row.end_reason = why.value
        _touch(change, row)
        return _guarded(change)


@dataclass(frozen=True)
class OpenedStay:
    """A stay, its bed and its case, for somebody who may change it."""

    case: CaseView
    stay: Stay
    bed: BedFacts


def open_stay(actor: Actor, permission: Permission, placement_id: str, now: datetime) -> OpenedStay:
    """A stay for somebody who may do this to it, the look at its case recorded. Raises `NotKnown`."""
    case = gatekeeping.open_case(actor, case_of(placement_id), now)
    if permission not in case.may:
        raise NotKnown()
    with houses.current().stores.reading() as session:
        stay = availability.stay_of(session.get_one(Placement, placement_id))
        today = local(now).date()
        (found,) = availability.beds(session, Nights(today), now, today, bed_ids=[stay.bed_id])
        return OpenedStay(case, stay, found.bed)


@contextmanager
def _changing_stay(
    actor: Actor,
    permission: Permission,
    placement_id: str,
    event: str,
    now: datetime,
    details: Mapping[str, Any],
) -> Iterator[tuple[CaseChange, Placement]]:
    """A change to one stay, through the gate of the case it belongs to."""
    case_id = case_of(placement_id)
    with changing(
        actor, permission, case_id, event, now, details=details, object_id=placement_id
    ) as change:
        row = change.work.casework.get(Placement, placement_id)
        if row is None:
            raise NotKnown()
        yield change, row


def case_of(placement_id: str) -> str:
    """The case that a stay belongs to, for the gate to ask about; an unknown stay answers with its own id.

    So the gate refuses an unknown stay exactly as one that is not the reader's, and records both.
    """
    with houses.current().stores.reading() as session:
        row = session.get(Placement, placement_id)
        return row.case_id if row is not None else placement_id


def _bed(change: CaseChange, actor: Actor, bed_id: str, wanted: Nights) -> BedNights:
    found = availability.beds(
        change.work.casework,
        wanted,
        change.work.at,
        change.today,
        organisation=actor.organisation,
        bed_ids=[bed_id],
    )
    if not found:
        raise NotKnown()
    return found[0]


def _may_sleep(
    change: CaseChange,
    bed: BedNights,
    wanted: Nights,
    *,
    but: str | None = None,
    fits: bool = True,
) -> Decision:
    """The bed is open and free, the person has no other, and the room is meant for them."""
    now, today, client = change.work.at, change.today, change.dossier.client
    own = availability.stays_of_person(change.work.casework, client.code)
    allowed = placements.may_get_a_bed(own, wanted, now, today, but=but)
    allowed = allowed and beds.may_be_slept_on(bed.bed, bed.stays, wanted, now, today, but=but)
    return allowed and beds.fits(bed.bed, client.gender) if fits else allowed


def _stay(
    change: CaseChange, bed_id: str, arrival: date, planned_departure: date | None, begun: bool
) -> Placement:
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


def _touch(change: CaseChange, row: Placement) -> None:
    row.changed_at, row.change_id = change.work.at, change.work.id


def _unchanged(stay: Stay, version: int | None) -> Decision:
    if version is not None and stay.version != version:
        return Refused(CHANGED_MEANWHILE)
    return Allowed()


def _guarded(change: CaseChange) -> Refused | None:
    """Writes what was asked; what a trigger of the store refuses comes back as a sentence."""
    try:
        change.work.casework.flush()
    except IntegrityError as cause:
        told = str(cause.orig)
        if BED_TAKEN in told:
            return change.refuse(
                Refused(N_("The bed has just been taken by somebody else. Choose another bed."))
            )
        if PERSON_PLACED in told:
            return change.refuse(
                Refused(N_("This person has just been given a bed. Look at the case again."))
            )
        raise
    return None
