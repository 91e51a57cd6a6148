"""What rounds of the night said about one person, as far as it is still kept and one reader sees that stay in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from caseflow.domain.redaction import HIDDEN, Hidden
from caseflow.domain.rounds import Said
from caseflow.services.nights_shown import NightsShown
from caseflow.storage import presences


@dataclass(frozen=True)
class PresenceView:
    """One statement about one night."""

    night: date
    site: str
    said: Said
    at: datetime
    is_current: bool
    """Whether nobody said something else later."""


def of(session: Session, case_id: str, nights: NightsShown) -> tuple[PresenceView, ...] | Hidden:
    """Every statement that is still kept about stays which this reader sees in full, the newest night first."""
    sites = {stay.id: nights.spots[stay.bed_id].site for stay in nights.in_full}
    if not sites:
        return HIDDEN
    seen: set[tuple[str, date]] = set()
    found = []
    for row in presences.of_case(session, case_id):
        if row.placement_id not in sites:
            continue
        said, key = presences.statement(row), (row.placement_id, row.night)
        found.append(
            PresenceView(row.night, sites[row.placement_id], said.said, said.at, key not in seen)
        )
        seen.add(key)
    return tuple(found)
