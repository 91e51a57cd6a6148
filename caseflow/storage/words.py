"""Words in a vault, shown only once the casework store knows the change that wrote them.

A change commits its vault before its casework (`storage.changes`). A crash in between leaves rows whose change id
stands nowhere: `visible` never shows them, `sweep` takes them away.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
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

from caseflow.storage.engines import writing
from caseflow.storage.models.bases import VaultBase
from caseflow.storage.models.operations import Change
from caseflow.storage.models.vault import Words
from caseflow.storage.stores import Stores

PAGE: Final = 500
"""Rows fetched at a time, and change ids asked about in one question."""

W = TypeVar("W", bound=Words)


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

    `case_id` narrows words about a case to that case, `where` to rows that meet every condition; of those, `skip` are
    passed over and `limit` is the most answered. One question to the vault, and one to the casework store for each
    `PAGE` rows. Raises `LookupError` for a `case_id` where the words are not about a case.
    """
    shown: list[W] = []
    wanted = _about(model, client_codes, case_id).where(*where)
    enough = None if limit is None else skip + limit
    for rows in vault.scalars(wanted).yield_per(PAGE).partitions():
        page = cast("list[W]", rows)
        committed = _committed(casework.connection(), {row.change_id for row in page})
        shown.extend(row for row in page if row.change_id in committed)
        if enough is not None and len(shown) >= enough:
            break
    return shown[skip:enough]


def orphans(stores: Stores, organisation: str, older_than: datetime) -> int:
    """How many rows of this vault were recorded before then by a change that was never committed.

    Raises `VaultSealed`.
    """
    with stores.vault(organisation).connect() as vault, stores.casework.connect() as casework:
        return sum(len(ids) for _, ids in _orphans(vault, casework, older_than))


def sweep(stores: Stores, organisation: str, older_than: datetime) -> int:
    """Removes what `orphans` counts, empties the write-ahead log it would live on in, and answers how many.

    Both write locks are held, in the order in which a change takes them, so that no change stands between its two
    commits while the sweep looks. Whoever calls tells the audit log first. Raises `VaultSealed`, and `StoreRefused`
    if a reader keeps the log from being emptied: the next sweep empties it.
    """
    swept = 0
    with (
        stores.maintaining(organisation) as maintenance,
        writing(maintenance).begin() as vault,
        writing(stores.casework).begin() as casework,
    ):
        for table, ids in list(_orphans(vault, casework, older_than)):
            vault.execute(delete(table).where(table.c.id.in_(_listed(ids))))
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


def _orphans(
    vault: Connection, casework: Connection, older_than: datetime
) -> Iterator[tuple[Table, list[str]]]:
    """Each table of words with the ids of its orphans, a page at a time."""
    for table in VaultBase.metadata.sorted_tables:
        if "change_id" not in table.c:
            continue
        rows = vault.execution_options(yield_per=PAGE).execute(
            select(table.c.id, table.c.change_id).where(table.c.recorded_at < older_than)
        )
        for page in rows.partitions():
            committed = _committed(casework, {row.change_id for row in page})
            ids = [row.id for row in page if row.change_id not in committed]
            if ids:
                yield table, ids
