"""What lies behind one night of a sample: a stay by code, its days, and when and in which roles they were recorded."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caseflow.domain.actors import Role
from caseflow.domain.event_words import EVENT_NAMES
from caseflow.domain.events import EVENTS
from caseflow.services.auditor_session_views import Evidence, PresenceLine, RecordedAct
from caseflow.storage import audit_readings
from caseflow.storage import bed_nights as stored
from caseflow.storage.audit_readings import Told, Wanted
from caseflow.storage.models.presences import Presence
from caseflow.storage.models.shelter import Absence, Bed, Placement
from caseflow.storage.stores import Stores

ACTS_AT_MOST: Final = 200
OF_A_STAY: Final = frozenset(
    name for name, kind in EVENTS.items() if kind.object_kind == "placement"
) | {"bed_allocated"}
"""Acts by which a stay begins, changes or ends."""


def behind(session: Session, stores: Stores, placement_id: str, night: date) -> Evidence | None:
    """The evidence of one night; None where the stay is not kept any more, or its client was restricted since."""
    row = session.get(Placement, placement_id)
    if row is None or stored.restricted(session, {placement_id}):
        return None
    return Evidence(
        row.client_code,
        session.get_one(Bed, row.bed_id).name,
        row.arrival_on,
        row.departure_on,
        _was_away(session, row.case_id, night),
        _acts(stores, row),
        _presences(session, placement_id, night),
    )


def _was_away(session: Session, case_id: str, night: date) -> bool:
    """Whether nights away were recorded for this night; why somebody was away is nobody's here."""
    found = session.scalar(
        select(Absence.id).where(
            Absence.case_id == case_id,
            Absence.from_on <= night,
            or_(Absence.until_on.is_(None), Absence.until_on > night),
        )
    )
    return found is not None


def _acts(stores: Stores, row: Placement) -> tuple[RecordedAct, ...]:
    wanted = Wanted(client_code=row.client_code, events=OF_A_STAY)
    told = audit_readings.page(stores, wanted, most=ACTS_AT_MOST, with_subjects=False)
    return tuple(
        RecordedAct(EVENT_NAMES[one.event], one.at, _roles(one))
        for one in reversed(told)
        if one.result == "done" and _is_of(one, row)
    )


def _is_of(one: Told, row: Placement) -> bool:
    """Whether an act was about this stay: it names it, or it is the one by which it came to be."""
    began = one.at == row.recorded_at and one.user_id == row.recorded_by
    return one.object_id == row.id or began


def _roles(one: Told) -> tuple[Role, ...]:
    return tuple(role for role in Role if role.value in one.roles)


def _presences(session: Session, placement_id: str, night: date) -> tuple[PresenceLine, ...]:
    rows = session.scalars(
        select(Presence)
        .where(Presence.placement_id == placement_id, Presence.night == night)
        .order_by(Presence.recorded_at, Presence.id)
    )
    return tuple(PresenceLine(row.state, row.recorded_at) for row in rows)
