"""Bath and bread: a site counts what it gives out, and whoever may see it reads a month of counts.

Nothing here reads clients, cases or placements: a count says how many, and there is no column that could say who.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.daily_services import (
    NOTHING_TO_TAKE_BACK,
    TAKEN_BACK_WITHIN,
    Count,
    Month,
    MonthOfServices,
    ServiceKind,
    may_count,
    month_of_services,
)
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.redaction import Compartment, Extent, roles_that_see
from caseflow.services import actors, denials, houses
from caseflow.services.figures import named_scopes
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import audit_log, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.daily_services import ServiceTally
from caseflow.storage.models.shelter import Site

COUNTING: Final = Permission.SERVICE_COUNT
OF_OWN_PROGRAMMES: Final = roles_that_see(Compartment.SERVICES, Extent.OF_OWN_PROGRAMMES)


@dataclass(frozen=True)
class SiteName:
    """A site to choose."""

    id: str
    name: str


@dataclass(frozen=True)
class CountOfToday:
    """How many of one kind were counted today."""

    kind: ServiceKind
    number: int


@dataclass(frozen=True)
class LastCount:
    """One's own last count, while one tap takes it back."""

    id: str
    count: Count
    at: datetime


@dataclass(frozen=True)
class TodayView:
    """The counts of one site today, and the sites between which one chooses."""

    site: SiteName
    sites: tuple[SiteName, ...]
    today: date
    counts: tuple[CountOfToday, ...]
    last: LastCount | None


@dataclass(frozen=True)
class MonthView:
    """A month of one site, and the sites between which one chooses."""

    site: SiteName
    sites: tuple[SiteName, ...]
    month: Month
    found: MonthOfServices


def today(actor: Actor, site_id: str | None, now: datetime) -> TodayView | None:
    """The counts of today at one of the reader's sites, the first one where none is asked for; None without a site.

    Raises `NotKnown` for a role that counts nothing, and for a site that is not the reader's.
    """
    day = local(now).date()
    with houses.current().stores.reading() as session:
        sites = _sites(session, actor, COUNTING, day)
        if not sites and site_id is None:
            return None
        site = _chosen(sites, site_id, actor, COUNTING, now)
        found = dict(
            session.execute(
                select(ServiceTally.kind, func.sum(ServiceTally.count))
                .where(ServiceTally.site_id == site.id, ServiceTally.day == day)
                .group_by(ServiceTally.kind)
            ).all()
        )
        last = _last_of(session, actor, site.id, now)
        view = TodayView(
            site,
            sites,
            day,
            tuple(CountOfToday(kind, found.get(kind.value, 0)) for kind in ServiceKind),
            LastCount(last.id, _count_of(last), last.recorded_at) if last is not None else None,
        )
    _tell_listed(actor, site.id, day, day, sum(found.values()), COUNTING, now)
    return view


def month(actor: Actor, site_id: str | None, asked: Month, now: datetime) -> MonthView | None:
    """What one site gave out in a month, day by day; None without a site. Raises `NotKnown` as `today` does."""
    may = Permission.SERVICES_VIEW
    with houses.current().stores.reading() as session:
        sites = _sites(session, actor, may, local(now).date())
        if not sites and site_id is None:
            return None
        site = _chosen(sites, site_id, actor, may, now)
        rows = session.execute(
            select(ServiceTally.kind, ServiceTally.day, func.sum(ServiceTally.count))
            .where(
                ServiceTally.site_id == site.id,
                ServiceTally.day.between(asked.first, asked.last),
            )
            .group_by(ServiceTally.day, ServiceTally.kind)
        ).all()
    found = month_of_services(Count(ServiceKind(kind), day, number) for kind, day, number in rows)
    _tell_listed(actor, site.id, asked.first, asked.last, len(found.days), may, now)
    return MonthView(site, sites, asked, found)


def count(actor: Actor, site_id: str, asked: Count, now: datetime) -> Refused | None:
    """Counts so many of one kind, or takes off what was counted too often. Raises `NotKnown` as `today` does."""
    _site_of(actor, site_id, now)
    act = _act("service_counted", actor, now, site_id, _told(asked))
    with changes.change(houses.current().stores, act) as work:
        still(work.casework, actor, COUNTING)
        _still_theirs(work.casework, actor, site_id, now)
        allowed = may_count(asked, _counted(work.casework, site_id, asked), local(now).date())
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        work.casework.add(_row(work, site_id, asked))
    return None


def take_back(actor: Actor, site_id: str, tally_id: str, now: datetime) -> Count | Refused:
    """Takes back the reader's own last count of the last minutes; answers what it was. Raises `NotKnown`."""
    _site_of(actor, site_id, now)
    stores = houses.current().stores
    with stores.reading() as session:
        asked = session.get(ServiceTally, tally_id)
        told = _told(_count_of(asked)) if asked is not None and asked.site_id == site_id else {}
    with changes.change(stores, _act("service_taken_back", actor, now, site_id, told)) as work:
        still(work.casework, actor, COUNTING)
        _still_theirs(work.casework, actor, site_id, now)
        last = _last_of(work.casework, actor, site_id, now)
        if last is None or last.id != tally_id:
            return work.refuse(NOTHING_TO_TAKE_BACK)
        mine = _count_of(last)
        undone = replace(mine, number=-mine.number)
        allowed = may_count(undone, _counted(work.casework, site_id, undone), local(now).date())
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        row = _row(work, site_id, undone)
        row.takes_back = tally_id
        work.casework.add(row)
    return mine


