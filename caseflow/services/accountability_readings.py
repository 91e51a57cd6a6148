"""Reading accountability statements: inside by programme; outside by the official whom each is for, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from caseflow.domain import accountability_statements as domain
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.accountability_statements import StatementKind
from caseflow.domain.actors import Actor, Role
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.services import denials, figures, houses
from caseflow.services.accountability_gate import ISSUED
from caseflow.services.accountability_views import OfficialName, StatementsView, StatementView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.publications import APPROVERS, PROPOSERS
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.funder_papers import AccountabilityApproval, AccountabilityStatement

VIEW, PROPOSE = Permission.STATEMENT_VIEW, Permission.STATEMENT_PROPOSE
INSIDE: Final = (*PROPOSERS, *APPROVERS)
A_PAGE: Final = 25


def official_named(account: UserAccount) -> OfficialName:
    """An account by the name of whose it is and of its organisation."""
    house = houses.current().catalogue.organisations.get(account.organisation)
    named: Label | str = account.organisation if house is None else house.name
    return OfficialName(account.id, account.display_name, named)


def listed(actor: Actor, page: int, now: datetime) -> StatementsView:
    """The statements that this reader sees, the newest first: a funder those for the own account alone."""
    if not may_at_all(VIEW, actor.roles):
        raise unknown(actor, VIEW, now)
    with houses.current().stores.reading() as session:
        theirs = _theirs(actor, now)
        whole = session.scalar(
            select(func.count()).select_from(AccountabilityStatement).where(theirs)
        )
        pages = max(1, -(-(whole or 0) // A_PAGE))
        number = min(max(1, page), pages)
        rows = session.scalars(
            select(AccountabilityStatement)
            .where(theirs)
            .order_by(AccountabilityStatement.proposed_at.desc(), AccountabilityStatement.id)
            .limit(A_PAGE)
            .offset(A_PAGE * (number - 1))
        ).all()
        accounts = _accounts(session, rows)
        approvals = _approvals(session, [row.id for row in rows])
        lines = tuple(
            _view(row, accounts[row.reader_id], approvals.get(row.id, ()), now) for row in rows
        )
    tell(actor, "accountability_listed", now, None, {"count": len(lines)})
    proposes = bool(programmes_of(actor, PROPOSE, PROPOSERS))
    return StatementsView(lines, number, pages, proposes)


def shown(actor: Actor, statement_id: str, now: datetime) -> StatementView:
    """One statement, the look recorded first. Raises `NotKnown` for every funder but the one it is for."""
    if not may_at_all(VIEW, actor.roles):
        raise unknown(actor, VIEW, now)
    with houses.current().stores.reading() as session:
        row = session.scalar(
            select(AccountabilityStatement).where(
                AccountabilityStatement.id == statement_id, _theirs(actor, now)
            )
        )
        if row is None:
            raise unknown(actor, VIEW, now)
        view = view_in(session, row, now)
    tell(actor, "accountability_viewed", now, view.id, {"programme": view.programme})
    return view


def view_in(session: Session, row: AccountabilityStatement, now: datetime) -> StatementView:
    """A stored statement as a view value; asks nobody."""
    approvals = _approvals(session, [row.id]).get(row.id, ())
    return _view(row, session.get_one(UserAccount, row.reader_id), approvals, now)


def _theirs(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Which statements this reader sees: inside those of own programmes, as a funder the own ones while they run."""
    inside = AccountabilityStatement.programme.in_(programmes_of(actor, VIEW, INSIDE))
    runs = and_(
        AccountabilityStatement.reader_id == actor.user_id,
        AccountabilityStatement.programme.in_(figures.scopes_of(actor, Role.FUNDER)),
        AccountabilityStatement.state == ISSUED,
        AccountabilityStatement.ended_at.is_(None),
        AccountabilityStatement.until_on >= local(now).date(),
    )
    return or_(inside, runs)


def _accounts(
    session: Session, rows: Sequence[AccountabilityStatement]
) -> Mapping[str, UserAccount]:
    ids = {row.reader_id for row in rows}
    found = session.scalars(select(UserAccount).where(UserAccount.id.in_(ids)))
    return {account.id: account for account in found}


def _approvals(
    session: Session, ids: Sequence[str]
) -> dict[str, tuple[AccountabilityApproval, ...]]:
    found: dict[str, tuple[AccountabilityApproval, ...]] = {}
    rows = session.scalars(
        select(AccountabilityApproval)
        .where(AccountabilityApproval.statement_id.in_(ids))
        .order_by(AccountabilityApproval.approved_at)
    )
    for row in rows:
        found[row.statement_id] = (*found.get(row.statement_id, ()), row)
    return found


def _view(
    row: AccountabilityStatement,
    account: UserAccount,
    approvals: Sequence[AccountabilityApproval],
    now: datetime,
) -> StatementView:
    known = houses.current().catalogue.programmes.get(row.programme)
    kind = StatementKind(row.kind)
    yearly = kind is StatementKind.YEARLY
    over = row.ended_at is not None or row.until_on < local(now).date()
    return StatementView(
        row.id,
        row.programme,
        Label(row.programme, row.programme) if known is None else known.name,
        kind,
        row.cut_off,
        domain.years_before(row.cut_off) + timedelta(days=1) if yearly else None,
        row.state,
        domain.read_rows(row.content),
        official_named(account),
        row.until_on,
        row.proposed_at,
        row.proposed_by,
        row.issued_at,
        row.ended_at,
        tuple(one.as_role for one in approvals),
        tuple(one.user_id for one in approvals),
        over,
    )


def programmes_of(
    actor: Actor, permission: Permission, roles: Sequence[Role]
) -> tuple[str, ...]:  # fmt: skip
    """The programmes in which this colleague does this as one of these roles; never a group."""
    if not may_at_all(permission, actor.roles):
        return ()
    known = houses.current().catalogue.programmes
    return tuple(one for one in figures.scopes_of(actor, *roles) if one in known)


def unknown(actor: Actor, permission: Permission, now: datetime) -> NotKnown:
    """Tells the log that somebody asked for what is not there for them."""
    denials.tell(actor, permission, now)
    return NotKnown()


def act_of(
    event: str,
    actor: Actor,
    now: datetime,
    permission: Permission,
    object_id: str | None,
    details: Mapping[str, Any],
) -> Act:
    """What the log is told of a statement."""
    return Act(
        event,
        actor,
        now,
        object_id=object_id,
        details=details,
        permission=permission.value,
        purpose="figures",
        sensitivity="figures",
    )


def tell(
    actor: Actor, event: str, now: datetime, object_id: str | None, details: Mapping[str, Any]
) -> None:
    """Tells the log what is shown, before the page leaves."""
    audit_log.tell(
        houses.current().stores,
        act_of(event, actor, now, VIEW, object_id, details),
        result="shown",
    )
