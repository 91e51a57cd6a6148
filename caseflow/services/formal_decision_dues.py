"""What our own formal decisions ask for on the caseload: to be taken, made known, heard and answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from caseflow.domain import formal_decisions
from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.formal_decision_turns import Awaits
from caseflow.domain.messages import N_
from caseflow.services import formal_decision_readings
from caseflow.services.caseload_views import Due, DueKind
from caseflow.storage.dossiers import Dossier

TAKE: Final = N_("Take the formal decision")
_KINDS: Final[Mapping[Awaits, DueKind]] = {
    Awaits.MAKING_KNOWN: DueKind.TASK,
    Awaits.OBJECTION: DueKind.DEADLINE,
    Awaits.HEARING: DueKind.DEADLINE,
    Awaits.ANSWER: DueKind.DEADLINE,
}
"""How each is listed; what waits for others alone is listed as that."""


def of(actor: Actor, dossier: Dossier, standing: Standing, today: date) -> Iterator[Due]:
    """Whatever the decisions of a case wait for; called for who sees the casework of the case."""
    for row, course, one in formal_decision_readings.awaited(dossier, today):
        takes = one.what is Awaits.DECISION and may(Permission.FORMAL_DECISION_DECIDE, standing)
        if takes and formal_decisions.may_decide(course, row.recorded_by, actor.user_id):
            yield Due(DueKind.DECIDE, one.on, TAKE)
        else:
            yield Due(_KINDS.get(one.what, DueKind.WAITS), one.on, one.name)
