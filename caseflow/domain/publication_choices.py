"""Which further tables stand in a publication, best first: what would cost it goes before it does.

Leaving out what is new tells nothing, for whatever reason: it can always have had a row that is too small
(`publication_tables`, `time_tables`). What was printed before stays.
"""

from __future__ import annotations

from caseflow.domain.publication_rules import PublicationRules
from caseflow.domain.publication_tables import TableChoice
from caseflow.domain.published_counts import PublishedCounts
from caseflow.domain.published_tables import Cohort, PublishedTable
from caseflow.domain.tallies import Tally
from caseflow.domain.time_tables import TIME, time_table


def further_tables(
    rules: PublicationRules,
    choice: TableChoice,
    counted: Tally,
    counts: PublishedCounts,
    *,
    at_all: bool,
) -> list[tuple[PublishedTable, ...]]:
    """Answers with the tables to print, and with fewer or coarser ones for when the attack fails beside these.

    `at_all` is whether the outcomes are printed one by one, without which there is no time to solution. A programme
    prints either that or the bands of stay, for good. Raises TablesDoNotFit.
    """
    timed = any(one.table(TIME) for one in choice.earlier)
    wanted = [rule for rule in rules.tables if not timed or rule.cohort is Cohort.PARTICIPANTS]
    tables = choice.tables(wanted, counted)
    people = tuple(table for table in tables if table.cohort is Cohort.PARTICIPANTS)
    bands = tuple(table for table in tables if table.cohort is Cohort.EXITS)
    is_new = bands and not any(one.table(table.id) for one in choice.earlier for table in bands)
    found = [tables, people] if is_new else [tables]
    if not at_all or (choice.earlier and bands):
        return found
    asked = (rule.count(counted, counts.categories, rules.category_of) for rule in rules.time)
    times = (time_table(rule, choice, table) for rule, table in zip(rules.time, asked, strict=True))
    return [*((*people, time) for time in times if time is not None), *found]
