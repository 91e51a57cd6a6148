"""Operations sheets of last month and sentinel figures of last year are fixed; what became known is put right."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.actors import Actor
from caseflow.services import operations_sheets, sentinels
from caseflow.services.job_runs import Worked


def make(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Makes what is missing and corrects what changed, whatever slot it is."""
    sheets = operations_sheets.make_all(actor, now)
    return Worked(sheets + sentinels.make_all(actor, now))
