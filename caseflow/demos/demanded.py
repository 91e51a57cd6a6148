"""What authorities demanded of the invented house: a question at night, one that three refused, one that waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from caseflow.demos.cities import City
from caseflow.domain.decisions import Refused
from caseflow.domain.demand_codes import DemandOutcome, HowAnswered, HowDemanded, Scope, Verdict
from caseflow.domain.disclosures import Field
from caseflow.services import demand_acts, demand_decisions
from caseflow.services.demand_acts import Assessed, Demanded
from caseflow.services.demand_decisions import Said

NIGHT, OFFICER, DIRECTOR = "nadia", "pien", "dirk"
REFUSES: Final = Said(Verdict.REFUSE, why="Er staat geen handtekening van de officier onder.")


def demand(city: City, now: datetime) -> list[Refused | None]:
    """Three demands of this year, each as far as it came."""
    night, officer, director = (city.actors[one] for one in (NIGHT, OFFICER, DIRECTOR))
    answers: list[Refused | None] = []

    def received(days: int, demanded: Demanded) -> str | None:
        made = demand_acts.record(night, demanded, now - timedelta(days=days))
        if isinstance(made, Refused):
            answers.append(made)
            return None
        how = HowAnswered.READ_OUT if demanded.how is HowDemanded.IN_PERSON else HowAnswered.MAIL
        answers.append(demand_acts.answer(night, made, how, now - timedelta(days=days)))
        return made

    asked = received(
        40, Demanded(now - timedelta(days=40), HowDemanded.IN_PERSON, "police", "none", Scope.ONE_PERSON)
    )  # fmt: skip
    if asked is not None:
        question = Assessed("police", "none", Scope.ONE_PERSON, None, None, frozenset(), False)
        answers += [
            demand_acts.assess(officer, asked, question, now - timedelta(days=39)),
            demand_acts.settle(officer, asked, DemandOutcome.REFUSED, now - timedelta(days=39)),
        ]
    refused = received(
        12, Demanded(now - timedelta(days=12), HowDemanded.LETTER, "prosecution", "recorded", Scope.LIST)
    )  # fmt: skip
    if refused is not None:
        named = frozenset({Field.OWN_NAME, Field.BIRTH_DATE})
        letter = Assessed(
            "prosecution", "recorded", Scope.LIST, "UTL-I-2026055810", None, named, True
        )
        day = (now - timedelta(days=8)).date()
        answers += [
            demand_acts.assess(officer, refused, letter, now - timedelta(days=10)),
            demand_decisions.decide(director, refused, REFUSES, now - timedelta(days=9)),
            demand_decisions.decide(officer, refused, REFUSES, now - timedelta(days=9)),
            demand_decisions.record_lawyer(
                officer, refused, REFUSES, day, "2026-4471-02", now - timedelta(days=8)
            ),
            demand_acts.settle(officer, refused, DemandOutcome.REFUSED, now - timedelta(days=7)),
        ]
    received(
        1, Demanded(now - timedelta(days=1), HowDemanded.MAIL, "municipality", "supervision", Scope.FIGURES)
    )  # fmt: skip
    return answers
