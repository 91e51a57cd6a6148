"""Stretches in which a court or an objection continues a stay, and what may be recorded about them (rule C4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_
from caseflow.domain.nights import Nights


def running(continued: Iterable[Nights]) -> Nights | None:
    """Answers with the stretch that nobody ended yet."""
    return next((one for one in continued if one.departure is None), None)


def may_begin(
    facts: CaseFacts, continued: Iterable[Nights], from_on: date, today: date
) -> Decision:
    """Answers whether a court or an objection may be recorded as continuing the stay from a day on."""
    known = tuple(continued)
    if facts.has_ended:
        return Refused(N_("This case has ended, so there is no stay to continue."))
    if running(known) is not None:
        return Refused(N_("A court or an objection already continues this stay."))
    if any(one.overlaps(Nights(from_on)) for one in known):
        return Refused(N_("These days were already continued. Choose a later day."))
    return may_date(from_on, today, facts.application_on)


def may_end(continued: Iterable[Nights], until_on: date, today: date) -> Decision:
    """Answers whether the continuation that runs may be recorded as over; the day is the first without it."""
    known = running(continued)
    if known is None:
        return Refused(N_("No court or objection continues this stay, so there is nothing to end."))
    if until_on <= known.arrival:
        return Refused(N_("It began on %(day)s. Choose a later day.", day=known.arrival))
    return may_date(until_on, today, known.arrival)
