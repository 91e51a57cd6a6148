"""Silence towards the client that a law orders about a demand, asked again at least every three months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.domain.calendar_months import months_after
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_

SILENT_MONTHS_AT_MOST: Final = 3


@dataclass(frozen=True)
class Silence:
    """An order to say nothing to the client, or the end of it, newest last in a list."""

    ordered_on: date
    review_on: date | None
    """None where this row ends the silence."""


def may_keep_silent(review_on: date, today: date) -> Decision:
    """Answers whether silence may last until this review: ahead, and three months at most."""
    latest = months_after(today, SILENT_MONTHS_AT_MOST)
    if not today < review_on <= latest:
        return Refused(N_("Choose a day of review from tomorrow until %(latest)s.", latest=latest))
    return Allowed()


def is_silent(silences: Iterable[Silence]) -> bool:
    """Whether the client is not told: until a review ends it, also where the review is late."""
    newest = _newest(silences)
    return newest is not None and newest.review_on is not None


def review_is_due(silences: Iterable[Silence], today: date) -> bool:
    """Whether the day has come on which silence is asked again."""
    newest = _newest(silences)
    return newest is not None and newest.review_on is not None and newest.review_on <= today


def _newest(silences: Iterable[Silence]) -> Silence | None:
    found = None
    for one in silences:
        found = one
    return found
