"""Looks without relation that stand out: how many different things, in one hour, by one colleague.

Volume inside one's relations is not an alarm: whoever opens eighty cases of their own is at work. What counts is asking
for what is not there, breaking glass again and again, and leafing through colleagues' cases (rules FW11 and FW13).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from caseflow.domain.messages import N_


class AttentionKind(StrEnum):
    """Why somebody should ask a colleague what they were doing."""

    UNKNOWN_CODES = "unknown_codes"
    DENIALS = "denials"
    GLASSES = "glasses"
    TEAM_LOOKS = "team_looks"


KIND_NAMES: Final = {
    AttentionKind.UNKNOWN_CODES: N_("Asked for a code that nobody here has"),
    AttentionKind.DENIALS: N_("Asked for many things that are not theirs"),
    AttentionKind.GLASSES: N_("Broke the glass of many cases"),
    AttentionKind.TEAM_LOOKS: N_("Leafed through many cases of the team"),
}

COUNTED: Final = (AttentionKind.DENIALS, AttentionKind.GLASSES, AttentionKind.TEAM_LOOKS)
"""Kinds that a count over the log raises; a code that nobody has is told at once."""


@dataclass(frozen=True)
class Look:
    """One look without relation, as the log holds it: by whom, of which kind, at what, when."""

    user_id: str
    organisation: str
    kind: AttentionKind
    thing: str
    """What was asked for; asking for one thing again and again counts once."""
    at: datetime


@dataclass(frozen=True)
class Limits:
    """From how many different things in a window on a colleague's looks stand out."""

    window: timedelta
    at_least: Mapping[AttentionKind, int]


@dataclass(frozen=True)
class Notice:
    """Looks of one colleague, of one kind, in one window, that stood out."""

    user_id: str
    organisation: str
    kind: AttentionKind
    from_at: datetime
    until_at: datetime
    looks: int


Known = Mapping[tuple[str, AttentionKind], Iterable[tuple[datetime, datetime]]]
"""The windows that were raised before, by colleague and kind."""


def notices(looks: Iterable[Look], known: Known, limits: Limits) -> tuple[Notice, ...]:
    """What stands out and was not raised before: one notice for each colleague, kind and window.

    A window begins with the first look that counts in it. Looks inside a window that was raised belong to that one, so
    that counting again raises nothing twice, and whoever goes on for hours is raised once for each of them.
    """
    by_colleague: dict[tuple[str, AttentionKind], list[Look]] = {}
    for look in looks:
        by_colleague.setdefault((look.user_id, look.kind), []).append(look)
    found: list[Notice] = []
    for who, theirs in by_colleague.items():
        raised = tuple(known.get(who, ()))
        new = [one for one in theirs if not any(begin <= one.at < end for begin, end in raised)]
        found += _of_one(sorted(new, key=lambda one: one.at), limits)
    return tuple(sorted(found, key=lambda one: (one.from_at, one.user_id, one.kind)))


def _of_one(looks: list[Look], limits: Limits) -> list[Notice]:
    found: list[Notice] = []
    first = 0
    while first < len(looks):
        begun = looks[first]
        end = begun.at + limits.window
        inside = [one for one in looks[first:] if one.at < end]
        things = {one.thing for one in inside}
        if len(things) < limits.at_least[begun.kind]:
            first += 1
            continue
        found.append(
            Notice(begun.user_id, begun.organisation, begun.kind, begun.at, end, len(things))
        )
        first += len(inside)
    return found
