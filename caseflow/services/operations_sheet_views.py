"""What the pages of operations sheets show: frozen values in which nobody is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseflow.domain.daily_services import Month
from caseflow.domain.labels import Label
from caseflow.domain.operations_sheets import Correction, Sheet


@dataclass(frozen=True)
class ScopeName:
    """A programme or group by its id and name."""

    id: str
    name: Label


@dataclass(frozen=True)
class SheetLine:
    """One month of the list, and how often it was put right."""

    month: Month
    sheet: Sheet
    corrections: int


@dataclass(frozen=True)
class SheetsView:
    """A page of the list, and the programmes and groups between which one chooses."""

    scope: ScopeName
    offered: tuple[ScopeName, ...]
    lines: tuple[SheetLine, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class CorrectionLine:
    """What was put right, and when."""

    on: date
    told: Correction


@dataclass(frozen=True)
class SheetView:
    """The sheet of a month as it was fixed, what was put right since, and the months beside it."""

    scope: ScopeName
    sheet: Sheet
    fixed_on: date
    corrections: tuple[CorrectionLine, ...]
    previous: Month | None
    following: Month | None
