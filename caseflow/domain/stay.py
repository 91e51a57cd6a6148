"""The stay clock: days used, days left, the last day and what it asks for (rules C1 to C6).

The clock knows no bed: it runs per person and programme episode, so a move between beds cannot
change it. It never ends a stay; at its end it asks for a decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from caseflow.domain.calendar_months import months_after
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights
from caseflow.domain.stay_limits import Absence, ReentryRule, StartEvent, StayLimit, Term

ALERT_MONTHS_BEFORE = (6, 3, 1)
ALERT_DAYS_BEFORE = 14


class StayState(StrEnum):
    """Where a stay stands against its term."""

    NOT_STARTED = "not_started"
    NO_LIMIT = "no_limit"
    RUNNING = "running"
    NEAR_LIMIT = "near_limit"
    LAST_DAY = "last_day"
    BEYOND_AGREED = "beyond_agreed"
    BEYOND_UNDECIDED = "beyond_undecided"
    CONTINUED_BY_COURT = "continued_by_court"
    ENDED = "ended"
    HISTORY = "history"


STAY_STATE_NAMES: Mapping[StayState, Message] = MappingProxyType(
    {
        StayState.NOT_STARTED: N_("the term has not started"),
        StayState.NO_LIMIT: N_("no limit"),
        StayState.RUNNING: N_("within the term"),
        StayState.NEAR_LIMIT: N_("near the last day"),
        StayState.LAST_DAY: N_("last day of the term"),
        StayState.BEYOND_AGREED: N_("beyond the term, agreed"),
        StayState.BEYOND_UNDECIDED: N_("beyond the term, not yet decided"),
        StayState.CONTINUED_BY_COURT: N_("continued by a court or an objection"),
        StayState.ENDED: N_("ended"),
        StayState.HISTORY: N_("imported history"),
    }
)


class AlertKind(StrEnum):
    """How long before the last day an alert falls."""

    SIX_MONTHS = "six_months"
    THREE_MONTHS = "three_months"
    ONE_MONTH = "one_month"
    TWO_WEEKS = "two_weeks"


@dataclass(frozen=True)
class StayAlert:
    """A day on which the weekly list says that a last day comes near."""

    kind: AlertKind
    on: date


@dataclass(frozen=True)
class StayFacts:
    """What the clock needs to know about one person's episode in one programme.

    The four dates that may start a term are all kept; `limit` says which one does.
    `nights_used_before` are the nights of earlier episodes in the programme; `count_earlier_nights`
    is a decision about them, None where nobody decided and the programme's rule holds.
    `extended_until` is the last day of an agreed extension. `continued` are the stretches in which
    a court or an objection continues the stay.
    """

    limit: StayLimit
    application_on: date | None = None
    sheltered_on: date | None = None
    admitted_on: date | None = None
    pathway_started_on: date | None = None
    absences: tuple[Absence, ...] = ()
    nights_used_before: int = 0
    count_earlier_nights: bool | None = None
    extended_until: date | None = None
    continued: tuple[Nights, ...] = ()
    exited_on: date | None = None
    imported: bool = False

    @property
    def starts_on(self) -> date | None:
        """The day that starts the term under the programme's setting; None while not known."""
        return {
            StartEvent.APPLICATION: self.application_on,
            StartEvent.SHELTER: self.sheltered_on,
            StartEvent.ADMISSION: self.admitted_on,
            StartEvent.PATHWAY_START: self.pathway_started_on,
        }[self.limit.start_event]

    @property
    def earlier_nights(self) -> int:
        """The earlier nights that count: by decision where there is one, else by the rule."""
        counts = self.count_earlier_nights
        if counts is None:
            counts = self.limit.reentry is ReentryRule.CUMULATIVE
        return self.nights_used_before if counts else 0


@dataclass(frozen=True)
class StayClock:
    """What the clock says on one day. Days are nights that began; None means no limit.

    `term_last_day` is the end of the term itself, `last_day` the current one with an agreed
    extension. While within the term, `days_used + days_left` is the length of the term in days.
    """

    state: StayState
    start: date | None
    last_day: date | None = None
    term_last_day: date | None = None
    days_used: int = 0
    days_left: int | None = None
    days_beyond: int = 0
    alerts: tuple[StayAlert, ...] = field(default=())
    comes_near: bool = False
    """Whether the current last day lies so near ahead that the next decision is due."""


