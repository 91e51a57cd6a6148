"""The accountant's session: opened by the privacy officer for one named accountant, for a few hours, over one sample.

On the screen alone, beside the privacy officer: nothing of it can be taken along. Each night that is looked behind is
told to the log with the code it was about. A restricted client is never in a sample: only named readers read theirs.
What is kept is how many nights were in order, and differences as codes. Source: the figures page, *auditor session*.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import audit_samples
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.audit_samples import Finding, SessionFacts
from caseflow.domain.bed_nights import NightState
from caseflow.domain.daily_services import Month
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import actors, bed_nights, denials, houses, night_evidence
from caseflow.services.auditor_session_views import (
    Accountant,
    NightView,
    SampleLine,
    SessionLine,
    SessionView,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, changes
from caseflow.storage import bed_nights as stored
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import RoleGrant, UserAccount
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.bed_nights import (
    AssuranceNote,
    AuditorSession,
    BedNightStatement,
    SampledNight,
)

OPEN, VIEW = Permission.AUDITOR_SESSION_OPEN, Permission.AUDITOR_SESSION_VIEW
AT_MOST: Final = 100
OVER: Final = Refused(N_("This session is over. Ask the privacy officer to open another one."))
SEED_BYTES: Final = 16


def accountants(actor: Actor, now: datetime) -> tuple[Accountant, ...]:
    """Whom the privacy officer can let in: every active account of an accountant. Raises `NotKnown`."""
    _guard(actor, OPEN, now)
    with houses.current().stores.reading() as session:
        return _accountants(session)


def _accountants(session: Session) -> tuple[Accountant, ...]:
    rows = session.execute(
        select(UserAccount.id, UserAccount.display_name)
        .join(RoleGrant, RoleGrant.user_id == UserAccount.id)
        .where(
            RoleGrant.role == Role.AUDITOR.value,
            RoleGrant.ended_at.is_(None),
            UserAccount.status == "active",
        )
        .distinct()
        .order_by(UserAccount.display_name, UserAccount.id)
    )
    return tuple(Accountant(user_id, name) for user_id, name in rows)


def open_session(
    actor: Actor, statement_id: str, accountant_id: str, now: datetime
) -> str | Refused:
    """Draws a sample of a statement and lets one accountant look behind it for some hours; answers its id.

    Raises `NotKnown` for a statement of another organisation.
    """
    _guard(actor, OPEN, now)
    with houses.current().stores.reading() as session:
        _statement_of(session, actor, statement_id, now)
    session_id, seed = new_id(), secrets.token_hex(SEED_BYTES)
    told = {"statement": statement_id, "account": accountant_id}
    act = _act("auditor_session_opened", actor, now, session_id, OPEN, told)
    with changes.change(houses.current().stores, act) as work:
        present = actors.present(work.casework, actor)
        row = _statement_of(work.casework, present, statement_id, now)
        if accountant_id not in {one.id for one in _accountants(work.casework)}:
            return work.refuse(Refused(N_("Choose an accountant from the list.")))
        if _running(work.casework, accountant_id, now):
            return work.refuse(
                Refused(N_("A session of this accountant still runs. End that one first."))
            )
        nights = bed_nights.taken(work.casework, row.organisation, Month(row.month), now)
        hidden = stored.restricted(work.casework, {one.stay_id for one in nights if one.stay_id})
        sample = audit_samples.drawn((one for one in nights if one.stay_id not in hidden), seed)
        if not sample:
            return work.refuse(Refused(N_("There is no night in this month to look behind.")))
        work.casework.add(
            AuditorSession(
                id=session_id,
                statement_id=row.id,
                auditor_id=accountant_id,
                opened_by=work.by,
                opened_at=work.at,
                ends_at=audit_samples.ends_at(work.at),
                seed=seed,
                same_count=bed_nights.digest(nights) == row.input_digest,
                change_id=work.id,
            )
        )
        work.casework.flush()
        for number, one in enumerate(sample, start=1):
            work.casework.add(
                SampledNight(
                    session_id=session_id,
                    number=number,
                    kind=one.bed.kind,
                    night=one.night,
                    state=one.state.value,
                    placement_id=one.stay_id,
                )
            )
    return session_id


def sessions(
    actor: Actor, now: datetime, statement_id: str | None = None
) -> tuple[SessionLine, ...]:
    """The sessions of an accountant, or for the privacy officer those of the house; the newest first."""
    if not (may_at_all(OPEN, actor.roles) or may_at_all(VIEW, actor.roles)):
        denials.tell(actor, VIEW, now)
        raise NotKnown()
    with houses.current().stores.reading() as session:
        asked = (
            select(AuditorSession, UserAccount.display_name, AssuranceNote.id)
            .join(BedNightStatement, BedNightStatement.id == AuditorSession.statement_id)
            .join(UserAccount, UserAccount.id == AuditorSession.auditor_id)
            .outerjoin(AssuranceNote, AssuranceNote.session_id == AuditorSession.id)
            .order_by(AuditorSession.opened_at.desc(), AuditorSession.id)
            .limit(AT_MOST)
        )
        if statement_id is not None:
            asked = asked.where(AuditorSession.statement_id == statement_id)
        if not may_at_all(OPEN, actor.roles):
            asked = asked.where(AuditorSession.auditor_id == actor.user_id)
        else:
            asked = asked.where(BedNightStatement.organisation.in_(_officer_of(actor)))
        rows = session.execute(asked).all()
        lines = tuple(_told(row, name, note is not None, now) for row, name, note in rows)
    permission = OPEN if may_at_all(OPEN, actor.roles) else VIEW
    told = {"count": len(lines)}
    _tell("auditor_session_listed", actor, now, None, permission, told)
    return lines


def session_view(actor: Actor, session_id: str, now: datetime) -> SessionView:
    """A session: for the accountant with its sample while it runs; what came of it for both. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        row, is_own = _known(session, actor, session_id, now)
        line = _line(session, row, now)
        statement = bed_nights.shown(session, session.get_one(BedNightStatement, row.statement_id))
        nights = _lines(session, row.id) if is_own and line.runs else ()
        note = next((one for one in bed_nights.notes(session, row.statement_id, row.id)), None)
        view = SessionView(line, statement, row.seed, row.same_count, nights, note)
    told = {"count": len(nights)}
    _tell("auditor_session_listed", actor, now, session_id, VIEW if is_own else OPEN, told)
    return view


