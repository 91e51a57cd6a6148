"""The coded facts of a page of cases that episodes are made of, as they are known now or were known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, String, or_, select, type_coerce
from sqlalchemy.orm import Session

from caseflow.domain.episodes import FollowUp
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.local_days import AMSTERDAM, local
from caseflow.domain.nights import Nights
from caseflow.domain.stay_limits import Absence, AbsenceKind, StartEvent
from caseflow.storage.models import facts
from caseflow.storage.models.shelter import Absence as AbsenceRow
from caseflow.storage.models.shelter import Placement

SLEPT: Final = ("begun", "ended")
"""Placements in which somebody slept or sleeps; holds and bookings are plans."""
_SOLVED: Final = {
    FollowUpAnswer.STILL_HOLDS.value: True,
    FollowUpAnswer.NO_LONGER_HOLDS.value: False,
    FollowUpAnswer.UNKNOWN.value: None,
}
_HOUR: Final = len("2024-08-31T23")


class Left(NamedTuple):
    """How a case ended, and when that became known."""

    exited_on: date
    outcome: str
    basis: str | None
    permanent_stay_assured: bool | None
    recorded_on: date


@dataclass
class CaseRecord:
    """What is known of one case: the newest fact of a kind counts, and none that was recorded in error."""

    starts: dict[StartEvent, tuple[date, date]] = field(default_factory=dict)
    """Each of the dates that may start a term, with the day on which it became known."""
    guidance: tuple[date, date] | None = None
    left: Left | None = None
    follow_ups: list[FollowUp] = field(default_factory=list)
    sheltered_on: date | None = None
    absences: list[Absence] = field(default_factory=list)
    counts_earlier_nights: bool | None = None
    extended_until: date | None = None

    @property
    def entered(self) -> tuple[date, date] | None:
        """The day of admission, or of the guidance stage where a programme admits nobody, and when it became known."""
        return self.starts.get(StartEvent.ADMISSION, self.guidance)


class AsKnown:
    """Which rows were known, and not yet found mistaken, at the end of a day; None asks what is known now."""

    def __init__(self, known_on: date | None) -> None:
        self._end: datetime | None = None
        if known_on is not None:
            self._end = datetime.combine(known_on + timedelta(days=1), time(), tzinfo=AMSTERDAM)

    def facts(self, model: Any) -> Sequence[ColumnElement[bool]]:
        """Says which facts of a kind count."""
        if self._end is None:
            return (model.mistaken_at.is_(None),)
        not_yet = or_(model.mistaken_at.is_(None), model.mistaken_at >= self._end)
        return (model.recorded_at < self._end, not_yet)

    def rows(self, model: Any) -> Sequence[ColumnElement[bool]]:
        """Says which rows of another kind had been recorded."""
        return () if self._end is None else (model.recorded_at < self._end,)

    def told(self, ended_at: datetime | None) -> bool:
        """Says whether the end of something had been recorded; what has no such moment was known at once."""
        return self._end is None or ended_at is None or ended_at < self._end


def of_cases(
    session: Session, case_ids: Sequence[str], known: AsKnown, limited: Sequence[str], as_of: date
) -> Mapping[str, CaseRecord]:
    """The records of these cases; what the stay clock asks is read for those alone whose programme has a limit."""
    found: dict[str, CaseRecord] = defaultdict(CaseRecord)
    _read_starts(session, case_ids, known, found)
    _read_guidance(session, case_ids, known, found)
    _read_exits(session, case_ids, known, found)
    _read_follow_ups(session, case_ids, known, found)
    if limited:
        _read_clocks(session, limited, known, found, as_of)
    return found


Found = dict[str, CaseRecord]


def _read_starts(session: Session, ids: Sequence[str], known: AsKnown, found: Found) -> None:
    of = facts.StartDate
    rows = session.execute(
        select(of.case_id, of.kind, of.event_on, _moment(of.recorded_at))
        .where(of.case_id.in_(ids), *known.facts(of))
        .order_by(of.recorded_at)
    )
    for case_id, kind, event_on, moment in rows:
        found[case_id].starts[StartEvent(kind)] = (event_on, _local_day(moment[:_HOUR]))


def _read_guidance(session: Session, ids: Sequence[str], known: AsKnown, found: Found) -> None:
    of = facts.StageChange
    rows = session.execute(
        select(of.case_id, of.event_on, _moment(of.recorded_at))
        .where(of.case_id.in_(ids), of.stage == "guidance", *known.facts(of))
        .order_by(of.recorded_at)
    )
    for case_id, event_on, moment in rows:
        found[case_id].guidance = (event_on, _local_day(moment[:_HOUR]))


def _read_exits(session: Session, ids: Sequence[str], known: AsKnown, found: Found) -> None:
    of = facts.Exit
    rows = session.execute(
        select(
            of.case_id,
            of.exited_on,
            of.outcome,
            of.outcome_basis,
            of.permanent_stay_assured,
            _moment(of.recorded_at),
        )
        .where(of.case_id.in_(ids), *known.facts(of))
        .order_by(of.recorded_at)
    )
    for case_id, exited_on, outcome, basis, assured, moment in rows:
        found[case_id].left = Left(
            exited_on, outcome, basis, assured, _local_day(moment[:_HOUR])
        )  # fmt: skip


def _read_follow_ups(session: Session, ids: Sequence[str], known: AsKnown, found: Found) -> None:
    of = facts.FollowUp
    rows = session.execute(
        select(of.case_id, of.months, of.state, of.event_on, _moment(of.recorded_at))
        .where(of.case_id.in_(ids), *known.facts(of))
        .order_by(of.recorded_at)
    )
    for case_id, months, state, found_on, moment in rows:
        made = FollowUp(months, _SOLVED[state], _local_day(moment[:_HOUR]), found_on)
        found[case_id].follow_ups.append(made)


def _read_clocks(
    session: Session, ids: Sequence[str], known: AsKnown, found: Found, as_of: date
) -> None:
    slept = session.execute(
        select(Placement.case_id, Placement.arrival_on)
        .where(
            Placement.case_id.in_(ids),
            Placement.status.in_(SLEPT),
            or_(
                Placement.departure_on.is_(None), Placement.departure_on != Placement.arrival_on
            ),
            *known.rows(Placement),
        )
        .order_by(Placement.arrival_on.desc())
    )  # fmt: skip
    for case_id, arrival_on in slept:
        found[case_id].sheltered_on = arrival_on
    away = session.execute(
        select(
            AbsenceRow.case_id,
            AbsenceRow.kind,
            AbsenceRow.from_on,
            AbsenceRow.until_on,
            AbsenceRow.until_recorded_at,
        ).where(AbsenceRow.case_id.in_(ids), *known.rows(AbsenceRow))
    )
    for case_id, kind, from_on, until_on, ended_at in away:
        until = until_on if known.told(ended_at) else None
        found[case_id].absences.append(Absence(AbsenceKind(kind), Nights(from_on, until)))
    decided = facts.EarlierNightsDecision
    for case_id, counts in session.execute(
        select(decided.case_id, decided.counts)
        .where(decided.case_id.in_(ids), *known.facts(decided))
        .order_by(decided.recorded_at)
    ):
        found[case_id].counts_earlier_nights = counts
    agreed = facts.Extension
    for case_id, until_on in session.execute(
        select(agreed.case_id, agreed.until_on)
        .where(agreed.case_id.in_(ids), agreed.event_on <= as_of, *known.facts(agreed))
        .order_by(agreed.until_on)
    ):
        found[case_id].extended_until = until_on


def _moment(column: Any) -> ColumnElement[str]:
    """An instant as its text: parsing it for every row would take longer than reading it."""
    return type_coerce(column, String)


@lru_cache(maxsize=4_096)
def _local_day(hour: str) -> date:
    """The local day of an instant, by its hour in UTC: no local day begins within an hour."""
    return local(datetime.fromisoformat(f"{hour}:00:00+00:00")).date()
