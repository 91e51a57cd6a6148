"""The checklist of a departure as one reader sees it: each item only where its compartment is theirs to see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import departures
from caseflow.domain.access import Standing
from caseflow.domain.cases import CaseFacts, ProposalState
from caseflow.domain.departures import BY_HAND, ITEM_NAMES, Item, Leaving, LeavingItem
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import Outcome, OutcomeBasis
from caseflow.domain.placements import NOT_YET_BEGUN, StayStatus
from caseflow.domain.programmes import ProposalKind
from caseflow.domain.redaction import Compartment, Part, Surface, Vision
from caseflow.domain.tasks import FollowsKind
from caseflow.services import readings, referral_views
from caseflow.services.card_views import card_of
from caseflow.services.houses import House
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.facts import Exit, Proposal
from caseflow.storage.models.tasks import Task

C, P = Compartment, Part
TAKES_A_BED: Final = NOT_YET_BEGUN | {StayStatus.BEGUN}
FOLLOWS_NAMES: Final[Mapping[FollowsKind, Message]] = {
    FollowsKind.BED: N_("The stay on the bed has to end"),
    FollowsKind.NEXT_ADDRESS: N_("Ask for the kind of next address"),
    FollowsKind.PROCEDURES: N_("End the procedures that run"),
}


@dataclass(frozen=True)
class ItemView:
    """One line of the checklist."""

    item: Item
    name: Message
    must: bool
    """Whether the case cannot be closed before it."""
    ends_with_closing: bool


def of(
    house: House,
    session: Session,
    dossier: Dossier,
    facts: CaseFacts,
    standing: Standing,
    today: date,
) -> tuple[ItemView, ...]:
    """The checklist as this reader sees it: nothing where nobody leaves, and nothing for who sees stages alone."""
    vision = standing.vision(Surface.OPENED)
    if not vision.sees(C.CASEWORK) or not departures.is_asked(facts):
        return ()
    ending = _ending(dossier)
    exited_on = facts.exited_on
    if isinstance(ending, Proposal):
        facts = replace(
            facts,
            exited_on=ending.event_on,
            outcome=Outcome(ending.outcome) if ending.outcome else None,
            basis=OutcomeBasis(ending.outcome_basis) if ending.outcome_basis else None,
        )
    seen = set(_seen(vision, standing))
    leaving = replace(
        of_dossier(dossier),
        referrals_run=bool(referral_views.running(session, dossier.case.id, today)),
        has_card=LeavingItem.CARD in seen and _has_card(house, session, dossier, exited_on),
        settled=_settled(session, dossier),
    )
    return tuple(
        ItemView(
            one,
            ITEM_NAMES[one.what],
            must=one.is_open and one.what in departures.NEEDED_TO_CLOSE,
            ends_with_closing=one.is_open and one.what in departures.ENDED_BY_CLOSING,
        )
        for one in departures.checklist(facts, leaving)
        if one.what in seen
    )


def of_dossier(dossier: Dossier) -> Leaving:
    """What the coded facts of a case say about a departure; for many cases at once nothing more is asked."""
    ending = _ending(dossier)
    by_hand = {kind.value for kind in BY_HAND.values()}
    return Leaving(
        outcome=Outcome(ending.outcome) if ending is not None and ending.outcome else None,
        destination=DestinationKind(ending.destination_kind)
        if ending is not None and ending.destination_kind
        else None,
        has_bed=any(StayStatus(one.status) in TAKES_A_BED for one in dossier.placements),
        procedures_run=any(one.until_on is None for one in dossier.procedures),
        tasks_open=any(one.kind not in by_hand for one in dossier.tasks),
    )


def follows(
    dossier: Dossier, facts: CaseFacts, vision: Vision
) -> Iterator[tuple[FollowsKind, date, Message]]:
    """What of the checklist stands among the tasks by itself, for who may see what it is about."""
    needs = {
        FollowsKind.BED: vision.sees(C.SHELTER),
        FollowsKind.NEXT_ADDRESS: vision.sees(C.CASEWORK),
        FollowsKind.PROCEDURES: vision.sees(C.IMMIGRATION),
    }
    for one in departures.follows(facts, of_dossier(dossier)):
        if needs[one.kind]:
            yield one.kind, one.on, FOLLOWS_NAMES[one.kind]


def _seen(vision: Vision, standing: Standing) -> Iterator[LeavingItem]:
    """The items whose compartments this reader sees; that one is missing says nothing about the person."""
    needs = {
        LeavingItem.BED: vision.sees(C.SHELTER),
        LeavingItem.ALLOWANCE: vision.sees(C.MONEY),
        LeavingItem.PROCEDURES: vision.sees(C.IMMIGRATION),
        LeavingItem.CARD: standing.vision(Surface.LIST).sees_any(C.EMERGENCY_CARD),
    }
    return (one for one in LeavingItem if needs.get(one, True))


def _ending(dossier: Dossier) -> Exit | Proposal | None:
    """The exit that counts, or else the proposal of one that waits."""
    left = readings.current_exit(dossier)
    if left is not None:
        return left
    waiting = [
        one
        for one in dossier.proposals
        if one.kind == ProposalKind.EXIT and one.state == ProposalState.OPEN
    ]
    return waiting[-1] if waiting else None


def _has_card(house: House, session: Session, dossier: Dossier, exited_on: date | None) -> bool:
    """Whether a card with something on it stands that was made before the exit; a later one is of a later stay."""
    card = card_of(house, session, dossier.client.code)
    if card is None or card.lines.is_empty:
        return False
    return exited_on is None or card.recorded_on <= exited_on


def by_hand(session: Session, dossier: Dossier) -> list[Task]:
    """The tasks of this departure; those of an exit that turned out to be an error are of none."""
    errors = [
        one.mistaken_at
        for one in dossier.mistaken
        if isinstance(one, Exit) and one.mistaken_at is not None
    ]
    since = max(errors, default=None)
    rows = session.scalars(
        select(Task).where(
            Task.case_id == dossier.case.id,
            Task.kind.in_([kind.value for kind in BY_HAND.values()]),
            Task.superseded.is_(False),
        )
    )
    return [one for one in rows if since is None or one.done_at is None or one.done_at > since]


def _settled(session: Session, dossier: Dossier) -> frozenset[LeavingItem]:
    by_kind: dict[str, list[bool]] = {}
    for row in by_hand(session, dossier):
        by_kind.setdefault(row.kind, []).append(row.done_at is not None)
    return frozenset(item for item, kind in BY_HAND.items() if all(by_kind.get(kind, [False])))