def night(actor: Actor, session_id: str, number: int, now: datetime) -> NightView | Refused:
    """What lies behind one night of a sample, told to the log first with the code it is about. Raises `NotKnown`."""
    house = houses.current()
    with house.stores.reading() as session:
        row = _own(session, actor, session_id, now)
        line = _line(session, row, now)
        if not line.runs:
            return OVER
        lines = _lines(session, row.id)
        found = _numbered(session, row.id, number)
        evidence = night_evidence.behind(session, house.stores, found.placement_id, found.night)
    subjects = () if evidence is None else (evidence.client_code,)
    act = _act("auditor_night_shown", actor, now, session_id, VIEW, {"number": number}, subjects)
    audit_log.tell(house.stores, act, result="shown")
    return NightView(line, lines[number - 1], len(lines), evidence)


def record_finding(
    actor: Actor, session_id: str, number: int, finding: Finding, now: datetime
) -> Refused | None:
    """Keeps what the accountant found of a night; until the note is signed a later word takes the place of it."""
    told = {"number": number, "finding": finding.value}
    stores = houses.current().stores
    with stores.reading() as session:
        _own(session, actor, session_id, now)
    act = _act("auditor_night_found", actor, now, session_id, VIEW, told)
    with changes.change(stores, act) as work:
        present = actors.present(work.casework, actor)
        row = _own(work.casework, present, session_id, now)
        if not _facts(work.casework, row).runs(now):
            return work.refuse(OVER)
        found = _numbered(work.casework, row.id, number)
        found.finding, found.found_at = finding.value, work.at
    return None


def sign(actor: Actor, session_id: str, now: datetime) -> Refused | None:
    """Signs what came of a sample, once every night was looked behind; the session is over with it."""
    stores = houses.current().stores
    with stores.reading() as session:
        _own(session, actor, session_id, now)
        result = _outcome(_lines(session, session_id))
    told = {"sampled": result.sampled, "in_order": result.in_order}
    act = _act("assurance_signed", actor, now, session_id, VIEW, told)
    with changes.change(stores, act) as work:
        present = actors.present(work.casework, actor)
        row = _own(work.casework, present, session_id, now)
        if not _facts(work.casework, row).runs(now):
            return work.refuse(OVER)
        lines = _lines(work.casework, row.id)
        allowed = audit_samples.may_sign([one.finding for one in lines])
        if not allowed:
            return work.refuse(allowed)
        result = _outcome(lines)
        work.casework.add(
            AssuranceNote(
                session_id=row.id,
                statement_id=row.statement_id,
                sampled=result.sampled,
                in_order=result.in_order,
                findings=audit_samples.written(result.differences),
                signed_by=work.by,
                signed_at=work.at,
                change_id=work.id,
            )
        )
    return None


def close(actor: Actor, session_id: str, now: datetime) -> Refused | None:
    """Ends a session before its time, by the privacy officer. Raises `NotKnown`."""
    stores = houses.current().stores
    with stores.reading() as session:
        _officers(session, actor, session_id, now)
    act = _act("auditor_session_closed", actor, now, session_id, OPEN, {})
    with changes.change(stores, act) as work:
        present = actors.present(work.casework, actor)
        row = _officers(work.casework, present, session_id, now)
        if not _facts(work.casework, row).runs(now):
            return work.refuse(Refused(N_("This session is over already.")))
        row.closed_at = work.at
    return None


