"""Help to report, signals of trafficking and a worry about a child: one of each, all of it invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from caseflow.domain.actors import Actor
from caseflow.domain.child_protection import CodeStep, Step, StepResult, Whom
from caseflow.domain.local_days import local
from caseflow.domain.safe_reports import Accompaniment, GoesAlong, ReportWish, Standing
from caseflow.domain.trafficking import Route, Seen, TraffickingWish
from caseflow.services import child_protection, safe_reports, trafficking


def protect(helped: Sequence[tuple[Actor, str]], now: datetime) -> list[object]:
    """What the case teams of the first three cases wrote down; what the services answered."""
    today = local(now).date()
    told = Accompaniment(
        Standing.VICTIM, ReportWish.REPORT, along=GoesAlong.CASEWORKER,
        meets_on=today + timedelta(days=4), meets_at="10:30", place="Stationsplein 1",
        told_on=today, told_in="ti", interpreter_number="4471",
    )  # fmt: skip
    seen = Seen(
        today, frozenset({"wages_withheld", "excessive_hours"}), TraffickingWish.LAWYER_FIRST,
        Route.LAWYER, GoesAlong.CASEWORKER,
    )  # fmt: skip
    worry = Step(CodeStep.SIGNALS, today, StepResult.SAW_VIOLENCE)
    answers: list[object] = []
    for (actor, case_id), n in zip(helped, range(3), strict=False):
        if n == 0:
            answers.append(safe_reports.record(actor, case_id, told, now))
        elif n == 1:
            answers.append(trafficking.record(actor, case_id, seen, now))
        else:
            answers.append(
                child_protection.open_concern(actor, case_id, Whom.OWN_CHILD, worry, now)
            )
    return answers
