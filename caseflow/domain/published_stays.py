"""A table of stays beside the outcomes: what it must be so that the attack is told all that it says.

Its rows count exits of some outcomes, of all the others, or stays that had not ended; each of the first two adds up to
a sum over the outcome cells. Those that had not ended bound nothing, as long as there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caseflow.domain.published_counts import PublishedCounts
from caseflow.domain.published_tables import Cohort, PublishedTable
from caseflow.domain.rounding import PrintedCount

STILL_TO_LEAVE: Final[frozenset[str]] = frozenset()
"""Among no outcomes: the stays that had not ended."""


def leaves_room(exits: PrintedCount, participants: PrintedCount, table: PublishedTable) -> bool:
    """Answers whether those who had not left bound the exits by nothing that their own print does not say.

    Everybody who entered left or is still to: participants are at most the exits and the stays that had not ended.
    """
    still = sum(row.printed.high for row in table.rows if row.among == STILL_TO_LEAVE)
    return exits.low + still >= participants.high


def stays_hold(publications: Sequence[PublishedCounts]) -> bool:
    """Answers whether tables of stays are such as the attack knows: it is told their parts and nothing else.

    At most one in a publication, and in no scope together with another table of exits.
    """
    for scope in {one.scope for one in publications}:
        own = [one for one in publications if one.scope == scope]
        tables = [(one, t) for one in own for t in one.tables if t.cohort is Cohort.STAYS]
        bands = any(t.cohort is Cohort.EXITS for one in own for t in one.tables)
        if tables and (bands or len({one.cut_off for one, _ in tables}) < len(tables)):
            return False
        if not all(_is_whole(one, table) for one, table in tables):
            return False
    return True


def _is_whole(one: PublishedCounts, table: PublishedTable) -> bool:
    """Whether its parts hold each outcome once, in cells that are printed one by one, and leave room."""
    told = [category for part in table.parts for category in part]
    everything = frozenset(one.categories)
    alone = {c for count in one.counts if len(count.categories) == 1 for c in count.categories}
    exits, participants = (
        next(
            (
                count.printed
                for count in one.counts
                if count.with_still_in is still_in and count.categories == everything
            ),
            None,
        )
        for still_in in (False, True)
    )
    return (
        len(one.members) == 1
        and exits is not None
        and participants is not None
        and sorted(told) == sorted(everything)
        and everything <= alone | one.structural_zeros
        and all(row.among is not None for row in table.rows)
        and leaves_room(exits, participants, table)
    )
