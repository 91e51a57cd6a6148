"""What is due to a reader and yet stands on no page of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caseflow.domain.redaction import Reader
from caseflow.proofs.differences import Differences, Pages, chosen
from caseflow.proofs.expectations import CLIENT, Verdict, readers, sees_alone, verdict
from caseflow.proofs.plantings import Planted
from caseflow.proofs.plants import Plant
from caseflow.proofs.visitors import Visitor

EVERYONE: Final = frozenset(Reader)
R = Reader
NOT_SHOWN_YET: Final[Mapping[str, tuple[frozenset[Reader], str]]] = {}
"""Columns that are due to some readers and stand on no page of theirs yet: who misses them, and the noun of the work
that shows them. An entry that nobody misses any more is a blank itself, so that it is taken out."""

STEERS: Final[Mapping[str, str]] = {
    "case_team_members.from_on": "decides since when somebody is on the team",
    "tasks.about_id": "decides which line of the plan a task looks at again",
    "stay_alerts.listed_on": "decides on which week's list an alert stands",
}
"""Columns that decide what is shown and are themselves never shown, and what they decide."""
PAGES_OF_A_CASE: Final = 240


@dataclass(frozen=True, order=True)
class Blank:
    """A column that the table gives to a reader who sees it nowhere."""

    reader: str
    what: str
    waits_for: str = ""
    """The noun of the work that will show it."""


def due(visitor: Visitor, planted: Planted) -> Iterator[tuple[Reader, Plant]]:
    """What is due to a visitor, and as which reader."""
    for plant in planted.plants:
        if not plant.owner or plant.is_bookkeeping or plant.place in STEERS:
            continue
        client = CLIENT[plant.owner]
        if not any(
            verdict(visitor, plant, opened) is Verdict.DUE for opened in (None, plant.owner)
        ):
            continue
        for reader in readers(visitor, client):
            if sees_alone(reader, plant):
                yield reader, plant


def of(
    visitors: Sequence[Visitor],
    planted: Planted,
    seen: Collection[tuple[str, str, str]],
    told: Mapping[tuple[str, str], bool],
) -> tuple[list[Blank], list[Blank]]:
    """The blanks, and what is not shown yet by `NOT_SHOWN_YET`.

    `seen` has (visitor, place, client) of what came back, `told` whether a page changed with a column that did not.
    """
    wanted: dict[tuple[Reader, str], str] = {}
    shown: set[tuple[Reader, str]] = set()
    for visitor in visitors:
        for reader, plant in due(visitor, planted):
            key = (reader, plant.place)
            is_shown = (visitor.key, plant.place, plant.owner) in seen
            if not is_shown and not plant.is_looked_for and (visitor.key, plant.place) not in told:
                continue  # a code that was not tried for this visitor
            wanted[key] = plant.name
            if is_shown or told.get((visitor.key, plant.place)):
                shown.add(key)
    return _sorted({key: name for key, name in wanted.items() if key not in shown})


def _sorted(missing: Mapping[tuple[Reader, str], str]) -> tuple[list[Blank], list[Blank]]:
    blank: list[Blank] = []
    later: list[Blank] = []
    for (reader, place), name in sorted(missing.items()):
        who, noun = NOT_SHOWN_YET.get(place, (frozenset(), ""))
        if reader in who:
            later.append(Blank(reader.value, name, noun))
        else:
            blank.append(Blank(reader.value, name))
    missed = {place for _, place in missing}
    for place in sorted(set(NOT_SHOWN_YET) - missed):
        blank.append(Blank("nobody", f"{place} is shown now: take it out of NOT_SHOWN_YET"))
    return blank, later


def told(
    differences: Differences, planted: Planted, seen: Collection[tuple[str, str, str]], pages: Pages
) -> dict[tuple[str, str], bool]:
    """For each column that is due and did not come back as itself: whether a page changes with it.

    Tried on lists and whole cases first, then on every page of the case.
    """
    visitor = differences.visitor
    wanted: dict[str, list[Plant]] = {}
    for _, plant in due(visitor, planted):
        if plant.has_other and (visitor.key, plant.place, plant.owner) not in seen:
            wanted.setdefault(plant.place, []).append(plant)
    for _, plant in due(visitor, planted):
        if (visitor.key, plant.place, plant.owner) in seen:
            wanted.pop(plant.place, None)
    first = [one for one in pages if "?" not in one[1] and _is_wide(one[0].endpoint)]
    every = chosen([one for one in pages if "?" not in one[1]], PAGES_OF_A_CASE)
    every += [one for one in pages if one[0].endpoint == "cases.caseload" and "?" in one[1]]
    found: dict[tuple[str, str], bool] = {}
    for some in (first, every):
        left = {
            place: plants for place, plants in wanted.items() if not found.get((visitor.key, place))
        }
        before = differences.answers(some, lambda: None) if left else {}
        for place, plants in left.items():
            differences.ledger.probes += len(some)
            found[visitor.key, place] = any(
                differences.tells(some, before, plant) for plant in _of_each_kind(plants)
            )
    return found


def _is_wide(endpoint: str) -> bool:
    return endpoint in ("cases.show", "cases.caseload", "beds.tonight", "alerts.index")


def _of_each_kind(plants: Sequence[Plant]) -> list[Plant]:
    """One plant for each value: rows of several kinds lie in one table."""
    by_value = {str(plant.value): plant for plant in reversed(plants)}
    return list(by_value.values())[:2]
