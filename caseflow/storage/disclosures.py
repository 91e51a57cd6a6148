"""Reads and stops what leaves: who agreed, what stands, and whom to tell that something was taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from caseflow.domain.disclosure_guards import Approval, ApprovedAs, By, Facts
from caseflow.domain.disclosures import STOPS_FOR_GOOD, State, Why
from caseflow.domain.recipients import RecipientClass, Tier
from caseflow.domain.tasks import TaskKind
from caseflow.storage import agreements
from caseflow.storage.changes import Writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.disclosures import (
    Disclosure,
    DisclosureApproval,
    DisclosureNotice,
    Office,
    StandingRecipient,
)
from caseflow.storage.models.tasks import Task

TELL_WITHIN: Final = timedelta(days=7)
"""By when a recipient hears that something was taken back; GDPR art. 19 sets no term, so that we set one."""
WAITS: Final = (State.ASKED.value, State.APPROVED.value)
IN_OUR_HANDS: Final = (Tier.STANDING, Tier.SECOND_PERSON, Tier.AUTHORITY)
"""Tiers that the client's word stops; their own papers, danger and what a judge ordered are no matter of agreement."""


def standing(session: Session, case_id: str, office_id: str, on: date) -> StandingRecipient | None:
    """The agreement to this office that stands on a day; else the newest one that was taken back, or None."""
    rows = session.scalars(
        select(StandingRecipient)
        .where(StandingRecipient.case_id == case_id, StandingRecipient.office_id == office_id)
        .order_by(StandingRecipient.withdrawn_on.is_not(None), StandingRecipient.agreed_on.desc())
        .limit(1)
    )
    return rows.first()


def facts(
    session: Session,
    case_id: str,
    office_id: str | None,
    tier: Tier,
    on: date,
    *,
    is_restricted: bool,
    agreed_on: date | None = None,
) -> Facts:
    """What the guards ask of a case and an office; `agreed_on` is when the client agreed to this one disclosure."""
    office = session.get(Office, office_id) if office_id is not None else None
    ended = None
    if tier is Tier.STANDING and office_id is not None:
        agreed = standing(session, case_id, office_id, on)
        agreed_on = agreed.agreed_on if agreed is not None else None
        ended = agreed.withdrawn_on if agreed is not None else None
    return Facts(is_restricted, agreed_on, ended, office.closed_on if office is not None else None)


def approvals(
    session: Session, ids: Collection[str]
) -> Mapping[str, tuple[DisclosureApproval, ...]]:
    """The approvals of these disclosures, in order, those that were denied afterwards left out."""
    rows = session.scalars(
        select(DisclosureApproval)
        .where(DisclosureApproval.disclosure_id.in_(ids), DisclosureApproval.denied_at.is_(None))
        .order_by(DisclosureApproval.approved_at, DisclosureApproval.id)
    )
    found: dict[str, tuple[DisclosureApproval, ...]] = {}
    for row in rows:
        found[row.disclosure_id] = (*found.get(row.disclosure_id, ()), row)
    return found


def given(rows: Iterable[DisclosureApproval]) -> tuple[Approval, ...]:
    """Rows of approvals as the guards know them."""
    return tuple(
        Approval(row.user_id, ApprovedAs(row.approved_as), By(row.by), row.confirmed_at is not None)
        for row in rows
    )


def stop(
    work: Writing,
    case_id: str,
    why: Why,
    today: date,
    *,
    office_ids: Collection[str] | None = None,
    classes: Collection[RecipientClass] | None = None,
    ids: Collection[str] | None = None,
) -> tuple[str, ...]:
    """Stops what stands and takes back what left, in the change under way; answers the ids of what was taken back.

    Narrowed to offices, classes or single disclosures where those are named. Standing recipients end where the client
    took an agreement back or objected; what waits for approval is refused; of what left, each recipient is told: a
    notice, and a task of the case team until that was done. A restriction freezes only: what left has left, and nobody
    is told but of what was taken back.
    """
    if why in STOPS_FOR_GOOD and ids is None:
        _end_standing(work, case_id, today, office_ids, classes)
        if office_ids is None:
            agreements.end_recipients(work, case_id, today, classes)
    taken_back = []
    for row in _standing_disclosures(work.casework, case_id, office_ids, classes, ids):
        is_out = row.state == State.ISSUED.value
        if is_out and why is Why.RESTRICTED:
            continue
        row.state = (State.WITHDRAWN if is_out else State.REFUSED).value
        row.ended_by, row.ended_at, row.why = work.by, work.at, why.value
        if is_out:
            taken_back.append(row.id)
            _has_to_hear(work, row, why, today)
    work.casework.flush()
    return tuple(taken_back)


def tell_of(work: Writing, disclosure_id: str, why: Why, today: date) -> None:
    """Has the recipient of something that stays out hear that it was put right or restricted (GDPR art. 19)."""
    _has_to_hear(work, work.casework.get_one(Disclosure, disclosure_id), why, today)


def _standing_disclosures(
    session: Session,
    case_id: str,
    office_ids: Collection[str] | None,
    classes: Collection[RecipientClass] | None,
    ids: Collection[str] | None,
) -> list[Disclosure]:
    wanted: list[ColumnElement[bool]] = [
        Disclosure.case_id == case_id,
        Disclosure.state.in_((*WAITS, State.ISSUED.value)),
        Disclosure.kind != "notice",
    ]
    if ids is None:
        wanted.append(Disclosure.tier.in_([one.value for one in IN_OUR_HANDS]))
    else:
        wanted.append(Disclosure.id.in_(ids))
    if office_ids is not None:
        wanted.append(Disclosure.office_id.in_(office_ids))
    if classes is not None:
        wanted.append(Disclosure.recipient_class.in_([one.value for one in classes]))
    return list(_rows(session, wanted))


def _rows(session: Session, wanted: Iterable[ColumnElement[bool]]) -> Iterable[Disclosure]:
    """Disclosures that meet every condition, the oldest first."""
    return session.scalars(
        select(Disclosure).where(*wanted).order_by(Disclosure.asked_at, Disclosure.id)
    ).all()


def _end_standing(
    work: Writing,
    case_id: str,
    today: date,
    office_ids: Collection[str] | None,
    classes: Collection[RecipientClass] | None,
) -> None:
    wanted = select(StandingRecipient).where(
        StandingRecipient.case_id == case_id, StandingRecipient.withdrawn_on.is_(None)
    )
    if office_ids is not None:
        wanted = wanted.where(StandingRecipient.office_id.in_(office_ids))
    if classes is not None:
        named = [one.value for one in classes]
        wanted = wanted.join(Office, Office.id == StandingRecipient.office_id).where(
            Office.recipient_class.in_(named)
        )
    for row in work.casework.scalars(wanted):
        row.withdrawn_on, row.withdrawn_by, row.withdrawn_change_id = today, work.by, work.id


def _has_to_hear(work: Writing, row: Disclosure, why: Why, today: date) -> None:
    if row.recipient_class == RecipientClass.CLIENT.value:
        return  # who asked for it knows
    task_id = new_id()
    work.casework.add(
        Task(
            id=task_id,
            case_id=row.case_id,
            kind=TaskKind.TELL_RECIPIENT.value,
            due_on=today + TELL_WITHIN,
            recorded_at=work.at,
            recorded_by=work.by,
            change_id=work.id,
        )
    )
    work.casework.add(
        DisclosureNotice(
            disclosure_id=row.id,
            why=why.value,
            task_id=task_id,
            recorded_by=work.by,
            recorded_at=work.at,
            change_id=work.id,
        )
    )
