"""Incidents of a house: which ones a reader sees, and what happened in one of them.

An incident is there for who sees the safety of somebody it concerned, and for who works at the site where it concerned
nobody. Somebody whom the reader may not see is left out, without a count; words are shown only to who may see everybody
it concerned, since one text tells of all of them (decision 0166).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Standing, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.daily_services import Month, month_of
from caseflow.domain.incidents import IncidentKind, PartOfDay, Police
from caseflow.domain.local_days import local
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Surface
from caseflow.services import denials, gatekeeping, houses
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.house_peace import own_part
from caseflow.services.house_peace_views import ConcernedView, IncidentLine
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.house_peace import Incident, IncidentPerson, IncidentWords
from caseflow.storage.models.operations import Change
from caseflow.storage.models.shelter import Site

VIEW, RECORD, FOLLOW_UP = (
    Permission.INCIDENTS_VIEW,
    Permission.INCIDENT_RECORD,
    Permission.INCIDENT_FOLLOW_UP,
)
C, P = Compartment, Part
Shown = str | Hidden | Sealed | None


@dataclass(frozen=True)
class IncidentsView:
    """The incidents of one month that this reader sees, the newest first."""

    month: Month
    later: Month | None
    lines: tuple[IncidentLine, ...]
    site_id: str | None
    sites: tuple[tuple[str, str], ...]
    """Ids and names of the sites to choose from."""
    may_list: bool
    may_record: bool


@dataclass(frozen=True)
class IncidentView:
    """One incident, as far as this reader sees it."""

    line: IncidentLine
    people: tuple[ConcernedView, ...]
    words: Shown
    recorded_on: date
    may_follow_up: frozenset[str]
    """Ids of the cases of which this reader may say that it was followed up."""
    may_open: frozenset[str]
    """Ids of the cases that this reader may open."""
    may_help: frozenset[str]
    """Ids of the cases of which this reader may help the person to report; not whether anybody does."""


def listed(
    actor: Actor, now: datetime, month: Month | None = None, site_id: str | None = None
) -> IncidentsView:
    """The incidents of a month at the reader's sites, or of the reader's teams, the look recorded first.

    Who only writes incidents down sees none. Raises `NotKnown` for a role that does neither, and for another site.
    """
    sees, writes = may_at_all(VIEW, actor.roles), may_at_all(RECORD, actor.roles)
    if not sees and not writes:
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    month = month or month_of(today)
    with house.stores.reading() as session:
        sites = sites_of(session, actor)
        if site_id is not None and site_id not in dict(sites):
            raise NotKnown()
        rows = _rows(session, actor, month, site_id, sites) if sees else []
        people = _people(session, rows)
        standings = _standings(session, actor, people, now)
        shown = [row for row in rows if _is_there(row, people[row.id], standings, dict(sites))]
        names = _site_names(session, shown)
        lines = tuple(_line(row, people[row.id], standings, names) for row in shown)
        subjects = {
            one.client_code
            for row in shown
            for one in people[row.id]
            if _sees_safety(standings.get(one.case_id))
        }
    act = Act(
        "incidents_listed",
        actor,
        now,
        subjects=tuple(sorted(subjects)),
        details={"count": len(lines), "month": month.first},
        permission=(VIEW if sees else RECORD).value,
        purpose="shelter",
    )
    audit_log.tell(house.stores, act, result="shown")
    return IncidentsView(
        month,
        month.next if month.next.first <= today else None,
        lines,
        site_id,
        sites,
        sees,
        writes and bool(sites),
    )


def opened(actor: Actor, incident_id: str, now: datetime) -> IncidentView:
    """One incident, the look recorded first. Raises `NotKnown`, and tells the log so."""
    house = houses.current()
    with house.stores.reading() as session:
        row = session.get(Incident, incident_id)
        people = _people(session, [row] if row is not None else [])
        standings = _standings(session, actor, people, now)
        own = dict(sites_of(session, actor)) if may_at_all(VIEW, actor.roles) else {}
        if row is None or not _is_there(row, people[row.id], standings, own):
            denials.tell(actor, VIEW, now)
            raise NotKnown()
        seen = [one for one in people[row.id] if _sees_safety(standings.get(one.case_id))]
        sees_words = len(seen) == len(people[row.id])
        act = Act(
            "incident_opened",
            actor,
            now,
            subjects=tuple(sorted({one.client_code for one in seen})),
            object_id=row.id,
            permission=VIEW.value,
            purpose="shelter",
            relations=frozenset().union(*(standings[one.case_id].relations for one in seen)),
            sensitivity="vault" if sees_words and row.words_in else "casework",
        )
        audit_log.tell(house.stores, act, result="shown")
        names = _names(session, seen)
        return IncidentView(
            _line(row, people[row.id], standings, _site_names(session, [row])),
            tuple(
                ConcernedView(
                    one.case_id, one.client_code, names[one.client_code], own_part(row, one)
                )
                for one in seen
            ),
            _words(session, row) if sees_words else HIDDEN,
            local(row.recorded_at).date(),
            frozenset(one.case_id for one in seen if may(FOLLOW_UP, standings[one.case_id])),
            frozenset(
                one.case_id for one in seen if may(Permission.CASE_OPEN, standings[one.case_id])
            ),
            frozenset(
                one.case_id
                for one in seen
                if may(Permission.SAFE_REPORT_RECORD, standings[one.case_id])
            ),
        )


def sites_of(session: Session, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Ids and names of the sites whose incidents somebody writes down or reads: own ones, or the organisation's."""
    asked = select(Site.id, Site.name).order_by(Site.name, Site.id)
    if Role.COORDINATOR in actor.roles:
        mine: ColumnElement[bool] = Site.organisation == actor.organisation
    else:
        mine = Site.id.in_(actor.sites_as(Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER))
    return tuple((site_id, name) for site_id, name in session.execute(asked.where(mine)))


