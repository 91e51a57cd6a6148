"""Sealing and unsealing: holders open the vault of their own organisation; sealing closes every vault at once.

Words that were read stay in a process's memory until that process ends. Sealing therefore ends the process that held
the keys; whoever serves says how (`when_sealed`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, insert, select

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.services import houses, idle_sealing, vault_files
from caseflow.services.holders import holder_hash
from caseflow.services.houses import House
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.engines import StoreRefused
from caseflow.storage.jottings import jotting
from caseflow.storage.keyring import WrongPassphrase
from caseflow.storage.models.accounts import SignInAttempt

ATTEMPTS: Final = 5
WITHIN: Final = timedelta(minutes=15)
"""So many wrong passphrases for one vault in this time, and further ones wait."""

_unsealing = threading.Lock()


@dataclass(frozen=True)
class VaultState:
    """Whether the vault of one organisation is open in this process, and whether anybody could open it."""

    organisation: str
    is_unsealed: bool
    has_holders: bool


class NobodyEndsIt(Exception):
    """This process was not told how to end, so sealing could not take effect."""


class _Ending:
    """How this process ends when the vaults are sealed, and whether it is about to."""

    def __init__(self) -> None:
        self.end: Callable[[], None] | None = None
        self.has_begun = False


_ending = _Ending()


def when_sealed(end: Callable[[], None]) -> None:
    """Says how this process ends once the vaults are sealed; the serving child says it at its start."""
    _ending.end, _ending.has_begun = end, False


def state(organisation: str) -> VaultState | None:
    """How the vault of this organisation stands; None where it keeps no vault."""
    house = houses.current()
    found = house.catalogue.organisations.get(organisation)
    if found is None or not found.has_vault:
        return None
    return VaultState(
        organisation,
        house.stores.is_unsealed(organisation),
        bool(house.stores.keyring.again().holders(organisation)),
    )


def states() -> tuple[VaultState, ...]:
    """How every vault of the house stands."""
    found = (
        state(organisation) for organisation in sorted(houses.current().catalogue.organisations)
    )
    return tuple(one for one in found if one is not None)


def unseal(
    actor: Actor, organisation: str, holder: str, passphrase: str, now: datetime
) -> Decision:
    """Opens the vault of the actor's own organisation for this process.

    A name that nobody has, another organisation's vault and a wrong passphrase are refused alike, and counted.
    """
    house = houses.current()
    waits_until = _counted(house, organisation, now)
    if waits_until is not None:
        _refused(house, actor, organisation, "throttled", now)
        return Refused(
            N_(
                "There were too many wrong passphrases for this vault. Try again after %(minutes)s minutes.",
                minutes=max(1, -(-int((waits_until - now).total_seconds()) // 60)),
            )
        )
    try:
        if organisation != actor.organisation:
            raise WrongPassphrase
        key = house.stores.keyring.again().open_vault(organisation, holder, passphrase)
    except WrongPassphrase:
        _refused(house, actor, organisation, "passphrase", now)
        return Refused(N_("This name and passphrase do not open the vault."))
    with _unsealing:
        if _ending.has_begun:
            return Refused(N_("The vaults are being sealed. Try again in a moment."))
        try:
            vault_files.ready(house, organisation, key)
        except StoreRefused as unusable:
            _refused(house, actor, organisation, "store", now)
            return Refused(
                N_("The vault's file cannot be used. %(reason)s", reason=unusable.args[0])
            )
        who = holder_hash(house, organisation, holder)
        details = {"organisation": organisation, "holder": who}
        act = Act("vault_unsealed", actor, now, object_id=organisation, details=details)
        audit_log.tell(house.stores, act)
        house.stores.open_vault(organisation, key)
        idle_sealing.used(now)
    _forget_attempts(house, organisation)
    return Allowed()


def seal(actor: Actor, now: datetime, why: str) -> None:
    """Seals every vault: tells the log, opens no vault any more, and has this process end.

    `why` is a code: `button`, `command`, `idle`. Requests that run are answered first. Raises `NobodyEndsIt` where this
    process was not told how to end.
    """
    if _ending.end is None:
        raise NobodyEndsIt(
            "This process does not know how to end; vaults are sealed by the server."
        )
    house = houses.current()
    with _unsealing:
        _ending.has_begun = True
        audit_log.tell(house.stores, Act("vaults_sealed", actor, now, details={"why": why}))
        house.stores.forget_vaults()
    _ending.end()


def _refused(house: House, actor: Actor, organisation: str, why: str, now: datetime) -> None:
    # An organisation that nobody has is not repeated: what was typed there may be a passphrase.
    known = organisation if organisation in house.catalogue.organisations else None
    details = {"organisation": known, "why": why}
    act = Act("unsealing_refused", actor, now, object_id=known, details=details)
    audit_log.tell(house.stores, act, result="refused")


def _counted(house: House, organisation: str, now: datetime) -> datetime | None:
    """Counts an attempt before anything is checked; when the next one may be tried instead, if it is too many.

    Counted first, so that many at the same moment are not all let through.
    """
    key = _attempts_key(house, organisation)
    with jotting(house.stores) as notes:
        recent = (SignInAttempt.key_hash == key, SignInAttempt.at > now - WITHIN)
        count, first = notes.execute(
            select(func.count(), func.min(SignInAttempt.at)).where(*recent)
        ).one()
        if count >= ATTEMPTS:
            until: datetime = first + WITHIN
            return until
        notes.execute(insert(SignInAttempt).values(key_hash=key, at=now))
    return None


def _forget_attempts(house: House, organisation: str) -> None:
    with jotting(house.stores) as notes:
        notes.execute(
            delete(SignInAttempt).where(
                SignInAttempt.key_hash == _attempts_key(house, organisation)
            )
        )


def _attempts_key(house: House, organisation: str) -> str:
    return house.stores.hashed("unsealing", organisation)
