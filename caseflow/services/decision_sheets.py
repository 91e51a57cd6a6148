"""Decision sheets: what a decision-maker of the city sees of a proposal, by client code, and what they answer.

A sheet is a proposal that waits in a programme whose rules name the municipal decision-maker for it. It shows what the
firewall's table gives that role (criteria, stage, clock, advice, the day proposed) and nothing else of the file. It is
not there for who decides in other programmes, nor where the team lead decides, nor, of a restricted client, for who is
no named reader: absent and forbidden are the same.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from caseflow.domain import decision_sheets, proposals
from caseflow.domain.access import Permission, Standing, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.cases import ProposalState
from caseflow.domain.decision_sheets import Advice, SheetAnswer, SheetReason
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.programmes import Programme, ProposalKind, Stage
from caseflow.domain.stay import StayClock
from caseflow.services import actors, case_files, decisions, denials, houses, readings
from caseflow.services.colleagues import Colleague
from caseflow.services.figures import scopes_of
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing, still
from caseflow.storage import audit_log, changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import RoleGrant, UserAccount
from caseflow.storage.models.cases import Case, Client, RestrictedReader
from caseflow.storage.models.facts import Proposal

A_PAGE: Final = 50
DECIDES: Final = Role.MUNICIPAL_DECISION_MAKER


@dataclass(frozen=True)
class SheetLine:
    """One sheet in the list."""

    id: str
    client_code: str
    programme: Label
    kind: ProposalKind
    proposed_on: date
    day: date
    """The first day of an admission, the last day of a longer stay, the day of an end."""
    advice: Advice | None


@dataclass(frozen=True)
class SheetsPage:
    """A page of the list, what waits longest first."""

    lines: tuple[SheetLine, ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of the version of the rules that was asked, and its answer."""

    label: Label
    excludes: bool
    answer: str | None


@dataclass(frozen=True)
class SheetView:
    """One sheet: everything that a decision-maker of the city is shown about a proposal."""

    line: SheetLine
    stage: Stage
    clock: StayClock
    criteria: tuple[CriterionLine, ...]
    version: int
    may_answer: Decision


