"""The one door to what protects a person: safe reports, signals of trafficking, child protection.

Each is a page of its own, apart from the page of the case, so that nothing about a right of residence ever stands
beside it (rule FW8). Whoever may not see the compartment hears what an unknown case answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from caseflow.domain import closed_cases, look_purposes
from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Stage
from caseflow.domain.redaction import Compartment, Surface, Vision
from caseflow.services import gatekeeping, houses
from caseflow.services.case_views import SEALED, Sealed
from caseflow.storage import audit_log, dossiers, words
from caseflow.storage.audit_log import Act
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.protection import ProtectionWords
from caseflow.storage.models.vault import Words

OPEN = Permission.CASE_OPEN
OVERTAKEN = Refused(
    N_(
        "A colleague changed this meanwhile. Look again before you go on: nothing of yours was kept."
    )
)
W = TypeVar("W", bound=Words)
T = TypeVar("T")


@dataclass(frozen=True)
class Heading:
    """Whose page it is: as everybody calls this person, and nothing more."""

    id: str
    client_code: str
    call_name: str
    is_sealed: bool


@dataclass(frozen=True)
class Look:
    """A page about protection under way: its session, the case, and what this reader sees of it."""

    session: Session
    dossier: Dossier
    standing: Standing
    vision: Vision
    actor: Actor
    today: date
    heading: Heading

    def may(self, permission: Permission) -> bool:
        """Whether this reader may do this now: a case that is over takes some acts no more."""
        stage = Stage(self.dossier.case.stage)
        return may(permission, self.standing) and not closed_cases.is_shut(permission, stage)

    def read(self, model: type[W], made: Callable[[list[W]], T]) -> T | Sealed:
        """What is made of the rows of words about this client, newest first; `SEALED` while the vault is."""
        if self.heading.is_sealed:
            return SEALED
        with houses.current().stores.reading_vault(self.dossier.case.organisation) as vault:
            return made(words.visible(vault, self.session, model, [self.dossier.client.code]))

    def words(self, about: Collection[str]) -> dict[str, str] | Sealed:
        """The words beside these records, by id; only what this reader sees of safety may be asked."""
        return self.read(
            ProtectionWords,
            lambda rows: {
                row.about_id: row.words for row in reversed(rows) if row.about_id in about
            },
        )

    def names(self, user_ids: Collection[str]) -> dict[str, str]:
        """Work names of colleagues."""
        found = dossiers.colleagues(self.session, set(user_ids))
        return {user_id: name for user_id, (name, _) in found.items()}


@contextmanager
def looking(
    actor: Actor, case_id: str, compartment: Compartment, event: str, now: datetime
) -> Iterator[Look]:
    """A look at one compartment of a case, told to the log first. Raises `NotKnown` for who sees nothing of it."""
    house = houses.current()
    with house.stores.reading() as session:
        standing = gatekeeping.known(session, actor, OPEN, case_id, now)
        vision = standing.vision(Surface.OPENED)
        if not _reads(vision, compartment):
            raise gatekeeping.denied(actor, OPEN, case_id, now)
        dossier = dossiers.of_cases(session, [case_id])[case_id]
        audit_log.tell(
            house.stores,
            Act(
                event,
                actor,
                now,
                subjects=(dossier.client.code,),
                object_id=case_id,
                permission=OPEN.value,
                purpose=look_purposes.purpose(OPEN, standing),
                relations=standing.relations,
                sensitivity="vault",
            ),
            result="shown",
        )
        yield Look(
            session,
            dossier,
            standing,
            vision,
            actor,
            local(now).date(),
            Heading(
                case_id,
                dossier.client.code,
                dossier.client.call_name,
                not house.stores.is_unsealed(dossier.case.organisation),
            ),
        )


def _reads(vision: Vision, compartment: Compartment) -> bool:
    """Safe reports also for who wrote one and left the case team; safety without a warning's share of it."""
    if compartment is Compartment.SAFE_REPORTING:
        return vision.sees_any(compartment)
    return vision.sees(compartment)
