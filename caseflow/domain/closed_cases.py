"""What may still change in a case that is over: closed, declined or withdrawn. Everything else is refused.

A file that nobody works on any more does not grow, and says tomorrow what it said yesterday. What stays open is listed
with its reason, so that an act that is added later is refused until somebody says why it should not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseflow.domain.access import Permission
from caseflow.domain.cases import STAGE_NAMES
from caseflow.domain.decisions import Refused
from caseflow.domain.duties import LOOKING
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Stage

OVER: Final = frozenset({Stage.CLOSED, Stage.DECLINED, Stage.WITHDRAWN})
_NOT_CLOSED: Final = OVER - {Stage.CLOSED}


@dataclass(frozen=True)
class StillOpen:
    """In which of the stages that are over an act may still be done, and why."""

    why: str
    stages: frozenset[Stage] = OVER


P = Permission
STILL_OPEN: Final[Mapping[Permission, StillOpen]] = {
    P.CASE_CLOSE: StillOpen("what was declined or withdrawn is closed afterwards", _NOT_CLOSED),
    P.REENTRY_CREATE: StillOpen("somebody who comes back gets a new case of their own"),
    P.NOTE_CREATE: StillOpen(
        "the person is told, and may object, until the case is closed", _NOT_CLOSED
    ),
    P.CONTACT_RECORD: StillOpen("the person has to be reached until it is closed", _NOT_CLOSED),
    P.AGREEMENT_WITHDRAW: StillOpen(
        "what somebody agreed to is taken back as long as it is kept (GDPR art. 7(3))"
    ),
    P.CASE_ASSIGN: StillOpen(
        "somebody answers for the file, and who left the team reads it no more"
    ),
    P.CASE_REFER: StillOpen("a referral has to end, and a counsellor is asked about an objection"),
    P.CASE_RESTRICT: StillOpen("danger does not end with a case"),
    P.SEPARATION_RECORD: StillOpen("danger does not end with a case"),
    P.WARNING_RECORD: StillOpen("who still sleeps there lives by the rules of the house"),
    P.HOUSE_PAIR_RECORD: StillOpen("who still sleeps there shares a room"),
    P.TIME_OUT_RECORD: StillOpen("who still sleeps there may be sent away for some nights"),
    P.SAFE_REPORT_RECORD: StillOpen("what came of a report is often known later"),
    P.TRAFFICKING_RECORD: StillOpen("danger does not end with a case"),
    P.CHILD_PROTECTION_RECORD: StillOpen("danger does not end with a case"),
    P.INCIDENT_RECORD: StillOpen("what happens in a house is written down, whoever it concerns"),
    P.INCIDENT_FOLLOW_UP: StillOpen("what happened is followed up, with the person or without"),
    P.DISCLOSURE_ASK: StillOpen("who left still needs a letter, and a copy of what is theirs"),
    P.DISCLOSURE_APPROVE: StillOpen("what was asked is approved or refused"),
    P.DISCLOSURE_COUNSEL: StillOpen("what was asked is approved or refused"),
    P.DISCLOSURE_WITHDRAW: StillOpen("what left is taken back as long as it is kept"),
    P.TELLING_RECORD: StillOpen("what was told was told, and stands on the client's list"),
    P.DANGER_RECORD: StillOpen("danger does not end with a case"),
    P.CONFERENCE_PUT: StillOpen("it comes off an agenda; its own rule puts none on"),
    P.LSO_REGISTER: StillOpen("what went to a meeting of the past is registered late"),
    P.CASE_MERGE: StillOpen("two codes of one person are often found when they come back"),
    P.TASK_AMEND: StillOpen(
        "what was left to do is ticked off; a new task is refused by its own rule"
    ),
    P.FOLLOW_UP_RECORD: StillOpen("whether a solution holds is asked 6 and 12 months later"),
    P.CLIENT_REQUEST_RECORD: StillOpen("no closing takes a right from the person"),
    P.CLIENT_REQUEST_DECIDE: StillOpen("no closing takes a right from the person"),
    P.FORMAL_DECISION_RECORD: StillOpen("a decision is made known, and an objection runs on"),
    P.FORMAL_DECISION_DECIDE: StillOpen("a refusal follows the declined application"),
    P.LEGAL_NOTE_RECORD: StillOpen("the counsellor works on the objection"),
    P.MILESTONE_RECORD: StillOpen(
        "a procedure ends, and its V-number goes; its own rule opens none"
    ),
    P.CONTINUATION_RECORD: StillOpen(
        "a stay that a court continues ends; its own rule begins none"
    ),
    P.ALLOWANCE_RECORD: StillOpen("an allowance that still runs ends; its own rule begins none"),
    P.COST_RECORD: StillOpen("an invoice comes later, and a cost that was wrong is taken back"),
    P.SLIP_SETTLE: StillOpen("money that was drawn is handed over, or comes back"),
    P.CARD_RECORD: StillOpen(
        "the emergency card is of the person, and is taken out when they leave"
    ),
    P.PLACEMENT_END: StillOpen("a bed is free only once somebody says so"),
    P.PLACEMENT_BACKDATE: StillOpen("nights that somebody slept here are theirs to keep"),
    P.PLACEMENT_MOVE: StillOpen("who still sleeps there moves when a room is closed"),
    P.PRESENCE_RECORD: StillOpen("who still sleeps there is in the house"),
    P.ABSENCE_RECORD: StillOpen("nights away that still run end; its own rule begins none"),
}
"""Acts that a case that is over still takes."""
REFUSED: Final = frozenset(
    {
        P.APPLICATION_WITHDRAW, P.PERSON_RECORD, P.SCREENING_RECORD, P.IDENTITY_RECORD, P.TASK_CREATE,
        P.SCENARIO_RECORD, P.ADMISSION_PROPOSE, P.ADMISSION_DECIDE, P.EXTENSION_PROPOSE, P.EXTENSION_DECIDE,
        P.EXIT_PROPOSE, P.EXIT_DECIDE, P.PROPOSAL_ADVISE, P.EARLIER_NIGHTS_DECIDE, P.PLACEMENT_CREATE,
        P.CONFERENCE_APPROVE,
        P.HOUSEHOLD_RECORD, P.HEALTH_RECORD, P.PLAN_RECORD, P.WAITING_ASK, P.WAITING_OFFER, P.AGREEMENT_RECORD,
        P.CASE_SHARE,
    }
)  # fmt: skip
"""Acts that it takes no more. A test holds that each changing act of a case stands in one of the two."""
RIGHTS_OF_THE_PERSON: Final = frozenset(
    {"fact_mistaken", "identity_mistaken", "deferral_taken_back", "safe_report_taken_back"}
    | {"trafficking_mistaken", "child_concern_mistaken"}
)
"""Events that no closing stops: what is wrong is marked as wrong as long as it is kept (GDPR art. 16)."""


def is_shut(permission: Permission, stage: Stage) -> bool:
    """Answers whether a case in this stage takes an act no more, whatever the act itself asks; it takes each look."""
    if stage not in OVER or permission in LOOKING:
        return False
    found = STILL_OPEN.get(permission)
    return found is None or stage not in found.stages


def refusal(stage: Stage) -> Refused:
    """Why nothing is added any more, and what to do instead."""
    return Refused(
        N_(
            "This case is over (%(stage)s), so nothing is added to it any more. "
            "Somebody who comes back gets a new case.",
            stage=STAGE_NAMES[stage],
        )
    )
