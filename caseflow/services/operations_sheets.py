"""Monthly operations sheets: made by a job once a month is over, read by funders and programme managers, never changed.

All sheets of a month are worked out at once, from the same blocks of sites, so that no two of them taken together part
one (`domain.sheet_blocks`). What becomes known later is a further sheet of the same month, shown as a correction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain import operations_sheets as domain
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.bed_night_statements import kinds_together
from caseflow.domain.bed_nights import BedNight, counted
from caseflow.domain.daily_services import Month, month_of
from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.operations_sheets import Sheet
from caseflow.domain.programmes import Programme
from caseflow.domain.sheet_blocks import Block, SheetSite, SiteMonth, blocks, numbers
from caseflow.domain.sheet_money import SheetMoney, printed_allowances, printed_costs, together
from caseflow.services import bed_nights, denials, houses
from caseflow.services.figures import named_scopes
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.operations_sheet_views import (
    CorrectionLine,
    ScopeName,
    SheetLine,
    SheetsView,
    SheetView,
)
from caseflow.storage import audit_log, changes, funder_papers
from caseflow.storage import bed_nights as stored
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.funder_papers import OperationsSheet

VIEW: Final = Permission.OPERATIONS_VIEW
READERS: Final = (Role.FUNDER, Role.PROGRAMME_MANAGER)
A_PAGE: Final = 12
"""Months on one page of the list: a year."""


def make_all(actor: Actor, now: datetime) -> int:
    """Makes the sheets of the last months that have none, and corrects the others; answers how many were written."""
    months, month = [], month_of(local(now).date())
    for _ in range(domain.CORRECTED_MONTHS):
        month = month.previous
        months.append(month)
    return sum(
        _make(actor, one, now)
        for one in reversed(months)
        if domain.may_make(one, local(now).date())
    )


def _make(actor: Actor, month: Month, now: datetime) -> int:
    """Writes what is missing of one month; every sheet of it or none."""
    house = houses.current()
    with house.stores.reading() as session:
        last = _newest(session, month)
        known = _known(session, month, now)
        rows = [*_first(session, month, known, last), *_again(month, known, last)]
    if not rows:
        return 0
    details = {"month": month.code, "count": len(rows)}
    act = Act(
        "operations_sheets_made",
        actor,
        now,
        details=details,
        purpose="figures",
        sensitivity="figures",
    )
    with changes.change(house.stores, act) as work:
        for row in rows:
            row.recorded_at, row.change_id = work.at, work.id
            work.casework.add(row)
    return len(rows)


def _first(
    session: Session, month: Month, known: SiteMonth, last: Mapping[str, OperationsSheet]
) -> Iterable[OperationsSheet]:
    """The first sheets of a month, for every programme and group that has none."""
    scopes = {scope: of for scope, of in _scopes().items() if scope not in last}
    if not scopes:
        return
    found = blocks(_sites(session, known))
    counts = numbers(found, known, month.last)
    money = {one: _money(session, one, month) for one in _programmes()}
    for scope, members in scopes.items():
        mine = [one for one in found if one.programmes & set(members)]
        shown = [money[one] for one in members]
        one = domain.sheet(month, counts, members, shown[0] if scope in money else together(shown))
        yield _row(scope, month, 1, one, mine)


def _again(
    month: Month, known: SiteMonth, last: Mapping[str, OperationsSheet]
) -> Iterable[OperationsSheet]:
    """The sheets that would say something else now, with the sites that stood together then."""
    for scope, row in sorted(last.items()):
        before, mine = domain.read(row.content), domain.composed([row.composition])
        members = {programme for one in mine for programme in one.programmes}
        counts = numbers(mine, known, month.last)
        after = domain.corrected(before, domain.sheet(month, counts, members, before.money))
        if domain.correction(before, after) is not None:
            yield _row(scope, month, row.number + 1, after, mine)


def _row(
    scope: str, month: Month, number: int, one: Sheet, mine: Sequence[Block]
) -> OperationsSheet:
    return OperationsSheet(
        id=new_id(),
        scope=scope,
        month=month.first,
        number=number,
        rule_version=domain.RULE_VERSION,
        content=domain.written(one),
        composition=domain.composition(mine),
    )


def _newest(session: Session, month: Month) -> dict[str, OperationsSheet]:
    """The last sheet of each programme and group in a month."""
    rows = session.scalars(
        select(OperationsSheet)
        .where(OperationsSheet.month == month.first)
        .order_by(OperationsSheet.number)
    )
    return {row.scope: row for row in rows}


def _programmes() -> dict[str, Programme]:
    """The programmes in which somebody works here; of others there is nothing to tell."""
    known = houses.current().catalogue.programmes
    return {one.id: one for one in known.values() if one.organisations and not one.imports_only}


def _scopes() -> dict[str, tuple[str, ...]]:
    """Every programme and group that gets a sheet, with the programmes in it."""
    mine = _programmes()
    found: dict[str, tuple[str, ...]] = {one: (one,) for one in sorted(mine)}
    for group in sorted(houses.current().catalogue.groups.values(), key=lambda one: one.id):
        members = tuple(one for one in group.members if one in mine)
        if members:
            found[group.id] = members
    return found


def _known(session: Session, month: Month, now: datetime) -> SiteMonth:
    """What is known of every site of every organisation in a month, by the functions of the bed-night statement."""
    houses_of = sorted({name for one in _programmes().values() for name in one.organisations})
    nights: list[BedNight] = []
    for organisation in houses_of:
        nights += bed_nights.taken(session, organisation, month, now)
    shares = tuple(one for name in houses_of for one in stored.shares(session, name))
    return SiteMonth(tuple(nights), shares, funder_papers.services_by_site(session, month))


def _sites(session: Session, known: SiteMonth) -> list[SheetSite]:
    """Every site with beds or services in the month: the row of a statement it stands in, its programmes and beds."""
    named = {one.bed.site_id for one in known.nights} | {site for site, _ in known.services}
    of = funder_papers.kinds_of_sites(session, named)
    by_house: dict[str, list[BedNight]] = {}
    for one in known.nights:
        by_house.setdefault(of[one.bed.site_id][0], []).append(one)
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    beds: dict[str, int] = {}
    for organisation, some in by_house.items():
        month = counted(some)
        rows |= {(organisation, kind): row for row in kinds_together(month) for kind in row}
        beds |= {site: size for sites in month.sites.values() for site, size in sites.items()}
    programmes = _programmes()
    return [
        SheetSite(
            site,
            rows.get((organisation, kind), (kind,)),
            frozenset(id_ for id_, one in programmes.items() if organisation in one.organisations),
            beds.get(site, 0),
        )
        for site, (organisation, kind) in sorted(of.items())
    ]


def _money(session: Session, programme: str, month: Month) -> SheetMoney:
    paid, runs = funder_papers.paid_allowances(session, programme, month)
    costs = printed_costs(funder_papers.booked_costs(session, programme, month))
    return SheetMoney(costs, *printed_allowances(paid, runs))


def sheets(actor: Actor, asked: str | None, page: int, now: datetime) -> SheetsView:
    """The months of which a programme or group has a sheet, the newest first.

    The first one that is the reader's where none is asked for. Raises `NotKnown` for another's.
    """
    scope, offered = _chosen(actor, asked, now)
    with houses.current().stores.reading() as session:
        whole = session.scalar(
            select(func.count(func.distinct(OperationsSheet.month))).where(
                OperationsSheet.scope == scope.id
            )
        )
        pages = max(1, -(-(whole or 0) // A_PAGE))
        number = min(max(1, page), pages)
        months = session.scalars(
            select(OperationsSheet.month)
            .where(OperationsSheet.scope == scope.id)
            .distinct()
            .order_by(OperationsSheet.month.desc())
            .limit(A_PAGE)
            .offset(A_PAGE * (number - 1))
        ).all()
        rows = session.execute(
            select(OperationsSheet.month, OperationsSheet.number, OperationsSheet.content)
            .where(OperationsSheet.scope == scope.id, OperationsSheet.month.in_(months))
            .order_by(OperationsSheet.month.desc(), OperationsSheet.number)
        ).all()
    corrections = Counter(month for month, number, _ in rows if number > 1)
    lines = tuple(
        SheetLine(Month(month), domain.read(content), corrections[month])
        for month, number, content in rows
        if number == 1
    )
    _tell(actor, "operations_sheets_listed", now, {"scope": scope.id, "count": len(lines)})
    return SheetsView(scope, offered, lines, number, pages)


def sheet(
    actor: Actor, asked: str, month: Month, now: datetime, form: str = "page"
) -> SheetView | Refused:
    """The sheet of a month as it was fixed, and what was put right since, the look recorded first.

    Refused where there is none: the month is not over, or nothing was made of it. Raises `NotKnown`.
    """
    scope, _ = _chosen(actor, asked, now)
    with houses.current().stores.reading() as session:
        rows = session.execute(
            select(OperationsSheet.content, OperationsSheet.recorded_at)
            .where(OperationsSheet.scope == scope.id, OperationsSheet.month == month.first)
            .order_by(OperationsSheet.number)
        ).all()
        beside = set(
            session.scalars(
                select(OperationsSheet.month).where(
                    OperationsSheet.scope == scope.id,
                    OperationsSheet.month.in_((month.previous.first, month.next.first)),
                )
            )
        )
    if not rows:
        too_soon = domain.may_make(month, local(now).date())
        return too_soon if isinstance(too_soon, Refused) else NONE_MADE
    found = [(domain.read(content), local(at).date()) for content, at in rows]
    lines = [
        CorrectionLine(day, told)
        for (before, _), (after, day) in pairwise(found)
        if (told := domain.correction(before, after)) is not None
    ]
    first, fixed_on = found[0]
    details: dict[str, object] = {"scope": scope.id, "month": month.code, "form": form}
    _tell(actor, "operations_sheet_viewed", now, details)
    return SheetView(
        scope,
        first,
        fixed_on,
        tuple(lines),
        month.previous if month.previous.first in beside else None,
        month.next if month.next.first in beside else None,
    )


NONE_MADE: Final = Refused(N_("There is no sheet of this month. Choose one from the list."))


def _chosen(
    actor: Actor, asked: str | None, now: datetime
) -> tuple[ScopeName, tuple[ScopeName, ...]]:
    offered = _theirs(actor)
    for one in offered:
        if asked in (None, "", one.id):
            return one, offered
    denials.tell(actor, VIEW, now)
    raise NotKnown()


def _theirs(actor: Actor) -> tuple[ScopeName, ...]:
    if not may_at_all(VIEW, actor.roles):
        return ()
    mine = _scopes()
    found: list[tuple[str, Label]] = [
        (scope, name) for scope, name in named_scopes(actor, *READERS) if scope in mine
    ]
    return tuple(ScopeName(scope, name) for scope, name in found)


def _tell(actor: Actor, event: str, now: datetime, details: dict[str, object]) -> None:
    act = Act(
        event,
        actor,
        now,
        details=details,
        permission=VIEW.value,
        purpose="figures",
        sensitivity="figures",
    )
    audit_log.tell(houses.current().stores, act, result="shown")
