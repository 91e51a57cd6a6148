"""Proof by difference: only what is hidden is changed, and the answers stay the same to the byte.

It proves what cannot be looked for: codes, booleans and links, the order of a list, a count, a hint. Days and numbers
that may stand somewhere by chance are confirmed in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import IntegrityError

from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.proofs import sampled
from caseflow.proofs.expectations import (
    CLIENT,
    Verdict,
    decides_on,
    looked_for,
    pays,
    readers,
    sides,
    sight,
    supervises,
    verdict,
)
from caseflow.proofs.grounds import Ground
from caseflow.proofs.plantings import Planted
from caseflow.proofs.plants import Plant, Row
from caseflow.proofs.probes import Leak, Ledger, Suspicion
from caseflow.proofs.routes import Address
from caseflow.proofs.visitors import Visitor
from caseflow.proofs.visits import Answer, Guest, leads_to
from caseflow.proofs.worlds import are_apart, not_placed_with
from caseflow.storage.engines import writing

C, P = Compartment, Part
CLOCK, STAGE, DUE = (C.CASEWORK, P.CLOCK), (C.CASEWORK, P.STAGE), (C.CASEWORK, P.DUE_DATES)

FEEDS: Final[Mapping[str, frozenset[tuple[Compartment, Part]]]] = {
    "placements": frozenset({CLOCK, DUE}),
    "absences": frozenset({CLOCK, DUE}),
    "exits": frozenset({CLOCK, STAGE, DUE}),
    "follow_ups": frozenset({DUE}),
    "stage_changes": frozenset({CLOCK}),
    "start_dates": frozenset({CLOCK, STAGE}),
    "placements.bed_id": frozenset({(C.SHELTER, P.SITE_NAME)}),
}
"""Tables and columns of which something follows that a reader may see though the fact itself is hidden:
a clock from nights, the name of a site from a bed."""
ADDED_AND_NEVER_CHANGED: Final = frozenset({"presences"})
"""Tables of the casework store whose rows cannot be rewritten: there another row takes the place of the old one."""
COUNTS: Final = frozenset(
    {
        "figures.index", "figures.curve", "figures.drawing", "figures.quarters", "figures.quality", "figures.workload",
        "waiting_figures.index", "sentinels.exact",
    }
)  # fmt: skip
"""Pages of exact figures: they count everybody of a programme, for who may see exact figures (`firewall.md` §3)."""
FOR_A_FIRE: Final = frozenset({"evacuations.show"})
"""The list with which a house is emptied: it tells help on the stairs and who is away of everybody there (0165)."""

Page = tuple[Address, str]
Pages = Sequence[Page]


class Differences:
    """Compares what one visitor gets of the world as it is and of the same world with other hidden values."""

    def __init__(self, ground: Ground, planted: Planted, guest: Guest, ledger: Ledger) -> None:
        self.ground, self.planted, self.guest, self.ledger = ground, planted, guest, ledger
        self.visitor = guest.visitor
        self._rows = {(row.table.name, row.id): row for row in planted.rows}

    def prove(self, pages: Pages) -> None:
        """Changes everything that is hidden at once; where an answer differs, finds which column it was."""
        wanted = [one for one in pages if one[0].endpoint not in COUNTS]
        some = hidden(self.visitor, self.planted)
        self._compare([one for one in wanted if one[0].endpoint not in FOR_A_FIRE], some)
        lists = [one for one in wanted if one[0].endpoint in FOR_A_FIRE]
        self._compare(lists, [one for one in some if not looked_for(self.visitor, one)])

    def _compare(self, wanted: Pages, some: Sequence[Plant]) -> None:
        if not wanted:
            return
        before = self.answers(wanted, lambda: None)
        self.ledger.probes += len({one.place for one in some}) * len(wanted)
        for page in self._unlike(wanted, before, lambda: self.change(some)):
            self._find(page, before[page], some)
        if gone := self._strangers():
            self.ledger.probes += len(wanted)
            for address, _ in self._unlike(wanted, before, lambda: self._forget(gone)):
                self._tell(address, "that there is such a client at all")

    def confirm(self, suspicions: Iterable[Suspicion]) -> None:
        """A day or number that goes away with its column was no coincidence."""
        for one in suspicions:
            self.ground.put_back()
            if one.plant.has_other:
                self.change([one.plant])
            self.guest.begin()
            still = self.ledger.lookout.sighted(self._again(one).text)
            self.ledger.probes += 1
            if one.plant.value not in still:
                what = f"{one.plant.name} ({one.plant.owner})"
                self._tell(one.address, what, "came back", one.method)

    def _again(self, one: Suspicion) -> Answer:
        """The same question once more; where an act led to it, the act again, and where it leads now."""
        if one.after is None:
            return self.guest.again(one.method, one.path, one.form)
        led = self.guest.again(one.after.method, one.after.path, one.after.form)
        return self.guest.get(leads_to(led))

    def answers(self, pages: Pages, change: Callable[[], None]) -> dict[Page, str]:
        """What each page says after a change to the world as it was."""
        self.ground.put_back()
        self.guest.begin()
        change()
        return {page: self.guest.get(page[1]).plain() for page in pages}

    def tells(self, pages: Pages, before: dict[Page, str], plant: Plant) -> bool:
        """Whether any of these pages changes with one value."""
        self.ground.put_back()
        self.guest.begin()
        self.change([plant])
        return any(self.guest.get(page[1]).plain() != before[page] for page in pages)

    def _unlike(
        self, pages: Pages, before: dict[Page, str], change: Callable[[], None]
    ) -> list[Page]:
        after = self.answers(pages, change)
        return [page for page in pages if after[page] != before[page]]

    def _find(self, page: Page, before: str, some: Sequence[Plant]) -> None:
        """Halves what was changed until one column is left that makes the difference."""
        key = _column
        columns = [list(group) for _, group in groupby(sorted(some, key=key), key=key)]
        alone = {page: self.answers([page], lambda: None)[page]}
        self._halve(page, alone, columns)

    def _halve(self, page: Page, before: dict[Page, str], columns: list[list[Plant]]) -> None:
        everything = [plant for column in columns for plant in column]
        if not self._unlike([page], before, lambda: self.change(everything)):
            return
        if len(columns) == 1:
            plant = columns[0][0]
            self._tell(page[0], f"{plant.name} ({plant.owner})")
            return
        middle = len(columns) // 2
        self._halve(page, before, columns[:middle])
        self._halve(page, before, columns[middle:])

    def _tell(
        self, address: Address, what: str, kind: str = "told by difference", method: str = "GET"
    ) -> None:
        self.ledger.leaks.add(Leak(kind, self.visitor.name, f"{method} {address.rule}", what))

    def _strangers(self) -> list[str]:
        """Clients without any relation to this visitor or mark on theirs, who sleep in no house of theirs."""
        known = [
            one
            for one in CLIENT.values()
            if readers(self.visitor, one) or sampled.looks_behind(self.visitor, one)
        ]
        return [
            client.key
            for client in CLIENT.values()
            if client not in known
            and not supervises(self.visitor, client)
            and not decides_on(self.visitor, client)
            and not pays(self.visitor)
            and (client.site is None or client.organisation != self.visitor.organisation)
            and not any(are_apart(client.key, one.key) for one in known)
            and not any(client.key in not_placed_with(one.key) for one in known)
        ]

    def change(self, plants: Iterable[Plant]) -> None:
        """Writes other values: in place, and in a vault by a row that takes the place of the old one."""
        by_row: dict[tuple[str, str], dict[str, Any]] = {}
        for plant in plants:
            by_row.setdefault((plant.table, plant.row), {})[plant.column] = plant.other
        by_store: dict[str, list[tuple[Row, dict[str, Any]]]] = {}
        for key, values in by_row.items():
            by_store.setdefault(self._rows[key].store, []).append((self._rows[key], values))
        for store, changes in by_store.items():
            if store.startswith("vault:"):
                with (
                    self.ground.house.stores.maintaining(store.removeprefix("vault:")) as opened,
                    writing(opened).begin() as vault,
                ):
                    for row, values in changes:
                        _replace(vault, row, values)
                continue
            engine = (
                self.ground.house.stores.cards
                if store == "cards"
                else self.ground.house.stores.casework
            )
            with writing(engine).begin() as work:
                for row, values in changes:
                    self._update(work, row, values)

    def _update(self, work: Connection, row: Row, values: Mapping[str, Any]) -> None:
        """Writes other values into a row; where its rules forbid that, one by one, and keeps those it could not."""
        try:
            with work.begin_nested():
                work.execute(update(row.table).where(*_same(row)).values(**values))
        except IntegrityError:
            if row.table.name in ADDED_AND_NEVER_CHANGED:
                _replace(work, row, values)
                return
            if len(values) == 1:
                self.ledger.unchanged.add(f"{row.table.name}.{next(iter(values))}")
                return
            for column, value in values.items():
                self._update(work, row, {column: value})

    def _forget(self, owners: Iterable[str]) -> None:
        """Takes whole clients out of the stores."""
        gone = set(owners)
        stores = self.ground.house.stores
        rows = [row for row in reversed(self.planted.rows) if row.owner in gone]
        with writing(stores.casework).begin() as work:
            mine = [row for row in rows if row.store == "casework"]
            order = (
                {table: n for n, table in enumerate(mine[0].table.metadata.sorted_tables)}
                if mine
                else {}
            )
            for row in sorted(mine, key=lambda one: -order[one.table]):
                if row.table.name != "changes":
                    work.execute(delete(row.table).where(*_same(row)))


def hidden(visitor: Visitor, planted: Planted) -> list[Plant]:
    """Everything about clients that is due to this visitor nowhere, and of which nothing follows that is."""
    return [
        plant
        for plant in planted.plants
        if plant.owner
        and plant.has_other
        and plant.value != planted.accounts.get(visitor.key)  # it would be another relation
        and all(
            verdict(visitor, plant, opened) is Verdict.NOT_DUE for opened in (None, *sides(plant))
        )
        and not _feeds(visitor, plant)
    ]


def _feeds(visitor: Visitor, plant: Plant) -> bool:
    seen = sight(visitor, CLIENT[plant.owner], Surface.OPENED)
    return any(
        seen.sees(compartment, frozenset({part}))
        for fed in (plant.table, plant.place)
        for compartment, part in FEEDS.get(fed, frozenset())
    )


def _column(plant: Plant) -> tuple[str, str]:
    return plant.place, plant.owner


def _same(row: Row) -> list[Any]:
    return [column == row.values[column.name] for column in row.table.primary_key]


def _replace(vault: Connection, row: Row, values: Mapping[str, Any]) -> None:
    vault.execute(delete(row.table).where(*_same(row)))
    vault.execute(insert(row.table).values(**{**row.values, **values}))


def chosen(pages: Pages, most: int) -> list[Page]:
    """One page of each route and client, lists and whole cases first."""
    kept: dict[tuple[str, str | None], Page] = {}
    for address, path in pages:
        kept.setdefault((address.endpoint, address.client), (address, path))
    order = sorted(
        kept.values(), key=lambda one: one[0].names_a_client and one[0].endpoint != "cases.show"
    )
    with_sorts = [one for one in pages if "?" in one[1] and not one[0].names_a_client]
    return [*order[:most], *with_sorts[: most // 4]]
