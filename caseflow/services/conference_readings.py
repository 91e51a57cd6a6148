"""What a reader sees of a conference: the agenda by client code for the chair, and on a case what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import conferences as rules
from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.conferences import (
    Answer,
    ConferenceDecision,
    ConferenceState,
    ItemState,
)
from caseflow.domain.decisions import Decision
from caseflow.domain.disclosures import State
from caseflow.domain.local_days import local
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.services import gatekeeping, houses
from caseflow.services.conference_cases import APPROVE, PUT, Seat, seats_of
from caseflow.services.conferences import KEEP, row_of
from caseflow.storage import audit_log, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.conferences import (
    Conference,
    ConferenceCase,
    ConferenceResult,
    ConferenceSheet,
)
from caseflow.storage.models.disclosures import Disclosure
from caseflow.storage.models.tasks import Task

SHOWN_ON_A_CASE: Final = 5


@dataclass(frozen=True)
class SheetLine:
    """Who gets a sheet of a case, the disclosure that it is, and whether it has left."""

    office: str
    disclosure_id: str
    is_out: bool


@dataclass(frozen=True)
class ResultLine:
    """What was decided about a case, and by when the task that follows from it is due."""

    decision: ConferenceDecision
    due_on: date | None


@dataclass(frozen=True)
class ItemView:
    """A case on an agenda, by client code; `case_id` only for who may open it."""

    id: str
    client_code: str
    case_id: str | None
    held_on: date
    conference_id: str
    state: ItemState
    answer: Answer
    told_on: date | None
    sheets: tuple[SheetLine, ...]
    results: tuple[ResultLine, ...]
    may_decide: bool = False
    """Whether this reader is the second person who decides whether it is discussed."""
    may_take_off: bool = False
    may_result: bool = False


@dataclass(frozen=True)
class ConferenceView:
    """One conference with the agenda that this reader sees."""

    id: str
    held_on: date
    chair: str
    state: ConferenceState
    seats: tuple[Seat, ...]
    items: tuple[ItemView, ...]
    may_hold: Decision
    may_cancel: Decision
    may_change: Decision


def opened(actor: Actor, conference_id: str, now: datetime, form: str = "page") -> ConferenceView:
    """One conference, the look recorded with every code it shows. Raises `NotKnown`.

    The chair sees by code what stands on the agenda; who asks for a case or decides on it sees that case, whatever its
    state. A case that was restricted since stands there for neither of the others.
    """
    row, today = row_of(actor, conference_id, now), local(now).date()
    house = houses.current()
    with house.stores.reading() as session:
        found = session.execute(
            select(ConferenceCase, Case.client_code, Client.restricted)
            .join(Case, Case.id == ConferenceCase.case_id)
            .join(Client, Client.code == Case.client_code)
            .where(ConferenceCase.conference_id == conference_id)
            .order_by(ConferenceCase.recorded_at, ConferenceCase.id)
        ).all()
        standings = gatekeeping.standings(session, actor, {one.case_id for one, _, _ in found}, now)
        items = _items(session, [(one, code) for one, code, _ in found], row, today)
        hidden = {one.id for one, _, is_restricted in found if is_restricted}
        is_chair = actor.user_id == row.chair
        shown = tuple(
            view
            for one, _, _ in found
            if (
                view := _for(
                    actor, items[one.id], one, standings.get(one.case_id), row, today,
                    by_code=is_chair and one.id not in hidden,
                )
            )
            is not None
        )  # fmt: skip
        seats = seats_of(session, [conference_id]).get(conference_id, ())
        chair = dossiers.colleagues(session, {row.chair}).get(row.chair, ("", None))[0]
    state = ConferenceState(row.state)
    act = Act(
        "conference_opened",
        actor,
        now,
        subjects=tuple(sorted({one.client_code for one in shown})),
        object_id=conference_id,
        details={"count": len(shown), "form": form},
        permission=KEEP.value,
        sensitivity="governance",
    )
    audit_log.tell(house.stores, act, result="shown")
    return ConferenceView(
        row.id,
        row.held_on,
        chair,
        state,
        seats,
        shown,
        rules.may_hold(state, row.held_on, today),
        rules.may_cancel(state),
        rules.may_still_change(state, row.held_on, today),
    )


def of_case(actor: Actor, case_id: str, now: datetime) -> tuple[ItemView, ...] | None:
    """The conferences at which a case was or will be discussed, the newest first; None for who sees nothing of it.

    Asked beside a case that was opened, and whose look was recorded, in the same request.
    """
    today = local(now).date()
    with houses.current().stores.reading() as session:
        standing = gatekeeping.standings(session, actor, [case_id], now).get(case_id)
        sees = standing is not None and standing.vision(Surface.OPENED).sees(
            Compartment.GOVERNANCE, Part.LEFT
        )
        if standing is None or not sees or not (may(PUT, standing) or may(APPROVE, standing)):
            return None
        found = session.execute(
            select(ConferenceCase, Case.client_code, Conference)
            .join(Case, Case.id == ConferenceCase.case_id)
            .join(Conference, Conference.id == ConferenceCase.conference_id)
            .where(ConferenceCase.case_id == case_id)
            .order_by(Conference.held_on.desc(), ConferenceCase.recorded_at.desc())
            .limit(SHOWN_ON_A_CASE)
        ).all()
        lines = []
        for one, code, conference in found:
            item = _items(session, [(one, code)], conference, today)[one.id]
            view = _for(actor, item, one, standing, conference, today, by_code=False)
            lines.append(view or item)
    return tuple(lines)


def _for(
    actor: Actor,
    item: ItemView,
    row: ConferenceCase,
    standing: Standing | None,
    conference: Conference,
    today: date,
    *,
    by_code: bool,
) -> ItemView | None:
    """The line for this reader; None where it is not there for them."""
    asks = standing is not None and may(PUT, standing)
    decides = standing is not None and may(APPROVE, standing)
    stands = item.state is ItemState.APPROVED
    if not asks and not decides and not (by_code and stands):
        return None
    state = ConferenceState(conference.state)
    opens = standing is not None and may(Permission.CASE_OPEN, standing)
    decided = rules.may_approve(item.state, row.recorded_by, actor.user_id)
    discussed = rules.may_decide(item.state, state, conference.held_on, None, today)
    chairs = actor.user_id == conference.chair
    return ItemView(
        item.id,
        item.client_code,
        item.case_id if opens else None,
        item.held_on,
        item.conference_id,
        item.state,
        item.answer,
        item.told_on,
        item.sheets if asks or decides else (),
        item.results,
        may_decide=decides and bool(decided) and state is ConferenceState.PLANNED,
        may_take_off=asks and bool(rules.may_be_taken_off(item.state, state)),
        may_result=chairs and bool(discussed),
    )


def _items(
    session: Session,
    rows: Collection[tuple[ConferenceCase, str]],
    conference: Conference,
    today: date,
) -> dict[str, ItemView]:
    """The lines as they are, before anybody's sight is asked; read in three questions, however many cases."""
    ids = [one.id for one, _ in rows]
    sheets, results = _sheets(session, ids, conference.id), _results(session, ids)
    return {
        one.id: ItemView(
            one.id,
            code,
            one.case_id,
            conference.held_on,
            conference.id,
            rules.state_of(ItemState(one.state), [state for _, state in sheets.get(one.id, ())]),
            Answer(one.answer),
            one.told_on,
            tuple(line for line, _ in sheets.get(one.id, ())),
            results.get(one.id, ()),
        )
        for one, code in rows
    }