def _count_of(row: ServiceTally) -> Count:
    return Count(ServiceKind(row.kind), row.day, row.count)


def _counted(session: Session, site_id: str, asked: Count) -> int:
    """How many of this kind were counted on that day until now."""
    found = session.scalar(
        select(func.sum(ServiceTally.count)).where(
            ServiceTally.site_id == site_id,
            ServiceTally.day == asked.day,
            ServiceTally.kind == asked.kind.value,
        )
    )
    return found or 0


def _row(work: changes.Writing, site_id: str, asked: Count) -> ServiceTally:
    return ServiceTally(
        id=new_id(),
        site_id=site_id,
        day=asked.day,
        kind=asked.kind.value,
        count=asked.number,
        recorded_by=work.by,
        recorded_at=work.at,
        change_id=work.id,
    )


def _last_of(session: Session, actor: Actor, site_id: str, now: datetime) -> ServiceTally | None:
    """The newest count of this colleague's own here that was not taken back and is not older than a tap reaches."""
    undoing = aliased(ServiceTally)
    return session.scalars(
        select(ServiceTally)
        .where(
            ServiceTally.site_id == site_id,
            ServiceTally.recorded_by == actor.user_id,
            ServiceTally.recorded_at >= now - TAKEN_BACK_WITHIN,
            ServiceTally.takes_back.is_(None),
            ~select(undoing.id).where(undoing.takes_back == ServiceTally.id).exists(),
        )
        .order_by(ServiceTally.recorded_at.desc(), ServiceTally.id)
        .limit(1)
    ).first()


def _sites(
    session: Session, actor: Actor, permission: Permission, on: date
) -> tuple[SiteName, ...]:
    """The sites that are this reader's for this act, by name. Raises `NotKnown` where no role may do it.

    Counting is for sites that are open; a month may be read of one that closed since.
    """
    if not may_at_all(permission, actor.roles):
        raise NotKnown()
    query = select(Site.id, Site.name).where(_is_theirs(actor, permission))
    if permission is COUNTING:
        query = query.where(
            Site.valid_from <= on, or_(Site.valid_until.is_(None), Site.valid_until >= on)
        )
    rows = session.execute(query.order_by(Site.name, Site.id))
    return tuple(SiteName(site_id, name) for site_id, name in rows)


def _is_theirs(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Which sites: where one works, those of the own house, or those of every house in one's programmes.

    A team lead stops at the border of the own organisation, whatever the programme (the firewall, §1).
    """
    houses_of = set()
    if Role.COORDINATOR in actor.roles:
        houses_of.add(actor.organisation)
    if permission is not COUNTING:
        if Role.TEAM_LEAD in actor.roles:
            houses_of.add(actor.organisation)
        wide = [role for role in OF_OWN_PROGRAMMES if role is not Role.TEAM_LEAD]
        catalogue = houses.current().catalogue
        for scope, _ in named_scopes(actor, *wide):
            for programme in catalogue.members(scope):
                houses_of |= set(catalogue.programmes[programme].organisations)
    own = actor.sites_as(Role.RESIDENTIAL_WORKER)
    return or_(Site.id.in_(own), Site.organisation.in_(houses_of))


def _chosen(
    sites: tuple[SiteName, ...],
    site_id: str | None,
    actor: Actor,
    permission: Permission,
    now: datetime,
) -> SiteName:
    for site in sites:
        if site_id in (None, site.id):
            return site
    denials.tell(actor, permission, now)
    raise NotKnown()


def _site_of(actor: Actor, site_id: str, now: datetime) -> SiteName:
    with houses.current().stores.reading() as session:
        sites = _sites(session, actor, COUNTING, local(now).date())
    return _chosen(sites, site_id, actor, COUNTING, now)


def _still_theirs(session: Session, actor: Actor, site_id: str, now: datetime) -> None:
    """Asked once more inside the change: the appointment to this site, or the site, may have ended since."""
    present = actors.present(session, actor)
    if site_id not in {one.id for one in _sites(session, present, COUNTING, local(now).date())}:
        raise NotKnown()


def _told(asked: Count) -> dict[str, object]:
    return {"kind": asked.kind.value, "day": asked.day, "number": asked.number}


def _act(
    event: str, actor: Actor, now: datetime, site_id: str, details: Mapping[str, object]
) -> Act:
    return Act(
        event,
        actor,
        now,
        object_id=site_id,
        details=details,
        permission=COUNTING.value,
        purpose="figures",
        sensitivity="services",
    )


def _tell_listed(
    actor: Actor,
    site_id: str,
    first: date,
    last: date,
    counted: int,
    permission: Permission,
    now: datetime,
) -> None:
    act = Act(
        "services_listed",
        actor,
        now,
        object_id=site_id,
        details={"from": first, "until": last, "count": counted},
        permission=permission.value,
        purpose="figures",
        sensitivity="services",
    )
    audit_log.tell(houses.current().stores, act, result="shown")
