"""Lets go beds whose hold has run out, and bookings that nobody came for, by rule (rule B5).

A stay that has begun never ends by itself (rule B2).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm.exc import StaleDataError

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.placements import NOT_YET_BEGUN, StayStatus
from caseflow.services import houses
from caseflow.services.job_runs import Worked
from caseflow.storage import availability, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.shelter import Placement

_WAITING: Final = sorted(status.value for status in NOT_YET_BEGUN)


def let_go(actor: Actor, now: datetime) -> Worked:
    """Lets go each stay that has not begun and is over by its hold or by rule, one recorded change for each.

    Of a hold pages count the bed as free already; this writes down what became of it.
    """
    house = houses.current()
    late = house.arrivals.lapsed_since(local(now).date())
    over_by_rule = and_(Placement.status == StayStatus.BOOKED.value, Placement.arrival_on <= late)
    with house.stores.reading() as session:
        over = session.scalars(
            select(Placement.id)
            .where(
                or_(
                    and_(Placement.status.in_(_WAITING), Placement.hold_ends_at <= now),
                    over_by_rule if late is not None else false(),
                )
            )
            .order_by(Placement.arrival_on, Placement.id)
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
    house = houses.current()
    with changes.change(house.stores, act) as change:
        row = change.casework.get_one(Placement, placement_id)
        stay = availability.stay_of(row)
        if not (_is_over(row, now) or house.arrivals.lapses(stay, local(now).date())):
            change.refuse(Refused(N_("A colleague changed this stay meanwhile.")))
            return 0
        row.status, row.changed_at, row.change_id = StayStatus.LAPSED.value, now, change.id
    return 1


def _is_over(row: Placement, now: datetime) -> bool:
    """Whether a stay that has not begun was kept until a moment that has passed."""
    return row.status in _WAITING and row.hold_ends_at is not None and row.hold_ends_at <= now
