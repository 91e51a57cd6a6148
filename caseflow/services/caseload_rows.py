"""The rows of a caseload: many cases as one reader may see them there, in a constant number of questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from caseflow.domain import tasks
from caseflow.domain.access import Permission, Relation, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.redaction import HIDDEN, Compartment, Part, Reader, Surface, Vision
from caseflow.services import alert_lists, dues, gatekeeping, handovers, houses, readings
from caseflow.services.caseload_views import CaseloadRow, DueKind, TaskCount
from caseflow.services.dues import Asked
from caseflow.services.handovers import Unread
from caseflow.storage import dossiers, separations
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.operations import StayAlert

C, P = Compartment, Part


@dataclass(frozen=True)
class _Around:
    """What is asked about all cases of a list at once, by case id (beds by bed id, separations by client code)."""

    team: dict[str, tuple[str, ...]]
    alerts: dict[str, list[StayAlert]]
    beds: dict[str, str]
    unread: Unread
    apart: frozenset[str]


def of(
    session: Session, actor: Actor, ids: Iterable[str], now: datetime, today: date
) -> list[CaseloadRow]:
    """Those of these cases that this reader's lists show, in no order; the look is told by whoever asks."""
    ids = list(ids)
    standings = gatekeeping.standings(session, actor, ids, now)
    open_to = {i for i, standing in standings.items() if may(Permission.CASE_OPEN, standing)}
    visions = {i: standings[i].vision(Surface.LIST) for i in open_to}
    listed = {i for i in open_to if visions[i].sees(C.CASEWORK, P.CALL)}
    found = dossiers.of_cases(session, listed)
    around = _around(session, actor, found, standings, now, today)
    return [
        _row(actor, dossier, standings[case_id], visions[case_id], around, today)
        for case_id, dossier in found.items()
    ]


def _around(
    session: Session,
    actor: Actor,
    found: dict[str, Dossier],
    standings: dict[str, Standing],
    now: datetime,
    today: date,
) -> _Around:
    present = {
        case_id: [m.user_id for m in members if m.from_on <= today <= (m.until_on or today)]
        for case_id, members in dossiers.case_team_of(session, found).items()
    }
    names = dossiers.colleagues(session, {one for some in present.values() for one in some})
    slept = {bed for bed in map(_bed_tonight, found.values()) if bed}
    codes = {one.client.code for one in found.values()}
    pairs = separations.pairs(session, codes, today)
    return _Around(
        {
            case_id: tuple(names[one][0] for one in some if one in names)
            for case_id, some in present.items()
        },
        alert_lists.unseen(session, found),
        {bed: f"{spot.site}, {spot.bed}" for bed, spot in dossiers.spots(session, slept).items()},
        handovers.unread(
            session,
            actor,
            [one for case_id, one in found.items() if handovers.reads(standings[case_id])],
            now,
        ),
        frozenset(code for pair in pairs for code in pair),
    )


def _bed_tonight(dossier: Dossier) -> str | None:
    begun = [one.bed_id for one in dossier.placements if one.status == "begun"]
    return begun[-1] if begun else None


def _row(
    actor: Actor,
    dossier: Dossier,
    standing: Standing,
    vision: Vision,
    around: _Around,
    today: date,
) -> CaseloadRow:
    case_id = dossier.case.id
    programme = houses.current().programme(dossier.case.programme)
    facts = readings.case_facts(dossier, programme)
    told = readings.stay_clock(dossier, programme, today)
    contact = dossier.case.last_contact_on
    team = around.team.get(case_id, ())
    asked = Asked(dossier, facts, told, standing, vision, today)
    due = dues.every(actor, asked, team, around.alerts.get(case_id, []))
    deadlines = [one for one in due if one.kind is DueKind.DEADLINE]
    due_days = [one.due_on for one in dossier.tasks]
    sees_bed = vision.sees(C.SHELTER, P.BED) or vision.sees(C.SHELTER, P.BEDS_TONIGHT)
    return CaseloadRow(
        case_id=case_id,
        client_code=dossier.client.code,
        call_name=dossier.client.call_name,
        programme=programme,
        is_test=dossier.client.is_test,
        restricted=dossier.client.restricted,
        kept_apart=dossier.client.code in around.apart if vision.sees_any(C.SAFETY) else HIDDEN,
        stage=vision.show(C.CASEWORK, P.STAGE, facts.stage),
        clock=vision.show(C.CASEWORK, P.CLOCK, told),
        due=(due[0] if due else None) if vision.sees(C.CASEWORK, P.DUE_DATES) else HIDDEN,
        dues=tuple(due),
        deadline=vision.show(
            C.IMMIGRATION, P.DEADLINES, min(deadlines, key=lambda one: one.on, default=None)
        ),
        days_since_contact=vision.show(
            C.CASEWORK, P.DUE_DATES, (today - contact).days if contact else None
        ),
        tasks=vision.show(
            C.CASEWORK,
            P.DUE_DATES,
            TaskCount(len(due_days), tasks.overdue(due_days, today)),
        ),
        unread_handovers=around.unread.of(case_id),
        bed=around.beds.get(_bed_tonight(dossier) or "") if sees_bed else HIDDEN,
        case_team=vision.show(C.CASEWORK, P.CASE_TEAM_CONTACT, team),
        is_mine=Relation.CASE_TEAM in standing.relations,
        is_of_team=bool({Relation.TEAM, Relation.LEADS_TEAM} & standing.relations),
        is_on_duty=Reader.ON_DUTY in standing.readers,
        may_write_note=may(Permission.NOTE_CREATE, standing),
    )
