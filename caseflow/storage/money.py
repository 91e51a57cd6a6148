"""What was booked and handed out in a programme, in a constant number of queries whatever its age."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, not_, select
from sqlalchemy.orm import Session

from caseflow.domain.pay_outs import Entitlement, Line, LineKind, Period
from caseflow.storage.dossiers import pages
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import Allowance, Cost
from caseflow.storage.models.money import PayOutLine, PayOutRun, Slip
from caseflow.storage.models.shelter import Bed, Placement, Room, Site

RETURNED = "returned"


@dataclass(frozen=True)
class Booked:
    """What runs booked for one allowance, all together: its days and the sum."""

    period: Period
    cents: int


def first_and_next(session: Session, programme: str) -> tuple[date | None, date | None]:
    """The first day that any run of a programme paid, and the first that none has paid yet."""
    first, following = session.execute(
        select(func.min(PayOutRun.from_on), func.max(PayOutRun.until_on)).where(
            PayOutRun.programme == programme
        )
    ).one()
    return first, following


def last_period(session: Session, programme: str) -> Period | None:
    """The days that the newest run of a programme paid."""
    row = session.execute(
        select(PayOutRun.from_on, PayOutRun.until_on)
        .where(PayOutRun.programme == programme)
        .order_by(PayOutRun.from_on.desc())
        .limit(1)
    ).first()
    return Period(row.from_on, row.until_on) if row is not None else None


def entitlements(session: Session, programme: str) -> list[Entitlement]:
    """Every allowance of a programme, oldest first, those recorded in error too; invented people are paid nothing."""
    rows = session.scalars(
        select(Allowance)
        .join(Case, Case.id == Allowance.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(Case.programme == programme, Client.is_test.is_(False))
        .order_by(Allowance.from_on, Allowance.id)
    )
    return [
        Entitlement(
            row.id,
            row.case_id,
            row.weekly_cents,
            row.from_on,
            row.until_on,
            row.mistaken_at is not None,
        )
        for row in rows
    ]


def booked(session: Session, programme: str) -> dict[str, Booked]:
    """Days and sum of what was booked, by allowance."""
    rows = session.execute(
        select(
            PayOutLine.allowance_id,
            func.min(PayOutLine.from_on),
            func.max(PayOutLine.until_on),
            func.sum(PayOutLine.cents),
        )
        .join(PayOutRun, PayOutRun.id == PayOutLine.run_id)
        .where(PayOutRun.programme == programme)
        .group_by(PayOutLine.allowance_id)
    )
    return {one: Booked(Period(first, until), cents) for one, first, until, cents in rows}


def lines_of(session: Session, allowance_ids: Collection[str]) -> dict[str, list[Line]]:
    """Every line of some allowances, by allowance."""
    found: dict[str, list[Line]] = {}
    for some in pages(allowance_ids):
        rows = session.scalars(select(PayOutLine).where(PayOutLine.allowance_id.in_(some)))
        for row in rows:
            found.setdefault(row.allowance_id, []).append(line(row))
    return found


def line(row: PayOutLine) -> Line:
    """A stored line as the domain knows it."""
    return Line(
        LineKind(row.kind),
        row.allowance_id,
        Period(row.from_on, row.until_on),
        row.cents,
        row.corrects_id,
        row.id,
    )


def carried(session: Session, programme: str, before: PayOutRun | None = None) -> dict[str, int]:
    """What is left over by case: booked and not handed out, or below nought where too much was; nought is missing.

    As it stands now, or as it stood when a run was fixed. A slip that was returned handed out nothing.
    """
    runs = [PayOutRun.programme == programme]
    came_back = Slip.state == RETURNED
    if before is not None:
        runs.append(PayOutRun.from_on < before.from_on)
        came_back = and_(came_back, Slip.settled_at <= before.recorded_at)
    left: dict[str, int] = {}
    for model, sign, more in ((PayOutLine, 1, []), (Slip, -1, [not_(came_back)])):
        rows = session.execute(
            select(model.case_id, func.sum(model.cents))
            .join(PayOutRun, PayOutRun.id == model.run_id)
            .where(*runs, *more)
            .group_by(model.case_id)
        )
        for case_id, cents in rows:
            left[case_id] = left.get(case_id, 0) + sign * cents
    return {case_id: cents for case_id, cents in left.items() if cents}


def codes(session: Session, case_ids: Collection[str]) -> dict[str, str]:
    """Client codes by case."""
    found: dict[str, str] = {}
    for some in pages(case_ids):
        rows = session.execute(select(Case.id, Case.client_code).where(Case.id.in_(some)))
        found.update((case_id, code) for case_id, code in rows)
    return found


def costs_between(
    session: Session, programme: str, first: date, last: date
) -> list[tuple[Cost, str]]:
    """Costs of a programme by the day they were made, with the client code; none that was recorded in error."""
    rows = session.execute(
        select(Cost, Case.client_code)
        .join(Case, Case.id == Cost.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(
            Case.programme == programme,
            Client.is_test.is_(False),
            Cost.mistaken_at.is_(None),
            Cost.spent_on.between(first, last),
        )
        .order_by(Cost.spent_on, Case.client_code, Cost.recorded_at)
    )
    return [(cost, code) for cost, code in rows]


def open_slips(session: Session) -> list[Slip]:
    """Every slip that is still to be handed over, the oldest first."""
    rows = session.scalars(select(Slip).where(Slip.state == "open").order_by(Slip.from_on, Slip.id))
    return list(rows)


def is_followed(session: Session, slip: Slip) -> bool:
    """Whether a later run of the same programme was fixed, which may have counted on what became of this slip."""
    own = (
        select(PayOutRun.programme, PayOutRun.from_on).where(PayOutRun.id == slip.run_id).subquery()
    )
    later = session.scalar(
        select(PayOutRun.id)
        .where(PayOutRun.programme == own.c.programme, PayOutRun.from_on > own.c.from_on)
        .limit(1)
    )
    return later is not None


def of_run(session: Session, run_id: str) -> tuple[list[PayOutLine], list[Slip]]:
    """The lines and slips of one run."""
    lines = session.scalars(
        select(PayOutLine)
        .where(PayOutLine.run_id == run_id)
        .order_by(PayOutLine.from_on, PayOutLine.kind, PayOutLine.id)
    )
    return list(lines), list(session.scalars(select(Slip).where(Slip.run_id == run_id)))


def of_case(session: Session, case_id: str) -> tuple[list[PayOutLine], list[Slip], list[Cost]]:
    """Lines, slips and costs of one case, the newest first."""
    lines = session.scalars(
        select(PayOutLine)
        .where(PayOutLine.case_id == case_id)
        .order_by(PayOutLine.recorded_at.desc(), PayOutLine.from_on.desc())
    )
    slips = session.scalars(
        select(Slip).where(Slip.case_id == case_id).order_by(Slip.from_on.desc())
    )
    costs = session.scalars(
        select(Cost)
        .where(Cost.case_id == case_id)
        .order_by(Cost.spent_on.desc(), Cost.recorded_at.desc())
    )
    return list(lines), list(slips), list(costs)


def totals_of_runs(session: Session, programme: str) -> list[tuple[PayOutRun, int, int, int]]:
    """The runs of a programme, the newest first, each with its slips, their sum, and how many are still open."""
    slips = (
        select(
            Slip.run_id,
            func.count().label("slips"),
            func.sum(Slip.cents).label("cents"),
            func.sum(Slip.state == "open").label("open"),
        )
        .group_by(Slip.run_id)
        .subquery()
    )
    rows = session.execute(
        select(PayOutRun, slips.c.slips, slips.c.cents, slips.c.open)
        .outerjoin(slips, slips.c.run_id == PayOutRun.id)
        .where(PayOutRun.programme == programme)
        .order_by(PayOutRun.from_on.desc())
    )
    return [(run, count or 0, cents or 0, waiting or 0) for run, count, cents, waiting in rows]


def places(session: Session, case_ids: Iterable[str], on: date) -> dict[str, tuple[str, str]]:
    """Id and name of the site where each of these cases has a bed on this day."""
    found: dict[str, tuple[str, str]] = {}
    for some in pages(set(case_ids)):
        rows = session.execute(
            select(Placement.case_id, Site.id, Site.name)
            .join(Bed, Bed.id == Placement.bed_id)
            .join(Room, Room.id == Bed.room_id)
            .join(Site, Site.id == Room.site_id)
            .where(
                Placement.case_id.in_(some),
                Placement.status == "begun",
                Placement.arrival_on <= on,
            )
        )
        found.update({case_id: (site_id, name) for case_id, site_id, name in rows})
    return found
