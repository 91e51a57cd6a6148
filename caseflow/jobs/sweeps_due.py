"""Each vault waits for its nightly sweep; the server runs it, because no job holds a vault key."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from caseflow.domain.actors import Actor
from caseflow.domain.local_days import local
from caseflow.services import sweeps
from caseflow.services.job_runs import Worked

OLDER: Final = "casework_is_older"
"""The casework store is older than a vault: restore the one that belongs to it. Nothing was swept there."""


def plan(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Records the sweeps of the day on which it is due; says which ones were stopped."""
    count = sweeps.wait_for(actor, local(due_at).date(), now)
    stopped = sweeps.stranded()
    return Worked(count, len(stopped), frozenset({OLDER}) if stopped else frozenset())
