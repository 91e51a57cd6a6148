"""The register of complaints: who sees which of them, and how far.

Whoever it is about sees nothing of it, in a list, in a count or at its address. Who wrote it down and who handles it
see that one; the lead of its team those of the team; privacy officer and FG those of the organisation by code, without
words (the firewall, §3, the row of governance). Nothing here reads a case, and no page of a case reads this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.complaints import (
    ComplaintFacts,
    ComplaintOutcome,
    ComplaintTerms,
    HowReceived,
    Subject,
    is_late,
)
from caseflow.domain.local_days import local
from caseflow.domain.redaction import HIDDEN, Compartment, Extent, Hidden, roles_that_see
from caseflow.services import denials, houses
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import Team
from caseflow.storage.models.complaints import Complaint
from caseflow.storage.models.operations import Change
from caseflow.storage.models.shelter import Site
from caseflow.storage.models.vault import ComplaintWords

A_PAGE: Final = 50
OPENS: Final = (
    Permission.COMPLAINT_RECORD,
    Permission.COMPLAINTS_VIEW,
    Permission.COMPLAINT_HANDLE,
)
BY_CODE: Final = frozenset(roles_that_see(Compartment.GOVERNANCE, Extent.BY_CODE))
TOLD, ANSWERED = "complaint", "answer"
Shown = str | Hidden | Sealed | None


@dataclass(frozen=True)
class ComplaintLine:
    """One complaint in the list: codes and days."""

    id: str
    subject: Subject
    received_on: date
    due_on: date
    team: str | None
    handler: str | None
    acknowledged_on: date | None
    answered_on: date | None
    outcome: ComplaintOutcome | None
    is_late: bool
    acknowledgement_is_late: bool
    is_mine: bool
    """Whether this reader handles it."""


@dataclass(frozen=True)
class YearOfComplaints:
    """How many came in during a year, by subject and what came of them; None for what waits for an answer."""

    year: int
    years: tuple[int, ...]
    counts: Mapping[tuple[Subject, ComplaintOutcome | None], int]


@dataclass(frozen=True)
class RegisterView:
    """A page of what this reader sees, what is due first; the counts for who sees the register."""

    lines: tuple[ComplaintLine, ...]
    open_count: int
    late_count: int
    year: YearOfComplaints | None
    page: int
    pages: int
    may_record: bool


@dataclass(frozen=True)
class ComplaintView:
    """One complaint, as far as this reader sees it."""

    line: ComplaintLine
    how: HowReceived
    client_code: str | None
    about: str | None
    site: str | None
    recorded_by: str
    has_committee: bool
    acknowledge_by: date
    words: Shown
    answer: Shown
    terms: ComplaintTerms
    version: int
    may_give: bool
    may_acknowledge: bool
    may_answer: bool


def register(actor: Actor, now: datetime, page: int = 1, year: int | None = None) -> RegisterView:
    """What this reader sees of the register, the look recorded first. Raises `NotKnown` for a role that sees none."""
    guard(actor, *OPENS)
    house, today, page = houses.current(), local(now).date(), max(1, page)
    mine, is_open = seen_by(actor), Complaint.answered_on.is_(None)
    with house.stores.reading() as session:
        count = session.scalar(select(func.count(Complaint.id)).where(mine)) or 0
        waiting = session.scalar(select(func.count(Complaint.id)).where(mine, is_open)) or 0
        late = select(func.count(Complaint.id)).where(mine, is_open, Complaint.due_on < today)
        late_count = session.scalar(late) or 0
        rows = session.scalars(
            select(Complaint)
            .where(mine)
            .order_by(
                Complaint.answered_on.is_not(None),
                case((is_open, Complaint.due_on)),
                Complaint.answered_on.desc(),
                Complaint.id,
            )
            .offset((page - 1) * A_PAGE)
            .limit(A_PAGE)
        ).all()
        lines = _lines(session, actor, list(rows), today)
        counted = _year(session, actor, year or today.year, today) if _sees_all(actor) else None
        codes = {row.client_code for row in rows if row.client_code}
    act = Act(
        "complaints_listed",
        actor,
        now,
        subjects=tuple(sorted(codes)),
        details={"count": len(lines), "page": page},
        permission=_permission(actor).value,
        purpose="complaint",
        sensitivity="governance",
    )
    audit_log.tell(house.stores, act, result="shown")
    return RegisterView(
        lines,
        waiting,
        late_count,
        counted,
        page,
        max(1, -(-count // A_PAGE)),
        may_at_all(Permission.COMPLAINT_RECORD, actor.roles),
    )


def opened(actor: Actor, complaint_id: str, now: datetime) -> ComplaintView:
    """One complaint, the look recorded first. Raises `NotKnown`, and tells the log so."""
    guard(actor, *OPENS)
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        row = known(session, actor, complaint_id, now)
        sees_words = _own(actor, row) or _leads(actor, row)
        act = Act(
            "complaint_opened",
            actor,
            now,
            subjects=(row.client_code,) if row.client_code else (),
            object_id=row.id,
            permission=_permission(actor).value,
            purpose="complaint",
            sensitivity="vault" if sees_words else "governance",
        )
        audit_log.tell(house.stores, act, result="shown")
        [line] = _lines(session, actor, [row], today)
        names = _names(session, row.about_user_id, row.recorded_by)
        gives = may_at_all(Permission.COMPLAINT_ASSIGN, actor.roles) and oversees(actor, row)
        handles = line.is_mine and may_at_all(Permission.COMPLAINT_HANDLE, actor.roles)
        sees_answer = line.is_mine or _leads(actor, row)
        return ComplaintView(
            line,
            HowReceived(row.received_how),
            row.client_code,
            names.get(row.about_user_id or ""),
            session.scalar(select(Site.name).where(Site.id == row.site_id)),
            names.get(row.recorded_by, ""),
            row.has_committee,
            house.complaints.acknowledge_by(row.received_on),
            _words(session, row, TOLD) if sees_words else HIDDEN,
            _words(session, row, ANSWERED) if sees_answer else HIDDEN,
            house.complaints,
            row.version,
            gives and row.answered_on is None,
            (gives or handles) and row.answered_on is None and row.acknowledged_on is None,
            handles and row.answered_on is None,
        )


def guard(actor: Actor, *permissions: Permission) -> None:
    """Raises `NotKnown` for a colleague in no role that may do any of this."""
    if not any(may_at_all(permission, actor.roles) for permission in permissions):
        raise NotKnown()


def known(session: Session, actor: Actor, complaint_id: str, now: datetime) -> Complaint:
    """A complaint that this reader sees. Raises `NotKnown`, and tells the log so."""
    asked = select(Complaint).where(Complaint.id == complaint_id, seen_by(actor))
    row = session.scalars(asked).first()
    if row is None:
        denials.tell(actor, _permission(actor), now)
        raise NotKnown()
    return row


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Which complaints this reader sees at all; never one that is about the reader."""
    theirs: list[ColumnElement[bool]] = [false()]
    if may_at_all(Permission.COMPLAINT_RECORD, actor.roles):
        theirs.append(Complaint.recorded_by == actor.user_id)
    if may_at_all(Permission.COMPLAINT_HANDLE, actor.roles):
        theirs.append(Complaint.handler_id == actor.user_id)
    return and_(_not_about(actor), or_(_overseen(actor), *theirs))


