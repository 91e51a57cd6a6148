"""Withdrawing a frozen publication: a note that stands beside it for ever; what it says never changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.domain.publication_withdrawals import WithdrawalReason
from caseflow.services import figures, houses
from caseflow.services.gatekeeping import still
from caseflow.services.publication_views import FROZEN, PublicationView
from caseflow.services.publications import act_of, known
from caseflow.storage import changes
from caseflow.storage.models.figures import Publication, PublicationWithdrawal

NOT_FROZEN = Refused(
    N_("Only a frozen publication can be withdrawn. Send back what is still under way.")
)
WITHDRAWN_ALREADY = Refused(N_("This publication was withdrawn already. Its note stays."))


def may_withdraw(actor: Actor, publication: PublicationView) -> Decision | None:
    """Whether this colleague may withdraw it now, and why not; None where it is not theirs to do."""
    if not may_at_all(Permission.PUBLICATION_WITHDRAW, actor.roles):
        return None
    if publication.scope not in figures.scopes_of(actor, Role.PRIVACY_OFFICER):
        return None
    return _can_be(publication.state, is_withdrawn=publication.withdrawn is not None)


def withdraw(
    actor: Actor, publication_id: str, reason: WithdrawalReason, now: datetime
) -> Refused | None:
    """Withdraws a frozen publication with one of few reasons; nothing of it is changed or taken away.

    The privacy officer does, alone: nothing is hidden by it. There is no way back; corrections go into
    the next publication. Raises `NotKnown`.
    """
    house = houses.current()
    row = known(actor, publication_id, Permission.PUBLICATION_WITHDRAW, Role.PRIVACY_OFFICER)
    act = act_of(
        "publication_withdrawn",
        actor,
        now,
        Permission.PUBLICATION_WITHDRAW,
        object_id=row.id,
        details={"reason": reason.value},
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.PUBLICATION_WITHDRAW)
        current = work.casework.get_one(Publication, publication_id)
        allowed = _can_be(current.state, is_withdrawn=_is_withdrawn(work.casework, publication_id))
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        work.casework.add(
            PublicationWithdrawal(
                publication_id=current.id,
                reason=reason.value,
                withdrawn_at=now,
                withdrawn_by=actor.user_id,
                change_id=work.id,
            )
        )
        return None


def _can_be(state: str, *, is_withdrawn: bool) -> Decision:
    if state != FROZEN:
        return NOT_FROZEN
    return WITHDRAWN_ALREADY if is_withdrawn else Allowed()


def _is_withdrawn(session: Session, publication_id: str) -> bool:
    return session.get(PublicationWithdrawal, publication_id) is not None
