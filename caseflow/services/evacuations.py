"""Who has to come out of a house if it burns: for the fire service, on paper or on a screen, whether sealed or not.

Recorded as a look at each person before it leaves. A person whom lists do not name to this reader stands there by the
bed alone; whether they need help on the stairs stands there for everybody who works in the house (decision 0165).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import evacuations
from caseflow.domain.access import Permission, Standing, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.beds import BedFacts
from caseflow.domain.evacuations import EvacuationList, Sleeper
from caseflow.domain.local_days import local
from caseflow.domain.placements import Stay, StayStatus
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.domain.rounds import night_of
from caseflow.services import denials, gatekeeping, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, availability
from caseflow.storage import evacuations as rows
from caseflow.storage.audit_log import Act
from caseflow.storage.evacuations import Named
from caseflow.storage.models.shelter import Site

AT_A_SITE = (Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER)


@dataclass(frozen=True)
class Told:
    """A list, and the client codes of everybody on it, for the log alone."""

    shown: EvacuationList
    codes: tuple[str, ...]


def evacuation_list(actor: Actor, site_id: str, now: datetime) -> EvacuationList:
    """Everybody who sleeps at a site tonight, told to the log before it is shown; a constant number of queries.

    For who works at the site, and coordinators of its organisation. Raises `NotKnown` for others, and for a site that
    does not exist. Sources: rule B12; the firewall's rules over the tables.
    """
    house = houses.current()
    with house.stores.reading() as session:
        site = reached(session, actor, Permission.EVACUATION_VIEW, site_id, now)
        told = made(session, site, now, actor)
    act = Act(
        "evacuation_listed",
        actor,
        now,
        subjects=told.codes,
        object_id=site_id,
        details={"count": len(told.shown.sleepers), "inside": told.shown.inside},
        permission=Permission.EVACUATION_VIEW.value,
        purpose="shelter",
    )
    audit_log.tell(house.stores, act, result="shown")
    return told.shown


def reached(
    session: Session, actor: Actor, permission: Permission, site_id: str, now: datetime
) -> Site:
    """A site that this colleague works at or coordinates. Raises `NotKnown`, and tells the log so."""
    site = session.get(Site, site_id)
    if site is None or not may_at_all(permission, actor.roles) or not _works_there(actor, site):
        denials.tell(actor, permission, now)
        raise NotKnown()
    return site


def _works_there(actor: Actor, site: Site) -> bool:
    if Role.COORDINATOR in actor.roles and site.organisation == actor.organisation:
        return True
    return site.id in actor.sites_as(*AT_A_SITE)


def made(session: Session, site: Site, now: datetime, actor: Actor | None) -> Told:
    """The list of a site as this reader may see it; without a reader, as the file may hold it: nobody restricted."""
    today, night = local(now).date(), night_of(now)
    beds = availability.beds(
        session, evacuations.nights_asked(night, today), now, today, site_ids=[site.id]
    )
    stays = [
        (one.bed, stay)
        for one in beds
        for stay in one.stays
        if evacuations.is_listed(stay, night, today)
    ]
    cases = {stay.case_id for _, stay in stays}
    known = rows.named(session, cases)
    codes = {one.client_code for one in known.values()}
    open_to = _named_to(session, actor, known, now)
    helped = rows.who_needs_help(session, codes, today)
    away = rows.who_is_away(session, cases, night)
    lines = [
        _line(bed, stay, known[stay.case_id], stay.case_id in open_to, helped, away)
        for bed, stay in stays
    ]
    return Told(EvacuationList(site.name, now, evacuations.in_order(lines)), tuple(sorted(codes)))


def _named_to(
    session: Session, actor: Actor | None, known: dict[str, Named], now: datetime
) -> frozenset[str]:
    """Cases of those whose call name may stand on the list."""
    if actor is None:
        return frozenset(case_id for case_id, one in known.items() if not one.is_restricted)
    standings = gatekeeping.standings(session, actor, known, now)
    return frozenset(case_id for case_id, one in standings.items() if _is_named(one))


def _is_named(standing: Standing) -> bool:
    vision = standing.vision(Surface.LIST)
    return vision.sees(Compartment.CASEWORK, Part.CALL) and vision.sees_any(Compartment.SHELTER)


def _line(
    bed: BedFacts,
    stay: Stay,
    named: Named,
    is_named: bool,
    helped: Collection[str],
    away: Collection[str],
) -> Sleeper:
    return Sleeper(
        bed.floor,
        bed.room,
        bed.name,
        named.call_name if is_named else None,
        named.client_code if is_named else None,
        named.client_code in helped,
        stay.case_id in away,
        stay.status is not StayStatus.BEGUN,
    )


def open_sites(session: Session, today: date) -> tuple[Site, ...]:
    """Sites that are open today, in no order that says anything."""
    asked = select(Site).where(Site.valid_from <= today).order_by(Site.id)
    return tuple(
        site
        for site in session.scalars(asked)
        if site.valid_until is None or site.valid_until >= today
    )
