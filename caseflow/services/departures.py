"""Leaving a programme: the checklist of a case, what is ticked on it by hand, and the closing of the case."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from caseflow.domain import departures, pathways
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.decisions import Refused
from caseflow.domain.departures import BY_HAND, LeavingItem
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.last_days import ended_before
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Stage
from caseflow.services import departure_views, houses, procedures, readings
from caseflow.services.casework import enter_stage
from caseflow.services.gatekeeping import CaseChange, changing
from caseflow.storage import emergency_cards
from caseflow.storage.models.cards import EmergencyCard
from caseflow.storage.models.cases import Case, CaseShare, Referral
from caseflow.storage.models.tasks import Task

DAYS_TO_SETTLE: Final = 7
"""Days after the exit within which papers and copy should be with the person. No norm sets a number: decision 0157."""


def ask(change: CaseChange, exited_on: date) -> None:
    """Makes tasks of what nobody can read from the file; called by the approval of an exit, and safe to repeat."""
    planned = {row.kind for row in _by_hand(change)}
    due_on = max(change.today, exited_on) + timedelta(days=DAYS_TO_SETTLE)
    for kind in BY_HAND.values():
        if kind.value not in planned:
            change.work.casework.add(Task(kind=kind.value, due_on=due_on, **change.recorded))


def ask_no_more(change: CaseChange) -> None:
    """Takes those tasks back that nobody did, because the exit was an error; a later exit asks anew."""
    for row in _by_hand(change):
        if row.done_at is None:
            row.done_at, row.done_by = change.work.at, change.work.by
            row.done_change_id, row.superseded = change.work.id, True


def _by_hand(change: CaseChange) -> list[Task]:
    """The tasks of this departure; those of an exit that was an error are of none."""
    return departure_views.by_hand(change.work.casework, change.dossier)


def settle(actor: Actor, case_id: str, item: LeavingItem, now: datetime) -> Refused | None:
    """Says that papers were given back, or that the copy was offered. Raises `NotKnown`."""
    with changing(
        actor,
        Permission.TASK_AMEND,
        case_id,
        "departure_settled",
        now,
        details={"item": item.value},
    ) as change:
        allowed = departures.may_settle(change.facts)
        if not allowed:
            return change.refuse(allowed)
        done = settle_within(change, item)
        return None if done else change.refuse(Refused(N_("This was ticked off already.")))


def settle_within(change: CaseChange, item: LeavingItem) -> bool:
    """Ticks an item off as part of another change; False where it was already, and no task of it is open."""
    kind, session = BY_HAND[item].value, change.work.casework
    rows = [row for row in _by_hand(change) if row.kind == kind]
    still_open = [row for row in rows if row.done_at is None]
    if rows and not still_open:
        return False
    if not still_open:
        made = Task(kind=kind, due_on=change.today, **change.recorded)
        session.add(made)
        still_open = [made]
    for row in still_open:
        row.done_at, row.done_by = change.work.at, change.work.by
        row.done_change_id = change.work.id
    return True


def fill_destination(
    actor: Actor, case_id: str, destination: DestinationKind, now: datetime
) -> Refused | None:
    """Fills in the kind of next address that was left open when the exit was proposed. Raises `NotKnown`."""
    with changing(
        actor,
        Permission.EXIT_PROPOSE,
        case_id,
        "destination_recorded",
        now,
        details={"kind": destination.value},
    ) as change:
        left = readings.current_exit(change.dossier)
        known = left.destination_kind if left is not None else None
        allowed = departures.may_fill_destination(
            change.facts, DestinationKind(known) if known else None, destination
        )
        if not allowed:
            return change.refuse(allowed)
        if left is not None:
            left.destination_kind = destination.value
        return None


def take_card_out(actor: Actor, case_id: str, now: datetime) -> Refused | None:
    """Takes the emergency card of somebody who left out of the house. Raises `NotKnown`.

    Never while another case of the same person is open: an ambulance may come there.
    """
    with changing(
        actor, Permission.CARD_RECORD, case_id, "card_recorded", now, cards=True
    ) as change:
        allowed = departures.may_take_card_out(change.facts)
        if not allowed:
            return change.refuse(allowed)
        code = change.dossier.client.code
        if _is_needed_elsewhere(change):
            return change.refuse(Refused(N_("This card is still needed. It stays.")))
        if emergency_cards.current(change.work.cards, change.work.casework, code) is None:
            return change.refuse(Refused(N_("There is no card to take out.")))
        emergency_cards.replace(change.work, EmergencyCard(**change.written()))
    with suppress(SQLAlchemyError):  # the empty card stands; what it replaced goes with the next
        emergency_cards.forget_former(houses.current().stores, code)
    return None


def close(actor: Actor, case_id: str, now: datetime) -> Refused | None:
    """The team lead closes a case: what nobody needs any more ends with it. Raises `NotKnown`.

    Procedures end, so that their V-numbers are erased; referrals and shares end, so that nobody from outside the team
    reads on. Refused while a procedure runs and the vault is sealed: a number that cannot be erased keeps it open.
    """
    with changing(actor, Permission.CASE_CLOSE, case_id, "aftercare_closed", now) as change:
        allowed = pathways.may_close(change.facts, change.today, change.today)
        if not allowed:
            return change.refuse(allowed)
        organisation = change.dossier.case.organisation
        running = [one for one in change.dossier.procedures if one.until_on is None]
        if running and not houses.current().stores.is_unsealed(organisation):
            return change.refuse(
                Refused(
                    N_(
                        "A procedure still runs, and its V-number is erased when it ends. "
                        "Open the vault first, then close the case."
                    )
                )
            )
        for procedure in running:
            procedure.until_on = max(change.today, procedure.from_on)
            change.ended(procedure)
        _end_what_reads(change)
        enter_stage(change, Stage.CLOSED, change.today)
    if running:
        procedures.erase_spent(organisation)
    return None


def _end_what_reads(change: CaseChange) -> None:
    """Ends referrals and shares that still count, from the next request on."""
    over = ended_before(change.today)
    case_id, session = change.dossier.case.id, change.work.casework
    rows: list[Referral | CaseShare] = [
        *session.scalars(select(Referral).where(Referral.case_id == case_id)),
        *session.scalars(select(CaseShare).where(CaseShare.case_id == case_id)),
    ]
    for row in rows:
        if row.until_on is None or row.until_on > over:
            row.until_on = over


def _is_needed_elsewhere(change: CaseChange) -> bool:
    """Whether the person has another case that goes on."""
    case = change.dossier.case
    others = change.work.casework.scalars(
        select(Case.stage).where(Case.client_code == case.client_code, Case.id != case.id)
    )
    return any(Stage(one) not in ENDED_STAGES for one in others)
