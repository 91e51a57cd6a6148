"""People as `domain.bed_fits` weighs them: who a bed is for and who else sleeps in the room, as one reader knows them.

Of somebody whom the reader may not see, no more is known than that a bed is taken: such a guest is asked about, and
never a reason (rule B8).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caseflow.domain.actors import Actor
from caseflow.domain.bed_fits import Guest
from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.house_pairs import PairScope
from caseflow.domain.redaction import Compartment, Part, Surface, Vision
from caseflow.services import gatekeeping
from caseflow.storage import house_peace
from caseflow.storage.availability import BedNights
from caseflow.storage.models.cases import Client
from caseflow.storage.models.households import HouseholdMember
from caseflow.storage.models.placement_needs import PlacementNeed


def guest(session: Session, client_code: str, vision: Vision, today: date) -> Guest:
    """Somebody for whom a bed is sought; needs count where the reader sees them."""
    (found,) = everybody(session, [client_code], today).values()
    return as_seen(found, vision)


def companies(
    session: Session, actor: Actor, beds: Iterable[BedNights], now: datetime, today: date
) -> Mapping[str, tuple[Guest, ...]]:
    """By id of a bed: who sleeps on the other beds of its room on the nights that were asked about."""
    beds = tuple(beds)
    cases = {stay.case_id: stay.client_code for one in beds for stay in one.stays}
    known = shown(session, actor, cases, now, today)
    rooms: dict[str, list[tuple[str, str]]] = {}
    for one in beds:
        there = rooms.setdefault(one.bed.room_id, [])
        there.extend((one.bed.id, stay.case_id) for stay in one.stays)
    return {
        one.bed.id: tuple(
            known.get(case_id, Guest(cases[case_id], is_known=False))
            for bed_id, case_id in rooms[one.bed.room_id]
            if bed_id != one.bed.id
        )
        for one in beds
    }


def everybody(session: Session, client_codes: Collection[str], today: date) -> dict[str, Guest]:
    """These people with everything that counts for a bed, by code; for whoever may know it, or weighs for nobody."""
    rows = session.execute(select(Client.code, Client.gender).where(Client.code.in_(client_codes)))
    genders = {row[0]: row[1] for row in rows}
    homes = session.execute(
        select(HouseholdMember.client_code, HouseholdMember.household_id).where(
            HouseholdMember.client_code.in_(client_codes),
            HouseholdMember.until_on.is_(None),
            HouseholdMember.lives_apart.is_(False),
        )
    )
    households = {row[0]: row[1] for row in homes}
    needs: dict[str, set[PlacementNeedKind]] = {}
    for code, kind in session.execute(
        select(PlacementNeed.client_code, PlacementNeed.kind).where(
            PlacementNeed.client_code.in_(client_codes),
            PlacementNeed.from_on <= today,
            or_(PlacementNeed.until_on.is_(None), PlacementNeed.until_on > today),
        )
    ):
        needs.setdefault(code, set()).add(PlacementNeedKind(kind))
    no_room_with: dict[str, set[str]] = {}
    for one, other, scope in house_peace.pairs_of_many(session, client_codes, today):
        if scope == PairScope.ROOM.value:
            no_room_with.setdefault(one, set()).add(other)
            no_room_with.setdefault(other, set()).add(one)
    return {
        code: Guest(
            code,
            gender,
            frozenset(needs.get(code, ())),
            households.get(code),
            no_room_with=frozenset(no_room_with.get(code, ())),
        )
        for code, gender in genders.items()
    }


def as_seen(found: Guest, vision: Vision) -> Guest:
    """Somebody as a reader may know them: without needs where those are hidden."""
    sees_needs = vision.sees(Compartment.HEALTH, Part.PLACEMENT_NEEDS)
    return found if sees_needs else replace(found, needs=frozenset())


def shown(
    session: Session, actor: Actor, cases: Mapping[str, str], now: datetime, today: date
) -> dict[str, Guest]:
    """Those of these people whom the reader may see in a list of beds, by case id; `cases` has their codes."""
    visions = {
        case_id: vision
        for case_id, standing in gatekeeping.standings(session, actor, cases, now).items()
        if (vision := standing.vision(Surface.LIST)).sees(Compartment.CASEWORK, Part.CALL)
        and vision.sees_any(Compartment.SHELTER)
    }
    found = everybody(session, {cases[case_id] for case_id in visions}, today)
    return {case_id: as_seen(found[cases[case_id]], vision) for case_id, vision in visions.items()}
