"""Who waits for a place: entries, their history, and what is offered, for one case or a whole organisation at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, literal_column, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.placements import NOT_YET_BEGUN
from caseflow.domain.waiting import Entry, EntryState, WaitingStep, WantedPlace, apart
from caseflow.storage.dossiers import pages
from caseflow.storage.models.cases import Case
from caseflow.storage.models.placement_needs import PlacementNeed
from caseflow.storage.models.shelter import Bed, Placement, Room, Site
from caseflow.storage.models.waiting import WaitingEntry, WaitingEvent

_AS_WRITTEN: Final[ColumnElement[int]] = literal_column("waiting_events.rowid")
"""In which order steps were written that were recorded in the same instant."""


@dataclass(frozen=True)
class Waiting:
    """An entry that runs, and of which case and client."""

    entry_id: str
    case_id: str
    client_code: str
    programme: str
    recorded_at: datetime
    entry: Entry


@dataclass(frozen=True)
class Offered:
    """Nights that were offered and still stand: held for an answer, or booked after a yes."""

    placement_id: str
    case_id: str
    bed: str
    room: str
    site: str
    arrival_on: date
    planned_departure_on: date | None
    hold_ends_at: datetime | None
    """When the hold runs out; None once the offer was accepted."""

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.hold_ends_at is not None


def entry_of(row: WaitingEntry) -> Entry:
    """A stored entry as the domain knows it."""
    return Entry(
        WantedPlace(row.wanted),
        apart(row.grounds),
        row.entered_on,
        row.confirmed_on,
        EntryState(row.state),
    )


def running(session: Session, organisation: str) -> tuple[Waiting, ...]:
    """Everybody of an organisation who waits, in cases that are not over; who waits longest first."""
    rows = session.execute(
        select(WaitingEntry, Case.client_code, Case.programme)
        .join(Case, Case.id == WaitingEntry.case_id)
        .where(
            WaitingEntry.state == EntryState.WAITING.value,
            Case.organisation == organisation,
            Case.stage.not_in([stage.value for stage in ENDED_STAGES]),
        )
        .order_by(WaitingEntry.entered_on, WaitingEntry.id)
    )
    return tuple(
        Waiting(row.id, row.case_id, code, programme, row.recorded_at, entry_of(row))
        for row, code, programme in rows
    )


def running_of_case(session: Session, case_id: str) -> WaitingEntry | None:
    """The entry of a case that runs; None where nobody waits."""
    return session.scalar(
        select(WaitingEntry).where(
            WaitingEntry.case_id == case_id, WaitingEntry.state == EntryState.WAITING.value
        )
    )


def entries_of_case(session: Session, case_id: str) -> Sequence[WaitingEntry]:
    """Every entry of a case, the newest first."""
    return session.scalars(
        select(WaitingEntry)
        .where(WaitingEntry.case_id == case_id)
        .order_by(WaitingEntry.recorded_at.desc(), WaitingEntry.id)
    ).all()


def steps_of_case(session: Session, case_id: str) -> Sequence[WaitingEvent]:
    """Every step of every entry of a case, the newest first."""
    return session.scalars(
        select(WaitingEvent)
        .where(WaitingEvent.case_id == case_id)
        .order_by(WaitingEvent.recorded_at.desc(), _AS_WRITTEN.desc())
    ).all()


def offers(session: Session, case_ids: Collection[str], now: datetime) -> dict[str, Offered]:
    """What stands offered to whom, by case id; a hold that ran out is no offer any more, whatever a job did (B5)."""
    found: dict[str, Offered] = {}
    for some in pages(case_ids):
        rows = session.execute(
            select(Placement, Bed.name, Room.name, Site.name)
            .join(WaitingEvent, WaitingEvent.placement_id == Placement.id)
            .join(Bed, Bed.id == Placement.bed_id)
            .join(Room, Room.id == Bed.room_id)
            .join(Site, Site.id == Room.site_id)
            .where(
                WaitingEvent.kind == WaitingStep.OFFERED.value,
                WaitingEvent.case_id.in_(some),
                Placement.status.in_([one.value for one in NOT_YET_BEGUN]),
                or_(Placement.hold_ends_at.is_(None), Placement.hold_ends_at > now),
            )
        )
        for row, bed, room, site in rows:
            found[row.case_id] = Offered(
                row.id,
                row.case_id,
                bed,
                room,
                site,
                row.arrival_on,
                row.planned_departure_on,
                row.hold_ends_at,
            )
    return found


def turned_down(session: Session, case_ids: Collection[str]) -> dict[str, list[str]]:
    """The reasons for which offers to those who wait came to nothing, by id of the entry."""
    found: dict[str, list[str]] = {}
    for some in pages(case_ids):
        rows = session.execute(
            select(WaitingEvent.entry_id, WaitingEvent.reason).where(
                WaitingEvent.case_id.in_(some), WaitingEvent.kind == WaitingStep.REFUSED.value
            )
        )
        for entry_id, reason in rows:
            found.setdefault(entry_id, []).append(reason or "")
    return found


def needs(session: Session, client_codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What each of these people needs of a bed today, as codes; who needs nothing is missing."""
    found: dict[str, tuple[str, ...]] = {}
    for some in pages(client_codes):
        rows = session.execute(
            select(PlacementNeed.client_code, PlacementNeed.kind)
            .where(PlacementNeed.client_code.in_(some), PlacementNeed.until_on.is_(None))
            .order_by(PlacementNeed.from_on, PlacementNeed.kind)
        )
        for code, kind in rows:
            found[code] = (*found.get(code, ()), kind)
    return found


def said_on(session: Session, case_id: str, steps: Collection[WaitingStep], day: date) -> bool:
    """Whether one of these steps was recorded for a case on a day."""
    return (
        session.scalar(
            select(WaitingEvent.id).where(
                WaitingEvent.case_id == case_id,
                WaitingEvent.kind.in_([one.value for one in steps]),
                WaitingEvent.event_on == day,
            )
        )
        is not None
    )
