"""How many openings of cards, calls at a door and tellings the privacy officer has not looked at yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.services import houses, telling_lists
from caseflow.storage.models.governance import CardOpening, DoorCall


@dataclass(frozen=True)
class Waiting:
    """Numbers for the navigation; counting is not a look, for it names nobody."""

    cards: int = 0
    doors: int = 0
    told: int = 0


def waiting(actor: Actor) -> Waiting:
    """What waits for this privacy officer in the own organisation; nothing for any other role."""
    if not may_at_all(Permission.LOOKS_REVIEW, actor.roles):
        return Waiting()
    with houses.current().stores.reading() as session:
        cards, doors = (
            session.scalar(
                select(func.count())
                .select_from(row)
                .where(row.organisation == actor.organisation, row.seen_at.is_(None))
            )
            for row in (CardOpening, DoorCall)
        )
        told = telling_lists.waits(session, actor.organisation)
    return Waiting(cards or 0, doors or 0, told)
