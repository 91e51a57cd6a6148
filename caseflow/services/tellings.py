"""Records what was told in words: to whom and what, afterwards, in two fields; sealed or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import tellings as rules
from caseflow.domain.access import Permission, Standing
from caseflow.domain.actors import Actor
from caseflow.domain.agreements import What
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosures import Field, Medium, Purpose, visible
from caseflow.domain.labels import Label
from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Recipient, RecipientClass, Tier
from caseflow.domain.redaction import Surface
from caseflow.domain.tellings import Against, Called, Told
from caseflow.services import disclosures, gatekeeping, houses
from caseflow.services.disclosures import Leaving
from caseflow.services.gatekeeping import CaseChange, changing
from caseflow.storage import agreements, client_requests
from caseflow.storage import disclosures as stored
from caseflow.storage.models.conferences import Telling
from caseflow.storage.models.disclosures import Disclosure, Office, StandingRecipient

RECORD, DANGER = Permission.TELLING_RECORD, Permission.DANGER_RECORD
OFFICE, KIND = "office:", "kind:"
OFFICES_AT_MOST: Final = 20
NOT_OFFERED: Final = Refused(N_("Choose whom you told."))
PURPOSE_OF: Final = {
    RecipientClass.LEGAL: Purpose.PROCEDURE,
    RecipientClass.CARE: Purpose.CARE,
    RecipientClass.EDUCATION: Purpose.SCHOOL,
    RecipientClass.FUND: Purpose.MONEY,
    RecipientClass.INTERNATIONAL: Purpose.RETURN,
    RecipientClass.NATIONAL_AUTHORITY: Purpose.PROCEDURE,
}


@dataclass(frozen=True)
class Offered:
    """What the form offers: whom, offices of the case first, and the fields that this colleague sees."""

    offices: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, Label], ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Recorded:
    """What was recorded, and against which rules it was told."""

    disclosure_id: str
    against: tuple[Against, ...]


@dataclass(frozen=True)
class _To:
    """A recipient, and which office of it."""

    recipient: Recipient
    office_id: str | None = None


def offered(actor: Actor, case_id: str, now: datetime) -> Offered:
    """Whom something may have been told, and what. Raises `NotKnown`."""
    house = houses.current()
    with house.stores.reading() as session:
        standing = gatekeeping.known(session, actor, RECORD, case_id, now)
        offices = tuple(
            (OFFICE + one.id, one.name) for one in _offices(session, actor.organisation, case_id)
        )
    kinds = tuple(
        (KIND + one.id, one.label)
        for one in house.firewall.recipients
        if one.tier in rules.TOLD_TIERS and one.kind in rules.FITS
    )
    return Offered(offices, kinds, _seen(standing, rules.OFFERED))


def offered_in_danger(actor: Actor, case_id: str, now: datetime) -> tuple[Field, ...]:
    """What may have been told in danger, as far as this colleague sees it. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        standing = gatekeeping.known(session, actor, DANGER, case_id, now)
    return _seen(standing, rules.OFFERED_IN_DANGER)


def at_noon(on: date | None, now: datetime) -> datetime:
    """The moment that counts where only a day was said: now for today or no day, else noon of that day."""
    if on is None or on == now.astimezone(AMSTERDAM).date():
        return now
    return datetime.combine(on, time(12), AMSTERDAM)


def record(
    actor: Actor, case_id: str, to: str, fields: Collection[Field], on: date | None, now: datetime
) -> Recorded | Refused:
    """Records that somebody was told something; where it was against a rule, the privacy officer learns of it.

    Never refused because of a restriction or a lacking agreement: what was told was told. Raises `NotKnown`.
    """
    chosen = _chosen(actor, to)
    if isinstance(chosen, Refused):
        return chosen
    told = Told(frozenset(fields), at_noon(on, now))
    details = {"recipient": chosen.recipient.id}
    with changing(actor, RECORD, case_id, "telling_recorded", now, details=details) as change:
        allowed = rules.may_record(
            chosen.recipient, told, _seen(change.standing, rules.OFFERED), now
        )
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        found = _against(change, chosen, told)
        made = disclosures.issue_within(
            change.work,
            case_id,
            Leaving(
                kind=rules.TOLD_KIND,
                recipient=chosen.recipient.id,
                purpose=PURPOSE_OF.get(chosen.recipient.kind, Purpose.SHELTER),
                values=dict.fromkeys(told.fields, ""),
                medium=Medium.TOLD,
                on=told.at.astimezone(AMSTERDAM).date(),
                tier=Tier.TOLD,
                office_id=chosen.office_id,
            ),
        )
        if isinstance(made, Refused):
            return change.refuse(made)
        _keep(change, made, told, found)
    return Recorded(made, found)


