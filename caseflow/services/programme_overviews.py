"""What is missing in the records of a programme, and how much work its teams have: counts, for who runs it.

A programme manager opens no file (`firewall.md` §3): they see how many and whose list it is, never a code. What other
organisations of the programme hold is one number, as it is in the exact figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.gaps import BY_TEAM, Gap
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.services import figures, gap_lists, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, case_reaches
from caseflow.storage import gaps as stored
from caseflow.storage import team_loads as loads
from caseflow.storage.audit_log import Act
from caseflow.storage.gaps import Holder
from caseflow.storage.models.accounts import Team
from caseflow.storage.team_loads import ColleagueLoad

SEES: Final = Permission.TEAM_COUNTS_VIEW


@dataclass(frozen=True)
class GapCount:
    """How many cases have one gap: of each own team by its name, without a team, and elsewhere in the programme."""

    gap: Gap
    teams: tuple[tuple[str, int], ...]
    without_team: int
    elsewhere: int
    imported: int | None
    """Among imported past episodes, where those can have this gap: they are mended nowhere here."""

    @property
    def cases(self) -> int:
        """Cases that somebody can still mend."""
        return sum(count for _, count in self.teams) + self.without_team + self.elsewhere


@dataclass(frozen=True)
class DataQuality:
    """Every gap of one programme or group, with the teams whose list it stands on."""

    counts: tuple[GapCount, ...]
    has_elsewhere: bool
    """Whether other organisations work in the programme."""


@dataclass(frozen=True)
class TeamLoad:
    """What the colleagues of one team have on their hands in a programme; nobody is compared by outcome."""

    team: str
    colleagues: tuple[ColleagueLoad, ...]
    unassigned: int
    """Running cases on which nobody works."""


def scopes(actor: Actor) -> tuple[tuple[str, Label], ...]:
    """Programmes and groups that this colleague manages, with their names."""
    return figures.named_scopes(actor, Role.PROGRAMME_MANAGER)


def of_programme(actor: Actor, scope: str, now: datetime) -> DataQuality:
    """The gaps of a programme or group that this colleague manages; raises `NotKnown` for any other."""
    members = _members(actor, scope)
    house, today = houses.current(), local(now).date()
    where = case_reaches.of_programmes(members)
    with house.stores.reading() as session:
        asked = gap_lists.asked_of_all(today, now)
        asked = replace(asked, undecided=gap_lists.undecided(session, where, today))
        told = stored.counts(session, where, asked, BY_TEAM)
        past = stored.imported(session, members, asked)
        teams = _teams(session, actor.organisation)
    _tell(actor, scope, now)
    elsewhere = any(
        set(house.programme(one).organisations) - {actor.organisation} for one in members
    )
    return DataQuality(
        tuple(_count(actor, gap, told[gap], past.get(gap), teams) for gap in BY_TEAM), elsewhere
    )


def workload(actor: Actor, scope: str, now: datetime) -> tuple[TeamLoad, ...]:
    """The load of each own team in a programme or group that this colleague manages. Raises `NotKnown`."""
    members = _members(actor, scope)
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        found = loads.of_programmes(session, members, actor.organisation, today)
        alone = loads.unassigned(session, members, actor.organisation, today)
        teams = _teams(session, actor.organisation)
    _tell(actor, scope, now)
    by_team: dict[str, list[ColleagueLoad]] = {}
    for one in found:
        by_team.setdefault(one.team_id or "", []).append(one)
    return tuple(
        TeamLoad(teams.get(team, ""), tuple(by_team.get(team, ())), alone.get(team, 0))
        for team in sorted({*by_team, *alone}, key=lambda one: (not one, teams.get(one, "")))
    )


def _members(actor: Actor, scope: str) -> tuple[str, ...]:
    if not may_at_all(SEES, actor.roles):
        raise NotKnown()
    if scope not in dict(scopes(actor)):
        raise NotKnown()
    return tuple(houses.current().catalogue.members(scope))


def _count(
    actor: Actor,
    gap: Gap,
    told: Mapping[Holder, int],
    imported: int | None,
    teams: Mapping[str, str],
) -> GapCount:
    own = {
        team: n for (organisation, team), n in told.items() if organisation == actor.organisation
    }
    named = sorted((teams.get(team, team), n) for team, n in own.items() if team is not None)
    return GapCount(
        gap, tuple(named), own.get(None, 0), sum(told.values()) - sum(own.values()), imported
    )


def _teams(session: Session, organisation: str) -> dict[str, str]:
    asked = select(Team.id, Team.name).where(Team.organisation == organisation)
    return {row.id: row.name for row in session.execute(asked)}


def _tell(actor: Actor, scope: str, now: datetime) -> None:
    act = Act(
        "figures_viewed",
        actor,
        now,
        details={"scope": scope, "as_of": local(now).date()},
        permission=SEES.value,
        purpose="figures",
        sensitivity="figures",
    )
    audit_log.tell(houses.current().stores, act, result="shown")
