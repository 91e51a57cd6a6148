"""What a client is told of demands about them: each that is linked to their code, unless silence is ordered.

Whom a demand is about stands in the vault alone, so a sealed vault tells nothing of it to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from caseflow.domain.demand_codes import DemandOutcome
from caseflow.domain.demand_silences import is_silent
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.recipients import Tier
from caseflow.services import houses
from caseflow.services.demand_readings import BY_MOMENT, Link, standing_links
from caseflow.services.demands import as_silence, silences
from caseflow.storage import merges
from caseflow.storage.models.cases import Case
from caseflow.storage.models.demands import Demand, DemandLink
from caseflow.storage.models.disclosures import Disclosure
from caseflow.storage.stores import VaultSealed


@dataclass(frozen=True)
class ShownDemand:
    """A demand about a client, as their own list says it: when, by whom, and how it ended."""

    id: str
    received_on: date
    authority: Label
    power: Label | None
    outcome: DemandOutcome | None
    settled_on: date | None


def shown_to_client(
    session: Session, client_code: str, today: date, organisation: str
) -> tuple[ShownDemand, ...]:
    """The demands that are linked to a client and of which they may know, newest first.

    Where silence is ordered and no review ended it, there is nothing: not even a gap. `session` reads the casework
    store; `organisation` holds the case. Raises `VaultSealed`: then nobody can say which demands are whose.
    """
    rules = houses.current().demands
    return tuple(
        ShownDemand(
            row.id,
            local(row.received_at).date(),
            office.label if (office := rules.authority(row.authority)) else Label(row.authority, row.authority),
            power.label if (power := rules.power(row.power)) else None,
            DemandOutcome(row.outcome) if row.outcome else None,
            row.settled_on,
        )
        for row in _linked(session, client_code, organisation)
        if not _silent(session, row.id) and local(row.received_at).date() <= today
    )  # fmt: skip


def silent_disclosures(session: Session, client_code: str, organisation: str) -> frozenset[str]:
    """Ids of what was handed over on a demand about which silence is ordered: no list of the client has them.

    Raises `VaultSealed`: then whoever lists what left leaves out everything that was handed over on a demand.
    """
    found: set[str] = set()
    for link in _links(session, client_code, organisation):
        if link.disclosure_id and _silent(session, link.demand_id):
            found.add(link.disclosure_id)
    return frozenset(found)


def known_to_the_case_team(session: Session, case: Case) -> ColumnElement[bool]:
    """The condition for what left of a case and may be known of to its case team: nothing that is under silence.

    While the vault is sealed nobody can say which that is, so everything that was handed over on a demand waits.
    """
    try:
        silent = silent_disclosures(session, case.client_code, case.organisation)
    except VaultSealed:
        return Disclosure.tier != Tier.DEMAND.value
    return Disclosure.id.not_in(silent)


def _linked(session: Session, client_code: str, organisation: str) -> list[Demand]:
    ids = {one.demand_id for one in _links(session, client_code, organisation)}
    asked = select(Demand).where(Demand.id.in_(ids), Demand.organisation == organisation)
    return list(session.scalars(asked.order_by(Demand.received_at.desc(), Demand.id)))


def _links(session: Session, client_code: str, organisation: str) -> list[Link]:
    codes = set(merges.reads_as(session, [client_code]))
    with houses.current().stores.reading_vault(organisation) as vault:
        asked = select(DemandLink).where(DemandLink.client_code.in_(codes))
        rows = vault.scalars(asked.order_by(*BY_MOMENT))
        return standing_links(session, rows)


def _silent(session: Session, demand_id: str) -> bool:
    return is_silent(map(as_silence, silences(session, [demand_id]).get(demand_id, ())))
