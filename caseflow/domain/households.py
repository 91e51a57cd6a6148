"""Families and others who belong together: who is what in a household, since when, and whether one lives apart.

Belonging together gives nobody access to anything. Each adult and each child keeps an own case with an own outcome.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message


class HouseholdRole(StrEnum):
    """What somebody is in a household; no more is asked about a family."""

    ADULT = "adult"
    PARTNER = "partner"
    CHILD = "child"
    OTHER = "other"


ROLE_NAMES: Final[Mapping[HouseholdRole, Message]] = MappingProxyType(
    {
        HouseholdRole.ADULT: N_("adult"),
        HouseholdRole.PARTNER: N_("partner"),
        HouseholdRole.CHILD: N_("child"),
        HouseholdRole.OTHER: N_("somebody else of the family"),
    }
)
UNDER_AGE: Final = "0-17"
"""The age band of children."""

UNKNOWN: Final = Refused(
    N_("You know nobody else with this code or call name. Check it, or search for a part of it.")
)
"""The one answer for a code that nobody has, and for one of somebody whom this reader may not know."""
SEEN_IN_PART: Final = Refused(
    N_("You see only a part of that case. Somebody who works on both cases can put them together.")
)
NOT_TOGETHER: Final = Refused(
    N_(
        "These two cannot be put in one household here: one may belong to another household already, or something "
        "else stands against it. Ask the team lead."
    )
)
"""One sentence for every reason that a reader might not know: it does not tell which one it is."""
TOGETHER_ALREADY: Final = Refused(N_("These two are in one household already."))
IN_NONE: Final = Refused(N_("This person is in no household now."))


@dataclass(frozen=True)
class Place:
    """What somebody is in a household, and whether they live apart from it."""

    role: HouseholdRole
    lives_apart: bool = False


def role_by_age(age_band: str) -> HouseholdRole:
    """Answers what somebody is taken for until a colleague says it: whoever is under age is a child."""
    return HouseholdRole.CHILD if age_band == UNDER_AGE else HouseholdRole.ADULT


@dataclass(frozen=True)
class Home:
    """The household of one person: its id, and the codes of everybody else in it now."""

    id: str | None = None
    others: frozenset[str] = frozenset()


def may_join(
    code: str, own: Home, other: str, theirs: Home, apart: Collection[frozenset[str]]
) -> Decision:
    """Answers whether two people may be put in one household, `apart` being the pairs kept apart for safety.

    Nobody is in two families at once, and nobody joins a household with somebody they are kept apart from. Source:
    the firewall's rule that after *separated for safety* neither shows on the other's pages.
    """
    household = {code, other} | own.others | theirs.others
    if any(pair <= household for pair in apart):
        return NOT_TOGETHER
    if own.id is not None and own.id == theirs.id:
        return TOGETHER_ALREADY
    if own.others and theirs.others:
        return NOT_TOGETHER
    return Allowed()


def may_change(present: Place, new: Place, since: date, on: date) -> Decision:
    """Answers whether somebody becomes something else in the household on a day."""
    if present == new:
        return Refused(N_("Nothing was changed. Choose what is different, or go back."))
    return may_end(since, on)


def may_end(since: date, on: date) -> Decision:
    """Answers whether what began on a day may end on another: not before it began."""
    if on < since:
        return Refused(N_("It began on %(day)s. Choose that day or a later one.", day=since))
    return Allowed()
