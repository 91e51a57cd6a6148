"""How a rate is put together from the counts that a publication prints anyway."""

from __future__ import annotations

from collections.abc import Sequence

from caseflow.domain.percentages import (
    NOT_PRINTED,
    PrintedPercentage,
    PrintStatus,
    percentage,
    percentage_of_rest,
    percentage_of_sum,
)
from caseflow.domain.published_counts import PublishedCount, PublishedCounts
from caseflow.domain.rounding import PrintedCount


def printed_rate(
    among: frozenset[str],
    publication: PublishedCounts,
    denominator: PrintedCount,
    *,
    of_exits: bool,
) -> tuple[PrintedCount | None, PrintedPercentage]:
    """Answers with the printed numerator, if it is printed as such, and the percentage.

    A numerator that is not printed is added up from printed counts, or is what they leave of all
    exits; both say nothing new. A rate that would need a `<5` cell is not printed.
    """
    wanted = among - publication.structural_zeros
    for count in publication.counts:
        if not count.with_still_in and count.categories - publication.structural_zeros == wanted:
            return count.printed, percentage(count.printed, denominator)
    candidates: list[tuple[int, PrintedPercentage]] = []
    parts = _parts(wanted, publication)
    if parts is not None:
        candidates.append((len(parts), percentage_of_sum(parts, denominator)))
    rest = frozenset(publication.categories) - publication.structural_zeros - wanted
    others = _parts(rest, publication) if of_exits else None
    if others is not None:
        candidates.append((len(others), percentage_of_rest(others, denominator)))
    said = [found for found in candidates if found[1].status is PrintStatus.PRINTED]
    return None, min(said, key=lambda found: found[0])[1] if said else NOT_PRINTED


def _parts(wanted: frozenset[str], publication: PublishedCounts) -> Sequence[PrintedCount] | None:
    """Answers with the fewest printed counts that add up to these categories, greatest first."""
    parts: list[PublishedCount] = []
    missing = wanted
    plain = [count for count in publication.counts if not count.with_still_in]
    for count in sorted(plain, key=lambda count: -len(count.categories)):
        categories = count.categories - publication.structural_zeros
        if categories and categories <= missing:
            parts.append(count)
            missing -= categories
    return None if missing or not parts else [part.printed for part in parts]
