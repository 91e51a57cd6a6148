"""Looks without relation that stand out are raised: within minutes, and once a night whatever was missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from caseflow import clock
from caseflow.domain.actors import Actor
from caseflow.services import attentions, job_runs
from caseflow.services.job_runs import Worked

NAME = "attention"


def missed(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Counts over the days in which the machine may have stood still."""
    return attentions.notice(actor, now - attentions.AGAIN, now)


def now(moment: Callable[[], datetime] = clock.now) -> Worked:
    """Counts over the last hour; outside the ledger, which would fill with runs that found nothing (0122)."""
    at = moment()
    return attentions.notice(job_runs.scheduler(NAME), at - attentions.SOON, at)
