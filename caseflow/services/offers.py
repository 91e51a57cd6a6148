"""A bed is offered to somebody who waits: held for a few days, and the answer recorded, whoever gave it.

An offer is a hold that ends by itself; it is the same row of nights that the board shows, so that nobody else can be
given the bed meanwhile, and a hold that ran out is an offer that ran out, whatever a job did (rules B5 and B10).
"""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import beds, pathways, placements, waiting
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import Cancellation, StayStatus
from caseflow.domain.waiting import OfferRefusal, WaitingStep
from caseflow.services import houses
from caseflow.services.gatekeeping import CaseChange, changing
from caseflow.services.placements import Placed, bed_for, may_sleep, new_stay
from caseflow.services.stays import guarded, touch
from caseflow.services.waiting_places import running_entry, step
from caseflow.storage import availability
from caseflow.storage import waiting as entries
from caseflow.storage.models.shelter import Placement
from caseflow.storage.models.waiting import WaitingEntry

NOTHING = (WaitingStep.NO_BED, WaitingStep.NO_SUITABLE_BED)


def offer(
    actor: Actor,
    case_id: str,
    bed_id: str,
    arrival: date,
    planned_departure: date | None,
    answer_by: date,
    now: datetime,
) -> Placed | Refused:
    """Holds a bed for somebody who waits until the end of a day. Raises `NotKnown`, also for a bed elsewhere."""
    terms = houses.current().waiting.offer
    until = waiting.held_until(answer_by)
    details = {"bed": bed_id, "arrival": arrival, "until": until}
    with changing(
        actor, Permission.WAITING_OFFER, case_id, "bed_offered", now, details=details
    ) as change:
        row = running_entry(change)
        if row is None:
            return change.refuse(waiting.NOT_WAITING)
        allowed = waiting.may_offer(
            _stands(change) is not None, arrival, answer_by, terms, change.today
        )
        allowed = allowed and pathways.may_shelter(change.facts, arrival)
        allowed = allowed and placements.may_plan(arrival, planned_departure, change.today)
        if not allowed:
            return change.refuse(allowed)
        wanted = Nights(arrival, planned_departure)
        bed = bed_for(change, actor, bed_id, wanted)
        allowed = may_sleep(change, bed, wanted)
        if not allowed:
            return change.refuse(allowed)
        stay = new_stay(change, bed_id, arrival, planned_departure, begun=False)
        stay.status, stay.hold_ends_at = StayStatus.HELD.value, until
        change.work.casework.add(stay)
        refused = guarded(change)
        if refused is not None:
            return refused
        step(change, row, WaitingStep.OFFERED, change.today, placement_id=stay.id)
        return Placed(stay.id, bed.bed, arrival, False)


def accept(actor: Actor, case_id: str, now: datetime, *, seen: str | None = None) -> Refused | None:
    """The person said yes: the hold becomes a booking. They wait until they come. Raises `NotKnown`.

    `seen` is the stay that stood on the page: an answer to another offer than that one is refused.
    """
    with changing(
        actor,
        Permission.WAITING_OFFER,
        case_id,
        "offer_answered",
        now,
        details={"answer": WaitingStep.ACCEPTED.value},
    ) as change:
        row, stay = _offered(change, seen)
        if row is None or stay is None:
            return change.refuse(waiting.NO_OPEN_OFFER)
        wanted = Nights(stay.arrival_on, stay.planned_departure_on)
        bed = bed_for(change, actor, stay.bed_id, wanted)
        allowed = pathways.may_shelter(change.facts, stay.arrival_on)
        allowed = allowed and may_sleep(change, bed, wanted, but=stay.id, fits=False)
        if not allowed:
            return change.refuse(allowed)
        stay.status, stay.hold_ends_at = StayStatus.BOOKED.value, None
        touch(change, stay)
        refused = guarded(change)
        if refused is not None:
            return refused
        row.confirmed_on = change.today
        step(change, row, WaitingStep.ACCEPTED, change.today, placement_id=stay.id)
        return None


def tell_accepted(change: CaseChange, placement_id: str) -> None:
    """Writes down the yes to an offer where its hold is about to be booked from the page of the nights."""
    row, stay = _offered(change, placement_id)
    if row is not None and stay is not None:
        row.confirmed_on = change.today
        step(change, row, WaitingStep.ACCEPTED, change.today, placement_id=stay.id)


def turn_down(
    actor: Actor, case_id: str, why: OfferRefusal, now: datetime, *, seen: str | None = None
) -> Refused | None:
    """The offer came to nothing: the bed is free again at once, and the person goes on waiting. Raises `NotKnown`.

    `seen` as in `accept`.
    """
    with changing(
        actor,
        Permission.WAITING_OFFER,
        case_id,
        "offer_answered",
        now,
        details={"answer": WaitingStep.REFUSED.value, "reason": why.value},
    ) as change:
        row, stay = _offered(change, seen)
        if row is None or stay is None:
            return change.refuse(waiting.NO_OPEN_OFFER)
        stay.status, stay.end_reason = StayStatus.CANCELLED.value, Cancellation.NOT_NEEDED.value
        touch(change, stay)
        refused = guarded(change)
        if refused is not None:
            return refused
        if waiting.refused_by(why) is waiting.RefusedBy.CLIENT:
            row.confirmed_on = change.today  # whoever answers is reached, and goes on waiting
        step(change, row, WaitingStep.REFUSED, change.today, reason=why.value, placement_id=stay.id)
        return None


def say_nothing_offered(
    actor: Actor, case_id: str, what: WaitingStep, now: datetime
) -> Refused | None:
    """Records that tonight no bed is free, or none that suits; the beds have to agree. Raises `NotKnown`."""
    with changing(
        actor,
        Permission.WAITING_OFFER,
        case_id,
        "nothing_offered",
        now,
        details={"kind": what.value},
    ) as change:
        row = running_entry(change)
        if row is None:
            return change.refuse(waiting.NOT_WAITING)
        said = entries.said_on(change.work.casework, case_id, NOTHING, change.today)
        allowed = waiting.may_say_nothing_offered(
            what, _free_tonight(change, actor), is_said_today=said
        )
        if not allowed:
            return change.refuse(allowed)
        step(change, row, what, change.today)
        return None


def _free_tonight(change: CaseChange, actor: Actor) -> int:
    """How many beds of the organisation are open and free tonight, whoever they are meant for (rule B6)."""
    now, today = change.work.at, change.today
    night = Nights(today, next_night(today))
    found = availability.beds(
        change.work.casework, night, now, today, organisation=actor.organisation
    )
    return sum(bool(beds.may_be_slept_on(one.bed, one.stays, night, now, today)) for one in found)


def _stands(change: CaseChange) -> entries.Offered | None:
    """What stands offered in this case: held for an answer, or booked after a yes."""
    case_id = change.dossier.case.id
    return entries.offers(change.work.casework, [case_id], change.work.at).get(case_id)


def _offered(change: CaseChange, seen: str | None) -> tuple[WaitingEntry | None, Placement | None]:
    """The entry that runs, and the nights that are held for an answer: those that were seen."""
    found = _stands(change)
    if found is None or not found.is_open or seen not in (None, found.placement_id):
        return running_entry(change), None
    return running_entry(change), change.work.casework.get(Placement, found.placement_id)
