"""Everyday letters, for the page of the case: to whom they go, so that a letter is two taps away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may
from caseflow.domain.actors import Actor
from caseflow.domain.disclosure_kinds import by_hand_for
from caseflow.domain.disclosures import Kind, State
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.recipients import Recipient, Tier
from caseflow.services import gatekeeping, houses, standing_recipients
from caseflow.services.disclosure_drafts import CLIENT
from caseflow.services.disclosures import recipient_of
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.offices import RECEIVES_AT_AN_OFFICE, open_offices
from caseflow.storage import client_requests
from caseflow.storage.models.cases import Case
from caseflow.storage.models.disclosures import Disclosure, DisclosureNotice, Office

ON_THE_PAGE: Final = 6
"""How many recipients stand on the page of a case; the rest are a tap further."""


@dataclass(frozen=True)
class Receiver:
    """Somebody to whom letters can go, and which ones."""

    office_id: str | None
    """None: the client."""
    name: str | Label
    kinds: tuple[Kind, ...]
    tier: Tier
    recipient: str
    """The kind of recipient, by its id in `config/disclosure.toml`."""


@dataclass(frozen=True)
class Everyday:
    """What the page of a case shows of what leaves."""

    receivers: tuple[Receiver, ...]
    waiting: int
    untold: int
    is_restricted: bool
    may_ask: bool


@dataclass(frozen=True)
class Choices:
    """To whom something can go: who receives everyday letters, and other offices of the registry."""

    everyday: tuple[Receiver, ...]
    others: tuple[Receiver, ...]


def on_the_page(actor: Actor, case_id: str, now: datetime) -> Everyday | None:
    """What the page of a case shows; None for who does not see what left. The look was recorded when it was opened."""
    with houses.current().stores.reading() as session:
        standing = gatekeeping.standings(session, actor, [case_id], now).get(case_id)
        if standing is None or not may(Permission.DISCLOSURES_VIEW, standing):
            return None
        may_ask = may(Permission.DISCLOSURE_ASK, standing)
        waiting = session.scalar(
            select(func.count(Disclosure.id)).where(
                Disclosure.case_id == case_id, Disclosure.state == State.ASKED.value
            )
        )
        untold = session.scalar(
            select(func.count(DisclosureNotice.id))
            .join(Disclosure, Disclosure.id == DisclosureNotice.disclosure_id)
            .where(Disclosure.case_id == case_id, DisclosureNotice.told_on.is_(None))
        )
        receivers = _everyday(session, case_id) if may_ask else ()
        is_restricted = client_requests.restricted(session, case_id, local(now).date())
    return Everyday(receivers[: ON_THE_PAGE + 1], waiting or 0, untold or 0, is_restricted, may_ask)


def choices(actor: Actor, case_id: str, now: datetime) -> Choices:
    """Everybody to whom something of this case can go. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, Permission.DISCLOSURE_ASK, case_id, now)
        organisation = session.get_one(Case, case_id).organisation
        everyday = _everyday(session, case_id)
        there = {one.office_id for one in everyday}
        others = tuple(
            found
            for one in open_offices(session, organisation)
            if one.id not in there and (found := _office(one)) is not None
            if found.tier is not Tier.STANDING
        )
    return Choices(everyday, others)


def receiver(actor: Actor, case_id: str, office_id: str | None, now: datetime) -> Receiver:
    """The client, or an office of the own organisation. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, Permission.DISCLOSURE_ASK, case_id, now)
        if office_id is None:
            found = _client()
        else:
            row = session.get(Office, office_id)
            organisation = session.get_one(Case, case_id).organisation
            if row is None or row.organisation != organisation:
                raise NotKnown()
            found = _office(row)
        if found is None:
            raise NotKnown()
        return found


def _everyday(session: Session, case_id: str) -> tuple[Receiver, ...]:
    """The client first, then offices that the client agreed to."""
    found = [_client()]
    for one in standing_recipients.of_case(session, case_id):
        office = session.get(Office, one.office_id)
        if one.ended_on is None and office is not None and office.closed_on is None:
            found.append(_office(office))
    return tuple(one for one in found if one is not None)


def _client() -> Receiver | None:
    to = recipient_of(CLIENT)
    return _to(to, None, to.label) if to is not None else None


def _office(row: Office) -> Receiver | None:
    to = recipient_of(row.recipient)
    if to is None or to.tier not in RECEIVES_AT_AN_OFFICE:
        return None
    return _to(to, row.id, row.name)


def _to(to: Recipient, office_id: str | None, name: str | Label) -> Receiver | None:
    return (
        Receiver(office_id, name, by_hand_for(to), to.tier, to.id) if to.tier is not None else None
    )
