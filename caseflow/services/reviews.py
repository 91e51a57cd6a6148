"""The queue of what somebody else looks at afterwards: broken glass, and looks that stood out (rule FW13).

The privacy officer of an organisation reviews with a verdict and words, never their own looks; the FG sees the same by
code. Words lie in the vault of the organisation, and are shown and kept while it is open.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.attentions import AttentionKind
from caseflow.domain.decisions import Refused
from caseflow.domain.glass import GlassPurpose
from caseflow.domain.reviews import Verdict, may_close, may_review
from caseflow.services import houses, review_words, reviewed_looks
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.services.review_words import Shown
from caseflow.services.reviewed_looks import LookView
from caseflow.storage import audit_log, audit_readings, changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.cases import BrokenGlass, Case
from caseflow.storage.models.governance import Attention

GLASS, ATTENTION = "glass", "attention"
REVIEWED_SHOWN: Final = timedelta(days=28)
"""How long something that was reviewed still stands below the queue."""
LOOKS_SHOWN: Final = 100
JUST_AFTER: Final = timedelta(seconds=1)


@dataclass(frozen=True)
class ReviewItem:
    """One thing that waits, or that was reviewed: who looked, at which client by code, when, and what was found."""

    id: str
    what: str
    """`glass` or `attention`."""
    colleague: str
    client_code: str | None
    why: GlassPurpose | AttentionKind
    from_at: datetime
    until_at: datetime
    looks: int | None
    is_own: bool
    """Whether the reader looked themselves, and so may not review it."""
    verdict: Verdict | None
    reviewed_by: str | None
    reviewed_at: datetime | None


@dataclass(frozen=True)
class QueueView:
    """What waits, oldest first, and what was reviewed lately, newest first."""

    waiting: tuple[ReviewItem, ...]
    reviewed: tuple[ReviewItem, ...]
    may_review: bool


@dataclass(frozen=True)
class ReviewView:
    """One item with what was looked at meanwhile, and with the words the reader may see."""

    item: ReviewItem
    looks: tuple[LookView, ...]
    has_more: bool
    reason: Shown
    found: Shown
    may_review: bool


def sees(actor: Actor) -> bool:
    """Whether this reader reviews looks, or supervises that it is done. Raises `NotKnown` for others."""
    reviews = may_at_all(Permission.LOOKS_REVIEW, actor.roles)
    if not reviews and not may_at_all(Permission.AUDIT_VIEW, actor.roles):
        raise NotKnown()
    return reviews


def queue(actor: Actor, now: datetime) -> QueueView:
    """What waits in the organisation of this reader, the look recorded first. Raises `NotKnown`."""
    reviews, house = sees(actor), houses.current()
    with house.stores.reading() as session:
        items = _items(session, actor, now - REVIEWED_SHOWN)
    waiting = tuple(sorted((i for i in items if i.verdict is None), key=lambda i: i.from_at))
    reviewed = sorted(
        (i for i in items if i.reviewed_at), key=lambda i: i.reviewed_at or now, reverse=True
    )
    act = Act(
        "reviews_listed",
        actor,
        now,
        subjects=tuple({i.client_code for i in items if i.client_code}),
        details={"count": len(items)},
        permission=(Permission.LOOKS_REVIEW if reviews else Permission.AUDIT_VIEW).value,
        sensitivity="governance",
    )
    audit_log.tell(house.stores, act, result="shown")
    return QueueView(waiting, tuple(reviewed), reviews)


def count_waiting(session: Session, actor: Actor, before: datetime | None = None) -> int:
    """How many items wait that this reader may review; `before` counts those that began before then."""
    glass = (
        select(func.count(BrokenGlass.id))
        .join(Case, Case.id == BrokenGlass.case_id)
        .where(
            Case.organisation == actor.organisation,
            BrokenGlass.verdict.is_(None),
            BrokenGlass.user_id != actor.user_id,
        )
    )
    attention = select(func.count(Attention.id)).where(
        Attention.organisation == actor.organisation,
        Attention.verdict.is_(None),
        Attention.user_id != actor.user_id,
    )
    if before is not None:
        glass = glass.where(BrokenGlass.from_at < before)
        attention = attention.where(Attention.from_at < before)
    return (session.scalar(glass) or 0) + (session.scalar(attention) or 0)


def _items(session: Session, actor: Actor, reviewed_since: datetime) -> list[ReviewItem]:
    glasses = session.execute(
        select(BrokenGlass, Case.client_code)
        .join(Case, Case.id == BrokenGlass.case_id)
        .where(
            Case.organisation == actor.organisation,
            BrokenGlass.verdict.is_(None) | (BrokenGlass.reviewed_at >= reviewed_since),
        )
    ).all()
    attentions = session.scalars(
        select(Attention).where(
            Attention.organisation == actor.organisation,
            Attention.verdict.is_(None) | (Attention.reviewed_at >= reviewed_since),
        )
    ).all()
    rows = [(row, code) for row, code in glasses] + [(row, None) for row in attentions]
    return _told(session, actor, rows)


Row = tuple[BrokenGlass | Attention, str | None]


def _told(session: Session, actor: Actor, rows: Collection[Row]) -> list[ReviewItem]:
    named = {row.user_id for row, _ in rows} | {r.reviewed_by for r, _ in rows if r.reviewed_by}
    names = dossiers.colleagues(session, named)

    def name(user_id: str) -> str:
        return names.get(user_id, (user_id, None))[0]

    return [
        ReviewItem(
            row.id,
            GLASS if isinstance(row, BrokenGlass) else ATTENTION,
            name(row.user_id),
            code,
            GlassPurpose(row.purpose) if isinstance(row, BrokenGlass) else AttentionKind(row.kind),
            row.from_at,
            row.until_at,
            row.looks if isinstance(row, Attention) else None,
            row.user_id == actor.user_id,
            Verdict(row.verdict) if row.verdict else None,
            name(row.reviewed_by) if row.reviewed_by else None,
            row.reviewed_at,
        )
        for row, code in rows
    ]


def _row(session: Session, actor: Actor, what: str, item_id: str) -> Row:
    """One item of the reader's organisation. Raises `NotKnown`."""
    if what == GLASS:
        found = session.execute(
            select(BrokenGlass, Case.client_code)
            .join(Case, Case.id == BrokenGlass.case_id)
            .where(BrokenGlass.id == item_id, Case.organisation == actor.organisation)
        ).first()
        if found is not None:
            return found[0], found[1]
    elif what == ATTENTION:
        row = session.get(Attention, item_id)
        if row is not None and row.organisation == actor.organisation:
            return row, None
    raise NotKnown()


