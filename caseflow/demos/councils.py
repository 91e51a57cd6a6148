"""Who decides beside the team: the city on its sheets; and what clients of the invented city complain of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from caseflow.demos.cities import CITY, City
from caseflow.domain.actors import Actor, Role
from caseflow.domain.complaints import ComplaintOutcome, HowReceived, Subject
from caseflow.domain.decision_sheets import Advice, SheetAnswer, SheetReason
from caseflow.domain.decisions import Refused
from caseflow.services import complaint_acts, complaints, decision_sheets, decisions
from caseflow.services.case_views import ProposalView
from caseflow.services.complaint_acts import Heard

HEARS, LEAD, HANDLES = "amina", "lena", "milan"
HEARD: Final = (
    (30, Subject.FOOD, HowReceived.IN_PERSON, "Al drie weken elke avond rijst. Ik heb het twee keer gevraagd."),
    (50, Subject.REACHABLE, HowReceived.THROUGH_SOMEBODY, "Ik bel en er neemt nooit iemand op."),
    (3, Subject.SHELTER, HowReceived.LETTER, "De verwarming op de kamer doet het niet."),
)  # fmt: skip
"""How many days ago, about what, how it came in, and the words."""
ANSWERED: Final = "Excuses aangeboden. De kok wisselt het menu nu per week af."


def decided(
    city: City, lead: Actor, case_id: str, waiting: ProposalView, approve: bool, now: datetime
) -> Refused | None:
    """Decides as the programme says: the team lead, or the city on a sheet after the lead advised."""
    if waiting.may_advise is None:
        return decisions.decide(lead, case_id, waiting.id, approve, None, now)
    advice = Advice.IN_FAVOUR if approve else Advice.AGAINST
    if (refused := decision_sheets.advise(lead, case_id, waiting.id, advice, now)) is not None:
        return refused
    says = SheetAnswer.YES if approve else SheetAnswer.NO
    why = SheetReason.CRITERIA_MET if approve else SheetReason.CRITERIA_NOT_MET
    (decider,) = city.of(CITY, Role.MUNICIPAL_DECISION_MAKER)
    return decision_sheets.answer(decider, waiting.id, says, why, None, now)


def complain(city: City, now: datetime) -> list[Refused | None]:
    """Three complaints: one that was answered, one that waits too long, and one of this week."""
    hears, lead, handles = (city.actors[one] for one in (HEARS, LEAD, HANDLES))
    said: list[Refused | None] = []
    for days_ago, subject, how, words in HEARD:
        on = (now - timedelta(days=days_ago)).date()
        heard = Heard(subject, on, how, words, team_id=hears.team_id)
        said.append(complaint_acts.record(hears, heard, now - timedelta(days=days_ago)))
    listed = complaints.register(lead, now).lines
    food = next((one.id for one in listed if one.subject is Subject.FOOD), None)
    if food is not None:
        on = (now - timedelta(days=20)).date()
        said += [
            complaint_acts.give(lead, food, handles.user_id, now),
            complaint_acts.acknowledge(handles, food, on, now),
            complaint_acts.answer(handles, food, ComplaintOutcome.FOUNDED, on, ANSWERED, now),
        ]
    return said
