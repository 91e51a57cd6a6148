"""Slips: whoever works at the site where somebody sleeps, or on the case team, hands over the money, once.

A list shows the code, the amount and the days. The call name stands beside it on the screen where the table gives it
to this reader and nobody is kept apart from the person; on paper there is the code alone.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from caseflow.domain import slips
from caseflow.domain.access import Permission, Relation, Standing, may, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.pay_outs import Period
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.domain.slips import ReturnReason, Settled, SlipState
from caseflow.services import gatekeeping, houses
from caseflow.services.money_views import ListedSlip, SlipView
from caseflow.storage import audit_log, dossiers, money, separations
from caseflow.storage.audit_log import Act
from caseflow.storage.models.money import Slip

SETTLE = Permission.SLIP_SETTLE
C, P = Compartment, Part


def to_hand_over(actor: Actor, now: datetime, *, on_paper: bool = False) -> tuple[ListedSlip, ...]:
    """The open slips that this reader may hand over, by place and code. Raises `NotKnown` for who hands over none.

    What this reader does not know is not counted either: restricted cases, other houses, other teams.
    """
    if not may_at_all(SETTLE, actor.roles):
        raise gatekeeping.NotKnown()
    today = local(now).date()
    with houses.current().stores.reading() as session:
        rows = money.open_slips(session)
        standings = gatekeeping.standings(session, actor, {slip.case_id for slip in rows}, now)
        mine = {one: how for one, how in standings.items() if may(SETTLE, how)}
        called = dossiers.called(session, mine)
        pairs = separations.pairs(session, {code for _, code in called.values()}, today)
        apart = {code for pair in pairs for code in pair}
        places = money.places(session, _at_a_site(mine), today)
        found = [
            _listed(slip, mine[slip.case_id], called[slip.case_id], apart, places, on_paper)
            for slip in rows
            if slip.case_id in mine
        ]
    act = Act(
        "slips_printed" if on_paper else "slips_listed",
        actor,
        now,
        subjects=tuple(sorted({one.code for one in found})),
        details={"count": len(found)},
        permission=SETTLE.value,
        purpose="allowance",
        sensitivity="money",
    )
    audit_log.tell(houses.current().stores, act, result="shown")
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.slip.period)))


def _at_a_site(mine: dict[str, Standing]) -> set[str]:
    """Cases that are the reader's because of the site alone or as well: only there a place is theirs to know."""
    return {case_id for case_id, how in mine.items() if Relation.OWN_SITE in how.words}


def _listed(
    slip: Slip,
    standing: Standing,
    called: tuple[str, str],
    apart: set[str],
    places: dict[str, tuple[str, str]],
    on_paper: bool,
) -> ListedSlip:
    name, code = called
    is_called = standing.vision(Surface.LIST).sees(C.CASEWORK, P.CALL)
    return ListedSlip(
        view(slip),
        slip.case_id,
        code,
        None if on_paper or code in apart or not is_called else name,
        places.get(slip.case_id, ("", ""))[1],
    )


def view(slip: Slip, *, may_take_back: bool = False) -> SlipView:
    """A slip as a page receives it."""
    return SlipView(
        slip.id,
        Period(slip.from_on, slip.until_on),
        slip.cents,
        SlipState(slip.state),
        ReturnReason(slip.reason) if slip.reason else None,
        local(slip.settled_at).date() if slip.settled_at else None,
        may_take_back,
    )


def case_of(actor: Actor, slip_id: str, now: datetime) -> str:
    """The case of a slip that this reader may settle. Raises `NotKnown`, the same for one that nobody has."""
    with houses.current().stores.reading() as session:
        slip = session.get(Slip, slip_id)
        case_id = slip.case_id if slip is not None else slip_id
        gatekeeping.known(session, actor, SETTLE, case_id, now)
    return case_id


def hand_over(actor: Actor, slip_id: str, now: datetime) -> Refused | None:
    """Records that somebody got the money of a slip. Raises `NotKnown`."""
    return _settle(actor, slip_id, SlipState.HANDED_OVER, None, now)


def give_back(actor: Actor, slip_id: str, reason: ReturnReason, now: datetime) -> Refused | None:
    """Records that a slip came back and why, as a code; the next run pays it again. Raises `NotKnown`."""
    return _settle(actor, slip_id, SlipState.RETURNED, reason, now)


def _settle(
    actor: Actor, slip_id: str, state: SlipState, reason: ReturnReason | None, now: datetime
) -> Refused | None:
    event = "slip_returned" if reason is not None else "slip_handed_over"
    details = {"reason": reason.value} if reason is not None else {}
    case_id = case_of(actor, slip_id, now)
    with gatekeeping.changing(
        actor, SETTLE, case_id, event, now, details=details, object_id=slip_id
    ) as change:
        slip = _slip(change.work.casework, slip_id, case_id)
        allowed = slips.may_settle(settled(change.work.casework, slip))
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        slip.state, slip.reason = state.value, reason.value if reason is not None else None
        slip.settled_at, slip.settled_by = change.work.at, change.work.by
        slip.settled_change_id = change.work.id
        return None


def take_back(actor: Actor, slip_id: str, now: datetime) -> Refused | None:
    """Takes back one's own tap of the last minutes: the slip is to be handed over again. Raises `NotKnown`."""
    case_id = case_of(actor, slip_id, now)
    with gatekeeping.changing(
        actor, SETTLE, case_id, "slip_taken_back", now, object_id=slip_id
    ) as change:
        slip = _slip(change.work.casework, slip_id, case_id)
        stands = settled(change.work.casework, slip)
        allowed = slips.may_take_back(stands, change.work.by, now)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        slip.state, slip.reason = SlipState.OPEN.value, None
        slip.settled_at = slip.settled_by = slip.settled_change_id = None
        return None


def _slip(session: Session, slip_id: str, case_id: str) -> Slip:
    slip = session.get(Slip, slip_id)
    if slip is None or slip.case_id != case_id:
        raise gatekeeping.NotKnown()
    return slip


def settled(session: Session, slip: Slip) -> Settled:
    """A stored slip as the domain knows it."""
    came_back = slip.state == SlipState.RETURNED
    return Settled(
        SlipState(slip.state),
        slip.settled_by,
        slip.settled_at,
        came_back and money.is_followed(session, slip),
    )
