"""What the pages of the waiting list receive: values already redacted for their reader, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from caseflow.domain.decisions import Decision
from caseflow.domain.redaction import Hidden
from caseflow.domain.waiting import (
    NO_OPEN_OFFER,
    NOT_WAITING,
    OFFERED_ALREADY,
    Entry,
    Ground,
    OfferRefusal,
    RefusedBy,
    Removal,
    WaitingStep,
    WantedPlace,
)
from caseflow.domain.waiting_points import Band, Points


class OfferFate(StrEnum):
    """What became of an offer that nobody recorded an answer to."""

    OPEN = "open"
    BOOKED = "booked"
    RAN_OUT = "ran_out"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class OfferView:
    """The nights that stand offered: held for an answer until a moment, or booked after a yes."""

    placement_id: str
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
    version: int = 0
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

    @property
    def may_change(self) -> Decision | None:
        """Why what is asked cannot be changed, confirmed or refused today; None where somebody waits."""
        return NOT_WAITING if self.entry is None else None

    @property
    def may_offer(self) -> Decision | None:
        """Why no bed can be offered, and nobody taken off the list; None where nothing stands offered."""
        if self.entry is None:
            return NOT_WAITING
        return OFFERED_ALREADY if self.offer is not None else None

    @property
    def may_answer(self) -> Decision | None:
        """Why no answer can be recorded; None where an offer waits for one."""
        return None if self.has_open_offer else NO_OPEN_OFFER
