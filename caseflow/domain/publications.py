"""A publication: what is printed about a programme at a cut-off, proven before it leaves the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from caseflow.domain.attacks import Exact
from caseflow.domain.calendar_months import months_after
from caseflow.domain.certificates import RULE_VERSION, Certificate, certify
from caseflow.domain.cut_offs import untimely
from caseflow.domain.decisions import Refused
from caseflow.domain.indicators import Count, Indicator, Indicators
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.percentages import PrintedPercentage
from caseflow.domain.printed_rates import printed_rate
from caseflow.domain.publication_choices import further_tables, is_timed
from caseflow.domain.publication_rules import Level, PublicationRules
from caseflow.domain.publication_tables import TableChoice, TableRule, TablesDoNotFit, Totals
from caseflow.domain.published_counts import PublishedCount, PublishedCounts
from caseflow.domain.published_stocks import WAITING
from caseflow.domain.published_sums import SumWouldFail, with_sum, withstands_a_quarter_on
from caseflow.domain.published_tables import Cohort, PublishedTable
from caseflow.domain.related_scopes import related
from caseflow.domain.rounding import PrintedCount, printed
from caseflow.domain.tallies import Tally
from caseflow.domain.time_tables import TimeRule


@dataclass(frozen=True)
class Repairable(Refused):
    """Not published for a fault in a record or in the configuration, not for what the figures are.

    The same cut-off may be prepared again once the fault is repaired; every other refusal stands.
    """


DOES_NOT_FIT = Refused(
    N_(
        "Not published this quarter: the counts do not fit with those of an earlier "
        "publication, because records were corrected since."
    )
)
GIVES_SOMEONE_AWAY = Refused(
    N_("Not published this quarter: the figures together could show something about one person.")
)
PARTICIPANTS = "participants"
EXITS = "exits"


class CountStatus(StrEnum):
    """What stands in a cell: a count, below five, or nought by the programme's own rules."""

    PRINTED = "printed"
    UNDER_FIVE = "under_5"
    STRUCTURAL_ZERO = "structural_zero"


@dataclass(frozen=True)
class Row:
    """One line of the table: an outcome category or a total, as printed.

    `printed` is None for a structural zero, which prints as a dash.
    """

    id: str
    label: Label
    printed: PrintedCount | None
    is_total: bool = False

    @property
    def status(self) -> CountStatus:
        """Answers what kind of value stands here."""
        if self.printed is None:
            return CountStatus.STRUCTURAL_ZERO
        return CountStatus.UNDER_FIVE if self.printed.is_under else CountStatus.PRINTED


@dataclass(frozen=True)
class Table:
    """A further table with the definition that it stands for: people or exits by something else."""

    id: str
    label: Label
    definition: Label
    cohort: Cohort
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Stock:
    """How many people there are on the cut-off itself; never added to those who entered or left."""

    row: Row
    definition: Label


@dataclass(frozen=True)
class Rate:
    """One rate with the definition that it stands for, from printed counts alone.

    `numerator` is None where it is not printed as a count of its own.
    """

    indicator: str
    label: Label
    definition: Label
    cohort: Label
    source: str
    numerator: PrintedCount | None
    denominator: PrintedCount
    printed: PrintedPercentage


@dataclass(frozen=True)
class PublicationDraft:
    """Everything a publication will say, ready to be approved and frozen. Printed values only."""

    scope: str
    as_of: date
    rule_version: str
    level: Level
    rows: tuple[Row, ...]
    rates: tuple[Rate, ...]
    counts: PublishedCounts
    certificate: Certificate
    tables: tuple[Table, ...] = ()
    stocks: tuple[Stock, ...] = ()


