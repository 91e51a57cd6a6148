"""A case at a conference: asked for by its team, decided on by a second person, and off again when the client says so.

Each sheet that a member gets is a disclosure of tier 2 of its own, recorded when it is asked for and printed from that
record once somebody else agreed; so what a conference knows stands on the client's list like everything that left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain import conferences as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.conferences import (
    BASIS_OF,
    SHEET_FIELDS,
    Answer,
    ConferenceState,
    ItemState,
    MemberFunction,
    Put,
)
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_guards import AGREED, Approval, ApprovedAs, may_approve
from caseflow.domain.disclosures import Field, Medium, Purpose, State, Why, visible
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Stage
from caseflow.domain.recipients import RecipientClass, Tier
from caseflow.domain.redaction import Surface
from caseflow.services import disclosures, gatekeeping, houses
from caseflow.services.case_views import CaseView
from caseflow.services.conferences import WAITS
from caseflow.services.disclosure_drafts import Asked, Compose, leaving_for, recipient_for
from caseflow.services.disclosures import Leaving
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage import disclosures as stored
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.conferences import (
    Conference,
    ConferenceCase,
    ConferenceMember,
    ConferenceSheet,
)
from caseflow.storage.models.disclosures import Disclosure, Office

PUT, APPROVE = Permission.CONFERENCE_PUT, Permission.CONFERENCE_APPROVE
KIND: Final = "conference_sheet"
OFFERED_AT_MOST: Final = 10
ONLY_IF_AGREED: Final = Refused(
    N_("The client objected to this conference before. Choose that they agree, if they do now.")
)
NOT_EVERYTHING: Final = Refused(
    N_("You may not see everything that would leave. Ask another team lead.")
)


@dataclass(frozen=True)
class Seat:
    """An office at the table, and in which function somebody represents it."""

    id: str
    office_id: str
    name: str
    kind: RecipientClass
    function: MemberFunction


@dataclass(frozen=True)
class OfferedConference:
    """A conference on whose agenda a case can be put, and who sits there."""

    id: str
    held_on: date
    seats: tuple[Seat, ...]


def offered(
    actor: Actor, case_id: str, now: datetime, today: date
) -> tuple[OfferedConference, ...]:
    """Conferences of the own organisation that are still to come, the next one first. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, PUT, case_id, now)
        rows = session.scalars(
            select(Conference)
            .where(
                Conference.organisation == actor.organisation,
                Conference.held_on >= today,
                Conference.state == ConferenceState.PLANNED.value,
            )
            .order_by(Conference.held_on, Conference.id)
            .limit(OFFERED_AT_MOST)
        ).all()
        seats = seats_of(session, [one.id for one in rows])
        return tuple(OfferedConference(one.id, one.held_on, seats.get(one.id, ())) for one in rows)


def seats_of(session: Session, ids: Collection[str]) -> dict[str, tuple[Seat, ...]]:
    """Who sits at these conferences, by the name of the office."""
    rows = session.execute(
        select(ConferenceMember, Office.name)
        .join(Office, Office.id == ConferenceMember.office_id)
        .where(ConferenceMember.conference_id.in_(ids))
        .order_by(Office.name, ConferenceMember.id)
    )
    found: dict[str, tuple[Seat, ...]] = {}
    for row, name in rows:
        seat = Seat(
            row.id, row.office_id, name, RecipientClass(row.kind), MemberFunction(row.function)
        )
        found[row.conference_id] = (*found.get(row.conference_id, ()), seat)
    return found


