"""The weekly list of stays whose last day comes near, and the daily look at the urgent ones."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.actors import Actor
from caseflow.services import stay_alerts
from caseflow.services.job_runs import Worked


def weekly(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Makes the list of the week in which it is due."""
    return stay_alerts.raise_weekly(actor, due_at, now)


def urgent(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Raises what does not wait for the weekly list."""
    return stay_alerts.raise_urgent(actor, now)
