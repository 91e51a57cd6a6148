"""Which beds somebody could get, and why the others do not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import bed_fits, beds, placements
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedFacts
from caseflow.domain.decisions import Decision
from caseflow.domain.house_pairs import ROOM_NOT_FOR_THIS_PERSON
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Surface
from caseflow.domain.separations import NOT_FOR_THIS_PERSON
from caseflow.services import bed_guests, gatekeeping, house_bars, houses, kept_apart
from caseflow.services.case_views import CaseView
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, availability, bed_conditions
from caseflow.storage.audit_log import Act
from caseflow.storage.availability import BedNights
from caseflow.storage.models.cases import Case, Client


@dataclass(frozen=True)
class Occupant:
    """Who sleeps on a bed, for a reader who may see that case."""

    case_id: str
    client_code: str
    call_name: str


@dataclass(frozen=True)
class Vacancy:
    """A bed on the wanted nights: whether somebody can have it, why not, and what to think of."""

    bed: BedFacts
    decision: Decision
    notices: tuple[Message, ...]
    taken_by: Occupant | Hidden | None
    """Who takes it; hidden where this reader may not see that case (rule B8)."""


@dataclass(frozen=True)
class Search:
    """The beds of one's organisation for one person and some nights."""

    case: CaseView
    nights: Nights
    vacancies: tuple[Vacancy, ...]
    withheld: tuple[Vacancy, ...] = ()
    """Beds that this person cannot use for safety or peace: on no page, known to the form that refuses them."""

    @property
    def free(self) -> tuple[Vacancy, ...]:
        """Those that can be chosen."""
        return tuple(one for one in self.vacancies if one.decision)

    @property
    def free_by_room(self) -> tuple[tuple[Vacancy, ...], ...]:
        """Those that can be chosen, room by room; beds of another kind, marks or notices stand apart."""
        rooms: dict[tuple[str, ...], list[Vacancy]] = {}
        for one in self.free:
            alike = (*sorted(one.bed.marks), *map(str, one.notices))
            rooms.setdefault((one.bed.site_id, one.bed.room, one.bed.kind, *alike), []).append(one)
        return tuple(tuple(beds) for beds in rooms.values())


def vacancies(
    actor: Actor,
    case_id: str,
    arrival: date,
    departure: date | None,
    now: datetime,
    *,
    but: str | None = None,
) -> Search:
    """Every bed of the actor's organisation for these nights, in the order of site, room and bed.

    `but` is a stay of this person that is about to end there. Raises `NotKnown`, and ValueError where the
    departure lies before the arrival.
    """
    wanted = Nights(arrival, departure)
    case = gatekeeping.open_case(actor, case_id, now)
    if Permission.PLACEMENT_CREATE not in case.may:
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        every = availability.beds(session, wanted, now, today, organisation=actor.organisation)
        apart = kept_apart.unusable_sites(session, case.client_code, wanted, now, today)
        barred = house_bars.unusable_beds(session, case.client_code, wanted, now, today)
        found = [one for one in every if one.bed.site_id not in apart and one.bed.id not in barred]
        sees = gatekeeping.standings(session, actor, [case_id], now)[case_id]
        guest = bed_guests.guest(session, case.client_code, sees.vision(Surface.OPENED), today)
        company = bed_guests.companies(session, actor, every, now, today)
        full = _at_their_limit(session, every, wanted, now, today)
        others = {
            stay.bed_id: stay.case_id
            for one in found
            if (stay := placements.conflict(one.stays, wanted, now, today, but=but))
        }
        seen = occupants(session, actor, others.values(), now)

    def vacancy(one: BedNights) -> Vacancy:
        decision = beds.may_be_slept_on(one.bed, one.stays, wanted, now, today, but=but)
        fit = bed_fits.fit(one.bed, guest, company[one.bed.id])
        decision = decision and fit.decision
        if any(stay.id == but for stay in one.stays):
            decision = placements.ALREADY_THERE
        told = (*fit.questions, *full.get(one.bed.site_id, ())) if decision else ()
        who = seen.get(others[one.bed.id], HIDDEN) if one.bed.id in others else None
        return Vacancy(one.bed, decision, told, who)

    answer = Search(
        case,
        wanted,
        tuple(vacancy(one) for one in found),
        tuple(
            Vacancy(
                one.bed,
                NOT_FOR_THIS_PERSON if one.bed.site_id in apart else ROOM_NOT_FOR_THIS_PERSON,
                (),
                HIDDEN,
            )
            for one in every
            if one.bed.site_id in apart or one.bed.id in barred
        ),
    )
    tell_listed(actor, now, seen.values(), {one.bed.site_id for one in found})
    return answer


def _at_their_limit(
    session: Session, every: Collection[BedNights], wanted: Nights, now: datetime, today: date
) -> dict[str, tuple[Message, ...]]:
    """What to say of the sites where as many people sleep on the first night as may (rule B4)."""
    limits = bed_conditions.limits_on(session, {one.bed.site_id for one in every}, wanted.arrival)
    nights = ((one.bed.site_id, stay.taken(now, today)) for one in every for stay in one.stays)
    there = Counter(
        site_id for site_id, taken in nights if taken is not None and taken.covers(wanted.arrival)
    )
    return {
        site_id: (
            N_(
                "As many people sleep here on %(night)s as the limit says: %(most)s.",
                night=wanted.arrival,
                most=most,
            ),
        )
        for site_id, most in limits.items()
        if there[site_id] >= most
    }


def occupants(
    session: Session, actor: Actor, case_ids: Collection[str], now: datetime
) -> dict[str, Occupant]:
    """Call name and code of those of these cases that this reader may see in a list, by case id."""
    standings = gatekeeping.standings(session, actor, case_ids, now)
    open_to = [
        case_id
        for case_id, standing in standings.items()
        if (vision := standing.vision(Surface.LIST)).sees(Compartment.CASEWORK, Part.CALL)
        and vision.sees_any(Compartment.SHELTER)
    ]
    return names_of(session, open_to)


def names_of(session: Session, case_ids: Collection[str]) -> dict[str, Occupant]:
    """Call name and code by case id, of cases that this reader has been found to see."""
    rows = session.execute(
        select(Case.id, Client.code, Client.call_name)
        .join(Client, Client.code == Case.client_code)
        .where(Case.id.in_(case_ids))
    )
    return {case_id: Occupant(case_id, code, name) for case_id, code, name in rows}


def tell_listed(
    actor: Actor, now: datetime, shown: Collection[Occupant], sites: Collection[str]
) -> None:
    """Records who was shown on a list of beds, before the page leaves."""
    act = Act(
        "beds_listed",
        actor,
        now,
        subjects=tuple(sorted({who.client_code for who in shown})),
        details={"count": len(shown), "sites": frozenset(sites)},
        permission=Permission.BEDS_VIEW.value,
    )
    audit_log.tell(houses.current().stores, act, result="shown")
