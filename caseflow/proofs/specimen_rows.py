"""What a specimen is: a row of which some columns are said, and the ids that hold the rows of one client together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from caseflow.domain.redaction import Part
from caseflow.proofs.plants import A_DAY, Code, Planter, fixed


@dataclass
class Specimen:
    """What is given of one row; `parts` where the row's kind, and not its column, says which part it is."""

    table: str
    given: Mapping[str, Any]
    parts: frozenset[Part] | None = None
    author: str = ""


@dataclass
class Ids:
    """The ids of one client's rows, and of the people of the house."""

    planter: Planter
    accounts: Mapping[str, str]
    code: str
    case: str
    change: str
    base: date
    beds: Mapping[str, str]
    codes: Mapping[str, str]
    instant: datetime
    proposal: dict[str, str] = field(default_factory=dict)
    procedure: str = ""
    """The one procedure of this client."""

    def day(self, after: int) -> date:
        """A day of this client's own, so many days after they applied."""
        return self.planter.day(self.base + timedelta(days=after))

    def ahead(self, after: int) -> date:
        """A day to come."""
        return self.planter.day(self.planter.today + timedelta(days=after))

    def long_ago(self) -> date:
        """A day before they applied, where there is room for a day of its own."""
        return self.planter.day(self.base - timedelta(days=400))

    def other_day(self, day: date) -> Code:
        """A day that may as well be the day before."""
        return Code(day, day - A_DAY)


NOT_MISTAKEN = {
    "mistaken_at": fixed(None),
    "mistaken_by": fixed(None),
    "mistaken_change_id": fixed(None),
}
RUNS = {
    "until_recorded_by": fixed(None),
    "until_recorded_at": fixed(None),
    "until_change_id": fixed(None),
}