def record_danger(
    actor: Actor,
    case_id: str,
    called: Called,
    fields: Collection[Field],
    at: datetime,
    now: datetime,
    *,
    about_id: str | None = None,
) -> Recorded | Refused:
    """Records what was told because life was in danger; the privacy officer sees it on the next working day.

    `about_id` is the incident or the opening of a card that proposed it. Raises `NotKnown`.
    """
    told = Told(frozenset(fields), at)
    details = {"called": called.value}
    with changing(
        actor, DANGER, case_id, "danger_recorded", now, details=details, emergency=True
    ) as change:
        allowed = rules.may_record_danger(
            told, _seen(change.standing, rules.OFFERED_IN_DANGER), now
        )
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        found = rules.against_in_danger(told, now)
        made = disclosures.issue_within(
            change.work,
            case_id,
            Leaving(
                kind=rules.VITAL_KIND,
                recipient=rules.VITAL_RECIPIENT,
                purpose=Purpose.DANGER,
                values=dict.fromkeys(told.fields, ""),
                medium=Medium.TOLD,
                on=told.at.astimezone(AMSTERDAM).date(),
                about_id=about_id,
            ),
        )
        if isinstance(made, Refused):
            return change.refuse(made)
        _keep(change, made, told, found, called, about_id)
    return Recorded(made, found)


def _keep(
    change: CaseChange,
    disclosure_id: str,
    told: Told,
    found: tuple[Against, ...],
    called: Called | None = None,
    about_id: str | None = None,
) -> None:
    change.work.casework.add(
        Telling(
            disclosure_id=disclosure_id,
            organisation=change.dossier.case.organisation,
            told_at=told.at,
            called=called.value if called else None,
            against=rules.codes(found) or None,
            about_id=about_id,
            **change.recorded,
        )
    )


def _against(change: CaseChange, to: _To, told: Told) -> tuple[Against, ...]:
    session, case_id = change.work.casework, change.dossier.case.id
    on = told.at.astimezone(AMSTERDAM).date()
    agreed = None
    if to.office_id is not None:
        agreed = stored.standing(session, case_id, to.office_id, on)
    has_agreed = (agreed is not None and agreed.withdrawn_on is None) or agreements.standing(
        session, case_id, What.recipients(to.recipient.kind), on
    )
    return rules.against(
        to.recipient,
        told,
        is_restricted=client_requests.restricted(session, case_id, on),
        has_agreed=has_agreed,
    )


def _seen(standing: Standing, fields: Iterable[Field]) -> tuple[Field, ...]:
    some = tuple(fields)
    shown = visible(some, standing.vision(Surface.OPENED))
    return tuple(one for one in some if one in shown)


def _offices(session: Session, organisation: str, case_id: str) -> list[Office]:
    """Offices that this case knows: standing recipients, and where something went before; closed ones left out."""
    ids = set(
        session.scalars(
            select(StandingRecipient.office_id).where(
                StandingRecipient.case_id == case_id, StandingRecipient.withdrawn_on.is_(None)
            )
        )
    )
    ids |= set(
        session.scalars(
            select(Disclosure.office_id)
            .where(Disclosure.case_id == case_id, Disclosure.office_id.is_not(None))
            .order_by(Disclosure.asked_at.desc())
            .limit(OFFICES_AT_MOST)
        )
    )
    rows = session.scalars(
        select(Office)
        .where(Office.id.in_(ids), Office.organisation == organisation, Office.closed_on.is_(None))
        .order_by(Office.name, Office.id)
        .limit(OFFICES_AT_MOST)
    )
    return [one for one in rows if RecipientClass(one.recipient_class) in rules.FITS]


def _chosen(actor: Actor, to: str) -> _To | Refused:
    """The recipient behind a choice of the form; an office of the own organisation's registry alone."""
    if to.startswith(OFFICE):
        with houses.current().stores.reading() as session:
            office = session.get(Office, to.removeprefix(OFFICE))
            if office is None or office.organisation != actor.organisation:
                return NOT_OFFERED
            recipient = disclosures.recipient_of(office.recipient)
            return NOT_OFFERED if recipient is None else _To(recipient, office.id)
    recipient = disclosures.recipient_of(to.removeprefix(KIND))
    return NOT_OFFERED if recipient is None else _To(recipient)
