"""V-numbers that are spent: of a procedure that ended, or replaced by a newer row. They are taken out of the vault.

A change only appends to a vault, so erasing follows it: once the casework store knows that the procedure ended, no
page shows the number any more, and here its row goes. What a crash in between leaves goes with the next sweep.
"""

from __future__ import annotations

from sqlalchemy import delete, desc, select, text
from sqlalchemy.orm import Session

from caseflow.storage.engines import writing
from caseflow.storage.models.facts import Procedure
from caseflow.storage.models.operations import Change
from caseflow.storage.models.vault import VNumber
from caseflow.storage.stores import Stores


def erase_spent(stores: Stores, organisation: str) -> int:
    """Erases every spent number of this vault, empties the log it would live on in, and answers how many rows went.

    Rows of changes and procedures that the casework store does not know are left to `words.sweep`. Raises
    `VaultSealed`, and `StoreRefused` if a reader keeps the write-ahead log from being emptied: the row is gone then,
    and the next sweep empties the log.
    """
    with stores.reading() as casework, stores.reading_vault(organisation) as vault:
        spent = _spent(casework, vault)
    if spent:
        with (
            stores.maintaining(organisation) as maintenance,
            writing(maintenance).begin() as erasing,
        ):
            erasing.execute(delete(VNumber).where(VNumber.id.in_(spent)))
    return len(spent)


def _spent(casework: Session, vault: Session) -> list[str]:
    # of two rows of one instant, the one that was entered last
    newest_first = (VNumber.recorded_at.desc(), desc(text("v_numbers.rowid")))
    rows = vault.scalars(select(VNumber).order_by(*newest_first)).all()
    if not rows:
        return []
    about = {row.procedure_id for row in rows}
    ended = set(
        casework.scalars(
            select(Procedure.id).where(Procedure.id.in_(about), Procedure.until_on.is_not(None))
        )
    )
    changes = {row.change_id for row in rows}
    committed = set(casework.scalars(select(Change.id).where(Change.id.in_(changes))))
    newest: set[str] = set()
    spent = []
    for row in rows:
        if row.change_id not in committed:
            continue
        if row.procedure_id in ended or row.procedure_id in newest:
            spent.append(row.id)
        newest.add(row.procedure_id)
    return spent
