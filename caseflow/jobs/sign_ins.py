"""What is left of old sign-ins is deleted."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.actors import Actor
from caseflow.services import sign_in_remains
from caseflow.services.job_runs import Worked


def tidy(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Deletes what is past its term by now, whatever it was due for."""
    return sign_in_remains.delete_old(now)