def _sheets(
    session: Session, ids: Collection[str], conference_id: str
) -> Mapping[str, tuple[tuple[SheetLine, State], ...]]:
    names = {one.id: one.name for one in seats_of(session, [conference_id]).get(conference_id, ())}
    found: dict[str, tuple[tuple[SheetLine, State], ...]] = {}
    rows = session.execute(
        select(ConferenceSheet, Disclosure)
        .join(Disclosure, Disclosure.id == ConferenceSheet.disclosure_id)
        .where(ConferenceSheet.conference_case_id.in_(ids))
        .order_by(Disclosure.asked_at, Disclosure.id)
    )
    for sheet, row in rows:
        state = State(row.state)
        line = SheetLine(names.get(sheet.member_id, ""), row.id, state is State.ISSUED)
        before = found.get(sheet.conference_case_id, ())
        found[sheet.conference_case_id] = (*before, (line, state))
    return found


def _results(session: Session, ids: Collection[str]) -> Mapping[str, tuple[ResultLine, ...]]:
    found: dict[str, tuple[ResultLine, ...]] = {}
    rows = session.execute(
        select(ConferenceResult, Task.due_on)
        .outerjoin(Task, Task.id == ConferenceResult.task_id)
        .where(ConferenceResult.conference_case_id.in_(ids))
        .order_by(ConferenceResult.recorded_at, ConferenceResult.id)
    )
    for row, due_on in rows:
        line = ResultLine(ConferenceDecision(row.decision), due_on)
        found[row.conference_case_id] = (*found.get(row.conference_case_id, ()), line)
    return found
