"""Emergency cards: made with the client, each line optional, kept outside the seal.

A card leaves the file in one way more than the file itself: `services.ambulances` opens it with one tap.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.cards import CardLines, may_stand_on_a_card
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import houses
from caseflow.services.gatekeeping import changing
from caseflow.storage import emergency_cards
from caseflow.storage.models.cards import EmergencyCard

CHANGED_MEANWHILE = N_(
    "A colleague changed this card while you were writing. It stands below yours: take over what is "
    "right and keep it again."
)


def record(
    actor: Actor, case_id: str, lines: CardLines, over: str | None, now: datetime
) -> Refused | None:
    """Keeps a card in place of the one the colleague saw (`over`, None for the first). Raises `NotKnown`.

    Refused where a line holds what looks like a number of a person, where a colleague was earlier, and for a card
    without a single line where none was made.
    """
    with changing(
        actor, Permission.CARD_RECORD, case_id, "card_recorded", now, cards=True
    ) as change:
        code = change.dossier.client.code
        stands = emergency_cards.current(change.work.cards, change.work.casework, code)
        if (stands.id if stands else None) != over:
            return change.refuse(Refused(CHANGED_MEANWHILE))
        for words in asdict(lines).values():
            allowed = may_stand_on_a_card(words)
            if not allowed:
                return change.refuse(allowed)
        if lines.is_empty and stands is None:
            return change.refuse(Refused(N_("Fill in at least one line of the card.")))
        emergency_cards.replace(change.work, EmergencyCard(**change.written(), **asdict(lines)))
    with suppress(SQLAlchemyError):  # the card stands; what it replaced goes with the next one then
        emergency_cards.forget_former(houses.current().stores, code)
    return None
