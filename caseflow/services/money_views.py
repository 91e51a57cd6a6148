"""What pages of money receive: codes, days and amounts in cents, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseflow.domain.costs import CostKind, Payer
from caseflow.domain.labels import Label
from caseflow.domain.pay_outs import LineKind, Period
from caseflow.domain.slips import ReturnReason, SlipState


@dataclass(frozen=True)
class ProgrammeName:
    """A programme to choose."""

    id: str
    name: Label


@dataclass(frozen=True)
class RunRow:
    """A run in the list of its programme."""

    id: str
    period: Period
    fixed_on: date
    slips: int
    cents: int
    open_slips: int


@dataclass(frozen=True)
class RunsView:
    """The runs of one programme, and the programmes between which one chooses."""

    programme: ProgrammeName
    programmes: tuple[ProgrammeName, ...]
    pays: bool
    """Whether the programme pays living allowances at all."""
    runs: tuple[RunRow, ...]


@dataclass(frozen=True)
class LineView:
    """What is booked for some days."""

    kind: LineKind
    period: Period
    cents: int


@dataclass(frozen=True)
class AccountView:
    """What one client code gets in a run, and why."""

    code: str
    lines: tuple[LineView, ...]
    carried: int
    """Left over of earlier runs, because a slip came back; below nought where too much was paid."""
    to_hand: int
    paid_too_much: int
    state: SlipState | None = None
    reason: ReturnReason | None = None


@dataclass(frozen=True)
class DrawnRun:
    """A run as it would be, or as it was fixed: nobody's name, nobody's site."""

    programme: ProgrammeName
    period: Period
    accounts: tuple[AccountView, ...]
    fingerprint: str = ""
    id: str = ""
    fixed_on: date | None = None

    @property
    def cents(self) -> int:
        return sum(one.to_hand for one in self.accounts)

    @property
    def slips(self) -> int:
        return sum(one.to_hand > 0 for one in self.accounts)

    def cents_in(self, state: SlipState) -> int:
        """How much of the slips stands so."""
        return sum(one.to_hand for one in self.accounts if one.state is state)


@dataclass(frozen=True)
class CostRow:
    """A cost in the books, by client code."""

    code: str
    on: date
    kind: CostKind
    payer: Payer
    cents: int


@dataclass(frozen=True)
class CostsView:
    """The costs of a programme in some days, and the programmes between which one chooses."""

    programme: ProgrammeName
    programmes: tuple[ProgrammeName, ...]
    rows: tuple[CostRow, ...]

    @property
    def payers(self) -> tuple[Payer, ...]:
        """Who paid anything, in their order."""
        return tuple(one for one in Payer if any(row.payer is one for row in self.rows))

    @property
    def kinds(self) -> tuple[CostKind, ...]:
        """What was paid for, in its order."""
        return tuple(one for one in CostKind if any(row.kind is one for row in self.rows))

    def sum_of(self, kind: CostKind | None = None, payer: Payer | None = None) -> int:
        """The sum of one kind, of one payer, of both, or of all."""
        return sum(
            row.cents
            for row in self.rows
            if kind in (None, row.kind) and payer in (None, row.payer)
        )


@dataclass(frozen=True)
class SlipView:
    """A slip for who hands it over: the code, the days, the amount."""

    id: str
    period: Period
    cents: int
    state: SlipState
    reason: ReturnReason | None = None
    settled_on: date | None = None
    may_take_back: bool = False
    """Whether one's own last tap can be taken back."""


@dataclass(frozen=True)
class ListedSlip:
    """An open slip on a list; the call name only where the table gives it, and nobody is kept apart."""

    slip: SlipView
    case_id: str
    code: str
    call_name: str | None
    place: str


@dataclass(frozen=True)
class CostView:
    """A cost on the page of its case; one recorded in error stays, and counts no more."""

    id: str
    on: date
    kind: CostKind
    payer: Payer
    cents: int
    mistaken_on: date | None


@dataclass(frozen=True)
class MoneyView:
    """Costs of a case, and what runs booked for it."""

    costs: tuple[CostView, ...]
    lines: tuple[LineView, ...]
    paid_too_much: int

    @property
    def cost_cents(self) -> int:
        """The sum of the costs that count."""
        return sum(one.cents for one in self.costs if one.mistaken_on is None)
