"""One change over several files, in the one order that leaves no half of it to be seen.

Intent in the audit log, committed; work in the vault, among the cards and in the casework store; vault committed;
cards committed; casework committed; outcome in the audit log. A crash in between leaves an entry too many, or a row
that no page shows because its change id is not in the casework store: words of a vault until a sweep removes them
(`storage.words`), a card until the next one is recorded (`storage.emergency_cards`). A change has the id of its
intent, so that whatever is to be seen leads to who announced it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from caseflow.domain.decisions import Refused
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.engines import writing
from caseflow.storage.models.operations import Change
from caseflow.storage.stores import Stores

R = TypeVar("R", bound=Refused)


class OutcomeUntold(Exception):
    """The change stands, but the log could not be told how it ended; nobody should do it again.

    The intent is in the log, and the change, under the same id, in the casework store.
    """

    def __init__(self, change_id: str) -> None:
        super().__init__("The change stands; the log does not hold how it ended.")
        self.change_id = change_id


class DoneAlready(Exception):
    """The form that asked for this change was sent before, and what it asked for was done then."""


ONCE: Final[ContextVar[str | None]] = ContextVar("once", default=None)
"""The random id of the form that asks for the change under way; the first change that stands uses it up."""


@dataclass
class Writing:
    """A change under way: its id, its sessions, and whether it was refused after all."""

    id: str
    at: datetime
    by: str
    casework: Session
    vault_session: Session | None
    cards_session: Session | None = None
    refused: bool = False

    @property
    def vault(self) -> Session:
        """The session of the vault this change was begun with."""
        if self.vault_session is None:
            raise LookupError("This change was begun without a vault.")
        return self.vault_session

    @property
    def cards(self) -> Session:
        """The session of the store of emergency cards, where this change was begun with it."""
        if self.cards_session is None:
            raise LookupError("This change was begun without the cards.")
        return self.cards_session

    def refuse(self, refusal: R) -> R:
        """Undoes everything at the end of the block and tells the log; answers the refusal."""
        self.refused = True
        return refusal


@contextmanager
def change(
    stores: Stores, act: Act, *, vault: str | None = None, cards: bool = False
) -> Iterator[Writing]:
    """Runs one change: all of it stands at the end of the block, or nothing.

    Raises `VaultSealed`, before anything is told, if the vault it needs is sealed; whatever the audit store
    raises, and then nothing was done; whatever the block or a store raises, and then nothing stands; and
    `OutcomeUntold` if everything stands but the log could not be told so. Raises `DoneAlready` where the form
    that asks was sent before by the same colleague: Back and a second press of the button keep nothing twice.
    """
    vault_engine = writing(stores.vault(vault)) if vault is not None else None
    intent = audit_log.tell(stores, act, stands_for="intent")
    try:
        with ExitStack() as sessions:
            vault_session = _writing(sessions, vault_engine)
            cards_session = _writing(sessions, writing(stores.cards) if cards else None)
            casework = sessions.enter_context(
                Session(writing(stores.casework), info={"writes": True})
            )
            casework.connection()
            once = _not_done_yet(casework, act)
            work = Writing(
                intent, act.now, act.actor.user_id, casework, vault_session, cards_session
            )
            yield work
            if not work.refused:
                casework.add(
                    Change(
                        id=work.id, event=act.event, at=act.now, by=work.by, vault=vault, once=once
                    )
                )
                _commit_in_order((vault_session, cards_session), casework)
                ONCE.set(None)
    except BaseException:
        _tell_if_possible(stores, act, intent)
        raise
    try:
        _tell_outcome(stores, act, intent, "refused" if work.refused else "done")
    except SQLAlchemyError as cause:
        if work.refused:
            raise
        raise OutcomeUntold(intent) from cause


def _not_done_yet(casework: Session, act: Act) -> str | None:
    """The id of the form that asks, where one does; asked under the write lock, so that only one passes."""
    once = ONCE.get()
    if once is not None:
        done = select(Change.id).where(Change.by == act.actor.user_id, Change.once == once)
        if casework.scalar(done) is not None:
            raise DoneAlready()
    return once


def _writing(sessions: ExitStack, store: Engine | None) -> Session | None:
    """A session that has the write lock of a store, where the change has a part in it."""
    if store is None:
        return None
    session = sessions.enter_context(Session(store, info={"writes": True}))
    session.connection()
    return session


def _commit_in_order(others: tuple[Session | None, ...], casework: Session) -> None:
    """Vault and cards first: their rows stay hidden until the casework store, committed last, holds their change."""
    in_order = (*(one for one in others if one is not None), casework)
    for session in in_order:
        session.flush()
    for session in in_order:
        session.commit()


def _tell_if_possible(stores: Stores, act: Act, intent: str) -> None:
    """Tells how a change ended that was interrupted, perhaps at its very last step.

    An intent without an outcome says that nobody knows; the change is looked up under the same id.
    """
    try:
        with stores.reading() as casework:
            stands = casework.scalar(select(Change.id).where(Change.id == intent)) is not None
        _tell_outcome(stores, act, intent, "done" if stands else "failed")
    except SQLAlchemyError:
        return  # what interrupted the change is raised by the caller, and says more


def _tell_outcome(stores: Stores, act: Act, intent: str, result: str) -> None:
    audit_log.tell(stores, act, stands_for="outcome", intent=intent, result=result)
