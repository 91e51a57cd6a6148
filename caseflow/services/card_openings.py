"""Cards that were opened in an emergency, as the privacy officer looks at them on the next working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from caseflow.domain.access import Permission, Standing, may, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.cards import looked_at_on
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.services import denials, houses
from caseflow.services.card_views import OpeningView
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import audit_log, changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.models.governance import CardOpening
from caseflow.storage.models.shelter import Site

SHOWN_AT_MOST: Final = 50
"""Openings on one page; those that nobody looked at come first."""


@dataclass(frozen=True)
class Openings:
    """One page of the list."""

    rows: tuple[OpeningView, ...]
    waiting: int
    """How many nobody looked at yet."""
    page: int
    pages: int


def openings(actor: Actor, now: datetime, page: int = 1) -> Openings:
    """Openings of cards of the reader's organisation, those to be looked at first, then the newest.

    By code, colleague, site and moment. Raises `NotKnown`; told to the log before it is shown.
    """
    if not may_at_all(Permission.CARD_OPENINGS_VIEW, actor.roles):
        raise NotKnown()
    house, page = houses.current(), max(1, page)
    own = CardOpening.organisation == actor.organisation
    with house.stores.reading() as session:
        count = session.scalar(select(func.count()).select_from(CardOpening).where(own)) or 0
        waiting = session.scalar(
            select(func.count()).select_from(CardOpening).where(own, CardOpening.seen_at.is_(None))
        )
        found = session.scalars(
            select(CardOpening)
            .where(own)
            .order_by(
                CardOpening.seen_at.is_not(None), CardOpening.opened_at.desc(), CardOpening.id
            )
            .offset((page - 1) * SHOWN_AT_MOST)
            .limit(SHOWN_AT_MOST)
        ).all()
        people = {one.opened_by for one in found} | {one.seen_by for one in found if one.seen_by}
        names = dossiers.colleagues(session, people)
        named = select(Site.id, Site.name).where(
            Site.id.in_({one.site_id for one in found if one.site_id})
        )
        sites = {row.id: row.name for row in session.execute(named)}
        rows = tuple(
            OpeningView(
                one.id,
                one.client_code,
                sites.get(one.site_id) if one.site_id else None,
                names.get(one.opened_by, ("", None))[0],
                one.opened_at,
                looked_at_on(one.opened_at),
                names.get(one.seen_by, ("", None))[0] if one.seen_by else None,
                one.seen_at,
                one.seen_at is None and bool(may_mark_as_seen(actor, one.opened_by)),
            )
            for one in found
        )
    audit_log.tell(
        house.stores,
        Act(
            "card_openings_listed",
            actor,
            now,
            subjects=tuple(sorted({one.client_code for one in rows})),
            details={"count": len(rows)},
            permission=Permission.CARD_OPENINGS_VIEW.value,
            sensitivity="governance",
        ),
        result="shown",
    )
    pages = max(1, -(-count // SHOWN_AT_MOST))
    return Openings(rows, waiting or 0, page, pages)


def may_mark_as_seen(actor: Actor, opened_by: str) -> Decision:
    """Whether this colleague looks at an opening for the organisation: the privacy officer, never who opened it."""
    if not may(Permission.LOOKS_REVIEW, Standing(actor.roles)):
        return Refused(N_("The privacy officer marks what was looked at."))
    if opened_by == actor.user_id:
        return Refused(N_("You opened this card yourself, so somebody else looks at it."))
    return Allowed()


def mark_as_seen(actor: Actor, opening_id: str, now: datetime) -> Refused | None:
    """Keeps that somebody looked at an opening, once. Raises `NotKnown` for one of another organisation."""
    house = houses.current()
    with house.stores.reading() as session:
        opening = session.get(CardOpening, opening_id)
        if opening is None or opening.organisation != actor.organisation:
            denials.tell(actor, Permission.LOOKS_REVIEW, now)
            raise NotKnown()
        allowed = may_mark_as_seen(actor, opening.opened_by)
        if not allowed:
            return allowed
        code = opening.client_code
    act = Act(
        "card_opening_seen",
        actor,
        now,
        subjects=(code,),
        object_id=opening_id,
        details={"opening": opening_id},
        permission=Permission.LOOKS_REVIEW.value,
        sensitivity="governance",
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.LOOKS_REVIEW)
        row = work.casework.get_one(CardOpening, opening_id)
        if row.seen_at is not None:
            return work.refuse(Refused(N_("A colleague has looked at this already.")))
        row.seen_by, row.seen_at = work.by, work.at
    return None
