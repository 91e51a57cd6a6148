"""The publications of the last quarter are prepared; a colleague proposes them, two others approve."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.actors import Actor
from caseflow.domain.local_days import local
from caseflow.domain.timetables import last_quarter_end
from caseflow.services import quarterly_publications
from caseflow.services.job_runs import Worked


def prepare(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Prepares the quarter that was over on the day it is due."""
    cut_off = last_quarter_end(local(due_at).date())
    return quarterly_publications.prepare_all(actor, cut_off, now)
