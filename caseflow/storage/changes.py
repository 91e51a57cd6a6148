"""One change over several files, in the one order that leaves no half of it to be seen.

Intent in the audit log, committed; work in the vault and in the casework store; vault committed; casework
committed; outcome in the audit log. A crash in between leaves an entry too many, or a vault row that no page shows
because its change id is not in the casework store; a sweep removes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from caseflow.domain.decisions import Refused
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.engines import writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.operations import Change
from caseflow.storage.stores import Stores

R = TypeVar("R", bound=Refused)


@dataclass
class Writing:
    """A change under way: its id, its sessions, and whether it was refused after all."""

    id: str
    at: datetime
    by: str
    casework: Session
    vault_session: Session | None
    refused: bool = False

    @property
    def vault(self) -> Session:
        """The session of the vault this change was begun with."""
        if self.vault_session is None:
            raise LookupError("This change was begun without a vault.")
        return self.vault_session

    def refuse(self, refusal: R) -> R:
        """Undoes everything at the end of the block and tells the log; answers the refusal for the caller."""
        self.refused = True
        return refusal


@contextmanager
def change(stores: Stores, act: Act, *, vault: str | None = None) -> Iterator[Writing]:
    """Runs one change. Raises `VaultSealed` before anything is told if the vault it needs is sealed."""
    vault_engine = writing(stores.vault(vault)) if vault is not None else None
    intent = audit_log.tell(stores, act, stands_for="intent")
    vault_session = (
        Session(vault_engine, info={"writes": True}) if vault_engine is not None else None
    )
    casework = Session(writing(stores.casework), info={"writes": True})
    work = Writing(new_id(), act.now, act.actor.user_id, casework, vault_session)
    try:
        if vault_session is not None:
            vault_session.connection()
        casework.connection()
        yield work
        if work.refused:
            result = "refused"
        else:
            casework.add(Change(id=work.id, event=act.event, at=act.now, by=work.by, vault=vault))
            if vault_session is not None:
                vault_session.flush()
            casework.flush()
            if vault_session is not None:
                vault_session.commit()
            casework.commit()
            result = "done"
    except BaseException:
        _close(vault_session, casework)
        audit_log.tell(stores, act, stands_for="outcome", intent=intent, result="failed")
        raise
    _close(vault_session, casework)
    audit_log.tell(stores, act, stands_for="outcome", intent=intent, result=result)


def _close(*sessions: Session | None) -> None:
    for session in sessions:
        if session is not None:
            session.rollback()
            session.close()
