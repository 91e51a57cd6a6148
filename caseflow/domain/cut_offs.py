"""Cut-offs: a quarter apart, and never chosen after another one failed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseflow.domain.calendar_months import months_after
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.publication_rules import PublicationRules
from caseflow.domain.published_counts import PublishedCounts


def untimely(
    as_of: date,
    today: date,
    same: Sequence[PublishedCounts],
    rules: PublicationRules,
    tried: Sequence[date] = (),
) -> Refused | None:
    """Answers why this cut-off cannot be published: it has not come, or another one is too near.

    `tried` are the cut-offs that were not published, proposed or sent back: each uses up its quarter, in both
    directions, because one chosen after a failure tells that the other failed. The same cut-off is none of
    them. Source: the publication rules.
    """
    if as_of > today:
        return Refused(
            N_("The cut-off %(as_of)s is in the future. Choose a past day.", as_of=as_of)
        )
    if same:
        last = max(publication.cut_off for publication in same)
        next_one = months_after(last, rules.months_apart)
        if as_of < next_one:
            return Refused(
                N_(
                    "The last cut-off was %(last)s; the next can be %(next)s at the earliest.",
                    last=last,
                    next=next_one,
                )
            )
    for day in sorted(tried):
        if day != as_of and max(day, as_of) < months_after(min(day, as_of), rules.months_apart):
            return Refused(
                N_(
                    "The cut-off %(tried)s uses up its quarter, whatever came of it. Choose one that "
                    "lies at least %(months)s months from it.",
                    tried=day,
                    months=rules.months_apart,
                )
            )
    return None
