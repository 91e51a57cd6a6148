"""From proposed to issued: who approves an accountability statement, sends it back, or ends its grant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.services import accountability_gate as gate
from caseflow.services import actors, houses
from caseflow.services.accountability_gate import ISSUED
from caseflow.services.accountability_readings import (
    INSIDE,
    VIEW,
    act_of,
    programmes_of,
    unknown,
    view_in,
)
from caseflow.services.accountability_statements import (
    PROPOSED,
    REJECTED,
    may_be_told,
    still_withstands,
)
from caseflow.services.accountability_views import StatementView
from caseflow.services.approvals import LOOK_AGAIN, acts_as, may_approve
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.publications import APPROVERS, frozen_in
from caseflow.storage import changes
from caseflow.storage.models.funder_papers import AccountabilityApproval, AccountabilityStatement

APPROVE, END = Permission.STATEMENT_APPROVE, Permission.STATEMENT_END
NOT_WAITING: Final = Refused(N_("This statement does not wait for an approval. Look again."))
OVERTAKEN: Final = Refused(
    N_(
        "Something was published or issued meanwhile, and together with it this statement could show something "
        "about one person. Send it back."
    )
)
NOTHING_TO_END: Final = Refused(N_("Nobody can read this statement, so there is nothing to end."))


@dataclass(frozen=True)
class NextSteps:
    """What one colleague may do with one statement: yes, no and why, or None where it is not theirs."""

    approve: Decision | None
    send_back: Decision | None
    end: Decision | None


def next_steps(actor: Actor, view: StatementView) -> NextSteps:
    """What this colleague may do with this statement now; the acts themselves ask again."""
    roles = acts_as(actor, view.programme, APPROVE, APPROVERS)
    waits = view.state == PROPOSED
    approve = may_approve(actor, view, roles)[0] if roles and waits else None
    ends = view.programme in programmes_of(actor, END, INSIDE) and view.state == ISSUED
    return NextSteps(
        approve,
        Allowed() if roles and waits else None,
        (NOTHING_TO_END if view.is_over else Allowed()) if ends else None,
    )


def approve(actor: Actor, statement_id: str, now: datetime) -> Refused | None:
    """One of two approvals: the privacy officer's and a team lead's, never the proposer's; the second one issues.

    Before it is issued the attack is made again, beside everything published and told by then. Raises `NotKnown`.
    """
    house = houses.current()
    view, row = _known(actor, statement_id, APPROVE, APPROVERS, now)
    if view.state != PROPOSED:
        return NOT_WAITING
    allowed, role = may_approve(actor, view, acts_as(actor, view.programme, APPROVE, APPROVERS))
    if isinstance(allowed, Refused):
        return allowed
    with house.stores.reading() as session:
        frozen, told = frozen_in(session), gate.told_in(session)
    is_last = bool(view.approved_as)
    passes = not is_last or still_withstands(row, frozen, told)
    details = {"as_role": role.value, "issued": is_last}
    act = act_of("accountability_approved", actor, now, APPROVE, statement_id, details)
    with changes.change(house.stores, act) as work:
        present = actors.present(work.casework, actor)
        if role not in acts_as(present, view.programme, APPROVE, APPROVERS):
            raise NotKnown()
        current = work.casework.get_one(AccountabilityStatement, statement_id)
        if view_in(work.casework, current, now) != view:
            return work.refuse(LOOK_AGAIN)
        refused = may_be_told(work.casework, current, now)
        if refused is not None:
            return work.refuse(refused)
        if is_last and not passes:
            return work.refuse(OVERTAKEN)
        if is_last and (frozen_in(work.casework), gate.told_in(work.casework)) != (frozen, told):
            return work.refuse(LOOK_AGAIN)
        work.casework.add(
            AccountabilityApproval(
                statement_id=statement_id,
                user_id=actor.user_id,
                as_role=role.value,
                approved_at=work.at,
                change_id=work.id,
            )
        )
        if is_last:
            current.state, current.issued_at = ISSUED, work.at
    return None


def send_back(actor: Actor, statement_id: str, now: datetime) -> Refused | None:
    """Sends a proposed statement back; it stays so, and another one may be proposed. Raises `NotKnown`."""
    view, _ = _known(actor, statement_id, APPROVE, APPROVERS, now)
    roles = acts_as(actor, view.programme, APPROVE, APPROVERS)
    details = {"as_role": roles[0].value}
    act = act_of("accountability_rejected", actor, now, APPROVE, statement_id, details)
    with changes.change(houses.current().stores, act) as work:
        if not acts_as(actors.present(work.casework, actor), view.programme, APPROVE, APPROVERS):
            raise NotKnown()  # fmt: skip
        current = work.casework.get_one(AccountabilityStatement, statement_id)
        if current.state != PROPOSED:
            return work.refuse(NOT_WAITING)
        current.state = REJECTED
    return None


def end(actor: Actor, statement_id: str, now: datetime) -> Refused | None:
    """Ends a grant before its day: the official sees nothing from the next request on. Raises `NotKnown`.

    What was told stays known to the gate.
    """
    view, _ = _known(actor, statement_id, END, INSIDE, now)
    details = {"programme": view.programme}
    act = act_of("accountability_ended", actor, now, END, statement_id, details)
    with changes.change(houses.current().stores, act) as work:
        present = actors.present(work.casework, actor)
        if view.programme not in programmes_of(present, END, INSIDE):
            raise NotKnown()
        current = work.casework.get_one(AccountabilityStatement, statement_id)
        again = view_in(work.casework, current, now)
        if again.state != ISSUED or again.is_over:
            return work.refuse(NOTHING_TO_END)
        current.ended_at, current.ended_by = work.at, work.by
        current.ended_change_id = work.id
    return None


def _known(
    actor: Actor, statement_id: str, permission: Permission, roles: Sequence[Role], now: datetime
) -> tuple[StatementView, AccountabilityStatement]:
    """A statement on which this colleague may act so. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        row = session.get(AccountabilityStatement, statement_id)
        if (
            row is None
            or row.programme not in programmes_of(actor, permission, roles)
            or row.programme not in programmes_of(actor, VIEW, INSIDE)
        ):
            raise unknown(actor, permission, now)
        view = view_in(session, row, now)
        session.expunge(row)
        return view, row
