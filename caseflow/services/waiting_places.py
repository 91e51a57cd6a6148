"""A place is asked for somebody, changed, confirmed, or no longer needed. Codes and days: it goes on while sealed.

`got_a_bed` is asked by whatever begins nights on a bed, so that nobody who sleeps in a place of ours stays on the list.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from caseflow.domain import waiting
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedKind
from caseflow.domain.decisions import Refused
from caseflow.domain.waiting import (
    EntryState,
    Ground,
    Removal,
    WaitingStep,
    WantedPlace,
)
from caseflow.services.gatekeeping import CaseChange, changing
from caseflow.storage import waiting as entries
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.waiting import WaitingEntry, WaitingEvent


def ask(
    actor: Actor,
    case_id: str,
    wanted: WantedPlace,
    grounds: Collection[Ground],
    on: date,
    now: datetime,
) -> Refused | None:
    """Puts somebody on the waiting list for a bed, from a day on. Raises `NotKnown`."""
    entry_id = new_id()
    details = {"entry": entry_id, "wanted": wanted.value}
    with changing(
        actor, Permission.WAITING_ASK, case_id, "place_asked", now, details=details
    ) as change:
        before = running_entry(change)
        running = entries.entry_of(before) if before is not None else None
        allowed = waiting.may_ask(change.facts, running, on, change.today)
        allowed = allowed and waiting.may_hold(change.facts, grounds, change.today)
        if not allowed:
            return change.refuse(allowed)
        row = WaitingEntry(
            id=entry_id,
            wanted=wanted.value,
            grounds=waiting.joined(grounds),
            entered_on=on,
            confirmed_on=on,
            state=EntryState.WAITING.value,
            **change.recorded,
        )
        change.work.casework.add(row)
        change.work.casework.flush()
        step(change, row, WaitingStep.ENTERED, on, says_what=True)
        return None


def change_what_is_asked(
    actor: Actor,
    case_id: str,
    wanted: WantedPlace,
    grounds: Collection[Ground],
    now: datetime,
    *,
    seen: int | None = None,
) -> Refused | None:
    """Changes kind or grounds, from today on; since when somebody waits stays. Raises `NotKnown`.

    Whoever says what is asked today confirms that it is asked. `seen` is the version that stood on the page.
    """
    details = {"wanted": wanted.value}
    with changing(
        actor, Permission.WAITING_ASK, case_id, "place_changed", now, details=details
    ) as change:
        row = running_entry(change)
        if row is None:
            return change.refuse(waiting.NOT_WAITING)
        if seen not in (None, row.version):
            return change.refuse(waiting.CHANGED_MEANWHILE)
        allowed = waiting.may_change(entries.entry_of(row), wanted, grounds)
        allowed = allowed and waiting.may_hold(change.facts, grounds, change.today)
        if not allowed:
            return change.refuse(allowed)
        row.wanted, row.grounds = wanted.value, waiting.joined(grounds)
        row.confirmed_on = change.today
        step(change, row, WaitingStep.CHANGED, change.today, says_what=True)
        return None


def confirm(actor: Actor, case_id: str, now: datetime) -> Refused | None:
    """Writes down that the place is still wanted today. Raises `NotKnown`."""
    with changing(actor, Permission.WAITING_ASK, case_id, "place_confirmed", now) as change:
        row = running_entry(change)
        if row is None:
            return change.refuse(waiting.NOT_WAITING)
        allowed = waiting.may_confirm(entries.entry_of(row), change.today)
        if not allowed:
            return change.refuse(allowed)
        row.confirmed_on = change.today
        step(change, row, WaitingStep.CONFIRMED, change.today)
        return None


def remove(
    actor: Actor, permission: Permission, case_id: str, why: Removal, now: datetime
) -> Refused | None:
    """Takes somebody off the list, with a reason; case team or coordinator. Raises `NotKnown`."""
    details = {"reason": why.value}
    with changing(actor, permission, case_id, "waiting_ended", now, details=details) as change:
        row = running_entry(change)
        if row is None:
            return change.refuse(waiting.NOT_WAITING)
        offered = entries.offers(change.work.casework, [case_id], now).get(case_id)
        allowed = waiting.may_remove(offered is not None)
        if not allowed:
            return change.refuse(allowed)
        row.state, row.ended_on = EntryState.REMOVED.value, change.today
        row.end_reason = why.value
        step(change, row, WaitingStep.REMOVED, change.today, reason=why.value)
        return None


def got_a_bed(change: CaseChange, kind: BedKind, placement_id: str, on: date) -> None:
    """Ends the waiting of somebody whose nights begin on a bed that is what they waited for.

    A bed for the night alone is no answer to whoever asked a place by day as well: they go on waiting, though no more
    as somebody who sleeps outside.
    """
    row = running_entry(change)
    if row is None:
        return
    if not waiting.is_answered_by(WantedPlace(row.wanted), kind):
        grounds = waiting.apart(row.grounds)
        if Ground.STREET in grounds:
            row.grounds = waiting.joined(grounds - {Ground.STREET})
            step(change, row, WaitingStep.CHANGED, max(on, row.entered_on), says_what=True)
        return
    row.state, row.ended_on = EntryState.PLACED.value, max(on, row.entered_on)
    step(change, row, WaitingStep.PLACED, row.ended_on, placement_id=placement_id)


def running_entry(change: CaseChange) -> WaitingEntry | None:
    """The entry of this case that runs; None where nobody waits."""
    return entries.running_of_case(change.work.casework, change.dossier.case.id)


def step(
    change: CaseChange,
    row: WaitingEntry,
    kind: WaitingStep,
    on: date,
    *,
    says_what: bool = False,
    reason: str | None = None,
    placement_id: str | None = None,
) -> None:
    """Appends a step to the history of an entry; `says_what` keeps what is asked from here on."""
    change.work.casework.add(
        WaitingEvent(
            entry_id=row.id,
            kind=kind.value,
            wanted=row.wanted if says_what else None,
            grounds=row.grounds if says_what else None,
            reason=reason,
            placement_id=placement_id,
            event_on=on,
            **change.recorded,
        )
    )
