"""Which further tables stand in a publication, best first: what would cost it goes before it does.

Leaving out what is new tells nothing, for whatever reason: it can always have had a row that is too small
(`publication_tables`, `time_tables`). What was printed before stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from caseflow.domain.publication_rules import Level, PublicationRules
from caseflow.domain.publication_tables import TableChoice
from caseflow.domain.published_counts import PublishedCounts
from caseflow.domain.published_tables import Cohort, PublishedTable
from caseflow.domain.tallies import Tally
from caseflow.domain.time_tables import TIME, time_table


def is_timed(earlier: Sequence[PublishedCounts]) -> bool:
    """Answers whether a programme is one that prints time to solution."""
    return any(one.table(TIME) for one in earlier)


def further_tables(
    rules: PublicationRules,
    choice: TableChoice,
    counted: Tally,
    counts: PublishedCounts,
    level: Level,
) -> list[tuple[PublishedTable, ...]]:
    """Answers with the tables to print, and with fewer or coarser ones for when the attack fails beside these.

    Time to solution is printed beside the outcomes one by one and beside no sum over them: the two would cross, and the
    attack would fail with both. A programme prints either that or the bands of stay and the sums, for good. Raises
    TablesDoNotFit.
    """
    timed = is_timed(choice.earlier)
    wanted = [rule for rule in rules.tables if not timed or rule.cohort is Cohort.PARTICIPANTS]
    tables = choice.tables(wanted, counted)
    people = tuple(table for table in tables if table.cohort is Cohort.PARTICIPANTS)
    bands = tuple(table for table in tables if table.cohort is Cohort.EXITS)
    is_new = bands and not any(one.table(table.id) for one in choice.earlier for table in bands)
    found = [tables, people] if is_new else [tables]
    if (level is not Level.ONE_DIMENSIONAL and not timed) or (choice.earlier and bands):
        return found
    asked = (rule.count(counted, counts.categories, rules.category_of) for rule in rules.time)
    times = (time_table(rule, choice, table) for rule, table in zip(rules.time, asked, strict=True))
    return [*((*people, time) for time in times if time is not None), *found]
