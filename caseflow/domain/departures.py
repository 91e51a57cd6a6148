"""What is still to be done when somebody leaves a programme: a checklist that fills itself where the facts say so.

Most of its items follow from the file and are never ticked: a bed is free once the stay has ended. Two cannot be known
from it and are ticked by hand: papers that were given back, and the copy of the file that was offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain import follow_ups
from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.destinations import DestinationKind, may_name
from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.tasks import Follows, FollowsKind, TaskKind


class LeavingItem(StrEnum):
    """One line of the checklist."""

    BED = "bed"
    OUTCOME = "outcome"
    NEXT_ADDRESS = "next-address"
    PAPERS = "papers"
    COPY = "copy"
    ALLOWANCE = "allowance"
    PROCEDURES = "procedures"
    REFERRALS = "referrals"
    CARD = "card"
    TASKS = "tasks"
    FOLLOW_UP = "follow-up"


ITEM_NAMES: Final[Mapping[LeavingItem, Message]] = MappingProxyType(
    {
        LeavingItem.BED: N_("The bed is free again"),
        LeavingItem.OUTCOME: N_("Outcome and ground are known"),
        LeavingItem.NEXT_ADDRESS: N_("The kind of next address was asked"),
        LeavingItem.PAPERS: N_("Papers are back with the person"),
        LeavingItem.COPY: N_("A copy of the file was offered"),
        LeavingItem.ALLOWANCE: N_("The living allowance has ended"),
        LeavingItem.PROCEDURES: N_("Procedures have ended, and V-numbers are erased"),
        LeavingItem.REFERRALS: N_("Referrals have ended"),
        LeavingItem.CARD: N_("The emergency card is taken out"),
        LeavingItem.TASKS: N_("Other tasks are done"),
        LeavingItem.FOLLOW_UP: N_("It is known when to ask again"),
    }
)
BY_HAND: Final[Mapping[LeavingItem, TaskKind]] = MappingProxyType(
    {LeavingItem.PAPERS: TaskKind.RETURN_PAPERS, LeavingItem.COPY: TaskKind.OFFER_COPY}
)
"""Items that no fact of the file answers; each becomes a task of its kind once the exit is approved."""
NEEDED_TO_CLOSE: Final = frozenset({LeavingItem.BED, LeavingItem.OUTCOME, LeavingItem.ALLOWANCE})
"""A case is not closed before these; the others are pointed out, and done later or by the closing itself."""
ENDED_BY_CLOSING: Final = frozenset({LeavingItem.PROCEDURES, LeavingItem.REFERRALS})
_LEFT: Final = frozenset({Stage.EXITED, Stage.AFTERCARE})
_NO_NEXT_ADDRESS: Final = frozenset({Outcome.DECEASED, Outcome.LEFT_DESTINATION_UNKNOWN})
_NOBODY_TO_GIVE_IT: Final = frozenset({Outcome.DECEASED})


class ItemState(StrEnum):
    """Whether something is still to be done."""

    DONE = "done"
    OPEN = "open"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Item:
    """One line of the checklist of one case; `days` are those on which somebody asks again."""

    what: LeavingItem
    state: ItemState
    days: tuple[date, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state is ItemState.OPEN


@dataclass(frozen=True)
class Leaving:
    """What the file says about a departure: of the exit, or of the proposal that waits."""

    outcome: Outcome | None
    destination: DestinationKind | None = None
    has_bed: bool = False
    procedures_run: bool = False
    referrals_run: bool = False
    has_card: bool = False
    tasks_open: bool = False
    settled: frozenset[LeavingItem] = frozenset()
    """Items that were ticked by hand."""


def is_asked(facts: CaseFacts) -> bool:
    """Answers whether a case has a checklist: from the proposal of the exit until it is closed."""
    return facts.stage in _LEFT or ProposalKind.EXIT in facts.open_proposals


def checklist(facts: CaseFacts, leaving: Leaving) -> tuple[Item, ...]:
    """Answers every item of the checklist and whether it is open; nothing where nobody leaves."""
    if not is_asked(facts):
        return ()
    outcome = leaving.outcome
    asked_again = tuple(one.due_on for one in follow_ups.follow_ups(facts))
    return (
        _item(LeavingItem.BED, done=not leaving.has_bed),
        _item(LeavingItem.OUTCOME, done=outcome not in (None, Outcome.UNKNOWN)),
        _item(
            LeavingItem.NEXT_ADDRESS,
            done=leaving.destination is not None,
            needed=outcome not in _NO_NEXT_ADDRESS,
        ),
        _item(LeavingItem.PAPERS, done=LeavingItem.PAPERS in leaving.settled),
        _item(
            LeavingItem.COPY,
            done=LeavingItem.COPY in leaving.settled,
            needed=outcome not in _NOBODY_TO_GIVE_IT,
        ),
        _item(
            LeavingItem.ALLOWANCE, done=all(one.departure is not None for one in facts.allowances)
        ),
        _item(LeavingItem.PROCEDURES, done=not leaving.procedures_run),
        _item(LeavingItem.REFERRALS, done=not leaving.referrals_run),
        _item(LeavingItem.CARD, done=not leaving.has_card),
        _item(LeavingItem.TASKS, done=not leaving.tasks_open),
        Item(
            LeavingItem.FOLLOW_UP,
            ItemState.DONE if asked_again else ItemState.NOT_NEEDED,
            asked_again,
        ),
    )


def follows(facts: CaseFacts, leaving: Leaving) -> tuple[Follows, ...]:
    """Answers which open items stand among the tasks by themselves, since the day of the exit.

    What is ticked by hand is a task of its own; the allowance stands there already (`tasks.follows`).
    """
    if facts.stage not in _LEFT or facts.exited_on is None:
        return ()
    by_item = {
        LeavingItem.BED: FollowsKind.BED,
        LeavingItem.NEXT_ADDRESS: FollowsKind.NEXT_ADDRESS,
        LeavingItem.PROCEDURES: FollowsKind.PROCEDURES,
    }
    return tuple(
        Follows(by_item[one.what], facts.exited_on)
        for one in checklist(facts, leaving)
        if one.is_open and one.what in by_item
    )


def may_settle(facts: CaseFacts) -> Decision:
    """Answers whether an item may be ticked by hand: while the case has a checklist."""
    if is_asked(facts):
        return Allowed()
    return Refused(N_("Nobody leaves here now, so there is no checklist."))


def may_take_card_out(facts: CaseFacts) -> Decision:
    """Answers whether the emergency card may be taken out: once the person has left, not before."""
    if facts.has_ended:
        return Allowed()
    return Refused(N_("This person is still here. The emergency card stays until they have left."))


def may_fill_destination(
    facts: CaseFacts, known: DestinationKind | None, destination: DestinationKind
) -> Decision:
    """Answers whether the kind of next address may be filled in after an exit: once, where it was left open."""
    if facts.exited_on is None or facts.outcome is None:
        return Refused(N_("There is no exit yet. Fill it in with the proposal."))
    if known is not None:
        return Refused(N_("The kind of next address is filled in already."))
    return may_name(facts.outcome, destination)


def _item(what: LeavingItem, *, done: bool, needed: bool = True) -> Item:
    if not needed:
        return Item(what, ItemState.NOT_NEEDED)
    return Item(what, ItemState.DONE if done else ItemState.OPEN)
