"""Days on which something counts for the last time: both days are inclusive."""

from __future__ import annotations

from datetime import date, timedelta


def ended_before(today: date) -> date:
    """The last day of what counts no more today: the day before, also for what began today or begins later.

    A change counts from the next request (rules over the tables of the firewall), and `until` names the last
    day on which something still counts. What lasts until before it begins never counts.
    """
    return today - timedelta(days=1)
