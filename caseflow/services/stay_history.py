"""How the last day of a stay came about: what was agreed beyond the term, and which alerts were raised for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.domain.stay_alerts import AlertCode
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.operations import StayAlert


@dataclass(frozen=True)
class AgreedStay:
    """A stay beyond the term: agreed on a day, until a day inclusive."""

    agreed_on: date
    until_on: date


@dataclass(frozen=True)
class RaisedAlert:
    """An alert for one last day; what it says and since when only for who sees due dates."""

    last_day: date | Hidden
    code: AlertCode | Hidden
    due_on: date | Hidden


@dataclass(frozen=True)
class StayHistory:
    """What was agreed and what was raised, the oldest first."""

    agreed: tuple[AgreedStay, ...]
    alerts: tuple[RaisedAlert, ...]


def of(session: Session, dossier: Dossier, vision: Vision) -> StayHistory | Hidden:
    """Answers how this stay came to its last day, as far as this reader may know; rule C4 raises the alerts."""
    clock = vision.sees(Compartment.CASEWORK, Part.CLOCK)
    due = vision.sees(Compartment.CASEWORK, Part.DUE_DATES)
    if not clock and not due:
        return HIDDEN
    rows = session.scalars(
        select(StayAlert)
        .where(StayAlert.case_id == dossier.case.id)
        .order_by(StayAlert.last_day, StayAlert.due_on)
    )
    return StayHistory(
        tuple(AgreedStay(one.event_on, one.until_on) for one in dossier.extensions)
        if clock
        else (),
        tuple(
            RaisedAlert(
                one.last_day if clock else HIDDEN,
                AlertCode(one.kind) if due else HIDDEN,
                one.due_on if due else HIDDEN,
            )
            for one in rows
        ),
    )
