"""What a colleague chose to see on a list: kept with their account, so that tomorrow begins as today ended.

Codes of the program only (which cases, in what order), and nothing in the browser; what was typed into a search is
kept nowhere.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from caseflow.domain.actors import Actor
from caseflow.services import houses
from caseflow.storage.jottings import jotting
from caseflow.storage.models.accounts import KeptChoice


def keep(actor: Actor, **codes: str) -> None:
    """Keeps choices by name; nothing is written where they are as they were."""
    before = kept(actor)
    fresh = {choice: code for choice, code in codes.items() if before.get(choice) != code}
    if not fresh:
        return
    wanted = insert(KeptChoice).values(
        [{"user_id": actor.user_id, "choice": one, "code": code} for one, code in fresh.items()]
    )
    with jotting(houses.current().stores) as notes:
        notes.execute(
            wanted.on_conflict_do_update(
                index_elements=["user_id", "choice"], set_={"code": wanted.excluded.code}
            )
        )


def kept(actor: Actor) -> dict[str, str]:
    """What this colleague chose, by the name of the choice."""
    with houses.current().stores.reading() as session:
        rows = session.execute(
            select(KeptChoice.choice, KeptChoice.code).where(KeptChoice.user_id == actor.user_id)
        )
        return {row.choice: row.code for row in rows}