def oversees(actor: Actor, row: Complaint) -> bool:
    """Whether this reader sees to it that a complaint is handled: the lead of its team, or who supervises."""
    return bool(BY_CODE & actor.roles) or _leads(actor, row)


def facts(row: Complaint) -> ComplaintFacts:
    """A stored complaint as the domain knows it."""
    return ComplaintFacts(
        row.received_on, row.about_user_id, row.handler_id, row.acknowledged_on, row.answered_on
    )


def _not_about(actor: Actor) -> ColumnElement[bool]:
    return and_(
        Complaint.organisation == actor.organisation,
        or_(Complaint.about_user_id.is_(None), Complaint.about_user_id != actor.user_id),
    )


def _overseen(actor: Actor) -> ColumnElement[bool]:
    """The register: of the organisation for who supervises, of the own team for who leads it."""
    if BY_CODE & actor.roles:
        return true()
    if Role.TEAM_LEAD in actor.roles and actor.team_id is not None:
        return Complaint.team_id == actor.team_id
    return false()


def _leads(actor: Actor, row: Complaint) -> bool:
    return (
        Role.TEAM_LEAD in actor.roles and row.team_id is not None and row.team_id == actor.team_id
    )


def _own(actor: Actor, row: Complaint) -> bool:
    return actor.user_id in (row.recorded_by, row.handler_id)


