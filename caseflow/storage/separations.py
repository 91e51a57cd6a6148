"""Who is kept apart from whom: the rows, whichever of the two stands first in them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caseflow.storage.dossiers import pages
from caseflow.storage.models.cases import Separation


def of_client(session: Session, client_code: str, today: date) -> tuple[Separation, ...]:
    """What keeps this client apart from others today, oldest first."""
    return tuple(
        session.scalars(
            select(Separation)
            .where(
                or_(Separation.client_code == client_code, Separation.other_code == client_code),
                Separation.from_on <= today,
                or_(Separation.until_on.is_(None), Separation.until_on >= today),
            )
            .order_by(Separation.from_on, Separation.recorded_at, Separation.id)
        )
    )


def other_side(row: Separation, client_code: str) -> str:
    """The code of the other of the two."""
    return row.other_code if row.client_code == client_code else row.client_code


def codes_apart(session: Session, client_code: str, today: date) -> frozenset[str]:
    """Codes of everybody who is kept apart from this client today."""
    return frozenset(other_side(row, client_code) for row in of_client(session, client_code, today))


def pairs(
    session: Session, client_codes: Collection[str], today: date
) -> frozenset[tuple[str, str]]:
    """Pairs that are kept apart today and have one of these clients in them."""
    found: set[tuple[str, str]] = set()
    for some in pages(client_codes):
        rows = session.execute(
            select(Separation.client_code, Separation.other_code).where(
                or_(Separation.client_code.in_(some), Separation.other_code.in_(some)),
                Separation.from_on <= today,
                or_(Separation.until_on.is_(None), Separation.until_on >= today),
            )
        )
        found |= {(one, other) for one, other in rows}
    return frozenset(found)
