"""Nights away: recorded when somebody leaves for a while, and when they come back."""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import absences
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services import readings
from caseflow.services.gatekeeping import changing
from caseflow.storage.models import shelter


def begin(
    actor: Actor, case_id: str, kind: AbsenceKind, from_on: date, now: datetime
) -> Refused | None:
    """Records the first night that somebody is away; the bed stays theirs."""
    with changing(
        actor,
        Permission.ABSENCE_RECORD,
        case_id,
        "absence_recorded",
        now,
        details={"kind": kind.value, "from": from_on},
    ) as change:
        allowed = absences.may_begin(
            change.facts, readings.absences(change.dossier), from_on, change.today
        )
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(
            shelter.Absence(
                kind=kind.value,
                from_on=from_on,
                **change.recorded,
            )
        )
        return None


def end(actor: Actor, case_id: str, until_on: date, now: datetime) -> Refused | None:
    """Records the day on which somebody came back: the first night that they sleep here again."""
    with changing(
        actor,
        Permission.ABSENCE_RECORD,
        case_id,
        "absence_recorded",
        now,
        details={"until": until_on},
    ) as change:
        allowed = absences.may_end(readings.absences(change.dossier), until_on, change.today)
        if not allowed:
            return change.refuse(allowed)
        for row in change.dossier.absences:
            if row.until_on is None:
                row.until_on = until_on
                change.ended(row)
        return None
