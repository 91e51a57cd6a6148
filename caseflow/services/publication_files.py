"""The files and the chart of a publication: the same printed values, for programs and for spreadsheets."""

from __future__ import annotations

from typing import Final

from caseflow.domain.rounding import PrintedCount
from caseflow.publishing import charts, tables
from caseflow.publishing.tables import Cell, PrintedTable
from caseflow.services.publication_views import PrintedRow, PublicationView

COLUMNS: Final = (
    "programme", "cut_off", "part", "id", "label", "printed", "value", "numerator", "denominator",
    "status", "definition", "rule_version",
)  # fmt: skip


def plain_csv(publication: PublicationView, language: str) -> bytes:
    """Every count and rate as printed, one line each: UTF-8, commas, labels in this language."""
    return tables.plain_csv(PrintedTable(COLUMNS, _lines(publication, language)))


def dutch_excel_csv(publication: PublicationView, language: str) -> bytes:
    """The same, as a Dutch Excel opens it by itself."""
    return tables.dutch_excel_csv(PrintedTable(COLUMNS, _lines(publication, language)))


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


def _lines(publication: PublicationView, language: str) -> tuple[tuple[Cell, ...], ...]:
    first = (publication.scope, publication.cut_off)
    counts: list[tuple[Cell, ...]] = [
        (
            *first,
            "total" if row.is_total else "count",
            row.id,
            row.label.in_language(language),
            row.text,
            row.value,
            None,
            None,
            row.status,
            None,
            publication.rule_version,
        )
        for row in publication.rows
    ]
    rates: list[tuple[Cell, ...]] = [
        (
            *first,
            "rate",
            rate.indicator,
            rate.label.in_language(language),
            str(rate.text),
            rate.percent,
            rate.numerator,
            rate.denominator,
            rate.status,
            rate.definition.in_language(language),
            publication.rule_version,
        )
        for rate in publication.rates
    ]
    return (*counts, *rates)
