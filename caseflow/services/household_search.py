"""Finding whom to put into a household: by call name or recorded name, within the reader's own cases."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.local_days import local
from caseflow.services import gatekeeping, houses, name_search
from caseflow.services.household_changes import reads_in_full
from caseflow.services.household_views import Candidate
from caseflow.storage import audit_log, dossiers, relations, separations
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case

AT_MOST = 10


def candidates(actor: Actor, case_id: str, find: str, now: datetime) -> tuple[Candidate, ...]:
    """Those of the reader's own cases, read in full, who are called so; the look recorded before they are shown.

    Whoever is kept apart from this person is not among them. Raises `NotKnown`.
    """
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        gatekeeping.known(session, actor, Permission.HOUSEHOLD_RECORD, case_id, now)
        own = session.get_one(Case, case_id).client_code
        reach = relations.within_reach(session, actor, now, today)
        standings = gatekeeping.standings(session, actor, reach, now)
        ids = [one for one in reach if one in standings and reads_in_full(standings[one])]
        near = name_search.search(session, actor, ids, now, find).of(ids, str)
        called = dossiers.called(session, near)
        hidden = {own, *separations.codes_apart(session, own, today)}
    found: dict[str, str] = {}
    for one in near:
        call_name, code = called[one]
        if code not in hidden:
            found.setdefault(code, call_name)
    shown = tuple(Candidate(code, name) for code, name in list(found.items())[:AT_MOST])
    act = Act(
        "caseload_listed",
        actor,
        now,
        subjects=tuple(one.client_code for one in shown),
        details={"count": len(shown), "page": 1, "search": True},
        permission=Permission.HOUSEHOLD_RECORD.value,
        purpose="household",
    )
    audit_log.tell(house.stores, act, result="shown")
    return shown
