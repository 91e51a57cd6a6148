"""What an appointment needs before it can be granted: a team, a site or a programme, and roles that go together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from caseflow.domain.actors import Role
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.functions import Function, may_combine
from caseflow.domain.messages import N_

NEEDS_A_TEAM: Final = frozenset({Role.CASEWORKER, Role.TEAM_LEAD})
NEEDS_A_SITE: Final = frozenset({Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER})
NEEDS_A_PROGRAMME: Final = frozenset(
    {
        Role.PROGRAMME_MANAGER,
        Role.FUNDER,
        Role.MUNICIPAL_DECISION_MAKER,
        Role.PRIVACY_OFFICER,
    }
)


@dataclass(frozen=True)
class Appointment:
    """One role, and where it counts."""

    role: Role
    team_id: str | None = None
    site_id: str | None = None
    programmes: tuple[str, ...] = ()


def appointable(wished: Iterable[Appointment], held: frozenset[Role] = frozenset()) -> Decision:
    """Whether these appointments can be granted to somebody who holds these roles already.

    Source of the rule: the firewall's functions (`domain.functions`).
    """
    wishes = tuple(wished)
    for wish in wishes:
        if wish.role in NEEDS_A_TEAM and not wish.team_id:
            return Refused(N_("Choose a team. This role counts for one team."))
        if wish.role in NEEDS_A_SITE and not wish.site_id:
            return Refused(N_("Choose a site. This role counts for one site."))
        if wish.role in NEEDS_A_PROGRAMME and not wish.programmes:
            return Refused(N_("Choose a programme. This role counts for the programmes you name."))
    return may_combine(held | {wish.role for wish in wishes})


def of_function(
    function: Function, team_id: str | None, site_id: str | None, programmes: tuple[str, ...]
) -> tuple[Appointment, ...]:
    """The appointments that make a function, each with the place that its role needs and no other."""
    return tuple(
        placed(role, team_id, site_id, programmes) for role in Role if role in function.roles
    )


def placed(
    role: Role, team_id: str | None, site_id: str | None, programmes: tuple[str, ...]
) -> Appointment:
    """The appointment to a role, with the place that it needs and no other."""
    return Appointment(
        role,
        team_id if role in NEEDS_A_TEAM else None,
        site_id if role in NEEDS_A_SITE else None,
        programmes if role in NEEDS_A_PROGRAMME else (),
    )
