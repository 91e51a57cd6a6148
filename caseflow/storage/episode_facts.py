"""The coded facts that episodes are made of, one row for each case, as they are known now or were known on a day."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, case, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from caseflow.domain.episodes import FollowUp
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.local_days import AMSTERDAM, local
from caseflow.domain.nights import Nights
from caseflow.domain.stay_limits import Absence, AbsenceKind, StartEvent
from caseflow.storage.models import facts
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Absence as AbsenceRow
from caseflow.storage.models.shelter import Placement

PAGE: Final = 1_000
"""Rows in memory at a time."""
SLEPT: Final = ("begun", "ended")
"""Placements in which somebody slept or sleeps; holds and bookings are plans."""
_SOLVED: Final = {
    FollowUpAnswer.STILL_HOLDS.value: True,
    FollowUpAnswer.NO_LONGER_HOLDS.value: False,
    FollowUpAnswer.UNKNOWN.value: None,
}
_NOTHING: Final = "[]"
"""What the store answers where there is no row."""
_HOUR: Final = len("2024-08-31T23")


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

    def told(self, ended_at: str | None) -> bool:
        """Says whether the end of something had been recorded; what has no such moment was known at once."""
        return self._end is None or ended_at is None or datetime.fromisoformat(ended_at) < self._end


def of_cases(
    session: Session, programmes: Collection[str], known: AsKnown, *, clocks: bool
) -> Iterator[Sequence[Any]]:
    """One row for each case of these programmes, in pages; the cases of one client together, the oldest first.

    Of each kind of fact the newest counts, and none that was recorded in error. With `clocks` a row also has what the
    stay clock asks. One query, however many cases there are: asking page after page takes five times as long. Of what
    a case can have several, `follow_ups`, `extensions` and `absences` read the list; a row holds for every cut-off.
    """
    asked = _entry_and_exit(known)
    if clocks:
        asked = asked.add_columns(*_clock(known))
    asked = asked.where(Case.programme.in_(programmes)).order_by(Case.client_code, Case.opened_at)
    # by the connection: loading rows as the session does it costs more than reading them
    yield from (
        session.connection().execute(asked, execution_options={"yield_per": PAGE}).partitions()
    )


def _entry_and_exit(known: AsKnown) -> Select[*tuple[Any, ...]]:
    admission, guidance, left = (
        aliased(facts.StartDate), aliased(facts.StageChange), aliased(facts.Exit)
    )  # fmt: skip
    asked = facts.FollowUp
    found = (asked.months, asked.state, asked.event_on, asked.recorded_at)
    return (
        select(
            Case.client_code,
            Case.programme,
            _text(Case.opened_at, "opened"),
            Client.is_test,
            Client.gender,
            Client.age_band,
            admission.event_on.label("admitted_on"),
            _text(admission.recorded_at, "admission_known"),
            guidance.event_on.label("guided_on"),
            _text(guidance.recorded_at, "guidance_known"),
            left.exited_on,
            left.outcome,
            left.outcome_basis,
            left.permanent_stay_assured,
            _text(left.recorded_at, "exit_known"),
            case(
                (left.id.is_not(None), _listed(found, asked, known.facts(asked))), else_=_NOTHING
            ).label("asked"),
        )
        .join(Client, Client.code == Case.client_code)
        .outerjoin(
            admission,
            admission.id == _newest(facts.StartDate, known, kind=StartEvent.ADMISSION.value),
        )
        .outerjoin(guidance, guidance.id == _newest(facts.StageChange, known, stage="guidance"))
        .outerjoin(left, left.id == _newest(facts.Exit, known))
    )


def _clock(known: AsKnown) -> tuple[ColumnElement[Any], ...]:
    slept = (
        select(func.min(Placement.arrival_on))
        .where(
            Placement.case_id == Case.id,
            Placement.status.in_(SLEPT),
            or_(Placement.departure_on.is_(None), Placement.departure_on != Placement.arrival_on),
            *known.rows(Placement),
        )
        .correlate(Case)
    )
    agreed, away = facts.Extension, AbsenceRow
    start = facts.StartDate
    applied = _newest(start, known, start.event_on, kind=StartEvent.APPLICATION.value)
    began = _newest(start, known, start.event_on, kind=StartEvent.PATHWAY_START.value)
    decided = facts.EarlierNightsDecision
    return (
        applied.label("applied_on"),
        began.label("pathway_on"),
        slept.scalar_subquery().label("sheltered_on"),
        _listed((agreed.event_on, agreed.until_on), agreed, known.facts(agreed)).label("agreed"),
        _listed(
            (away.kind, away.from_on, away.until_on, away.until_recorded_at),
            away,
            known.rows(away),
        ).label("away"),
        _newest(decided, known, decided.counts).label("counts_earlier_nights"),
    )


def _newest(
    model: Any, known: AsKnown, column: Any = None, **codes: str
) -> ColumnElement[Any]:  # fmt: skip
    """The newest fact of a kind of a case: its id, or one of its columns."""
    of = [getattr(model, name) == code for name, code in codes.items()]
    return (
        select(model.id if column is None else column)
        .where(model.case_id == Case.id, *of, *known.facts(model))
        .order_by(model.recorded_at.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def _listed(
    columns: Sequence[Any], model: Any, counting: Sequence[ColumnElement[bool]]
) -> ColumnElement[str]:
    """All rows of a kind of a case as one text, so that no question is asked for each page of cases."""
    return (
        select(func.json_group_array(func.json_array(*columns)))
        .where(model.case_id == Case.id, *counting)
        .correlate(Case)
        .scalar_subquery()
    )


def follow_ups(asked: str) -> tuple[FollowUp, ...]:
    """What was found when somebody asked again, in the order in which it was recorded."""
    if asked == _NOTHING:
        return ()
    return tuple(
        FollowUp(months, _SOLVED[state], local_day(at), date.fromisoformat(found_on))
        for months, state, found_on, at in sorted(json.loads(asked), key=itemgetter(-1))
    )


def extensions(agreed: str) -> Sequence[tuple[date, date]]:
    """When a stay beyond the term was agreed, and until which day."""
    if agreed == _NOTHING:
        return ()
    return [(date.fromisoformat(on), date.fromisoformat(until)) for on, until in json.loads(agreed)]


def absences(away: str, known: AsKnown) -> tuple[Absence, ...]:
    """Nights away; one whose end was not yet known still runs."""
    if away == _NOTHING:
        return ()
    found = []
    for kind, from_on, until_on, ended_at in json.loads(away):
        ended = until_on is not None and known.told(ended_at)
        until = date.fromisoformat(until_on) if ended else None
        found.append(Absence(AbsenceKind(kind), Nights(date.fromisoformat(from_on), until)))
    return tuple(found)


def _text(column: Any, name: str) -> ColumnElement[str]:
    """An instant as its text: parsing it for every row would take longer than reading it."""
    return type_coerce(column, String).label(name)


def local_day(instant: str) -> date:
    """The local day of an instant as the store writes it."""
    return _day_of_hour(instant[:_HOUR])


@lru_cache(maxsize=4_096)
def _day_of_hour(hour: str) -> date:
    """No local day begins within an hour of UTC, so the hour is enough."""
    return local(datetime.fromisoformat(f"{hour}:00:00+00:00")).date()
