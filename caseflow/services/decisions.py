"""Admission, extension and exit: proposed by one colleague, decided by another; and follow-up after an exit."""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import follow_ups, pathways, proposals
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.cases import ProposalState
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.messages import N_
from caseflow.domain.outcomes import Outcome, OutcomeBasis
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.stay_limits import StartEvent
from caseflow.services import departures, houses, readings
from caseflow.services.casework import enter_stage
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.facts import Exit, Extension, FollowUp, Proposal, StartDate
from caseflow.storage.models.vault import Reason

PROPOSE = {
    ProposalKind.ADMISSION: Permission.ADMISSION_PROPOSE,
    ProposalKind.EXTENSION: Permission.EXTENSION_PROPOSE,
    ProposalKind.EXIT: Permission.EXIT_PROPOSE,
}
DECIDE = {
    ProposalKind.ADMISSION: Permission.ADMISSION_DECIDE,
    ProposalKind.EXTENSION: Permission.EXTENSION_DECIDE,
    ProposalKind.EXIT: Permission.EXIT_DECIDE,
}


def propose_admission(
    actor: Actor, case_id: str, on: date, reason: str | None, now: datetime
) -> Refused | None:
    """Proposes to admit someone from a day on."""
    proposal_id = new_id()
    with changing(
        actor,
        Permission.ADMISSION_PROPOSE,
        case_id,
        "proposal_made",
        now,
        details={"kind": ProposalKind.ADMISSION.value},
        words=bool(reason),
        object_id=proposal_id,
    ) as change:
        allowed = proposals.may_propose_admission(change.facts, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        _put(change, proposal_id, ProposalKind.ADMISSION, reason, event_on=on)
        return None


def propose_extension(
    actor: Actor, case_id: str, until: date, reason: str | None, now: datetime
) -> Refused | None:
    """Proposes a longer stay, until a last day that is agreed."""
    proposal_id = new_id()
    with changing(
        actor,
        Permission.EXTENSION_PROPOSE,
        case_id,
        "proposal_made",
        now,
        details={"kind": ProposalKind.EXTENSION.value, "until": until},
        words=bool(reason),
        object_id=proposal_id,
    ) as change:
        allowed = proposals.may_propose_extension(change.facts, change.told, until, change.today)
        if not allowed:
            return change.refuse(allowed)
        _put(
            change,
            proposal_id,
            ProposalKind.EXTENSION,
            reason,
            event_on=change.today,
            until_on=until,
        )
        return None


def propose_exit(
    actor: Actor,
    case_id: str,
    outcome: Outcome,
    basis: OutcomeBasis | None,
    exit_on: date,
    reason: str | None,
    now: datetime,
    *,
    permanent_stay_assured: bool | None = None,
    destination: DestinationKind | None = None,
) -> Refused | None:
    """Proposes how and when an episode ended."""
    proposal_id = new_id()
    with changing(
        actor,
        Permission.EXIT_PROPOSE,
        case_id,
        "proposal_made",
        now,
        details={
            "kind": ProposalKind.EXIT.value,
            "outcome": outcome.value,
            "basis": basis.value if basis else None,
        },
        words=bool(reason),
        object_id=proposal_id,
    ) as change:
        allowed = proposals.may_propose_exit(
            change.facts,
            outcome,
            basis,
            exit_on,
            change.today,
            told=change.told,
            permanent_stay_assured=permanent_stay_assured,
            destination=destination,
        )
        if not allowed:
            return change.refuse(allowed)
        _put(
            change,
            proposal_id,
            ProposalKind.EXIT,
            reason,
            event_on=exit_on,
            outcome=outcome.value,
            outcome_basis=basis.value if basis else None,
            permanent_stay_assured=permanent_stay_assured,
            destination_kind=destination.value if destination else None,
        )
        return None


def decide(
    actor: Actor, case_id: str, proposal_id: str, approve: bool, reason: str | None, now: datetime,
    *, version: int | None = None,
) -> Refused | None:  # fmt: skip
    """Approves or declines a proposal that somebody else made; what follows from it is done at once."""
    kind = _kind(actor, case_id, proposal_id, now)
    state = ProposalState.APPROVED if approve else ProposalState.DECLINED
    with changing(
        actor,
        DECIDE[kind],
        case_id,
        "proposal_decided",
        now,
        details={"kind": kind.value, "state": state.value},
        words=bool(reason),
        object_id=proposal_id,
    ) as change:
        refused = conclude(change, actor, proposal_id, approve, version=version)
        if refused is None and reason:
            change.work.vault.add(
                Reason(case_id=case_id, about_id=proposal_id, words=reason, **change.written())
            )
        return refused


def conclude(
    change: CaseChange, actor: Actor, proposal_id: str, approve: bool, *,
    version: int | None = None, reason_code: str | None = None, until: date | None = None,
) -> Refused | None:  # fmt: skip
    """Decides within a change that whoever decides was let into: asks the rules again, and does at once what follows.

    `until` is the last day that is granted where it is another than the one proposed. Raises `NotKnown`.
    """
    row = _row(change, proposal_id)
    if version is not None and row.version != version:
        return change.refuse(
            Refused(
                N_("A colleague changed this proposal meanwhile. Look again before you decide.")
            )
        )
    row.granted_until_on, row.reason_code = until, reason_code
    allowed = proposals.may_decide(
        change.programme, readings.proposal_of(row), actor.user_id, actor.roles
    )
    if allowed and approve:
        allowed = _still_fits(change, row)
    if not allowed:
        return change.refuse(allowed)
    state = ProposalState.APPROVED if approve else ProposalState.DECLINED
    row.state, row.decided_by, row.decided_at = state.value, actor.user_id, change.work.at
    if approve:
        _carry_out(change, row)
    elif ProposalKind(row.kind) is ProposalKind.ADMISSION:
        enter_stage(change, Stage.DECLINED, change.today)
    return None


def withdraw(actor: Actor, case_id: str, proposal_id: str, now: datetime) -> Refused | None:
    """Takes back a proposal that one made oneself and that is still open."""
    kind = _kind(actor, case_id, proposal_id, now)
    with changing(
        actor,
        PROPOSE[kind],
        case_id,
        "proposal_withdrawn",
        now,
        details={"kind": kind.value},
        object_id=proposal_id,
    ) as change:
        row = _row(change, proposal_id)
        allowed = proposals.may_withdraw_proposal(readings.proposal_of(row), actor.user_id)
        if not allowed:
            return change.refuse(allowed)
        row.state = ProposalState.WITHDRAWN.value
        return None


def follow_up(
    actor: Actor, case_id: str, months: int, answer: FollowUpAnswer, on: date, now: datetime
) -> Refused | None:
    """Records whether the solution still holds 6 or 12 months after the exit."""
    with changing(
        actor,
        Permission.FOLLOW_UP_RECORD,
        case_id,
        "follow_up_recorded",
        now,
        details={"months": months, "state": answer.value},
    ) as change:
        allowed = follow_ups.may_record_follow_up(change.facts, months, on, change.today)
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(
            FollowUp(months=months, state=answer.value, event_on=on, **change.recorded)
        )
        if pathways.may_begin_aftercare(change.facts, on, change.today):
            enter_stage(change, Stage.AFTERCARE, on)
        return None


def _put(
    change: CaseChange, proposal_id: str, kind: ProposalKind, reason: str | None, **what: object
) -> None:
    row = Proposal(
        id=proposal_id, kind=kind.value, state=ProposalState.OPEN.value, **what, **change.recorded
    )
    change.work.casework.add(row)
    if reason:
        change.work.vault.add(
            Reason(
                case_id=change.dossier.case.id, about_id=row.id, words=reason, **change.written()
            )
        )


def _kind(actor: Actor, case_id: str, proposal_id: str, now: datetime) -> ProposalKind:
    """What kind of proposal this is, so that the right permission is asked for; unknown is not known."""
    with houses.current().stores.reading() as session:
        row = session.get(Proposal, proposal_id)
        if row is None or row.case_id != case_id:
            raise NotKnown()
        return ProposalKind(row.kind)


def _row(change: CaseChange, proposal_id: str) -> Proposal:
    for row in change.dossier.proposals:
        if row.id == proposal_id:
            return row
    raise NotKnown()


def _still_fits(change: CaseChange, row: Proposal) -> Decision:
    """Asks again what was asked when it was proposed: the case may have changed since."""
    proposal, today = readings.proposal_of(row), change.today
    if proposal.kind is ProposalKind.ADMISSION:
        return proposals.may_approve_admission(change.facts, proposal, row.event_on, today)
    if proposal.kind is ProposalKind.EXTENSION:
        until = (
            row.granted_until_on or row.until_on or row.event_on
        )  # never stored without its day; the earlier one is refused
        return proposals.may_approve_extension(change.facts, change.told, until, today)
    return proposals.may_approve_exit(
        change.facts,
        Outcome(row.outcome or Outcome.UNKNOWN),
        OutcomeBasis(row.outcome_basis) if row.outcome_basis else None,
        row.event_on,
        today,
        told=change.told,
        permanent_stay_assured=row.permanent_stay_assured,
        destination=DestinationKind(row.destination_kind) if row.destination_kind else None,
    )


def _carry_out(change: CaseChange, row: Proposal) -> None:
    casework, kind = change.work.casework, ProposalKind(row.kind)
    if kind is ProposalKind.ADMISSION:
        for start in (StartEvent.ADMISSION, StartEvent.PATHWAY_START):
            casework.add(StartDate(kind=start.value, event_on=row.event_on, **change.recorded))
        enter_stage(change, Stage.GUIDANCE, row.event_on)
    elif kind is ProposalKind.EXTENSION:
        casework.add(
            Extension(
                until_on=row.granted_until_on or row.until_on,
                event_on=change.today,
                proposal_id=row.id,
                **change.recorded,
            )
        )
    else:
        casework.add(
            Exit(
                exited_on=row.event_on,
                outcome=row.outcome,
                outcome_basis=row.outcome_basis,
                permanent_stay_assured=row.permanent_stay_assured,
                destination_kind=row.destination_kind,
                proposal_id=row.id,
                **change.recorded,
            )
        )
        enter_stage(change, Stage.EXITED, row.event_on)
        departures.ask(change, row.event_on)
