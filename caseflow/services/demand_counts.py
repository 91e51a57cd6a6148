"""The yearly transparency table of demands; for the public only where it is configured so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.demand_codes import AuthorityClass, DemandOutcome
from caseflow.domain.demand_counts import Counted, YearTable, counted
from caseflow.domain.labels import Label
from caseflow.domain.local_days import AMSTERDAM, local
from caseflow.services import houses
from caseflow.services.demands import act_of, guard
from caseflow.storage import audit_log
from caseflow.storage.models.demands import Demand


@dataclass(frozen=True)
class YearView:
    """The table of one year, what its powers are called, and whether it may be made public."""

    year: int
    years: tuple[int, ...]
    table: YearTable
    powers: dict[str, Label]
    organisation: Label
    is_public: bool


def year_of(actor: Actor, now: datetime, year: int | None = None) -> YearView:
    """The table of a year over the demands of the reader's organisation, the look recorded. Raises `NotKnown`."""
    guard(actor, Permission.DEMANDS_VIEW)
    house, this_year = houses.current(), local(now).year
    own = Demand.organisation == actor.organisation
    with house.stores.reading() as session:
        first = session.scalar(select(func.min(Demand.received_at)).where(own))
        begins = min(local(first).year, this_year) if first else this_year
        years = tuple(range(this_year, begins - 1, -1))
        asked = year if year in years else this_year
        since = datetime(asked, 1, 1, tzinfo=AMSTERDAM)
        until = datetime(asked + 1, 1, 1, tzinfo=AMSTERDAM)
        rows = session.execute(
            select(Demand.authority_class, Demand.power, Demand.outcome).where(
                own, Demand.received_at >= since, Demand.received_at < until
            )
        )
        powers = {one.id for one in house.demands.powers}
        told = [
            Counted(
                AuthorityClass(kind),
                power if power in powers else None,
                DemandOutcome(outcome) if outcome else None,
            )
            for kind, power, outcome in rows
        ]
    details = {"year": asked}
    act = act_of("demands_counted", actor, now, None, details, Permission.DEMANDS_VIEW)
    audit_log.tell(house.stores, act, result="shown")
    ours = house.catalogue.organisations[actor.organisation]
    return YearView(
        asked,
        years,
        counted(told, [one.id for one in house.demands.powers]),
        {one.id: one.label for one in house.demands.powers},
        ours.name,
        house.demands.is_public,
    )
