"""Of what a line of the policy is made: roles, relations to one case, and the ways of meeting an act that come back."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from caseflow.domain.actors import Role
from caseflow.domain.redaction import Compartment, Extent, roles_that_see


class Relation(StrEnum):
    """How somebody stands to one case today."""

    CASE_TEAM = "case_team"
    TEAM = "team"
    ON_DUTY = "on_duty"
    LEADS_TEAM = "leads_team"  # team lead of the team that holds the case
    PLACES = "places"  # coordinator; the client is of the own organisation
    SHELTERS = "shelters"  # coordinator; the client is of another organisation, and the bed is at a site of the own one
    HOUSES = "houses"  # coordinator; a site of the own organisation has the client's bed these days
    OWN_SITE = "own_site"  # residential worker, and the bed of these days is at the own site
    OWN_SITE_TONIGHT = "own_site_tonight"  # sleeps tonight, or is awaited, at a site where one works or coordinates
    # Own organisation's application, until 14 days after assignment. Never spelled as the role is: in a clause,
    # two equal words would be one, and the role alone would open every case.
    INTAKE_DESK = "own_application"
    REFERRED = "referred"
    ACCOMPANYING = "accompanying"
    BROKEN_GLASS = "broken_glass"
    # What no mark takes away: at the site where the person sleeps tonight, the emergency card opens, and nothing else.
    # It follows from OWN_SITE_TONIGHT (`Standing.words`) and is never stored.
    BEDSIDE = "bedside"


INTAKE_DESK_DAYS_AFTER_ASSIGNMENT: Final = 14
ROSTER_DAYS_AT_MOST: Final = 7


Word = Role | Relation
Clause = frozenset[Word]


def any_of(*clauses: Word | tuple[Word, ...]) -> tuple[Clause, ...]:
    """Clauses of which one is enough; of a clause in brackets every word counts."""
    return tuple(frozenset(c) if isinstance(c, tuple) else frozenset({c}) for c in clauses)


_ = Relation
CASE_WORK = any_of((Role.CASEWORKER, _.CASE_TEAM), (Role.TEAM_LEAD, _.CASE_TEAM))
LEADS = (Role.TEAM_LEAD, _.LEADS_TEAM)
LEAD = any_of(LEADS)
STAFF_WITH_A_CASELOAD = any_of(
    Role.CASEWORKER, Role.TEAM_LEAD, Role.LEGAL_COUNSELLOR, Role.HEALTH_WORKER, Role.INTAKE_DESK
)
GIVES_BEDS = any_of((Role.COORDINATOR, _.PLACES), (Role.COORDINATOR, _.SHELTERS))
KEEPS_THE_PEACE = any_of((Role.COORDINATOR, _.HOUSES), (Role.RESIDENTIAL_WORKER, _.OWN_SITE))
AT_THE_BEDSIDE = (
    (Role.COORDINATOR, _.BEDSIDE),
    (Role.RESIDENTIAL_WORKER, _.BEDSIDE),
    (Role.NIGHT_WORKER, _.BEDSIDE),
)
WORKS_WITH_CLIENTS = (
    Role.CASEWORKER,
    Role.TEAM_LEAD,
    Role.COORDINATOR,
    Role.RESIDENTIAL_WORKER,
    Role.NIGHT_WORKER,
    Role.INTAKE_DESK,
    Role.LEGAL_COUNSELLOR,
    Role.HEALTH_WORKER,
)
AT_THE_DOOR = (
    Role.COORDINATOR,
    Role.RESIDENTIAL_WORKER,
    Role.NIGHT_WORKER,
    Role.INTAKE_DESK,
    Role.CASEWORKER,
    Role.TEAM_LEAD,
)
HOLDS_A_KEY = (Role.PRIVACY_OFFICER, Role.DIRECTOR, Role.PROGRAMME_MANAGER)
BREAKS_GLASS = tuple(
    (role, _.BROKEN_GLASS)
    for role in (Role.CASEWORKER, Role.TEAM_LEAD, Role.LEGAL_COUNSELLOR, Role.HEALTH_WORKER)
)


def who_sees(compartment: Compartment, extent: Extent) -> tuple[Clause, ...]:
    """The roles in whose cell of `ROLE_TABLE` this extent stands: one table, not two that could differ."""
    return any_of(*roles_that_see(compartment, extent))
