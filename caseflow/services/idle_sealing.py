"""Sealing by itself: outside office hours, when nobody asked for words for a while (firewall §4, decision 0126).

What counts is a request that read a vault, an unsealing, and somebody who says that they are still there. When it is
time is only said here; the server seals (`serving.servers`), because sealing ends its process.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from caseflow.domain import office_hours
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.office_hours import Hours
from caseflow.services import houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.stores import Stores

_last_use: WeakKeyDictionary[Stores, datetime] = WeakKeyDictionary()
"""When the words of a house were last asked for, by its stores; a process that is replaced forgets it."""


def vault_uses() -> int:
    """How often this thread took a vault to read or write; a request that used one leaves a higher number."""
    return houses.current().stores.vault_uses


def used(now: datetime) -> None:
    """Notes that words were asked for now."""
    stores = houses.current().stores
    before = _last_use.get(stores)
    _last_use[stores] = now if before is None else max(before, now)


def stay(actor: Actor, now: datetime) -> None:
    """Somebody is still there: the time begins anew, told to the log first.

    Raises `NotKnown` for whoever has nothing to do with a vault.
    """
    if not may_at_all(Permission.VAULT_UNSEAL, actor.roles):
        raise NotKnown()
    act = Act(
        "vault_kept_open",
        actor,
        now,
        object_id=actor.organisation,
        details={"organisation": actor.organisation},
        permission=Permission.VAULT_UNSEAL.value,
    )
    audit_log.tell(houses.current().stores, act)
    used(now)


def is_open(organisation: str) -> bool:
    """Whether the vault of this organisation is open. Reads no store."""
    return houses.current().stores.is_unsealed(organisation)


def left(now: datetime) -> timedelta | None:
    """How long it takes until the vaults are sealed, never less than nothing; None while that is not foreseen.

    Not foreseen: every vault is sealed already, or an office is open now. At closing time nothing is sealed before the
    warning could be read.
    """
    house = houses.current()
    if not house.stores.unsealed():
        return None
    offices = tuple(_offices(house))
    if office_hours.is_open(offices, now):
        return None
    limits = house.settings.sealing
    last = _last_use.setdefault(house.stores, now)
    due = last + timedelta(minutes=limits.idle_minutes)
    closed = office_hours.closed_since(offices, now)
    if closed is not None:
        due = max(due, closed + timedelta(minutes=limits.warning_minutes))
    return max(due - now, timedelta())


def warns(now: datetime) -> timedelta | None:
    """How long it takes until sealing, once that is near enough to be told; else None."""
    remaining = left(now)
    near = timedelta(minutes=houses.current().settings.sealing.warning_minutes)
    return remaining if remaining is not None and remaining <= near else None


def is_due(now: datetime) -> bool:
    """Whether the vaults are to be sealed now."""
    return left(now) == timedelta()


def _offices(house: House) -> Iterator[Hours]:
    """The hours of every organisation that keeps a vault; one that has none keeps those of the house."""
    for organisation in house.catalogue.organisations.values():
        if organisation.has_vault:
            yield organisation.office_hours or house.settings.office_hours
