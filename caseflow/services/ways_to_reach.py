"""How to reach somebody safely: the newest line counts, and nobody saves over what they have not seen."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import versions
from caseflow.services.gatekeeping import changing
from caseflow.storage.models.vault import ContactLine


def record_contact_line(
    actor: Actor,
    case_id: str,
    phone: str | None,
    how_to_reach: str | None,
    do_not_contact: str | None,
    now: datetime,
    *,
    seen: str | None = None,
) -> Refused | None:
    """Adds to the vault how to reach the person safely; `seen` is the version that stood on the form.

    Raises `NotKnown` and `VaultSealed`.
    """
    with changing(
        actor, Permission.CONTACT_RECORD, case_id, "contact_line_recorded", now, words=True
    ) as change:
        if not any((phone, how_to_reach, do_not_contact)):
            return change.refuse(
                Refused(N_("Nothing was filled in. Write down how to reach this person."))
            )
        there = versions.newest(change, ContactLine)
        theirs = {
            "phone": there.phone if there else None,
            "how_to_reach": there.how_to_reach if there else None,
            "do_not_contact": there.do_not_contact if there else None,
        }
        overtaken = versions.overtaken(change, there, seen, theirs)
        if overtaken is not None:
            return change.refuse(overtaken)
        change.work.vault.add(
            ContactLine(
                phone=phone,
                how_to_reach=how_to_reach,
                do_not_contact=do_not_contact,
                **change.written(),
            )
        )
        return None
