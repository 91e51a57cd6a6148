"""Who belongs to the same household, as far as one reader may know: membership alone gives no access."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.storage import separations
from caseflow.storage.models.cases import Case, Client

Standings = Callable[[Collection[str]], Mapping[str, Standing]]


def others(session: Session, client: Client, standings: Standings, today: date) -> tuple[str, ...]:
    """Call names of the other members of whom this reader may open a case; a restricted one stays unnamed.

    Whoever is kept apart from this client for safety is no member on this page, for nobody. `standings` answers
    how the reader stands to each case (the gate knows). Source: the firewall's rules that household membership
    gives no access, and that neither side of a separation shows on the other's pages.
    """
    if client.household_id is None:
        return ()
    apart = separations.codes_apart(session, client.code, today)
    members = session.execute(
        select(Case.id, Client.call_name)
        .join(Client, Client.code == Case.client_code)
        .where(
            Client.household_id == client.household_id,
            Client.code.not_in({client.code, *apart}),
        )
    )
    names: dict[str, str] = {row.id: row.call_name for row in members}
    opened = {
        names[case_id]
        for case_id, standing in standings(names).items()
        if may(Permission.CASE_OPEN, standing)
        and standing.vision(Surface.OPENED).sees(Compartment.CASEWORK, Part.CALL)
    }
    return tuple(sorted(opened))