def _guard(actor: Actor, permission: Permission, now: datetime) -> None:
    if not may_at_all(permission, actor.roles):
        denials.tell(actor, permission, now)
        raise NotKnown()


def _officer_of(actor: Actor) -> frozenset[str]:
    """The organisations whose privacy officer this is."""
    return frozenset(g.organisation for g in actor.grants if g.role is Role.PRIVACY_OFFICER)


def _statement_of(
    session: Session, actor: Actor, statement_id: str, now: datetime
) -> BedNightStatement:
    row = session.get(BedNightStatement, statement_id)
    if row is None or row.organisation not in _officer_of(actor):
        denials.tell(actor, OPEN, now)
        raise NotKnown()
    return row


def _known(
    session: Session, actor: Actor, session_id: str, now: datetime
) -> tuple[AuditorSession, bool]:
    """A session that is this accountant's, or of this privacy officer's house, and which of the two."""
    row = session.get(AuditorSession, session_id)
    if row is not None and row.auditor_id == actor.user_id and may_at_all(VIEW, actor.roles):
        return row, True
    return _officers(session, actor, session_id, now), False


def _own(session: Session, actor: Actor, session_id: str, now: datetime) -> AuditorSession:
    row = session.get(AuditorSession, session_id)
    own = row is not None and row.auditor_id == actor.user_id and may_at_all(VIEW, actor.roles)
    if row is None or not own:
        denials.tell(actor, VIEW, now)
        raise NotKnown()
    return row


def _officers(session: Session, actor: Actor, session_id: str, now: datetime) -> AuditorSession:
    row = session.get(AuditorSession, session_id)
    if row is None:
        denials.tell(actor, OPEN, now)
        raise NotKnown()
    _statement_of(session, actor, row.statement_id, now)
    return row


def _running(session: Session, accountant_id: str, now: datetime) -> bool:
    rows = session.scalars(
        select(AuditorSession).where(
            AuditorSession.auditor_id == accountant_id,
            AuditorSession.closed_at.is_(None),
            AuditorSession.ends_at > now,
        )
    )
    return any(_facts(session, row).runs(now) for row in rows)


def _facts(session: Session, row: AuditorSession) -> SessionFacts:
    note = select(AssuranceNote.id).where(AssuranceNote.session_id == row.id)
    signed = session.scalar(note) is not None
    return SessionFacts(row.opened_at, row.ends_at, row.closed_at, signed)


def _line(session: Session, row: AuditorSession, now: datetime) -> SessionLine:
    name = session.get_one(UserAccount, row.auditor_id).display_name
    return _told(row, name, _facts(session, row).signed, now)


def _told(row: AuditorSession, name: str, signed: bool, now: datetime) -> SessionLine:
    runs = SessionFacts(row.opened_at, row.ends_at, row.closed_at, signed).runs(now)
    return SessionLine(row.id, row.statement_id, name, row.opened_at, row.ends_at, runs, signed)


def _lines(session: Session, session_id: str) -> tuple[SampleLine, ...]:
    rows = session.scalars(
        select(SampledNight)
        .where(SampledNight.session_id == session_id)
        .order_by(SampledNight.number)
    )
    return tuple(
        SampleLine(
            row.number,
            row.kind,
            row.night,
            NightState(row.state),
            Finding(row.finding) if row.finding else None,
        )
        for row in rows
    )


def _numbered(session: Session, session_id: str, number: int) -> SampledNight:
    row = session.scalar(
        select(SampledNight).where(
            SampledNight.session_id == session_id, SampledNight.number == number
        )
    )
    if row is None:
        raise NotKnown()
    return row


def _outcome(lines: tuple[SampleLine, ...]) -> audit_samples.Outcome:
    return audit_samples.outcome(one.finding for one in lines if one.finding is not None)


def _act(
    event: str,
    actor: Actor,
    now: datetime,
    session_id: str | None,
    permission: Permission,
    details: dict[str, Any],
    subjects: tuple[str, ...] = (),
) -> Act:
    return Act(
        event,
        actor,
        now,
        subjects=subjects,
        object_id=session_id,
        details=details,
        permission=permission.value,
        purpose="figures",
        sensitivity="shelter",
    )


def _tell(
    event: str,
    actor: Actor,
    now: datetime,
    session_id: str | None,
    permission: Permission,
    details: dict[str, Any],
) -> None:
    act = _act(event, actor, now, session_id, permission, details)
    audit_log.tell(houses.current().stores, act, result="shown")
