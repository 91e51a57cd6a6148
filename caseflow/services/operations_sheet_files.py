"""An operations sheet as a file: the same printed values as its page, for a spreadsheet and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from caseflow.domain.costs import COST_NAMES, CostKind
from caseflow.domain.daily_services import SERVICE_NAMES
from caseflow.domain.messages import N_, Message
from caseflow.domain.operations_sheets import RowChange, SheetRow
from caseflow.domain.sheet_money import ALLOWANCES, FEWEST_PEOPLE, FEWEST_RECIPIENTS, CostLine
from caseflow.domain.sites import SITE_KIND_NAMES, SiteKind
from caseflow.publishing import tables
from caseflow.publishing.tables import Cell, PrintedTable
from caseflow.services.operations_sheet_views import SheetView

Said = Callable[[Message], str]
HEADS = (
    N_("Programme"),
    N_("Month"),
    N_("Part"),
    N_("Row"),
    N_("What"),
    N_("Value"),
    N_("Unit"),
    N_("Status"),
    N_("Put right on"),
)
PLACES, SERVICES, MONEY, CORRECTION = N_("places"), N_("services"), N_("money"), N_("correction")
NIGHTS, PERCENT, EUROS, NUMBER = N_("nights"), N_("%"), N_("euros"), N_("number")
EXACT, ROUNDED, SUPPRESSED = N_("exact"), N_("rounded"), N_("not shown")
TOGETHER = N_("Together")
OTHER_COSTS = N_("Other kinds together")
ALLOWANCES_PAID = N_("Living allowances handed out")


def kinds_named(kinds: Sequence[str], said: Said) -> str:
    """The kinds of site of a row in the reader's language; a code that is no longer known stands as it is."""
    known = set(SiteKind)
    return ", ".join(
        said(SITE_KIND_NAMES[SiteKind(kind)]) if kind in known else kind for kind in kinds
    )


def cost_named(line: CostLine, said: Said) -> str:
    """What a cost was for; the last line holds every kind that stands with others."""
    return said(OTHER_COSTS if line.kind is CostKind.OTHER else COST_NAMES[line.kind])


def excel_csv(view: SheetView, programme: str, said: Said) -> bytes:
    """One line for each number, as a Dutch Excel opens it by itself."""
    return tables.dutch_excel_csv(_table(view, programme, said))


def plain_csv(view: SheetView, programme: str, said: Said) -> bytes:
    """The same for programs."""
    return tables.plain_csv(_table(view, programme, said))


def _table(view: SheetView, programme: str, said: Said) -> PrintedTable:
    first = (programme, view.sheet.month.code)
    lines = [
        (*first, *(said(cell) if isinstance(cell, Message) else cell for cell in line))
        for line in (*_places(view, said), *_services(view), *_money(view, said), *_changes(view, said))
    ]  # fmt: skip
    return PrintedTable([said(one) for one in HEADS], lines)


Line = tuple[Cell, ...]


def _places(view: SheetView, said: Said) -> Iterator[Line]:
    rows = [(kinds_named(row.kinds, said), row) for row in view.sheet.rows]
    if view.sheet.together is not None:
        rows.append((said(TOGETHER), view.sheet.together))
    for name, row in rows:
        yield from ((PLACES, name, *line, None) for line in _of_a_row(row))


def _of_a_row(row: SheetRow) -> Iterator[Line]:
    yield N_("Sites"), row.sites, NUMBER, EXACT
    yield N_("Funded places"), row.funded_places, NUMBER, EXACT
    yield N_("Funded nights"), row.funded, NIGHTS, EXACT
    yield N_("Available nights"), row.available, NIGHTS, EXACT
    yield N_("Void nights"), row.void, NIGHTS, EXACT
    yield N_("Occupancy"), row.occupancy, PERCENT, ROUNDED


def _services(view: SheetView) -> Iterator[Line]:
    for kind, number in view.sheet.services.items():
        yield SERVICES, TOGETHER, SERVICE_NAMES[kind], number, NUMBER, EXACT, None


def _money(view: SheetView, said: Said) -> Iterator[Line]:
    money = view.sheet.money
    if money.costs is None:
        few = N_("Costs of fewer than %(people)s people are not shown.", people=FEWEST_PEOPLE)
        yield MONEY, TOGETHER, few, None, EUROS, SUPPRESSED, None
    for line in money.costs or ():
        yield MONEY, TOGETHER, cost_named(line, said), _euros(line.cents), EUROS, EXACT, None
    if money.allowances is None:
        few = N_("Under %(people)s recipients no total is shown.", people=FEWEST_RECIPIENTS)
        yield MONEY, TOGETHER, few, None, EUROS, SUPPRESSED, None
    else:
        name = N_(
            "Living allowances handed out, to the nearest %(number)s allowances", number=ALLOWANCES
        )
        yield MONEY, TOGETHER, name, _euros(money.allowances), EUROS, ROUNDED, None


def _changes(view: SheetView, said: Said) -> Iterator[Line]:
    for one in view.corrections:
        for row in one.told.rows:
            name = kinds_named(row.kinds, said)
            yield from ((CORRECTION, name, *line, one.on) for line in _of_a_change(row))
        for kind, number in one.told.services.items():
            yield CORRECTION, TOGETHER, SERVICE_NAMES[kind], number, NUMBER, EXACT, one.on


def _of_a_change(row: RowChange) -> Iterator[Line]:
    if row.funded:
        yield N_("Funded nights"), row.funded, NIGHTS, EXACT
    if row.available:
        yield N_("Available nights"), row.available, NIGHTS, EXACT
    if row.void:
        yield N_("Void nights"), row.void, NIGHTS, EXACT
    if row.occupancy_from != row.occupancy_to:
        yield N_("Occupancy, from now on"), row.occupancy_to, PERCENT, ROUNDED


def _euros(cents: int) -> Decimal:
    return Decimal(cents) / 100
