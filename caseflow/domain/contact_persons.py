"""People around a client: who they are to them, and what the client agreed that we may tell or ask them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message


class PersonRole(StrEnum):
    """Who somebody is to the client."""

    LAWYER = "lawyer"
    DOCTOR = "doctor"
    SCHOOL = "school"
    FAMILY = "family"
    FRIEND = "friend"
    BUDDY = "buddy"
    OTHER_NGO = "other_ngo"


class Agreement(StrEnum):
    """What the client agreed to; each one says at once what is not allowed."""

    NOTHING = "nothing"
    EMERGENCY = "emergency"
    CALL = "call"
    CONSULT = "consult"


ROLE_NAMES: Final[Mapping[PersonRole, Message]] = MappingProxyType(
    {
        PersonRole.LAWYER: N_("Lawyer"),
        PersonRole.DOCTOR: N_("Doctor or nurse"),
        PersonRole.SCHOOL: N_("School"),
        PersonRole.FAMILY: N_("Family"),
        PersonRole.FRIEND: N_("Friend"),
        PersonRole.BUDDY: N_("Buddy or volunteer"),
        PersonRole.OTHER_NGO: N_("Another organisation"),
    }
)
AGREEMENT_NAMES: Final[Mapping[Agreement, Message]] = MappingProxyType(
    {
        Agreement.NOTHING: N_("Nothing yet: do not contact them"),
        Agreement.EMERGENCY: N_("Only in an emergency"),
        Agreement.CALL: N_("We may call, and say nothing about the client"),
        Agreement.CONSULT: N_("We may talk with them about the client"),
    }
)


@dataclass(frozen=True)
class PersonWords:
    """Somebody around the client, as it was written down."""

    role: PersonRole
    name: str
    phone: str | None = None
    agreed: Agreement = Agreement.NOTHING
    agreed_until: date | None = None
    is_over: bool = False


def may_write(told: PersonWords, today: date) -> Decision:
    """Answers whether it may be written like this: somebody is named, and a term has not passed yet."""
    if not told.name.strip():
        return Refused(N_("Write down who this is."))
    if told.agreed_until is not None:
        if told.agreed is Agreement.NOTHING:
            return Refused(
                N_(
                    "Where nothing was agreed, nothing ends. Leave the day empty, or choose what was."
                )
            )
        if told.agreed_until < today and not told.is_over:
            return Refused(
                N_(
                    "%(day)s has passed. Choose today or a later day.",
                    day=told.agreed_until,
                )
            )
    return Allowed()


def in_force(agreed: Agreement, agreed_until: date | None, today: date) -> Agreement:
    """What the client's agreement still allows today: after its last day nothing."""
    if agreed_until is not None and agreed_until < today:
        return Agreement.NOTHING
    return agreed
