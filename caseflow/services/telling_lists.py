"""What was told in danger or against a rule, for the privacy officer; and calls for help without a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from caseflow.domain import tellings as rules
from caseflow.domain.access import Permission, Standing, may, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.cards import looked_at_on
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.disclosures import Field
from caseflow.domain.incidents import IncidentKind, Police
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.domain.tellings import Against, Called
from caseflow.services import denials, disclosures, gatekeeping, houses
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import audit_log, changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case
from caseflow.storage.models.conferences import Telling
from caseflow.storage.models.disclosures import Disclosure
from caseflow.storage.models.governance import CardOpening
from caseflow.storage.models.house_peace import Incident, IncidentPerson

VIEW, MARK = Permission.TELLINGS_VIEW, Permission.LOOKS_REVIEW
SHOWN_AT_MOST: Final = 50
PROPOSED_AT_MOST: Final = 5


@dataclass(frozen=True)
class TellingLine:
    """One telling, by code: who recorded it, what was told to whom, against which rules, and who looked at it."""

    id: str
    client_code: str
    recorded_by: str
    told_at: datetime
    recorded_at: datetime
    to: Label | None
    called: Called | None
    fields: tuple[Field, ...]
    against: tuple[Against, ...]
    look_on: date
    seen_by: str | None
    seen_at: datetime | None
    may_mark: bool


@dataclass(frozen=True)
class Tellings:
    """One page of the list."""

    rows: tuple[TellingLine, ...]
    waiting: int
    page: int
    pages: int


@dataclass(frozen=True)
class Proposal:
    """A call for help of which nothing was recorded: what it was, and when."""

    about_id: str
    on: date
    incident: IncidentKind | None
    """None where an emergency card was opened."""
    called: Called


@dataclass(frozen=True)
class ToldView:
    """One telling as the page after it says it."""

    to: Label | None
    called: Called | None
    told_at: datetime
    fields: tuple[Field, ...]
    against: tuple[Against, ...]


def listed(actor: Actor, now: datetime, page: int = 1) -> Tellings:
    """What was told in danger or against a rule in the reader's organisation, what nobody looked at first.

    Raises `NotKnown`; told to the log before it is shown.
    """
    if not may_at_all(VIEW, actor.roles):
        raise NotKnown()
    house, page, own = houses.current(), max(1, page), _own(actor.organisation)
    with house.stores.reading() as session:
        count = session.scalar(select(func.count()).select_from(Telling).where(*own)) or 0
        found = session.execute(
            select(Telling, Disclosure, Case.client_code)
            .join(Disclosure, Disclosure.id == Telling.disclosure_id)
            .join(Case, Case.id == Telling.case_id)
            .where(*own)
            .order_by(Telling.seen_at.is_not(None), Telling.recorded_at.desc(), Disclosure.id)
            .offset((page - 1) * SHOWN_AT_MOST)
            .limit(SHOWN_AT_MOST)
        ).all()
        people = {one.recorded_by for one, _, _ in found}
        people |= {one.seen_by for one, _, _ in found if one.seen_by}
        names = dossiers.colleagues(session, people)
        rows = tuple(_line(actor, one, row, code, names) for one, row, code in found)
        waiting = waits(session, actor.organisation)
    act = Act(
        "tellings_listed",
        actor,
        now,
        subjects=tuple(sorted({one.client_code for one in rows})),
        details={"count": len(rows), "page": page},
        permission=VIEW.value,
        sensitivity="governance",
    )
    audit_log.tell(house.stores, act, result="shown")
    return Tellings(rows, waiting, page, max(1, -(-count // SHOWN_AT_MOST)))


def waits(session: Session, organisation: str) -> int:
    """How many nobody looked at yet."""
    asked = select(func.count()).select_from(Telling)
    return session.scalar(asked.where(*_own(organisation), Telling.seen_at.is_(None))) or 0


def may_mark_as_seen(actor: Actor, recorded_by: str) -> Decision:
    """Whether this colleague looks at a telling for the organisation: the privacy officer, never who told it."""
    if not may(MARK, Standing(actor.roles)):
        return Refused(N_("The privacy officer marks what was looked at."))
    if recorded_by == actor.user_id:
        return Refused(N_("You told this yourself, so somebody else looks at it."))
    return Allowed()


def mark_as_seen(actor: Actor, disclosure_id: str, now: datetime) -> Refused | None:
    """Keeps that somebody looked at a telling, once. Raises `NotKnown` for one of another organisation."""
    house = houses.current()
    with house.stores.reading() as session:
        row = session.get(Telling, disclosure_id)
        if row is None or row.organisation != actor.organisation:
            denials.tell(actor, MARK, now)
            raise NotKnown()
        allowed = may_mark_as_seen(actor, row.recorded_by)
        if not allowed:
            return allowed
        code = session.scalar(select(Case.client_code).where(Case.id == row.case_id)) or ""
    act = Act(
        "telling_seen",
        actor,
        now,
        subjects=(code,),
        object_id=disclosure_id,
        details={"disclosure": disclosure_id},
        permission=MARK.value,
        sensitivity="governance",
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, MARK)
        row = work.casework.get_one(Telling, disclosure_id)
        if row.seen_at is not None:
            return work.refuse(Refused(N_("A colleague has looked at this already.")))
        row.seen_by, row.seen_at = work.by, work.at
    return None


def told(actor: Actor, case_id: str, disclosure_id: str, now: datetime) -> ToldView:
    """What was told, and what it was against, for who may record it. Raises `NotKnown`, also for another case's."""
    with houses.current().stores.reading() as session:
        row = session.get(Telling, disclosure_id)
        asked = Permission.DANGER_RECORD if row and row.called else Permission.TELLING_RECORD
        standing = gatekeeping.known(session, actor, asked, case_id, now)
        sees = standing.vision(Surface.OPENED).sees(Compartment.GOVERNANCE, Part.LEFT)
        if row is None or row.case_id != case_id or not (sees or row.recorded_by == actor.user_id):
            raise NotKnown()
        disclosure = session.get_one(Disclosure, disclosure_id)
        return ToldView(
            _label(disclosure.recipient),
            Called(row.called) if row.called else None,
            row.told_at,
            _fields(disclosure),
            rules.of_codes(row.against),
        )


