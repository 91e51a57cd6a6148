"""Holders: the named people who can unseal the vault of their organisation, each with a passphrase of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.services import houses, vault_files
from caseflow.services.houses import House
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.keyring import WrongPassphrase

SHORTEST_PASSPHRASE: Final = 15
"""Characters, as for a password: a slot can be tried elsewhere once its file is stolen."""


def holder_hash(house: House, organisation: str, name: str) -> str:
    """What stands for a holder in the log: a keyed hash, by which this house alone can ask for a name."""
    return house.stores.hashed("holder", f"{organisation}/{name}")[:16]


def listed(organisation: str) -> tuple[str, ...] | Refused:
    """Names of those who can unseal this organisation's vault."""
    refusal = _no_vault(organisation)
    if refusal is not None:
        return refusal
    return houses.current().stores.keyring.again().holders(organisation)


def add_first(
    actor: Actor, organisation: str, name: str, passphrase: str, now: datetime
) -> Decision:
    """Makes an organisation's vault under its first holder's passphrase.

    Raises `KeyringRefused` where there are holders already, and `StoreRefused`.
    """
    house = houses.current()
    refusal = _first(_no_vault(organisation), _weak(passphrase), _name(name))
    if refusal is not None:
        return refusal
    keyring = house.stores.keyring.again()
    _tell(house, "holder_added", actor, organisation, name, now)
    key = keyring.add_first_holder(organisation, name, passphrase)
    vault_files.ready(house, organisation, key)
    return Allowed()


def add(
    actor: Actor,
    organisation: str,
    name: str,
    passphrase: str,
    present: str,
    present_passphrase: str,
    now: datetime,
) -> Decision:
    """Adds a holder while one who can open the vault is present. Raises `KeyringRefused`."""
    house = houses.current()
    refusal = _first(_no_vault(organisation), _weak(passphrase), _name(name))
    if refusal is not None:
        return refusal
    keyring = house.stores.keyring.again()
    try:
        key = keyring.open_vault(organisation, present, present_passphrase)
    except WrongPassphrase:
        return Refused(N_("The passphrase of the holder who is present does not open this vault."))
    _tell(house, "holder_added", actor, organisation, name, now)
    keyring.add_holder(organisation, name, passphrase, present, present_passphrase)
    vault_files.ready(house, organisation, key)
    return Allowed()


def remove(actor: Actor, organisation: str, name: str, now: datetime) -> Decision:
    """Ends one holder's slot. Raises `KeyringRefused` for an unknown name and for the last holder.

    The vault's key stays the same: whoever kept an older copy of the keyring can still open that copy.
    """
    house = houses.current()
    refusal = _no_vault(organisation)
    if refusal is not None:
        return refusal
    keyring = house.stores.keyring.again()
    _tell(house, "holder_removed", actor, organisation, name, now)
    keyring.remove_holder(organisation, name)
    return Allowed()


def _tell(
    house: House, event: str, actor: Actor, organisation: str, name: str, now: datetime
) -> None:
    details = {"organisation": organisation, "holder": holder_hash(house, organisation, name)}
    audit_log.tell(house.stores, Act(event, actor, now, object_id=organisation, details=details))


def _first(*refusals: Refused | None) -> Refused | None:
    return next((one for one in refusals if one is not None), None)


def _no_vault(organisation: str) -> Refused | None:
    found = houses.current().catalogue.organisations.get(organisation)
    if found is None:
        return Refused(
            N_(
                "There is no organisation of that name. Known are: %(known)s.",
                known=", ".join(sorted(houses.current().catalogue.organisations)),
            )
        )
    if not found.has_vault:
        return Refused(N_("%(organisation)s keeps no vault.", organisation=organisation))
    return None


def _weak(passphrase: str) -> Refused | None:
    if len(passphrase) >= SHORTEST_PASSPHRASE:
        return None
    return Refused(
        N_("Choose a passphrase of at least %(least)s characters.", least=SHORTEST_PASSPHRASE)
    )


def _name(name: str) -> Refused | None:
    if name and len(name) <= 64 and name == name.strip() and name.isprintable():
        return None
    return Refused(N_("Give the holder a name of at most 64 letters, without spaces around it."))
