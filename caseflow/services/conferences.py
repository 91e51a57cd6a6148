"""Case conferences of an organisation: planned, with offices at the table, held or cancelled; the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain import conferences as rules
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.conferences import ConferenceState, ItemState, MemberFunction
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.disclosures import State, Why
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.recipients import RecipientClass
from caseflow.services import denials, houses
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import audit_log, changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import Writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.conferences import (
    Conference,
    ConferenceCase,
    ConferenceMember,
    ConferenceSheet,
)
from caseflow.storage.models.disclosures import Disclosure, Office

KEEP: Final = Permission.CONFERENCE_KEEP
SHOWN_AT_MOST: Final = 20
OFFICES_AT_MOST: Final = 200
WAITS: Final = (ItemState.ASKED.value, ItemState.APPROVED.value)


@dataclass(frozen=True)
class ConferenceLine:
    """One conference of the list."""

    id: str
    held_on: date
    chair: str
    state: ConferenceState
    members: int


@dataclass(frozen=True)
class Conferences:
    """One page of the list, the newest day first."""

    rows: tuple[ConferenceLine, ...]
    page: int
    pages: int


def listed(actor: Actor, now: datetime, page: int = 1) -> Conferences:
    """The conferences of the reader's organisation. Raises `NotKnown`; told to the log before it is shown."""
    _keeps(actor)
    house, page = houses.current(), max(1, page)
    own = Conference.organisation == actor.organisation
    with house.stores.reading() as session:
        count = session.scalar(select(func.count()).select_from(Conference).where(own)) or 0
        found = session.scalars(
            select(Conference)
            .where(own)
            .order_by(Conference.held_on.desc(), Conference.id)
            .offset((page - 1) * SHOWN_AT_MOST)
            .limit(SHOWN_AT_MOST)
        ).all()
        seats = _seats(session, [one.id for one in found])
        names = dossiers.colleagues(session, {one.chair for one in found})
        rows = tuple(
            ConferenceLine(
                one.id,
                one.held_on,
                names.get(one.chair, ("", None))[0],
                ConferenceState(one.state),
                seats.get(one.id, 0),
            )
            for one in found
        )
    details = {"count": len(rows), "page": page}
    act = Act(
        "conferences_listed",
        actor,
        now,
        details=details,
        permission=KEEP.value,
        sensitivity="governance",
    )
    audit_log.tell(house.stores, act, result="shown")
    return Conferences(rows, page, max(1, -(-count // SHOWN_AT_MOST)))


def offices(actor: Actor) -> tuple[tuple[str, str, RecipientClass], ...]:
    """Offices of the registry that can have a seat, by name: id, name and class. Raises `NotKnown`."""
    _keeps(actor)
    with houses.current().stores.reading() as session:
        rows = session.scalars(
            select(Office)
            .where(
                Office.organisation == actor.organisation,
                Office.closed_on.is_(None),
                Office.recipient_class.in_([one.value for one in rules.MEMBER_CLASSES]),
            )
            .order_by(Office.name, Office.id)
            .limit(OFFICES_AT_MOST)
        )
        return tuple((one.id, one.name, RecipientClass(one.recipient_class)) for one in rows)


def plan(actor: Actor, on: date, now: datetime) -> str | Refused:
    """Plans a conference that the actor chairs; answers its id. Raises `NotKnown`."""
    _keeps(actor)
    allowed, conference_id = rules.may_plan(on, local(now).date()), new_id()
    if isinstance(allowed, Refused):
        return allowed
    act = act_of("conference_planned", actor, now, conference_id, {"on": on})
    with changes.change(houses.current().stores, act) as work:
        still(work.casework, actor, KEEP)
        work.casework.add(
            Conference(
                id=conference_id,
                organisation=actor.organisation,
                held_on=on,
                chair=actor.user_id,
                state=ConferenceState.PLANNED.value,
                recorded_by=work.by,
                recorded_at=work.at,
                change_id=work.id,
            )
        )
    return conference_id


def add_member(
    actor: Actor, conference_id: str, office_id: str, function: MemberFunction, now: datetime
) -> Refused | None:
    """Gives an office a seat; care, legal aid and the municipality alone. Raises `NotKnown`."""
    row_of(actor, conference_id, now)
    details = {"office": office_id, "function": function.value}
    act = act_of("conference_member_added", actor, now, conference_id, details)
    with changes.change(houses.current().stores, act) as work:
        still(work.casework, actor, KEEP)
        conference = work.casework.get_one(Conference, conference_id)
        office = work.casework.get(Office, office_id)
        if office is None or office.organisation != actor.organisation or office.closed_on:
            return work.refuse(Refused(N_("Choose an office from the list.")))
        kind = RecipientClass(office.recipient_class)
        seats = _seats(work.casework, [conference_id]).get(conference_id, 0)
        allowed: Decision = rules.may_be_member(kind) and rules.may_change_members(
            ConferenceState(conference.state), conference.held_on, local(now).date(), seats
        )
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        if office_id in _seated(work.casework, conference_id):
            return work.refuse(Refused(N_("This office has a seat already.")))
        work.casework.add(
            ConferenceMember(
                conference_id=conference_id,
                office_id=office_id,
                kind=kind.value,
                function=function.value,
                recorded_by=work.by,
                recorded_at=work.at,
                change_id=work.id,
            )
        )
    return None


def hold(actor: Actor, conference_id: str, now: datetime) -> Refused | None:
    """Says that it was held; agenda and members change no more. Raises `NotKnown`."""
    row_of(actor, conference_id, now)
    act = act_of("conference_held", actor, now, conference_id, {})
    with changes.change(houses.current().stores, act) as work:
        still(work.casework, actor, KEEP)
        row = work.casework.get_one(Conference, conference_id)
        allowed = rules.may_hold(ConferenceState(row.state), row.held_on, local(now).date())
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        row.state = ConferenceState.HELD.value
        _nothing_waits(work, conference_id)
    return None


def cancel(actor: Actor, conference_id: str, now: datetime) -> Refused | None:
    """Cancels it: what waits for approval leaves no more; what left stands on the clients' lists. Raises `NotKnown`."""
    row_of(actor, conference_id, now)
    act = act_of("conference_cancelled", actor, now, conference_id, {})
    with changes.change(houses.current().stores, act) as work:
        still(work.casework, actor, KEEP)
        row = work.casework.get_one(Conference, conference_id)
        allowed = rules.may_cancel(ConferenceState(row.state))
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        row.state = ConferenceState.CANCELLED.value
        _nothing_waits(work, conference_id)
    return None


def row_of(actor: Actor, conference_id: str, now: datetime) -> Conference:
    """A conference of the own organisation, for who keeps them. Raises `NotKnown`, and tells the log so."""
    _keeps(actor)
    with houses.current().stores.reading() as session:
        row = session.get(Conference, conference_id)
        if row is None or row.organisation != actor.organisation:
            denials.tell(actor, KEEP, now)
            raise NotKnown()
        session.expunge(row)
        return row


def act_of(
    event: str, actor: Actor, now: datetime, conference_id: str, details: dict[str, Any]
) -> Act:
    """The entry of the log for a change to a conference."""
    return Act(
        event,
        actor,
        now,
        object_id=conference_id,
        details=details,
        permission=KEEP.value,
        sensitivity="governance",
    )


def _keeps(actor: Actor) -> None:
    if not may_at_all(KEEP, actor.roles):
        raise NotKnown()


def _seats(session: Session, ids: list[str]) -> dict[str, int]:
    rows = session.execute(
        select(ConferenceMember.conference_id, func.count())
        .where(ConferenceMember.conference_id.in_(ids))
        .group_by(ConferenceMember.conference_id)
    )
    return dict(rows.all())


def _seated(session: Session, conference_id: str) -> set[str]:
    return set(
        session.scalars(
            select(ConferenceMember.office_id).where(
                ConferenceMember.conference_id == conference_id
            )
        )
    )


def _nothing_waits(work: Writing, conference_id: str) -> None:
    """Sheets that nobody approved until now are refused: there is no conference for them any more."""
    rows = work.casework.scalars(
        select(Disclosure)
        .join(ConferenceSheet, ConferenceSheet.disclosure_id == Disclosure.id)
        .join(ConferenceCase, ConferenceCase.id == ConferenceSheet.conference_case_id)
        .where(ConferenceCase.conference_id == conference_id, Disclosure.state == State.ASKED.value)
    )
    for row in rows:
        row.state, row.why = State.REFUSED.value, Why.NOT_NEEDED.value
        row.ended_by, row.ended_at = work.by, work.at
