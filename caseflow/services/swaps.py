"""Two people exchange their beds in one change: both stays end and begin on the same day, or neither does (rule B7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import swaps
from caseflow.domain.access import Permission, may
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedFacts
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.local_days import local
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import Stay, StayEnd, StayStatus
from caseflow.services import actors, gatekeeping, houses, kept_apart
from caseflow.services.gatekeeping import CaseChange, NotKnown
from caseflow.services.placements import bed_for, may_backdate_further, may_sleep, new_stay
from caseflow.services.stays import (
    OpenedStay,
    case_of,
    changing_stay,
    guarded,
    open_stay,
    touch,
    unchanged,
)
from caseflow.services.vacancies import Occupant, occupants, tell_listed
from caseflow.storage import availability, dossiers
from caseflow.storage.models.cases import Case
from caseflow.storage.models.shelter import Placement, Site

SWAP = Permission.PLACEMENT_MOVE


@dataclass(frozen=True)
class Sleeper:
    """Somebody with whom a bed could be swapped."""

    placement_id: str
    bed: BedFacts
    who: Occupant


@dataclass(frozen=True)
class Partners:
    """Those at one site with whom a bed could be swapped, and every site there is to choose from."""

    sites: tuple[tuple[str, str], ...]
    site_id: str
    sleepers: tuple[Sleeper, ...]


def partners(actor: Actor, placement_id: str, site_id: str | None, now: datetime) -> Partners:
    """Who sleeps tonight at one site of the own organisation and may be moved by this colleague, by bed.

    Without a site it is that of the stay itself. Raises `NotKnown` for a site that is not the organisation's.
    """
    today = local(now).date()
    with houses.current().stores.reading() as session:
        stay = availability.stay_of(session.get_one(Placement, placement_id))
        tonight = Nights(today, next_night(today))
        every = _usable_sites(session, actor, stay.client_code, now, today)
        [here] = availability.beds(session, tonight, now, today, bed_ids=[stay.bed_id])
        first = here.bed.site_id if here.bed.site_id in every else next(iter(every), "")
        chosen = site_id or first
        if chosen and chosen not in every:
            raise NotKnown()
        found = availability.beds(session, tonight, now, today, site_ids=[chosen])
        begun = [
            (one.bed, other)
            for one in found
            for other in one.stays
            if other.status is StayStatus.BEGUN and other.client_code != stay.client_code
        ]
        cases = {other.case_id for _, other in begun}
        standing = gatekeeping.standings(session, actor, cases, now)
        moved = [case_id for case_id, how in standing.items() if may(SWAP, how)]
        seen = occupants(session, actor, moved, now)
    sleepers = tuple(
        Sleeper(other.id, bed, seen[other.case_id]) for bed, other in begun if other.case_id in seen
    )
    tell_listed(actor, now, [one.who for one in sleepers], {chosen})
    return Partners(tuple(every.items()), chosen, sleepers)


def _usable_sites(
    session: Session, actor: Actor, client_code: str, now: datetime, today: date
) -> dict[str, str]:
    """Sites of the own organisation by name, but those that this person cannot use for safety: on no page of theirs."""
    apart = kept_apart.unusable_sites(session, client_code, Nights(today), now, today)
    rows = session.execute(
        select(Site.id, Site.name)
        .where(Site.organisation == actor.organisation, Site.id.not_in(apart))
        .order_by(Site.name, Site.id)
    )
    return {one.id: one.name for one in rows}


def other_side(actor: Actor, one: OpenedStay, other_id: str, now: datetime) -> OpenedStay:
    """The other stay for somebody who may move both, the look recorded. Raises `NotKnown`.

    A site that the first cannot use for safety stands on no page of theirs, and so neither does who sleeps there.
    """
    other = open_stay(actor, SWAP, other_id, now)
    today, code = local(now).date(), one.stay.client_code
    with houses.current().stores.reading() as session:
        apart = kept_apart.unusable_sites(session, code, Nights(today), now, today)
    if other.bed.site_id in apart and code != other.stay.client_code:
        raise NotKnown()
    return other


def swap(
    actor: Actor,
    placement_id: str,
    other_id: str,
    on: date,
    now: datetime,
    *,
    versions: tuple[int | None, int | None] = (None, None),
) -> Refused | None:
    """Gives two people each other's bed from a night on; planned departures go along with their person.

    Raises `NotKnown` where this colleague may not move both.
    """
    with houses.current().stores.reading() as session:
        case_id = case_of(other_id)
        gatekeeping.known(session, actor, SWAP, case_id, now)
        code = session.scalars(select(Case.client_code).where(Case.id == case_id)).one()
    with changing_stay(
        actor,
        SWAP,
        placement_id,
        "beds_swapped",
        now,
        {"with": other_id, "night": on},
        also=[code],
    ) as (change, row):
        sides = (_Side.of(change, row), _Side.of(_other_change(change, actor, other_id), other_id))
        allowed = _may_swap(sides, actor, on, versions)
        if not allowed:
            return change.refuse(allowed)
        return _exchanged(sides, actor, on)


@dataclass(frozen=True)
class _Side:
    """One of the two: the change as it looks from their case, and the stay that ends."""

    change: CaseChange
    row: Placement
    stay: Stay

    @classmethod
    def of(cls, change: CaseChange, row: Placement | str) -> _Side:
        if isinstance(row, str):
            row = change.work.casework.get_one(Placement, row)
        return cls(change, row, availability.stay_of(row))


def _other_change(change: CaseChange, actor: Actor, other_id: str) -> CaseChange:
    """The same change, seen from the case of the other; asked again, since relations may have ended meanwhile."""
    session, now = change.work.casework, change.work.at
    row = session.get(Placement, other_id)
    present = actors.present(session, actor)
    standing = gatekeeping.standings(session, present, [row.case_id] if row else [], now)
    if row is None or row.case_id not in standing or not may(SWAP, standing[row.case_id]):
        raise NotKnown()
    dossier = dossiers.of_cases(session, [row.case_id])[row.case_id]
    return replace(change, dossier=dossier, standing=standing[row.case_id])


def _may_swap(
    sides: tuple[_Side, _Side],
    actor: Actor,
    on: date,
    versions: tuple[int | None, int | None],
) -> Decision:
    one, other = sides
    change = one.change
    further = all(may_backdate_further(side.change) for side in sides)
    allowed = unchanged(one.stay, versions[0]) and unchanged(other.stay, versions[1])
    allowed = allowed and swaps.may_swap(one.stay, other.stay, on, change.today, further=further)
    if not allowed:
        return allowed
    session, today = change.work.casework, change.today
    ours = availability.beds(
        session,
        Nights(on),
        change.work.at,
        today,
        organisation=actor.organisation,
        bed_ids=[one.stay.bed_id, other.stay.bed_id],
    )
    return allowed if len(ours) == len(sides) else swaps.NOT_OURS


def _exchanged(sides: tuple[_Side, _Side], actor: Actor, on: date) -> Refused | None:
    """Both end first, so that each bed is free for the other; what forbids one side undoes both."""
    for side in sides:
        side.row.status, side.row.departure_on = StayStatus.ENDED.value, on
        side.row.end_reason = StayEnd.MOVED.value
        touch(side.change, side.row)
    refused = guarded(sides[0].change)
    for side, left in (sides, sides[::-1]):
        if refused is not None:
            return refused
        refused = _lies_down(side, left.stay, actor, on)
    return refused


def _lies_down(side: _Side, left: Stay, actor: Actor, on: date) -> Refused | None:
    """One of the two begins on the bed that the other has just left; no night is lost to cleaning in between."""
    change, planned = side.change, side.stay.planned_departure_on
    wanted = Nights(on, planned)
    bed = bed_for(change, actor, left.bed_id, wanted)
    allowed = may_sleep(change, bed, wanted, but=left.id)
    if not allowed:
        return change.refuse(allowed)
    change.work.casework.add(new_stay(change, left.bed_id, on, planned, begun=True))
    return guarded(change)
