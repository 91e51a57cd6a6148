"""People around a client, written into the vault; a newer version takes the place of an earlier one, which stays."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain import contact_persons
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.contact_persons import PersonWords
from caseflow.domain.decisions import Refused
from caseflow.services import versions
from caseflow.services.gatekeeping import NotKnown, changing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.client_files import ContactPerson

RECORD = Permission.CONTACT_RECORD


def record(
    actor: Actor,
    case_id: str,
    told: PersonWords,
    now: datetime,
    *,
    line_id: str | None = None,
    seen: str | None = None,
) -> Refused | None:
    """Adds somebody, or a newer version of the one with this `line_id`; `seen` is the version on the form.

    Raises `NotKnown`, also for somebody around another client, and `VaultSealed`.
    """
    person = line_id or new_id()
    with changing(
        actor,
        RECORD,
        case_id,
        "contact_person_recorded",
        now,
        details={"person": person, "role": told.role.value, "over": told.is_over},
        words=True,
    ) as change:
        if line_id is not None:
            there = versions.newest(change, ContactPerson, [ContactPerson.line_id == line_id])
            if there is None:
                raise NotKnown()
            overtaken = versions.overtaken(change, there, seen, _theirs(there))
            if overtaken is not None:
                return change.refuse(overtaken)
        allowed = contact_persons.may_write(told, change.today)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        change.work.vault.add(
            ContactPerson(
                line_id=person,
                role=told.role.value,
                name=told.name.strip(),
                phone=told.phone,
                agreed=told.agreed.value,
                agreed_until=told.agreed_until,
                is_over=told.is_over,
                **change.written(),
            )
        )
        return None


def _theirs(row: ContactPerson) -> dict[str, object]:
    return {
        "role": row.role,
        "name": row.name,
        "phone": row.phone,
        "agreed": row.agreed,
        "agreed_until": row.agreed_until,
        "is_over": row.is_over,
    }
