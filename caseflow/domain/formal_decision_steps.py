"""What may become of a formal decision, in which order and on which days, and the terms that its steps begin.

Sources stand in `formal_decisions`.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from caseflow.domain import legal_days
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.formal_decision_words import RESULTS, StepKind
from caseflow.domain.formal_decisions import (
    AHEAD,
    Course,
    ObjectionRules,
    Taken,
    is_decided,
)
from caseflow.domain.messages import N_

S = StepKind


def may_take(course: Course, taken: Taken, today: date) -> Decision:
    """Answers whether a step may be written down: in its order, on a day that fits, with a result where it has one.

    A late objection is written down like any other (Awb art. 6:11), and so is one that came before the decision was
    made known (art. 6:10).
    """
    for decision in (is_decided(course), _in_turn(course, taken.kind)):
        if not decision:
            return decision
    if (taken.result is not None) != (taken.kind in RESULTS):
        return Refused(N_("Say how it ended, or how it was done."))
    if taken.result is not None and taken.result not in RESULTS[taken.kind]:
        return Refused(N_("Choose one of the options."))
    return _day_fits(course, taken, today)


def steps_next(course: Course) -> dict[StepKind, Decision]:
    """Answers of every step whether it can come next, in their usual order; also after the file was closed.

    To object is a right of the person, which no closing of ours ends.
    """
    begins = is_decided(course)
    return {kind: begins and _in_turn(course, kind) for kind in StepKind}


def _in_turn(course: Course, kind: StepKind) -> Decision:
    if kind in (S.MADE_KNOWN, S.OBJECTION_LODGED, S.TAKEN_BACK) and course.has(kind):
        return Refused(N_("This was written down already."))
    if kind in (S.HEARING, S.OBJECTION_DECIDED):
        if not course.has(S.OBJECTION_LODGED):
            return Refused(N_("There is no objection yet. Write down first that one was lodged."))
        if course.has(S.OBJECTION_DECIDED):
            return Refused(N_("The objection was decided on already."))
    if kind is S.RELIEF_ASKED and course.relief_runs:
        return Refused(N_("A request for interim relief lies with the court already."))
    if kind is S.RELIEF_DECIDED and not course.relief_runs:
        return Refused(N_("Nobody asked for interim relief. Write that down first."))
    return Allowed()


_AFTER: Final = {
    S.HEARING: S.OBJECTION_LODGED,
    S.OBJECTION_DECIDED: S.OBJECTION_LODGED,
    S.RELIEF_DECIDED: S.RELIEF_ASKED,
}
"""The step before which another one cannot lie; every step lies after the decision itself."""


def _day_fits(course: Course, taken: Taken, today: date) -> Decision:
    before = course.newest(_AFTER[taken.kind]) if taken.kind in _AFTER else None
    if course.decided_on is not None and taken.on < course.decided_on:
        return Refused(
            N_(
                "It was decided on %(day)s. Nothing comes of it before that day.",
                day=course.decided_on,
            )
        )
    if before is not None and taken.on < before.on:
        if taken.kind is S.RELIEF_DECIDED:
            return Refused(
                N_(
                    "Interim relief was asked on %(day)s. Choose that day or a later one.",
                    day=before.on,
                )
            )
        return Refused(
            N_(
                "The objection was lodged on %(day)s. Choose that day or a later one.",
                day=before.on,
            )
        )
    if taken.kind is S.HEARING:  # it is planned ahead
        if taken.on > today + AHEAD:
            return Refused(N_("A day lies more than a year ahead. Check the year."))
        return Allowed()
    return may_date(taken.on, today, course.decided_on or taken.on)


def due_after(rules: ObjectionRules, course: Course, taken: Taken) -> date | None:
    """Answers the last day of the term that a step begins: to object, or for us to answer.

    Our answer is due so many weeks after the term to object ended; after a late objection, so many after it came.
    Sources: Awb art. 6:7, 6:8(1) and 7:10(1), Algemene termijnenwet art. 1.
    """
    if taken.kind is S.MADE_KNOWN:
        return legal_days.last_day(taken.on, rules.weeks)
    if taken.kind is S.OBJECTION_LODGED:
        counted = max(taken.on, course.objection_until or taken.on)
        return legal_days.last_day(counted, rules.answer_weeks)
    return None
