"""What is due to a reader and yet stands on no page of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caseflow.domain.redaction import Reader
from caseflow.proofs.differences import Differences, Pages
from caseflow.proofs.expectations import CLIENT, Verdict, readers, verdict
from caseflow.proofs.plantings import Planted
from caseflow.proofs.plants import Kind, Plant
from caseflow.proofs.visitors import Visitor

NOT_SHOWN_YET: Final[Mapping[str, str]] = {}
"""Columns that are due to somebody and have no page yet, and the noun of the work that brings one."""


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
        if not plant.owner or plant.is_bookkeeping:
            continue
        client = CLIENT[plant.owner]
        for reader in readers(visitor, client):
            if any(
                verdict(visitor, plant, opened) is Verdict.DUE for opened in (None, plant.owner)
            ):
                yield reader, plant


def of(
    visitors: Sequence[Visitor],
    planted: Planted,
    seen: Collection[tuple[str, str, str]],
    told: Mapping[tuple[str, str], bool],
) -> tuple[list[Blank], list[Blank]]:
    """The blanks, and what is not shown yet by `NOT_SHOWN_YET`.

    `seen` has (visitor, place, client) of what came back, `told` which codes made a difference.
    """
    wanted: dict[tuple[Reader, str], str] = {}
    shown: set[tuple[Reader, str]] = set()
    for visitor in visitors:
        for reader, plant in due(visitor, planted):
            key = (reader, plant.place)
            if plant.kind is Kind.CHOICE:
                if (visitor.key, plant.place) not in told:
                    continue
                is_shown = told[visitor.key, plant.place]
            else:
                is_shown = (visitor.key, plant.place, plant.owner) in seen
            wanted[key] = plant.name
            if is_shown:
                shown.add(key)
    missing = [
        (reader, name) for (reader, place), name in wanted.items() if (reader, place) not in shown
    ]
    places = {name.split()[-1] for _, name in missing}
    blank = [
        Blank("nobody misses it", f"{place}: take it out of NOT_SHOWN_YET")
        for place in sorted(set(NOT_SHOWN_YET) - places)
    ]
    later: list[Blank] = []
    for reader, name in sorted(missing):
        noun = NOT_SHOWN_YET.get(name.split()[-1], "")
        (later if noun else blank).append(Blank(reader.value, name, noun))
    return blank, later


def codes(differences: Differences, planted: Planted, pages: Pages) -> dict[tuple[str, str], bool]:
    """For each code that is due: whether a page changes with it."""
    visitor = differences.visitor
    mine: dict[str, Plant] = {}
    for _, plant in due(visitor, planted):
        client = CLIENT[plant.owner]
        opened = any((address.client or "") == client.key for address, _ in pages)
        if plant.kind is Kind.CHOICE and plant.has_other and opened:
            mine.setdefault(plant.place, plant)
    if not mine:
        return {}
    before = differences.answers(pages, lambda: None)
    found = {}
    for place, plant in mine.items():
        found[visitor.key, place] = differences.tells(pages, before, plant)
        differences.ledger.probes += len(pages)
    return found
