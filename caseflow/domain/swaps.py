"""Two people who exchange their beds: what a swap asks of both sides (rule B7)."""

from __future__ import annotations

from datetime import date
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.domain.placements import Stay, may_move

WITH_ONESELF: Final = Refused(N_("A bed is swapped with somebody else's. Choose another person."))
NOT_OURS: Final = Refused(
    N_(
        "One of these beds is at a site of another organisation, so they cannot be swapped here. "
        "Choose somebody at one of your own sites."
    )
)


def may_swap(one: Stay, other: Stay, on: date, today: date, *, further: bool = False) -> Decision:
    """Answers whether two people may have each other's bed from a night on; each must sleep there by then."""
    if one.id == other.id or one.client_code == other.client_code:
        return WITH_ONESELF
    for mine, theirs in ((one, other), (other, one)):
        allowed = may_move(mine, theirs.bed_id, on, today, further=further)
        allowed = allowed and _has_a_plan(mine, on, today)
        if not allowed:
            return allowed
    return Allowed()


def _has_a_plan(stay: Stay, on: date, today: date) -> Decision:
    """A planned departure moves along with the person; one that is past says nothing about the new bed."""
    planned = stay.planned_departure_on
    if planned is None or planned > max(on, today):
        return Allowed()
    return Refused(
        N_(
            "A departure was planned on %(day)s for one of the two. Plan another departure first, or end that stay.",
            day=planned,
        )
    )
