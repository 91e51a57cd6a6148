"""What the page of a caseload receives: rows already redacted for their reader, and the choices of the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.domain.messages import N_, Message
from caseflow.domain.programmes import Programme, Stage
from caseflow.domain.redaction import Hidden
from caseflow.domain.stay import StayClock
from caseflow.services.case_views import Sealed


class Show(StrEnum):
    """Which of the cases within reach are shown."""

    MINE = "mine"
    DUTY = "duty"
    """The own cases and those of the shift, while one is on duty."""
    TEAM = "team"
    WAITING = "waiting"
    EVERYONE = "everyone"
    FORMER = "former"
    """Closed, declined and withdrawn: for whoever comes back."""

    @classmethod
    def of(cls, code: str | None) -> Show | None:
        """The choice a code stands for; None for no code and for one that does not exist."""
        return cls(code) if code in {one.value for one in cls} else None


SHOW_NAMES: Final[Mapping[Show, Message]] = {
    Show.MINE: N_("My cases"),
    Show.DUTY: N_("My shift"),
    Show.TEAM: N_("My team"),
    Show.WAITING: N_("Waits for my decision"),
    Show.EVERYONE: N_("All I can reach"),
    Show.FORMER: N_("Former cases"),
}


class Order(StrEnum):
    """In what order the cases stand."""

    DUE = "due"
    DAYS_LEFT = "days_left"
    SILENCE = "silence"
    TASKS = "tasks"

    @classmethod
    def of(cls, code: str | None) -> Order | None:
        """The order a code stands for; None for no code and for one that does not exist."""
        return cls(code) if code in {one.value for one in cls} else None


ORDER_NAMES: Final[Mapping[Order, Message]] = {
    Order.DUE: N_("What is due"),
    Order.DAYS_LEFT: N_("Days left"),
    Order.SILENCE: N_("Days without contact"),
    Order.TASKS: N_("Tasks"),
}


class DueKind(StrEnum):
    """Why a case asks for attention; the first ones are most urgent on the same day."""

    DECIDE = "decide"
    ALERT = "alert"
    TERM = "term"
    DEADLINE = "deadline"
    """Of a procedure: what must happen by when."""
    TASK = "task"
    ASSIGN = "assign"
    SCREEN = "screen"
    FOLLOW_UP = "follow_up"
    ALLOWANCE = "allowance"
    LEAVING = "leaving"
    """Of an exit: what is still open on its checklist."""
    SILENT = "silent"
    WAITS = "waits"


@dataclass(frozen=True)
class Due:
    """The next thing a case asks for, and since or by when."""

    kind: DueKind
    on: date
    what: Message


@dataclass(frozen=True)
class TaskCount:
    """How many own tasks of a case are open, and how many of them should have been done by now."""

    open: int
    overdue: int


@dataclass(frozen=True)
class CaseloadRow:
    """One case on the list, as this reader may see it there."""

    case_id: str
    client_code: str
    call_name: str
    programme: Programme
    is_test: bool
    restricted: bool
    kept_apart: bool | Hidden
    """Whether somebody is kept apart from this person for safety; never from whom."""
    stage: Stage | Hidden
    clock: StayClock | Hidden
    due: Due | Hidden | None
    """The most urgent of what is due."""
    dues: tuple[Due, ...]
    """All that this reader may know is due, the most urgent first."""
    deadline: Due | Hidden | None
    """The next deadline of a procedure."""
    days_since_contact: int | Hidden | None
    tasks: TaskCount | Hidden
    unread_handovers: int | Hidden | Sealed
    """Handovers of colleagues that this reader did not say they read."""
    bed: str | Hidden | None
    case_team: tuple[str, ...] | Hidden
    is_mine: bool
    is_of_team: bool
    is_on_duty: bool
    may_write_note: bool

    @property
    def later_deadline(self) -> Due | None:
        """The next deadline where it is not what is most urgent anyhow."""
        known = self.deadline if isinstance(self.deadline, Due) else None
        return None if known is None or known == self.due else known

    @property
    def waits_for_me(self) -> bool:
        """Whether a proposal waits for the decision of this reader."""
        return isinstance(self.due, Due) and self.due.kind is DueKind.DECIDE

    def shown_in(self, show: Show) -> bool:
        """Whether the row belongs to a choice of the list."""
        return {
            Show.MINE: self.is_mine,
            Show.DUTY: self.is_mine or self.is_on_duty,
            Show.TEAM: self.is_of_team,
            Show.WAITING: self.waits_for_me,
            Show.EVERYONE: True,
            Show.FORMER: True,
        }[show]


@dataclass(frozen=True)
class CaseloadPage:
    """One page of the list, and how many cases each choice holds."""

    rows: tuple[CaseloadRow, ...]
    show: Show
    page: int
    pages: int
    counts: tuple[tuple[Show, int | None], ...]
    """The choices that make sense for this reader; former cases are not counted before they are asked for."""
    found: int | None = None
    """How many cases a search found; None where nothing was searched."""
    called: Mapping[str, str] = field(default_factory=dict)
    """Of a search: the recorded name by case id, where this reader sees it in lists."""
    names_are_sealed: bool = False
    """Whether a search left names out that this reader may see, as their vault is sealed."""
    order: Order = Order.DUE
    due_soon: int = 0
    """How many things ask this reader within seven days."""

    @property
    def handovers_are_sealed(self) -> bool:
        """Whether handovers could not be counted, as their vault is sealed."""
        return any(isinstance(row.unread_handovers, Sealed) for row in self.rows)
