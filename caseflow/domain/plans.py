"""The plan of a person: goals, and who does what about them, each with a day on which it is looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain import tasks
from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

LINE_LENGTH: Final = 1_000
"""Characters of one goal or agreement: what takes more is two of them."""
LINES_AT_MOST: Final = 40
"""Open lines of one plan; nobody works on more at once."""
CLOSED: Final = Refused(N_("This case is closed. Nothing is left to do about it."))


class LineKind(StrEnum):
    """What a line of the plan is."""

    GOAL = "goal"
    AGREEMENT = "agreement"


class DoneBy(StrEnum):
    """Who does it. Nobody is named: a colleague changes, and a client may read along."""

    CLIENT = "client"
    US = "us"
    TOGETHER = "together"
    OTHER = "other"


class LineState(StrEnum):
    """How far it is."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


KIND_NAMES: Final[Mapping[LineKind, Message]] = MappingProxyType(
    {LineKind.GOAL: N_("Goal"), LineKind.AGREEMENT: N_("Agreement")}
)
DONE_BY_NAMES: Final[Mapping[DoneBy, Message]] = MappingProxyType(
    {
        DoneBy.CLIENT: N_("The client"),
        DoneBy.US: N_("We do"),
        DoneBy.TOGETHER: N_("The client and we together"),
        DoneBy.OTHER: N_("Somebody else"),
    }
)
STATE_NAMES: Final[Mapping[LineState, Message]] = MappingProxyType(
    {
        LineState.OPEN: N_("Still open"),
        LineState.REACHED: N_("Reached, or done"),
        LineState.DROPPED: N_("Dropped"),
    }
)


@dataclass(frozen=True)
class PlanWords:
    """One line of the plan as it was written."""

    kind: LineKind
    words: str
    done_by: DoneBy = DoneBy.CLIENT
    state: LineState = LineState.OPEN
    review_on: date | None = None


def may_write(facts: CaseFacts, told: PlanWords, open_lines: int, today: date) -> Decision:
    """Answers whether a line may be written like this: in a case that goes on, reviewed on a day to come."""
    if facts.stage in tasks.OVER:
        return CLOSED
    if not told.words.strip():
        return Refused(N_("Write down the goal or the agreement."))
    if len(told.words) > LINE_LENGTH:
        return Refused(
            N_(
                "A goal or agreement has at most %(most)s characters. Split it in two.",
                most=LINE_LENGTH,
            )
        )
    if told.state is LineState.OPEN and open_lines >= LINES_AT_MOST:
        return Refused(
            N_("A plan has at most %(most)s open lines. Close one first.", most=LINES_AT_MOST)
        )
    if told.review_on is not None:
        if told.state is not LineState.OPEN:
            return Refused(
                N_("What is reached or dropped is not looked at again. Leave the day empty.")
            )
        return tasks.may_plan(facts, told.review_on, today)
    return Allowed()
