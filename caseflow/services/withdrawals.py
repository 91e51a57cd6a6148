"""Applications that are taken back: somebody does not go on, before any support began."""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import pathways
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.cases import ProposalState
from caseflow.domain.decisions import Refused
from caseflow.domain.placements import NOT_YET_BEGUN, Cancellation, StayStatus
from caseflow.domain.programmes import Stage
from caseflow.services.casework import enter_stage
from caseflow.services.gatekeeping import CaseChange, changing


def withdraw_application(actor: Actor, case_id: str, on: date, now: datetime) -> Refused | None:
    """Takes an application back, with all that waited for it: open proposals and nights that were booked.

    Raises `NotKnown` for whoever is neither on the case team nor at the desk that registered it.
    """
    with changing(
        actor,
        Permission.APPLICATION_WITHDRAW,
        case_id,
        "application_withdrawn",
        now,
        details={"on": on},
    ) as change:
        allowed = pathways.may_withdraw_application(change.facts, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        _take_back_proposals(change)
        _take_back_nights(change)
        enter_stage(change, Stage.WITHDRAWN, on)
        return None


def _take_back_proposals(change: CaseChange) -> None:
    """Nobody is asked any more; a later decision would contradict the withdrawal."""
    for proposal in change.dossier.proposals:
        if proposal.state == ProposalState.OPEN:
            proposal.state = ProposalState.WITHDRAWN.value


def _take_back_nights(change: CaseChange) -> None:
    """A bed that was booked is free for somebody else."""
    for stay in change.dossier.placements:
        if StayStatus(stay.status) in NOT_YET_BEGUN:
            stay.status = StayStatus.CANCELLED.value
            stay.end_reason = Cancellation.NOT_NEEDED.value
            stay.hold_ends_at = None
            stay.changed_at, stay.change_id = change.work.at, change.work.id
