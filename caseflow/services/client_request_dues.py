"""What requests of the client ask for on the caseload: to be decided by the lead, and to be answered in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.messages import N_
from caseflow.services.caseload_views import Due, DueKind
from caseflow.storage.client_requests import facts
from caseflow.storage.dossiers import Dossier

DECIDE: Final = N_("Decide what the client asked about their data")
ANSWER: Final = N_("Answer what the client asked about their data")


def of(dossier: Dossier, standing: Standing) -> Iterator[Due]:
    """Whatever the requests of a case wait for, for who may deal with them."""
    if not may(Permission.CLIENT_REQUEST_RECORD, standing):
        return
    decides = may(Permission.CLIENT_REQUEST_DECIDE, standing)
    for row in dossier.client_requests:
        found = facts(row)
        if not found.is_open:
            continue
        if decides and found.outcome is None and row.advised_outcome is None:
            yield Due(DueKind.DECIDE, found.due_on, DECIDE)
        else:
            yield Due(DueKind.DEADLINE, found.due_on, ANSWER)
