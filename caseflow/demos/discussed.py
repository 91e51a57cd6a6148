"""What was told in words, and a case conference: a few of each, all of it invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from caseflow.demos.cities import City
from caseflow.domain.actors import Actor
from caseflow.domain.conferences import MemberFunction
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosures import Field
from caseflow.domain.local_days import local
from caseflow.domain.tellings import Called
from caseflow.services import conferences, offices, tellings
from caseflow.services.offices import OfficeEntry

LEAD = "lena"
AROUND = (
    ("municipality", "Gemeente Waterstad, team Zorg", MemberFunction.MUNICIPAL_ADVISER),
    ("care-providers", "Huisartsenpraktijk De Brug", MemberFunction.DOCTOR),
    ("own-lawyer", "Advocatenkantoor Aan de Kade", MemberFunction.LAWYER),
)


def discuss(city: City, helped: Sequence[tuple[Actor, str]], now: datetime) -> list[object]:
    """Three things that were said, one of them against a rule; and the conference of next week."""
    lead, answers = city.actors[LEAD], list[object]()
    for (actor, case_id), n in zip(helped, range(3), strict=False):
        earlier = now - timedelta(days=2 - n, hours=3)
        if n == 0:
            answers.append(
                tellings.record(
                    actor, case_id, "kind:municipality", {Field.CLIENT_CODE, Field.STAGE}, None, earlier
                )
            )  # fmt: skip
        elif n == 1:
            told = {Field.CALL_NAME, Field.PROCEDURES}
            answers.append(tellings.record(actor, case_id, "kind:school", told, None, earlier))
        else:
            answers.append(
                tellings.record_danger(
                    actor, case_id, Called.AMBULANCE, {Field.CALL_NAME, Field.LANGUAGE}, earlier, now
                )
            )  # fmt: skip
    planned = conferences.plan(lead, local(now).date() + timedelta(days=7), now)
    answers.append(planned)
    for recipient, name, function in AROUND:
        office = offices.record(lead, OfficeEntry(recipient, name), now)
        answers.append(office)
        if not isinstance(office, Refused) and not isinstance(planned, Refused):
            answers.append(conferences.add_member(lead, planned, office, function, now))
    return answers