def prepare(
    counted: Tally,
    *,
    scope: str,
    members: Sequence[str],
    today: date,
    rules: PublicationRules,
    indicators: Indicators,
    earlier: Sequence[PublishedCounts] = (),
    exact: Exact | None = None,
) -> PublicationDraft | Refused:
    """Answers with the publication of one programme or group at a cut-off, or why there is none.

    `earlier` are the printed counts of everything frozen so far, of any scope; the gate attacks them
    together with the new one. What is printed follows from printed sizes alone, never from what the
    attack found: printing less after a failure would tell that the finer table failed. A publication
    that fails is not published this quarter. `exact` is the search that a group beside its members needs.
    Source: the publication rules.
    """
    same = [publication for publication in earlier if publication.scope == scope]
    beside = related(scope, members, earlier)
    for refusal in (
        untimely(counted.as_of, today, same, rules),
        _overlaps(scope, beside, exact),
    ):
        if refusal is not None:
            return refusal
    zeros = _structural_zeros(rules, members)
    cells = rules.cells(counted)
    if any(cells[category] for category in zeros):
        return Repairable(
            N_(
                "Not published this quarter: someone is counted in a category that the rules of "
                "the programme rule out. Correct the outcome or the configuration."
            )
        )
    level = level_now(rules, same, counted)
    if level is Level.NONE:
        return Refused(
            N_(
                "Not published this quarter: fewer than %(least)s exits would be printed.",
                least=rules.levels[0][0],
            )
        )
    counts = _counts(counted, cells, zeros, scope, members, level)
    if any(publication.categories != counts.categories for publication in same):
        return Repairable(
            N_(
                "Not published this quarter: the outcome categories are not those of the earlier "
                "publications. The catalogue is fixed."
            )
        )
    counts = replace(counts, waiting=_waiting(counted, members))
    wanted = [
        PublishedCount(name, among, printed(sum(cells[category] for category in among)))
        for name in _sums(rules, level, same)
        for among in (rules.categories_in(indicators[name]),)
    ]
    try:
        choices = _tables_now(rules, same, counted, counts, level)
    except TablesDoNotFit:
        return DOES_NOT_FIT
    proven: _Proven | Refused = DOES_NOT_FIT
    for tables in choices:
        proven = _proven(replace(counts, tables=tables), wanted, beside, rules, exact)
        if not isinstance(proven, Refused):
            break
    if isinstance(proven, Refused):
        return proven
    counts, certificate = proven
    return PublicationDraft(
        scope=scope,
        as_of=counted.as_of,
        rule_version=RULE_VERSION,
        level=level,
        rows=_rows(counts, rules, indicators, level),
        rates=tuple(_rate(indicators[name], counts, rules) for name in rules.headline),
        counts=counts,
        certificate=certificate,
        tables=tuple(_table(table, rules.all_tables) for table in counts.tables),
        stocks=_stocks(counts, indicators),
    )


_Proven = tuple[PublishedCounts, Certificate]


def _proven(
    counts: PublishedCounts,
    wanted: Sequence[PublishedCount],
    beside: Sequence[PublishedCounts],
    rules: PublicationRules,
    exact: Exact | None,
) -> _Proven | Refused:
    """The counts with what may be printed of their sums, and the proof that they withstand the attack."""
    same = [one for one in beside if one.scope == counts.scope]
    yearly = any(table.cohort is Cohort.STAYS for table in counts.tables)
    if yearly and not withstands_a_quarter_on(same, counts):
        return GIVES_SOMEONE_AWAY
    for one in wanted:
        try:
            counts = with_sum(same, counts, one, rules.risk)
        except SumWouldFail:
            return GIVES_SOMEONE_AWAY
    certificate = certify([*beside, counts], exact, to_the_end=False)
    if not certificate["fits"]:
        return DOES_NOT_FIT
    return (counts, certificate) if certificate["passes"] else GIVES_SOMEONE_AWAY


def _overlaps(scope: str, beside: Sequence[PublishedCounts], exact: Exact | None) -> Refused | None:
    # The difference between a group and its published members is a table of its own. Where no exact
    # search is given that attacks it too, only one of the two is published.
    if exact is None and any(publication.scope != scope for publication in beside):
        return Refused(
            N_(
                "Not published this quarter: a publication that shares a programme with this one "
                "exists, and the difference between them could be worked out."
            )
        )
    return None


def _structural_zeros(rules: PublicationRules, members: Sequence[str]) -> frozenset[str]:
    nothing: frozenset[str] = frozenset()
    each = [rules.structural_zeros.get(member, nothing) for member in members]
    return frozenset.intersection(*each) if each else nothing


def level_now(rules: PublicationRules, same: Sequence[PublishedCounts], counted: Tally) -> Level:
    """Answers how much may be printed: fixed for a year from the size printed the year before.

    A first publication goes by its own printed size. Source: the publication rules.
    """
    return rules.level_for(_size(same, counted))


