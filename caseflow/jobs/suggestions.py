"""Which free bed suits whom on the waiting list, worked out before the day begins."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.actors import Actor
from caseflow.services import suggesting
from caseflow.services.job_runs import Worked


def work_out(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Works it out for tonight, whatever it was due for."""
    return suggesting.suggest(actor, now)