def alerts_before(last_day: date, start: date) -> tuple[StayAlert, ...]:
    """Answers on which days to warn: 6, 3 and 1 months and 2 weeks before the last day, clamped.

    A day on or before the start of the term is left out: it would warn about a stay that had not
    begun. Source: rule C4.
    """
    months = dict(zip(tuple(AlertKind)[:-1], ALERT_MONTHS_BEFORE, strict=True))
    alerts = [StayAlert(kind, months_after(last_day, -count)) for kind, count in months.items()]
    alerts.append(StayAlert(AlertKind.TWO_WEEKS, last_day - timedelta(days=ALERT_DAYS_BEFORE)))
    return tuple(alert for alert in alerts if alert.on > start)


def clock(facts: StayFacts, today: date) -> StayClock:
    """Answers how long someone may still stay, and what that asks for today.

    Days and nights in local dates. Nothing ends by itself: past the last day the state says whether
    the stay beyond it is agreed or not yet decided. Sources: rules C1 to C6.
    """
    start = facts.starts_on
    if facts.imported:
        return StayClock(StayState.HISTORY, start)
    if start is None or start > today:
        return StayClock(StayState.NOT_STARTED, start)
    at = today if facts.exited_on is None else max(start, min(today, facts.exited_on))
    paused = facts.limit.pauses_of(facts.absences, at)
    if facts.limit.months is None:
        ended = facts.exited_on is not None and facts.exited_on <= today
        return StayClock(
            StayState.ENDED if ended else StayState.NO_LIMIT,
            start,
            days_used=facts.earlier_nights + (at - start).days - _nights_in(paused, start, at),
        )
    term = facts.limit.term(start, paused, facts.earlier_nights)
    last_day = term.last_day
    if facts.extended_until is not None:
        last_day = max(last_day, facts.extended_until)
    state = _state(facts, term, last_day, today)
    near_from = months_after(last_day, -facts.limit.near_months)
    return StayClock(
        state,
        start,
        last_day=last_day,
        term_last_day=term.last_day,
        days_used=facts.earlier_nights + (at - start).days - term.paused_before(at),
        days_left=max(0, (last_day - at).days),
        days_beyond=max(0, (at - term.last_day).days),
        alerts=() if state in _SILENT else alerts_before(last_day, start),
        comes_near=state not in _SILENT and near_from <= today <= last_day,
    )


def nights_used(facts: StayFacts, today: date) -> int:
    """Answers how many nights of this episode a later one has to count. Source: rule C3."""
    told = clock(facts, today)
    if told.state in {StayState.HISTORY, StayState.NOT_STARTED}:
        return 0
    return told.days_used - facts.earlier_nights


def may_plan_end(told: StayClock) -> Decision:
    """Answers whether an end of the stay on the ground of the term may be planned.

    Source: rule C4: not while a court or an objection continues the stay.
    """
    if told.state is StayState.CONTINUED_BY_COURT:
        return Refused(
            N_(
                "A court or an objection continues this stay. "
                "No end can be planned until that is over."
            )
        )
    return Allowed()


def may_decide_earlier_nights(facts: StayFacts) -> Decision:
    """Answers whether there is something to decide about nights of earlier episodes. Source: rule C3."""
    if facts.exited_on is not None:
        return Refused(N_("This case has ended, so its clock stands still."))
    if facts.limit.months is None:
        return Refused(N_("This programme has no longest stay, so no earlier nights count."))
    if facts.nights_used_before == 0:
        return Refused(
            N_("There are no earlier nights in this programme, so there is nothing to decide.")
        )
    return Allowed()


_SILENT = frozenset({StayState.ENDED, StayState.CONTINUED_BY_COURT})


def _state(facts: StayFacts, term: Term, last_day: date, today: date) -> StayState:
    if facts.exited_on is not None and facts.exited_on <= today:
        return StayState.ENDED
    if any(stretch.covers(today) for stretch in facts.continued):
        return StayState.CONTINUED_BY_COURT
    if today > last_day:
        return StayState.BEYOND_UNDECIDED
    if today == last_day:
        return StayState.LAST_DAY
    if today > term.last_day:
        return StayState.BEYOND_AGREED
    if today >= months_after(last_day, -facts.limit.near_months):
        return StayState.NEAR_LIMIT
    return StayState.RUNNING


def _nights_in(paused: tuple[Nights, ...], first: date, end: date) -> int:
    return sum(stretch.within(first, end).count for stretch in paused)
