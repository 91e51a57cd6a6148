"""A suggestion becomes an offer, or is refused with a reason; people who stay together go in one change or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import pathways, placements, suggestions, waiting
from caseflow.domain.access import may
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.nights import Nights
from caseflow.domain.placements import StayStatus
from caseflow.domain.suggestions import Refusal, Standing, Verdict
from caseflow.domain.waiting import WaitingStep
from caseflow.services import actors, gatekeeping, houses, readings, suggestion_lists
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.services.placements import bed_for, may_sleep, new_stay
from caseflow.services.stays import guarded
from caseflow.services.suggestion_lists import DECIDES
from caseflow.services.waiting_places import running_entry, step
from caseflow.storage import dossiers
from caseflow.storage import waiting as entries
from caseflow.storage.models.suggestions import Suggestion


def accept(
    actor: Actor,
    suggestion_id: str,
    option_id: str,
    arrival: date,
    answer_by: date,
    now: datetime,
) -> Refused | None:
    """Offers the beds of an option to everybody in it: held until the end of a day. Raises `NotKnown`."""
    view = suggestion_lists.opened(actor, suggestion_id, now)
    option = view.option(option_id)
    if option is None:
        raise NotKnown()
    until = waiting.held_until(answer_by)
    first, *rest = option.people
    with changing(
        actor,
        DECIDES,
        first.who.case_id,
        "suggestion_accepted",
        now,
        details={
            "beds": frozenset(option.bed_ids),
            "arrival": arrival,
            "until": until,
            "cost": option.cost,
        },
        also=[one.who.client_code for one in rest],
    ) as change:
        rows = _rows(change.work.casework, option_id)
        allowed = suggestions.may_accept(
            Standing(_decided(change.work.casework, rows), option.is_fresh)
        )
        if not allowed:
            return change.refuse(allowed)
        for row in rows:
            refused = _offer(_of(change, actor, row.case_id), actor, row, arrival, answer_by)
            if refused is not None:
                return change.refuse(refused)
        verdict = Verdict.ACCEPTED if option_id == view.id else Verdict.CHANGED
        _decide(change, rows, verdict)
    return None


def refuse(actor: Actor, suggestion_id: str, why: Refusal, now: datetime) -> Refused | None:
    """Keeps that a suggestion was refused, and why; the room is not suggested again for a while. Raises `NotKnown`."""
    view = suggestion_lists.opened(actor, suggestion_id, now)
    first, *rest = view.suggested.people
    with changing(
        actor,
        DECIDES,
        first.who.case_id,
        "suggestion_refused",
        now,
        details={"reason": why.value},
        also=[one.who.client_code for one in rest],
    ) as change:
        rows = _rows(change.work.casework, view.id)
        allowed = suggestions.may_refuse(
            Standing(_decided(change.work.casework, rows), view.suggested.is_fresh)
        )
        if not allowed:
            return change.refuse(allowed)
        for row in rows:
            _of(change, actor, row.case_id)
            row.refusal = why.value
        _decide(change, rows, Verdict.REFUSED)
    return None


def _rows(session: Session, option_id: str) -> Sequence[Suggestion]:
    """The rows of everybody in an option. Raises `NotKnown` where a new working out replaced it."""
    row = session.get(Suggestion, option_id)
    if row is None:
        raise NotKnown()
    return session.scalars(
        select(Suggestion)
        .where(
            Suggestion.run_id == row.run_id,
            Suggestion.together == row.together,
            Suggestion.rank == row.rank,
        )
        .order_by(Suggestion.case_id)
    ).all()


def _decided(session: Session, rows: Sequence[Suggestion]) -> Verdict | None:
    """What was decided about any option of these people meanwhile."""
    found = session.scalar(
        select(Suggestion.decision).where(
            Suggestion.run_id == rows[0].run_id,
            Suggestion.together == rows[0].together,
            Suggestion.decision.is_not(None),
        )
    )
    return Verdict(found) if found else None


def _decide(change: CaseChange, rows: Sequence[Suggestion], verdict: Verdict) -> None:
    for row in rows:
        row.decision, row.decided_at = verdict.value, change.work.at
        row.decided_by, row.change_id = change.work.by, change.work.id


def _of(change: CaseChange, actor: Actor, case_id: str) -> CaseChange:
    """The same change, seen from the case of another of them; asked again, since relations may have ended meanwhile."""
    if case_id == change.dossier.case.id:
        return change
    session, now = change.work.casework, change.work.at
    present = actors.present(session, actor)
    standing = gatekeeping.standings(session, present, [case_id], now).get(case_id)
    if standing is None or not may(DECIDES, standing):
        raise NotKnown()
    dossier = dossiers.of_cases(session, [case_id])[case_id]
    programme = houses.current().programme(dossier.case.programme)
    return replace(
        change,
        dossier=dossier,
        programme=programme,
        facts=readings.case_facts(dossier, programme),
        told=readings.stay_clock(dossier, programme, change.today),
        standing=standing,
    )


def _offer(
    change: CaseChange, actor: Actor, row: Suggestion, arrival: date, answer_by: date
) -> Refused | None:
    """Holds the bed of one of them, under every rule that an offer of the waiting list keeps."""
    entry = running_entry(change)
    if entry is None or row.bed_id is None:
        return suggestions.STALE
    wanted = Nights(arrival)
    bed = bed_for(change, actor, row.bed_id, wanted)
    allowed = _may_offer(change, arrival, answer_by) and may_sleep(change, bed, wanted)
    if not allowed:
        return allowed
    stay = new_stay(change, row.bed_id, arrival, None, begun=False)
    stay.status, stay.hold_ends_at = StayStatus.HELD.value, waiting.held_until(answer_by)
    change.work.casework.add(stay)
    refused = guarded(change)
    if refused is None:
        step(change, entry, WaitingStep.OFFERED, change.today, placement_id=stay.id)
    return refused


def _may_offer(change: CaseChange, arrival: date, answer_by: date) -> Decision:
    case_id = change.dossier.case.id
    stands = entries.offers(change.work.casework, [case_id], change.work.at).get(case_id)
    terms = houses.current().waiting.offer
    allowed = waiting.may_offer(stands is not None, arrival, answer_by, terms, change.today)
    allowed = allowed and pathways.may_shelter(change.facts, arrival)
    return allowed and placements.may_plan(arrival, None, change.today)
