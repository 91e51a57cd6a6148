"""What a decision-maker of the city answers to a proposal: yes, no, or until a day, with a reason as a code.

The sheet goes by client code, so that whoever decides for the city decides on what was agreed to matter (criteria,
stage, clock, advice, the day proposed) and learns nothing else about anybody (the firewall, §3).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.programmes import Decider, Programme, ProposalKind


class Advice(StrEnum):
    """What the team advises, as a code."""

    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    NO_ADVICE = "no_advice"


class SheetAnswer(StrEnum):
    """What the city answers."""

    YES = "yes"
    NO = "no"
    UNTIL = "until"


class SheetReason(StrEnum):
    """Why, as a code: there is no field for words."""

    CRITERIA_MET = "criteria_met"
    WORKS_TOWARDS_A_SOLUTION = "works_towards_solution"
    PROCEDURE_RUNS = "procedure_runs"
    PRESSING_CIRCUMSTANCES = "pressing_circumstances"
    EXIT_IN_ORDER = "exit_in_order"
    CRITERIA_NOT_MET = "criteria_not_met"
    NOT_ENOUGH_KNOWN = "not_enough_known"
    NO_PLACE = "no_place"
    NO_SOLUTION_IN_SIGHT = "no_solution_in_sight"
    EXIT_TOO_EARLY = "exit_too_early"
    SHORTER_IS_ENOUGH = "shorter_is_enough"
    LOOK_AGAIN_THEN = "look_again_then"


ADVICE_NAMES: Final[Mapping[Advice, Message]] = {
    Advice.IN_FAVOUR: N_("In favour"),
    Advice.AGAINST: N_("Against"),
    Advice.NO_ADVICE: N_("The team gives no advice"),
}
ANSWER_NAMES: Final[Mapping[SheetAnswer, Message]] = {
    SheetAnswer.YES: N_("Yes"),
    SheetAnswer.NO: N_("No"),
    SheetAnswer.UNTIL: N_("Yes, until another day"),
}
REASON_NAMES: Final[Mapping[SheetReason, Message]] = {
    SheetReason.CRITERIA_MET: N_("The criteria are met"),
    SheetReason.WORKS_TOWARDS_A_SOLUTION: N_("More time is likely to bring a durable solution"),
    SheetReason.PROCEDURE_RUNS: N_("A procedure is still running"),
    SheetReason.PRESSING_CIRCUMSTANCES: N_("Pressing circumstances"),
    SheetReason.EXIT_IN_ORDER: N_("The end is in order"),
    SheetReason.CRITERIA_NOT_MET: N_("The criteria are not met"),
    SheetReason.NOT_ENOUGH_KNOWN: N_("Not enough is known to decide"),
    SheetReason.NO_PLACE: N_("No place within what was agreed"),
    SheetReason.NO_SOLUTION_IN_SIGHT: N_("More time is not likely to bring a solution"),
    SheetReason.EXIT_TOO_EARLY: N_("It is too early to end this"),
    SheetReason.SHORTER_IS_ENOUGH: N_("A shorter time is enough"),
    SheetReason.LOOK_AGAIN_THEN: N_("To be looked at again by then"),
}

_K, _A, _R = ProposalKind, SheetAnswer, SheetReason
REASONS: Final[Mapping[tuple[ProposalKind, SheetAnswer], tuple[SheetReason, ...]]] = {
    (_K.ADMISSION, _A.YES): (_R.CRITERIA_MET, _R.PRESSING_CIRCUMSTANCES),
    (_K.ADMISSION, _A.NO): (_R.CRITERIA_NOT_MET, _R.NOT_ENOUGH_KNOWN, _R.NO_PLACE),
    (_K.EXTENSION, _A.YES): (
        _R.WORKS_TOWARDS_A_SOLUTION,
        _R.PROCEDURE_RUNS,
        _R.PRESSING_CIRCUMSTANCES,
    ),
    (_K.EXTENSION, _A.NO): (_R.NO_SOLUTION_IN_SIGHT, _R.NOT_ENOUGH_KNOWN),
    (_K.EXTENSION, _A.UNTIL): (_R.SHORTER_IS_ENOUGH, _R.LOOK_AGAIN_THEN),
    (_K.EXIT, _A.YES): (_R.EXIT_IN_ORDER,),
    (_K.EXIT, _A.NO): (_R.EXIT_TOO_EARLY, _R.NOT_ENOUGH_KNOWN),
}
"""Which reason goes with which answer to which proposal. Only a longer stay is answered with another day: an admission
or an end has one day, and a different one is a different proposal."""


def decided_by_the_city(programme: Programme) -> frozenset[ProposalKind]:
    """The kinds of proposals that the city decides on in this programme."""
    return frozenset(
        kind
        for kind, decider in programme.deciders.items()
        if decider is Decider.MUNICIPAL_DECISION_MAKER
    )


def answers_to(kind: ProposalKind) -> tuple[SheetAnswer, ...]:
    """What can be answered to this kind of proposal."""
    return tuple(answer for answer in SheetAnswer if (kind, answer) in REASONS)


def reasons_for(kind: ProposalKind) -> tuple[SheetReason, ...]:
    """Every reason that goes with some answer to this kind of proposal, in the order of the answers."""
    every = [one for answer in answers_to(kind) for one in REASONS[kind, answer]]
    return tuple(dict.fromkeys(every))


def may_answer(
    kind: ProposalKind,
    answer: SheetAnswer,
    reason: SheetReason,
    proposed_until: date | None,
    until: date | None,
) -> Decision:
    """Answers whether these go together: the reason with the answer, and a day with “until” alone.

    Whether the day fits the clock is asked of `proposals.may_approve_extension`. A longer stay than was proposed is
    another proposal: nobody would have advised on it.
    """
    fitting = REASONS.get((kind, answer))
    if fitting is None:
        return Refused(N_("Only a longer stay can be answered with another last day."))
    if reason not in fitting:
        return Refused(
            N_(
                "“%(reason)s” is no reason to answer “%(answer)s” here. Choose another one.",
                reason=REASON_NAMES[reason],
                answer=ANSWER_NAMES[answer],
            )
        )
    if answer is not SheetAnswer.UNTIL:
        if until is not None:
            return Refused(N_("A day goes with “Yes, until another day” alone. Leave it empty."))
        return Allowed()
    if until is None:
        return Refused(N_("Enter until which day."))
    if proposed_until is not None and until >= proposed_until:
        return Refused(
            N_(
                "The team proposed until %(day)s. Choose an earlier day, or answer yes.",
                day=proposed_until,
            )
        )
    return Allowed()


def may_advise(programme: Programme, kind: ProposalKind, *, is_open: bool) -> Decision:
    """Answers whether the team may advise: while the proposal waits for somebody who decides for the city."""
    if kind not in decided_by_the_city(programme):
        return Refused(N_("In this programme the team lead decides, so nobody has to advise."))
    if not is_open:
        return Refused(N_("This proposal has already been decided or withdrawn."))
    return Allowed()
