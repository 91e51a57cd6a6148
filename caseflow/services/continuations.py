"""What a case team and its lead decide about the clock: a court that continues a stay, nights of earlier episodes."""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import continuations, stay
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.services import readings
from caseflow.services.gatekeeping import changing
from caseflow.storage.models.facts import CourtContinuation, EarlierNightsDecision


def begin(actor: Actor, case_id: str, from_on: date, now: datetime) -> Refused | None:
    """Records that a court or an objection continues the stay; no end is planned meanwhile."""
    with changing(
        actor,
        Permission.CONTINUATION_RECORD,
        case_id,
        "continuation_recorded",
        now,
        details={"from": from_on},
    ) as change:
        allowed = continuations.may_begin(
            change.facts, readings.continued(change.dossier), from_on, change.today
        )
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(CourtContinuation(from_on=from_on, **change.recorded))
        return None


def end(actor: Actor, case_id: str, until_on: date, now: datetime) -> Refused | None:
    """Records that it is over; the day named is the first one without it."""
    with changing(
        actor,
        Permission.CONTINUATION_RECORD,
        case_id,
        "continuation_recorded",
        now,
        details={"until": until_on},
    ) as change:
        allowed = continuations.may_end(readings.continued(change.dossier), until_on, change.today)
        if not allowed:
            return change.refuse(allowed)
        for row in change.dossier.continuations:
            if row.until_on is None:
                row.until_on = until_on
                change.ended(row)
        return None


def decide_earlier_nights(
    actor: Actor, case_id: str, counts: bool, now: datetime
) -> Refused | None:
    """Decides whether the nights of earlier episodes count for somebody who came back (rule C3)."""
    with changing(
        actor,
        Permission.EARLIER_NIGHTS_DECIDE,
        case_id,
        "earlier_nights_decided",
        now,
        details={"counts": counts},
    ) as change:
        facts = readings.stay_facts(change.dossier, change.programme, change.today)
        allowed = stay.may_decide_earlier_nights(facts)
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(
            EarlierNightsDecision(counts=counts, event_on=change.today, **change.recorded)
        )
        return None
