"""An ambulance is here: who sleeps at these sites tonight, and one card, opened with one tap for a quarter of an hour.

No reason is asked and no vault is needed. Opening is a recorded change before anything is shown; what it opens is the
card and nothing beside it. The privacy officer finds every opening on a list (`services.card_openings`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Standing, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.cards import open_until
from caseflow.domain.local_days import local
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import StayStatus
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.services import denials, gatekeeping, houses
from caseflow.services.card_views import Sheet, Sleeper, SleepersOfSite, lines_of
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.vacancies import Occupant, tell_listed
from caseflow.storage import audit_log, availability, emergency_cards
from caseflow.storage.audit_log import Act
from caseflow.storage.availability import BedNights
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.governance import CardOpening
from caseflow.storage.models.shelter import Bed, Placement, Room

AT_A_SITE: Final = (Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER)


def sleepers(actor: Actor, now: datetime) -> tuple[SleepersOfSite, ...]:
    """Everybody at the reader's sites tonight whose card the reader may open, by site and bed.

    A person whom lists do not name to this reader (a restricted case) stands there by the bed alone. Told to the audit
    log before it is shown. Raises `NotKnown` for a role without beds.
    """
    if not may_at_all(Permission.BEDS_VIEW, actor.roles):
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        found = _beds_tonight(session, actor, now, today)
        stays = [(one.bed, stay) for one in found for stay in one.stays]
        standings = gatekeeping.standings(session, actor, {stay.case_id for _, stay in stays}, now)
        open_to = {case for case, one in standings.items() if may(Permission.CARD_OPEN, one)}
        known = _names(session, open_to)
    sites: dict[str, list[Sleeper]] = {}
    for bed, stay in stays:
        if stay.case_id in open_to:
            is_named = _is_named(standings[stay.case_id])
            row = Sleeper(stay.case_id, bed, known[stay.case_id].call_name if is_named else None)
            sites.setdefault(bed.site_id, []).append(row)
    # who stands there by the bed alone was looked at too
    tell_listed(actor, now, known.values(), sites)
    return tuple(SleepersOfSite(rows[0].bed.site, tuple(rows)) for rows in sites.values())


def _beds_tonight(
    session: Session, actor: Actor, now: datetime, today: date
) -> tuple[BedNights, ...]:
    """The beds of the organisation for a coordinator, and those of the sites where somebody works."""
    night = Nights(today, next_night(today))
    own = availability.beds(session, night, now, today, site_ids=actor.sites_as(*AT_A_SITE))
    if Role.COORDINATOR not in actor.roles:
        return own
    known = {one.bed.id for one in own}
    all_ours = availability.beds(session, night, now, today, organisation=actor.organisation)
    return own + tuple(one for one in all_ours if one.bed.id not in known)


def _is_named(standing: Standing) -> bool:
    return standing.vision(Surface.LIST).sees(Compartment.CASEWORK, Part.CALL)


def _names(session: Session, case_ids: Collection[str]) -> dict[str, Occupant]:
    rows = session.execute(
        select(Case.id, Client.code, Client.call_name)
        .join(Client, Client.code == Case.client_code)
        .where(Case.id.in_(case_ids))
    )
    return {case_id: Occupant(case_id, code, name) for case_id, code, name in rows}


def open_card(actor: Actor, case_id: str, now: datetime) -> str:
    """Opens a card for a quarter of an hour; answers the id of the opening, which is its address.

    Asks for no reason and no second factor. Raises `NotKnown`, whether there is no such case or no such right.
    """
    opening_id, until_at = new_id(), open_until(now)
    with houses.current().stores.reading() as session:
        # asked before the bed is looked for, so that a refusal takes the same time whoever sleeps where
        gatekeeping.known(session, actor, Permission.CARD_OPEN, case_id, now)
        place = _place(session, case_id, local(now).date())
    site_id = place.site_id if place else None
    with gatekeeping.changing(
        actor,
        Permission.CARD_OPEN,
        case_id,
        "card_opened",
        now,
        details={"site": site_id, "until": until_at},
        object_id=opening_id,
        emergency=True,
    ) as change:
        change.work.casework.add(
            CardOpening(
                id=opening_id,
                client_code=change.dossier.client.code,
                organisation=change.dossier.case.organisation,
                site_id=site_id,
                opened_by=actor.user_id,
                opened_at=now,
                until_at=until_at,
                change_id=change.work.id,
            )
        )
    return opening_id


def sheet(actor: Actor, opening_id: str, now: datetime) -> Sheet:
    """The opened card, for who opened it and until its quarter of an hour is over; each look is told first.

    Raises `NotKnown` for any other reader or moment. A person without a card has a sheet all the same.
    """
    house = houses.current()
    with house.stores.reading() as session, Session(house.stores.cards) as cards:
        opening = session.get(CardOpening, opening_id)
        if (
            opening is None
            or opening.opened_by != actor.user_id
            or not opening.opened_at <= now < opening.until_at
        ):
            denials.tell(actor, Permission.CARD_OPEN, now)
            raise NotKnown()
        _tell_look(actor, opening, now)
        client = session.get_one(Client, opening.client_code)
        card = emergency_cards.current(cards, session, client.code)
        place = _place_of_person(session, client.code, local(now).date())
        lines = lines_of(card) if card else None
        has_lines = lines is not None and not lines.is_empty
        return Sheet(
            (lines.call_name if lines else None) or client.call_name,
            place.room if place else None,
            place.bed if place else None,
            client.language,
            lines if has_lines else None,
            local(card.recorded_at).date() if card and has_lines else None,
            opening.until_at,
        )


def _tell_look(actor: Actor, opening: CardOpening, now: datetime) -> None:
    act = Act(
        "card_opened",
        actor,
        now,
        subjects=(opening.client_code,),
        object_id=opening.id,
        details={"site": opening.site_id, "until": opening.until_at},
        permission=Permission.CARD_OPEN.value,
        emergency=True,
    )
    audit_log.tell(houses.current().stores, act, result="shown")


@dataclass(frozen=True)
class _Place:
    """The bed somebody sleeps on tonight."""

    site_id: str
    room: str
    bed: str


def _place(session: Session, case_id: str, today: date) -> _Place | None:
    code = session.scalar(select(Case.client_code).where(Case.id == case_id))
    return _place_of_person(session, code, today) if code else None


def _place_of_person(session: Session, client_code: str, today: date) -> _Place | None:
    """Where they sleep; else where they are expected tonight; None without a bed."""
    rows = session.execute(
        select(Placement.status, Room.site_id, Room.name, Bed.name)
        .join(Bed, Bed.id == Placement.bed_id)
        .join(Room, Room.id == Bed.room_id)
        .where(
            Placement.client_code == client_code,
            Placement.status.in_((StayStatus.BEGUN.value, StayStatus.BOOKED.value)),
            Placement.arrival_on <= today,
        )
        .order_by(Placement.arrival_on.desc())
    ).all()
    begun_first = sorted(rows, key=lambda row: row.status != StayStatus.BEGUN.value)
    return next((_Place(site_id, room, bed) for _, site_id, room, bed in begun_first), None)
