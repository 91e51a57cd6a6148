"""Costs of a case by code: recorded by the case team, read by finance by client code."""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import costs
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.costs import CostKind, Payer
from caseflow.domain.decisions import Refused
from caseflow.services import houses, pay_outs
from caseflow.services.gatekeeping import changing
from caseflow.services.money_views import CostRow, CostsView
from caseflow.storage import money
from caseflow.storage.models.facts import Cost


def record(
    actor: Actor, case_id: str, kind: CostKind, payer: Payer, cents: int, on: date, now: datetime
) -> Refused | None:
    """Records what was paid for somebody: what kind, by whom, how much and when; never a word more."""
    with changing(
        actor,
        Permission.COST_RECORD,
        case_id,
        "cost_recorded",
        now,
        details={"kind": kind.value, "payer": payer.value, "on": on},
    ) as change:
        allowed = costs.may_record(change.facts, cents, on, change.today)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        change.work.casework.add(
            Cost(kind=kind.value, payer=payer.value, cents=cents, spent_on=on, **change.recorded)
        )
        return None


def in_the_books(
    actor: Actor, asked: str | None, first: date, last: date, now: datetime, *, form: str = "page"
) -> CostsView:
    """The costs of a programme in some days, by client code. Raises `NotKnown` for who is not its finance.

    `form` says in the log whether a page or a file left.
    """
    programme, found = pay_outs.chosen(actor, Permission.PAY_OUTS_VIEW, asked, now)
    with houses.current().stores.reading() as session:
        rows = tuple(
            CostRow(code, cost.spent_on, CostKind(cost.kind), Payer(cost.payer), cost.cents)
            for cost, code in money.costs_between(session, programme.id, first, last)
        )
    told = {"from": first, "until": last, "count": len(rows), "form": form}
    pay_outs.tell(actor, "costs_listed", programme.id, [one.code for one in rows], told, now)
    return CostsView(programme, found, rows)
