"""Every night the head of the log is signed, so that the line can be copied elsewhere in the morning."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.services import audits
from caseflow.services.job_runs import Worked

BROKEN: Final = "log_is_broken"
"""The log was not signed, because the walk along it found that something was changed."""


def sign(actor: Actor, due_at: datetime, now: datetime) -> Worked:
    """Signs the head, on a fixed schedule: when a checkpoint was made says nothing about how busy the house is."""
    made = audits.checkpoint(actor, now)
    return Worked(0, 1, frozenset({BROKEN})) if isinstance(made, Refused) else Worked(1)
