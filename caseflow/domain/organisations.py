"""The organisations that carry a city's programmes, as `config/organisations/` tells them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import IntEnum, StrEnum

from caseflow.domain.configuration_tables import ConfigurationTable
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.validities import Validity

_TELEPHONE = re.compile(r"\+?\d(?:[ ()-]{0,2}\d){2,14}")


class OrganisationKind(StrEnum):
    """What an organisation is in the field."""

    NGO = "ngo"
    CITY = "city"
    LEGAL_AID = "legal_aid"
    ARCHIVE = "archive"


class OrganisationOffer(StrEnum):
    """What an organisation does in a programme."""

    SHELTER = "shelter"
    GUIDANCE = "guidance"
    LEGAL_ADVICE = "legal_advice"
    LEAD = "lead"
    FUNDS = "funds"
    KEEPS_HISTORY = "keeps_history"


class ProtectionRole(StrEnum):
    """Who decides why and how personal data are used (GDPR Art. 4(7) and (8))."""

    CONTROLLER = "controller"
    PROCESSOR = "processor"


class Weekday(IntEnum):
    """Days as Python counts them."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


@dataclass(frozen=True)
class OfficeHours:
    """When its people are at work, in local time; outside these hours a vault seals when idle."""

    days: tuple[Weekday, ...]
    opens: time
    closes: time


@dataclass(frozen=True)
class Letterhead:
    """How it signs what leaves: a name that tells of no programme, its postal address and never a shelter's."""

    name: str
    address: tuple[str, ...]
    telephone: str | None = None
    lawyer: tuple[str, ...] = ()
    """The outside lawyer to whom a demand is sent on, by line."""


@dataclass(frozen=True)
class Organisation:
    """One organisation. `has_vault` says whether it holds words about people in its own vault.

    `processes_for` names the controller for whom a processor works; `on_call` is the number that a colleague at
    a door calls at any hour; `privacy_contact` is where the data protection officer can be reached (art. 30 GDPR).
    """

    id: str
    name: Label
    kind: OrganisationKind
    role: ProtectionRole
    has_vault: bool
    offers: tuple[OrganisationOffer, ...]
    validity: Validity
    office_hours: OfficeHours | None = None
    processes_for: str | None = None
    on_call: str | None = None
    privacy_contact: str | None = None
    objections_to: str | None = None
    """The postal address to which an objection to one of its decisions can be sent."""
    letterhead: Letterhead | None = None


def organisation_from(table: ConfigurationTable) -> Organisation:
    """Answers with the organisation that a file describes; what is wrong joins its problems."""
    role = table.choice("role", ProtectionRole)
    organisation = Organisation(
        id=table.text("id"),
        name=table.label("name"),
        kind=table.choice("kind", OrganisationKind),
        role=role,
        has_vault=table.flag("has_vault", default=False),
        offers=table.choices("offers", OrganisationOffer),
        validity=table.validity(),
        office_hours=_office_hours(table),
        processes_for=table.optional_text("processes_for"),
        on_call=_telephone(table, "on_call"),
        privacy_contact=table.optional_text("privacy_contact"),
        objections_to=table.optional_text("objections_to"),
        letterhead=_letterhead(table),
    )
    if role is ProtectionRole.CONTROLLER and organisation.processes_for is not None:
        table.refuse("processes_for", N_("belongs to a processor: leave it out for a controller"))
    if role is ProtectionRole.PROCESSOR and "processes_for" not in table:
        table.refuse("processes_for", N_("is missing: name the organisation it works for"))
    table.close()
    return organisation


def _letterhead(table: ConfigurationTable) -> Letterhead | None:
    letters = table.child("letters")
    if letters is None:
        return None
    head = Letterhead(
        name=letters.text("name"),
        address=letters.texts("address"),
        telephone=_telephone(letters, "telephone"),
        lawyer=letters.texts("lawyer"),
    )
    if not head.address:
        letters.refuse("address", N_("is missing: add it"))
    letters.close()
    return head


def _telephone(table: ConfigurationTable, key: str) -> str | None:
    number = table.optional_text(key)
    if number is not None and not _TELEPHONE.fullmatch(number):
        table.refuse(key, N_('must be a telephone number between quotes, such as "010 555 01 23"'))
        return None
    return number


def _office_hours(table: ConfigurationTable) -> OfficeHours | None:
    hours = table.child("office_hours")
    if hours is None:
        return None
    days: list[Weekday] = []
    for word in hours.texts("days"):
        if word.upper() in Weekday.__members__:
            days.append(Weekday[word.upper()])
        else:
            hours.refuse("days", N_("must name days as mon, tue, wed, thu, fri, sat, sun"))
    opens, closes = _time(hours, "opens"), _time(hours, "closes")
    if opens >= closes:
        hours.refuse("closes", N_("must be a time after opens, such as 17:30"))
    hours.close()
    return OfficeHours(tuple(days), opens, closes)


def _time(table: ConfigurationTable, key: str) -> time:
    text = table.text(key)
    try:
        return time.fromisoformat(text)
    except ValueError:
        if text:
            table.refuse(key, N_('must be a time between quotes, such as "09:00"'))
        return time.min if key == "opens" else time.max
