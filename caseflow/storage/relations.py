"""How one colleague stands to many cases today, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal_column,
    null,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from caseflow.domain.access import INTAKE_DESK_DAYS_AFTER_ASSIGNMENT, Relation
from caseflow.domain.actors import Actor, Role
from caseflow.domain.cases import ENDED_STAGES
from caseflow.storage.dossiers import pages
from caseflow.storage.models.accounts import RosterShift
from caseflow.storage.models.bases import Instant
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

ACCOMPANIES: Final = "accompany"
"""The kind of a referral to somebody who goes along with the person; it opens another relation than the others."""
AWAITED_DAYS_BEFORE: Final = 7
AWAITED_DAYS_AFTER: Final = 3
"""Days around an arrival during which the workers of a site know that somebody is awaited."""

# Built once, and the rows that name a colleague asked in one question: the gate asks these all day.
_SOME: Final[BindParameter[Any]] = bindparam("some", expanding=True)
_USER, _ORGANISATION = bindparam("user", type_=String), bindparam("organisation", type_=String)
_NOW, _TODAY = bindparam("now", type_=Instant), bindparam("today", type_=Date)


def _said(how: str, about: Any, more: Any = None) -> Select[Any]:
    """One kind of row that names a colleague: how, about which case, client or team, and for whom."""
    rest = cast(null(), String) if more is None else more
    return select(literal_column(f"'{how}'").label("how"), about.label("about"), rest.label("more"))


def _holds(row: Any) -> tuple[ColumnElement[bool], ...]:
    """From one day until another, both counted."""
    return row.from_on <= _TODAY, or_(row.until_on.is_(None), row.until_on >= _TODAY)


_CASES: Final = (
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
    .where(Case.id.in_(_SOME))
)
_WORDS: Final = union_all(
    _said("case_team", CaseTeamMember.case_id, CaseTeamMember.deputy_for).where(
        CaseTeamMember.case_id.in_(_SOME),
        CaseTeamMember.user_id == _USER,
        *_holds(CaseTeamMember),
    ),
    _said("referred", Referral.case_id, Referral.kind).where(
        Referral.case_id.in_(_SOME), Referral.user_id == _USER, *_holds(Referral)
    ),
    _said("broken_glass", BrokenGlass.case_id, BrokenGlass.purpose).where(
        BrokenGlass.case_id.in_(_SOME),
        BrokenGlass.user_id == _USER,
        BrokenGlass.from_at <= _NOW,
        BrokenGlass.until_at > _NOW,
    ),
    _said("reader", RestrictedReader.client_code).where(
        RestrictedReader.user_id == _USER, *_holds(RestrictedReader)
    ),
    _said("shift", RosterShift.user_id, RosterShift.team_id).where(
        RosterShift.user_id == _USER,
        RosterShift.organisation == _ORGANISATION,
        RosterShift.starts_at <= _NOW,
        RosterShift.ends_at > _NOW,
    ),
)
_PLACED: Final = (
    select(Placement.case_id, Placement.status, Placement.arrival_on, Site.id, Site.organisation)
    .join(Bed, Bed.id == Placement.bed_id)
    .join(Room, Room.id == Bed.room_id)
    .join(Site, Site.id == Room.site_id)
    .where(
        Placement.case_id.in_(_SOME),
        or_(
            Placement.status.in_(("booked", "begun")),
            and_(Placement.status == "held", Placement.hold_ends_at > _NOW),
        ),
    )
)
_SHARED: Final = select(CaseShare.case_id).where(
    CaseShare.case_id.in_(_SOME),
    CaseShare.organisation == _ORGANISATION,
    CaseShare.compartment == "shelter",
    *_holds(CaseShare),
)


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
    glass_purpose: str | None = None
    """What was chosen by button when the glass was broken."""


def footings(
    session: Session, actor: Actor, case_ids: Collection[str], now: datetime, today: date
) -> dict[str, Footing]:
    """Footings by case id; an id that no case has is missing."""
    found: dict[str, Footing] = {}
    asked = {
        "user": actor.user_id,
        "organisation": actor.organisation,
        "now": now,
        "today": today,
    }
    for some in pages(case_ids):
        rows = session.execute(_CASES, {"some": some}).all()
        for row in rows:
            footing = Footing(row.id, row.client_code, row.organisation, row.restricted)
            found[row.id] = footing
            if row.organisation == actor.organisation:
                _by_organisation(footing, row, actor, today)
        words = session.execute(_WORDS, {**asked, "some": some}).all()
        _by_word(actor, found, rows, words)
        _by_shelter(session, actor, found, {**asked, "some": some})
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


def _by_word(
    actor: Actor, found: dict[str, Footing], rows: Sequence[Any], words: Sequence[Any]
) -> None:
    """What the rows say that name this colleague: case team, referral, broken glass, reader, roster."""
    named = {word.about for word in words if word.how == "reader"}
    shifts = [word.more for word in words if word.how == "shift"]
    for word in words:
        footing = found.get(word.about)
        if footing is None:
            continue
        if word.how == "case_team" and footing.organisation == actor.organisation:
            footing.relations.add(Relation.CASE_TEAM)
            footing.deputy_for = word.more
        elif word.how == "referred":
            footing.relations.add(
                Relation.ACCOMPANYING if word.more == ACCOMPANIES else Relation.REFERRED
            )
        elif word.how == "broken_glass":
            footing.relations.add(Relation.BROKEN_GLASS)
            footing.glass_purpose = word.more
    for row in rows:
        footing = found[row.id]
        footing.named_reader = row.client_code in named
        if footing.organisation == actor.organisation and (None in shifts or row.team_id in shifts):
            footing.relations.add(Relation.ON_DUTY)


def _by_shelter(
    session: Session, actor: Actor, found: dict[str, Footing], asked: dict[str, Any]
) -> None:
    """A bed at one's own site, begun or awaited these days; for coordinators, at their organisation's, or a share.

    What is planned for later, or was awaited and never came, gives no relation (rules B5 and B12).
    """
    if not actor.roles & {Role.COORDINATOR, Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER}:
        return
    today: date = asked["today"]
    works_at = actor.sites_as(Role.RESIDENTIAL_WORKER)
    watches = actor.sites_as(Role.NIGHT_WORKER)
    soon = today + timedelta(days=AWAITED_DAYS_BEFORE)
    late = today - timedelta(days=AWAITED_DAYS_AFTER)
    for case_id, status, arrival_on, site_id, organisation in session.execute(_PLACED, asked):
        footing, begun = found[case_id], status == "begun"
        these_days = begun or late <= arrival_on <= soon
        coordinates = Role.COORDINATOR in actor.roles and organisation == actor.organisation
        if coordinates:
            footing.relations.add(_as_coordinator(footing, actor))
        if coordinates and these_days:
            footing.relations.add(Relation.HOUSES)
        if site_id in works_at and these_days:
            footing.relations.add(Relation.OWN_SITE)
        tonight = begun or arrival_on == today
        if tonight and (coordinates or site_id in works_at | watches):
            footing.relations.add(Relation.OWN_SITE_TONIGHT)
    if Role.COORDINATOR in actor.roles:
        for case_id in session.scalars(_SHARED, asked):
            found[case_id].relations.add(_as_coordinator(found[case_id], actor))


def _as_coordinator(footing: Footing, actor: Actor) -> Relation:
    """A client of one's own organisation is placed; another's is sheltered, and only that is shared."""
    own = footing.organisation == actor.organisation
    return Relation.PLACES if own else Relation.SHELTERS


def within_reach(
    session: Session, actor: Actor, now: datetime, today: date, *, former: bool = False
) -> list[str]:
    """Ids of the cases of a caseload: own case teams, own team, led teams, the desk's, referrals, duty."""
    teams = {
        grant.team_id or actor.team_id for grant in actor.grants if grant.role is Role.TEAM_LEAD
    }
    if Role.CASEWORKER in actor.roles and actor.team_id:
        teams.add(actor.team_id)
    # Each way to a case is asked for itself and by an index: an OR over all of them would walk every case there is.
    ways: list[Select[Any]] = [
        select(CaseTeamMember.case_id).where(
            CaseTeamMember.user_id == actor.user_id,
            CaseTeamMember.from_on <= today,
            or_(CaseTeamMember.until_on.is_(None), CaseTeamMember.until_on >= today),
        ),
        select(Referral.case_id).where(
            Referral.user_id == actor.user_id,
            Referral.from_on <= today,
            or_(Referral.until_on.is_(None), Referral.until_on >= today),
        ),
    ]
    own = select(Case.id).where(Case.organisation == actor.organisation)
    shifts = _shifts(session, actor, now)
    if None in shifts:
        ways.append(own)
    known = [team for team in teams | shifts if team is not None]
    if known:
        ways.append(select(Case.id).where(Case.team_id.in_(known), _own_case(actor)))
    if Role.INTAKE_DESK in actor.roles:
        since = today - timedelta(days=INTAKE_DESK_DAYS_AFTER_ASSIGNMENT)
        ways.append(own.where(or_(Case.assigned_on.is_(None), Case.assigned_on >= since)))
    closed = ("closed", "declined", "withdrawn")
    wanted = Case.stage.in_(closed) if former else Case.stage.not_in(closed)
    return list(
        session.scalars(
            select(Case.id)
            .where(Case.id.in_(union(*ways)), wanted)
            .order_by(Case.opened_at.desc(), Case.id)
        )
    )


def _own_case(actor: Actor) -> ColumnElement[bool]:
    """Held by the actor's own organisation, without the index of organisations."""
    return Case.organisation.op("||")("") == actor.organisation


def _shifts(session: Session, actor: Actor, now: datetime) -> set[str | None]:
    """The teams for which somebody is on duty now; None stands for the whole organisation."""
    return set(
        session.scalars(
            select(RosterShift.team_id).where(
                RosterShift.user_id == actor.user_id,
                RosterShift.organisation == actor.organisation,
                RosterShift.starts_at <= now,
                RosterShift.ends_at > now,
            )
        )
    )


def restricted_to(
    session: Session, user_id: str, client_codes: Collection[str], today: date
) -> frozenset[str]:
    """Those of these restricted clients of whom a colleague is a named reader today."""
    return frozenset(
        session.scalars(
            select(RestrictedReader.client_code).where(
                RestrictedReader.user_id == user_id,
                RestrictedReader.client_code.in_(client_codes),
                RestrictedReader.from_on <= today,
                or_(RestrictedReader.until_on.is_(None), RestrictedReader.until_on >= today),
            )
        )
    )
