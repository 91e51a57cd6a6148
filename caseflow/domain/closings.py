"""Whether a bed, a room or a site can be closed: never over the head of who sleeps there (rules B4 and B8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.domain.nights import Nights

BACKDATED_DAYS_AT_MOST: Final = 31
"""Days that a closing may lie back: a month, so that its statement can still be made."""


def may_be_emptied(taken: Iterable[Nights], wanted: Nights) -> Decision:
    """Answers whether nobody has any of these nights; else how many are taken, and by nobody's name."""
    there = [one for one in taken if one.overlaps(wanted)]
    if not there:
        return Allowed()
    first = max(wanted.arrival, min(one.arrival for one in there))
    ends = [_end(one, wanted) for one in there]
    if None in ends:
        return Refused(
            N_(
                "Nights are taken from %(first)s on, without a planned departure. Move or end those stays first: "
                "the board shows them.",
                first=first,
            )
        )
    known = [one for one in ends if one is not None]
    count = sum(
        (end - max(one.arrival, wanted.arrival)).days for one, end in zip(there, known, strict=True)
    )
    return Refused(
        N_(
            "Nights that are taken from %(first)s to %(end)s: %(count)s. Move or end those stays first: "
            "the board shows them.",
            first=first,
            end=max(known),
            count=count,
        )
    )


def _end(taken: Nights, wanted: Nights) -> date | None:
    ends = [one for one in (taken.departure, wanted.departure) if one is not None]
    return min(ends, default=None)


def may_close(last_night: date | None, opened: date, today: date) -> Decision:
    """Answers whether this can be the last night of a place; None opens it again without an end."""
    if last_night is None:
        return Allowed()
    if last_night < opened:
        return Refused(
            N_("It opened on %(day)s. The last night is that one or a later one.", day=opened)
        )
    first = today - timedelta(days=BACKDATED_DAYS_AT_MOST)
    if last_night < first:
        return Refused(
            N_(
                "This can be recorded up to %(most)s days back: from %(first)s on. Choose that day or later.",
                most=BACKDATED_DAYS_AT_MOST,
                first=first,
            )
        )
    return Allowed()
