"""Publications: prepared from a tally, attacked, proposed, approved by two, frozen, and never rewritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import publications as domain
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.calendar_months import months_after
from caseflow.domain.certificates import (
    RULE_VERSION,
    Certificate,
    certify,
    check_certificate,
    read_published,
)
from caseflow.domain.cut_offs import untimely
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.domain.programmes import Group, Programme
from caseflow.domain.published_counts import PublishedCounts
from caseflow.domain.related_scopes import related
from caseflow.domain.tallies import Tally
from caseflow.services import accountability_gate, figures, houses
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.services.publication_views import (
    FROZEN,
    NOT_PUBLISHED,
    PREPARED,
    PROPOSED,
    REJECTED,
    PublicationView,
    Unpublished,
    content_of,
    is_repairable,
    name_of,
    view_of,
)
from caseflow.solvers.whole_tables import table_within
from caseflow.storage import audit_log, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.figures import (
    Publication,
    PublicationApproval,
    PublicationWithdrawal,
)

PROPOSERS = (Role.PROGRAMME_MANAGER, Role.TEAM_LEAD)
APPROVERS = (Role.PRIVACY_OFFICER, Role.TEAM_LEAD)
READERS = (Role.FUNDER, Role.PROGRAMME_MANAGER, Role.TEAM_LEAD, Role.PRIVACY_OFFICER)


def prepare(
    actor: Actor,
    scope: str,
    cut_off: date,
    now: datetime,
    tell: Callable[[Message], None] = lambda _: None,
) -> PublicationView | Refused:
    """Prepares the publication of a programme or group, or keeps the reason why there is none.

    The attack takes in everything frozen so far. A frozen publication is never prepared again. One that
    is proposed stays as it is where it would say the same; otherwise its approvals no longer count. One
    that was not published stays so (`is_settled`), and its cut-off uses up its quarter. `tell` is told how far
    it is.
    """
    house = houses.current()
    _check(actor, Permission.PUBLICATION_PREPARE, scope, *PROPOSERS)
    if scope not in house.catalogue.programmes and scope not in house.catalogue.groups:
        return Refused(N_("There is no such programme or group. See config/programmes."))
    with house.stores.reading() as session:
        earlier, told = frozen_in(session), accountability_gate.told_in(session)
        same = [one for one in earlier if one.scope == scope]
        if any(one.cut_off == cut_off for one in same):
            return Refused(N_("This publication is frozen. Corrections go into the next one."))
        kept = _prepared_for(session, scope, cut_off)
        settled = None if kept is None or not is_settled(kept, now) else kept.id
        tried = tried_in(session, scope)
    if settled is not None:
        return shown(actor, settled, now)
    too_soon = untimely(cut_off, local(now).date(), same, house.rules, tried)
    if too_soon is not None:
        return too_soon
    tell(N_("Counting up to %(cut_off)s.", cut_off=cut_off))
    found = figures.counted(house, scope, cut_off)
    tell(
        N_(
            "Attacking it beside %(count)s earlier publications; this can take minutes.",
            count=len(related(scope, house.catalogue.members(scope), earlier)),
        )
    )
    draft = domain.prepare(
        found,
        scope=scope,
        members=house.catalogue.members(scope),
        today=local(now).date(),
        rules=house.rules,
        indicators=house.indicators,
        earlier=earlier,
        exact=table_within,
    )
    # an official who was told exact counts reads publications too
    if not isinstance(draft, Refused) and not accountability_gate.withstands(
        [*related(scope, draft.counts.members, earlier), draft.counts], told
    ):
        draft = domain.GIVES_SOMEONE_AWAY
    verdict = NOT_PUBLISHED if isinstance(draft, Refused) else PREPARED
    details = {"scope": scope, "cut_off": cut_off, "verdict": verdict}
    act = act_of(
        "publication_prepared", actor, now, Permission.PUBLICATION_PREPARE, details=details
    )
    content, certificate = content_of(draft, house, scope)
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.PUBLICATION_PREPARE)
        row = _prepared_for(work.casework, scope, cut_off)
        if row is not None and row.state == FROZEN:
            return work.refuse(
                Refused(N_("This publication is frozen. Corrections go into the next one."))
            )
        approvals = [] if row is None else approvals_of(work.casework, row.id)
        if row is None:
            row = Publication(id=new_id(), scope=scope, cut_off=cut_off)
            work.casework.add(row)
        elif row.state == PROPOSED and (row.content, row.certificate) == (content, certificate):
            return view_of(row, approvals, house)
        for approval in approvals:
            work.casework.delete(approval)
        row.state = verdict
        row.rule_version = RULE_VERSION
        row.input_digest = house.stores.hashed("publication input", _canonical(found))
        row.content, row.certificate = content, certificate
        row.prepared_at, row.prepared_by = now, actor.user_id
        row.proposed_at = row.proposed_by = None
        row.change_id = work.id
        work.casework.flush()
        return view_of(row, [], house)


def is_settled(row: Publication, now: datetime) -> bool:
    """Whether it was not published, and stays so: readers outside learn it from then on.

    A fault in a record or in the configuration may be repaired while its quarter lasts.
    """
    if row.state != NOT_PUBLISHED:
        return False
    over = months_after(row.cut_off, houses.current().rules.months_apart)
    return not is_repairable(row) or local(now).date() >= over


def tried_in(session: Session, scope: str) -> list[date]:
    """Cut-offs of a programme or group that use up their quarter without being frozen."""
    spent = Publication.state.in_((NOT_PUBLISHED, PROPOSED, REJECTED))
    return list(
        session.scalars(select(Publication.cut_off).where(Publication.scope == scope, spent))
    )


def _prepared_for(session: Session, scope: str, cut_off: date) -> Publication | None:
    return session.scalar(
        select(Publication).where(Publication.scope == scope, Publication.cut_off == cut_off)
    )


def listed(actor: Actor | None) -> tuple[PublicationView, ...]:
    """Publications this reader may see, newest cut-off first; nobody signed in sees the public ones.

    Whoever approves or proposes sees those under way as well.
    """
    house = houses.current()
    with house.stores.reading() as session:
        rows = session.scalars(
            select(Publication)
            .where(Publication.scope.in_(readable(actor)))
            .order_by(Publication.cut_off.desc(), Publication.scope)
            .limit(500)
        ).all()
        withdrawals = withdrawals_of(session, [row.id for row in rows])
        under_way = (
            set() if actor is None else set(figures.scopes_of(actor, *PROPOSERS, *APPROVERS))
        )
        return tuple(
            view_of(
                row,
                approvals_of(session, row.id) if row.state == PROPOSED else [],
                house,
                withdrawals.get(row.id),
            )
            for row in rows
            if row.state == FROZEN or row.scope in under_way
        )


def unpublished(actor: Actor | None, now: datetime) -> tuple[Unpublished, ...]:
    """Cut-offs that stay unpublished, of what this reader may see, newest first; never why."""
    house = houses.current()
    with house.stores.reading() as session:
        rows = session.scalars(
            select(Publication)
            .where(Publication.scope.in_(readable(actor)), Publication.state == NOT_PUBLISHED)
            .order_by(Publication.cut_off.desc(), Publication.scope)
            .limit(500)
        )
        return tuple(
            Unpublished(name_of(row, house), row.cut_off) for row in rows if is_settled(row, now)
        )


def shown(
    actor: Actor | None, publication_id: str, now: datetime, form: str | None = "page"
) -> PublicationView:
    """One publication, the look recorded first. Raises `NotKnown`.

    Without a `form` nothing is recorded: for the drawings of a page, whose look was recorded as one.
    """
    house = houses.current()
    with house.stores.reading() as session:
        row = session.get(Publication, publication_id)
        if row is None or row.scope not in readable(actor):
            raise NotKnown()
        inside = set() if actor is None else set(figures.scopes_of(actor, *PROPOSERS, *APPROVERS))
        if row.state != FROZEN and row.scope not in inside:
            raise NotKnown()
        if actor and form:  # what is public is read by anyone, and nobody is counted
            audit_log.tell(
                house.stores,
                act_of(
                    "publication_viewed",
                    actor,
                    now,
                    Permission.PUBLICATION_VIEW,
                    object_id=row.id,
                    details={"form": form},
                ),
                result="shown",
            )
        withdrawal = session.get(PublicationWithdrawal, row.id)
        return view_of(row, approvals_of(session, row.id), house, withdrawal)


def withdrawals_of(
    session: Session, publication_ids: Sequence[str]
) -> dict[str, PublicationWithdrawal]:
    """The notes on those of these publications that were withdrawn, by publication."""
    rows = session.scalars(
        select(PublicationWithdrawal).where(
            PublicationWithdrawal.publication_id.in_(publication_ids)
        )
    )
    return {row.publication_id: row for row in rows}


def attacked() -> tuple[tuple[str, Certificate], ...]:
    """The attack on everything issued, by programme or group: its id, and what was found.

    A group and the programmes that hang together with it are attacked as one, under the first of their ids.
    What waits for approval is attacked as if it were frozen, so that nobody approves unawares.
    """
    with houses.current().stores.reading() as session:
        issued = frozen_in(session, FROZEN, PROPOSED)
    found: list[tuple[str, Certificate]] = []
    done: set[str] = set()
    for one in sorted(issued, key=lambda publication: publication.scope):
        if one.scope not in done:
            together = related(one.scope, one.members, issued)
            done |= {publication.scope for publication in together}
            found.append((one.scope, certify(together, table_within)))
    return tuple(found)


def checked(certificate: Mapping[str, Any]) -> list[Message]:
    """What is wrong with a certificate, from the file alone; nothing if it is sound. Opens no store."""
    return check_certificate(certificate, table_within)


def are_public() -> bool:
    """Whether somebody who has not signed in may read frozen publications of any programme here."""
    return bool(_public())


def _public() -> set[str]:
    house = houses.current()
    scopes: list[Programme | Group] = [*house.catalogue.programmes.values()]
    scopes += house.catalogue.groups.values()
    switched_on = house.settings.publication.public_page
    return {one.id for one in scopes if one.public_publications and switched_on}


def readable(actor: Actor | None) -> set[str]:
    """Programmes and groups whose frozen publications this reader may see: the public ones without an account."""
    return _public() | (set() if actor is None else set(figures.scopes_of(actor, *READERS)))


def _check(actor: Actor, permission: Permission, scope: str, *roles: Role) -> None:
    if actor.is_command:
        return
    if not may_at_all(permission, actor.roles) or scope not in figures.scopes_of(actor, *roles):
        raise NotKnown()


def known(actor: Actor, publication_id: str, permission: Permission, *roles: Role) -> Publication:
    """A publication on which this colleague may act so. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        row = session.get(Publication, publication_id)
        if row is None:
            raise NotKnown()
        _check(actor, permission, row.scope, *roles)
        session.expunge(row)
        return row


