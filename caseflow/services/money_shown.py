"""The money of one case, as its reader may see it: all of it, slips alone, or nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from caseflow.domain import slips
from caseflow.domain.actors import Actor
from caseflow.domain.costs import CostKind, Payer
from caseflow.domain.decisions import Allowed
from caseflow.domain.local_days import local
from caseflow.domain.pay_outs import LineKind, Period
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.services import slips as slip_services
from caseflow.services.money_views import CostView, LineView, MoneyView, SlipView
from caseflow.storage import money
from caseflow.storage.models.facts import Cost
from caseflow.storage.models.money import PayOutLine, Slip

C, P = Compartment, Part
RETURNED = slips.SlipState.RETURNED


def of(
    session: Session, case_id: str, vision: Vision, actor: Actor, now: datetime
) -> tuple[MoneyView | Hidden, tuple[SlipView, ...] | Hidden]:
    """Costs and booked lines, and the slips, the newest first; each hidden where it is not for this reader."""
    if not vision.sees(C.MONEY, P.SLIPS):
        return HIDDEN, HIDDEN
    lines, stored, costs = money.of_case(session, case_id)
    shown = tuple(_slip(session, slip, actor, now) for slip in stored)
    if not vision.sees(C.MONEY):
        return HIDDEN, shown
    return _money(lines, stored, costs), shown


def _slip(session: Session, slip: Slip, actor: Actor, now: datetime) -> SlipView:
    if slip.settled_by != actor.user_id:
        return slip_services.view(slip)
    stands = slip_services.settled(session, slip)
    allowed = slips.may_take_back(stands, actor.user_id, now)
    return slip_services.view(slip, may_take_back=isinstance(allowed, Allowed))


def _money(lines: list[PayOutLine], stored: list[Slip], costs: list[Cost]) -> MoneyView:
    handed = sum(slip.cents for slip in stored if slip.state != RETURNED)
    left = sum(line.cents for line in lines) - handed
    return MoneyView(
        tuple(
            CostView(
                cost.id,
                cost.spent_on,
                CostKind(cost.kind),
                Payer(cost.payer),
                cost.cents,
                local(cost.mistaken_at).date() if cost.mistaken_at else None,
            )
            for cost in costs
        ),
        tuple(
            LineView(LineKind(line.kind), Period(line.from_on, line.until_on), line.cents)
            for line in lines
        ),
        max(0, -left),
    )
