"""Whoever switched mail on is told how many things are due; never what they are."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.actors import Actor
from caseflow.services import reminders
from caseflow.services.job_runs import Worked
from caseflow.tellers import teller


def mail(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Mails what is due by now, whatever slot it was due for."""
    return reminders.send(actor, now, teller)
