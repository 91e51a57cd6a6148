"""How a stay stands against the longest stay of its programme, for figures: within, extended, or reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from caseflow.domain.episodes import LimitStatus
from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import Programme
from caseflow.domain.stay import StayFacts, clock
from caseflow.domain.stay_limits import StartEvent, StayLimit

LIMIT_NAMES: Final[Mapping[LimitStatus, Message]] = MappingProxyType(
    {
        LimitStatus.NO_LIMIT: N_("no limit"),
        LimitStatus.UNKNOWN: N_("not known"),
        LimitStatus.WITHIN: N_("within the term"),
        LimitStatus.EXTENDED: N_("extended, term not yet over"),
        LimitStatus.REACHED: N_("term over, not extended"),
        LimitStatus.REACHED_AND_EXTENDED: N_("term over, extended"),
    }
)


def limit_of(programme: Programme, dates: Mapping[StartEvent, date | None]) -> StayLimit:
    """Answers which limit governs a stay with these dates; a later rule never shortens a term that already runs.

    Raises ValueError where no date is known at all.
    """
    limit = programme.stay_limit_on(min(day for day in dates.values() if day is not None))
    begins = dates[limit.start_event]
    return limit if begins is None else programme.stay_limit_on(begins)


def standing(facts: StayFacts, as_of: date) -> LimitStatus:
    """Answers how a stay stood on a day, or at its end where that came first.

    The limit is reached by whoever is still in on the last day of the term itself, whatever was agreed beyond it; an
    agreed extension counts as soon as it was agreed. Sources: rules C1 to C4.
    """
    if facts.limit.months is None:
        return LimitStatus.NO_LIMIT
    last_day = clock(facts, as_of).term_last_day
    until = as_of if facts.exited_on is None else min(as_of, facts.exited_on)
    is_extended = facts.extended_until is not None
    if last_day is None or until < last_day:
        return LimitStatus.EXTENDED if is_extended else LimitStatus.WITHIN
    return LimitStatus.REACHED_AND_EXTENDED if is_extended else LimitStatus.REACHED


def standing_of_history(
    programme: Programme | None, entered_on: date, outcome: str | None
) -> LimitStatus:
    """Answers how an imported episode stood: history has no clock, so only its outcome can tell.

    An extension is never known of it. Source: the caseload file of the contract.
    """
    if programme is not None and programme.stay_limit_on(entered_on).months is None:
        return LimitStatus.NO_LIMIT
    reached = outcome == Outcome.STAY_LIMIT_REACHED
    return LimitStatus.REACHED if reached else LimitStatus.UNKNOWN
