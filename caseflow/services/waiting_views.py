"""What the pages of the waiting list receive: values already redacted for their reader, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.programmes import Programme
from caseflow.domain.redaction import Hidden
from caseflow.domain.waiting import (
    Entry,
    Ground,
    OfferRefusal,
    RefusedBy,
    Removal,
    WaitingStep,
    WantedPlace,
)
from caseflow.domain.waiting_points import Band, Points
from caseflow.services.vacancies import Occupant


class OfferFate(StrEnum):
    """What became of an offer that nobody recorded an answer to."""

    OPEN = "open"
    BOOKED = "booked"
    RAN_OUT = "ran_out"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class OfferView:
    """The nights that stand offered: held for an answer until a moment, or booked after a yes."""

    site: str
    room: str
    bed: str
    arrival_on: date
    planned_departure_on: date | None
    answer_by: datetime | None
    """None once the person said yes."""


@dataclass(frozen=True)
class StepView:
    """One step of the history: when it happened, when it was recorded, and what it says."""

    kind: WaitingStep
    on: date
    recorded_on: date
    by: str | None
    wanted: WantedPlace | None = None
    grounds: tuple[Ground, ...] = ()
    removal: Removal | None = None
    refusal: OfferRefusal | None = None
    refused_by: RefusedBy | None = None
    fate: OfferFate | None = None
    """Of an offer without an answer."""


@dataclass(frozen=True)
class EarlierEntry:
    """A place that was asked before, and how that ended."""

    wanted: WantedPlace
    grounds: tuple[Ground, ...]
    entered_on: date
    confirmed_on: date
    ended_on: date
    removal: Removal | None
    """None where a place was found here."""


@dataclass(frozen=True)
class WaitingView:
    """What is asked for one person, as far as this reader may know it."""

    entry: Entry | None
    """The entry that runs."""
    grounds: tuple[Ground, ...] = ()
    days: int = 0
    points: Points | Hidden | None = None
    band: Band | None = None
    offer: OfferView | None = None
    ask_again_on: date | None = None
    is_to_be_confirmed: bool = False
    turned_down: int = 0
    """How often the person said no to an offer."""
    look_again: bool = False
    steps: tuple[StepView, ...] = ()
    earlier: tuple[EarlierEntry, ...] = ()

    @property
    def has_open_offer(self) -> bool:
        """Whether an offer waits for an answer."""
        return self.offer is not None and self.offer.answer_by is not None


@dataclass(frozen=True)
class WaitingRow:
    """Somebody on the waiting list, for who places them."""

    who: Occupant
    programme: Programme
    entry: Entry
    grounds: tuple[Ground, ...]
    days: int
    points: Points
    needs: tuple[PlacementNeedKind, ...]
    offer: OfferView | None
    is_to_be_confirmed: bool
    look_again: bool
    place: int
    """Where they stand among those whom this reader may see, from 1 on."""


@dataclass(frozen=True)
class WaitingList:
    """A page of the list, those with most points first."""

    rows: tuple[WaitingRow, ...]
    count: int
    by_kind: Mapping[WantedPlace, int]
    open_offers: int
    to_be_confirmed: int
    wanted: WantedPlace | None
    page: int
    pages: int
