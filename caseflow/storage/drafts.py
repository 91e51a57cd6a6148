"""Rows of drafts in a vault: appended while somebody types, and erased once nobody needs them.

They belong to no change: nothing was done yet. So they stand at once, and no sweep of orphans looks at them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, literal_column, select
from sqlalchemy.orm import Session

from caseflow.storage.engines import writing
from caseflow.storage.models.client_files import Draft
from caseflow.storage.stores import Stores


def append(stores: Stores, organisation: str, **values: Any) -> None:
    """Keeps one more row. Raises `VaultSealed`."""
    with Session(writing(stores.vault(organisation)), info={"writes": True}) as vault:
        vault.add(Draft(**values))
        vault.commit()


def of_author(
    stores: Stores, organisation: str, author: str, where: Collection[ColumnElement[bool]]
) -> list[Draft]:
    """Rows of one colleague, newest first. Raises `VaultSealed`."""
    with stores.reading_vault(organisation) as vault:
        found = list(
            vault.scalars(
                select(Draft)
                .where(Draft.recorded_by == author, *where)
                .order_by(Draft.recorded_at.desc(), literal_column("drafts.rowid").desc())
            )
        )
        vault.expunge_all()  # read in full: the session ends here
        return found


def erase(stores: Stores, organisation: str, row_ids: Collection[str]) -> int:
    """Takes rows out of the vault and empties the log they would live on in; answers how many.

    Raises `VaultSealed`, and `StoreRefused` if a reader keeps the log from being emptied: the rows are gone then.
    """
    if not row_ids:
        return 0
    with (
        stores.maintaining(organisation) as maintenance,
        writing(maintenance).begin() as erasing,
    ):
        erasing.execute(delete(Draft).where(Draft.id.in_(sorted(row_ids))))
    return len(row_ids)


def older(stores: Stores, organisation: str, before: datetime) -> list[str]:
    """Ids of the rows that were kept before then, whoever wrote them. Raises `VaultSealed`."""
    with stores.reading_vault(organisation) as vault:
        return list(vault.scalars(select(Draft.id).where(Draft.recorded_at < before)))
