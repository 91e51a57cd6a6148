"""Each vault waits for its nightly sweep; the server runs it, because no job holds a vault key."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.access import Actor
from caseflow.domain.local_days import local
from caseflow.services import sweeps
from caseflow.services.job_runs import Worked


def plan(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Records the sweeps of the day on which it is due."""
    return Worked(sweeps.wait_for(actor, local(due_at).date(), now))
