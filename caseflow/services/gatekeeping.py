"""The one door to each case: it authorises, records the look, and answers what this reader may see.

A case that does not exist and one that the reader has no relation to are refused alike: that a person is known
here is itself the secret (rule FW11).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from caseflow.domain import closed_cases, look_purposes
from caseflow.domain.access import Permission, Relation, Standing, may, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.programmes import Programme, Stage
from caseflow.domain.redaction import IN_THE_VAULT, Surface, Vision
from caseflow.domain.stay import StayClock
from caseflow.services import actors, case_files, houses, readings
from caseflow.services.case_views import CaseView
from caseflow.storage import audit_log, changes, dossiers, relations
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import R, Writing
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.facts import Allowance, CourtContinuation, Procedure
from caseflow.storage.models.shelter import Absence
from caseflow.storage.relations import Footing
from caseflow.storage.stores import VaultSealed

__all__ = [
    "CaseChange",
    "CaseIsOver",
    "NotKnown",
    "VaultSealed",
    "changing",
    "known",
    "open_case",
    "standings",
    "still",
]


class NotKnown(Exception):
    """There is nothing here for this reader; absent and forbidden are the same."""


class CaseIsOver(Exception):
    """A change to a case that is closed, declined or withdrawn, and that such a case takes no more."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused.reason))
        self.refused = refused


def _standing(actor: Actor, footing: Footing) -> Standing:
    return Standing(
        actor.roles, frozenset(footing.relations), footing.restricted, footing.named_reader
    )


def standings(
    session: Session, actor: Actor, case_ids: Collection[str], now: datetime
) -> dict[str, Standing]:
    """How this colleague stands to each of these cases; an id that no case has is missing."""
    found = relations.footings(session, actor, case_ids, now, local(now).date())
    return {case_id: _standing(actor, footing) for case_id, footing in found.items()}


def known(
    session: Session, actor: Actor, permission: Permission, case_id: str, now: datetime
) -> Standing:
    """How this colleague stands to a case they may do this to. Raises `NotKnown`, and tells the log so.

    For what stands beside a case that was opened, and whose look was recorded, in the same request.
    """
    found = _footing(session, actor, permission, case_id, now)
    if found is None:
        raise denied(actor, permission, case_id, now)
    return found[1]


def still(session: Session, actor: Actor, permission: Permission) -> None:
    """Asked first inside a change that needs no relation: raises `NotKnown` where the role ended meanwhile.

    A command has no appointments to lose.
    """
    if not actor.is_command and not may_at_all(permission, actors.present(session, actor).roles):
        raise NotKnown()


def _footing(
    session: Session, actor: Actor, permission: Permission, case_id: str, now: datetime
) -> tuple[Footing, Standing] | None:
    footing = relations.footings(session, actor, [case_id], now, local(now).date()).get(case_id)
    # What does not exist is weighed as well: a refusal takes as long either way.
    standing = _standing(actor, footing or Footing("", "", "", restricted=False))
    is_allowed = may(permission, standing)
    return (footing, standing) if footing is not None and is_allowed else None


def denied(actor: Actor, permission: Permission, case_id: str, now: datetime) -> NotKnown:
    """Tells the log that somebody asked, the same way for absent and forbidden."""
    house = houses.current()
    audit_log.tell(
        house.stores,
        Act(
            "access_denied",
            actor,
            now,
            object_id=case_id,
            details={"asked": permission.value},
            permission=permission.value,
        ),
        result="refused",
    )
    return NotKnown()


def open_case(
    actor: Actor,
    case_id: str,
    now: datetime,
    *,
    notes_page: int = 1,
    review: tuple[str, str] | None = None,
) -> CaseView:
    """The case as this reader may see it today, the look recorded first. Raises `NotKnown`.

    `review` is the purpose and the id of a caseload review that the look is part of.
    """
    house = houses.current()
    today = local(now).date()
    with house.stores.reading() as session:
        found = _footing(session, actor, Permission.CASE_OPEN, case_id, now)
        if found is None:
            raise denied(actor, Permission.CASE_OPEN, case_id, now)
        footing, standing = found
        vision = standing.vision(Surface.OPENED)
        details: dict[str, Any] = {"compartments": frozenset(c.value for c in vision.parts)}
        purpose = look_purposes.purpose(Permission.CASE_OPEN, standing, footing.glass_purpose)
        if review is not None:
            purpose, details["review"] = review
        audit_log.tell(
            house.stores,
            Act(
                "case_opened",
                actor,
                now,
                subjects=(footing.client_code,),
                object_id=case_id,
                details=details,
                permission=Permission.CASE_OPEN.value,
                purpose=purpose,
                relations=standing.relations,
                on_behalf_of=footing.deputy_for,
                sensitivity=_sensitivity(vision),
                emergency=Relation.BROKEN_GLASS in standing.relations,
            ),
            result="shown",
        )
        return case_files.build(
            house,
            session,
            actor,
            standing,
            vision,
            case_id,
            now,
            today,
            lambda others: standings(session, actor, others, now),
            notes_page,
        )


