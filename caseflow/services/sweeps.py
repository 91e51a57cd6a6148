"""Sweeps: what a crash left in a vault is taken away, once somebody has unsealed it.

The scheduler holds no vault key, so it only records that a sweep waits; the web process runs it. A casework store
that is older than a vault (a backup was put back) stops every sweep of that vault: what looks left over may be words.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain.actors import Actor
from caseflow.services import drafts, houses
from caseflow.storage import audit_log, changes, v_numbers, words
from caseflow.storage.audit_log import Act
from caseflow.storage.engines import StoreRefused
from caseflow.storage.models.operations import WaitingSweep
from caseflow.storage.stores import vault_path
from caseflow.storage.words import CaseworkIsOlder

__all__ = ["CaseworkIsOlder", "run", "run_waiting", "stranded", "wait_for", "waiting"]

ORPHANS: Final = "orphans"
OLD_ENOUGH: Final = timedelta(hours=1)
"""A change takes milliseconds: what is this old and still without its change was left by a crash."""


def wait_for(actor: Actor, due_on: date, now: datetime) -> int:
    """Records that every vault waits for a sweep on this day; answers how many are new. Safe to run twice."""
    house = houses.current()
    folder = house.settings.instance
    vaults = sorted(
        one for one in house.catalogue.organisations if vault_path(folder, one).exists()
    )
    with house.stores.reading() as casework:
        there = set(
            casework.scalars(
                select(WaitingSweep.organisation).where(
                    WaitingSweep.kind == ORPHANS, WaitingSweep.due_on == due_on
                )
            )
        )
    new = [organisation for organisation in vaults if organisation not in there]
    if new:
        act = Act("sweeps_awaited", actor, now, details={"due": due_on, "count": len(new)})
        with changes.change(house.stores, act) as change:
            change.casework.add_all(
                WaitingSweep(organisation=organisation, kind=ORPHANS, due_on=due_on)
                for organisation in new
            )
    return len(new)


def waiting() -> tuple[str, ...]:
    """The organisations whose vault waits for a sweep."""
    with houses.current().stores.reading() as casework:
        found = select(WaitingSweep.organisation).where(WaitingSweep.done_at.is_(None)).distinct()
        return tuple(sorted(casework.scalars(found)))


def stranded() -> dict[str, int]:
    """Vaults whose last sweep was stopped because casework is older than they are, with the rows it does not know."""
    with houses.current().stores.reading() as casework:
        found = casework.execute(
            select(WaitingSweep.organisation, func.max(WaitingSweep.stranded))
            .where(WaitingSweep.done_at.is_(None), WaitingSweep.stranded > 0)
            .group_by(WaitingSweep.organisation)
        )
        return {organisation: count or 0 for organisation, count in found}


def run_waiting(actor: Actor, now: datetime) -> int:
    """Sweeps each unsealed vault that waits; sealed ones go on waiting. Answers how many rows went."""
    stores = houses.current().stores
    return sum(run(actor, one, now) for one in waiting() if stores.is_unsealed(one))


def run(actor: Actor, organisation: str, now: datetime) -> int:
    """Takes away the rows of one vault whose change was never committed; answers how many.

    Told to the log before and after. Where casework is older than the vault nothing is taken away, and the sweep goes
    on waiting (`stranded`). Raises `VaultSealed`. While somebody reads, the write-ahead log cannot be emptied: the
    sweep then goes on waiting and the next one empties it.
    """
    house = houses.current()
    older_than = now - OLD_ENOUGH
    with suppress(StoreRefused):  # what the end of a procedure, told then, did not get to erase
        v_numbers.erase_spent(house.stores, organisation)
    drafts.erase_old(organisation, now)
    found = words.orphans(house.stores, organisation, older_than)
    if found.stranded:
        return _stopped(actor, now, organisation, found.stranded)
    count = found.left_by_a_crash
    act = _act(actor, now, organisation, swept=count)
    if count:
        intent = audit_log.tell(house.stores, act, stands_for="intent")
        try:
            count = words.sweep(house.stores, organisation, older_than)
        except StoreRefused:
            _tell(act, intent, "deferred")
            return 0
        except CaseworkIsOlder as older:
            _tell(act, intent, "refused")
            return _stopped(actor, now, organisation, older.stranded)
        _tell(act, intent, "done")
    _done(act, organisation, count)
    return count


def _act(actor: Actor, now: datetime, organisation: str, **counts: int) -> Act:
    details = {"organisation": organisation, **counts}
    return Act("sweep_ran", actor, now, object_id=organisation, details=details)


def _tell(act: Act, intent: str, result: str) -> None:
    stores = houses.current().stores
    audit_log.tell(stores, act, stands_for="outcome", intent=intent, result=result)


def _stopped(actor: Actor, now: datetime, organisation: str, count: int) -> int:
    """Keeps what waits for this vault waiting, and how many rows casework does not know; nothing was swept."""
    act = _act(actor, now, organisation, swept=0, stranded=count)
    with changes.change(houses.current().stores, act) as change:
        for row in _waiting_for(change.casework, organisation):
            row.stranded = count
    return 0


def _done(act: Act, organisation: str, count: int) -> None:
    """Marks what waited for this vault as done."""
    if organisation not in waiting():
        return
    with changes.change(houses.current().stores, act) as change:
        for row in _waiting_for(change.casework, organisation):
            row.done_at, row.swept, row.stranded = act.now, count, None


def _waiting_for(casework: Session, organisation: str) -> Sequence[WaitingSweep]:
    return casework.scalars(
        select(WaitingSweep).where(
            WaitingSweep.organisation == organisation, WaitingSweep.done_at.is_(None)
        )
    ).all()
