"""A statement of bed-nights as a file: the same rows as its page, for a spreadsheet and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from caseflow.domain.bed_night_prices import FunderPart
from caseflow.domain.bed_night_statements import StatementRow
from caseflow.domain.messages import N_, Message
from caseflow.domain.sites import FUNDER_NAMES, SITE_KIND_NAMES, Funder, SiteKind
from caseflow.publishing import tables
from caseflow.publishing.tables import Cell, PrintedTable
from caseflow.services.bed_night_views import StatementView

Said = Callable[[Message], str]
HEADS = (
    N_("Month"),
    N_("Statement"),
    N_("Kind of site"),
    N_("Funder"),
    N_("Available"),
    N_("Occupied"),
    N_("Held"),
    N_("Free"),
    N_("Void"),
    N_("Overflow"),
    N_("Funded"),
    N_("To be paid"),
    N_("Without a price"),
    N_("Euros"),
)


def excel_csv(view: StatementView, said: Said) -> bytes:
    """One line for each row and each funder of it, as a Dutch Excel opens it by itself."""
    return tables.dutch_excel_csv(_table(view, said))


def plain_csv(view: StatementView, said: Said) -> bytes:
    """The same for programs."""
    return tables.plain_csv(_table(view, said))


def kinds_named(row: StatementRow, said: Said) -> str:
    """The kinds of site of a row, in the reader's language; a code that is no longer known stands as it is."""
    known = set(SiteKind)
    return ", ".join(
        said(SITE_KIND_NAMES[SiteKind(kind)]) if kind in known else kind for kind in row.kinds
    )


def funder_named(funder: str, said: Said) -> str:
    """A funder in the reader's language; a code that is no longer known stands as it is."""
    return said(FUNDER_NAMES[Funder(funder)]) if funder in set(Funder) else funder


def _table(view: StatementView, said: Said) -> PrintedTable:
    lines = [line for row in view.statement.rows for line in _lines(view, row, said)]
    return PrintedTable([said(one) for one in HEADS], lines)


def _lines(view: StatementView, row: StatementRow, said: Said) -> Iterator[Sequence[Cell]]:
    first: tuple[Cell, ...] = (view.month.code, view.number or None, kinds_named(row, said))
    count = row.count
    nights = (count.available, count.occupied, count.held, count.free, count.void, count.overflow)
    sums = (row.funded, sum(part.paid for part in row.parts), row.unpriced, _euros(row.cents))
    yield *first, said(N_("Together")), *nights, *sums
    for part in row.parts:
        yield *first, funder_named(part.funder, said), *[None] * len(nights), *_part(part)


def _part(part: FunderPart) -> tuple[Cell, ...]:
    return part.funded, part.paid, part.unpriced, _euros(part.cents)


def _euros(cents: int) -> Decimal:
    return Decimal(cents) / 100
