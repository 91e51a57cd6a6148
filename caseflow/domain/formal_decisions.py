"""Our own formal decisions: refusal, end and exclusion, the term for objection, and what may become of each.

Sources: Awb art. 6:7 (six weeks), 6:8(1) (from the day after it was made known), 6:9 (in time), 6:10 (too early is
not too late), 6:11 (a late one is looked at), 6:16 (an objection stops nothing by itself), 7:2 (a hearing), 7:10 (our
answer), 8:81 (interim relief). Whether a decision of an NGO is one in the sense of the Awb is a point of law that a
jurist confirms; the terms are therefore configuration (`formal_decision_files`), and we keep them either way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from caseflow.domain.cases import ENDED_STAGES, CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.formal_decision_words import (
    GROUNDS,
    DecisionKind,
    DecisionState,
    Ground,
    StepKind,
)
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Offer, Stage
from caseflow.domain.redaction import Hidden
from caseflow.domain.stay import StayClock, may_plan_end

AHEAD: Final = timedelta(days=366)
"""A day further ahead than this is a slip of the finger."""

K, S = DecisionKind, StepKind


@dataclass(frozen=True)
class ObjectionRules:
    """How long somebody may object, how long we take to answer, with their sources, and who helps."""

    weeks: int
    source: Label
    answer_weeks: int
    answer_source: Label
    help: Label
    confirmed: bool = False
    """Whether a jurist confirmed both terms."""


@dataclass(frozen=True)
class Taken:
    """One step that was recorded; `due_on` is the last day of the term that it began."""

    kind: StepKind
    on: date
    result: str | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Drafted:
    """What is prepared: kind, ground, from when, and the criterion that is not met where that is the ground."""

    kind: DecisionKind
    ground: Ground
    effective_on: date
    until_on: date | None = None
    criterion: str | None = None


@dataclass(frozen=True)
class Course:
    """A decision and everything that became of it, oldest step first."""

    kind: DecisionKind
    state: DecisionState
    decided_on: date | None
    steps: tuple[Taken, ...] = ()

    def newest(self, kind: StepKind) -> Taken | None:
        """The newest step of this kind."""
        return next((one for one in reversed(self.steps) if one.kind is kind), None)

    def has(self, kind: StepKind) -> bool:
        return self.newest(kind) is not None

    @property
    def stands(self) -> bool:
        """Whether it was decided, and neither taken back nor overturned."""
        answer = self.newest(S.OBJECTION_DECIDED)
        overturned = answer is not None and answer.result == "founded"
        return self.state is DecisionState.DECIDED and not self.has(S.TAKEN_BACK) and not overturned

    @property
    def objection_runs(self) -> bool:
        """Whether an objection waits for our answer."""
        return (
            self.has(S.OBJECTION_LODGED)
            and not self.has(S.OBJECTION_DECIDED)
            and not self.has(S.TAKEN_BACK)
        )

    @property
    def relief_runs(self) -> bool:
        """Whether a request for interim relief lies with the court."""
        asked = sum(one.kind is S.RELIEF_ASKED for one in self.steps)
        return asked > sum(one.kind is S.RELIEF_DECIDED for one in self.steps)

    @property
    def objection_until(self) -> date | None:
        """The last day for an objection; None until the decision was made known."""
        known = self.newest(S.MADE_KNOWN)
        return known.due_on if known is not None else None

    @property
    def is_late(self) -> bool:
        """Whether the objection came after its last day: a warning, and never a reason not to write it down."""
        lodged, until = self.newest(S.OBJECTION_LODGED), self.objection_until
        return lodged is not None and until is not None and lodged.on > until


def may_work_on(facts: CaseFacts) -> Decision:
    """Answers whether decisions are still written down here: until the file is closed, also after a refusal."""
    if facts.stage in {Stage.CLOSED, Stage.WITHDRAWN}:
        return Refused(N_("This file is closed, so no decision is written down in it any more."))
    return Allowed()


def offered(facts: CaseFacts) -> tuple[DecisionKind, ...]:
    """Which decisions this case can come to today."""
    return tuple(kind for kind in DecisionKind if _fits(kind, facts))


def offered_at(stage: Stage | Hidden) -> tuple[DecisionKind, ...]:
    """Which decisions a page offers at a stage; whether one fits is asked of the whole case (`may_prepare`)."""
    if stage is Stage.DECLINED:
        return (K.REFUSAL,)
    if isinstance(stage, Hidden) or stage in ENDED_STAGES:
        return (K.END,)
    return (K.END, K.EXCLUSION)


def may_begin(facts: CaseFacts) -> Decision:
    """Answers whether any decision can be prepared in this case today."""
    open_file = may_work_on(facts)
    if not open_file or offered(facts):
        return open_file
    return Refused(
        N_("There is nothing to decide on yet: nobody was refused, and support has not begun.")
    )


def may_prepare(
    facts: CaseFacts,
    drafted: Drafted,
    others: Iterable[Course],
    criteria: Collection[str],
    told: StayClock | None,
    today: date,
) -> Decision:
    """Answers whether this decision may be prepared: it fits the case, has its ground, and its days are in order.

    `criteria` are the criteria of the programme. A refusal follows a declined admission; an end is told before it
    begins, or follows the exit.
    """
    for decision in (
        may_work_on(facts),
        _fits(drafted.kind, facts),
        _alone(drafted.kind, others),
        _has_its_ground(drafted, criteria),
        _days_in_order(facts, drafted, today),
        _term_is_over(drafted, told),
    ):
        if not decision:
            return decision
    return Allowed()


def may_decide(course: Course, prepared_by: str, decider_id: str) -> Decision:
    """Answers whether this colleague may decide: never who prepared it. Source: nobody approves their own request."""
    if course.state is not DecisionState.PREPARED:
        return Refused(N_("This has been decided already."))
    if prepared_by == decider_id:
        return Refused(N_("You prepared this yourself. A colleague has to decide."))
    return Allowed()


def may_take_effect(
    drafted: Drafted, facts: CaseFacts, told: StayClock | None, today: date
) -> Decision:
    """Answers whether what was prepared may still be decided: the case and its clock may have changed since."""
    for decision in (
        _fits(drafted.kind, facts),
        _days_in_order(facts, drafted, today),
        _term_is_over(drafted, told),
    ):
        if not decision:
            return decision
    return Allowed()


def may_write(course: Course, dated_on: date, latest: date) -> Decision:
    """Answers whether a letter may be made: once the decision is taken, dated on that day or later."""
    decided = is_decided(course)
    if not decided:
        return decided
    if course.decided_on is not None and dated_on < course.decided_on:
        return Refused(
            N_(
                "It was decided on %(day)s. Date the letter that day or later.",
                day=course.decided_on,
            )
        )
    if dated_on > latest:
        return Refused(
            N_("The letter is dated too far ahead. Choose a day before %(day)s.", day=latest)
        )
    return Allowed()


def _fits(kind: DecisionKind, facts: CaseFacts) -> Decision:
    if kind is K.REFUSAL:
        if facts.stage is not Stage.DECLINED:
            return Refused(
                N_("A refusal follows an admission that was declined. Propose the admission first.")
            )
        return Allowed()
    if facts.stage is Stage.DECLINED or facts.entered_on is None:
        return Refused(N_("Support has not begun, so there is nothing to end."))
    if kind is K.EXCLUSION:
        if Offer.SHELTER not in facts.programme.offers:
            return Refused(N_("This programme has no shelter, so nobody is excluded from it."))
        if facts.has_ended:
            return Refused(N_("This person has left already, so nobody is excluded."))
    return Allowed()


def _alone(kind: DecisionKind, others: Iterable[Course]) -> Decision:
    for one in others:
        if one.kind is not kind:
            continue
        if one.state is DecisionState.PREPARED:
            return Refused(N_("The same decision waits for a colleague already."))
        if kind is not K.EXCLUSION and one.stands:
            return Refused(N_("This was decided already. Take that decision back first."))
    return Allowed()


def _has_its_ground(drafted: Drafted, criteria: Collection[str]) -> Decision:
    if drafted.ground not in GROUNDS[drafted.kind]:
        return Refused(N_("This ground does not belong to this decision. Choose another one."))
    if drafted.ground is Ground.CRITERION and drafted.criterion not in criteria:
        return Refused(N_("Choose which criterion is not met."))
    if drafted.ground is not Ground.CRITERION and drafted.criterion is not None:
        return Refused(
            N_("A criterion belongs to the ground that one is not met. Change one of them.")
        )
    return Allowed()


def _days_in_order(facts: CaseFacts, drafted: Drafted, today: date) -> Decision:
    first, last = drafted.effective_on, drafted.until_on
    if last is not None and drafted.kind is not K.EXCLUSION:
        return Refused(N_("Only an exclusion has a last day. Leave it empty."))
    if last is not None and last < first:
        return Refused(
            N_(
                "The last day, %(last)s, lies before the first, %(first)s. Correct one of the two.",
                last=last,
                first=first,
            )
        )
    if max(first, last or first) > today + AHEAD:
        return Refused(N_("A day lies more than a year ahead. Check the year."))
    if drafted.kind is K.REFUSAL:
        return may_date(first, today, facts.application_on)
    if drafted.kind is K.END and facts.exited_on is not None:
        if first != facts.exited_on:
            return Refused(N_("This person left on %(day)s. Choose that day.", day=facts.exited_on))
        return Allowed()
    if first < today:
        return Refused(
            N_("Choose today or a later day: nobody is told afterwards that support has ended.")
        )
    return Allowed()


def _term_is_over(drafted: Drafted, told: StayClock | None) -> Decision:
    """The term as a ground: only where there is one, after its last day, and never while a court continues the stay."""
    if drafted.ground is not Ground.TERM_OVER or told is None:
        return Allowed()
    if told.last_day is None:
        return Refused(N_("There is no last day here, so the longest stay cannot be over."))
    planned = may_plan_end(told)
    if not planned:
        return planned
    if drafted.effective_on <= told.last_day:
        return Refused(
            N_("The last day is %(last_day)s. Choose a day after it.", last_day=told.last_day)
        )
    return Allowed()


def is_decided(course: Course) -> Decision:
    """Answers whether something can come of a decision: it was taken, and not taken back since."""
    if course.state is DecisionState.PREPARED or course.decided_on is None:
        return Refused(N_("This is not decided yet. Nothing can come of it before the decision."))
    if course.state is DecisionState.NOT_TAKEN:
        return Refused(N_("This decision was not taken, so nothing comes of it."))
    if course.has(S.TAKEN_BACK):
        return Refused(N_("This decision was taken back, so nothing more comes of it."))
    return Allowed()
