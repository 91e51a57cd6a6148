"""Nights are frozen in the ledger, and presence by name that is past its term is deleted."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.actors import Actor
from caseflow.services import night_ledgers
from caseflow.services.job_runs import Worked


def keep(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Does what is due by now, whatever slot it was due for."""
    return night_ledgers.keep_terms(actor, now)
