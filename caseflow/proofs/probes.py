"""What is asked of every answer, and how the asking is counted.

One probe is one planted column, of clients who stand in one relation to one visitor (or of the house), in one answer:
whether its value came back there, and whether the tables have it due. Comparing two answers byte by byte after a column
was changed is one probe for each column that was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from caseflow.proofs.expectations import CLIENT, Verdict, sides, verdict
from caseflow.proofs.plantings import Planted
from caseflow.proofs.plants import Kind, Plant
from caseflow.proofs.routes import Address
from caseflow.proofs.sightings import Lookout
from caseflow.proofs.visitors import Visitor
from caseflow.proofs.visits import Answer
from caseflow.proofs.worlds import counted

CERTAIN: Final = frozenset({Kind.WORD, Kind.ID, Kind.CODE})
"""Kinds whose values stand nowhere by chance; a number, day or minute is confirmed by changing it."""
NO_STORE: Final = ("Cache-Control", "no-store")


@dataclass(frozen=True, order=True)
class Leak:
    """Something that came back and was due to nobody there; the value itself is never said."""

    kind: str
    visitor: str
    route: str
    what: str


@dataclass(frozen=True)
class Suspicion:
    """A day or number that may be there by chance, to be confirmed by changing it."""

    visitor: Visitor
    address: Address
    path: str
    plant: Plant
    method: str
    form: tuple[tuple[str, str], ...]
    """What was sent, where a form was."""
    after: Answer | None = None
    """The act that led there, without which the page is another one."""


@dataclass
class Ledger:
    """What was asked and what was found."""

    planted: Planted
    is_sealed: bool = False
    """Whether every vault is sealed: then nothing that lies in one is due to anybody."""
    probes: int = 0
    answers: int = 0
    leaks: set[Leak] = field(default_factory=set)
    suspicions: dict[tuple[str, str, str], Suspicion] = field(default_factory=dict)
    seen: set[tuple[str, str, str]] = field(default_factory=set)
    """(visitor, place, client) that came back somewhere: what is due and missing here is a blank."""
    seen_values: set[tuple[str, str, str, Any]] = field(default_factory=set)
    visited: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    """Columns that the rules of their table do not let change by themselves: not proven by difference."""
    _widths: dict[str, int] = field(default_factory=dict)

    @cached_property
    def lookout(self) -> Lookout:
        return Lookout(self.planted.plants)

    def width(self, visitor: Visitor) -> int:
        """How many planted columns one answer to this visitor is asked for."""
        if visitor.key not in self._widths:
            sides = {
                (frozenset(counted(visitor, CLIENT[one.owner])) if one.owner else None, one.place)
                for one in self.planted.plants
                if one.kind is not Kind.CHOICE
            }
            self._widths[visitor.key] = len(sides)
        return self._widths[visitor.key]

    def ask(
        self,
        visitor: Visitor,
        address: Address,
        variant: str,
        answer: Answer,
        path: str,
        after: Answer | None = None,
    ) -> None:
        """Asks everything of one answer; `after` is the act that led to it."""
        self.answers += 1
        self.probes += self.width(visitor)
        self.visited.add(f"{answer.method} {address.rule}")
        route = f"{answer.method} {address.rule}{variant}"
        owners = self._looked(visitor, address, route, answer, path, after)
        self._told(visitor, address, route, answer, owners)
        if address.endpoint != "static" and NO_STORE not in answer.headers:
            self.leaks.add(Leak("may be kept by a browser", visitor.name, route, "Cache-Control"))
        if answer.status >= 500:
            self.leaks.add(Leak("broke", visitor.name, route, str(answer.status)))

    def _looked(
        self,
        visitor: Visitor,
        address: Address,
        route: str,
        answer: Answer,
        path: str,
        after: Answer | None,
    ) -> set[str]:
        """Compares what stands in the answer with the tables; answers about whom something certain stands there."""
        asked = self.lookout.sighted(answer.asked)
        owners: set[str] = set()
        for value, plants in self.lookout.sighted(answer.text).items():
            if value in asked:
                continue  # an address or a word that the visitor sent themselves
            verdicts = {plant: self._verdict(visitor, plant, address) for plant in plants}
            if answer.logged and value in self.lookout.sighted(answer.logged):
                self._leaked("stood in a log", visitor, route, _in_words(plants))
            allowed = [plant for plant, said in verdicts.items() if said is not Verdict.NOT_DUE]
            for plant in allowed:
                self.seen.add((visitor.key, plant.place, plant.owner))
                self.seen_values.add((visitor.key, plant.place, plant.owner, value))
            about = {_whom(plant, address) for plant in plants}
            by_code = answer.is_of_the_log and plants[0].place == "clients.code"
            if len(about) == 1 and plants[0].kind in CERTAIN and not by_code:
                owners |= about - {""}
            if allowed:
                continue
            if plants[0].kind in CERTAIN:
                self._leaked("came back", visitor, route, plants[:1])
            else:
                for plant in plants[:1]:
                    key = (visitor.key, address.path, plant.place)
                    self.suspicions.setdefault(
                        key,
                        Suspicion(visitor, address, path, plant, answer.method, answer.form, after),
                    )
        return owners

    def _verdict(self, visitor: Visitor, plant: Plant, address: Address) -> Verdict:
        if self.is_sealed and plant.store.startswith("vault:"):
            return Verdict.NOT_DUE
        return verdict(visitor, plant, address.client)

    def _told(
        self, visitor: Visitor, address: Address, route: str, answer: Answer, owners: Iterable[str]
    ) -> None:
        """A page that tells of somebody has its entry in the log, with that client among its subjects."""
        if answer.status >= 400 and answer.status not in (409, 422):
            return
        hashed = self._hashes()
        for owner in owners:
            if hashed[owner] not in answer.subjects:
                what = "the log has no entry for a client who was shown"
                self.leaks.add(Leak("not recorded", visitor.name, route, what))

    def _hashes(self) -> dict[str, str]:
        if not hasattr(self, "_hashed"):
            from caseflow.services import houses

            stores = houses.current().stores
            self._hashed = {
                key: stores.hashed("subject", code) for key, code in self.planted.codes.items()
            }
        return self._hashed

    def _leaked(self, kind: str, visitor: Visitor, route: str, plants: Iterable[Plant]) -> None:
        for plant in plants:
            whose = f" ({plant.owner})" if plant.owner else ""
            self.leaks.add(Leak(kind, visitor.name, route, plant.name + whose))


def _whom(plant: Plant, address: Address) -> str:
    """About whom a value is on this page: what is about two people is on each one's page about that one."""
    opened = address.client
    return opened if opened is not None and opened in sides(plant) else plant.owner


def _in_words(plants: Iterable[Plant]) -> Iterator[Plant]:
    return (plant for plant in plants if plant.kind in (Kind.WORD, Kind.CODE) and plant.owner)
