"""What some of the invented people were told and agreed to; one in ten of those takes something back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from caseflow.demos.fates import Fate
from caseflow.domain.actors import Actor
from caseflow.domain.agreements import EVERYDAY, Telling, Way
from caseflow.domain.decisions import Refused
from caseflow.domain.information_texts import InformationKind
from caseflow.services import agreements, gatekeeping
from caseflow.services.agreement_views import ConsentView

ONE_IN: Final = 3
TAKES_BACK_ONE_IN: Final = 30
INTERPRETER: Final = "4711"


def informed(helper: Actor, case_id: str, fate: Fate, now: datetime) -> Refused | None:
    """Tells one in three their rights, and asks what may be passed on; the others stand under *To complete*."""
    if fate.number % ONE_IN:
        return None
    told = Telling(
        frozenset(InformationKind),
        fate.language or "en",
        Way.INTERPRETER if fate.interpreter else Way.READ_OUT,
        now.date(),
        INTERPRETER if fate.interpreter else None,
    )
    agreed = EVERYDAY[: fate.number % 4]
    refused = agreements.record(helper, case_id, told, agreed, None, now)
    if refused is None and agreed and fate.number % TAKES_BACK_ONE_IN == 0:
        shown = gatekeeping.open_case(helper, case_id, now).consent
        if isinstance(shown, ConsentView):
            return agreements.withdraw(helper, case_id, [shown.standing[0].id], now)
    return refused
