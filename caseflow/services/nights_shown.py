"""Which of somebody's nights on a bed one reader sees, and how much of each.

What is seen of shelter depends on where the bed stands and when: the roles of a site count for beds of that site
alone, and the night's role for those of tonight. So each stay is redacted by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain.access import Standing
from caseflow.domain.actors import Actor, Role
from caseflow.domain.placements import NOT_YET_BEGUN, StayStatus, ended_because
from caseflow.domain.redaction import (
    HIDDEN,
    Compartment,
    Hidden,
    Part,
    Reader,
    Surface,
    Vision,
    vision,
)
from caseflow.services.case_views import PlacementView
from caseflow.storage import dossiers
from caseflow.storage.dossiers import Dossier, Spot
from caseflow.storage.models.shelter import Placement

C, P = Compartment, Part
OF_A_SITE: Final = frozenset({Reader.RESIDENTIAL_WORKER, Reader.NIGHT_WORKER})
"""Readers whose role counts at their own sites."""
CURRENT: Final = frozenset({StayStatus.BEGUN, StayStatus.BOOKED})


@dataclass(frozen=True)
class NightsShown:
    """The stays of one case that one reader sees, the newest first, each with what is seen of it."""

    stays: tuple[tuple[Placement, Vision], ...]
    spots: Mapping[str, Spot]
    has_shelter: bool
    """Whether this reader sees anything of shelter at all."""
    everywhere: bool
    """Whether they see it at every site, and not at their own alone."""

    @property
    def in_full(self) -> tuple[Placement, ...]:
        """Stays of which this reader sees everything: arrivals and departures too."""
        return tuple(stay for stay, sees in self.stays if sees.sees(C.SHELTER))

    @property
    def tells_absence(self) -> bool:
        """Whether nights away are told to this reader: at a site, of those who sleep there."""
        sleeps = any(StayStatus(stay.status) is StayStatus.BEGUN for stay in self.in_full)
        return self.everywhere or sleeps

    def views(self) -> tuple[PlacementView, ...] | Hidden:
        """What the page of the case shows of them; `HIDDEN` for a reader without shelter."""
        if not self.has_shelter:
            return HIDDEN
        return tuple(_view(stay, sees, self.spots[stay.bed_id]) for stay, sees in self.stays)


def of(
    session: Session, dossier: Dossier, actor: Actor, standing: Standing, today: date
) -> NightsShown:
    """The stays of this case as this reader sees them (sources: the firewall's row of shelter, rules B5 and B12)."""
    spots = dossiers.spots(session, {one.bed_id for one in dossier.placements})
    seen = []
    for stay in reversed(dossier.placements):
        sees = vision(_readers(actor, standing, spots[stay.bed_id], stay, today), Surface.OPENED)
        if _is_shown(sees, stay, today):
            seen.append((stay, sees))
    return NightsShown(
        tuple(seen),
        spots,
        standing.vision(Surface.OPENED).sees_any(C.SHELTER),
        vision(standing.readers - OF_A_SITE, Surface.OPENED).sees(C.SHELTER),
    )


def _readers(
    actor: Actor, standing: Standing, spot: Spot, stay: Placement, today: date
) -> Collection[Reader]:
    """As whom somebody reads this one stay."""
    readers = set(standing.readers)
    if spot.site_id not in actor.sites_as(Role.RESIDENTIAL_WORKER):
        readers.discard(Reader.RESIDENTIAL_WORKER)
    watches = spot.site_id in actor.sites_as(Role.NIGHT_WORKER)
    if not (watches and is_of_tonight(stay, today)):
        readers.discard(Reader.NIGHT_WORKER)
    return readers


def is_of_tonight(stay: Placement, today: date) -> bool:
    """Whether somebody sleeps there tonight, or is awaited today."""
    status = StayStatus(stay.status)
    return status is StayStatus.BEGUN or (status in NOT_YET_BEGUN and stay.arrival_on == today)


def _is_shown(sees: Vision, stay: Placement, today: date) -> bool:
    if sees.sees(C.SHELTER) or sees.sees(C.SHELTER, P.BEDS_TONIGHT):
        return True
    if sees.sees(C.SHELTER, P.BED):
        return StayStatus(stay.status) in CURRENT
    return sees.sees(C.SHELTER, P.SITE_NAME) and is_of_tonight(stay, today)


def _view(stay: Placement, sees: Vision, spot: Spot) -> PlacementView:
    """A site name alone tells where somebody is, not since when nor on which bed."""
    dates = sees.sees(C.SHELTER)
    bed = dates or sees.sees(C.SHELTER, P.BED) or sees.sees(C.SHELTER, P.BEDS_TONIGHT)
    return PlacementView(
        stay.id,
        spot.site,
        spot.room if bed else HIDDEN,
        spot.bed if bed else HIDDEN,
        stay.status if bed else HIDDEN,
        stay.arrival_on if dates else HIDDEN,
        stay.planned_departure_on if dates else HIDDEN,
        stay.departure_on if dates else HIDDEN,
        stay.hold_ends_at if dates else HIDDEN,
        ended_because(stay.end_reason) if dates else HIDDEN,
    )
