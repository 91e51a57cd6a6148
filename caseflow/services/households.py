"""Who belongs to the same household, as far as one reader may know: membership alone gives no access."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.households import HouseholdRole, Place
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import Stage
from caseflow.domain.redaction import HIDDEN, Compartment, Part, Surface, Vision
from caseflow.services.household_views import EarlierPlace, HouseholdView, OwnPlace, RelativeView
from caseflow.services.houses import House
from caseflow.storage import audit_log, households, separations
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import Exit
from caseflow.storage.models.households import HouseholdMember

C, P = Compartment, Part
Standings = Callable[[Collection[str]], Mapping[str, Standing]]
AFTER_AN_EXIT = frozenset({Stage.EXITED, Stage.AFTERCARE, Stage.CLOSED})


def shown(
    session: Session,
    client: Client,
    standings: Standings,
    today: date,
    tell: Callable[[Collection[str]], None],
) -> HouseholdView:
    """The household of a client: what they are in it, and the others of whom this reader may open a case.

    `tell` is given the codes of the others first: whoever is named on somebody else's page was looked at too.

    Whoever is kept apart from this client for safety is no member on this page, for nobody. `standings` answers
    how the reader stands to each case (the gate knows). Source: the firewall's rules that household membership
    gives no access, and that neither side of a separation shows on the other's pages.
    """
    earlier = _earlier(households.ended(session, client.code))
    row = households.running(session, client.code)
    if row is None:
        return HouseholdView(None, earlier=earlier)
    relatives = _relatives(session, client.code, standings, today)
    if relatives:
        tell({one.client_code for one in relatives})
    return HouseholdView(OwnPlace(place_of(row), row.from_on), relatives, earlier)


def place_of(row: HouseholdMember) -> Place:
    """What a row says somebody is in the household."""
    return Place(HouseholdRole(row.role), row.lives_apart)


def _earlier(rows: Iterable[HouseholdMember]) -> tuple[EarlierPlace, ...]:
    """What somebody was for a day at least; what was changed on the day it was written was a slip of the pen."""
    return tuple(
        EarlierPlace(HouseholdRole(row.role), row.lives_apart, row.from_on, row.until_on)
        for row in rows
        if row.until_on is not None and row.until_on > row.from_on
    )


def _relatives(
    session: Session, code: str, standings: Standings, today: date
) -> tuple[RelativeView, ...]:
    apart = separations.codes_apart(session, code, today)
    members = {
        row.client_code: row
        for row in households.others(session, code)
        if row.client_code not in apart
    }
    if not members:
        return ()
    cases = session.execute(
        select(Case, Client.call_name)
        .join(Client, Client.code == Case.client_code)
        .where(Case.client_code.in_(members))
        .order_by(Case.opened_at, Case.id)
    ).all()
    known = {case.id: (case, call_name) for case, call_name in cases}
    open_to: dict[str, tuple[Case, str, Vision]] = {}
    stands = standings(known)
    for case_id, (case, call_name) in known.items():  # oldest first: the newest that opens counts
        standing = stands.get(case_id)
        if standing is not None and may(Permission.CASE_OPEN, standing):
            vision = standing.vision(Surface.OPENED)
            if vision.sees(C.CASEWORK, P.CALL):
                open_to[case.client_code] = (case, call_name, vision)
    outcomes = _outcomes(session, [case for case, _, _ in open_to.values()])
    found = [
        _relative(members[code], *one, outcomes.get(one[0].id)) for code, one in open_to.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.call_name, one.client_code)))


def _relative(
    row: HouseholdMember, case: Case, call_name: str, vision: Vision, outcome: Outcome | None
) -> RelativeView:
    sees_all = vision.sees(C.CASEWORK, P.REST)
    return RelativeView(
        case.id,
        case.client_code,
        call_name,
        HouseholdRole(row.role) if sees_all else HIDDEN,
        row.lives_apart if sees_all else HIDDEN,
        vision.show(C.CASEWORK, P.STAGE, Stage(case.stage)),
        outcome if sees_all else HIDDEN,
    )


def _outcomes(session: Session, cases: Iterable[Case]) -> dict[str, Outcome]:
    """How each of these episodes ended, by case id; the newest exit counts."""
    left = [case.id for case in cases if Stage(case.stage) in AFTER_AN_EXIT]
    if not left:
        return {}
    rows = session.scalars(
        select(Exit)
        .where(Exit.case_id.in_(left), Exit.mistaken_at.is_(None))
        .order_by(Exit.recorded_at)
    )
    return {row.case_id: Outcome(row.outcome) for row in rows}


def tell_shown(
    house: House, actor: Actor, standing: Standing, codes: Collection[str], now: datetime
) -> None:
    """Records who stands by call name or code on the page of somebody of their household or house, before it leaves."""
    act = Act(
        "caseload_listed",
        actor,
        now,
        subjects=tuple(sorted(codes)),
        details={"count": len(codes), "page": 1},
        permission=Permission.CASE_OPEN.value,
        purpose="household",
        relations=standing.relations,
    )
    audit_log.tell(house.stores, act, result="shown")
