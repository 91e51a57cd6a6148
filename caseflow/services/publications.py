"""Publications: prepared from a tally, attacked, proposed, approved by two, frozen, and never rewritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import publications as domain
from caseflow.domain.access import Actor, Permission, Role, may_at_all
from caseflow.domain.certificates import RULE_VERSION, certify, read_published
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Group, Programme
from caseflow.domain.publications import PublicationDraft
from caseflow.domain.published_counts import PublishedCounts
from caseflow.domain.tallies import Tally
from caseflow.services import figures, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.publication_views import (
    FROZEN,
    NOT_PUBLISHED,
    PREPARED,
    PROPOSED,
    REJECTED,
    PublicationView,
    content_of,
    view_of,
)
from caseflow.storage import audit_log, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.figures import Publication, PublicationApproval

PROPOSERS = (Role.PROGRAMME_MANAGER, Role.TEAM_LEAD)
APPROVERS = (Role.PRIVACY_OFFICER, Role.TEAM_LEAD)
READERS = (Role.FUNDER, Role.PROGRAMME_MANAGER, Role.TEAM_LEAD, Role.PRIVACY_OFFICER)


def prepare(actor: Actor, scope: str, cut_off: date, now: datetime) -> PublicationView | Refused:
    """Prepares the publication of a programme or group, or keeps the reason why there is none.

    The attack takes in everything frozen so far. A frozen publication is never prepared again;
    one that was not frozen is prepared anew.
    """
    house = houses.current()
    _check(actor, Permission.PUBLICATION_PREPARE, scope, *PROPOSERS)
    if scope not in house.catalogue.programmes and scope not in house.catalogue.groups:
        return Refused(N_("There is no such programme or group. See config/programmes."))
    found = figures.counted(house, scope, cut_off)
    act = _act("publication_prepared", actor, now, Permission.PUBLICATION_PREPARE)
    draft: PublicationDraft | Refused
    with house.stores.reading() as session:
        earlier = _frozen(session)
    draft = domain.prepare(
        found,
        scope=scope,
        members=house.catalogue.members(scope),
        today=local(now).date(),
        rules=house.rules,
        indicators=house.indicators,
        earlier=earlier,
    )
    verdict = NOT_PUBLISHED if isinstance(draft, Refused) else PREPARED
    act = Act(**{**vars(act), "details": {"scope": scope, "cut_off": cut_off, "verdict": verdict}})
    with changes.change(house.stores, act) as work:
        row = work.casework.scalar(
            select(Publication).where(Publication.scope == scope, Publication.cut_off == cut_off)
        )
        if row is not None and row.state == FROZEN:
            return work.refuse(
                Refused(N_("This publication is frozen. Corrections go into the next one."))
            )
        if row is None:
            row = Publication(id=new_id(), scope=scope, cut_off=cut_off)
            work.casework.add(row)
        else:
            for approval in _approvals(work.casework, row.id):
                work.casework.delete(approval)
        content, certificate = content_of(draft, house, scope)
        row.state = verdict
        row.rule_version = RULE_VERSION
        row.input_digest = house.stores.hashed("publication input", _canonical(found))
        row.content, row.certificate = content, certificate
        row.prepared_at, row.prepared_by = now, actor.user_id
        row.proposed_at = row.proposed_by = None
        row.change_id = work.id
        work.casework.flush()
        return view_of(row, [], house)


def propose(actor: Actor, publication_id: str, now: datetime) -> Refused | None:
    """Proposes a prepared publication; a programme manager, a team lead or a command does."""
    house = houses.current()
    row = _known(actor, publication_id, Permission.PUBLICATION_PROPOSE, *PROPOSERS)
    act = _act(
        "publication_proposed",
        actor,
        now,
        Permission.PUBLICATION_PROPOSE,
        object_id=row.id,
        details={"scope": row.scope, "cut_off": row.cut_off},
    )
    with changes.change(house.stores, act) as work:
        row = work.casework.get_one(Publication, publication_id)
        if row.state not in (PREPARED, REJECTED):
            return work.refuse(
                Refused(N_("Only a prepared publication can be proposed. Look again."))
            )
        row.state, row.proposed_at, row.proposed_by = PROPOSED, now, actor.user_id
        return None


def approve(actor: Actor, publication_id: str, now: datetime) -> Refused | None:
    """One of two approvals: the privacy officer's and a second team lead's; the second one freezes.

    Nobody approves what they proposed, or approves twice. Before it freezes, the attack is made
    again on everything that is frozen by now.
    """
    house = houses.current()
    row = _known(actor, publication_id, Permission.PUBLICATION_APPROVE, *APPROVERS)
    as_role = next(role for role in APPROVERS if row.scope in figures.scopes_of(actor, role))
    with house.stores.reading() as session:
        last = len(_approvals(session, publication_id)) == 1
    act = _act(
        "publication_approved",
        actor,
        now,
        Permission.PUBLICATION_APPROVE,
        object_id=row.id,
        details={"as_role": as_role.value, "frozen": last},
    )
    with changes.change(house.stores, act) as work:
        row = work.casework.get_one(Publication, publication_id)
        approvals = _approvals(work.casework, publication_id)
        allowed = may_approve(row, approvals, actor, as_role)
        if allowed is not None:
            return work.refuse(allowed)
        if approvals and not _withstands(row, _frozen(work.casework)):
            return work.refuse(
                Refused(
                    N_(
                        "Another publication was frozen meanwhile, and the two together could show "
                        "something about one person. Prepare this one again."
                    )
                )
            )
        work.casework.add(
            PublicationApproval(
                publication_id=row.id,
                user_id=actor.user_id,
                as_role=as_role.value,
                approved_at=now,
                change_id=work.id,
            )
        )
        if approvals:
            row.state, row.frozen_at = FROZEN, now
        return None


def may_approve(
    row: Publication, approvals: Sequence[PublicationApproval], actor: Actor, as_role: Role
) -> Refused | None:
    """Why this colleague may not approve this publication now; None if they may."""
    if row.state != PROPOSED:
        return Refused(N_("This publication does not wait for an approval. Look again."))
    if actor.user_id in (row.proposed_by, row.prepared_by):
        return Refused(N_("You proposed this yourself. Somebody else has to approve it."))
    if actor.user_id in {approval.user_id for approval in approvals}:
        return Refused(
            N_("You have approved this already. Somebody else gives the second approval.")
        )
    if as_role.value in {approval.as_role for approval in approvals}:
        return Refused(
            N_("The approval of this role is there already. The other one is still missing.")
        )
    return None


def reject(actor: Actor, publication_id: str, now: datetime) -> Refused | None:
    """Sends a proposed publication back; its approvals so far no longer count."""
    house = houses.current()
    row = _known(actor, publication_id, Permission.PUBLICATION_APPROVE, *APPROVERS)
    as_role = next(role for role in APPROVERS if row.scope in figures.scopes_of(actor, role))
    act = _act(
        "publication_rejected",
        actor,
        now,
        Permission.PUBLICATION_APPROVE,
        object_id=row.id,
        details={"as_role": as_role.value},
    )
    with changes.change(house.stores, act) as work:
        row = work.casework.get_one(Publication, publication_id)
        if row.state != PROPOSED:
            return work.refuse(
                Refused(N_("This publication does not wait for an approval. Look again."))
            )
        for approval in _approvals(work.casework, publication_id):
            work.casework.delete(approval)
        row.state = REJECTED
        return None


def listed(actor: Actor | None) -> tuple[PublicationView, ...]:
    """Publications this reader may see, newest cut-off first; nobody signed in sees the public ones.

    Whoever approves or proposes sees those under way as well.
    """
    house = houses.current()
    with house.stores.reading() as session:
        rows = session.scalars(
            select(Publication)
            .where(Publication.scope.in_(_readable(actor)))
            .order_by(Publication.cut_off.desc(), Publication.scope)
            .limit(500)
        ).all()
        under_way = (
            set() if actor is None else set(figures.scopes_of(actor, *PROPOSERS, *APPROVERS))
        )
        return tuple(
            view_of(row, _approvals(session, row.id) if row.state == PROPOSED else [], house)
            for row in rows
            if row.state == FROZEN or row.scope in under_way
        )


def shown(
    actor: Actor | None, publication_id: str, now: datetime, form: str = "page"
) -> PublicationView:
    """One publication, the look recorded first. Raises `NotKnown`."""
    house = houses.current()
    with house.stores.reading() as session:
        row = session.get(Publication, publication_id)
        if row is None or row.scope not in _readable(actor):
            raise NotKnown()
        inside = set() if actor is None else set(figures.scopes_of(actor, *PROPOSERS, *APPROVERS))
        if row.state != FROZEN and row.scope not in inside:
            raise NotKnown()
        if actor is not None:  # what is public is read by anyone, and nobody is counted
            audit_log.tell(
                house.stores,
                _act(
                    "publication_viewed",
                    actor,
                    now,
                    Permission.PUBLICATION_VIEW,
                    object_id=row.id,
                    details={"form": form},
                ),
                result="shown",
            )
        return view_of(row, _approvals(session, row.id), house)


def frozen_counts() -> list[PublishedCounts]:
    """The printed counts of everything frozen so far: what an attacker has in hand."""
    with houses.current().stores.reading() as session:
        return _frozen(session)


def _readable(actor: Actor | None) -> tuple[str, ...]:
    house = houses.current()
    scopes: list[Programme | Group] = [*house.catalogue.programmes.values()]
    scopes += house.catalogue.groups.values()
    switched_on = house.settings.publication.public_page
    public = {one.id for one in scopes if one.public_publications and switched_on}
    if actor is None:
        return tuple(public)
    return tuple(public | set(figures.scopes_of(actor, *READERS)))


def _check(actor: Actor, permission: Permission, scope: str, *roles: Role) -> None:
    if actor.is_command:
        return
    if not may_at_all(permission, actor.roles) or scope not in figures.scopes_of(actor, *roles):
        raise NotKnown()


def _known(actor: Actor, publication_id: str, permission: Permission, *roles: Role) -> Publication:
    with houses.current().stores.reading() as session:
        row = session.get(Publication, publication_id)
        if row is None:
            raise NotKnown()
        _check(actor, permission, row.scope, *roles)
        session.expunge(row)
        return row


def _approvals(session: Session, publication_id: str) -> list[PublicationApproval]:
    return list(
        session.scalars(
            select(PublicationApproval)
            .where(PublicationApproval.publication_id == publication_id)
            .order_by(PublicationApproval.approved_at)
        )
    )


def _frozen(session: Session) -> list[PublishedCounts]:
    rows = session.scalars(
        select(Publication.certificate)
        .where(Publication.state == FROZEN)
        .order_by(Publication.cut_off, Publication.scope)
    )
    return [read_published(json.loads(row)["publications"][-1]) for row in rows]


def _withstands(row: Publication, frozen: Sequence[PublishedCounts]) -> bool:
    mine = read_published(json.loads(row.certificate)["publications"][-1])
    same = [one for one in frozen if one.scope == row.scope]
    return bool(certify([*same, mine])["passes"])


def _canonical(found: Tally) -> str:
    outcomes = sorted((str(o), str(b), n) for (o, b), n in found.exits_by_outcome.items())
    said = [found.as_of.isoformat(), found.participants, found.entries, found.occupancy, outcomes]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _act(
    event: str,
    actor: Actor,
    now: datetime,
    permission: Permission,
    *,
    object_id: str | None = None,
    details: dict[str, object] | None = None,
) -> Act:
    return Act(
        event,
        actor,
        now,
        object_id=object_id,
        details=details or {},
        permission=permission.value,
        purpose="figures",
        sensitivity="figures",
    )
