"""Beds tonight: who sleeps where, who is expected, who should have left, and who still waits for a bed.

Coded facts only: the page works while the vaults are sealed. Each row is redacted for its reader, and everybody
shown is told to the audit log before the page leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import absences, beds
from caseflow.domain.access import Permission, Standing, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.beds import BedFacts
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.local_days import local
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import Stay, StayStatus
from caseflow.domain.programmes import Offer, Stage
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Surface
from caseflow.domain.stay_limits import Absence, AbsenceKind
from caseflow.services import gatekeeping, houses, kept_apart, readings
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.tonight_views import (
    Arrival,
    BedTonight,
    Person,
    SiteTonight,
    Tonight,
    Waiting,
)
from caseflow.services.vacancies import Occupant, tell_listed
from caseflow.storage import availability, dossiers, separations
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.cases import Case
from caseflow.storage.models.shelter import Placement

C, P = Compartment, Part
DAYS_AHEAD: Final = 7
"""How many days of expected arrivals the page shows."""
WAITING_SHOWN: Final = 10
"""How many waiting people the page shows before it is asked for all of them."""


def tonight(actor: Actor, now: datetime, *, all_waiting: bool = False) -> Tonight:
    """The beds of the reader's sites tonight. Raises `NotKnown` for a role without beds.

    Sources: rules B6 and B12; the firewall's table for lists.
    """
    if not may_at_all(Permission.BEDS_VIEW, actor.roles):
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    coordinates = Role.COORDINATOR in actor.roles
    night = Nights(today, next_night(today))
    organisation = actor.organisation if coordinates else None
    own = None if coordinates else actor.sites_as(Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER)
    with house.stores.reading() as session:
        found = availability.beds(
            session, night, now, today, organisation=organisation, site_ids=own
        )
        due = availability.expected(
            session,
            now,
            today + timedelta(days=DAYS_AHEAD),
            organisation=organisation,
            site_ids=own,
        )
        queue = _waiting_cases(session, house, actor, now) if coordinates else ()
        shown = queue if all_waiting else queue[:WAITING_SHOWN]
        cases = {stay.case_id for one in found for stay in one.stays}
        cases |= {stay.case_id for _, stay in due} | set(shown)
        people, known, pairs = _people(session, house, actor, cases, now, today)
        waiting = tuple(_waiting(people[one], known[one], house) for one in shown if one in people)
    sites: dict[str, list[BedTonight]] = {}
    names = {}
    for one in found:
        opened = bool(beds.may_be_slept_on(one.bed, (), night, now, today))
        stay = _sleeper(one.stays)
        if not opened and stay is None:
            continue
        names[one.bed.site_id] = one.bed.site
        sites.setdefault(one.bed.site_id, []).append(_row(one.bed, opened, stay, people, today))
    answer = Tonight(
        today,
        tuple(
            SiteTonight(
                site_id,
                names[site_id],
                tuple(rows),
                kept_apart.meet(pairs, _there(site_id, rows, due, people, today)),
            )
            for site_id, rows in sites.items()
        ),
        tuple(
            Arrival(bed, stay, people.get(stay.case_id, HIDDEN))
            for bed, stay in due
            if stay.arrival_on <= today or coordinates or stay.case_id in people
        ),
        waiting,
        len(queue),
        coordinates,
        coordinates or Role.RESIDENTIAL_WORKER in actor.roles,
    )
    tell_listed(actor, now, [person.who for person in people.values()], sites)
    return answer


def _there(
    site_id: str,
    rows: Collection[BedTonight],
    due: Collection[tuple[BedFacts, Stay]],
    people: Mapping[str, Person],
    today: date,
) -> frozenset[str]:
    """Codes of those who sleep at a site tonight or are expected there today, and carry a mark the reader sees."""
    stays = [row.stay for row in rows if row.stay is not None]
    stays += [stay for bed, stay in due if bed.site_id == site_id and stay.arrival_on <= today]
    return frozenset(
        person.who.client_code
        for stay in stays
        if (person := people.get(stay.case_id)) is not None and person.apart
    )


def _sleeper(stays: Collection[Stay]) -> Stay | None:
    """Who takes the bed tonight: the one who sleeps there before the one who is booked."""
    return min(stays, key=lambda stay: stay.status is not StayStatus.BEGUN, default=None)


def _row(
    bed: BedFacts,
    opened: bool,
    stay: Stay | None,
    people: dict[str, Person],
    today: date,
) -> BedTonight:
    if stay is None:
        return BedTonight(bed, opened, None, None, None, None, False, False)
    person: Person | Hidden = people.get(stay.case_id, HIDDEN)
    dates = isinstance(person, Person) and not isinstance(person.left_programme_on, Hidden)
    begun = stay.status is StayStatus.BEGUN
    return BedTonight(
        bed,
        opened,
        stay,
        person,
        stay.arrival_on if dates else HIDDEN,
        stay.planned_departure_on if dates else HIDDEN,
        bool(dates and begun and stay.planned_departure_on == today),
        bool(dates and stay.is_overdue(today)),
    )


def _people(
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
    people = {
        case_id: _person(known[case_id], house, standing, apart, today)
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
    dossier: Dossier, house: House, standing: Standing, apart: Collection[str], today: date
) -> Person:
    vision = standing.vision(Surface.LIST)
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
    )


_ACTS: Final = (
    Permission.PLACEMENT_CREATE,
    Permission.PLACEMENT_MOVE,
    Permission.PLACEMENT_END,
    Permission.ABSENCE_RECORD,
    Permission.CASE_OPEN,
)


def _waiting_cases(session: Session, house: House, actor: Actor, now: datetime) -> tuple[str, ...]:
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


def _waiting(person: Person, dossier: Dossier, house: House) -> Waiting:
    application: date | Hidden = readings.application_on(dossier)
    return Waiting(
        person,
        house.programme(dossier.case.programme),
        HIDDEN if isinstance(person.stage, Hidden) else application,
    )
