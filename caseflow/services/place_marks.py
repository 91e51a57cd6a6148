"""Marks of beds and rooms, from a night on: what they are good for, as codes (rule B9)."""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import sites as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.sites import OF_A_BED, OF_A_ROOM, Mark
from caseflow.services import site_places
from caseflow.services.site_acts import changing_site, recorded
from caseflow.services.site_places import Spot
from caseflow.storage import bed_conditions
from caseflow.storage.models.sites import PlaceMark

BUNKS = frozenset({Mark.LOWER_BUNK, Mark.UPPER_BUNK})


def mark(
    actor: Actor, site_id: str, spot: str, kind: Mark, holds: bool, from_on: date, now: datetime
) -> Refused | None:
    """Says that a bed or a room has a mark from a night on, or has it no longer. Raises `NotKnown`."""
    with changing_site(
        actor,
        Permission.HOUSES_KEEP,
        site_id,
        "place_marked",
        now,
        {
            "place": Spot.read(spot, site_id).kind,
            "mark": kind.value,
            "holds": holds,
            "from": from_on,
        },
    ) as (work, _):
        place = site_places.place_of(work.casework, actor, site_id, spot)
        if place.room is None:
            return work.refuse(Refused(N_("Choose a room or a bed.")))
        if kind not in (OF_A_ROOM if place.bed is None else OF_A_BED):
            return work.refuse(
                Refused(
                    N_(
                        "Pets and a single room are marks of a room, bunks of a bed. Choose that one."
                    )
                )
            )
        allowed = rules.may_hold_from(from_on, place.opened, local(now).date())
        if not allowed:
            return work.refuse(allowed)
        marks = bed_conditions.marks_on(work.casework, [site_id], from_on)
        has = marks.get(place.bed_id or place.room_id or "", frozenset())
        if (kind in has) is holds:
            return work.refuse(
                Refused(N_("Nothing was changed. Choose what is different, or go back."))
            )
        if holds and kind in BUNKS and has & BUNKS:
            return work.refuse(
                Refused(N_("A bed is a lower or an upper bunk. Take the other mark away first."))
            )
        work.casework.add(
            PlaceMark(
                room_id=place.room_id,
                bed_id=place.bed_id,
                kind=kind.value,
                holds=holds,
                from_on=from_on,
                **recorded(work),
            )
        )
    return None
