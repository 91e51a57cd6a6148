"""What operations sheets and sentinel figures are worked out from, in a constant number of queries; never who."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time

from sqlalchemy import and_, extract, func, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.costs import CostKind, Payer
from caseflow.domain.daily_services import Month, ServiceKind
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.households import UNDER_AGE
from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.outcomes import Outcome
from caseflow.domain.pay_outs import Period
from caseflow.domain.sheet_money import BookedCost, PaidAllowance
from caseflow.storage.dossiers import pages
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.daily_services import ServiceTally
from caseflow.storage.models.facts import Allowance, Cost, Exit
from caseflow.storage.models.figures import PastEpisode
from caseflow.storage.models.money import PayOutLine, PayOutRun, Slip
from caseflow.storage.models.shelter import Site

PUT_OUT = frozenset({Outcome.ENDED_BY_PROGRAMME.value, Outcome.STAY_LIMIT_REACHED.value})
"""Ends that the programme decides: where no next place is known, nobody saw to one."""


def services_by_site(session: Session, month: Month) -> dict[tuple[str, ServiceKind], int]:
    """How many of each kind every site gave out in a month."""
    rows = session.execute(
        select(ServiceTally.site_id, ServiceTally.kind, func.sum(ServiceTally.count))
        .where(ServiceTally.day.between(month.first, month.last))
        .group_by(ServiceTally.site_id, ServiceTally.kind)
    )
    return {(site, ServiceKind(kind)): number for site, kind, number in rows if number}


def kinds_of_sites(session: Session, site_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """The organisation and kind of some sites."""
    found: dict[str, tuple[str, str]] = {}
    for some in pages(site_ids):
        rows = session.execute(
            select(Site.id, Site.organisation, Site.kind).where(Site.id.in_(some))
        )
        found |= {site: (organisation, kind) for site, organisation, kind in rows}
    return found


def booked_costs(session: Session, programme: str, month: Month) -> list[BookedCost]:
    """The costs that were recorded in a month, and those found in that month to have been recorded in error before.

    What somebody paid of their own money is no cost of the programme; invented people cost nothing.
    """
    begins, ends = _midnight(month.first), _midnight(month.next.first)
    recorded = and_(
        Cost.recorded_at >= begins,
        Cost.recorded_at < ends,
        or_(Cost.mistaken_at.is_(None), Cost.mistaken_at >= ends),
    )
    taken_back = and_(
        Cost.recorded_at < begins, Cost.mistaken_at >= begins, Cost.mistaken_at < ends
    )
    rows = session.execute(
        select(Cost.kind, Case.client_code, Cost.cents, Cost.recorded_at < begins)
        .join(Case, Case.id == Cost.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(
            Case.programme == programme,
            Client.is_test.is_(False),
            Cost.payer != Payer.OWN.value,
            or_(recorded, taken_back),
        )
    )
    return [
        BookedCost(CostKind(kind), code, -cents if is_back else cents)
        for kind, code, cents, is_back in rows
    ]


def paid_allowances(
    session: Session, programme: str, month: Month
) -> tuple[list[PaidAllowance], list[Period]]:
    """What each recipient was handed by the runs that were fixed in a month, and the days that these runs paid."""
    runs = session.execute(
        select(PayOutRun.id, PayOutRun.from_on, PayOutRun.until_on).where(
            PayOutRun.programme == programme,
            PayOutRun.recorded_at >= _midnight(month.first),
            PayOutRun.recorded_at < _midnight(month.next.first),
        )
    ).all()
    ids = [run for run, _, _ in runs]
    amounts = session.execute(
        select(PayOutLine.case_id, func.max(Allowance.weekly_cents))
        .join(Allowance, Allowance.id == PayOutLine.allowance_id)
        .where(PayOutLine.run_id.in_(ids))
        .group_by(PayOutLine.case_id)
    )
    weekly = {case: cents for case, cents in amounts}  # noqa: C416 -- rows, not pairs
    slips = session.execute(
        select(Slip.case_id, Case.client_code, func.sum(Slip.cents))
        .join(Case, Case.id == Slip.case_id)
        .where(Slip.run_id.in_(ids))
        .group_by(Slip.case_id, Case.client_code)
    )
    paid = [PaidAllowance(code, cents, weekly.get(case, 0)) for case, code, cents in slips]
    return paid, [Period(first, until) for _, first, until in runs]


def deaths(session: Session, programmes: Iterable[str]) -> dict[tuple[str, int], int]:
    """How many people died in a programme in a year, imported history included; nought is missing."""
    some = list(programmes)
    own = (
        select(Case.programme, extract("year", Exit.exited_on), func.count())
        .join(Case, Case.id == Exit.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(
            Case.programme.in_(some),
            Client.is_test.is_(False),
            Exit.mistaken_at.is_(None),
            Exit.outcome == Outcome.DECEASED.value,
        )
        .group_by(Case.programme, extract("year", Exit.exited_on))
    )
    past = (
        select(PastEpisode.programme, extract("year", PastEpisode.exited_on), func.count())
        .where(
            PastEpisode.programme.in_(some),
            PastEpisode.exited_on.is_not(None),
            PastEpisode.outcome == Outcome.DECEASED.value,
        )
        .group_by(PastEpisode.programme, extract("year", PastEpisode.exited_on))
    )
    found: dict[tuple[str, int], int] = {}
    for query in (own, past):
        for programme, year, number in session.execute(query):
            found[programme, int(year)] = found.get((programme, int(year)), 0) + number
    return found


def minors_without_a_bed(
    session: Session, programmes: Iterable[str]
) -> dict[tuple[str, int], int]:  # fmt: skip
    """How many minors left a programme in a year without a bed: for no roof, or put out with no next place known."""
    nowhere = Exit.destination_kind.is_(None) | (
        Exit.destination_kind == DestinationKind.UNKNOWN.value
    )
    rows = session.execute(
        select(Case.programme, extract("year", Exit.exited_on), func.count())
        .join(Case, Case.id == Exit.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(
            Case.programme.in_(list(programmes)),
            Client.is_test.is_(False),
            Client.age_band == UNDER_AGE,
            Exit.mistaken_at.is_(None),
            or_(
                Exit.destination_kind == DestinationKind.STREET.value,
                and_(Exit.outcome.in_(PUT_OUT), nowhere),
            ),
        )
        .group_by(Case.programme, extract("year", Exit.exited_on))
    )
    return {(programme, int(year)): number for programme, year, number in rows}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)