def put(
    actor: Actor,
    case: CaseView,
    conference_id: str,
    told: Put,
    compose: Compose,
    now: datetime,
) -> Refused | None:
    """Asks for a case to be discussed, with a sheet for each chosen member; an objection is kept and nothing asked.

    `case` is the case as the actor opened it. Raises `NotKnown`, also for a conference of another organisation, and
    `VaultSealed`.
    """
    details = {"conference": conference_id, "answer": told.answer.value}
    objects = told.answer is Answer.OBJECTS
    with changing(
        actor, PUT, case.id, "conference_asked", now, details=details, words=not objects
    ) as change:
        session = change.work.casework
        conference = _conference(session, actor, conference_id)
        before = _rows(session, conference_id, case.id)
        was_objected = any(one.state == ItemState.OBJECTED.value for one in before)
        if was_objected and told.answer is Answer.KNOWS:
            return change.refuse(ONLY_IF_AGREED)
        allowed = rules.may_be_discussed(
            told,
            state=ConferenceState(conference.state),
            on=conference.held_on,
            stage=Stage(change.dossier.case.stage),
            restricted=change.dossier.client.restricted,
            stands_on_it=any(one.state in WAITS for one in before),
            count=_count(session, conference_id),
            today=change.today,
        )
        if isinstance(allowed, Refused) and not (objects and allowed.reason is rules.OBJECTS):
            return change.refuse(allowed)
        item = _item(change, conference_id, told)
        if objects:
            return None
        seats = seats_of(session, [conference_id]).get(conference_id, ())
        chosen = [one for one in seats if one.id in set(told.members)]
        if len(chosen) != len(set(told.members)):
            raise NotKnown()
        for seat in chosen:
            made = _sheet(change, case, item, seat, told, compose)
            if isinstance(made, Refused):
                return change.refuse(made)
    return None


def decide(
    actor: Actor, case_id: str, item_id: str, approve: bool, now: datetime
) -> Refused | None:
    """The second person says whether a case is discussed; with a yes every sheet of it is printed.

    Every rule is asked again: an agreement may have been taken back since. Raises `NotKnown`, and `VaultSealed`.
    """
    state = ItemState.APPROVED if approve else ItemState.DECLINED
    details = {"conference": item_id, "state": state.value}
    with changing(
        actor, APPROVE, case_id, "conference_approved", now, details=details, words=approve
    ) as change:
        item, conference = item_of(change.work.casework, case_id, item_id)
        today = change.today
        allowed = rules.may_approve(
            ItemState(item.state), item.recorded_by, actor.user_id
        ) and rules.may_still_change(ConferenceState(conference.state), conference.held_on, today)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        if change.dossier.client.restricted and approve:
            return change.refuse(Refused(rules.RESTRICTED))
        item.state, item.decided_by, item.decided_at = state.value, change.work.by, change.work.at
        for row in sheets_of(change.work.casework, item_id):
            if row.state != State.ASKED.value:
                continue
            if not approve:
                _refused(change, row)
            elif (refused := _agreed_to(change, row)) is not None:
                return change.refuse(refused)
    return None


def take_off(
    actor: Actor, case_id: str, item_id: str, objects: bool, now: datetime
) -> Refused | None:
    """Takes a case off an agenda, as the team or the client wishes; who has a sheet is told. Raises `NotKnown`."""
    state = ItemState.OBJECTED if objects else ItemState.WITHDRAWN
    details = {"conference": item_id, "state": state.value}
    with changing(actor, PUT, case_id, "conference_left", now, details=details) as change:
        item, conference = item_of(change.work.casework, case_id, item_id)
        allowed = rules.may_be_taken_off(ItemState(item.state), ConferenceState(conference.state))
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        item.state = state.value
        ids = [row.id for row in sheets_of(change.work.casework, item_id)]
        why = Why.OBJECTION if objects else Why.NOT_NEEDED
        stored.stop(change.work, case_id, why, change.today, ids=ids)
    return None


def item_of(session: Session, case_id: str, item_id: str) -> tuple[ConferenceCase, Conference]:
    """A case on an agenda, and its conference. Raises `NotKnown`, also for another case's."""
    item = session.get(ConferenceCase, item_id)
    if item is None or item.case_id != case_id:
        raise NotKnown()
    return item, session.get_one(Conference, item.conference_id)


def sheets_of(session: Session, item_id: str) -> list[Disclosure]:
    """The disclosures of a case at a conference."""
    asked = (
        select(Disclosure)
        .join(ConferenceSheet, ConferenceSheet.disclosure_id == Disclosure.id)
        .where(ConferenceSheet.conference_case_id == item_id)
        .order_by(Disclosure.asked_at, Disclosure.id)
    )
    return list(session.scalars(asked))


def _conference(session: Session, actor: Actor, conference_id: str) -> Conference:
    row = session.get(Conference, conference_id)
    if row is None or row.organisation != actor.organisation:
        raise NotKnown()
    return row


def _rows(session: Session, conference_id: str, case_id: str) -> list[ConferenceCase]:
    asked = select(ConferenceCase).where(
        ConferenceCase.conference_id == conference_id, ConferenceCase.case_id == case_id
    )
    return list(session.scalars(asked))


