"""Sums over the outcome table, such as all durable exits: printed only where that is safe.

Which printed values of a sum would fail the attack follows from the printed cells alone. So does the
choice whether a sum is considered at all, which therefore tells nothing:

* where no value would fail, or keeping such a value back is itself safe, the sum is considered;
* where the values that would fail are so rare that the publication can be risked for them, it is
  considered too: should the sum have such a value, nothing is published this quarter;
* otherwise the sum is left out, and its rate comes from printed cells or is not shown.

Keeping a value back is not silence: everyone knows the rule, and so knows that the value is one of
those that would fail. That knowledge is attacked as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from caseflow.domain.attacks import Effort, Finding, NothingFits, attack, reach
from caseflow.domain.calendar_months import months_after
from caseflow.domain.published_counts import (
    KeptBack,
    PublishedCount,
    PublishedCounts,
    alike,
    places,
    silences,
    statements,
)
from caseflow.domain.published_tables import Cohort
from caseflow.domain.rounding import PrintedCount, printed
from caseflow.domain.tied_totals import CommonTotals

FOR_A_SUM = 400
"""How many tables are sought for one value of a sum; a value given up counts as one that fails."""


A_QUARTER = 3
"""How many months ahead a sum is attacked: by then people may have joined its cells."""


class SumWouldFail(Exception):
    """A sum that was considered has one of the rare values that fail; nothing is published."""


def attack_publications(publications: Sequence[PublishedCounts]) -> list[Finding]:
    """Answers with the closest coalition for every target in everything issued of one scope.

    Raises NothingFits when the printed counts contradict one another.
    """
    return list(_attacked(publications))


def _attacked(
    publications: Sequence[PublishedCounts], effort: Effort | None = None
) -> Iterator[Finding]:
    return attack(
        statements(publications),
        places(publications),
        silences(publications),
        alike(publications),
        effort,
        CommonTotals(publications).fit,
    )


def withstands(publications: Sequence[PublishedCounts]) -> bool:
    """Answers whether everything issued of one scope passes the attack; stops at the first failure."""
    try:
        findings = _attacked(publications, Effort(tables=FOR_A_SUM))
        return all(finding.passes for finding in findings)
    except NothingFits:
        return False


def with_sum(
    earlier: Sequence[PublishedCounts],
    counts: PublishedCounts,
    wanted: PublishedCount,
    risk: Fraction,
) -> PublishedCounts:
    """Answers with the counts and one sum more: printed, kept back, or not considered at all.

    `risk` is the share of tables that fit the printed cells for which a publication may be lost.
    Raises SumWouldFail when this is one of them.
    """
    failing = failing_values(earlier, counts, wanted)
    if len(failing) == len(possible_values(earlier, counts, wanted)):
        return counts
    decided = replace(counts, sums_decided=(*counts.sums_decided, wanted.name))
    kept = KeptBack(wanted.name, wanted.categories, failing)
    kept_back = replace(decided, kept_back=(*counts.kept_back, kept))
    if failing and not withstands_a_quarter_on(earlier, kept_back):
        if share_failing(counts, wanted, failing) > risk:
            return counts
        if wanted.printed in failing:
            raise SumWouldFail
    if wanted.printed in failing:
        return kept_back
    return replace(decided, counts=(*counts.counts, wanted))


def share_failing(
    counts: PublishedCounts, wanted: PublishedCount, failing: Sequence[PrintedCount]
) -> Fraction:
    """Answers with the share of tables that fit the printed cells whose sum would fail.

    One, so that no risk is taken, where a category of the sum has no cell of its own.
    """
    cells = {c.categories: c.printed for c in counts.counts if not c.with_still_in}
    tables = Counter({0: 1})
    for category in wanted.categories - counts.structural_zeros:
        cell = cells.get(frozenset({category}))
        if cell is None:
            return Fraction(1)
        grown: Counter[int] = Counter()
        for total, ways in tables.items():
            for value in range(cell.low, cell.high + 1):
                grown[total + value] += ways
        tables = grown
    lost = sum(ways for total, ways in tables.items() if printed(total) in failing)
    return Fraction(lost, tables.total())


def failing_values(
    earlier: Sequence[PublishedCounts], counts: PublishedCounts, wanted: PublishedCount
) -> tuple[PrintedCount, ...]:
    """Answers which printed values of a sum would fail the attack beside the counts so far."""
    return tuple(
        value
        for value in possible_values(earlier, counts, wanted)
        if not withstands_a_quarter_on(
            earlier, replace(counts, counts=(*counts.counts, replace(wanted, printed=value)))
        )
    )


def possible_values(
    earlier: Sequence[PublishedCounts], counts: PublishedCounts, wanted: PublishedCount
) -> list[PrintedCount]:
    """Answers what a sum can print at most, beside the counts so far."""
    asked = replace(counts, counts=(*counts.counts, wanted))
    unknowns = statements([*earlier, asked])[-1].unknowns
    so_far = [*earlier, counts]
    possible = reach(statements(so_far), silences(so_far), unknowns)
    return sorted({printed(count) for count in possible}, key=lambda one: one.low)


def withstands_a_quarter_on(earlier: Sequence[PublishedCounts], counts: PublishedCounts) -> bool:
    """Answers whether counts withstand the attack of today and that of a quarter later.

    Who joins a cell later knows that they did not stand in it before, so a sum that is printed today has less
    room from then on. What the next quarter prints is not known; that nothing changes is taken for it, and that
    no sum is printed then. It follows from printed values alone.
    """
    cells = tuple(
        count
        for count in counts.counts
        if len(count.categories) == 1 or count.categories == frozenset(counts.categories)
    )
    next_one = replace(
        counts,
        cut_off=months_after(counts.cut_off, A_QUARTER),
        counts=cells,
        kept_back=(),
        sums_decided=(),
        tables=tuple(table for table in counts.tables if table.cohort is not Cohort.STAYS),
    )
    return withstands([*earlier, counts]) and withstands([*earlier, counts, next_one])


def kept_back_as_the_rule_says(publications: Sequence[PublishedCounts]) -> bool:
    """Answers whether the values that were kept back are those that would have failed."""
    *earlier, last = sorted(publications, key=lambda publication: publication.cut_off)
    for number, kept in enumerate(last.kept_back):
        # Sums are decided in order; those after this one were not yet printed.
        at = last.sums_decided.index(kept.name)
        later = set(last.sums_decided[at:])
        before = replace(
            last,
            counts=tuple(count for count in last.counts if count.name not in later),
            kept_back=last.kept_back[:number],
            sums_decided=last.sums_decided[:at],
        )
        wanted = PublishedCount(kept.name, kept.categories, printed(0))
        if failing_values(earlier, before, wanted) != kept.one_of:
            return False
    return True
