"""Whether a colleague wants mail, and at which work address; they choose it themselves, and nobody sets it for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caseflow.domain import reminders
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.services import actors, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import change
from caseflow.storage.models.accounts import UserAccount


@dataclass(frozen=True)
class OwnMail:
    """The address to which the count is mailed, and whether mail leaves this installation at all."""

    address: str | None
    is_possible: bool
    domains: tuple[str, ...]


def own(actor: Actor) -> OwnMail:
    """What the actor chose. Raises `NotKnown` for whoever has no caseload, as nothing is ever due to them."""
    if not may_at_all(Permission.CASELOAD_VIEW, actor.roles):
        raise NotKnown()
    house = houses.current()
    mail = house.settings.mail
    with house.stores.reading() as session:
        address = session.get_one(UserAccount, actor.user_id).mail_address
    return OwnMail(address, mail.is_on, tuple(sorted(mail.domains)))


def choose(actor: Actor, address: str | None, now: datetime) -> Decision:
    """Switches mail on, to a work address, or off where none is given. Raises `NotKnown` as `own` does."""
    wanted = (address or "").strip() or None
    known = own(actor)
    act = Act(
        "mail_chosen",
        actor,
        now,
        object_id=actor.user_id,
        details={"account": actor.user_id, "on": wanted is not None},
        purpose="own_account",
        sensitivity="accounts",
    )
    with change(houses.current().stores, act) as writing:
        present = actors.present(writing.casework, actor)
        if not may_at_all(Permission.CASELOAD_VIEW, present.roles):
            raise NotKnown()
        if wanted is not None:
            if not known.is_possible:
                return writing.refuse(Refused(N_("No mail leaves this installation.")))
            allowed = reminders.may_mail_to(wanted, known.domains)
            if isinstance(allowed, Refused):
                return writing.refuse(allowed)
        writing.casework.get_one(UserAccount, actor.user_id).mail_address = wanted
    return Allowed()
