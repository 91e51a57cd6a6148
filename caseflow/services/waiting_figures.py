"""Wait times and what was answered, exact, for who may see the exact figures of a programme; no person among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from caseflow.domain import waiting_times
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.local_days import local
from caseflow.domain.waiting import WantedPlace
from caseflow.domain.waiting_times import MonthOfWaiting, WaitTime
from caseflow.services import figures, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, waiting_counts
from caseflow.storage.audit_log import Act


@dataclass(frozen=True)
class WaitingFigures:
    """How long people wait now, how long those waited who got a place since, and each month."""

    since: date
    waiting: Mapping[WantedPlace, WaitTime]
    waiting_in_all: WaitTime
    placed: Mapping[WantedPlace, WaitTime]
    placed_in_all: WaitTime
    months: tuple[MonthOfWaiting, ...]


def exact(actor: Actor, scope: str, now: datetime) -> WaitingFigures:
    """The figures of a programme or group that concerns this colleague. Raises `NotKnown` for any other."""
    house, today = houses.current(), local(now).date()
    concerned = figures.scopes_of(actor, Role.TEAM_LEAD, Role.PROGRAMME_MANAGER)
    if not may_at_all(Permission.FIGURES_VIEW, actor.roles) or scope not in concerned:
        raise NotKnown()
    members = house.catalogue.members(scope)
    months = waiting_times.months_until(today)
    since = months[-1]
    with house.stores.reading() as session:
        waits = waiting_counts.waiting_now(session, members, today)
        placed = waiting_counts.placed_since(session, members, since)
        steps = waiting_counts.steps_since(session, members, since)
    act = Act(
        "figures_viewed",
        actor,
        now,
        details={"scope": scope, "as_of": today},
        permission=Permission.FIGURES_VIEW.value,
        purpose="figures",
        sensitivity="figures",
    )
    audit_log.tell(house.stores, act, result="shown")
    return WaitingFigures(
        since,
        waiting_times.by_kind(waits),
        waiting_times.wait_time(one.days for one in waits),
        waiting_times.by_kind(placed),
        waiting_times.wait_time(one.days for one in placed),
        waiting_times.by_month(steps, months),
    )
