"""Our own formal decisions: the codes of what is decided, on which ground, and what may become of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseflow.domain.messages import N_, Message


class DecisionKind(StrEnum):
    """What we decide about somebody."""

    REFUSAL = "refusal"
    END = "end"
    EXCLUSION = "exclusion"


class Ground(StrEnum):
    """Why; a code, so that a crime, a status or a story never stands in it."""

    CRITERION = "criterion"
    INCOMPLETE = "incomplete"
    TERM_OVER = "term_over"
    SOLUTION = "solution"
    OWN_WISH = "own_wish"
    AGREEMENTS = "agreements"
    AWAY = "away"
    HOUSE_RULES = "house_rules"


GROUNDS: Final[Mapping[DecisionKind, tuple[Ground, ...]]] = {
    DecisionKind.REFUSAL: (Ground.CRITERION, Ground.INCOMPLETE),
    DecisionKind.END: (
        Ground.TERM_OVER,
        Ground.SOLUTION,
        Ground.OWN_WISH,
        Ground.AGREEMENTS,
        Ground.AWAY,
        Ground.CRITERION,
    ),
    DecisionKind.EXCLUSION: (Ground.HOUSE_RULES,),
}
"""Which grounds a decision can have."""


class DecisionState(StrEnum):
    """How far a decision is: prepared by one colleague, decided or not taken by another."""

    PREPARED = "prepared"
    DECIDED = "decided"
    NOT_TAKEN = "not_taken"


class StepKind(StrEnum):
    """What may become of a decision."""

    MADE_KNOWN = "made_known"
    OBJECTION_LODGED = "objection_lodged"
    HEARING = "hearing"
    OBJECTION_DECIDED = "objection_decided"
    RELIEF_ASKED = "relief_asked"
    RELIEF_DECIDED = "relief_decided"
    TAKEN_BACK = "taken_back"


RESULTS: Final[Mapping[StepKind, tuple[str, ...]]] = {
    StepKind.MADE_KNOWN: ("handed_over", "sent"),
    StepKind.OBJECTION_DECIDED: ("founded", "unfounded", "inadmissible", "withdrawn"),
    StepKind.RELIEF_DECIDED: ("granted", "denied", "withdrawn"),
}
"""How a step can end, or how it was done; the other steps have no result."""

KIND_NAMES: Final[Mapping[DecisionKind, Message]] = {
    DecisionKind.REFUSAL: N_("Refusal of admission"),
    DecisionKind.END: N_("End of shelter and guidance"),
    DecisionKind.EXCLUSION: N_("Exclusion from the house"),
}
GROUND_NAMES: Final[Mapping[Ground, Message]] = {
    Ground.CRITERION: N_("A criterion of the rules is not met"),
    Ground.INCOMPLETE: N_("What was asked for was not given"),
    Ground.TERM_OVER: N_("The longest stay is over"),
    Ground.SOLUTION: N_("There is a solution elsewhere"),
    Ground.OWN_WISH: N_("The person asked for it"),
    Ground.AGREEMENTS: N_("Agreements about the guidance were not kept"),
    Ground.AWAY: N_("Away longer than was agreed"),
    Ground.HOUSE_RULES: N_("The house rules were broken"),
}
STATE_NAMES: Final[Mapping[DecisionState, Message]] = {
    DecisionState.PREPARED: N_("waits for a decision"),
    DecisionState.DECIDED: N_("decided"),
    DecisionState.NOT_TAKEN: N_("not taken"),
}
STEP_NAMES: Final[Mapping[StepKind, Message]] = {
    StepKind.MADE_KNOWN: N_("Made known"),
    StepKind.OBJECTION_LODGED: N_("Objection lodged"),
    StepKind.HEARING: N_("Hearing about the objection"),
    StepKind.OBJECTION_DECIDED: N_("Objection decided"),
    StepKind.RELIEF_ASKED: N_("Interim relief asked of the court"),
    StepKind.RELIEF_DECIDED: N_("Court decided on interim relief"),
    StepKind.TAKEN_BACK: N_("Decision taken back"),
}
RESULT_NAMES: Final[Mapping[str, Message]] = {
    "handed_over": N_("Handed over"),
    "sent": N_("Sent"),
    "founded": N_("Well founded: the decision does not stand"),
    "unfounded": N_("Unfounded: the decision stands"),
    "inadmissible": N_("Inadmissible: not looked into"),
    "withdrawn": N_("Withdrawn"),
    "granted": N_("Granted by the court"),
    "denied": N_("Denied by the court"),
}
ACT_NAMES: Final[Mapping[StepKind, Message]] = {
    StepKind.MADE_KNOWN: N_("Record that it was made known"),
    StepKind.OBJECTION_LODGED: N_("Record an objection"),
    StepKind.HEARING: N_("Plan the hearing"),
    StepKind.OBJECTION_DECIDED: N_("Record the answer to the objection"),
    StepKind.RELIEF_ASKED: N_("Record that the court was asked"),
    StepKind.RELIEF_DECIDED: N_("Record what the court decided"),
    StepKind.TAKEN_BACK: N_("Take the decision back"),
}
"""What recording each step is called on a button."""
