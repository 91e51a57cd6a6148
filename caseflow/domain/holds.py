"""Beds that are kept free for somebody until a moment: a hold ends by itself, a stay never does (rule B5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.domain.placements import Stay, StayStatus, over

HOLD_DAYS_AT_MOST: Final = 14
"""Days that a bed may be held for somebody who has not said yes; after that another person needs it more."""


def may_hold(arrival: date, ends_at: datetime, now: datetime, today: date) -> Decision:
    """Answers whether a bed may be held from this night on, until this moment."""
    if arrival < today:
        return Refused(
            N_(
                "A bed is held for a night to come. Choose %(day)s or later, "
                "or place the person on the bed.",
                day=today,
            )
        )
    return may_last(ends_at, now)


def may_last(ends_at: datetime, now: datetime) -> Decision:
    """Answers whether a hold may end at this moment: ahead, and not too far."""
    if ends_at <= now:
        return Refused(N_("The hold would be over already. Choose a later moment."))
    if ends_at > now + timedelta(days=HOLD_DAYS_AT_MOST):
        return Refused(
            N_(
                "A bed is held for at most %(days)s days. Choose an earlier moment.",
                days=HOLD_DAYS_AT_MOST,
            )
        )
    return Allowed()


def may_change(stay: Stay, now: datetime) -> Decision:
    """Answers whether a hold still is one: neither turned into a booking, nor over, nor run out."""
    if stay.status is StayStatus.LAPSED or stay.has_run_out(now):
        return Refused(
            N_("This hold has run out, and the bed may be somebody else's. Hold a bed anew.")
        )
    if stay.status in (StayStatus.BOOKED, StayStatus.BEGUN):
        return Refused(N_("This bed is not held any more: it is booked. Look at the stay again."))
    if stay.status is not StayStatus.HELD:
        return over(stay)
    return Allowed()
