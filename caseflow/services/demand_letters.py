"""The default answer to a demand on paper: not now, in writing, to our lawyer (the firewall, §6).

It is made of the codes of the register alone, sealed or not, so it is the same letter whoever is sought, known or not.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from caseflow.domain.actors import Actor
from caseflow.domain.composed_letters import LetterRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.letters import Language, Letter, LetterKind
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import demands, houses, letters
from caseflow.services.demands import act_of, guard, known, permission_of
from caseflow.services.letters import PrintedLetter
from caseflow.storage import audit_log

NO_LAWYER: Final = Refused(
    N_(
        "No lawyer is set, so the letter cannot be printed. Say the answer aloud. An administrator "
        "sets letters.lawyer in the file of the organisation."
    )
)


def default_answer(
    actor: Actor, demand_id: str, language: Language, now: datetime
) -> PrintedLetter | Refused:
    """The default answer as a PDF, told to the log before it leaves. Raises `NotKnown`."""
    guard(actor, *demands.OPENS)
    house = houses.current()
    with house.stores.reading() as session:
        row = known(session, actor, demand_id, now)
        office = house.demands.authority(row.authority)
        addressed = office.label if office else Label(row.authority, row.authority)
        values = {"received_on": local(row.received_at).date().isoformat()}
        if row.reference:
            values["their_reference"] = row.reference
        organisation = row.organisation
    values["lawyer"] = "\n".join(letters.lawyer_of(organisation))
    if not values["lawyer"]:
        return NO_LAWYER
    try:
        letter = Letter(
            kind=LetterKind.DEMAND_ANSWER,
            language=language,
            sender=letters.sender_of(organisation),
            addressee=(addressed.in_language(language),),
            day=local(now).date(),
            values=values,
        )
        made = letters.printed(letter)
    except LetterRefused as refused:
        return Refused(refused.reason)
    details = {"language": language.value}
    act = act_of("demand_letter_opened", actor, now, demand_id, details, permission_of(actor))
    audit_log.tell(house.stores, act, result="shown")
    return made
