"""Words in a vault, shown only once the casework store knows the change that wrote them.

A change commits its vault before its casework (`storage.changes`). A crash in between leaves rows that `visible` never
shows and `sweep` takes away. The audit log tells a crash from an older casework store that was put back: a crash left
an intent without *done*. Words whose change the log calls done, or does not know, are never deleted.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    delete,
    func,
    inspect,
    literal_column,
    select,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from caseflow.storage import merges
from caseflow.storage.engines import writing
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.bases import VaultBase
from caseflow.storage.models.operations import Change
from caseflow.storage.models.vault import Words
from caseflow.storage.stores import Stores

PAGE: Final = 500
"""Rows fetched at a time, and change ids asked about in one question."""

W = TypeVar("W", bound=Words)


@dataclass(frozen=True)
class Orphans:
    """Rows of a vault whose change the casework store does not know: how many, and why."""

    left_by_a_crash: int
    """Announced and never done, and old enough: nobody ever saw them."""
    stranded: int
    """Done by what the log says, or unknown to it: the casework store (or the log) is older than the vault."""


class CaseworkIsOlder(Exception):
    """The vault holds words of changes that the casework store has lost; the message says how many and the repair."""

    def __init__(self, organisation: str, stranded: int) -> None:
        super().__init__(
            f"Casework is older than the vault of {organisation}: {stranded} rows belong to changes it does not know. "
            "Nothing was deleted. Restore the casework store and the audit log of the same moment as the vault."
        )
        self.stranded = stranded


def visible(
    vault: Session,
    casework: Session,
    model: type[W],
    client_codes: Collection[str],
    *,
    case_id: str | None = None,
    where: Collection[ColumnElement[bool]] = (),
    skip: int = 0,
    limit: int | None = None,
) -> list[W]:
    """The rows about these clients whose change was committed, newest first.

    Rows under a code that was given up into one of these are among them (`storage.merges`).
    `case_id` narrows words about a case to that case, `where` to rows that meet every condition; of those, `skip` are
    passed over and `limit` is the most answered. One question to the vault, and to the casework store one for the
    codes and one for each `PAGE` rows. Raises `LookupError` for a `case_id` where the words are not about a case.
    """
    shown: list[W] = []
    codes = merges.reads_as(casework, client_codes, ever=case_id is not None)
    wanted = _about(model, codes, case_id).where(*where)
    enough = None if limit is None else skip + limit
    for rows in vault.scalars(wanted).yield_per(PAGE).partitions():
        page = cast("list[W]", rows)
        committed = _committed(casework.connection(), {row.change_id for row in page})
        shown.extend(row for row in page if row.change_id in committed)
        if enough is not None and len(shown) >= enough:
            break
    return shown[skip:enough]


def orphans(stores: Stores, organisation: str, older_than: datetime) -> Orphans:
    """How many rows of this vault no change accounts for; those of a crash count if recorded before then.

    Raises `VaultSealed`.
    """
    with stores.vault(organisation).connect() as vault, stores.casework.connect() as casework:
        return _counted(_orphans(stores, vault, casework), older_than)


def sweep(stores: Stores, organisation: str, older_than: datetime) -> int:
    """Removes what a crash left before then, empties the write-ahead log it would live on in, and answers how many.

    Both write locks are held, in the order in which a change takes them, so that no change stands between its two
    commits while the sweep looks. Whoever calls tells the audit log first. Raises `CaseworkIsOlder` if a single row is
    stranded, and then nothing was deleted; `VaultSealed`; and `StoreRefused` if a reader keeps the log from being
    emptied: the next sweep empties it.
    """
    swept = 0
    with (
        stores.maintaining(organisation) as maintenance,
        writing(maintenance).begin() as vault,
        writing(stores.casework).begin() as casework,
    ):
        pages = list(_orphans(stores, vault, casework))
        stranded = _counted(pages, older_than).stranded
        if stranded:
            raise CaseworkIsOlder(organisation, stranded)
        for page in pages:
            ids = page.left_by_a_crash(older_than)
            vault.execute(delete(page.table).where(page.table.c.id.in_(_listed(ids))))
            swept += len(ids)
    return swept


def _about(model: type[W], client_codes: Collection[str], case_id: str | None) -> Select[Any]:
    table = inspect(model).local_table
    wanted: Select[Any] = select(model).where(table.c.client_code.in_(_listed(client_codes)))
    if case_id is not None:
        if "case_id" not in table.c:
            raise LookupError(f"{table.name} are about a client, not about one case.")
        wanted = wanted.where(table.c.case_id == case_id)
    entered_last: ColumnElement[int] = literal_column(
        f"{table.name}.rowid"
    )  # two rows of one instant, in order
    return wanted.order_by(table.c.recorded_at.desc(), entered_last.desc())


def _listed(values: Collection[str]) -> Select[Any]:
    """Any number of values in one bound parameter: an `IN` of parameters ends at 32,766."""
    return select(func.json_each(json.dumps(sorted(values))).table_valued("value").c.value)


def _committed(casework: Connection, change_ids: Collection[str]) -> frozenset[str]:
    return frozenset(casework.scalars(select(Change.id).where(Change.id.in_(_listed(change_ids)))))


@dataclass(frozen=True)
class _Page:
    """Orphans of one table: those that were announced and never done, with their moment, and the others."""

    table: Table
    undone: tuple[tuple[str, datetime], ...]
    stranded: int

    def left_by_a_crash(self, older_than: datetime) -> list[str]:
        return [row for row, at in self.undone if at < older_than]


def _counted(pages: Iterable[_Page], older_than: datetime) -> Orphans:
    crashed = stranded = 0
    for page in pages:
        crashed += len(page.left_by_a_crash(older_than))
        stranded += page.stranded
    return Orphans(crashed, stranded)


def _orphans(stores: Stores, vault: Connection, casework: Connection) -> Iterator[_Page]:
    """Each table of words with its orphans, a page at a time.

    The log is read before the casework store: what it calls done is there, unless the store is older.
    """
    with stores.audit.connect() as log:
        for table in VaultBase.metadata.sorted_tables:
            if "change_id" not in table.c:
                continue
            rows = vault.execution_options(yield_per=PAGE).execute(
                select(table.c.id, table.c.change_id, table.c.recorded_at)
            )
            for page in rows.partitions():
                ids = {row.change_id for row in page}
                undone = _announced_and_not_done(log, ids)
                committed = _committed(casework, ids)
                lost = [row for row in page if row.change_id not in committed]
                crashed = tuple((r.id, r.recorded_at) for r in lost if r.change_id in undone)
                if lost:
                    yield _Page(table, crashed, len(lost) - len(crashed))


def _announced_and_not_done(log: Connection, change_ids: Collection[str]) -> frozenset[str]:
    wanted = _listed(change_ids)
    announced = log.scalars(
        select(Entry.id).where(Entry.id.in_(wanted), Entry.stands_for == "intent")
    )
    done = log.scalars(
        select(Entry.intent_id).where(
            Entry.intent_id.in_(wanted), Entry.stands_for == "outcome", Entry.result == "done"
        )
    )
    return frozenset(announced) - frozenset(done)
