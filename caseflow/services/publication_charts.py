"""The charts of frozen publications, in the words and numbers of one reader; each stands beside its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.printed_changes import PrintedChange, change, rate_bounds
from caseflow.domain.publications import EXITS, PARTICIPANTS, CountStatus
from caseflow.domain.published_tables import Cohort
from caseflow.domain.rounding import PrintedCount
from caseflow.publishing import charts, rate_charts, series_charts
from caseflow.publishing.charts import ChartWidth
from caseflow.services.publication_views import PrintedRate, PrintedRow, PublicationView
from caseflow.services.published_series import Quarter

OUTCOMES: Final = "outcomes"
TOTALS: Final = (PARTICIPANTS, EXITS)
RATES_OVER_TIME: Final = (
    "wodc_durable_rate",
    "wodc_durable_or_semi_rate",
    "utrecht_solution_rate",
)
"""At most three lines can be told apart; these are the ones that people quote."""
COUNTED: Final = {
    EXITS: N_("Exits, as printed"),
    PARTICIPANTS: N_("People, as printed"),
    Cohort.STAYS.value: N_("Stays, as printed"),
}


@dataclass(frozen=True)
class Speech:
    """How one reader's language says sentences, numbers and months."""

    say: Callable[[Message | Label | str], str]
    number: Callable[[float], str]
    month: Callable[[date], str]


@dataclass(frozen=True)
class Chart:
    """A drawing, and what it says in words."""

    words: str
    svg: str


@dataclass(frozen=True)
class ShownTable:
    """A table as a page shows it: its rows, the total they belong to, and its chart where there is one to draw."""

    id: str
    label: Label | Message
    definition: Label | Message | None
    cohort: str
    rows: tuple[PrintedRow, ...]
    total: PrintedRow | None
    chart: Chart | None

    @property
    def svg(self) -> str | None:
        """Answers with the drawing alone."""
        return None if self.chart is None else self.chart.svg


def tables(publication: PublicationView, speech: Speech) -> tuple[ShownTable, ...]:
    """Every table of a publication in its order, outcomes first; one of an earlier catalogue has that one alone."""
    totals = {row.id: row for row in publication.rows if row.is_total}
    found: list[ShownTable] = []
    if all(one.id != OUTCOMES for one in publication.tables):
        rows = tuple(row for row in publication.rows if not row.is_total)
        label = N_("Exits by outcome")
        found.append(_shown(OUTCOMES, label, None, EXITS, rows, totals.get(EXITS), speech))
    for one in publication.tables:
        rows = tuple(row for row in one.rows if not row.is_total)
        own = next((row for row in one.rows if row.is_total), None)
        total = own or totals.get(one.cohort)
        found.append(_shown(one.id, one.label, one.definition, one.cohort, rows, total, speech))
    return tuple(one for one in found if one.rows)


def _shown(
    table_id: str,
    label: Label | Message,
    definition: Label | Message | None,
    cohort: str,
    rows: tuple[PrintedRow, ...],
    total: PrintedRow | None,
    speech: Speech,
) -> ShownTable:
    chart = table_chart(rows, COUNTED.get(cohort, COUNTED[EXITS]), speech)
    return ShownTable(table_id, label, definition, cohort, rows, total, chart)


def spelled(row: PrintedRow, speech: Speech) -> str:
    """A printed count as it stands in a table and beside a bar."""
    return row.text if row.value is None else speech.number(row.value)


def table_chart(rows: Sequence[PrintedRow], axis: Message, speech: Speech) -> Chart | None:
    """The bars of a table; a structural zero has none. None where no bar is left."""
    bars = [
        charts.Bar(speech.say(row.label), PrintedCount(row.value), spelled(row, speech))
        for row in rows
        if row.status != CountStatus.STRUCTURAL_ZERO
    ]
    if not bars:
        return None
    summary = "; ".join(f"{bar.label}: {bar.text}" for bar in bars)
    words = charts.ChartWords(summary, speech.say(axis))
    return Chart(summary, charts.outcome_chart(bars, words, ChartWidth.NARROW))


