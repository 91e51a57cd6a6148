"""The checklist of a departure: what fills itself, what is ticked by hand, and what closing waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseflow.domain.cases import CaseFacts
from caseflow.domain.departures import (
    ItemState,
    Leaving,
    LeavingItem,
    checklist,
    follows,
    is_asked,
    may_fill_destination,
    may_take_card_out,
)
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.nights import Nights
from caseflow.domain.outcomes import Outcome
from caseflow.domain.pathways import may_close
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.tasks import FollowsKind
from tests.domain.cases import ADMITTED, EXITED, TODAY, reason

ITEM, S = LeavingItem, ItemState
LEFT = Leaving(Outcome.VOLUNTARY_RETURN)
PROPOSED = replace(ADMITTED, open_proposals=frozenset({ProposalKind.EXIT}))


def state(what: LeavingItem, leaving: Leaving = LEFT, facts: CaseFacts = EXITED) -> ItemState:
    [found] = [one.state for one in checklist(facts, leaving) if one.what is what]
    return found


@pytest.mark.parametrize(
    ("why", "what", "leaving", "facts", "expected"),
    [
        ("nobody sleeps there", ITEM.BED, LEFT, EXITED, S.DONE),
        ("somebody has the bed", ITEM.BED, replace(LEFT, has_bed=True), EXITED, S.OPEN),
        ("nobody said where they went", ITEM.NEXT_ADDRESS, LEFT, EXITED, S.OPEN),
        (
            "not known is an answer",
            ITEM.NEXT_ADDRESS,
            replace(LEFT, destination=DestinationKind.UNKNOWN),
            EXITED,
            S.DONE,
        ),
        (
            "the outcome says that it is not known",
            ITEM.NEXT_ADDRESS,
            Leaving(Outcome.LEFT_DESTINATION_UNKNOWN),
            EXITED,
            S.NOT_NEEDED,
        ),
        ("unknown is no outcome yet", ITEM.OUTCOME, Leaving(Outcome.UNKNOWN), EXITED, S.OPEN),
        ("papers are ticked by hand", ITEM.PAPERS, LEFT, EXITED, S.OPEN),
        (
            "and were",
            ITEM.PAPERS,
            replace(LEFT, settled=frozenset({ITEM.PAPERS})),
            EXITED,
            S.DONE,
        ),
        (
            "nobody is left to give it to",
            ITEM.COPY,
            Leaving(Outcome.DECEASED),
            EXITED,
            S.NOT_NEEDED,
        ),
        (
            "an allowance runs",
            ITEM.ALLOWANCE,
            LEFT,
            replace(EXITED, allowances=(Nights(TODAY),)),
            S.OPEN,
        ),
        ("a V-number is kept", ITEM.PROCEDURES, replace(LEFT, procedures_run=True), EXITED, S.OPEN),
        (
            "a counsellor reads on",
            ITEM.REFERRALS,
            replace(LEFT, referrals_run=True),
            EXITED,
            S.OPEN,
        ),
        ("a card hangs there", ITEM.CARD, replace(LEFT, has_card=True), EXITED, S.OPEN),
        ("something is to be done", ITEM.TASKS, replace(LEFT, tasks_open=True), EXITED, S.OPEN),
        ("a solution is asked after", ITEM.FOLLOW_UP, LEFT, EXITED, S.DONE),
        (
            "what was no solution is not",
            ITEM.FOLLOW_UP,
            LEFT,
            replace(EXITED, outcome=Outcome.DETAINED),
            S.NOT_NEEDED,
        ),
    ],
)
def test_each_item_says_what_the_file_says(
    why: str, what: LeavingItem, leaving: Leaving, facts: CaseFacts, expected: ItemState
) -> None:
    assert state(what, leaving, facts) is expected, why


def test_a_checklist_is_there_from_the_proposal_until_the_closing() -> None:
    assert not is_asked(ADMITTED)
    assert checklist(ADMITTED, LEFT) == ()
    assert is_asked(PROPOSED)
    assert is_asked(EXITED)
    assert not is_asked(replace(EXITED, stage=Stage.CLOSED))


def test_it_is_known_from_which_days_somebody_asks_again() -> None:
    [asked] = [one for one in checklist(EXITED, LEFT) if one.what is ITEM.FOLLOW_UP]
    assert asked.days == (date(2026, 9, 8), date(2027, 3, 8))


def test_what_the_file_answers_stands_among_the_tasks_by_itself_after_the_exit() -> None:
    everything = replace(LEFT, has_bed=True, procedures_run=True, has_card=True)
    kinds = {one.kind for one in follows(EXITED, everything)}
    assert kinds == {FollowsKind.BED, FollowsKind.NEXT_ADDRESS, FollowsKind.PROCEDURES}
    assert follows(PROPOSED, everything) == ()


def test_a_case_is_not_closed_while_somebody_has_its_bed_or_nobody_knows_the_outcome() -> None:
    assert may_close(EXITED, TODAY, TODAY)
    sleeps = replace(EXITED, shelter=(Nights(date(2026, 3, 5)),))
    assert "still has a bed" in reason(may_close(sleeps, TODAY, TODAY))
    assert may_close(replace(sleeps, shelter=(Nights(date(2026, 3, 5), TODAY),)), TODAY, TODAY)
    unknown = replace(EXITED, outcome=Outcome.UNKNOWN)
    assert "still unknown" in reason(may_close(unknown, TODAY, TODAY))
    assert may_close(replace(ADMITTED, stage=Stage.DECLINED), TODAY, TODAY)


def test_the_kind_of_next_address_is_filled_in_once_and_after_the_exit() -> None:
    abroad = DestinationKind.ABROAD
    assert may_fill_destination(EXITED, None, abroad)
    assert "already" in reason(may_fill_destination(EXITED, DestinationKind.STREET, abroad))
    assert "no exit yet" in reason(may_fill_destination(ADMITTED, None, abroad))
    gone = replace(EXITED, outcome=Outcome.LEFT_DESTINATION_UNKNOWN)
    assert "does not fit" in reason(may_fill_destination(gone, None, abroad))


def test_the_emergency_card_stays_while_an_ambulance_may_come() -> None:
    assert "still here" in reason(may_take_card_out(PROPOSED))
    assert may_take_card_out(EXITED)
