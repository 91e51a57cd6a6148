"""Cases in which something is missing that a figure needs: coded facts alone, counted and listed by the store.

Each gap is one question; all gaps of one reach are counted in one statement, so that the number of questions stays the
same however many cases there are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Subquery,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.gaps import (
    ASKED_AGAIN_DAYS,
    LATE_AFTER_DAYS,
    LATE_WITHIN_DAYS,
    Gap,
    last_exit_due,
)
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import Stage
from caseflow.domain.stay_alerts import AlertCode
from caseflow.domain.stay_limits import StartEvent
from caseflow.domain.tasks import SILENT_AFTER_DAYS
from caseflow.storage import consent_gaps
from caseflow.storage.case_reaches import Where
from caseflow.storage.gap_cases import RUNNING, application, cases, nothing
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import (
    CourtContinuation,
    Exit,
    Extension,
    FollowUp,
    ScenarioChoice,
    StageChange,
    StartDate,
)
from caseflow.storage.models.figures import PastEpisode
from caseflow.storage.models.operations import StayAlert

_LEFT: Final = (Stage.EXITED.value, Stage.AFTERCARE.value)
_CAN_BE_TAKEN_BACK: Final = Case.stage.in_(_LEFT)
"""A closed case takes no other outcome any more: what nobody can mend stands on no list."""
_TAKEN_IN: Final = (Stage.GUIDANCE.value, *_LEFT)
_NEWER = aliased(Exit)
Holder = tuple[str, str | None]
"""The organisation that holds a case, and the team, where one was chosen."""


@dataclass(frozen=True)
class Asked:
    """What the rules say that the store has to know: on which day, and what each programme asks."""

    today: date
    now: datetime
    follow_up_months: Mapping[str, Collection[int]]
    """After how many months each programme asks whether a solution holds."""
    solutions: Collection[tuple[str, str | None]]
    """Outcomes with their ground that some definition calls a solution."""
    with_basis: Collection[str]
    """Outcomes that need a ground."""
    undecided: Collection[str] = ()
    """Ids of the cases whose last day has passed without a decision, as the clock says."""
    without_goal: Collection[str] = ()
    """Ids of the cases whose plan has no goal."""
    newest_texts: Mapping[str, int] = field(default_factory=dict)
    """The number that each text has today of which everybody is told."""


@dataclass(frozen=True)
class Missing:
    """One case with a gap: whose it is, and the day that the list shows."""

    case_id: str
    client_code: str
    programme: str
    on: date | None


def counts(
    session: Session, where: Where, asked: Asked, gaps: Collection[Gap]
) -> dict[Gap, dict[Holder, int]]:
    """How many cases have each gap, by organisation and team, in one question. A case counts once in a gap."""
    parts = []
    for gap in gaps:
        found = _found(gap, where, asked)
        parts.append(
            select(
                literal(gap.value).label("gap"),
                found.c.organisation.label("organisation"),
                found.c.team_id.label("team_id"),
                func.count(found.c.case_id.distinct()).label("cases"),
            ).group_by(found.c.organisation, found.c.team_id)
        )
    told: dict[Gap, dict[Holder, int]] = {gap: {} for gap in gaps}
    for row in session.execute(union_all(*parts)):
        told[Gap(row.gap)][row.organisation, row.team_id] = row.cases
    return told


def listed(
    session: Session, where: Where, asked: Asked, gap: Gap, *, skip: int, limit: int
) -> list[Missing]:
    """The cases with one gap, what lies longest back first."""
    found = _found(gap, where, asked)
    first = func.min(found.c.on_day, type_=Date)
    rows = session.execute(
        select(Case.id, Case.client_code, Case.programme, first.label("on_day"))
        .join(found, found.c.case_id == Case.id)
        .group_by(Case.id)
        .order_by(first, Case.client_code)
        .offset(skip)
        .limit(limit)
    )
    return [Missing(row.id, row.client_code, row.programme, row.on_day) for row in rows]


def perhaps_undecided(session: Session, where: Where, today: date) -> list[str]:
    """Cases of which an alert said that the last day passed undecided, and nothing recorded since says otherwise.

    The alerts are raised every morning (`urgent_stay_alerts`); the clock has the last word on each case.
    """
    agreed = select(Extension.id).where(
        Extension.case_id == Case.id, Extension.mistaken_at.is_(None), Extension.until_on >= today
    )
    continued = select(CourtContinuation.id).where(
        CourtContinuation.case_id == Case.id,
        CourtContinuation.mistaken_at.is_(None),
        CourtContinuation.from_on <= today,
        or_(CourtContinuation.until_on.is_(None), CourtContinuation.until_on > today),
    )
    warned = select(StayAlert.case_id).where(StayAlert.kind == AlertCode.BEYOND_UNDECIDED.value)
    asked = (
        select(Case.id)
        .join(Client, Client.code == Case.client_code)
        .where(Case.id.in_(warned), RUNNING, Client.is_test.is_(False), *where)
        .where(~agreed.exists(), ~continued.exists())
    )
    return list(session.scalars(asked))


def in_guidance(session: Session, where: Where) -> dict[str, str]:
    """Client codes by case id of those in guidance."""
    asked = (
        select(Case.id, Case.client_code)
        .join(Client, Client.code == Case.client_code)
        .where(Case.stage == Stage.GUIDANCE.value, Client.is_test.is_(False), *where)
    )
    return {row.id: row.client_code for row in session.execute(asked)}


def imported(session: Session, programmes: Collection[str], asked: Asked) -> dict[Gap, int]:
    """The same gaps among imported past episodes: they are counted as they came, and mended nowhere here."""
    left = PastEpisode.exited_on.is_not(None)
    lacks: dict[Gap, ColumnElement[bool]] = {
        Gap.NO_OUTCOME: and_(left, PastEpisode.outcome == Outcome.UNKNOWN.value),
        Gap.NO_BASIS: and_(
            PastEpisode.outcome.in_(list(asked.with_basis)), PastEpisode.outcome_basis.is_(None)
        ),
        Gap.NO_GENDER: PastEpisode.gender == "unknown",
        Gap.NO_AGE: PastEpisode.age_band == "unknown",
    }
    row = session.execute(
        select(*(func.count().filter(lack).label(gap.value) for gap, lack in lacks.items())).where(
            PastEpisode.programme.in_(list(programmes))
        )
    ).one()
    return {gap: getattr(row, gap.value) for gap in lacks}


def _found(gap: Gap, where: Where, asked: Asked) -> Subquery:
    """The cases with a gap: id, team and the day that the list shows."""
    return union_all(*_ASKED[gap](where, asked)).subquery()


def _exits(where: Where) -> Select[Any]:
    """Cases with the exit that counts: the newest that is no error."""
    newer = select(_NEWER.id).where(
        _NEWER.case_id == Exit.case_id,
        _NEWER.mistaken_at.is_(None),
        _NEWER.recorded_at > Exit.recorded_at,
    )
    return (
        cases(Exit.exited_on, where)
        .join(Exit, Exit.case_id == Case.id)
        .where(Exit.mistaken_at.is_(None), ~newer.exists())
    )


def _no_outcome(where: Where, asked: Asked) -> list[Select[Any]]:
    none = select(Exit.id).where(Exit.case_id == Case.id, Exit.mistaken_at.is_(None))
    return [
        _exits(where).where(_CAN_BE_TAKEN_BACK, Exit.outcome == Outcome.UNKNOWN.value),
        cases(application(), where).where(Case.stage.in_(_LEFT), ~none.exists()),
    ]


def _no_basis(where: Where, asked: Asked) -> list[Select[Any]]:
    return [
        _exits(where).where(Exit.outcome.in_(list(asked.with_basis)), Exit.outcome_basis.is_(None))
    ]


def _no_assurance(where: Where, asked: Asked) -> list[Select[Any]]:
    return [
        _exits(where).where(
            _CAN_BE_TAKEN_BACK,
            Exit.outcome == Outcome.ONWARD_MIGRATION.value,
            Exit.permanent_stay_assured.is_(None),
        )
    ]


def _follow_up_due(where: Where, asked: Asked) -> list[Select[Any]]:
    parts = []
    for months, programmes in _by_months(asked).items():
        done = select(FollowUp.id).where(
            FollowUp.case_id == Case.id,
            FollowUp.months == months,
            FollowUp.mistaken_at.is_(None),
        )
        parts.append(
            _exits(where).where(
                Case.programme.in_(programmes),
                _is_solved(asked),
                Exit.exited_on <= last_exit_due(months, asked.today),
                ~done.exists(),
            )
        )
    return parts or [nothing(where)]


def _follow_up_unknown(where: Where, asked: Asked) -> list[Select[Any]]:
    found_out = aliased(FollowUp)
    later = select(found_out.id).where(
        found_out.case_id == FollowUp.case_id,
        found_out.months == FollowUp.months,
        found_out.mistaken_at.is_(None),
        found_out.state != FollowUpAnswer.UNKNOWN.value,
    )
    since = asked.today - timedelta(days=ASKED_AGAIN_DAYS)
    return [
        cases(FollowUp.event_on, where)
        .join(FollowUp, FollowUp.case_id == Case.id)
        .where(
            FollowUp.state == FollowUpAnswer.UNKNOWN.value,
            FollowUp.mistaken_at.is_(None),
            FollowUp.event_on >= since,
            ~later.exists(),
        )
    ]


def _silent(where: Where, asked: Asked) -> list[Select[Any]]:
    since = func.coalesce(
        Case.last_contact_on, application(), func.date(Case.opened_at), type_=Date
    )
    until = asked.today - timedelta(days=SILENT_AFTER_DAYS)
    return [cases(since, where).where(RUNNING, since <= until)]


def _no_scenario(where: Where, asked: Asked) -> list[Select[Any]]:
    chosen = select(ScenarioChoice.id).where(
        ScenarioChoice.case_id == Case.id, ScenarioChoice.mistaken_at.is_(None)
    )
    return [cases(application(), where).where(Case.stage == Stage.GUIDANCE.value, ~chosen.exists())]


def _not_told(column: Any) -> Any:
    def asked_for(where: Where, asked: Asked) -> list[Select[Any]]:
        return [cases(application(), where).where(Case.stage.in_(_TAKEN_IN), column == "unknown")]

    return asked_for


def _late(where: Where, asked: Asked) -> list[Select[Any]]:
    admissions = cases(StartDate.event_on, where).join(StartDate, StartDate.case_id == Case.id)
    stages = cases(StageChange.event_on, where).join(StageChange, StageChange.case_id == Case.id)
    exits = cases(Exit.exited_on, where).join(Exit, Exit.case_id == Case.id)
    return [
        admissions.where(StartDate.kind == StartEvent.ADMISSION.value, *_is_late(StartDate, asked)),
        stages.where(StageChange.stage == Stage.GUIDANCE.value, *_is_late(StageChange, asked)),
        exits.where(*_is_late(Exit, asked, Exit.exited_on)),
    ]


def _is_late(row: Any, asked: Asked, event_on: Any = None) -> tuple[ColumnElement[bool], ...]:
    happened = row.event_on if event_on is None else event_on
    days = func.julianday(func.date(row.recorded_at)) - func.julianday(happened)
    return (
        row.mistaken_at.is_(None),
        row.recorded_at >= asked.now - timedelta(days=LATE_WITHIN_DAYS),
        days > LATE_AFTER_DAYS,
    )


def _those(field: str) -> Any:
    def asked_for(where: Where, asked: Asked) -> list[Select[Any]]:
        ids = json.dumps(sorted(getattr(asked, field)))
        wanted = select(func.json_each(ids).table_valued("value").c.value)
        return [cases(application(), where).where(Case.id.in_(wanted))]

    return asked_for


def _by_months(asked: Asked) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for programme, months in asked.follow_up_months.items():
        for one in months:
            found.setdefault(one, []).append(programme)
    return found


def _is_solved(asked: Asked) -> ColumnElement[bool]:
    return or_(
        *(
            and_(
                Exit.outcome == outcome,
                Exit.outcome_basis.is_(None) if basis is None else Exit.outcome_basis == basis,
            )
            for outcome, basis in sorted(asked.solutions, key=str)
        )
    )


_ASKED: Final[Mapping[Gap, Any]] = {
    Gap.NO_OUTCOME: _no_outcome,
    Gap.NO_BASIS: _no_basis,
    Gap.NO_ASSURANCE: _no_assurance,
    Gap.FOLLOW_UP_DUE: _follow_up_due,
    Gap.FOLLOW_UP_UNKNOWN: _follow_up_unknown,
    Gap.UNDECIDED: _those("undecided"),
    Gap.SILENT: _silent,
    Gap.NO_SCENARIO: _no_scenario,
    Gap.NO_GOAL: _those("without_goal"),
    Gap.NO_GENDER: _not_told(Client.gender),
    Gap.NO_AGE: _not_told(Client.age_band),
    Gap.NOT_TOLD: lambda where, asked: consent_gaps.not_told(where, asked.newest_texts),
    Gap.TOLD_OLDER: lambda where, asked: consent_gaps.told_older(where, asked.newest_texts),
    Gap.LATE: _late,
}