def _sensitivity(vision: Vision) -> str:
    return "vault" if any(vision.sees_any(c) for c in IN_THE_VAULT) else "casework"


@dataclass(frozen=True)
class CaseChange:
    """A change to one case under way: its sessions, its facts, and how the actor stands to it."""

    work: Writing
    dossier: Dossier
    programme: Programme
    facts: CaseFacts
    told: StayClock
    standing: Standing
    today: date

    @property
    def recorded(self) -> dict[str, Any]:
        """What every fact of this change carries."""
        return {
            "case_id": self.dossier.case.id,
            "recorded_at": self.work.at,
            "recorded_by": self.work.by,
            "change_id": self.work.id,
        }

    def refuse(self, refusal: R) -> R:
        """Undoes the change and answers the refusal."""
        return self.work.refuse(refusal)

    def ended(self, row: Allowance | CourtContinuation | Absence | Procedure) -> None:
        """Keeps with a row that runs no longer who recorded its end, when and in which change."""
        row.until_recorded_by, row.until_recorded_at = self.work.by, self.work.at
        row.until_change_id = self.work.id

    def written(self) -> dict[str, Any]:
        """What every row of words of this change carries."""
        return {
            "client_code": self.dossier.case.client_code,
            "recorded_at": self.work.at,
            "recorded_by": self.work.by,
            "change_id": self.work.id,
        }


@contextmanager
def changing(
    actor: Actor,
    permission: Permission,
    case_id: str,
    event: str,
    now: datetime,
    *,
    details: Mapping[str, Any] | None = None,
    words: bool = False,
    cards: bool = False,
    object_id: str | None = None,
    emergency: bool = False,
    also: Collection[str] = (),
) -> Iterator[CaseChange]:
    """One recorded change to one case, by somebody who may make it.

    `object_id` is what changes, where it is not the case itself: a stay, a proposal. `words` opens the vault of
    the organisation that holds the case as well, `cards` the emergency cards. `also` are codes of other clients
    whom it is about. Raises `NotKnown` and, before anything
    is told, `VaultSealed`.
    What the actor is appointed to and how they stand is asked once more inside the change: both may have ended since.
    Raises `CaseIsOver`, with nothing kept, where the case takes such a change no more and the act did not refuse it.
    """
    house = houses.current()
    with house.stores.reading() as session:
        found = _footing(session, actor, permission, case_id, now)
    if found is None:
        raise denied(actor, permission, case_id, now)
    footing, standing = found
    act = Act(
        event,
        actor,
        now,
        subjects=(footing.client_code, *also),
        object_id=object_id or case_id,
        details=details or {},
        permission=permission.value,
        purpose=look_purposes.purpose(permission, standing, footing.glass_purpose),
        relations=standing.relations,
        on_behalf_of=footing.deputy_for,
        sensitivity="vault" if words else "casework",
        emergency=emergency,
    )
    vault = footing.organisation if words else None
    with changes.change(house.stores, act, vault=vault, cards=cards) as work:
        present = actors.present(work.casework, actor)
        again = _footing(work.casework, present, permission, case_id, now)
        if again is None:
            raise NotKnown()
        today = local(now).date()
        dossier = dossiers.of_cases(work.casework, [case_id])[case_id]
        programme = house.programme(dossier.case.programme)
        stage, over = Stage(dossier.case.stage), None
        yield CaseChange(
            work,
            dossier,
            programme,
            readings.case_facts(dossier, programme),
            readings.stay_clock(dossier, programme, today),
            again[1],
            today,
        )
        rights = closed_cases.RIGHTS_OF_THE_PERSON
        if not work.refused and event not in rights and closed_cases.is_shut(permission, stage):
            over = work.refuse(closed_cases.refusal(stage))
    if over is not None:
        raise CaseIsOver(over)


def refused(decision: object) -> Refused | None:
    """The refusal in a decision, or None: for the one line `if no := refused(decision)`."""
    return decision if isinstance(decision, Refused) else None
