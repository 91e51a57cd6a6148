"""Who acts: the roles a colleague is appointed to, and where each counts; `functions` says which go together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a colleague is appointed to, by a grant of somebody else."""

    CASEWORKER = "caseworker"
    TEAM_LEAD = "team_lead"
    COORDINATOR = "coordinator"
    RESIDENTIAL_WORKER = "residential_worker"
    NIGHT_WORKER = "night_worker"
    INTAKE_DESK = "intake_desk"
    LEGAL_COUNSELLOR = "legal_counsellor"
    HEALTH_WORKER = "health_worker"
    PROGRAMME_MANAGER = "programme_manager"
    FINANCE = "finance"
    FUNDER = "funder"
    MUNICIPAL_DECISION_MAKER = "municipal_decision_maker"
    PRIVACY_OFFICER = "privacy_officer"
    FG = "fg"
    AUDITOR = "auditor"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Grant:
    """One appointment: a role, where it counts."""

    role: Role
    organisation: str
    team_id: str | None = None
    site_id: str | None = None
    programme: str | None = None


SYSTEM: Final = "system"
"""The program itself: a command or job, run by whoever holds the operations passphrase."""


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in colleague, or the system itself for jobs and commands."""

    user_id: str
    organisation: str
    team_id: str | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)
    stepped_up_at: datetime | None = None
    access_point: str = "cli"
    """Where the act comes from: `web:<session reference>`, `cli` or `job:<name>`."""

    @property
    def is_command(self) -> bool:
        """Whether this is a command or job: whoever runs it holds the operations passphrase."""
        return self.user_id == SYSTEM

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def sites_as(self, *roles: Role) -> frozenset[str]:
        """Ids of the sites for which one of these roles was granted."""
        return frozenset(g.site_id for g in self.grants if g.role in roles and g.site_id)


THE_COMMAND: Final = Actor(SYSTEM, "")
THE_SCHEDULER: Final = Actor(SYSTEM, "", access_point="job")


OPENS_A_VAULT: Final = frozenset(
    {Role.CASEWORKER, Role.TEAM_LEAD, Role.INTAKE_DESK, Role.LEGAL_COUNSELLOR, Role.HEALTH_WORKER}
)
"""Roles whose holders read words about people; granting one needs a second person."""
