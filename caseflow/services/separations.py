"""Separated for safety: a team lead marks that two clients are kept apart, and ends it by a day.

Client codes only, no words; nothing is deleted. What it does to pages and beds stands in `kept_apart`.
"""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import separations as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import gatekeeping
from caseflow.services.gatekeeping import CaseChange, NotKnown
from caseflow.services.kept_apart import known_clients
from caseflow.storage import merges, separations
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Client, Separation


def keep_apart(
    actor: Actor, case_id: str, other_code: str, from_on: date, now: datetime
) -> Refused | None:
    """Keeps this client and another of the organisation apart, from a day on, both ways. Raises `NotKnown`.

    A code that nobody has and one that this team lead may not know are refused alike (rule FW11).
    """
    separation_id, other = new_id(), other_code.strip().upper()
    with gatekeeping.changing(
        actor,
        Permission.SEPARATION_RECORD,
        case_id,
        "separation_recorded",
        now,
        details={"separation": separation_id},
    ) as change:
        code = change.dossier.client.code
        other = merges.present(change.work.casework, other)
        if other == code:
            return change.refuse(
                Refused(N_("This is the code of this person. Enter the code of the other."))
            )
        if not _knows(change, actor, other):
            return change.refuse(rules.UNKNOWN)
        if other in separations.codes_apart(change.work.casework, code, change.today):
            return change.refuse(Refused(N_("These two are kept apart already.")))
        allowed = rules.may_begin(from_on, change.today)
        if not allowed:
            return change.refuse(allowed)
        change.work.casework.add(
            Separation(
                id=separation_id,
                client_code=code,
                other_code=other,
                from_on=from_on,
                recorded_by=change.work.by,
                recorded_at=change.work.at,
                change_id=change.work.id,
            )
        )
        return None


def end(
    actor: Actor, case_id: str, separation_id: str, last_day: date, now: datetime
) -> Refused | None:
    """Ends it by a day, both ways; until then it counts. Raises `NotKnown` for what is not on the reader's page."""
    with gatekeeping.changing(
        actor,
        Permission.SEPARATION_RECORD,
        case_id,
        "separation_ended",
        now,
        details={"separation": separation_id},
    ) as change:
        row = _present(change, actor, separation_id)
        if row is None:
            raise NotKnown()
        allowed = rules.may_end(last_day, change.today)
        if not allowed:
            return change.refuse(allowed)
        row.until_on = last_day
        row.until_recorded_by, row.until_recorded_at = change.work.by, change.work.at
        row.until_change_id = change.work.id
        return None


def _knows(change: CaseChange, actor: Actor, code: str) -> bool:
    """Whether this is a client of the organisation that holds the case, of whom the actor may open a case."""
    session = change.work.casework
    client = session.get(Client, code)
    known = known_clients(
        session, {code}, lambda cases: gatekeeping.standings(session, actor, cases, change.work.at)
    )
    same = client is not None and client.organisation == change.dossier.client.organisation
    return same and code in known


def _present(change: CaseChange, actor: Actor, separation_id: str) -> Separation | None:
    """The row, where it holds today and the actor may know its other side."""
    code = change.dossier.client.code
    for row in separations.of_client(change.work.casework, code, change.today):
        if row.id == separation_id and (
            row.recorded_by == actor.user_id
            or _knows(change, actor, separations.other_side(row, code))
        ):
            return row
    return None
