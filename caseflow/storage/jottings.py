"""What the machine notes for itself, outside any recorded change: last seen, failed attempts, known browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from caseflow.storage.engines import writing
from caseflow.storage.stores import Stores


@contextmanager
def jotting(stores: Stores) -> Iterator[Session]:
    """A session that writes to the casework store; the write lock is taken first, so that count and insert agree.

    Acts of colleagues never come this way: they go through `storage.changes`.
    """
    with Session(writing(stores.casework), info={"writes": True}) as session:
        yield session
        session.commit()
