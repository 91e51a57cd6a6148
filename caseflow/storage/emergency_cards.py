"""Emergency cards: the one that stands of each client, and the row before it while a change is under way.

A change commits the cards before the casework (`storage.changes`). A card is therefore never written over: the new
row is shown once the casework store holds its change, and until then the one before is. A crash in between leaves a
row that nobody sees; it goes when the next card of that client is recorded.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, literal_column, select
from sqlalchemy.orm import Session

from caseflow.storage import merges
from caseflow.storage.changes import Writing
from caseflow.storage.engines import writing
from caseflow.storage.models.cards import EmergencyCard
from caseflow.storage.models.operations import Change
from caseflow.storage.stores import Stores

_ENTERED: ColumnElement[int] = literal_column(f"{EmergencyCard.__tablename__}.rowid")
"""The order in which rows came; two of one instant stay apart."""


def current(cards: Session, casework: Session, client_code: str) -> EmergencyCard | None:
    """The card of this client that stands: the newest row whose change the casework store holds.

    Where a code was given up into this one, the newest card of both stands; the other is kept under its own code.
    """
    codes = merges.reads_as(casework, [client_code])
    return next(iter(_standing(cards, casework, codes)), None)


def replace(work: Writing, card: EmergencyCard) -> None:
    """Adds a card beside the one that stands, which goes once this change does; what a crash left goes now.

    Both write locks are held, so no other change stands between its two commits.
    """
    own = [card.client_code]
    stands = next(iter(_standing(work.cards, work.casework, own)), None)
    for row in _rows(work.cards, own):
        if row is not stands:
            work.cards.delete(row)
    work.cards.add(card)


def forget_former(stores: Stores, client_code: str) -> None:
    """Removes the rows older than the card that stands: what was true of somebody's health is not kept.

    Never a newer one, which may belong to a change that is just being committed.
    """
    with (
        Session(writing(stores.cards), info={"writes": True}) as cards,
        stores.reading() as casework,
    ):
        for row in _standing(cards, casework, [client_code])[1:]:
            cards.delete(row)
        cards.commit()


def _rows(cards: Session, client_codes: Collection[str]) -> list[EmergencyCard]:
    """Every row under these codes, the one entered last first."""
    return list(
        cards.scalars(
            select(EmergencyCard)
            .where(EmergencyCard.client_code.in_(client_codes))
            .order_by(_ENTERED.desc())
        )
    )


def _standing(
    cards: Session, casework: Session, client_codes: Collection[str]
) -> list[EmergencyCard]:
    """The rows whose change stands: the card, and those before it that were not forgotten yet."""
    rows = _rows(cards, client_codes)
    ids = {row.change_id for row in rows}
    known = set(casework.scalars(select(Change.id).where(Change.id.in_(ids)))) if ids else set()
    return [row for row in rows if row.change_id in known]
