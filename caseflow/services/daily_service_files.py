"""A month of counts as a file for a spreadsheet: days and numbers, nobody in it."""

from __future__ import annotations

from collections.abc import Sequence

from caseflow.domain.daily_services import ServiceKind
from caseflow.publishing import tables
from caseflow.publishing.tables import PrintedTable
from caseflow.services.daily_services import MonthView


def excel_csv(shown: MonthView, heads: Sequence[str]) -> bytes:
    """Site, day and each kind, one line a day, as a Dutch Excel opens it by itself.

    `heads` are the words above site, day and each kind, in the reader's language. The name of a site was typed by
    somebody: one that a spreadsheet would take for a formula is written as text (`publishing.tables`).
    """
    lines = [
        (shown.site.name, day, *(shown.found.on(day, kind) for kind in ServiceKind))
        for day in shown.found.days
    ]
    return tables.dutch_excel_csv(PrintedTable(heads, lines))
