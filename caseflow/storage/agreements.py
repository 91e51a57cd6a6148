"""What somebody agreed to and was told, read where a rule asks it: inside the change that depends on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caseflow.domain.agreements import AgreementKind, What
from caseflow.domain.recipients import RecipientClass
from caseflow.storage.changes import Writing
from caseflow.storage.models.agreements import Agreement, InformationGiven
from caseflow.storage.models.cases import CaseShare

_ALPHABETICALLY: Final = (Agreement.kind, Agreement.about, Agreement.id)


def standing(session: Session, case_id: str, what: What | RecipientClass, today: date) -> bool:
    """Answers whether a client stands by this agreement today; a class means its everyday letters (tier 1).

    Ask it inside the change that relies on it: somebody may have taken it back a moment ago.
    """
    asked = What.recipients(what) if isinstance(what, RecipientClass) else what
    return asked in all_standing(session, case_id, today)


def all_standing(session: Session, case_id: str, today: date) -> frozenset[What]:
    """Everything a client stands by today."""
    return frozenset(what_of(one) for one in rows_standing(session, case_id, today))


def rows_standing(session: Session, case_id: str, today: date) -> list[Agreement]:
    """The agreements that stand today, oldest first."""
    asked = (
        select(Agreement)
        .where(
            Agreement.case_id == case_id,
            Agreement.withdrawn_on.is_(None),
            Agreement.agreed_on <= today,
            or_(Agreement.until_on.is_(None), Agreement.until_on >= today),
        )
        .order_by(Agreement.agreed_on, Agreement.recorded_at, *_ALPHABETICALLY)
    )
    return list(session.scalars(asked))


def of_case(session: Session, case_id: str) -> list[Agreement]:
    """Every agreement of a case, the newest first, those that were taken back too."""
    asked = (
        select(Agreement)
        .where(Agreement.case_id == case_id)
        .order_by(Agreement.agreed_on.desc(), Agreement.recorded_at.desc(), *_ALPHABETICALLY)
    )
    return list(session.scalars(asked))


def told(session: Session, case_ids: Collection[str]) -> list[InformationGiven]:
    """What was told in these cases, the newest first; what was recorded in error too."""
    asked = (
        select(InformationGiven)
        .where(InformationGiven.case_id.in_(case_ids))
        .order_by(
            InformationGiven.given_on.desc(),
            InformationGiven.recorded_at.desc(),
            InformationGiven.kind,
            InformationGiven.id,
        )
    )
    return list(session.scalars(asked))


def end_recipients(
    work: Writing, case_id: str, today: date, classes: Collection[RecipientClass] | None = None
) -> None:
    """Ends agreements to everyday letters, of these classes or of all, in the change under way."""
    named = None if classes is None else {one.value for one in classes}
    for row in rows_standing(work.casework, case_id, today):
        if row.kind == AgreementKind.RECIPIENTS.value and (named is None or row.about in named):
            row.withdrawn_on, row.withdrawn_at = today, work.at
            row.withdrawn_by, row.withdrawn_change_id = work.by, work.id


def shares(session: Session, case_id: str, today: date) -> list[CaseShare]:
    """What is shared of a case today, and with whom; the last day is inclusive."""
    asked = select(CaseShare).where(
        CaseShare.case_id == case_id,
        or_(CaseShare.until_on.is_(None), CaseShare.until_on >= today),
    )
    return list(session.scalars(asked))


def what_of(row: Agreement) -> What:
    """The thing that a stored agreement is about."""
    return What(AgreementKind(row.kind), row.about, row.organisation)
