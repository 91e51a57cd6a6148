"""Somebody's stay on a bed: opened and changed through the gate of the case it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.exc import IntegrityError

from caseflow.domain.access import Permission, Relation, may
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Stay, StayStatus
from caseflow.services import gatekeeping, houses
from caseflow.services.case_views import CaseView
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage import availability
from caseflow.storage.models.shelter import Placement, Site
from caseflow.storage.triggers import BED_TAKEN, PERSON_PLACED

OVER: Final = frozenset({StayStatus.ENDED, StayStatus.CANCELLED, StayStatus.MISTAKEN})
CHANGED_MEANWHILE = N_("A colleague changed this stay meanwhile. Look again before you go on.")


@dataclass(frozen=True)
class OpenedStay:
    """A stay, its bed and its case, for somebody who may change it."""

    case: CaseView
    stay: Stay
    bed: BedFacts


def open_stay(actor: Actor, permission: Permission, placement_id: str, now: datetime) -> OpenedStay:
    """A stay for somebody who may do this to it, the look at its case recorded. Raises `NotKnown`."""
    return open_for_any(actor, (permission,), placement_id, now)


def open_for_any(
    actor: Actor, permissions: Collection[Permission], placement_id: str, now: datetime
) -> OpenedStay:
    """A stay for somebody who may do one of these acts to it, the look at its case recorded. Raises `NotKnown`."""
    case = gatekeeping.open_case(actor, case_of(placement_id), now)
    if not case.may & set(permissions):
        raise NotKnown()
    with houses.current().stores.reading() as session:
        stay = availability.stay_of(session.get_one(Placement, placement_id))
        today = local(now).date()
        (found,) = availability.beds(session, Nights(today), now, today, bed_ids=[stay.bed_id])
        return OpenedStay(case, stay, found.bed)


@contextmanager
def changing_stay(
    actor: Actor,
    permission: Permission,
    placement_id: str,
    event: str,
    now: datetime,
    details: Mapping[str, Any],
    *,
    also: Collection[str] = (),
) -> Iterator[tuple[CaseChange, Placement]]:
    """A change to one stay, through the gate of the case it belongs to; `also` are codes of others it is about."""
    case_id = case_of(placement_id)
    with changing(
        actor, permission, case_id, event, now, details=details, object_id=placement_id, also=also
    ) as change:
        row = change.work.casework.get(Placement, placement_id)
        if row is None:
            raise NotKnown()
        yield change, row


def ended_by_a_colleague(actor: Actor, placement_id: str, now: datetime) -> bool:
    """Whether a stay is no longer there for a coordinator because a colleague ended it or took it back today.

    With the last night of somebody who left the programme, their case is no longer there for whoever gives beds; the
    board still showed the stay a moment ago. For anybody to whom it was not there either, this is False: restricted
    clients, other sites, other organisations.
    """
    today = local(now).date()
    with houses.current().stores.reading() as session:
        row = session.get(Placement, placement_id)
        if row is None or StayStatus(row.status) not in OVER:
            return False
        if local(row.changed_at).date() != today:
            return False
        [found] = availability.beds(session, Nights(today), now, today, bed_ids=[row.bed_id])
        site = session.get_one(Site, found.bed.site_id)
        if site.organisation != actor.organisation:
            return False
        standing = gatekeeping.standings(session, actor, [row.case_id], now)[row.case_id]
        before = replace(standing, relations=standing.relations | {Relation.PLACES})
        return may(Permission.PLACEMENT_END, before)


def case_of(placement_id: str) -> str:
    """The case that a stay belongs to, for the gate to ask about; an unknown stay answers with its own id.

    So the gate refuses an unknown stay exactly as one that is not the reader's, and records both.
    """
    with houses.current().stores.reading() as session:
        row = session.get(Placement, placement_id)
        return row.case_id if row is not None else placement_id


def touch(change: CaseChange, row: Placement) -> None:
    """Marks a stay as changed now, by this change."""
    row.changed_at, row.change_id = change.work.at, change.work.id


def unchanged(stay: Stay, version: int | None) -> Decision:
    """Whether the stay is still as it was on the page that was looked at; no version asks nothing."""
    if version is not None and stay.version != version:
        return Refused(CHANGED_MEANWHILE)
    return Allowed()


def guarded(change: CaseChange) -> Refused | None:
    """Writes what was asked; what a trigger of the store refuses comes back as a sentence."""
    try:
        change.work.casework.flush()
    except IntegrityError as cause:
        told = str(cause.orig)
        if BED_TAKEN in told:
            return change.refuse(
                Refused(N_("The bed has just been taken by somebody else. Choose another bed."))
            )
        if PERSON_PLACED in told:
            return change.refuse(
                Refused(N_("This person has just been given a bed. Look at the case again."))
            )
        raise
    return None
