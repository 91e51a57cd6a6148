"""The quarterly report: a publication on paper, with what its numbers mean and what the programme says of them.

Made from what was frozen and from nothing else: the same publication in the same language is the same file.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from babel.dates import format_date
from babel.numbers import format_decimal

from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.domain.report_texts import ReportText
from caseflow.publishing import reports
from caseflow.services import publication_charts, publication_times
from caseflow.services.publication_charts import ShownTable, Speech
from caseflow.services.publication_datasets import (
    FROM_PRINTED,
    HOW_SOON,
    NEED_NOT_ADD_UP,
    NEVER_ADDED,
    NEVER_CHANGES,
    NOT_PUBLISHED_YET,
    OF_ALL_WHO_ENTERED,
    STOCKS_ON_THE_DAY,
    Say,
    digest,
    precision,
)
from caseflow.services.publication_views import FROZEN, PrintedRow, PublicationView

STATUS_WORDS: Final[dict[str, Message]] = {
    "printed": N_("to the nearest five"),
    "under_5": N_("fewer than five, none included"),
    "structural_zero": N_("nobody, by the rules"),
}
WHY_THEY_DIFFER: Final = (
    N_("These rates differ because each answers another question."),
    N_(
        "WODC counts a solution as durable when somebody has a permit, went home, or moved on with a stay that is "
        "assured. Going back to national reception is semi-durable."
    ),
    N_("Utrecht counts a restored right to national reception as a solution."),
)
HOW_IT_WAS_MADE: Final = (
    N_(
        "Before it left the house, every number here was attacked: three people who put together what they know of "
        "themselves cannot work out whether anybody else is behind a count of fewer than five. The certificate holds "
        "the printed numbers and the result, so that you can make the attack again yourself."
    ),
    N_(
        "The certificate is a file beside this report. Its digest below is the SHA-256 of that file; if yours is "
        "another one, the file is not the one that belongs to this report."
    ),
)


def report(
    publication: PublicationView, say: Say, language: str, words: ReportText | None = None
) -> bytes:
    """The report of a publication in one language. Raises `reports.NotPrintable`."""
    return reports.report_pdf(document(publication, say, language, words))


def document(
    publication: PublicationView, say: Say, language: str, words: ReportText | None
) -> dict[str, Any]:
    """Everything that the report says, in its order."""
    speech = Speech(
        say,
        lambda value: str(format_decimal(value, locale=language)),
        lambda day: format_date(day, "LLLL yyyy", locale=language),
    )
    until = _day(publication.cut_off, language)
    return {
        "title": say(publication.name),
        "kicker": say(N_("Quarterly report")),
        "language": language,
        "lead": [say(N_("Cut-off: %(day)s. That day is counted in.", day=until))],
        "footer": f"{say(publication.name)}, {until}",
        "warnings": _warnings(publication, say, language),
        "rates": {
            "title": say(N_("The same exits, by each definition")),
            "lead": [say(one) for one in WHY_THEY_DIFFER],
            "rows": [
                {
                    "printed": say(rate.text),
                    "label": say(rate.label),
                    "note": " ".join(
                        part
                        for part in (
                            say(rate.definition),
                            _of(rate.numerator, rate.denominator, say),
                            precision(rate, say),
                        )
                        if part
                    ),
                }
                for rate in publication.rates
            ],
        },
        "words": _said(words, say, language),
        "tables-title": say(N_("Counts")),
        "tables-lead": [say(NEED_NOT_ADD_UP)],
        "tables": [
            *_totals(publication, say, speech),
            *(_table(one, say, speech) for one in publication_charts.tables(publication, speech)),
            *_stocks(publication, say, speech),
        ],
        "times": _times(publication, say, speech),
        "definitions": {
            "title": say(N_("Definitions and sources")),
            "heads": [say(one) for one in (N_("Rate"), N_("Definition"), N_("Whom it counts"), N_("Source"))],
            "rows": [
                [say(rate.label), say(rate.definition), say(rate.cohort), rate.source]
                for rate in publication.rates
            ],
        },
        "reading": {
            "title": say(N_("How to read these figures")),
            "lines": [say(one) for one in (FROM_PRINTED, NEVER_CHANGES)],
        },
        "proof": {
            "title": say(N_("How this was made")),
            "lines": [say(one) for one in HOW_IT_WAS_MADE],
            "heads": [say(N_("Fact")), say(N_("Value"))],
            "facts": [list(fact) for fact in _facts(publication, say, language)],
        },
    }  # fmt: skip


def _day(day: date, language: str) -> str:
    return str(format_date(day, "d MMMM yyyy", locale=language))


def _warnings(publication: PublicationView, say: Say, language: str) -> list[str]:
    found = [] if publication.state == FROZEN else [say(NOT_PUBLISHED_YET)]
    gone = publication.withdrawn
    if gone is not None:
        on = _day(gone.on, language)
        found += [say(N_("Withdrawn on %(day)s: it no longer counts.", day=on)), say(gone.why)]
    return found


def _of(part: str | None, whole: str, say: Say) -> str:
    if part is None:
        return say(N_("Of %(whole)s, as printed.", whole=whole))
    return say(N_("%(part)s of %(whole)s, as printed.", part=part, whole=whole))


def _said(words: ReportText | None, say: Say, language: str) -> dict[str, Any]:
    title = say(N_("What the programme says"))
    found = None if words is None else words.in_language(language)
    if found is None:
        return {"title": title, "note": "", "language": language, "paragraphs": []}
    spoken, text = found
    note = say(N_("Written by the programme itself. The figures stand in the tables."))
    if spoken != language:
        names = {"nl": N_("This part is in Dutch."), "en": N_("This part is in English.")}
        note = f"{note} {say(names[spoken])}"
    return {"title": title, "note": note, "language": spoken, "paragraphs": text.split("\n\n")}


def _times(publication: PublicationView, say: Say, speech: Speech) -> dict[str, Any]:
    found = publication_times.times(publication, speech)
    return {
        "title": say(HOW_SOON),
        "lead": say(OF_ALL_WHO_ENTERED),
        "heads": [say(N_("Time since entry")), say(N_("As printed"))],
        "svg": "" if found is None else found.chart.svg,
        "alt": "" if found is None else found.chart.words,
        "rows": [] if found is None else [[say(one), say(text)] for one, text in found.lines],
    }


def _heads(first: Message, say: Say) -> list[str]:
    return [say(first), say(N_("As printed")), say(N_("What it says"))]


def _totals(publication: PublicationView, say: Say, speech: Speech) -> list[dict[str, Any]]:
    rows = [row for row in publication.rows if row.is_total]
    if not rows:
        return []
    return [
        {
            "label": say(N_("Totals")),
            "definition": "",
            "svg": "",
            "alt": "",
            "caption": "",
            "heads": _heads(N_("Name"), say),
            "rows": [_row(row, say, speech, is_total=False) for row in rows],
        }
    ]


def _stocks(publication: PublicationView, say: Say, speech: Speech) -> list[dict[str, Any]]:
    """Apart from everything that is counted since the start, and called a stock."""
    if not publication.stocks:
        return []
    definitions = [say(one.definition) for one in publication.stocks]
    return [
        {
            "label": say(STOCKS_ON_THE_DAY),
            "definition": " ".join([*definitions, say(NEVER_ADDED)]),
            "svg": "",
            "alt": "",
            "caption": "",
            "heads": _heads(N_("Name"), say),
            "rows": [_row(one.row, say, speech, is_total=False) for one in publication.stocks],
        }
    ]


def _table(one: ShownTable, say: Say, speech: Speech) -> dict[str, Any]:
    rows = [_row(row, say, speech, is_total=False) for row in one.rows]
    if one.total is not None:
        rows.append(_row(one.total, say, speech, is_total=True))
    drawn = [row for row in one.rows if row.status != "structural_zero"]
    return {
        "label": say(one.label),
        "definition": "" if one.definition is None else say(one.definition),
        "svg": one.svg or "",
        "alt": "; ".join(
            f"{say(row.label)}: {publication_charts.spelled(row, speech)}" for row in drawn
        ),
        "caption": say(N_("As printed in the table below")),
        "heads": _heads(N_("Name"), say),
        "rows": rows,
    }


def _row(row: PrintedRow, say: Say, speech: Speech, *, is_total: bool) -> dict[str, Any]:
    return {
        "label": say(row.label),
        "printed": publication_charts.spelled(row, speech),
        "status": say(STATUS_WORDS[row.status]),
        "total": is_total,
    }


def _facts(publication: PublicationView, say: Say, language: str) -> list[tuple[str, str]]:
    found = [
        (say(N_("Cut-off")), _day(publication.cut_off, language)),
        (say(N_("Rules")), publication.rule_version),
        (say(N_("Certificate (SHA-256)")), digest(publication)),
    ]
    if publication.frozen_at is not None:
        on = _day(local(publication.frozen_at).date(), language)
        found.insert(1, (say(N_("Frozen on")), on))
    return found
