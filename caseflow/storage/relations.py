"""How one colleague stands to many cases today, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.access import (
    INTAKE_DESK_DAYS_AFTER_ASSIGNMENT,
    Actor,
    Relation,
    Role,
)
from caseflow.domain.cases import ENDED_STAGES
from caseflow.storage.dossiers import pages
from caseflow.storage.models.accounts import RosterShift
from caseflow.storage.models.cases import (
    BrokenGlass,
    Case,
    CaseShare,
    CaseTeamMember,
    Client,
    Referral,
    RestrictedReader,
)
from caseflow.storage.models.shelter import Bed, Placement, Room, Site


@dataclass
class Footing:
    """How somebody stands to one case, as far as the store knows."""

    case_id: str
    client_code: str
    organisation: str
    restricted: bool
    named_reader: bool = False
    relations: set[Relation] = field(default_factory=set)
    deputy_for: str | None = None


def footings(
    session: Session, actor: Actor, case_ids: Collection[str], now: datetime, today: date
) -> dict[str, Footing]:
    """Footings by case id; an id that no case has is missing."""
    found: dict[str, Footing] = {}
    for some in pages(case_ids):
        rows = session.execute(
            select(
                Case.id,
                Case.client_code,
                Case.organisation,
                Case.team_id,
                Case.stage,
                Case.assigned_on,
                Client.restricted,
            )
            .join(Client, Client.code == Case.client_code)
            .where(Case.id.in_(some))
        ).all()
        for row in rows:
            footing = Footing(row.id, row.client_code, row.organisation, row.restricted)
            found[row.id] = footing
            if row.organisation == actor.organisation:
                _by_organisation(footing, row, actor, today)
        _by_case_team(session, actor, found, some, today)
        _by_roster(session, actor, found, rows, now)
        _by_shelter(session, actor, found, some, today)
        _by_name(session, actor, found, some, now, today)
    return found


def _by_organisation(footing: Footing, row: object, actor: Actor, today: date) -> None:
    team_id = getattr(row, "team_id", None)
    ended = getattr(row, "stage", "") in ENDED_STAGES
    assigned_on: date | None = getattr(row, "assigned_on", None)
    if team_id is not None and team_id == actor.team_id:
        footing.relations.add(Relation.TEAM)
    leads = {
        grant.team_id or actor.team_id for grant in actor.grants if grant.role is Role.TEAM_LEAD
    }
    if team_id is not None and team_id in leads:
        footing.relations.add(Relation.LEADS_TEAM)
    if Role.INTAKE_DESK in actor.roles and (
        assigned_on is None
        or today <= assigned_on + timedelta(days=INTAKE_DESK_DAYS_AFTER_ASSIGNMENT)
    ):
        footing.relations.add(Relation.INTAKE_DESK)
    if Role.COORDINATOR in actor.roles and not ended:
        footing.relations.add(Relation.PLACES)


def _by_case_team(
    session: Session, actor: Actor, found: dict[str, Footing], some: Collection[str], today: date
) -> None:
    rows = session.execute(
        select(CaseTeamMember.case_id, CaseTeamMember.deputy_for).where(
            CaseTeamMember.case_id.in_(some),
            CaseTeamMember.user_id == actor.user_id,
            CaseTeamMember.from_on <= today,
            or_(CaseTeamMember.until_on.is_(None), CaseTeamMember.until_on >= today),
        )
    )
    for case_id, deputy_for in rows:
        footing = found[case_id]
        if footing.organisation == actor.organisation:
            footing.relations.add(Relation.CASE_TEAM)
            footing.deputy_for = deputy_for


def _by_roster(
    session: Session,
    actor: Actor,
    found: dict[str, Footing],
    rows: Collection[object],
    now: datetime,
) -> None:
    shifts = session.execute(
        select(RosterShift.team_id, RosterShift.organisation).where(
            RosterShift.user_id == actor.user_id,
            RosterShift.organisation == actor.organisation,
            RosterShift.starts_at <= now,
            RosterShift.ends_at > now,
        )
    ).all()
    for row in rows:
        footing = found[str(getattr(row, "id", ""))]
        team_id = getattr(row, "team_id", None)
        if footing.organisation == actor.organisation and any(
            shift.team_id is None or shift.team_id == team_id for shift in shifts
        ):
            footing.relations.add(Relation.ON_DUTY)


def _by_shelter(
    session: Session, actor: Actor, found: dict[str, Footing], some: Collection[str], today: date
) -> None:
    """A bed tonight at one's own site; for coordinators, a bed at any site of the organisation, or a share."""
    if not actor.roles & {Role.COORDINATOR, Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER}:
        return
    placed = session.execute(
        select(Placement.case_id, Placement.arrival_on, Site.id, Site.organisation)
        .join(Bed, Bed.id == Placement.bed_id)
        .join(Room, Room.id == Bed.room_id)
        .join(Site, Site.id == Room.site_id)
        .where(Placement.case_id.in_(some), Placement.status.in_(("held", "booked", "begun")))
    )
    own = actor.sites_as(Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER)
    for case_id, arrival_on, site_id, organisation in placed:
        relations = found[case_id].relations
        if Role.COORDINATOR in actor.roles and organisation == actor.organisation:
            relations.add(Relation.PLACES)
        if site_id in own:
            relations.add(Relation.OWN_SITE)
            if arrival_on <= today:
                relations.add(Relation.OWN_SITE_TONIGHT)
    if Role.COORDINATOR in actor.roles:
        shared = session.scalars(
            select(CaseShare.case_id).where(
                CaseShare.case_id.in_(some),
                CaseShare.organisation == actor.organisation,
                CaseShare.compartment == "shelter",
                CaseShare.from_on <= today,
                or_(CaseShare.until_on.is_(None), CaseShare.until_on >= today),
            )
        )
        for case_id in shared:
            found[case_id].relations.add(Relation.PLACES)


