"""The files and the chart of a publication: the same printed values, for programs and for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from caseflow.domain.messages import N_
from caseflow.domain.rounding import PrintedCount
from caseflow.publishing import charts, tables, workbooks
from caseflow.publishing.datasets import Dataset, Fact, described
from caseflow.publishing.tables import PrintedTable
from caseflow.publishing.workbooks import Sheet
from caseflow.services.publication_columns import STATUS
from caseflow.services.publication_datasets import RATES, TIMES, Say, dataset, how_to_read
from caseflow.services.publication_views import PrintedRow, PublicationView

COUNT_COLUMNS: Final = ("label", "printed", "value", "status", "cohort")
RATE_COLUMNS: Final = (
    "label",
    "printed",
    "value",
    "status",
    "numerator",
    "denominator",
    "cohort",
    "definition",
    "precision",
    "source",
)


def plain_csv(publication: PublicationView, say: Say, language: str) -> bytes:
    """Every count and rate as printed, one line each: UTF-8, commas, words in this language."""
    return tables.plain_csv(dataset(publication, say, language).for_programs)


def dutch_excel_csv(publication: PublicationView, say: Say, language: str) -> bytes:
    """The same under heads for people, as a Dutch Excel opens it by itself."""
    return tables.dutch_excel_csv(dataset(publication, say, language).for_people)


def csv_metadata(publication: PublicationView, say: Say, language: str, file_name: str) -> bytes:
    """What a program needs to read the plain file of this name: CSV on the Web."""
    return described(dataset(publication, say, language), file_name)


def workbook(publication: PublicationView, say: Say, language: str) -> bytes:
    """The same as a workbook: what it is and how to read it first, then a sheet for each table."""
    whole = dataset(publication, say, language)
    reading = [Fact("", sentence) for sentence in how_to_read(publication, say)]
    return workbooks.workbook(
        whole.title,
        say(N_("About these figures")),
        [*whole.facts, *reading, Fact(say(N_("Status")), say(STATUS))],
        [*_sheets(whole, say)],
        publication.cut_off,
    )


def _sheets(whole: Dataset, say: Say) -> Iterator[Sheet]:
    """One sheet for each table, in the order of the lines; what is the same in all of its lines stands above them."""
    for name in dict.fromkeys(whole.column("table")):
        lines = [line for line in whole.lines if line[whole.place("table")] == name]
        first = lines[0]
        columns = RATE_COLUMNS if name in (RATES, TIMES) else COUNT_COLUMNS
        definition = first[whole.place("definition")]
        notes = [] if name == RATES or definition is None else [str(definition)]
        chosen = [whole.place(column) for column in columns]
        table = PrintedTable(
            [whole.columns[place].head for place in chosen],
            [[line[place] for place in chosen] for line in lines],
        )
        yield Sheet(str(first[whole.place("table_label")]), notes, table)


def outcome_chart(publication: PublicationView, language: str, axis: str) -> bytes | None:
    """The outcome counts as printed, as an SVG picture; None where there are none to draw."""
    bars = [
        charts.Bar(row.label.in_language(language), PrintedCount(row.value))
        for row in _outcomes(publication)
    ]
    if not bars:
        return None
    words = charts.ChartWords(outcomes_in_words(publication, language), axis)
    return charts.outcome_chart(bars, words, charts.ChartWidth.NARROW).encode("utf-8")


def outcomes_in_words(publication: PublicationView, language: str) -> str:
    """What the picture shows, for whoever does not see it."""
    return "; ".join(
        f"{row.label.in_language(language)}: {row.text}" for row in _outcomes(publication)
    )


def _outcomes(publication: PublicationView) -> list[PrintedRow]:
    return [row for row in publication.rows if not row.is_total and row.status != "structural_zero"]
