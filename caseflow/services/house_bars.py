"""Sites and beds that somebody cannot use on some nights, for peace in the house: pairs and time-outs.

Whoever gives beds is told that a room or a site cannot be used, and never why (decision 0166).
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from caseflow.domain import house_pairs as rules
from caseflow.domain.house_pairs import PairScope
from caseflow.domain.nights import Nights
from caseflow.domain.placements import StayStatus
from caseflow.storage import availability, house_peace


def unusable_beds(
    session: Session, client_code: str, wanted: Nights, now: datetime, today: date
) -> frozenset[str]:
    """Ids of the beds in rooms where somebody sleeps on these nights with whom this person shares no room."""
    apart = _codes(session, client_code, PairScope.ROOM, today)
    if not apart:
        return frozenset()
    rooms = {
        room_id
        for room_id, row in house_peace.stays_by_room(session, apart, availability.ACTIVE)
        if rules.meets([availability.stay_of(row)], wanted, now, today)
    }
    return house_peace.beds_of_rooms(session, rooms)


def unusable_sites(
    session: Session, client_code: str, wanted: Nights, now: datetime, today: date
) -> frozenset[str]:
    """Ids of the sites that this person cannot use on these nights: a time-out, or a pair that shares no site."""
    away_from = house_peace.sites_timed_out(session, client_code, wanted)
    if away_from:  # the bed that somebody has there stays theirs, and may be changed
        own = availability.stays_by_site(session, [client_code])
        away_from -= {site_id for site_id, stay in own if stay.status is StayStatus.BEGUN}
    apart = _codes(session, client_code, PairScope.SITE, today)
    if not apart:
        return away_from
    return away_from | {
        site_id
        for site_id, stay in availability.stays_by_site(session, apart)
        if rules.meets([stay], wanted, now, today)
    }


def _codes(session: Session, client_code: str, scope: PairScope, today: date) -> frozenset[str]:
    return frozenset(
        house_peace.other_side(row, client_code)
        for row in house_peace.pairs_of(session, client_code, today)
        if row.scope == scope.value
    )
