"""Whether somebody whose name was just recorded may be known already: a hint by code, never a hindrance.

It looks where a search by name would look for this reader, and not at restricted cases nor at another organisation:
that a person is known there is itself the secret (rule FW11).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may
from caseflow.domain.actors import Actor
from caseflow.domain.local_days import local
from caseflow.domain.name_matching import may_be_one_person
from caseflow.domain.redaction import Compartment, Surface
from caseflow.services import gatekeeping, houses, name_search
from caseflow.services.caseload_views import Show
from caseflow.storage import audit_log, dossiers, relations
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case

SHOWN_AT_MOST: Final = 5


def hint(actor: Actor, case_id: str, now: datetime) -> tuple[str, ...]:
    """As `alike`, right after a name was kept: empty for somebody whose relation ended in between.

    What was kept is kept, and a hint is a courtesy: nobody reads *not here* after a form that succeeded.
    """
    try:
        return alike(actor, case_id, now)
    except gatekeeping.NotKnown:
        return ()


def alike(actor: Actor, case_id: str, now: datetime) -> tuple[str, ...]:
    """Client codes of others with nearly the same name and a birth year that does not exclude it; the look is told.

    Empty while the vault is sealed. Raises `NotKnown` for whoever may not record this person's identity.
    """
    house = houses.current()
    with house.stores.reading() as session:
        own = gatekeeping.known(session, actor, Permission.IDENTITY_RECORD, case_id, now)
        if own.restricted:
            return ()
        near = _near(session, actor, case_id, now)
    audit_log.tell(
        house.stores,
        Act(
            "caseload_listed",
            actor,
            now,
            subjects=near,
            details={"count": len(near), "page": 1, "search": True},
            permission=Permission.IDENTITY_RECORD.value,
            purpose=Show.EVERYONE.value,
            sensitivity="vault",
        ),
        result="shown",
    )
    return near


def _near(session: Session, actor: Actor, case_id: str, now: datetime) -> tuple[str, ...]:
    today = local(now).date()
    ids = {case_id}
    for former in (False, True):
        ids.update(relations.within_reach(session, actor, now, today, former=former))
    standings = gatekeeping.standings(session, actor, ids, now)
    known = [
        i
        for i, one in standings.items()
        if may(Permission.CASE_OPEN, one)
        and not one.restricted
        and one.vision(Surface.LIST).sees(Compartment.IDENTITY)
    ]
    codes: dict[str, tuple[str, str]] = {}
    for some in dossiers.pages(known):
        wanted = select(Case.id, Case.client_code, Case.organisation).where(Case.id.in_(some))
        codes |= {i: (code, organisation) for i, code, organisation in session.execute(wanted)}
    if case_id not in codes:
        return ()
    code, organisation = codes[case_id]
    of_here = [i for i, (_code, there) in codes.items() if there == organisation]
    names = name_search.recorded_names(session, of_here).names
    if case_id not in names:
        return ()
    mine = names[case_id]
    found = {
        codes[i][0]
        for i, other in names.items()
        if codes[i][0] != code
        and may_be_one_person(mine.name, other.name, mine.birth_year, other.birth_year)
    }
    return tuple(sorted(found))[:SHOWN_AT_MOST]