def rates_chart(
    rates: Sequence[tuple[Label | Message, PrintedRate]], speech: Speech
) -> Chart | None:
    """Rates on one scale, each called as is given with it: one programme by definitions, or several by one."""
    lines = [
        rate_charts.RateLine(
            speech.say(called),
            speech.say(rate.text),
            rate.percent,
            None if bounds is None else (float(bounds[0]), float(bounds[1])),
        )
        for called, rate in rates
        for bounds in (rate_bounds(rate.style, rate.text, rate.percent),)
    ]
    if not lines:
        return None
    summary = "; ".join(f"{one.label}: {one.text}" for one in lines)
    return Chart(summary, rate_charts.rate_chart(lines, summary))


def counts_over_time(
    lines: Sequence[Quarter], speech: Speech, *, wide: bool = False
) -> Chart | None:
    """Participants and exits by the cut-offs of these quarters, which come newest first."""
    names = {row.id: row.label for one in _counting(lines) for row in one.rows if row.id in TOTALS}
    chosen = [one for one in TOTALS if one in names]

    def value(publication: PublicationView, name: str) -> tuple[int | None, str] | None:
        row = publication.total(name)
        return None if row is None else (row.value, spelled(row, speech))

    return _over_time(lines, [(one, names[one]) for one in chosen], value, speech, wide=wide)


def rates_over_time(
    lines: Sequence[Quarter], speech: Speech, *, wide: bool = False
) -> Chart | None:
    """The rates that people quote, by the cut-offs of these quarters; where one is printed in words, it has no mark."""
    names = {rate.indicator: rate.label for one in _counting(lines) for rate in one.rates}
    chosen = [one for one in RATES_OVER_TIME if one in names]

    def value(publication: PublicationView, name: str) -> tuple[int | None, str] | None:
        rate = publication.rate(name)
        if rate is None or rate.percent is None:
            return None
        return rate.percent, speech.say(rate.text)

    drawn = [(one, names[one]) for one in chosen]
    if not any(value(one, name) for one in _counting(lines) for name in chosen):
        return None
    return _over_time(lines, drawn, value, speech, wide=wide, top=100, unit=" %")


def quoted(publications: Sequence[PublicationView | None]) -> tuple[PrintedRate, ...]:
    """The rates that people quote, as the first of these publications that has them defines them."""
    found = (
        next((rate for one in publications if one and (rate := one.rate(name))), None)
        for name in RATES_OVER_TIME
    )
    return tuple(rate for rate in found if rate is not None)


def _counting(lines: Sequence[Quarter]) -> list[PublicationView]:
    shown = [one.publication for one in lines if one.publication is not None]
    return [one for one in shown if one.withdrawn is None]


def _over_time(
    lines: Sequence[Quarter],
    names: Sequence[tuple[str, Label]],
    value: Callable[[PublicationView, str], tuple[int | None, str] | None],
    speech: Speech,
    *,
    wide: bool,
    top: int | None = None,
    unit: str = "",
) -> Chart | None:
    if not names or not lines:
        return None
    steps = []
    for line in reversed(lines):
        counts = line.publication if line.publication and not line.publication.withdrawn else None
        values = tuple(value(counts, name) if counts else None for name, _ in names)
        day = speech.month(line.cut_off)
        steps.append(series_charts.Step(line.cut_off, day, values, is_gap=counts is None))
    called = tuple(speech.say(label) for _, label in names)
    summary = "; ".join(
        f"{name}, {step.day}: {one[1]}"
        for place, name in enumerate(called)
        for step in steps
        if (one := step.values[place]) is not None
    )
    gap = speech.say(N_("not published, or withdrawn"))
    words = series_charts.SeriesWords(summary, called, gap, unit)
    width = ChartWidth.WIDE if wide else ChartWidth.NARROW
    return Chart(summary, series_charts.series_chart(steps, words, top, width.value))


@dataclass(frozen=True)
class ChangedRow:
    """A printed count at two cut-offs, and what the two leave open about what came in between."""

    label: Label
    before: PrintedRow
    now: PrintedRow
    change: PrintedChange | None


def changes(now: PublicationView, before: PublicationView) -> tuple[ChangedRow, ...]:
    """What the totals and outcomes of two publications tell about the time between them, from print alone."""
    earlier = {row.id: row for row in before.rows}
    found = []
    for row in now.rows:
        was = earlier.get(row.id)
        if was is None or CountStatus.STRUCTURAL_ZERO in (row.status, was.status):
            continue
        moved = change(PrintedCount(was.value), PrintedCount(row.value))
        found.append(ChangedRow(row.label, was, row, moved))
    return tuple(found)