def sheets(actor: Actor, now: datetime, page: int = 1) -> SheetsPage:
    """The sheets that wait in the reader's programmes, told to the log first. Raises `NotKnown` for another role."""
    _guard(actor, Permission.SHEETS_VIEW)
    house, page = houses.current(), max(1, page)
    with house.stores.reading() as session:
        mine = _waiting(actor, local(now).date())
        count = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
        rows = session.execute(
            mine.order_by(Proposal.recorded_at, Proposal.id)
            .offset((page - 1) * A_PAGE)
            .limit(A_PAGE)
        ).all()
        lines = tuple(_line(house.programme(case.programme), row, case) for row, case in rows)
    codes = {line.client_code for line in lines}
    act = _act("sheets_listed", actor, now, codes, None, count=len(lines), page=page)
    audit_log.tell(house.stores, act, result="shown")
    return SheetsPage(lines, count, page, max(1, -(-count // A_PAGE)))


def sheet(actor: Actor, sheet_id: str, now: datetime) -> SheetView:
    """One sheet, the look recorded first. Raises `NotKnown`, and tells the log so."""
    _guard(actor, Permission.SHEETS_VIEW)
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        row, case = _known(session, actor, sheet_id, today) or _deny(actor, now)
        programme = house.programme(case.programme)
        line = _line(programme, row, case)
        act = _act("sheet_opened", actor, now, {case.client_code}, sheet_id, kind=line.kind.value)
        audit_log.tell(house.stores, act, result="shown")
        dossier = dossiers.of_cases(session, [case.id])[case.id]
        facts = readings.case_facts(dossier, programme)
        return SheetView(
            line,
            facts.stage,
            readings.stay_clock(dossier, programme, today),
            tuple(
                CriterionLine(one.label, one.kind == "excludes", one.answer)
                for one in case_files.screening_of(dossier, programme, facts)
            ),
            row.version,
            proposals.may_decide(programme, readings.proposal_of(row), actor.user_id, actor.roles),
        )


def answer(
    actor: Actor,
    sheet_id: str,
    says: SheetAnswer,
    reason: SheetReason,
    until: date | None,
    now: datetime,
    *,
    version: int | None = None,
) -> Refused | None:
    """Answers a sheet; what follows is done at once, as for any decision. Raises `NotKnown`."""
    _guard(actor, Permission.SHEET_ANSWER)
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        row, case = _known(session, actor, sheet_id, today) or _deny(actor, now)
        kind, code = ProposalKind(row.kind), case.client_code
        fits = decision_sheets.may_answer(kind, says, reason, row.until_on, until)
    if not fits:
        return fits
    details = {"kind": kind.value, "answer": says.value, "reason": reason.value, "until": until}
    act = _act("sheet_answered", actor, now, {code}, sheet_id, **details)
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.SHEET_ANSWER)
        change = _changing(work, actor, sheet_id, today)
        return decisions.conclude(
            change,
            actor,
            sheet_id,
            says is not SheetAnswer.NO,
            version=version,
            reason_code=reason.value,
            until=until,
        )


def advise(
    actor: Actor, case_id: str, proposal_id: str, advice: Advice, now: datetime
) -> Refused | None:
    """Keeps what the team advises, as a code; a later word takes the place of an earlier one. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        found = session.get(Proposal, proposal_id)
        kind = found.kind if found is not None and found.case_id == case_id else None
    with changing(
        actor,
        Permission.PROPOSAL_ADVISE,
        case_id,
        "advice_given",
        now,
        details={"kind": kind, "advice": advice.value},
        object_id=proposal_id,
    ) as change:
        row = next((one for one in change.dossier.proposals if one.id == proposal_id), None)
        if row is None:
            raise NotKnown()
        allowed = decision_sheets.may_advise(
            change.programme, ProposalKind(row.kind), is_open=row.state == ProposalState.OPEN
        )
        if not allowed:
            return change.refuse(allowed)
        row.advice, row.advised_by, row.advised_at = advice.value, change.work.by, change.work.at
        return None


def count_waiting(actor: Actor, now: datetime) -> int:
    """How many sheets wait for this reader; none for who reads no sheets."""
    if not may_at_all(Permission.SHEETS_VIEW, actor.roles):
        return 0
    with houses.current().stores.reading() as session:
        mine = _waiting(actor, local(now).date()).subquery()
        return session.scalar(select(func.count()).select_from(mine)) or 0


def decision_makers(session: Session, programme: Programme) -> tuple[Colleague, ...]:
    """Who decides for the city in this programme, by name: a restricted client's sheet comes to those who are named."""
    if not decision_sheets.decided_by_the_city(programme):
        return ()
    rows = session.execute(
        select(UserAccount.id, UserAccount.display_name, UserAccount.organisation, RoleGrant)
        .join(RoleGrant, RoleGrant.user_id == UserAccount.id)
        .where(
            RoleGrant.role == DECIDES.value,
            RoleGrant.ended_at.is_(None),
            UserAccount.status == "active",
        )
        .order_by(UserAccount.display_name, UserAccount.id)
    )
    found = {
        user_id: Colleague(user_id, name, None, frozenset({DECIDES}))
        for user_id, name, organisation, grant in rows
        if actors.counts(grant) and _counts_for(grant, organisation, programme)
    }
    return tuple(found.values())


def _counts_for(grant: RoleGrant, organisation: str, programme: Programme) -> bool:
    """Whether an appointment reaches this programme: it names it, or names none in an organisation of it."""
    if grant.programme is not None:
        return grant.programme == programme.id
    return organisation in programme.organisations or organisation == programme.keeper


def _guard(actor: Actor, permission: Permission) -> None:
    if not may_at_all(permission, actor.roles):
        raise NotKnown()


def _deny(actor: Actor, now: datetime) -> tuple[Proposal, Case]:
    denials.tell(actor, Permission.SHEETS_VIEW, now)
    raise NotKnown()


def _waiting(actor: Actor, today: date) -> Select[Proposal, Case]:
    """Proposals that wait for this reader: of their programmes, for the city to decide, unmarked or naming them."""
    catalogue = houses.current().catalogue
    theirs = [
        and_(Case.programme == programme.id, Proposal.kind.in_([kind.value for kind in kinds]))
        for scope in scopes_of(actor, DECIDES)
        if (programme := catalogue.programmes.get(scope)) is not None
        and (kinds := decision_sheets.decided_by_the_city(programme))
    ]
    named = select(RestrictedReader.id).where(
        RestrictedReader.client_code == Client.code,
        RestrictedReader.user_id == actor.user_id,
        RestrictedReader.from_on <= today,
        or_(RestrictedReader.until_on.is_(None), RestrictedReader.until_on >= today),
    )
    return (
        select(Proposal, Case)
        .join(Case, Case.id == Proposal.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(
            Proposal.state == ProposalState.OPEN.value,
            Proposal.mistaken_at.is_(None),
            or_(false(), *theirs),
            or_(Client.restricted.is_(False), named.exists()),
        )
    )


def _known(
    session: Session, actor: Actor, sheet_id: str, today: date
) -> Row[Proposal, Case] | None:
    return session.execute(_waiting(actor, today).where(Proposal.id == sheet_id)).first()


def _changing(work: changes.Writing, actor: Actor, sheet_id: str, today: date) -> CaseChange:
    """The change to the case of a sheet, once it was asked again whether it still waits for this reader."""
    present = actors.present(work.casework, actor)
    found = _known(work.casework, present, sheet_id, today)
    if found is None:
        raise NotKnown()
    case = found[1]
    programme = houses.current().programme(case.programme)
    dossier = dossiers.of_cases(work.casework, [case.id])[case.id]
    return CaseChange(
        work,
        dossier,
        programme,
        readings.case_facts(dossier, programme),
        readings.stay_clock(dossier, programme, today),
        Standing(present.roles),
        today,
    )


def _line(programme: Programme, row: Proposal, case: Case) -> SheetLine:
    return SheetLine(
        row.id,
        case.client_code,
        programme.name,
        ProposalKind(row.kind),
        local(row.recorded_at).date(),
        row.until_on or row.event_on,
        Advice(row.advice) if row.advice else None,
    )


def _act(
    event: str, actor: Actor, now: datetime, codes: Collection[str], sheet_id: str | None,
    **details: Any,
) -> Act:  # fmt: skip
    permission = Permission.SHEET_ANSWER if event == "sheet_answered" else Permission.SHEETS_VIEW
    return Act(
        event,
        actor,
        now,
        subjects=tuple(sorted(codes)),
        object_id=sheet_id,
        details=details,
        permission=permission.value,
        purpose="decision_sheet",
    )
