"""Lets go beds whose hold has run out (rule B5); a stay that has begun never ends by itself (rule B2)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.placements import NOT_YET_BEGUN, StayStatus
from caseflow.services import houses
from caseflow.services.job_runs import Worked
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.shelter import Placement

_WAITING: Final = sorted(status.value for status in NOT_YET_BEGUN)


def let_go(actor: Actor, now: datetime) -> Worked:
    """Lets go each stay that has not begun and whose hold is over, one recorded change for each.

    Pages count such a bed as free already; this writes down what became of the hold.
    """
    with houses.current().stores.reading() as session:
        over = session.scalars(
            select(Placement.id)
            .where(Placement.status.in_(_WAITING), Placement.hold_ends_at <= now)
            .order_by(Placement.hold_ends_at, Placement.id)
        ).all()
    done, codes = 0, list[str]()
    for placement_id in over:
        try:
            done += _lapse(actor, placement_id, now)
        except StaleDataError as changed:
            codes.append(type(changed).__name__)
    return Worked(done, len(codes), frozenset(codes))


def _lapse(actor: Actor, placement_id: str, now: datetime) -> int:
    act = Act("hold_lapsed", actor, now, object_id=placement_id, purpose="shelter")
    with changes.change(houses.current().stores, act) as change:
        row = change.casework.get_one(Placement, placement_id)
        if row.status not in _WAITING or row.hold_ends_at is None or row.hold_ends_at > now:
            change.refuse(Refused(N_("A colleague changed this stay meanwhile.")))
            return 0
        row.status, row.changed_at, row.change_id = StayStatus.LAPSED.value, now, change.id
    return 1