def _rows(
    session: Session, actor: Actor, month: Month, site_id: str | None,
    sites: tuple[tuple[str, str], ...],
) -> list[Incident]:  # fmt: skip
    """The incidents of a month that could be this reader's: at the sites, and of the cases of the led teams."""
    asked = select(Incident).where(Incident.happened_on.between(month.first, month.last))
    if site_id is not None:
        asked = asked.where(Incident.site_id == site_id)
    teams = {one.team_id or actor.team_id for one in actor.grants if one.role is Role.TEAM_LEAD}
    led: ColumnElement[bool] = false()
    if teams:
        led = Incident.id.in_(
            select(IncidentPerson.incident_id)
            .join(Case, Case.id == IncidentPerson.case_id)
            .where(Case.team_id.in_([one for one in teams if one is not None]))
        )
    works_at = actor.sites_as(Role.RESIDENTIAL_WORKER)
    coordinated = {one for one, _ in sites} if Role.COORDINATOR in actor.roles else set()
    at_sites = Incident.site_id.in_(works_at | coordinated)
    ordered = asked.where(or_(at_sites, led)).order_by(
        Incident.happened_on.desc(), Incident.recorded_at.desc(), Incident.id
    )
    return list(session.scalars(ordered))


def _people(session: Session, rows: Collection[Incident]) -> dict[str, list[IncidentPerson]]:
    found: dict[str, list[IncidentPerson]] = {row.id: [] for row in rows}
    asked = select(IncidentPerson).where(IncidentPerson.incident_id.in_(list(found)))
    for one in session.scalars(asked.order_by(IncidentPerson.id)):
        found[one.incident_id].append(one)
    return found


def _standings(
    session: Session, actor: Actor, people: Mapping[str, Collection[IncidentPerson]], now: datetime
) -> Mapping[str, Standing]:
    cases = {one.case_id for some in people.values() for one in some}
    return gatekeeping.standings(session, actor, cases, now)


def _sees_safety(standing: Standing | None) -> bool:
    return standing is not None and standing.vision(Surface.OPENED).sees(C.SAFETY, P.REST)


def _is_there(
    row: Incident,
    people: Collection[IncidentPerson],
    standings: Mapping[str, Standing],
    sites: Mapping[str, str],
) -> bool:
    if not people:
        return row.site_id in sites
    return any(_sees_safety(standings.get(one.case_id)) for one in people)


def _line(
    row: Incident,
    people: Collection[IncidentPerson],
    standings: Mapping[str, Standing],
    names: Mapping[str, str],
) -> IncidentLine:
    seen = [one for one in people if _sees_safety(standings.get(one.case_id))]
    return IncidentLine(
        row.id,
        names.get(row.site_id, ""),
        row.happened_on,
        PartOfDay(row.part_of_day),
        IncidentKind(row.kind),
        Police(row.police),
        row.emergency_called,
        any(one.followed_up_on is None for one in seen),
    )


def _site_names(session: Session, rows: Collection[Incident]) -> dict[str, str]:
    asked = select(Site.id, Site.name).where(Site.id.in_({row.site_id for row in rows}))
    return dict(session.execute(asked).all())


def _names(session: Session, people: Collection[IncidentPerson]) -> dict[str, str]:
    codes = {one.client_code for one in people}
    rows = session.execute(select(Client.code, Client.call_name).where(Client.code.in_(codes)))
    return dict(rows.all())


def _words(session: Session, row: Incident) -> Shown:
    """The words of an incident, once the casework store knows the change that wrote them."""
    if row.words_in is None:
        return None
    stores = houses.current().stores
    if not stores.is_unsealed(row.words_in):
        return SEALED
    with stores.reading_vault(row.words_in) as vault:
        rows = vault.execute(
            select(IncidentWords.words, IncidentWords.change_id)
            .where(IncidentWords.incident_id == row.id)
            .order_by(IncidentWords.recorded_at.desc())
        ).all()
    changes = [change for _, change in rows]
    stands = set(session.scalars(select(Change.id).where(Change.id.in_(changes))))
    return next((words for words, change in rows if change in stands), None)
