"""The clock in the house: who reaches the limit in which month, and which stays lie beyond their term.

Coded facts only, so it works while the vaults are sealed. Counts are of those alone whom the same reader sees as rows:
a number would tell of the others.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import limits_ahead
from caseflow.domain.access import Permission, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.limits_ahead import Standing
from caseflow.domain.local_days import local
from caseflow.domain.programmes import Programme
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.domain.stay import StayClock
from caseflow.services import gatekeeping, houses, readings
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, dossiers, relations
from caseflow.storage.audit_log import Act
from caseflow.storage.dossiers import Dossier, Spot
from caseflow.storage.models.accounts import Team
from caseflow.storage.models.cases import Case

C, P = Compartment, Part
ROWS_A_PAGE: Final = 50


@dataclass(frozen=True)
class ClockRow:
    """One stay with its last day, as a list shows it. Site and team are ids; None without, or where not seen."""

    case_id: str
    client_code: str
    call_name: str
    is_test: bool
    programme: Programme
    clock: StayClock
    standing: Standing
    site_id: str | None
    team_id: str | None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks at: a way of standing, a month, and a house or a team; None is all."""

    standing: Standing | None = None
    month: date | None = None
    place: str | None = None


@dataclass(frozen=True)
class Clocks:
    """Counts and one page of rows, and the houses and teams by which they can be looked at."""

    wanted: Wanted
    by_month: dict[date, int]
    by_standing: dict[Standing, int]
    rows: tuple[ClockRow, ...]
    found: int
    page: int
    pages: int
    sites: dict[str, str]
    teams: dict[str, str]


def clocks(actor: Actor, wanted: Wanted, page: int, now: datetime) -> Clocks:
    """Stays with a last day among those whose clock this reader sees, by last day, fifty a page.

    The look at the rows of the page is told first. What was asked for and is not there (a house of others, a month
    long past) finds nothing. Raises `NotKnown` for a role without clocks. Sources: rules C1 to C6.
    """
    if not may_at_all(Permission.CLOCKS_VIEW, actor.roles):
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        rows, spots = _rows(session, actor, now, today)
        sites = {one.site_id: one.site for one in spots.values()}
        teams = _teams(session, {row.team_id for row in rows if row.team_id})
    there = [row for row in rows if wanted.place in (None, row.site_id, row.team_id)]
    chosen = sorted((row for row in there if _is_wanted(row, wanted)), key=_order)
    pages = max(1, -(-len(chosen) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    shown = tuple(chosen[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    act = Act(
        "clocks_listed",
        actor,
        now,
        subjects=tuple(row.client_code for row in shown),
        details={"count": len(shown), "page": page},
        permission=Permission.CLOCKS_VIEW.value,
        purpose="stay_limit",
    )
    audit_log.tell(house.stores, act, result="shown")
    return Clocks(
        wanted,
        limits_ahead.by_month((row.clock for row in there), today),
        {one: sum(row.standing is one for row in there) for one in Standing},
        shown,
        len(chosen),
        page,
        pages,
        dict(sorted(sites.items(), key=lambda one: one[1])),
        dict(sorted(teams.items(), key=lambda one: one[1])),
    )


def _is_wanted(row: ClockRow, wanted: Wanted) -> bool:
    if wanted.month is not None and limits_ahead.month_of(row.clock) != wanted.month:
        return False
    return wanted.standing in (None, row.standing)


def _order(row: ClockRow) -> tuple[date, str]:
    return row.clock.last_day or date.max, row.client_code


def _rows(
    session: Session, actor: Actor, now: datetime, today: date
) -> tuple[list[ClockRow], dict[str, Spot]]:
    ids = _reach(session, actor, now, today)
    standings = gatekeeping.standings(session, actor, ids, now)
    visions = {
        case_id: standing.vision(Surface.LIST)
        for case_id, standing in standings.items()
        if may(Permission.CASE_OPEN, standing)
    }
    seen = {
        case_id
        for case_id, vision in visions.items()
        if vision.sees(C.CASEWORK, P.CALL) and vision.sees(C.CASEWORK, P.CLOCK)
    }
    found = dossiers.of_cases(session, seen)
    beds = {
        case_id: bed
        for case_id, dossier in found.items()
        if visions[case_id].sees_any(C.SHELTER) and (bed := _bed(dossier)) is not None
    }
    spots = dossiers.spots(session, set(beds.values()))
    rows = [
        row
        for case_id, dossier in found.items()
        if (row := _row(dossier, spots.get(beds.get(case_id, "")), today)) is not None
    ]
    told = {row.case_id for row in rows}
    return rows, {bed: spots[bed] for case_id, bed in beds.items() if case_id in told}


def _reach(session: Session, actor: Actor, now: datetime, today: date) -> list[str]:
    """Running cases within reach of which a programme says how long they may last."""
    limited = [
        programme.id
        for programme in houses.current().catalogue.programmes.values()
        if any(dated.limit.months is not None for dated in programme.stay_limits)
    ]
    running = (Case.programme.in_(limited), Case.stage.not_in([one.value for one in ENDED_STAGES]))
    ids: set[str] = set()
    if Role.COORDINATOR in actor.roles:
        own = Case.organisation == actor.organisation
        ids |= set(session.scalars(select(Case.id).where(own, *running)))
    for some in dossiers.pages(relations.within_reach(session, actor, now, today)):
        ids |= set(session.scalars(select(Case.id).where(Case.id.in_(some), *running)))
    return sorted(ids)


def _bed(dossier: Dossier) -> str | None:
    """The bed on which somebody sleeps now."""
    return next((one.bed_id for one in dossier.placements if one.status == "begun"), None)


def _row(dossier: Dossier, spot: Spot | None, today: date) -> ClockRow | None:
    programme = houses.current().programme(dossier.case.programme)
    told = readings.stay_clock(dossier, programme, today)
    standing = limits_ahead.standing(told)
    if standing is None:
        return None
    return ClockRow(
        dossier.case.id,
        dossier.client.code,
        dossier.client.call_name,
        dossier.client.is_test,
        programme,
        told,
        standing,
        spot.site_id if spot else None,
        dossier.case.team_id,
    )


def _teams(session: Session, team_ids: Collection[str]) -> dict[str, str]:
    asked = select(Team.id, Team.name).where(Team.id.in_(sorted(team_ids)))
    return {row.id: row.name for row in session.execute(asked)}
