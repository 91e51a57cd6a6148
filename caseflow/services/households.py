"""Who belongs to the same household, as far as one reader may know: membership alone gives no access."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.services.houses import House
from caseflow.storage import audit_log, separations
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case, Client

Standings = Callable[[Collection[str]], Mapping[str, Standing]]


def others(
    session: Session,
    client: Client,
    standings: Standings,
    today: date,
    tell: Callable[[Collection[str]], None],
) -> tuple[str, ...]:
    """Call names of the other members of whom this reader may open a case; a restricted one stays unnamed.

    `tell` is given their codes first: whoever is named on somebody else's page was looked at too.

    Whoever is kept apart from this client for safety is no member on this page, for nobody. `standings` answers
    how the reader stands to each case (the gate knows). Source: the firewall's rules that household membership
    gives no access, and that neither side of a separation shows on the other's pages.
    """
    if client.household_id is None:
        return ()
    apart = separations.codes_apart(session, client.code, today)
    members = session.execute(
        select(Case.id, Client.code, Client.call_name)
        .join(Client, Client.code == Case.client_code)
        .where(
            Client.household_id == client.household_id,
            Client.code.not_in({client.code, *apart}),
        )
    )
    known: dict[str, tuple[str, str]] = {row.id: (row.code, row.call_name) for row in members}
    opened = {
        known[case_id]
        for case_id, standing in standings(known).items()
        if may(Permission.CASE_OPEN, standing)
        and standing.vision(Surface.OPENED).sees(Compartment.CASEWORK, Part.CALL)
    }
    if opened:
        tell({code for code, _ in opened})
    return tuple(sorted(name for _, name in opened))


def tell_shown(
    house: House, actor: Actor, standing: Standing, codes: Collection[str], now: datetime
) -> None:
    """Records whose call names stand on the page of somebody of their household, before it leaves."""
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
