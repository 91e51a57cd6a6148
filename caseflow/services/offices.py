"""The registry of offices that can receive something: whose they are, of which kind, and whether they still exist.

An office of enforcement cannot be written down: refused here by its kind, and by the store whatever a service asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_guards import NEVER
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Recipient, RecipientClass, Tier
from caseflow.services import houses
from caseflow.services.disclosures import UNKNOWN, recipient_of
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import audit_log, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.disclosures import Office

A_PAGE: Final = 50
CHOICES_AT_MOST: Final = 200
"""How many offices a form offers; the list has a search for more."""
RECEIVES_AT_AN_OFFICE: Final = frozenset({Tier.STANDING, Tier.SECOND_PERSON, Tier.AUTHORITY})
THERE_ALREADY: Final = Refused(
    N_("An office of this kind and name is in the list already. Search for it.")
)


@dataclass(frozen=True)
class OfficeEntry:
    """What is written down of an office."""

    recipient: str
    name: str
    address: str | None = None
    telephone: str | None = None
    email: str | None = None
    standing: bool = False


@dataclass(frozen=True)
class OfficeView:
    """One office of the registry."""

    id: str
    recipient: str
    kind: Label | str
    name: str
    address: str | None
    telephone: str | None
    email: str | None
    standing: bool
    closed: bool
    version: int


@dataclass(frozen=True)
class OfficesView:
    """A page of the registry."""

    offices: tuple[OfficeView, ...]
    searched: str
    page: int
    pages: int
    may_record: bool


def kinds() -> tuple[Recipient, ...]:
    """The kinds of recipients that have offices: never the client, enforcement, or who only demands."""
    recipients = houses.current().firewall.recipients
    return tuple(
        one
        for one in recipients
        if one.tier in RECEIVES_AT_AN_OFFICE and one.kind is not RecipientClass.COOPERATION
    )


def listed(actor: Actor, searched: str, now: datetime, page: int = 1) -> OfficesView:
    """A page of the own organisation's registry, by name, the look recorded. Raises `NotKnown`."""
    _guard(actor, Permission.OFFICES_VIEW)
    house, page, looked = houses.current(), max(1, page), searched.strip()
    wanted: list[ColumnElement[bool]] = [Office.organisation == actor.organisation]
    if looked:
        like = f"%{looked.replace('%', '').replace('_', '')}%"
        wanted.append(or_(Office.name.ilike(like), Office.recipient.ilike(like)))
    with house.stores.reading() as session:
        count = session.scalar(select(func.count(Office.id)).where(*wanted)) or 0
        rows = session.scalars(
            select(Office)
            .where(*wanted)
            .order_by(Office.closed_on.is_not(None), Office.name, Office.id)
            .offset((page - 1) * A_PAGE)
            .limit(A_PAGE)
        ).all()
        found = tuple(view_of(one) for one in rows)
    audit_log.tell(
        house.stores,
        _act("offices_listed", actor, now, None, {"count": len(found), "page": page}),
        result="shown",
    )
    may_record = may_at_all(Permission.OFFICE_RECORD, actor.roles)
    return OfficesView(found, looked, page, max(1, -(-count // A_PAGE)), may_record)


def open_offices(session: Session, organisation: str, *, standing: bool = False) -> list[Office]:
    """The offices that a form offers, by name."""
    wanted = select(Office).where(Office.organisation == organisation, Office.closed_on.is_(None))
    if standing:
        wanted = wanted.where(Office.standing)
    return list(session.scalars(wanted.order_by(Office.name, Office.id).limit(CHOICES_AT_MOST)))


def one(actor: Actor, office_id: str) -> OfficeView:
    """One office of the own organisation. Raises `NotKnown`."""
    _guard(actor, Permission.OFFICES_VIEW)
    with houses.current().stores.reading() as session:
        return view_of(_own(session, actor, office_id))


def record(actor: Actor, entry: OfficeEntry, now: datetime) -> str | Refused:
    """Writes an office down; answers its id. Raises `NotKnown`."""
    _guard(actor, Permission.OFFICE_RECORD)
    house, office_id = houses.current(), new_id()
    to = recipient_of(entry.recipient)
    act = _act("office_recorded", actor, now, office_id, {"recipient": entry.recipient})
    if to is None:
        return UNKNOWN
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.OFFICE_RECORD)
        if to.tier is None or to.kind is RecipientClass.ENFORCEMENT:
            return work.refuse(NEVER)
        if to not in kinds():
            return work.refuse(UNKNOWN)
        if _is_there(work.casework, actor.organisation, entry, None):
            return work.refuse(THERE_ALREADY)
        work.casework.add(
            Office(
                id=office_id,
                organisation=actor.organisation,
                recipient=to.id,
                recipient_class=to.kind.value,
                name=entry.name,
                address=entry.address,
                telephone=entry.telephone,
                email=entry.email,
                standing=entry.standing and to.tier is Tier.STANDING,
                recorded_by=actor.user_id,
                recorded_at=now,
                change_id=work.id,
            )
        )
    return office_id


def amend(
    actor: Actor, office_id: str, entry: OfficeEntry, closed: bool, version: int, now: datetime
) -> Refused | None:
    """Changes address, telephone or name of an office, or closes it; its kind stays. Raises `NotKnown`."""
    _guard(actor, Permission.OFFICE_RECORD)
    house = houses.current()
    details = {"standing": entry.standing, "closed": closed}
    act = _act("office_changed", actor, now, office_id, details)
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.OFFICE_RECORD)
        row = _own(work.casework, actor, office_id)
        if row.version != version:
            return work.refuse(
                Refused(N_("A colleague was a moment earlier. Look again before you go on."))
            )
        if _is_there(work.casework, actor.organisation, entry, office_id):
            return work.refuse(THERE_ALREADY)
        row.name, row.address = entry.name, entry.address
        row.telephone, row.email = entry.telephone, entry.email
        to = recipient_of(row.recipient)
        row.standing = entry.standing and to is not None and to.tier is Tier.STANDING
        row.closed_on = (row.closed_on or local(now).date()) if closed else None
    return None


def view_of(row: Office) -> OfficeView:
    """An office as a page shows it."""
    to = recipient_of(row.recipient)
    return OfficeView(
        row.id,
        row.recipient,
        to.label if to is not None else row.recipient,
        row.name,
        row.address,
        row.telephone,
        row.email,
        row.standing,
        row.closed_on is not None,
        row.version,
    )


def _own(session: Session, actor: Actor, office_id: str) -> Office:
    row = session.get(Office, office_id)
    if row is None or row.organisation != actor.organisation:
        raise NotKnown()
    return row


def _is_there(
    session: Session, organisation: str, entry: OfficeEntry, except_id: str | None
) -> bool:
    same = select(Office.id).where(
        Office.organisation == organisation,
        Office.recipient == entry.recipient,
        func.lower(Office.name) == entry.name.lower(),
        Office.closed_on.is_(None),
    )
    if except_id is not None:
        same = same.where(Office.id != except_id)
    return session.scalar(same.limit(1)) is not None


def _guard(actor: Actor, permission: Permission) -> None:
    if not may_at_all(permission, actor.roles):
        raise NotKnown()


def _act(
    event: str, actor: Actor, now: datetime, office_id: str | None, details: Mapping[str, object]
) -> Act:
    permission = Permission.OFFICES_VIEW if event == "offices_listed" else Permission.OFFICE_RECORD
    return Act(
        event,
        actor,
        now,
        object_id=office_id,
        details=details,
        permission=permission.value,
        purpose="disclosure",
        sensitivity="casework",
    )


def that_can_stand(actor: Actor, organisation: str) -> tuple[tuple[str, str], ...]:
    """Ids and names of the offices that a client can agree to once. Raises `NotKnown`."""
    _guard(actor, Permission.OFFICES_VIEW)
    if organisation != actor.organisation:
        raise NotKnown()
    with houses.current().stores.reading() as session:
        rows = open_offices(session, organisation, standing=True)
        return tuple((one.id, one.name) for one in rows)
