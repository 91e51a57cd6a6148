"""The weekly review: a sample of looks that nobody can foretell, closed with a verdict and words (rule FW13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import AMSTERDAM, local
from caseflow.domain.messages import N_
from caseflow.domain.reviews import (
    WEEK,
    WeekVerdict,
    is_overdue,
    may_close,
    may_close_week,
    sample,
    weeks_waiting,
)
from caseflow.services import houses, review_words, reviewed_looks, reviews
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.services.reviewed_looks import LookView
from caseflow.storage import audit_log, changes, dossiers, recorded_looks
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.governance import WeeklyReview
from caseflow.storage.recorded_looks import RecordedLook

LABEL: Final = "weekly-sample"
CLOSED_SHOWN: Final = 8


@dataclass(frozen=True)
class WaitingWeek:
    """A week that is over and waits for its review."""

    week: date
    last_day: date
    is_overdue: bool


@dataclass(frozen=True)
class ClosedWeek:
    """A week that was reviewed."""

    week: date
    last_day: date
    sampled: int
    verdict: WeekVerdict
    closed_by: str
    closed_at: datetime


@dataclass(frozen=True)
class WeekView:
    """The sample of one week, in the order of the looks, and how many looks it was drawn from."""

    waiting: WaitingWeek
    looks: tuple[LookView, ...]
    drawn_from: int
    older_items: int
    may_review: bool


def waiting(session: Session, actor: Actor, today: date) -> tuple[WaitingWeek, ...]:
    """Weeks of the reader's organisation that wait, oldest first, since it has accounts."""
    begun = session.scalar(
        select(func.min(UserAccount.created_at)).where(
            UserAccount.organisation == actor.organisation
        )
    )
    if begun is None:
        return ()
    closed = set(
        session.scalars(
            select(WeeklyReview.week_from).where(WeeklyReview.organisation == actor.organisation)
        )
    )
    return tuple(
        WaitingWeek(week, week + WEEK - timedelta(days=1), is_overdue(week, today))
        for week in weeks_waiting(local(begun).date(), closed, today)
    )


def weeks(actor: Actor, now: datetime) -> tuple[tuple[WaitingWeek, ...], tuple[ClosedWeek, ...]]:
    """Weeks that wait, and those that were reviewed lately. Raises `NotKnown`.

    Stands on the page of the queue, whose look is recorded there.
    """
    reviews.sees(actor)
    with houses.current().stores.reading() as session:
        rows = session.scalars(
            select(WeeklyReview)
            .where(WeeklyReview.organisation == actor.organisation)
            .order_by(WeeklyReview.week_from.desc())
            .limit(CLOSED_SHOWN)
        ).all()
        names = dossiers.colleagues(session, {row.closed_by for row in rows})
        return waiting(session, actor, local(now).date()), tuple(
            ClosedWeek(
                row.week_from,
                row.week_from + WEEK - timedelta(days=1),
                row.sampled,
                WeekVerdict(row.verdict),
                names.get(row.closed_by, (row.closed_by, None))[0],
                row.closed_at,
            )
            for row in rows
        )


def opened(actor: Actor, week: date, now: datetime) -> WeekView:
    """The sample of one week that waits, the look recorded first. Raises `NotKnown`."""
    may_review, house = reviews.sees(actor), houses.current()
    with house.stores.reading() as session:
        known = {one.week: one for one in waiting(session, actor, local(now).date())}
        if week not in known:
            raise NotKnown()
        sampled, drawn_from = _sampled(actor, week)
        looks = reviewed_looks.of(session, actor, sampled)
        act = Act(
            "review_opened",
            actor,
            now,
            subjects=tuple({one.client_code for one in looks if one.client_code}),
            object_id=week.isoformat(),
            details={"kind": "week", "count": len(looks)},
            permission=(Permission.LOOKS_REVIEW if may_review else Permission.AUDIT_VIEW).value,
            sensitivity="governance",
        )
        audit_log.tell(house.stores, act, result="shown")
        older = reviews.count_waiting(session, actor, before=_ends(week))
        return WeekView(known[week], looks, drawn_from, older, may_review)


def waits(actor: Actor, week: date, now: datetime) -> bool:
    """Whether this week still waits in the reader's organisation."""
    with houses.current().stores.reading() as session:
        return week in {one.week for one in waiting(session, actor, local(now).date())}


def _ends(week: date) -> datetime:
    return datetime.combine(week + WEEK, time(), AMSTERDAM)


def _sampled(actor: Actor, week: date) -> tuple[list[RecordedLook], int]:
    """The looks of the sample in their order, and how many they were drawn from; never the reader's own.

    They are ranked by a keyed hash of their id: the same every time, and nobody can tell beforehand which.
    """
    house, others = houses.current(), 0
    begins = datetime.combine(week, time(), AMSTERDAM)

    def drawn() -> Iterator[RecordedLook]:
        nonlocal others
        for one in recorded_looks.opened(house.stores, actor.organisation, begins, _ends(week)):
            if one.user_id != actor.user_id:
                others += 1
                yield one

    def rank(one: RecordedLook) -> str:
        return house.stores.hashed(LABEL, one.id)

    chosen = sample(drawn(), rank, house.settings.attention.weekly_sample)
    return sorted(chosen, key=lambda one: one.at), others


def close(actor: Actor, week: date, verdict: str, found: str, now: datetime) -> Refused | None:
    """Closes a week with a verdict and words; not before what waits from that time was reviewed.

    Raises `NotKnown`, and `VaultSealed` before anything is told.
    """
    if not may_at_all(Permission.LOOKS_REVIEW, actor.roles):
        raise NotKnown()
    says = may_close(verdict, WeekVerdict, found)
    if not says:
        return says
    house, today, review_id = houses.current(), local(now).date(), new_id()
    sampled, _ = _sampled(actor, week)
    act = Act(
        "weekly_review_closed",
        actor,
        now,
        object_id=review_id,
        details={"week": week, "sampled": len(sampled), "verdict": verdict},
        permission=Permission.LOOKS_REVIEW.value,
        sensitivity="vault",
    )
    try:
        with changes.change(house.stores, act, vault=actor.organisation) as work:
            still(work.casework, actor, Permission.LOOKS_REVIEW)
            known = {one.week for one in waiting(work.casework, actor, today)}
            older = reviews.count_waiting(work.casework, actor, before=_ends(week))
            allowed = may_close_week(week, known, older)
            if not allowed:
                return work.refuse(allowed)
            review_words.write(work, review_id, None, found, now)
            work.casework.add(
                WeeklyReview(
                    id=review_id,
                    organisation=actor.organisation,
                    week_from=week,
                    sampled=len(sampled),
                    verdict=verdict,
                    closed_by=actor.user_id,
                    closed_at=now,
                    change_id=work.id,
                )
            )
    except IntegrityError:
        return Refused(N_("A colleague has reviewed this already."))
    return None


def count(actor: Actor, now: datetime) -> int:
    """How many things wait for this privacy officer: items of the queue, and weeks. For the navigation; not a look."""
    with houses.current().stores.reading() as session:
        items = reviews.count_waiting(session, actor)
        return items + len(waiting(session, actor, local(now).date()))
