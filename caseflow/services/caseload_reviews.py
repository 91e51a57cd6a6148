"""Going through a caseload: a fixed list of cases under one purpose, for two hours (`firewall.md` §4).

Each look is recorded with that purpose and the review. The list is the one of the moment it was begun: a case that
comes later is not on it, and one that is no longer within reach is left out with a sentence, not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.look_purposes import REVIEW_PURPOSES
from caseflow.domain.messages import N_, Message
from caseflow.services import caseloads, gatekeeping, houses
from caseflow.services.case_views import CaseView
from caseflow.services.caseload_views import Show
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.jottings import jotting
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.governance import CaseloadReview, CaseUnderReview

LASTS: Final = timedelta(hours=2)
"""How long one list stays open: a long meeting. What is not done then is begun anew, with a purpose of its own."""
CASES_AT_MOST: Final = 100
"""More than a team discusses in one sitting; a longer list is a reason to look at fewer."""
BY_THE_LEAD: Final = "review_audit"


@dataclass(frozen=True)
class RunningReview:
    """A review that was begun and is not over."""

    id: str
    purpose: Message
    until_at: datetime
    cases: int


@dataclass(frozen=True)
class ReviewStep:
    """One place on the list of a review: how far one is, and the case there, where it is still within reach."""

    review_id: str
    purpose: Message
    until_at: datetime
    position: int
    cases: int
    case: CaseView | None = None

    @property
    def before(self) -> int | None:
        return self.position - 1 if self.position > 1 else None

    @property
    def after(self) -> int | None:
        return self.position + 1 if self.position < self.cases else None


class ReviewOver(Exception):
    """The two hours of a caseload review have passed."""


def purposes(actor: Actor) -> dict[str, Message]:
    """The purposes from which this colleague chooses. Raises `NotKnown` for who goes through no caseload."""
    if not may_at_all(Permission.CASELOAD_REVIEW, actor.roles):
        raise NotKnown()
    leads = Role.TEAM_LEAD in actor.roles
    return {code: name for code, name in REVIEW_PURPOSES.items() if leads or code != BY_THE_LEAD}


def begin(actor: Actor, show: Show, purpose: str, now: datetime) -> str | Refused:
    """Fixes the list of cases that a choice of the caseload holds now; answers the id of the review.

    Raises `NotKnown` for somebody who goes through no caseload.
    """
    house = houses.current()
    if purpose not in purposes(actor):
        return Refused(N_("Choose for what you go through the cases."))
    case_ids = caseloads.ids_of(actor, show, now)[:CASES_AT_MOST]
    if not case_ids:
        return Refused(N_("There is no case on this list."))
    review_id, until = new_id(), now + LASTS
    act = Act(
        "caseload_review_begun",
        actor,
        now,
        object_id=review_id,
        details={"purpose": purpose, "count": len(case_ids), "until": until},
        permission=Permission.CASELOAD_REVIEW.value,
        purpose=purpose,
    )
    with changes.change(house.stores, act) as work:
        gatekeeping.still(work.casework, actor, Permission.CASELOAD_REVIEW)
        work.casework.add(
            CaseloadReview(
                id=review_id,
                user_id=actor.user_id,
                purpose=purpose,
                from_at=now,
                until_at=until,
                change_id=work.id,
            )
        )
        work.casework.flush()
        work.casework.add_all(
            CaseUnderReview(review_id=review_id, case_id=case_id, position=place)
            for place, case_id in enumerate(case_ids, 1)
        )
    return review_id


def running(actor: Actor, now: datetime) -> tuple[RunningReview, ...]:
    """The actor's own reviews that are not over, the newest first."""
    with houses.current().stores.reading() as session:
        rows = session.scalars(
            select(CaseloadReview)
            .where(CaseloadReview.user_id == actor.user_id, CaseloadReview.until_at > now)
            .order_by(CaseloadReview.from_at.desc())
        ).all()
        return tuple(
            RunningReview(
                one.id, REVIEW_PURPOSES[one.purpose], one.until_at, _length(session, one.id)
            )
            for one in rows
        )


def step(actor: Actor, review_id: str, position: int, now: datetime) -> ReviewStep:
    """The case at one place of the list, its look recorded with the purpose of the review.

    A case that is no longer within reach is left out: nothing of it is shown, and that it was asked for is no attempt.
    Raises `NotKnown` for another's review or a place that the list does not have, and `ReviewOver` after two hours.
    """
    if not may_at_all(Permission.CASELOAD_REVIEW, actor.roles):
        raise NotKnown()
    with houses.current().stores.reading() as session:
        review = session.get(CaseloadReview, review_id)
        if review is None or review.user_id != actor.user_id or position > CASES_AT_MOST:
            raise NotKnown()
        if review.until_at <= now:
            raise ReviewOver()
        case_id = session.scalar(
            select(CaseUnderReview.case_id).where(
                CaseUnderReview.review_id == review_id, CaseUnderReview.position == position
            )
        )
        if case_id is None:
            raise NotKnown()
        purpose, cases, until = review.purpose, _length(session, review_id), review.until_at
        standing = gatekeeping.standings(session, actor, [case_id], now).get(case_id)
    within = standing is not None and may(Permission.CASE_OPEN, standing)
    shown = _opened(actor, case_id, (purpose, review_id), now) if within else None
    return ReviewStep(review_id, REVIEW_PURPOSES[purpose], until, position, cases, shown)


def _opened(actor: Actor, case_id: str, review: tuple[str, str], now: datetime) -> CaseView:
    shown = gatekeeping.open_case(actor, case_id, now, review=review)
    with jotting(houses.current().stores) as notes:
        notes.execute(
            update(CaseUnderReview)
            .where(
                CaseUnderReview.review_id == review[1],
                CaseUnderReview.case_id == case_id,
                CaseUnderReview.looked_at.is_(None),
            )
            .values(looked_at=now)
        )
    return shown


def _length(session: Session, review_id: str) -> int:
    counted = select(func.count()).where(CaseUnderReview.review_id == review_id)
    return session.scalar(counted) or 0
