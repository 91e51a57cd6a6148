"""Being on duty: for whose cases, from when until when, and for how long at most."""

from __future__ import annotations

from datetime import datetime, timedelta

from caseflow.domain.access import ROSTER_DAYS_AT_MOST
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_


def may_be_on_duty(starts_at: datetime, ends_at: datetime, now: datetime) -> Decision:
    """Answers whether somebody may be on duty from one moment until another: at most seven days, not in the past.

    Days are counted as the clock on the wall shows them, so a week stays a week when the clock is changed.
    Raises InstantWithoutZone.
    """
    if ends_at <= starts_at:
        return Refused(N_("A shift ends after it begins. Check both days and hours."))
    if ends_at <= now:
        return Refused(N_("This shift is over already. Choose a later end."))
    if local(ends_at) - local(starts_at) > timedelta(days=ROSTER_DAYS_AT_MOST):
        return Refused(
            N_(
                "A shift lasts at most %(most)s days. Choose an earlier end.",
                most=ROSTER_DAYS_AT_MOST,
            )
        )
    return Allowed()
