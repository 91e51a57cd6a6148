"""Held beds whose hold has run out are let go."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.actors import Actor
from caseflow.services import lapsed_holds
from caseflow.services.job_runs import Worked


def lapse(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Lets go what is over by now, whatever it was due for."""
    return lapsed_holds.let_go(actor, now)
