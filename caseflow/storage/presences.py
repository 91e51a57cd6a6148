"""Rows of the round of the night, of one site and night at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, text
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from caseflow.domain.beds import BedFacts, BedKind
from caseflow.domain.night_ledgers import CodedRow, NightLine
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import Stay, StayStatus
from caseflow.domain.rounds import PresenceState, Said, Statement
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.storage import availability
from caseflow.storage.dossiers import pages
from caseflow.storage.models.presences import NightCount, NightLedger, Presence
from caseflow.storage.models.shelter import Absence, Site

_AS_SAID: Final = (Presence.recorded_at, text("presences.rowid"))
"""In the order in which they were said, also within one instant."""
SLEPT = frozenset({StayStatus.BEGUN, StayStatus.ENDED})


def of_night(session: Session, site_id: str, night: date) -> list[Presence]:
    """Every statement about one night of one site, in the order in which they were made."""
    return list(
        session.scalars(
            select(Presence)
            .where(Presence.site_id == site_id, Presence.night == night)
            .order_by(*_AS_SAID)
        )
    )


def of_case(session: Session, case_id: str) -> list[Presence]:
    """Every statement about one case that is still kept, the newest night first."""
    return list(
        session.scalars(
            select(Presence)
            .where(Presence.case_id == case_id)
            .order_by(
                Presence.night.desc(), Presence.recorded_at.desc(), text("presences.rowid DESC")
            )
        )
    )


def sleepers(
    session: Session, site_id: str, night: date, now: datetime, today: date
) -> tuple[tuple[BedFacts, Stay], ...]:
    """Who slept or sleeps at a site in one night, by the one query for beds, in the order of rooms and beds (B6)."""
    found = availability.beds(
        session, Nights(night, next_night(night)), now, today, site_ids=[site_id]
    )
    return tuple((one.bed, stay) for one in found for stay in one.stays if stay.status in SLEPT)


def absences_of(session: Session, case_ids: Collection[str]) -> dict[str, list[Absence]]:
    """Nights away of these cases, by case, the oldest first."""
    found: dict[str, list[Absence]] = {}
    for some in pages(case_ids):
        rows = select(Absence).where(Absence.case_id.in_(some)).order_by(Absence.from_on)
        for row in session.scalars(rows):
            found.setdefault(row.case_id, []).append(row)
    return found


def counts_of_night(session: Session, site_id: str, night: date) -> dict[BedKind, NightCount]:
    """The newest number of each kind of bed, where a night was counted without names."""
    rows = session.scalars(
        select(NightCount)
        .where(NightCount.site_id == site_id, NightCount.night == night)
        .order_by(NightCount.recorded_at, text("night_counts.rowid"))
    )
    return {BedKind(row.bed_kind): row for row in rows}


def is_frozen(session: Session, site_id: str, night: date) -> bool:
    """Whether a night is in the ledger."""
    found = select(NightLedger.id).where(NightLedger.site_id == site_id, NightLedger.night == night)
    return session.scalar(found.limit(1)) is not None


def had_a_round(session: Session, site_id: str) -> bool:
    """Whether anything was ever recorded of a night at this site."""
    return any(
        session.scalar(select(model.id).where(model.site_id == site_id).limit(1)) is not None
        for model in (Presence, NightCount, NightLedger)
    )


def to_freeze(session: Session, open_from: date, kept_from: date) -> list[tuple[str, date]]:
    """Sites and nights of which something was recorded, that are over and not in the ledger, the oldest first."""

    def _over(model: type[Presence] | type[NightCount], before: date) -> Iterator[tuple[str, date]]:
        frozen = exists().where(
            NightLedger.site_id == model.site_id, NightLedger.night == model.night
        )
        rows = session.execute(
            select(model.site_id, model.night).where(model.night < before, ~frozen).distinct()
        )
        return ((site_id, night) for site_id, night in rows)

    found = {*_over(Presence, max(open_from, kept_from)), *_over(NightCount, open_from)}
    return sorted(found, key=lambda one: (one[1], one[0]))


def to_delete(session: Session, kept_from: date) -> list[tuple[str, date]]:
    """Sites and nights of which presence by name is past its term, the oldest first."""
    rows = session.execute(
        select(Presence.site_id, Presence.night)
        .where(Presence.night < kept_from)
        .distinct()
        .order_by(Presence.night, Presence.site_id)
    )
    return [(site_id, night) for site_id, night in rows]


def delete_night(session: Session, site_id: str, night: date) -> int:
    """Deletes presence by name of one night of one site that is in the ledger; answers how many rows went."""
    frozen = exists().where(
        NightLedger.site_id == Presence.site_id,
        NightLedger.night == Presence.night,
        NightLedger.bed_kind == Presence.bed_kind,
    )
    gone = session.execute(
        delete(Presence).where(Presence.site_id == site_id, Presence.night == night, frozen)
    )
    return gone.rowcount if isinstance(gone, CursorResult) else 0


def statement(row: Presence) -> Statement:
    """A stored statement as the domain knows it."""
    kind = AbsenceKind(row.kind) if row.kind is not None else None
    return Statement(Said(PresenceState(row.state), kind), row.recorded_by, row.recorded_at)


def coded(row: Presence) -> CodedRow:
    """A statement as the ledger counts it."""
    return CodedRow(
        row.id,
        row.placement_id,
        PresenceState(row.state),
        row.kind,
        BedKind(row.bed_kind),
        row.recorded_at.isoformat(),
        row.recorded_by,
    )


def ledger_of(
    session: Session, site_id: str, first: date, last: date
) -> dict[date, dict[BedKind, NightLine]]:
    """The frozen nights of a site from one day to another, both included."""
    rows = session.scalars(
        select(NightLedger)
        .where(NightLedger.site_id == site_id, NightLedger.night.between(first, last))
        .order_by(NightLedger.night, NightLedger.bed_kind)
    )
    found: dict[date, dict[BedKind, NightLine]] = {}
    for row in rows:
        line = NightLine(row.there, row.announced, row.not_there, row.unrecorded, row.digest)
        found.setdefault(row.night, {})[BedKind(row.bed_kind)] = line
    return found


def rows_between(
    session: Session, site_id: str, first: date, last: date
) -> dict[date, list[CodedRow]]:
    """Statements of a site that are still kept, by night."""
    found: dict[date, list[CodedRow]] = {}
    for row in session.scalars(
        select(Presence)
        .where(Presence.site_id == site_id, Presence.night.between(first, last))
        .order_by(*_AS_SAID)
    ):
        found.setdefault(row.night, []).append(coded(row))
    return found


def sites_of(
    session: Session, night: date, own: Collection[str], organisation: str | None
) -> list[tuple[str, str, str]]:
    """Ids, names and organisations of sites that are open on a night: those named, and those of one house."""
    whose: list[ColumnElement[bool]] = [Site.id.in_(own)]
    if organisation is not None:
        whose.append(Site.organisation == organisation)
    rows = session.execute(
        select(Site.id, Site.name, Site.organisation)
        .where(
            or_(*whose),
            and_(
                Site.valid_from <= night, or_(Site.valid_until.is_(None), Site.valid_until >= night)
            ),
        )
        .order_by(Site.name, Site.id)
    )
    return [(site_id, name, house) for site_id, name, house in rows]
