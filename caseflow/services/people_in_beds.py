"""The people of the lists of beds: redacted for their reader, and those who have no bed yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import absences
from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.nights import Nights
from caseflow.domain.placements import StayStatus
from caseflow.domain.programmes import Offer, Stage
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Surface
from caseflow.domain.stay_limits import Absence, AbsenceKind
from caseflow.services import gatekeeping, house_marks, readings
from caseflow.services.house_marks import NO_MARKS, Marks
from caseflow.services.houses import House
from caseflow.services.tonight_views import Person, Waiting
from caseflow.services.vacancies import Occupant
from caseflow.storage import dossiers, separations
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.cases import Case
from caseflow.storage.models.shelter import Placement

C, P = Compartment, Part


def people_shown(
    session: Session,
    house: House,
    actor: Actor,
    case_ids: Collection[str],
    now: datetime,
    today: date,
) -> tuple[dict[str, Person], dict[str, Dossier], frozenset[tuple[str, str]]]:
    """Those of these cases that the reader may see in a list, redacted, by case id; and who is kept apart."""
    seen = _seen(session, actor, case_ids, now)
    known = dossiers.of_cases(session, seen)
    pairs = separations.pairs(session, {one.client.code for one in known.values()}, today)
    apart = {code for pair in pairs for code in pair}
    marks = house_marks.of(session, {one.client.code for one in known.values()}, today)
    people = {
        case_id: _person(known[case_id], house, standing, apart, marks, today)
        for case_id, standing in seen.items()
    }
    return people, known, pairs


def _seen(
    session: Session, actor: Actor, case_ids: Collection[str], now: datetime
) -> dict[str, Standing]:
    return {
        case_id: standing
        for case_id, standing in gatekeeping.standings(session, actor, case_ids, now).items()
        if (vision := standing.vision(Surface.LIST)).sees(C.CASEWORK, P.CALL)
        and vision.sees_any(C.SHELTER)
    }


def _person(
    dossier: Dossier,
    house: House,
    standing: Standing,
    apart: Collection[str],
    marks: Mapping[str, Marks],
    today: date,
) -> Person:
    vision, own = standing.vision(Surface.LIST), marks.get(dossier.client.code, NO_MARKS)
    programme = house.programme(dossier.case.programme)
    left = readings.current_exit(dossier)
    stage = Stage(dossier.case.stage)
    gone = (
        None
        if left is None and stage not in ENDED_STAGES
        else (left.exited_on if left is not None else dossier.stages[-1].event_on)
    )
    away = absences.running(
        Absence(AbsenceKind(one.kind), Nights(one.from_on, one.until_on))
        for one in dossier.absences
    )
    return Person(
        Occupant(dossier.case.id, dossier.client.code, dossier.client.call_name),
        readings.stay_clock(dossier, programme, today)
        if vision.sees(C.CASEWORK, P.CLOCK)
        else HIDDEN,
        vision.show(C.CASEWORK, P.STAGE, stage),
        vision.show(C.SHELTER, P.REST, gone),
        vision.show(C.SHELTER, P.REST, away.kind if away else None),
        vision.show(C.SAFETY, P.WARNINGS, dossier.client.code in apart),
        frozenset(one for one in _ACTS if may(one, standing)),
        away_since=vision.show(C.SHELTER, P.REST, away.nights.arrival if away else None),
        bed_kept_until=vision.show(
            C.SHELTER, P.REST, programme.beds_kept.until(away) if away else None
        ),
        warnings=vision.show(C.SAFETY, P.WARNINGS, own.warnings),
        back_on=vision.show(C.SAFETY, P.WARNINGS, own.back_on),
    )


_ACTS: Final = (
    Permission.PLACEMENT_CREATE,
    Permission.PLACEMENT_MOVE,
    Permission.PLACEMENT_END,
    Permission.ABSENCE_RECORD,
    Permission.CASE_OPEN,
)


def without_a_bed(session: Session, house: House, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Open cases of the organisation without nights ahead, in programmes that offer shelter, oldest first.

    Cases that this reader may not see are not counted either: a number would tell of them.
    """
    sheltering = [
        programme.id
        for programme in house.catalogue.programmes.values()
        if Offer.SHELTER in programme.offers
    ]
    placed = select(Placement.client_code).where(
        Placement.status.in_((StayStatus.BEGUN.value, StayStatus.BOOKED.value))
    )
    queue = tuple(
        session.scalars(
            select(Case.id)
            .where(
                Case.organisation == actor.organisation,
                Case.programme.in_(sheltering),
                Case.stage.not_in([stage.value for stage in ENDED_STAGES]),
                Case.client_code.not_in(placed),
            )
            .order_by(Case.opened_at, Case.id)
        )
    )
    seen = _seen(session, actor, queue, now)
    return tuple(case_id for case_id in queue if case_id in seen)


def waiting_row(person: Person, dossier: Dossier, house: House) -> Waiting:
    """Somebody who waits, with the programme and since when, as this reader may know it."""
    application: date | Hidden = readings.application_on(dossier)
    return Waiting(
        person,
        house.programme(dossier.case.programme),
        HIDDEN if isinstance(person.stage, Hidden) else application,
    )
