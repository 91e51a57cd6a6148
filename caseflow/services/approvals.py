"""From prepared to frozen: who proposes a publication, who approves it, and who sends it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.certificates import certify
from caseflow.domain.cut_offs import untimely
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.published_counts import PublishedCounts
from caseflow.domain.related_scopes import related
from caseflow.services import accountability_gate, figures, houses, report_comparisons, report_texts
from caseflow.services.accountability_gate import Known
from caseflow.services.gatekeeping import still
from caseflow.services.publication_views import (
    FROZEN,
    PREPARED,
    PROPOSED,
    REJECTED,
    PublicationView,
    view_of,
)
from caseflow.services.publications import (
    APPROVERS,
    PROPOSERS,
    act_of,
    approvals_of,
    certified,
    frozen_in,
    known,
    tried_in,
)
from caseflow.solvers.whole_tables import table_within
from caseflow.storage import changes
from caseflow.storage.models.figures import Publication, PublicationApproval

NOT_WAITING = Refused(N_("This publication does not wait for an approval. Look again."))
LOOK_AGAIN = Refused(N_("A colleague was a moment earlier. Look again before you go on."))
OVERTAKEN = Refused(
    N_(
        "Another publication was frozen meanwhile, and the two together could show something about "
        "one person. Prepare this one again."
    )
)


@dataclass(frozen=True)
class NextSteps:
    """What one colleague may do with one publication: yes, no and why, or None where it is not theirs."""

    propose: Decision | None
    approve: Decision | None
    send_back: Decision | None


def next_steps(actor: Actor, publication: PublicationView) -> NextSteps:
    """What this colleague may do with this publication now; the acts themselves ask again."""
    proposes = acts_as(actor, publication.scope, Permission.PUBLICATION_PROPOSE, PROPOSERS)
    approves = acts_as(actor, publication.scope, Permission.PUBLICATION_APPROVE, APPROVERS)
    is_proposed = publication.state == PROPOSED
    return NextSteps(
        propose=_may_propose(publication.state) if proposes else None,
        approve=may_approve(actor, publication, approves)[0] if approves else None,
        send_back=(Allowed() if is_proposed else NOT_WAITING) if approves else None,
    )


def propose(actor: Actor, publication_id: str, now: datetime) -> Refused | None:
    """Proposes a prepared publication; a programme manager, a team lead or a command does."""
    house = houses.current()
    row = known(actor, publication_id, Permission.PUBLICATION_PROPOSE, *PROPOSERS)
    act = act_of(
        "publication_proposed",
        actor,
        now,
        Permission.PUBLICATION_PROPOSE,
        object_id=row.id,
        details={"scope": row.scope, "cut_off": row.cut_off},
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.PUBLICATION_PROPOSE)
        row = work.casework.get_one(Publication, publication_id)
        allowed = _may_propose(row.state)
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        overtaken = _untimely(work.casework, row, now)
        if overtaken is not None:
            return work.refuse(overtaken)
        row.state, row.proposed_at, row.proposed_by = PROPOSED, now, actor.user_id
        return None


def approve(actor: Actor, publication_id: str, now: datetime, text: str = "") -> Refused | None:
    """One of two approvals: the privacy officer's and a second team lead's; the second one freezes.

    Nobody approves what they proposed or wrote, or approves twice. `text` is the version of the text beside the
    figures that the approver has read: it is compared with what vaults hold, and frozen with the figures. Before
    it freezes, the attack is made again, and on exactly what was frozen by then.
    """
    house = houses.current()
    row = known(actor, publication_id, Permission.PUBLICATION_APPROVE, *APPROVERS)
    roles = acts_as(actor, row.scope, Permission.PUBLICATION_APPROVE, APPROVERS)
    with house.stores.reading() as session:
        seen = view_of(row, approvals_of(session, publication_id), house)
        frozen, told = frozen_in(session), accountability_gate.told_in(session)
    allowed, role = may_approve(actor, seen, roles)
    if isinstance(allowed, Refused):
        return allowed
    compared = report_comparisons.compare(actor, publication_id, row.scope, text, now)
    if isinstance(compared, Refused):
        return compared
    is_last = bool(seen.approved_as)
    passes = not is_last or _withstands(row.certificate, frozen, told)
    act = act_of(
        "publication_approved",
        actor,
        now,
        Permission.PUBLICATION_APPROVE,
        object_id=row.id,
        details={"as_role": role.value, "frozen": is_last},
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.PUBLICATION_APPROVE)
        current = work.casework.get_one(Publication, publication_id)
        approvals = approvals_of(work.casework, publication_id)
        if view_of(current, approvals, house) != seen:
            return work.refuse(LOOK_AGAIN)
        if not report_comparisons.is_current(work.casework, publication_id, compared):
            return work.refuse(report_texts.CHANGED)
        if is_last and not passes:
            return work.refuse(OVERTAKEN)
        known_now = frozen_in(work.casework), accountability_gate.told_in(work.casework)
        if is_last and known_now != (frozen, told):
            return work.refuse(LOOK_AGAIN)
        work.casework.add(
            PublicationApproval(
                publication_id=current.id,
                user_id=actor.user_id,
                as_role=role.value,
                approved_at=now,
                change_id=work.id,
            )
        )
        if is_last:
            if not report_comparisons.freeze(work.casework, publication_id, compared):
                return work.refuse(report_texts.CHANGED)
            current.state, current.frozen_at = FROZEN, now
        return None


class Approvable(Protocol):
    """What two people approve before it leaves: a publication, or a statement for one official."""

    @property
    def state(self) -> str: ...
    @property
    def proposed_by(self) -> str | None: ...
    @property
    def prepared_by(self) -> str: ...
    @property
    def approved_by(self) -> tuple[str, ...]: ...
    @property
    def approved_as(self) -> tuple[str, ...]: ...


def may_approve(
    actor: Actor, publication: Approvable, roles: Sequence[Role]
) -> tuple[Decision, Role]:
    """Whether this colleague may approve this now, and in which of their roles."""
    free = [role for role in roles if role.value not in publication.approved_as]
    role = (free or list(roles))[0]
    if publication.state != PROPOSED:
        return NOT_WAITING, role
    if actor.user_id in (publication.proposed_by, publication.prepared_by):
        return Refused(N_("You proposed this yourself. Somebody else has to approve it.")), role
    if actor.user_id in publication.approved_by:
        return Refused(
            N_("You have approved this already. Somebody else gives the second approval.")
        ), role
    if not free:
        return Refused(
            N_("The approval of this role is there already. The other one is still missing.")
        ), role
    return Allowed(), role


def send_back(actor: Actor, publication_id: str, now: datetime) -> Refused | None:
    """Sends a proposed publication back; its approvals so far no longer count."""
    house = houses.current()
    row = known(actor, publication_id, Permission.PUBLICATION_APPROVE, *APPROVERS)
    roles = acts_as(actor, row.scope, Permission.PUBLICATION_APPROVE, APPROVERS)
    act = act_of(
        "publication_rejected",
        actor,
        now,
        Permission.PUBLICATION_APPROVE,
        object_id=row.id,
        details={"as_role": roles[0].value},
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.PUBLICATION_APPROVE)
        current = work.casework.get_one(Publication, publication_id)
        if current.state != PROPOSED:
            return work.refuse(NOT_WAITING)
        for approval in approvals_of(work.casework, publication_id):
            work.casework.delete(approval)
        current.state = REJECTED
        return None


def _may_propose(state: str) -> Decision:
    if state in (PREPARED, REJECTED):
        return Allowed()
    return Refused(N_("Only a prepared publication can be proposed. Look again."))


def _untimely(session: Session, row: Publication, now: datetime) -> Refused | None:
    """Why this cut-off is no longer to be had: another one used up the quarter after it was prepared."""
    same = [one for one in frozen_in(session) if one.scope == row.scope]
    tried = tried_in(session, row.scope)
    return untimely(row.cut_off, local(now).date(), same, houses.current().rules, tried)


def acts_as(
    actor: Actor, scope: str, permission: Permission, roles: Sequence[Role]
) -> tuple[Role, ...]:
    """In which of these roles this colleague acts on publications of this programme or group."""
    if not may_at_all(permission, actor.roles):
        return ()
    return tuple(role for role in roles if scope in figures.scopes_of(actor, role))


def _withstands(certificate: str, frozen: Sequence[PublishedCounts], told: Known) -> bool:
    """Whether this publication was prepared beside everything frozen by now, and passes with it.

    Also to officials who were told exact counts of the programme, of which no certificate says anything.
    """
    *earlier, mine = certified(certificate)
    touching = related(mine.scope, mine.members, frozen)
    return (
        touching == earlier
        and bool(certify([*earlier, mine], table_within)["passes"])
        and accountability_gate.withstands([*earlier, mine], told)
    )
