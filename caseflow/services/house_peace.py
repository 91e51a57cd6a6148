"""Peace in the house on the page of one person: warnings, time-outs, pairs and incidents, redacted for the reader."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.house_pairs import PairReason, PairScope
from caseflow.domain.house_warnings import NotToldYet, Told, WarningKind
from caseflow.domain.incidents import (
    FollowUp,
    IncidentKind,
    Measure,
    PartOfDay,
    Police,
    RoleInIt,
)
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.domain.time_outs import Meanwhile
from caseflow.services.house_peace_views import (
    HousePeaceView,
    OwnIncident,
    PairView,
    TimeOutView,
    WarningView,
)
from caseflow.services.households import Standings
from caseflow.services.kept_apart import known_clients
from caseflow.storage import house_peace, separations
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.house_peace import HouseWarning, Incident, IncidentPerson, TimeOut
from caseflow.storage.models.shelter import Site

C, P = Compartment, Part
INCIDENTS_SHOWN: Final = 10
"""How many incidents stand on the page of one person, the newest first."""


def of(
    session: Session,
    dossier: Dossier,
    vision: Vision,
    standings: Standings,
    today: date,
    tell: Callable[[Collection[str]], None],
) -> HousePeaceView | None:
    """What this reader may know of it; None for who sees nothing of safety.

    `tell` records the codes of others that stand on the page, before it leaves.
    """
    if not vision.sees(C.SAFETY, P.WARNINGS):
        return None
    code, sees_all = dossier.client.code, vision.sees(C.SAFETY, P.REST)
    warnings = tuple(
        _warning(one, sees_all) for one in house_peace.warnings_of(session, code, today)
    )
    time_outs = tuple(
        _time_out(session, one, sees_all) for one in house_peace.time_outs_of(session, code, today)
    )
    if not sees_all:
        return HousePeaceView(warnings, time_outs, HIDDEN, HIDDEN)
    pairs, incidents = _pairs(session, code, standings, today), _incidents(session, code)
    if named := {one.other for one in pairs if isinstance(one.other, str)}:
        tell(named)
    return HousePeaceView(
        warnings,
        time_outs,
        pairs,
        incidents[:INCIDENTS_SHOWN],
        len(incidents) > INCIDENTS_SHOWN,
    )


def own_part(incident: Incident, person: IncidentPerson) -> OwnIncident:
    """One person's part in an incident."""
    return OwnIncident(
        incident.id,
        person.id,
        incident.happened_on,
        PartOfDay(incident.part_of_day),
        IncidentKind(incident.kind),
        RoleInIt(person.role),
        Measure(person.measure) if person.measure else None,
        person.measure_until,
        FollowUp(person.follow_up) if person.follow_up else None,
        person.followed_up_on,
        incident.emergency_called,
        Police(incident.police),
    )


def told_of(row: HouseWarning) -> Told:
    """Whether the person knows of a warning, or why not yet."""
    told = Told(row.told_on, row.told_in)
    return replace(told, not_yet=NotToldYet(row.not_told)) if row.not_told else told


def _warning(row: HouseWarning, sees_all: bool) -> WarningView:
    told = told_of(row) if sees_all else HIDDEN
    return WarningView(row.id, WarningKind(row.kind), row.from_on, row.until_on, told)


def _time_out(session: Session, row: TimeOut, sees_all: bool) -> TimeOutView:
    site: str | Hidden = HIDDEN
    if sees_all:
        site = session.scalar(select(Site.name).where(Site.id == row.site_id)) or ""
    return TimeOutView(
        row.id,
        row.from_on,
        row.back_on,
        site,
        Meanwhile(row.meanwhile) if sees_all else HIDDEN,
        row.told_of_complaint if sees_all else HIDDEN,
    )


def _pairs(session: Session, code: str, standings: Standings, today: date) -> tuple[PairView, ...]:
    """Pairs; of somebody kept apart for safety nothing shows here, since a stronger mark is there."""
    apart = separations.codes_apart(session, code, today)
    rows = [
        row
        for row in house_peace.pairs_of(session, code, today)
        if house_peace.other_side(row, code) not in apart
    ]
    others = {row.id: house_peace.other_side(row, code) for row in rows}
    known = known_clients(session, set(others.values()), standings) if rows else frozenset()
    return tuple(
        PairView(
            row.id,
            PairScope(row.scope),
            PairReason(row.reason),
            row.from_on,
            row.until_on,
            others[row.id] if others[row.id] in known else HIDDEN,
        )
        for row in rows
    )


def _incidents(session: Session, code: str) -> tuple[OwnIncident, ...]:
    rows = session.execute(
        select(Incident, IncidentPerson)
        .join(IncidentPerson, IncidentPerson.incident_id == Incident.id)
        .where(IncidentPerson.client_code == code)
        .order_by(Incident.happened_on.desc(), Incident.recorded_at.desc(), Incident.id)
        .limit(INCIDENTS_SHOWN + 1)
    )
    return tuple(own_part(incident, person) for incident, person in rows)
