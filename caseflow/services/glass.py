"""Breaking the glass: a case outside one's relations opens for hours, and the privacy officer is told at once (FW11).

A code that nobody here has and one that somebody has are asked, refused and recorded alike until the glass is broken.
Restricted cases open this way; another organisation's do not: they are not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import case as sql_case
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Relation, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.decisions import Refused
from caseflow.domain.glass import FOUR_HOURS, GlassPurpose, tells_enough
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Reader
from caseflow.services import attentions, gatekeeping, houses, review_words
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import changes, merges
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import BrokenGlass, Case

NOT_THERE: Final = Refused(
    N_(
        "Nobody of your organisation has this code. That you asked was recorded, and the privacy officer "
        "sees it; the code itself was not kept. Check the code on the card."
    )
)
READS_IT_ALL: Final = frozenset({Reader.CASE_TEAM, Reader.BROKEN_GLASS})
"""Whoever reads as one of these gains nothing by breaking glass."""


@dataclass(frozen=True)
class Opened:
    """The case that is open now; `until` is None where it was open before, and no glass was broken."""

    case_id: str
    until: datetime | None


def break_glass(
    actor: Actor, code: str, purpose: str, reason: str, now: datetime
) -> Opened | Refused:
    """Opens the newest case of a client of one's own organisation for four hours.

    Raises `NotKnown` for a role that never breaks glass, and `VaultSealed`: the reason needs the vault.
    """
    if not may_at_all(Permission.GLASS_BREAK, actor.roles):
        raise NotKnown()
    house = houses.current()
    if purpose not in set(GlassPurpose):
        return Refused(N_("Choose what the look is for."))
    enough = tells_enough(reason)
    if not enough:
        return enough
    house.stores.vault(actor.organisation)  # sealed or not is said before the code is looked up
    with house.stores.reading() as session:
        found = _newest(session, actor, code)
        if found is not None and _reads_it_all(session, actor, found.id, now):
            return Opened(found.id, None)
    if found is None:
        attentions.unknown_code(actor, purpose, now)
        return NOT_THERE
    glass_id, until = new_id(), now + FOUR_HOURS
    act = Act(
        "glass_broken",
        actor,
        now,
        subjects=(found.client_code,),
        object_id=found.id,
        details={"purpose": purpose, "until": until},
        permission=Permission.GLASS_BREAK.value,
        purpose=purpose,
        relations=frozenset({Relation.BROKEN_GLASS}),
        sensitivity="vault",
        emergency=True,
    )
    with changes.change(house.stores, act, vault=actor.organisation) as work:
        gatekeeping.still(work.casework, actor, Permission.GLASS_BREAK)
        review_words.write(work, glass_id, found.client_code, reason, now)
        work.casework.add(
            BrokenGlass(
                id=glass_id,
                case_id=found.id,
                user_id=actor.user_id,
                purpose=purpose,
                from_at=now,
                until_at=until,
                change_id=work.id,
            )
        )
    return Opened(found.id, until)


def takes_words(actor: Actor) -> bool:
    """Whether the reason can be kept now: the vault of one's own organisation is open."""
    return houses.current().stores.is_unsealed(actor.organisation)


@dataclass(frozen=True)
class _Found:
    id: str
    client_code: str


def _newest(session: Session, actor: Actor, code: str) -> _Found | None:
    """The case of this client that is open, else the newest one; None outside one's own organisation."""
    ended = sql_case((Case.stage.in_(ENDED_STAGES), 1), else_=0)
    present = merges.present(session, code.strip().upper())
    row = session.execute(
        select(Case.id, Case.client_code)
        .where(Case.client_code == present, Case.organisation == actor.organisation)
        .order_by(ended, Case.opened_at.desc(), Case.id)
        .limit(1)
    ).first()
    return _Found(row.id, row.client_code) if row is not None else None


def _reads_it_all(session: Session, actor: Actor, case_id: str, now: datetime) -> bool:
    standing = gatekeeping.standings(session, actor, [case_id], now)[case_id]
    return bool(standing.readers & READS_IT_ALL)


def open_until(actor: Actor, case_id: str, now: datetime) -> datetime | None:
    """Until when this colleague's own broken glass keeps this case open; None where there is none."""
    with houses.current().stores.reading() as session:
        row = _running(session, actor, case_id, now)
        return row.until_at if row is not None else None


def close(actor: Actor, case_id: str, now: datetime) -> None:
    """Ends one's own look before its time; it is reviewed all the same. Raises `NotKnown` where none runs."""
    house = houses.current()
    with house.stores.reading() as session:
        row = _running(session, actor, case_id, now)
        if row is None:
            raise NotKnown()
        glass_id = row.id
        code = session.scalars(select(Case.client_code).where(Case.id == case_id)).one()
    act = Act(
        "glass_closed",
        actor,
        now,
        subjects=(code,),
        object_id=case_id,
        details={"glass": glass_id},
        permission=Permission.GLASS_BREAK.value,
        relations=frozenset({Relation.BROKEN_GLASS}),
    )
    with changes.change(house.stores, act) as work:
        gatekeeping.still(work.casework, actor, Permission.GLASS_BREAK)
        again = _running(work.casework, actor, case_id, now)
        if again is not None:
            again.until_at = now


def _running(session: Session, actor: Actor, case_id: str, now: datetime) -> BrokenGlass | None:
    return session.scalars(
        select(BrokenGlass)
        .where(
            BrokenGlass.case_id == case_id,
            BrokenGlass.user_id == actor.user_id,
            BrokenGlass.from_at <= now,
            BrokenGlass.until_at > now,
        )
        .order_by(BrokenGlass.until_at.desc())
        .limit(1)
    ).first()