def _by_name(
    session: Session,
    actor: Actor,
    found: dict[str, Footing],
    some: Collection[str],
    now: datetime,
    today: date,
) -> None:
    """Referrals, broken glass, and the named readers of restricted clients."""
    referred = session.scalars(
        select(Referral.case_id).where(
            Referral.case_id.in_(some),
            Referral.user_id == actor.user_id,
            Referral.from_on <= today,
            or_(Referral.until_on.is_(None), Referral.until_on >= today),
        )
    )
    for case_id in referred:
        found[case_id].relations.add(Relation.REFERRED)
    broken = session.scalars(
        select(BrokenGlass.case_id).where(
            BrokenGlass.case_id.in_(some),
            BrokenGlass.user_id == actor.user_id,
            BrokenGlass.from_at <= now,
            BrokenGlass.until_at > now,
        )
    )
    for case_id in broken:
        found[case_id].relations.add(Relation.BROKEN_GLASS)
    named = set(
        session.scalars(
            select(RestrictedReader.client_code).where(
                RestrictedReader.user_id == actor.user_id,
                RestrictedReader.from_on <= today,
                or_(RestrictedReader.until_on.is_(None), RestrictedReader.until_on >= today),
            )
        )
    )
    for footing in found.values():
        footing.named_reader = footing.client_code in named


def within_reach(session: Session, actor: Actor, now: datetime, today: date) -> list[str]:
    """Ids of the cases of a caseload: own case teams, own team, led teams, the desk's, referrals, duty."""
    teams = {
        grant.team_id or actor.team_id for grant in actor.grants if grant.role is Role.TEAM_LEAD
    }
    if Role.CASEWORKER in actor.roles and actor.team_id:
        teams.add(actor.team_id)
    conditions: list[ColumnElement[bool]] = [
        Case.id.in_(
            select(CaseTeamMember.case_id).where(
                CaseTeamMember.user_id == actor.user_id,
                CaseTeamMember.from_on <= today,
                or_(CaseTeamMember.until_on.is_(None), CaseTeamMember.until_on >= today),
            )
        ),
        Case.id.in_(
            select(Referral.case_id).where(
                Referral.user_id == actor.user_id,
                Referral.from_on <= today,
                or_(Referral.until_on.is_(None), Referral.until_on >= today),
            )
        ),
    ]
    if teams - {None}:
        conditions.append(
            and_(
                Case.organisation == actor.organisation,
                Case.team_id.in_([team for team in teams if team is not None]),
            )
        )
    if Role.INTAKE_DESK in actor.roles:
        since = today - timedelta(days=INTAKE_DESK_DAYS_AFTER_ASSIGNMENT)
        conditions.append(
            and_(
                Case.organisation == actor.organisation,
                or_(Case.assigned_on.is_(None), Case.assigned_on >= since),
            )
        )
    closed = ("closed", "declined", "withdrawn")
    return list(session.scalars(select(Case.id).where(or_(*conditions), Case.stage.not_in(closed))))
