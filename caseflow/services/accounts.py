"""Accounts of colleagues: invited, accepted, suspended, closed; and what each colleague keeps for themselves."""

from __future__ import annotations

from sqlalchemy import update

from caseflow.domain.access import Actor
from caseflow.services import houses
from caseflow.services.actors import actor_for
from caseflow.storage.jottings import jotting
from caseflow.storage.models.accounts import UserAccount

__all__ = ["actor_for", "choose_language"]


def choose_language(actor: Actor, language: str) -> None:
    """Keeps the language in which a colleague reads the pages."""
    with jotting(houses.current().stores) as notes:
        notes.execute(
            update(UserAccount).where(UserAccount.id == actor.user_id).values(locale=language)
        )
