"""People who are kept apart for safety: from which day until which, and which sites they cannot use meanwhile.

Source: the firewall's rule that after *separated for safety* neither side's site, contact or presence shows on the
other's pages; rule B9 (keep-apart pairs). Decision 0130.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.last_days import ended_before
from caseflow.domain.messages import N_
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import Stay, conflict

NOT_FOR_THIS_PERSON: Final = Refused(
    N_("This site cannot be used for this person. Choose another site, or ask the team lead.")
)
"""One sentence for every reason of safety: it tells neither who nor whether anybody is there."""
UNKNOWN: Final = Refused(
    N_("You know no other client of your organisation with this code. Check the code.")
)
"""The one answer for a code that nobody has, that another organisation has, and that this lead may not know."""
BACKDATED_DAYS_AT_MOST: Final = 366


def may_use_site(
    of_the_other: Iterable[Stay], wanted: Nights, now: datetime, today: date
) -> Decision:
    """Answers whether a site can be used, given the nights there of whoever is kept apart from this person.

    The day on which one leaves and the other comes counts as well: they would meet at the door.
    """
    leaves = wanted.departure
    around = Nights(
        wanted.arrival - timedelta(days=1), None if leaves is None else next_night(leaves)
    )
    return Allowed() if conflict(of_the_other, around, now, today) is None else NOT_FOR_THIS_PERSON


def may_begin(from_on: date, today: date) -> Decision:
    """Answers whether two people can be kept apart from this day on: today, or a day not long past."""
    if from_on > today:
        return Refused(
            N_("Keeping apart begins today at the latest. Enter today or an earlier day.")
        )
    if from_on < today - timedelta(days=BACKDATED_DAYS_AT_MOST):
        return Refused(N_("This day is more than a year ago. Enter a later day."))
    return Allowed()


def may_end(last_day: date, today: date) -> Decision:
    """Answers whether this can be the last day: yesterday (it counts no more), today or later."""
    first = ended_before(today)
    if last_day < first:
        return Refused(
            N_("The last day is %(day)s or later. What was kept apart stays so.", day=first)
        )
    return Allowed()