def proposed(actor: Actor, case_id: str, now: datetime) -> tuple[Proposal, ...]:
    """Calls for help of the last days about this person of which nothing was recorded, the newest first.

    For who may record it and sees incidents and cards of this case; nobody else learns that help was called.
    """
    since = now - rules.PROPOSED_FOR
    with houses.current().stores.reading() as session:
        standing = gatekeeping.standings(session, actor, [case_id], now).get(case_id)
        if standing is None or not may(Permission.DANGER_RECORD, standing):
            return ()
        vision = standing.vision(Surface.OPENED)
        found = []
        if vision.sees(Compartment.SAFETY, Part.REST):
            found += _incidents(session, case_id, local(since).date())
        if vision.sees(Compartment.NOTES, Part.REST):
            found += _cards(session, case_id, since)
        recorded = set(session.scalars(select(Telling.about_id).where(Telling.case_id == case_id)))
    left = [one for one in found if one.about_id not in recorded]
    return tuple(sorted(left, key=lambda one: one.on, reverse=True)[:PROPOSED_AT_MOST])


def _incidents(session: Session, case_id: str, since: date) -> list[Proposal]:
    rows = session.scalars(
        select(Incident)
        .join(IncidentPerson, IncidentPerson.incident_id == Incident.id)
        .where(
            IncidentPerson.case_id == case_id,
            Incident.happened_on >= since,
            or_(Incident.emergency_called, Incident.police == Police.CALLED.value),
        )
        .limit(PROPOSED_AT_MOST)
    )
    return [
        Proposal(one.id, one.happened_on, IncidentKind(one.kind), Called.EMERGENCY_NUMBER)
        for one in rows
    ]


def _cards(session: Session, case_id: str, since: datetime) -> list[Proposal]:
    code = select(Case.client_code).where(Case.id == case_id).scalar_subquery()
    rows = session.scalars(
        select(CardOpening)
        .where(CardOpening.client_code == code, CardOpening.opened_at >= since)
        .order_by(CardOpening.opened_at.desc())
        .limit(PROPOSED_AT_MOST)
    )
    return [Proposal(one.id, local(one.opened_at).date(), None, Called.AMBULANCE) for one in rows]


def _own(organisation: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Telling.organisation == organisation,
        or_(Telling.called.is_not(None), Telling.against.is_not(None)),
    )


def _line(
    actor: Actor,
    one: Telling,
    row: Disclosure,
    code: str,
    names: dict[str, tuple[str, str | None]],
) -> TellingLine:
    return TellingLine(
        row.id,
        code,
        names.get(one.recorded_by, ("", None))[0],
        one.told_at,
        one.recorded_at,
        _label(row.recipient),
        Called(one.called) if one.called else None,
        _fields(row),
        rules.of_codes(one.against),
        looked_at_on(one.recorded_at),
        names.get(one.seen_by, ("", None))[0] if one.seen_by else None,
        one.seen_at,
        one.seen_at is None and bool(may_mark_as_seen(actor, one.recorded_by)),
    )


def _fields(row: Disclosure) -> tuple[Field, ...]:
    told = {Field(one) for one in row.fields.split()}
    return tuple(one for one in Field if one in told)


def _label(recipient: str) -> Label | None:
    found = disclosures.recipient_of(recipient)
    return found.label if found is not None else None