def _count(session: Session, conference_id: str) -> int:
    asked = select(func.count()).select_from(ConferenceCase)
    held = asked.where(
        ConferenceCase.conference_id == conference_id, ConferenceCase.state.in_(WAITS)
    )
    return session.scalar(held) or 0


def _item(change: CaseChange, conference_id: str, told: Put) -> str:
    item_id = new_id()
    state = ItemState.OBJECTED if told.answer is Answer.OBJECTS else ItemState.ASKED
    change.work.casework.add(
        ConferenceCase(
            id=item_id,
            conference_id=conference_id,
            told_on=told.told_on,
            answer=told.answer.value,
            state=state.value,
            **change.recorded,
        )
    )
    change.work.casework.flush()
    return item_id


def _sheet(
    change: CaseChange, case: CaseView, item_id: str, seat: Seat, told: Put, compose: Compose
) -> Refused | None:
    """One member's sheet: the fixed fields of the class, as far as the file says them, recorded and waiting."""
    leaving = _leaving(case, seat, told, compose, change.today)
    if isinstance(leaving, Refused):
        return leaving
    vision = change.standing.vision(Surface.OPENED)
    leaving = replace(
        leaving, tier=Tier.SECOND_PERSON, seen=visible(Field, vision), about_id=item_id
    )
    ready = disclosures.prepared(change.work.casework, case.id, leaving)
    if isinstance(ready, Refused):
        return ready
    row = disclosures.recorded(change.work, case.id, leaving, ready)
    unprinted = disclosures.rehearsed(change.work, row)
    if unprinted is not None:
        return unprinted
    change.work.casework.add(
        ConferenceSheet(
            conference_case_id=item_id, case_id=case.id, member_id=seat.id, disclosure_id=row.id
        )
    )
    return None


def _leaving(
    case: CaseView, seat: Seat, told: Put, compose: Compose, today: date
) -> Leaving | Refused:
    agrees = told.answer is Answer.AGREES
    to = recipient_for(seat.office_id, case.organisation)
    if isinstance(to, Refused):
        return to
    recipient, addressee = to
    wanted = SHEET_FIELDS[seat.kind]
    known = {one for one, words in compose(case, wanted, "nl").items() if words}
    asked = Asked(
        kind=KIND,
        office_id=seat.office_id,
        purpose=Purpose.CONFERENCE,
        fields=frozenset({Field.CLIENT_CODE} | (known & wanted)),
        medium=Medium.HANDED_OVER,
        basis=AGREED if agrees else _carrying(BASIS_OF[seat.kind], recipient.bases),
        agreed_on=told.told_on if agrees else None,
    )
    return leaving_for(case, asked, recipient, addressee, compose, today)


def _carrying(wanted: str, bases: Iterable[object]) -> str:
    """The basis of the class where this recipient has it; else the first that is no agreement, which may be none."""
    ids = [getattr(one, "id", "") for one in bases]
    return next((one for one in (wanted, *ids) if one in ids and one != AGREED), AGREED)


def _agreed_to(change: CaseChange, row: Disclosure) -> Refused | None:
    given = Approval(change.work.by, ApprovedAs.SECOND_PERSON)
    session = change.work.casework
    before = stored.given(stored.approvals(session, [row.id]).get(row.id, ()))
    allowed = may_approve(Tier(row.tier), State(row.state), row.asked_by, before, given)
    if isinstance(allowed, Refused):
        return allowed
    fields = {Field(one) for one in row.fields.split()}
    if visible(fields, change.standing.vision(Surface.OPENED)) != fields:
        return NOT_EVERYTHING
    still = disclosures.hindrance(
        session,
        row.case_id,
        row.kind,
        row.recipient,
        change.today,
        office_id=row.office_id,
        tier=Tier(row.tier),
        basis=row.basis,
        agreed_on=row.agreed_on,
    )
    if isinstance(still, Refused):
        return still
    session.add(disclosures.approval_of(change.work, row.id, given))
    session.flush()
    return disclosures.let_out(change.work, row, change.today)


def _refused(change: CaseChange, row: Disclosure) -> None:
    row.state, row.why = State.REFUSED.value, Why.NOT_NEEDED.value
    row.ended_by, row.ended_at = change.work.by, change.work.at
