"""The books as files for a spreadsheet: client codes, codes, days and amounts; nobody's name, and no programme's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from caseflow.domain.costs import COST_NAMES, PAYER_NAMES
from caseflow.domain.messages import N_, Message
from caseflow.domain.pay_outs import LINE_NAMES
from caseflow.domain.slips import SLIP_STATES
from caseflow.publishing import tables
from caseflow.publishing.tables import Cell, PrintedTable
from caseflow.services.money_views import AccountView, CostsView, DrawnRun

Said = Callable[[Message], str]
RUN_HEADS = (
    N_("Client code"),
    N_("What"),
    N_("First day"),
    N_("Last day"),
    N_("Entitled"),
    N_("Slip"),
    N_("State"),
)
COST_HEADS = (N_("Client code"), N_("Day"), N_("What for"), N_("Who pays"), N_("Euros"))


def run_csv(run: DrawnRun, said: Said) -> bytes:
    """One line for each booking and each slip of a run, as a Dutch Excel opens it by itself."""
    lines = [line for account in run.accounts for line in _lines_of(run, account, said)]
    return tables.dutch_excel_csv(PrintedTable([said(one) for one in RUN_HEADS], lines))


def _lines_of(run: DrawnRun, account: AccountView, said: Said) -> Iterator[Sequence[Cell]]:
    days = run.period
    for line in account.lines:
        name = said(LINE_NAMES[line.kind])
        first, last = line.period.from_on, line.period.last_day
        yield account.code, name, first, last, euros(line.cents), None, None
    if account.carried:
        left = said(N_("Left over of earlier runs"))
        yield account.code, left, None, None, euros(account.carried), None, None
    if account.to_hand:
        state = said(SLIP_STATES[account.state]) if account.state is not None else None
        slip = said(N_("Slip"))
        handed = euros(account.to_hand)
        yield account.code, slip, days.from_on, days.last_day, None, handed, state


def costs_csv(found: CostsView, said: Said) -> bytes:
    """One line for each cost, as a Dutch Excel opens it by itself."""
    lines = [
        (row.code, row.on, said(COST_NAMES[row.kind]), said(PAYER_NAMES[row.payer]), euros(row.cents))
        for row in found.rows
    ]  # fmt: skip
    return tables.dutch_excel_csv(PrintedTable([said(one) for one in COST_HEADS], lines))


def euros(cents: int) -> Decimal:
    """Cents as an exact amount of euros."""
    return Decimal(cents) / 100