def opened(actor: Actor, what: str, item_id: str, now: datetime) -> ReviewView:
    """One item with what was looked at in that time, the look recorded first. Raises `NotKnown`."""
    reviews, house = sees(actor), houses.current()
    with house.stores.reading() as session:
        row, code = _row(session, actor, what, item_id)
        [item] = _told(session, actor, [(row, code)])
        wanted = Wanted(
            user_id=row.user_id,
            since=row.from_at,
            until=row.until_at + JUST_AFTER,
            client_code=code,
        )
        told = audit_readings.page(house.stores, wanted, most=LOOKS_SHOWN + 1, with_subjects=False)
        looks = reviewed_looks.of(session, actor, told[:LOOKS_SHOWN])
        act = Act(
            "review_opened",
            actor,
            now,
            subjects=tuple(
                {one.client_code for one in looks if one.client_code} | ({code} if code else set())
            ),
            object_id=item_id,
            details={"kind": what, "count": len(looks)},
            permission=(Permission.LOOKS_REVIEW if reviews else Permission.AUDIT_VIEW).value,
            sensitivity="vault" if reviews else "governance",
        )
        audit_log.tell(house.stores, act, result="shown")
        return ReviewView(
            item,
            looks,
            len(told) > LOOKS_SHOWN,
            review_words.read(session, actor, item_id, row.user_id if code else None),
            review_words.read(session, actor, item_id, row.reviewed_by),
            reviews and bool(may_review(actor.user_id, row.user_id, is_reviewed=bool(row.verdict))),
        )


def review(
    actor: Actor, what: str, item_id: str, verdict: str, found: str, now: datetime
) -> Refused | None:
    """Closes one item with a verdict and words, which go into the vault.

    Raises `NotKnown`, and `VaultSealed` before anything is told.
    """
    if not may_at_all(Permission.LOOKS_REVIEW, actor.roles):
        raise NotKnown()
    house = houses.current()
    with house.stores.reading() as session:
        row, code = _row(session, actor, what, item_id)
        case_id = row.case_id if isinstance(row, BrokenGlass) else None
        user_id = row.user_id
    says = may_close(verdict, Verdict, found)
    if not says:
        return says
    act = Act(
        "glass_reviewed" if what == GLASS else "attention_reviewed",
        actor,
        now,
        subjects=(code,) if code else (),
        object_id=case_id or item_id,
        details={"glass": item_id, "verdict": verdict}
        if what == GLASS
        else {"account": user_id, "verdict": verdict},
        permission=Permission.LOOKS_REVIEW.value,
        sensitivity="vault",
    )
    with changes.change(house.stores, act, vault=actor.organisation) as work:
        still(work.casework, actor, Permission.LOOKS_REVIEW)
        again, _ = _row(work.casework, actor, what, item_id)
        allowed = may_review(actor.user_id, again.user_id, is_reviewed=bool(again.verdict))
        if not allowed:
            return work.refuse(allowed)
        again.verdict, again.reviewed_by, again.reviewed_at = verdict, actor.user_id, now
        review_words.write(work, item_id, code, found, now)
    return None
