"""Who may ever receive something, in which tier and on which legal basis, as `config/disclosure.toml` tells it.

The guard of a tier is code. Recipients, bases and their days are configuration, because law and covenants change.
Police and immigration enforcement are a class of their own that nothing can be given to (rule FW3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.domain.configuration_tables import ConfigurationTable
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.norms import Norm
from caseflow.domain.validities import Validity


class RecipientClass(StrEnum):
    """What kind of party receives."""

    CLIENT = "client"
    LEGAL = "legal"
    CARE = "care"
    EDUCATION = "education"
    MUNICIPALITY = "municipality"
    NGO = "ngo"
    FUND = "fund"
    HOST = "host"
    INTERNATIONAL = "international"
    NATIONAL_AUTHORITY = "national_authority"
    COOPERATION = "cooperation"
    EMERGENCY = "emergency"
    ENFORCEMENT = "enforcement"


CLASSES: Final[Mapping[RecipientClass, Message]] = {
    RecipientClass.CLIENT: N_("the client"),
    RecipientClass.LEGAL: N_("legal aid"),
    RecipientClass.CARE: N_("care"),
    RecipientClass.EDUCATION: N_("education"),
    RecipientClass.MUNICIPALITY: N_("municipality"),
    RecipientClass.NGO: N_("another organisation"),
    RecipientClass.FUND: N_("fund"),
    RecipientClass.HOST: N_("host"),
    RecipientClass.INTERNATIONAL: N_("international organisation"),
    RecipientClass.NATIONAL_AUTHORITY: N_("national authority"),
    RecipientClass.COOPERATION: N_("local cooperation with the State"),
    RecipientClass.EMERGENCY: N_("emergency and child protection"),
    RecipientClass.ENFORCEMENT: N_("enforcement"),
}


class Tier(StrEnum):
    """How much guard stands before a disclosure."""

    OWN = "0"
    STANDING = "1"
    SECOND_PERSON = "2"
    AUTHORITY = "3"
    DEMAND = "4"
    TOLD = "told"
    VITAL = "vital"


@dataclass(frozen=True)
class Guard:
    """What stands before a disclosure of a tier: how many people, and the rule in words."""

    people: int
    words: Message
    norms: tuple[Norm, ...]

    @property
    def people_told(self) -> Message:
        """How many people decide, in words."""
        if self.people == 1:
            return N_("one person")
        return N_("%(count)s people", count=self.people)


GUARDS: Final[Mapping[Tier, Guard]] = {
    Tier.OWN: Guard(
        1, N_("the client's own data, into the client's hand; recorded"), (Norm.FW4, Norm.GDPR_15)
    ),
    Tier.STANDING: Guard(
        1,
        N_("fixed fields; the client agreed once and can take it back; sampled afterwards"),
        (Norm.FW4, Norm.GDPR_6),
    ),
    Tier.SECOND_PERSON: Guard(
        2, N_("the case team asks, the team lead approves, also by phone"), (Norm.FW4,)
    ),
    Tier.AUTHORITY: Guard(
        3,
        N_("a second person and the legal counsellor; the client's own recorded wish"),
        (Norm.FW4, Norm.ECRI_16),
    ),
    Tier.DEMAND: Guard(
        3,
        N_("not now, in writing, to our lawyer; then director, privacy officer and outside lawyer"),
        (Norm.FW7, Norm.UN_A_73_178),
    ),
    Tier.TOLD: Guard(1, N_("spoken: to whom and what, recorded afterwards"), (Norm.FW4, Norm.FW13)),
    Tier.VITAL: Guard(
        1, N_("danger to life: act, and record within 24 hours"), (Norm.FW4, Norm.GDPR_9)
    ),
}
"""The guard of each tier; more people can never be fewer by configuration."""


@dataclass(frozen=True)
class Basis:
    """A legal basis and the days on which it holds."""

    id: str
    label: Label
    validity: Validity
    confirmed: bool


@dataclass(frozen=True)
class Recipient:
    """A kind of party, the tier in which it can receive, and the bases that can carry it; no tier means never."""

    id: str
    label: Label
    kind: RecipientClass
    tier: Tier | None
    bases: tuple[Basis, ...]
    note: Label | None = None


def may_receive(recipient: Recipient, on: date) -> Decision:
    """Whether this recipient could be given anything on this day; how many decide is the guard of its tier."""
    if recipient.kind is RecipientClass.ENFORCEMENT or recipient.tier is None:
        return Refused(
            N_("Police and immigration enforcement are never a recipient. Ask the privacy officer.")
        )
    if not any(basis.validity.covers(on) for basis in recipient.bases):
        return Refused(
            N_("%(recipient)s: no legal basis holds on %(day)s.", recipient=recipient.label, day=on)
        )
    return Allowed()


def recipients_from(table: ConfigurationTable) -> tuple[Recipient, ...]:
    """The recipients of a file, in its order; what is wrong joins its problems."""
    bases = {one.id: one for one in (_basis(each) for each in table.children("basis"))}
    found = tuple(_recipient(one, bases) for one in table.children("recipient", required=True))
    if len({one.id for one in found}) != len(found):
        table.refuse("recipient", N_("names the same thing twice: keep one"))
    if not any(one.kind is RecipientClass.ENFORCEMENT for one in found):
        table.refuse(
            "recipient", N_("must name enforcement, so that it is said to receive nothing")
        )
    table.close()
    return found


def _basis(table: ConfigurationTable) -> Basis:
    basis = Basis(
        id=table.text("id"),
        label=table.label("label"),
        validity=table.validity(),
        confirmed=table.flag("confirmed", default=False),
    )
    table.close()
    return basis


def _recipient(table: ConfigurationTable, known: Mapping[str, Basis]) -> Recipient:
    kind = table.choice("class", RecipientClass)
    is_enforcement = kind is RecipientClass.ENFORCEMENT
    named = table.texts("bases")
    unknown = [one for one in named if one not in known]
    if unknown:
        table.refuse("bases", N_("names a basis that is not in this file"))
    if is_enforcement and ("tier" in table or named):
        table.refuse("tier", N_("enforcement never receives anything: remove tier and bases"))
    if not is_enforcement and not named:
        table.refuse("bases", N_("must name at least one basis of this file"))
    tier = None
    if not is_enforcement or "tier" in table:
        tier = table.choice("tier", Tier)
    recipient = Recipient(
        id=table.text("id"),
        label=table.label("label"),
        kind=kind,
        tier=None if is_enforcement else tier,
        bases=tuple(known[one] for one in named if one in known),
        note=table.label("note") if "note" in table else None,
    )
    table.close()
    return recipient
