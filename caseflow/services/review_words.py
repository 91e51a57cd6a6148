"""Words of reviews: they lie in the vault of the organisation, under the id of what they are about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.redaction import HIDDEN, Hidden
from caseflow.services import houses
from caseflow.services.case_views import SEALED, Sealed
from caseflow.storage.changes import Writing
from caseflow.storage.models.operations import Change
from caseflow.storage.models.vault import GovernanceWords

Shown = str | Hidden | Sealed | None


def read(session: Session, actor: Actor, about: str, written_by: str | None) -> Shown:
    """What one person wrote about an item; hidden from the FG, who reads codes, and sealed while the vault is.

    A row whose change the casework store does not know is not there: a crash left it.
    """
    if written_by is None:
        return None
    if not may_at_all(Permission.LOOKS_REVIEW, actor.roles):
        return HIDDEN
    stores = houses.current().stores
    if not stores.is_unsealed(actor.organisation):
        return SEALED
    with stores.reading_vault(actor.organisation) as vault:
        rows = vault.execute(
            select(GovernanceWords.words, GovernanceWords.change_id).where(
                GovernanceWords.about_id == about, GovernanceWords.recorded_by == written_by
            )
        ).all()
    changes = [change for _, change in rows]
    stands = set(session.scalars(select(Change.id).where(Change.id.in_(changes))))
    return next((words for words, change in rows if change in stands), None)


def write(work: Writing, about: str, client_code: str | None, words: str, at: datetime) -> None:
    """Keeps words with the change that closes, or opens, what they are about."""
    work.vault.add(
        GovernanceWords(
            client_code=client_code,
            about_id=about,
            words=words.strip(),
            recorded_at=at,
            recorded_by=work.by,
            change_id=work.id,
        )
    )
