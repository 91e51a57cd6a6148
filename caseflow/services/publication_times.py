"""How soon people found a solution, worked out from the printed counts of a frozen table and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.percentages import PrintedPercentage, PrintStatus
from caseflow.domain.printed_incidences import printed_rows_within
from caseflow.domain.publications import PARTICIPANTS
from caseflow.domain.rounding import PrintedCount
from caseflow.domain.time_tables import TIME
from caseflow.publishing import rate_charts
from caseflow.services.publication_charts import Chart, Speech
from caseflow.services.publication_views import PublicationView


@dataclass(frozen=True)
class Times:
    """The share solved within each of the published months, and what the table behind it counts."""

    definition: Label
    lines: tuple[tuple[Message, Message], ...]
    """Within how many months, and the share as printed."""
    chart: Chart


def times(publication: PublicationView, speech: Speech) -> Times | None:
    """The time to solution of a publication; None where it holds no table of it."""
    table = next((one for one in publication.tables if one.id == TIME), None)
    everybody = publication.total(PARTICIPANTS)
    if table is None or everybody is None:
        return None
    rows = {row.id: PrintedCount(row.value) for row in table.rows}
    found = [
        (N_("Within %(months)s months", months=months), said)
        for months, said in printed_rows_within(rows, PrintedCount(everybody.value))
    ]
    if not found:
        return None
    lines = [_line(within, said, speech) for within, said in found]
    summary = "; ".join(f"{one.label}: {one.text}" for one in lines)
    return Times(
        table.definition,
        tuple((within, said.text) for within, said in found),
        Chart(summary, rate_charts.rate_chart(lines, summary)),
    )


def _line(within: Message, said: PrintedPercentage, speech: Speech) -> rate_charts.RateLine:
    is_printed = said.status is PrintStatus.PRINTED
    bounds = (max(0.0, float(said.low)), min(100.0, float(said.high))) if is_printed else None
    return rate_charts.RateLine(speech.say(within), speech.say(said.text), said.percent, bounds)