def approvals_of(session: Session, publication_id: str) -> list[PublicationApproval]:
    """The approvals that count, the first one first."""
    return list(
        session.scalars(
            select(PublicationApproval)
            .where(PublicationApproval.publication_id == publication_id)
            .order_by(PublicationApproval.approved_at)
        )
    )


def frozen_in(session: Session, *states: str) -> list[PublishedCounts]:
    """The printed counts of everything frozen so far, oldest first: what an attacker has in hand."""
    rows = session.scalars(
        select(Publication.certificate)
        .where(Publication.state.in_(states or (FROZEN,)))
        .order_by(Publication.cut_off, Publication.scope)
    )
    return [certified(row)[-1] for row in rows]


def certified(certificate: str) -> list[PublishedCounts]:
    """The printed counts that a certificate holds; its own publication is the last one."""
    return [read_published(plain) for plain in json.loads(certificate)["publications"]]


def _canonical(found: Tally) -> str:
    outcomes = sorted((str(o), str(b), n) for (o, b), n in found.exits_by_outcome.items())
    told_apart = [
        sorted((*map(str, cell), count) for cell, count in by.cells.items())
        for by in (found.exits_by, found.participants_by)
    ]
    said = [found.as_of.isoformat(), found.participants, found.entries, found.occupancy]
    said = [*said, found.stocks.waiting]
    said = [*said, outcomes, told_apart]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def act_of(
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