def _size(same: Sequence[PublishedCounts], counted: Tally) -> int | None:
    if not same:
        return printed(counted.exits).value
    ordered = sorted(same, key=lambda publication: publication.cut_off)
    year_ago = months_after(counted.as_of, -12)
    old_enough = [publication for publication in ordered if publication.cut_off <= year_ago]
    measured_by = old_enough[-1] if old_enough else ordered[0]
    exits = next(count for count in measured_by.counts if count.name == EXITS)
    return exits.printed.value


def _tables_now(
    rules: PublicationRules,
    same: Sequence[PublishedCounts],
    counted: Tally,
    counts: PublishedCounts,
    level: Level,
) -> list[tuple[PublishedTable, ...]]:
    """The further tables to print, best first: a table of stays that would cost the publication is left out."""
    by_name = {count.name: count for count in counts.counts}
    choice = TableChoice(
        as_of=counts.cut_off,
        totals=Totals(by_name[EXITS], by_name[PARTICIPANTS]),
        size=_size(same, counted) or 0,
        of_one_programme=len(counts.members) == 1,
        earlier=same,
    )
    return further_tables(rules, choice, counted, counts, level)


def _table(table: PublishedTable, rules: Sequence[TableRule | TimeRule]) -> Table:
    rule = next(rule for rule in rules if rule.printed_it(table))
    labels = {row.id: row.label for row in rule.rows}
    rows = tuple(Row(row.id, labels[row.id], row.printed) for row in table.rows)
    return Table(rule.id, rule.label, rule.definition, rule.cohort, rows)


def _counts(
    counted: Tally,
    cells: Mapping[str, int],
    zeros: frozenset[str],
    scope: str,
    members: Sequence[str],
    level: Level,
) -> PublishedCounts:
    everything = frozenset(cells)
    counts = [
        PublishedCount(PARTICIPANTS, everything, printed(counted.participants), with_still_in=True),
        PublishedCount(EXITS, everything, printed(counted.exits)),
    ]
    if level is not Level.HEADLINE:
        counts.extend(
            PublishedCount(category, frozenset({category}), printed(count))
            for category, count in cells.items()
            if category not in zeros
        )
    return PublishedCounts(
        scope=scope,
        members=frozenset(members),
        cut_off=counted.as_of,
        categories=tuple(cells),
        structural_zeros=zeros,
        counts=tuple(counts),
    )


def _waiting(counted: Tally, members: Sequence[str]) -> PrintedCount | None:
    # Of a group it would stand beside that of its members, and somebody can wait in two of them.
    return printed(counted.stocks.waiting) if len(members) == 1 else None


def _stocks(counts: PublishedCounts, indicators: Indicators) -> tuple[Stock, ...]:
    if counts.waiting is None:
        return ()
    waiting = indicators[WAITING]
    return (Stock(Row(WAITING, waiting.label, counts.waiting), waiting.definition),)


def _sums(
    rules: PublicationRules, level: Level, same: Sequence[PublishedCounts]
) -> tuple[str, ...]:
    if level is Level.HEADLINE:
        return rules.coarse
    if level is Level.ONE_DIMENSIONAL or is_timed(same):
        return ()
    return rules.sums


def _rows(
    counts: PublishedCounts, rules: PublicationRules, indicators: Indicators, level: Level
) -> tuple[Row, ...]:
    by_name = {count.name: count.printed for count in counts.counts}
    rows = [
        Row(EXITS, indicators[EXITS].label, by_name[EXITS], is_total=True),
        Row(PARTICIPANTS, indicators[PARTICIPANTS].label, by_name[PARTICIPANTS], is_total=True),
    ]
    if level is Level.HEADLINE:
        coarse = [
            Row(name, indicators[name].label, by_name[name])
            for name in rules.coarse
            if name in by_name
        ]
        return (*coarse, *rows)
    cells = [Row(c.id, c.label, by_name.get(c.id)) for c in rules.categories]
    return (*cells, *rows)


def _rate(indicator: Indicator, counts: PublishedCounts, rules: PublicationRules) -> Rate:
    name = PARTICIPANTS if indicator.denominator is Count.PARTICIPANTS else EXITS
    denominator = next(count.printed for count in counts.counts if count.name == name)
    among = rules.categories_in(indicator)
    numerator, said = printed_rate(among, counts, denominator, of_exits=name == EXITS)
    return Rate(
        indicator=indicator.id,
        label=indicator.label,
        definition=indicator.definition,
        cohort=indicator.cohort,
        source=indicator.source,
        numerator=numerator,
        denominator=denominator,
        printed=said,
    )
