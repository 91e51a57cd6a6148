"""Each house's list for a fire lies as an encrypted file where it opens without the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from caseflow import clock
from caseflow.domain.actors import Actor
from caseflow.services import evacuation_files, job_runs
from caseflow.services.job_runs import Worked
from caseflow.tellers import teller

NAME = "evacuation_files"


def keep(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Writes the files as the houses are now, whatever slot it was due for; says in the ledger what could not be."""
    return evacuation_files.keep(actor, now, teller)


def now(moment: Callable[[], datetime] = clock.now) -> Worked:
    """The same between the slots; outside the ledger, which would fill with runs that changed nothing."""
    return evacuation_files.keep(job_runs.scheduler(NAME), moment(), teller)
