"""The world of the proof: who stands where, as plainly as it can be said, and what that opens.

It says again, in its own few lines, how a relation comes about (`firewall.md` §1), so that a fault in the store's own
reckoning is found and not repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseflow.domain.access import Relation
from caseflow.domain.actors import Role
from caseflow.proofs.visitors import (
    EAST,
    HAVEN,
    HAVENHUIS,
    KOMPAS,
    KOMPAS_ONE,
    KOMPASHUIS,
    PAKHUIS,
    WEST,
    Visitor,
)

DESK_DAYS: Final = 14


@dataclass(frozen=True)
class Client:
    """One client and what the world says of them."""

    key: str
    organisation: str
    team: str | None
    state: str
    """`application`, `guidance` or `left`: which rows there are (`specimens`)."""
    members: frozenset[str] = frozenset()
    site: str | None = None
    bed: str | None = None
    referred: frozenset[str] = frozenset()
    along: frozenset[str] = frozenset()
    """Who goes along to an appointment of this client these days."""
    glass: frozenset[str] = frozenset()
    readers: frozenset[str] | None = None
    """Named readers of a restricted client; None where nobody restricted them."""
    shared_with: str | None = None
    assigned_days_ago: int | None = None
    household: str | None = None

    @property
    def has_left(self) -> bool:
        return self.state == "left"


_TEAM = frozenset({"case-team", "lead-on-case-team", "deputy"})
_REFERRED = frozenset({"counsellor", "nurse"})
_ALONG = frozenset({"nurse-along"})
_GLASS = frozenset({"glass", "lead-glass", "counsellor-glass", "nurse-glass"})

CLIENTS: Final = (
    Client("inside", HAVEN, EAST, "guidance", _TEAM, HAVENHUIS, "bed-a", _REFERRED, _ALONG, _GLASS,
           shared_with=KOMPAS, assigned_days_ago=5, household="family"),
    Client("applying", HAVEN, EAST, "application", _TEAM, referred=_REFERRED, glass=_GLASS,
           assigned_days_ago=3, household="family"),
    Client("gone", HAVEN, EAST, "left", _TEAM, referred=_REFERRED, glass=_GLASS, assigned_days_ago=9),
    Client("other-team", HAVEN, WEST, "guidance", frozenset({"case-team-west"}), PAKHUIS, "bed-p",
           assigned_days_ago=60),
    Client("relative", HAVEN, WEST, "guidance", frozenset({"case-team-west"}), PAKHUIS, "bed-q",
           assigned_days_ago=60, household="family"),
    Client("apart", HAVEN, WEST, "guidance", frozenset({"case-team-west"}), PAKHUIS, "bed-r",
           frozenset({"counsellor"}), assigned_days_ago=60),
    Client("restricted", HAVEN, EAST, "guidance", _TEAM | {"named-reader"}, HAVENHUIS, "bed-b",
           _REFERRED, glass=frozenset({"glass"}), readers=frozenset({"named-reader"}), assigned_days_ago=5),
    Client("other-house", KOMPAS, KOMPAS_ONE, "guidance", frozenset({"case-team-kompas"}),
           KOMPASHUIS, "bed-k", assigned_days_ago=60),
)  # fmt: skip

APART: Final = frozenset({frozenset({"inside", "apart"})})
"""Pairs who are separated for safety."""


NOT_PLACED_TOGETHER: Final = frozenset({frozenset({"inside", "relative"})})
"""Pairs who are not placed together, for peace in the house."""


def relations(visitor: Visitor, client: Client) -> frozenset[Relation]:
    """How a visitor stands to a client, marks aside."""
    found: set[Relation] = set()
    if visitor.role is None:
        return frozenset()
    same = visitor.organisation == client.organisation
    if same and visitor.key in client.members:
        found.add(Relation.CASE_TEAM)
    if same and client.team is not None:
        if visitor.team == client.team:
            found.add(Relation.TEAM)
            if visitor.role is Role.TEAM_LEAD:
                found.add(Relation.LEADS_TEAM)
        if visitor.on_duty_for == client.team:
            found.add(Relation.ON_DUTY)
    found |= _by_house(visitor, client, same)
    if visitor.role is Role.INTAKE_DESK and same:
        days = client.assigned_days_ago
        if days is None or days <= DESK_DAYS:
            found.add(Relation.INTAKE_DESK)
    if visitor.key in client.referred:
        found.add(Relation.REFERRED)
    if visitor.key in client.along:
        found.add(Relation.ACCOMPANYING)
    if visitor.key in client.glass:
        found.add(Relation.BROKEN_GLASS)
    return frozenset(found)


def _by_house(visitor: Visitor, client: Client, same: bool) -> set[Relation]:
    found: set[Relation] = set()
    if visitor.role is Role.COORDINATOR:
        if same and not client.has_left:
            found.add(Relation.PLACES)
        elif client.shared_with == visitor.organisation:
            found.add(Relation.SHELTERS)
        if (
            same and client.site is not None
        ):  # everybody of this world sleeps in a house of their own organisation
            found.add(Relation.HOUSES)
    if client.site is not None and client.site == visitor.site:
        if visitor.role is Role.RESIDENTIAL_WORKER:
            found.add(Relation.OWN_SITE)
        if visitor.role is Role.NIGHT_WORKER:
            found.add(Relation.OWN_SITE_TONIGHT)
    return found


def counted(visitor: Visitor, client: Client) -> frozenset[Relation]:
    """The relations that count once the most restrictive mark has won."""
    found = relations(visitor, client)
    if client.readers is None or visitor.key in client.readers:
        return found
    return found & {Relation.BROKEN_GLASS}


def are_apart(one: str, other: str) -> bool:
    """Whether two clients are separated for safety."""
    return frozenset({one, other}) in APART


def apart_from(client: str) -> tuple[str, ...]:
    """The clients from whom this one is kept apart."""
    return tuple(sorted(one for pair in APART if client in pair for one in pair - {client}))


def not_placed_with(client: str) -> tuple[str, ...]:
    """The clients with whom this one is not placed in a room or at a site."""
    pairs = (pair for pair in NOT_PLACED_TOGETHER if client in pair)
    return tuple(sorted(one for pair in pairs for one in pair - {client}))
