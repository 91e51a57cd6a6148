"""Whether a bed is kept for somebody who is away, and whether the clock pauses, by kind of absence (rule B13).

A programme says for how many nights a bed is kept; where it says nothing, the bed is kept until somebody decides.
What is kept no longer asks for a decision: a stay that has begun never ends by itself (rule B5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from caseflow.domain.stay_limits import Absence, AbsenceKind

if TYPE_CHECKING:
    from caseflow.domain.programmes import Programme


@dataclass(frozen=True)
class BedsKept:
    """For how many nights a bed is kept, by kind of absence; a kind left out keeps it until somebody decides.

    Raises ValueError for fewer than one night: a bed that is not kept at all is a decision about one person.
    """

    nights: Mapping[AbsenceKind, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(count < 1 for count in self.nights.values()):
            raise ValueError("a bed is kept for a night at least")

    def until(self, absence: Absence) -> date | None:
        """Answers with the first night for which the bed is not kept by rule any more; None where there is none."""
        count = self.nights.get(absence.kind)
        return None if count is None else absence.nights.arrival + timedelta(days=count)


@dataclass(frozen=True)
class AwayRule:
    """What a kind of absence means: `nights` that the bed is kept (None: until decided), and whether the clock pauses.

    `pauses` is None where the programme has no limit, so that there is nothing to pause.
    """

    kind: AbsenceKind
    nights: int | None
    pauses: bool | None


def away_rules(programme: Programme, term_starts: date) -> tuple[AwayRule, ...]:
    """Answers what each kind of absence means in a programme, for a term that starts on this day (rules B13, C3)."""
    limit = programme.stay_limit_on(term_starts)
    return tuple(
        AwayRule(
            kind,
            programme.beds_kept.nights.get(kind),
            None if limit.months is None else kind in limit.pauses,
        )
        for kind in AbsenceKind
    )
