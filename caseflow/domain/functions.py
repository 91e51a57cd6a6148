"""Functions: roles that one colleague may hold together, reviewed and with the reason why; any other union is refused.

Small organisations wear many hats, and every pair of hats is a way around a wall. So a union of roles is a line of this
table, changed by review and never from the screen; within a line, fewer roles are fine. In one person roles show what
each of them shows and no more (`Standing.readers`). What no line can say is a rule at the act itself: nobody approves
their own request, reviews their own looks, or gives a role to themselves. Source: the firewall's rules over the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from caseflow.domain.actors import Role
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.policy_words import ROLE_NAMES

R = Role


@dataclass(frozen=True)
class Function:
    """A reviewed union of roles: what it is called, which roles, and why the union was found harmless."""

    id: str
    name: Message
    roles: frozenset[Role]
    reason: Message


_REVIEWED = (
    Function(
        "caseworker_at_intake",
        N_("caseworker who also does intake"),
        frozenset({R.CASEWORKER, R.INTAKE_DESK}),
        N_("Both read the vault of their own organisation; the desk loses sight after 14 days."),
    ),
    Function(
        "working_lead",
        N_("team lead who also carries cases"),
        frozenset({R.TEAM_LEAD, R.CASEWORKER}),
        N_("A lead reads the files of the team already; another lead decides on own proposals."),
    ),
    Function(
        "caseworker_with_beds",
        N_("caseworker who also gives beds"),
        frozenset({R.CASEWORKER, R.COORDINATOR}),
        N_("Beds add call names and placement needs by code; no words of other files."),
    ),
    Function(
        "lead_with_beds",
        N_("team lead who also gives beds"),
        frozenset({R.TEAM_LEAD, R.COORDINATOR}),
        N_("Beds add call names and placement needs by code; no words of other files."),
    ),
    Function(
        "coordinator_in_the_house",
        N_("coordinator who also works in the house"),
        frozenset({R.COORDINATOR, R.RESIDENTIAL_WORKER}),
        N_("Neither opens a vault by itself; the house adds handovers and slips of the own site."),
    ),
    Function(
        "day_and_night",
        N_("worker of the house by day and by night"),
        frozenset({R.RESIDENTIAL_WORKER, R.NIGHT_WORKER}),
        N_("The night sees less of the same house."),
    ),
    Function(
        "counsellor_with_cases",
        N_("legal counsellor who also carries cases"),
        frozenset({R.LEGAL_COUNSELLOR, R.CASEWORKER}),
        N_("Legal notes stay with referred cases; what is released is a step of its own."),
    ),
    Function(
        "lead_of_a_programme",
        N_("team lead who also manages a programme"),
        frozenset({R.TEAM_LEAD, R.PROGRAMME_MANAGER}),
        N_("Exact figures without files; whoever proposes a publication never approves it."),
    ),
    Function(
        "office",
        N_("programme manager who also does finance"),
        frozenset({R.PROGRAMME_MANAGER, R.FINANCE}),
        N_("Figures and pay-outs by code; neither opens a file."),
    ),
    Function(
        "director_of_a_programme",
        N_("director who also manages a programme"),
        frozenset({R.DIRECTOR, R.PROGRAMME_MANAGER}),
        N_("Demands and figures; neither opens a file."),
    ),
    Function(
        "privacy_at_the_office",
        N_("privacy officer who also does finance"),
        frozenset({R.PRIVACY_OFFICER, R.FINANCE}),
        N_("Whoever reviews looks opens no file; pay-outs go by code."),
    ),
)
FUNCTIONS: Final[Mapping[str, Function]] = {one.id: one for one in _REVIEWED}
"""Every reviewed function by its id."""

NEVER_COMBINED: Final[Mapping[Role, Message]] = {
    R.ADMINISTRATOR: N_("Whoever gives roles holds no other, so that nobody opens a file alone."),
    R.FG: N_("Whoever supervises does nothing that has to be supervised (GDPR art. 38(6))."),
    R.FUNDER: N_("Whoever pays sees publications, and nobody behind them."),
    R.MUNICIPAL_DECISION_MAKER: N_("Whoever decides for the city reads decision sheets alone."),
    R.AUDITOR: N_("Whoever checks stands outside of what is checked."),
}
"""Roles that stand alone, each with its reason; a second account is no way around it for the same person."""


def may_combine(roles: Iterable[Role]) -> Decision:
    """Whether one colleague may hold these roles together: one role, or roles of one reviewed function."""
    held = frozenset(roles)
    if len(held) < 2:
        return Allowed()
    for alone in NEVER_COMBINED:
        if alone in held:
            name = ROLE_NAMES[alone]
            return Refused(
                N_("%(role)s is never combined with another role of one colleague.", role=name)
            )
    if function_of(held) is None:
        return Refused(
            N_("These roles are no reviewed function together. Ask another colleague, or end one.")
        )
    return Allowed()


def function_of(roles: Iterable[Role]) -> Function | None:
    """The smallest reviewed function that has all of these roles; None for one role alone, or no such function."""
    held = frozenset(roles)
    if len(held) < 2:
        return None
    fitting = [one for one in FUNCTIONS.values() if held <= one.roles]
    return min(fitting, key=lambda one: len(one.roles), default=None)
