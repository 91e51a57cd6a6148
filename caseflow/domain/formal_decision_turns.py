"""What a formal decision waits for, by when, and what it may mean for the stay: proposed, never done by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.domain import continuations
from caseflow.domain.formal_decision_words import DecisionKind, DecisionState, StepKind
from caseflow.domain.formal_decisions import Course
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights

S = StepKind


class Awaits(StrEnum):
    """What a decision waits for."""

    DECISION = "decision"
    MAKING_KNOWN = "making_known"
    OBJECTION = "objection"
    HEARING = "hearing"
    ANSWER = "answer"
    COURT = "court"


AWAITS_NAMES: Final[Mapping[Awaits, Message]] = {
    Awaits.DECISION: N_("A formal decision waits for a colleague"),
    Awaits.MAKING_KNOWN: N_("Make the decision known"),
    Awaits.OBJECTION: N_("Last day to object to our decision"),
    Awaits.HEARING: N_("Hearing about the objection"),
    Awaits.ANSWER: N_("Answer the objection at the latest"),
    Awaits.COURT: N_("Waits for the court"),
}


@dataclass(frozen=True)
class Awaited:
    """What is awaited, and since or by when."""

    what: Awaits
    on: date

    @property
    def name(self) -> Message:
        """What it is called."""
        return AWAITS_NAMES[self.what]

    @property
    def is_since(self) -> bool:
        """Whether the day is the one since which it waits, and not the one by which it is due."""
        return self.what in {Awaits.DECISION, Awaits.MAKING_KNOWN, Awaits.COURT}


def awaited(course: Course, prepared_on: date, today: date) -> tuple[Awaited, ...]:
    """Answers what a decision waits for, soonest first; terms that have passed are awaited no more.

    A day that has passed and still asks something of us (an answer, making it known) stays until it is done.
    """
    if course.state is DecisionState.PREPARED:
        return (Awaited(Awaits.DECISION, prepared_on),)
    if not course.stands or course.decided_on is None:
        return ()
    found = []
    if not course.has(S.MADE_KNOWN):
        found.append(Awaited(Awaits.MAKING_KNOWN, course.decided_on))
    until = course.objection_until
    if until is not None and until >= today and not course.has(S.OBJECTION_LODGED):
        found.append(Awaited(Awaits.OBJECTION, until))
    if course.objection_runs:
        hearing, lodged = course.newest(S.HEARING), course.newest(S.OBJECTION_LODGED)
        if hearing is not None and hearing.on >= today:
            found.append(Awaited(Awaits.HEARING, hearing.on))
        if lodged is not None and lodged.due_on is not None:
            found.append(Awaited(Awaits.ANSWER, lodged.due_on))
    asked = course.newest(S.RELIEF_ASKED)
    if course.relief_runs and asked is not None:
        found.append(Awaited(Awaits.COURT, asked.on))
    return tuple(sorted(found, key=lambda one: one.on))


class Leads(StrEnum):
    """Where a proposed consequence leads: a page on which somebody decides."""

    CONTINUE = "continue"
    END_CONTINUATION = "end_continuation"
    REENTRY = "reentry"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Turn:
    """What a step may mean for the stay, where it can be recorded, and from which day."""

    says: Message
    leads: Leads = Leads.NOWHERE
    on: date | None = None


_COURT: Final = N_(
    "The court granted interim relief. The stay goes on until the objection is decided."
)
_OBJECTION: Final = N_("In this programme the stay goes on while an objection runs.")
_OVER: Final = N_(
    "What continued the stay is over. Record from which day, and look at the last day again."
)
_FOUNDED: Final = N_(
    "The decision does not stand. Tell the person what that means for their place."
)
_COMES_BACK: Final = N_("This file has ended. A new one is opened where the person comes, or comes back.")  # fmt: skip


def turn(
    course: Course, continued: Iterable[Nights], *, has_ended: bool, objection_continues: bool
) -> Turn | None:
    """Answers what may follow for the stay: a continuation, its end, or a new file.

    An objection continues a stay only where the programme says so; relief of a court always does. Sources: rule C4;
    Awb art. 6:16 and 8:81.
    """
    known = tuple(continued)
    runs = continuations.running(known) is not None
    holds = _holds_since(course, objection_continues=objection_continues)
    if holds is not None and has_ended:
        return Turn(_COMES_BACK, Leads.REENTRY)
    if holds is not None and not runs:
        says = _COURT if _relief_holds(course) else _OBJECTION
        return Turn(says, Leads.CONTINUE, holds)
    if holds is None and runs and _was_contested(course):
        return Turn(_OVER, Leads.END_CONTINUATION)
    answer = course.newest(S.OBJECTION_DECIDED)
    if answer is not None and answer.result == "founded":
        return Turn(_COMES_BACK, Leads.REENTRY) if has_ended else Turn(_FOUNDED)
    return None


def _holds_since(course: Course, *, objection_continues: bool) -> date | None:
    """Since when relief, or an objection that counts here, keeps the stay going; None where neither does now."""
    if course.has(S.TAKEN_BACK) or course.state is not DecisionState.DECIDED:
        return None
    relief = course.newest(S.RELIEF_DECIDED)
    if _relief_holds(course) and relief is not None:
        return relief.on
    lodged = course.newest(S.OBJECTION_LODGED)
    counts = objection_continues and course.kind is not DecisionKind.REFUSAL
    return lodged.on if counts and course.objection_runs and lodged is not None else None


def _relief_holds(course: Course) -> bool:
    """Whether a court granted relief, and nobody has answered the objection since."""
    relief = course.newest(S.RELIEF_DECIDED)
    return (
        relief is not None
        and relief.result == "granted"
        and not course.has(S.OBJECTION_DECIDED)
        and not course.has(S.TAKEN_BACK)
    )


def _was_contested(course: Course) -> bool:
    relief = course.newest(S.RELIEF_DECIDED)
    granted = relief is not None and relief.result == "granted"
    return granted or course.has(S.OBJECTION_DECIDED)
