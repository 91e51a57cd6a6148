"""What old sign-ins leave behind, and how long it is kept; the audit log goes on telling who signed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_
from sqlalchemy.engine import CursorResult

from caseflow.services import houses
from caseflow.services.job_runs import Worked
from caseflow.services.throttling import HOUR
from caseflow.storage.jottings import jotting
from caseflow.storage.models.accounts import Invitation, Session, SignInAttempt

KEPT_AFTER_ITS_END: Final = timedelta(days=30)
"""How long an ended session or invitation can still be looked at by the colleague it was for."""


def delete_old(now: datetime) -> Worked:
    """Deletes counted attempts of more than an hour ago, and sessions and invitations that ended a month ago.

    All of it or nothing; what still works is never touched.
    """
    before = now - KEPT_AFTER_ITS_END
    old = (
        delete(SignInAttempt).where(SignInAttempt.at <= now - HOUR),
        delete(Session).where(or_(Session.ends_at <= before, Session.revoked_at <= before)),
        delete(Invitation).where(or_(Invitation.ends_at <= before, Invitation.used_at <= before)),
    )
    deleted = 0
    with jotting(houses.current().stores) as notes:
        for statement in old:
            answer = notes.execute(statement)
            deleted += answer.rowcount if isinstance(answer, CursorResult) else 0
    return Worked(deleted)
