"""Two people who are not placed in one room or at one site, for a while: recorded, ended, and held when beds are given.

Who may know both is named the other by code; whoever gives beds is told that a room or a site cannot be used, and never
why (decision 0166).
"""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import house_pairs as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.house_pairs import PairReason, PairScope
from caseflow.domain.messages import N_
from caseflow.domain.separations import UNKNOWN
from caseflow.services import gatekeeping, houses
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.services.kept_apart import known_clients
from caseflow.storage import house_peace, merges, separations
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Client
from caseflow.storage.models.house_peace import HousePair

RECORD = Permission.HOUSE_PAIR_RECORD


def record(
    actor: Actor, case_id: str, other_code: str, scope: PairScope, reason: PairReason,
    until_on: date, now: datetime,
) -> Refused | None:  # fmt: skip
    """Keeps this client and another of the organisation out of one room or site from today on. Raises `NotKnown`.

    A code that nobody has and one that this colleague may not know are refused alike (rule FW11).
    """
    pair_id = new_id()
    details = {"pair": pair_id, "scope": scope.value, "until": until_on}
    with changing(actor, RECORD, case_id, "house_pair_recorded", now, details=details) as change:
        session, code = change.work.casework, change.dossier.client.code
        other = merges.present(session, other_code.strip().upper())
        if other == code:
            return change.refuse(
                Refused(N_("This is the code of this person. Enter the code of the other."))
            )
        if not _knows(change, actor, other):
            return change.refuse(UNKNOWN)
        # whoever may not know of a separation has its other side refused as unknown already, or is on both sides
        if other in separations.codes_apart(session, code, change.today):
            return change.refuse(UNKNOWN)
        if other in {
            house_peace.other_side(one, code)
            for one in house_peace.pairs_of(session, code, change.today)
        }:
            return change.refuse(
                Refused(N_("These two are not placed together already. End that first."))
            )
        allowed = rules.may_keep_apart(until_on, change.today, houses.current().peace.pair_days)
        if not allowed:
            return change.refuse(allowed)
        session.add(
            HousePair(
                id=pair_id,
                other_code=other,
                scope=scope.value,
                reason=reason.value,
                from_on=change.today,
                until_on=until_on,
                **change.written(),
            )
        )
        return None


def end(actor: Actor, case_id: str, pair_id: str, now: datetime) -> Refused | None:
    """Ends it now, both ways. Raises `NotKnown`, also for a pair that this person is not in today."""
    with changing(
        actor, RECORD, case_id, "house_pair_ended", now, details={"pair": pair_id}
    ) as change:
        session, code = change.work.casework, change.dossier.client.code
        holding = house_peace.pairs_of(session, code, change.today)
        row = next((one for one in holding if one.id == pair_id), None)
        if row is None:
            raise NotKnown()
        row.ended_by, row.ended_at = change.work.by, change.work.at
        row.ended_change_id = change.work.id
        return None


def _knows(change: CaseChange, actor: Actor, code: str) -> bool:
    """Whether this is a client of the organisation that holds the case, of whom the actor may open a case."""
    session = change.work.casework
    client = session.get(Client, code)
    if client is None or client.organisation != change.dossier.client.organisation:
        return False
    return code in known_clients(
        session, {code}, lambda cases: gatekeeping.standings(session, actor, cases, change.work.at)
    )
