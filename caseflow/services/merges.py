"""Two client codes that turned out to be one person become one, after a preview, and can be taken apart again.

Only whoever may open both files: a code that nobody has, that another organisation has, that is restricted, or of
which the reader knows no case, is refused in one sentence (rule FW11). Words keep the code they were written under.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import merges as rules
from caseflow.domain.access import Permission, may
from caseflow.domain.actors import Actor
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.decisions import Refused
from caseflow.domain.last_days import ended_before
from caseflow.domain.local_days import local
from caseflow.domain.merges import CodeFacts
from caseflow.domain.messages import N_
from caseflow.services import actors, gatekeeping, houses, merge_readings
from caseflow.services.gatekeeping import CaseChange, NotKnown
from caseflow.services.merge_views import Preview, UndoPreview
from caseflow.storage import audit_log, availability, households, merges, separations
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case, Client, RestrictedReader
from caseflow.storage.models.merges import ClientMerge
from caseflow.storage.stores import VaultSealed

UNKNOWN: Final = Refused(
    N_("You know no other client with this code, whose files you may all open. Check the code.")
)
"""The one answer for a code that nobody has and for one that this reader may not know."""


@dataclass(frozen=True)
class _Pair:
    kept: Client
    given_up: Client


def preview(actor: Actor, case_id: str, other_code: str, now: datetime) -> Preview | Refused:
    """Both codes beside each other, and what would stand; the look is told. Raises `NotKnown`, `VaultSealed`."""
    house = houses.current()
    with house.stores.reading() as session:
        gatekeeping.known(session, actor, Permission.CASE_MERGE, case_id, now)
        pair = _pair(session, actor, case_id, other_code, now)
        if pair is None:
            return _denied(actor, case_id, now)
        if not house.stores.is_unsealed(pair.kept.organisation):
            raise VaultSealed(pair.kept.organisation)
        audit_log.tell(
            house.stores,
            Act(
                "merge_previewed",
                actor,
                now,
                subjects=(pair.kept.code, pair.given_up.code),
                object_id=case_id,
                details={"kept": pair.kept.code, "given_up": pair.given_up.code},
                permission=Permission.CASE_MERGE.value,
                sensitivity="vault",
            ),
            result="shown",
        )
        return merge_readings.preview(
            house,
            session,
            pair.kept,
            pair.given_up,
            lambda ids: gatekeeping.standings(session, actor, ids, now),
            now,
            objections=_objections(session, pair, now),
            readers_lost=len(_one_sided(session, pair, now)),
        )


def merge(actor: Actor, case_id: str, other_code: str, now: datetime) -> Refused | None:
    """Gives another code up into that of this case. Raises `NotKnown` and `VaultSealed`.

    Everything that was shown is asked again inside the change.
    """
    house = houses.current()
    with house.stores.reading() as session:
        gatekeeping.known(session, actor, Permission.CASE_MERGE, case_id, now)
        pair = _pair(session, actor, case_id, other_code, now)
        if pair is None:
            return _denied(actor, case_id, now)
        kept, given_up, merge_id = pair.kept.code, pair.given_up.code, new_id()
        organisation, cases = pair.kept.organisation, len(_case_ids(session, given_up))
    if not house.stores.is_unsealed(organisation):
        raise VaultSealed(organisation)
    with gatekeeping.changing(
        actor,
        Permission.CASE_MERGE,
        case_id,
        "clients_merged",
        now,
        details={"merge": merge_id, "kept": kept, "given_up": given_up, "cases": cases},
        also=(given_up,),
    ) as change:
        session = change.work.casework
        again = _pair(session, actors.present(session, actor), case_id, given_up, now)
        if again is None or again.given_up.code != given_up:
            return change.refuse(UNKNOWN)
        no = _objections(session, again, now)
        if no:
            return change.refuse(no[0])
        _join(change, again, merge_id)
        return None


def _join(change: CaseChange, pair: _Pair, merge_id: str) -> None:
    """Moves the rows, and lets the most restrictive mark win."""
    session, now = change.work.casework, change.work.at
    row = ClientMerge(
        id=merge_id,
        kept_code=pair.kept.code,
        given_up_code=pair.given_up.code,
        kept_was_restricted=pair.kept.restricted,
        recorded_at=now,
        recorded_by=change.work.by,
        change_id=change.work.id,
    )
    session.add(row)
    session.flush()
    merges.end_readers(session, row, _one_sided(session, pair, now), ended_before(change.today))
    merges.move(session, row)
    pair.kept.restricted = pair.kept.restricted or pair.given_up.restricted


def undo_preview(actor: Actor, case_id: str, merge_id: str, now: datetime) -> UndoPreview:
    """What taking this merge apart would do. Raises `NotKnown` for a merge that is not of this person."""
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, Permission.CASE_MERGE, case_id, now)
        row = _standing_merge(session, actor, case_id, merge_id, now)
        moved = set(merges.moved(session, row.id).get("cases", ()))
        house = houses.current()
        ids = _case_ids(session, row.kept_code)
        found = gatekeeping.standings(session, actor, ids, now)
        shown = {i for i, one in found.items() if may(Permission.CASE_OPEN, one)}
        return UndoPreview(
            row.kept_code,
            row.given_up_code,
            merge_readings.cases(house, session, shown & moved),
            merge_readings.cases(house, session, shown - moved),
        )


def undo(actor: Actor, case_id: str, merge_id: str, now: datetime) -> Refused | None:
    """Takes a merge apart: what moved goes back, what was added since stays. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, Permission.CASE_MERGE, case_id, now)
        row = _standing_merge(session, actor, case_id, merge_id, now)
        kept, given_up = row.kept_code, row.given_up_code
        cases = len(merges.moved(session, merge_id).get("cases", ()))
    with gatekeeping.changing(
        actor,
        Permission.CASE_MERGE,
        case_id,
        "merge_undone",
        now,
        details={"merge": merge_id, "kept": kept, "given_up": given_up, "cases": cases},
        also=(given_up,),
    ) as change:
        session = change.work.casework
        row = _standing_merge(session, actors.present(session, actor), case_id, merge_id, now)
        client = session.get_one(Client, kept)
        merges.move_back(session, row)
        merges.give_readers_back(session, row)
        if not row.kept_was_restricted and not _readers(session, kept, now):
            client.restricted = False  # the mark came with the other code, and goes with it
        row.undone_at, row.undone_by, row.undone_change_id = now, actor.user_id, change.work.id
        return None