def _sees_all(actor: Actor) -> bool:
    return may_at_all(Permission.COMPLAINTS_VIEW, actor.roles)


def _permission(actor: Actor) -> Permission:
    """By which permission this reader is here: the widest one."""
    order = (Permission.COMPLAINTS_VIEW, Permission.COMPLAINT_HANDLE, Permission.COMPLAINT_RECORD)
    return next(one for one in order if may_at_all(one, actor.roles))


def _lines(
    session: Session, actor: Actor, rows: list[Complaint], today: date
) -> tuple[ComplaintLine, ...]:
    names = _names(session, *(row.handler_id for row in rows))
    teams = dict(
        session.execute(
            select(Team.id, Team.name).where(Team.id.in_({row.team_id for row in rows}))
        ).all()
    )
    terms = houses.current().complaints
    return tuple(
        ComplaintLine(
            row.id,
            Subject(row.subject),
            row.received_on,
            row.due_on,
            teams.get(row.team_id or ""),
            names.get(row.handler_id or ""),
            row.acknowledged_on,
            row.answered_on,
            ComplaintOutcome(row.outcome) if row.outcome else None,
            is_late(row.due_on, row.answered_on, today),
            row.answered_on is None
            and is_late(terms.acknowledge_by(row.received_on), row.acknowledged_on, today),
            row.handler_id == actor.user_id,
        )
        for row in rows
    )


def _year(session: Session, actor: Actor, year: int, today: date) -> YearOfComplaints:
    """The counts of a year over what stands in the register for this reader."""
    seen = and_(_not_about(actor), _overseen(actor))
    first = session.scalar(select(func.min(Complaint.received_on)).where(seen))
    years = tuple(range(today.year, (first or today).year - 1, -1))
    asked = year if year in years else today.year
    rows = session.execute(
        select(Complaint.subject, Complaint.outcome).where(
            seen, Complaint.received_on.between(date(asked, 1, 1), date(asked, 12, 31))
        )
    )
    counts = Counter(
        (Subject(subject), ComplaintOutcome(outcome) if outcome else None)
        for subject, outcome in rows
    )
    return YearOfComplaints(asked, years, counts)


def _names(session: Session, *user_ids: str | None) -> dict[str, str]:
    found = dossiers.colleagues(session, {one for one in user_ids if one})
    return {user_id: name for user_id, (name, _) in found.items()}


def _words(session: Session, row: Complaint, kind: str) -> Shown:
    """The words of a complaint or of its answer, once the casework store knows the change that wrote them."""
    stores = houses.current().stores
    if not stores.is_unsealed(row.organisation):
        return SEALED
    with stores.reading_vault(row.organisation) as vault:
        rows = vault.execute(
            select(ComplaintWords.words, ComplaintWords.change_id)
            .where(ComplaintWords.complaint_id == row.id, ComplaintWords.kind == kind)
            .order_by(ComplaintWords.recorded_at.desc())
        ).all()
    changes = [change for _, change in rows]
    stands = set(session.scalars(select(Change.id).where(Change.id.in_(changes))))
    return next((words for words, change in rows if change in stands), None)