def _pair(
    session: Session, actor: Actor, case_id: str, other_code: str, now: datetime
) -> _Pair | None:
    """The client of this case and the other one, where this reader may open the files of both."""
    case = session.get_one(Case, case_id)
    other = merges.present(session, other_code.strip().upper())
    given_up = session.get(Client, other)
    kept = session.get_one(Client, case.client_code)
    ids = _case_ids(session, other)
    is_known = bool(ids) and _may_all(session, actor, ids, now)
    if given_up is None or given_up.organisation != kept.organisation or not is_known:
        return None
    if not _may_all(session, actor, _case_ids(session, kept.code), now):
        return None
    return _Pair(kept, given_up)


def _may_all(session: Session, actor: Actor, case_ids: Collection[str], now: datetime) -> bool:
    """Whether this reader may merge each of these cases that is open, and one at least.

    A case that has ended at another team does not stand in the way: nobody works on it.
    """
    found = gatekeeping.standings(session, actor, case_ids, now)
    allowed = {i for i, one in found.items() if may(Permission.CASE_MERGE, one)}
    running = set(
        session.scalars(
            select(Case.id).where(Case.id.in_(case_ids), Case.stage.not_in(ENDED_STAGES))
        )
    )
    return bool(allowed) and running <= allowed


def _case_ids(session: Session, code: str) -> list[str]:
    return list(session.scalars(select(Case.id).where(Case.client_code == code)))


def _objections(session: Session, pair: _Pair, now: datetime) -> tuple[Refused, ...]:
    today = local(now).date()
    house = houses.current()
    apart = separations.codes_apart(session, pair.kept.code, today)
    return rules.objections(
        _facts(session, pair.kept),
        _facts(session, pair.given_up),
        kept_apart=pair.given_up.code in apart,
        programmes={one.id: one.name for one in house.catalogue.programmes.values()},
    )


def _facts(session: Session, client: Client) -> CodeFacts:
    cases = session.execute(
        select(Case.programme, Case.stage).where(Case.client_code == client.code)
    )
    return CodeFacts(
        client.code,
        frozenset(programme for programme, stage in cases if stage not in ENDED_STAGES),
        availability.stays_of_person(session, client.code),
        households.running(session, client.code) is not None,
        bool(merges.taken_over(session, [client.code])),
        client.is_test,
    )


def _readers(session: Session, code: str, now: datetime) -> list[RestrictedReader]:
    today = local(now).date()
    rows = session.scalars(select(RestrictedReader).where(RestrictedReader.client_code == code))
    return [one for one in rows if one.until_on is None or one.until_on >= today]


def _one_sided(session: Session, pair: _Pair, now: datetime) -> list[RestrictedReader]:
    """Named readers of one code alone, where both are restricted: whoever reads one need not know the other."""
    if not (pair.kept.restricted and pair.given_up.restricted):
        return []
    one, other = _readers(session, pair.kept.code, now), _readers(session, pair.given_up.code, now)
    both = {row.user_id for row in one} & {row.user_id for row in other}
    return [row for row in (*one, *other) if row.user_id not in both]


def _standing_merge(
    session: Session, actor: Actor, case_id: str, merge_id: str, now: datetime
) -> ClientMerge:
    """A merge into the client of this case, whose cases this reader may all open. Raises `NotKnown`."""
    row = merges.standing(session, merge_id)
    code = session.get_one(Case, case_id).client_code
    if row is None or row.kept_code != code:
        raise NotKnown()
    if not _may_all(session, actor, _case_ids(session, code), now):
        raise NotKnown()
    return row


def _denied(actor: Actor, case_id: str, now: datetime) -> Refused:
    """Tells the log that somebody asked for a code they may not know; the code that was typed is not told."""
    asked: dict[str, Any] = {"asked": Permission.CASE_MERGE.value}
    audit_log.tell(
        houses.current().stores,
        Act(
            "access_denied",
            actor,
            now,
            object_id=case_id,
            details=asked,
            permission=Permission.CASE_MERGE.value,
        ),
        result="refused",
    )
    return UNKNOWN
