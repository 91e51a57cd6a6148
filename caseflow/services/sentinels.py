"""Sentinel figures: fixed once a year is over, printed as 0 or *see director*; the director sees how often it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import sentinels as domain
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.sentinels import Sentinel, SentinelKind
from caseflow.services import denials, houses, publications
from caseflow.services.figures import named_scopes
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, changes, funder_papers
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case
from caseflow.storage.models.figures import PastEpisode
from caseflow.storage.models.funder_papers import SentinelFigure

VIEW: Final = Permission.SENTINELS_VIEW
AT_MOST: Final = 500


@dataclass(frozen=True)
class YearView:
    """The sentinel figures of a programme in a year, as printed."""

    programme: Label
    year: int
    figures: tuple[Sentinel, ...]


@dataclass(frozen=True)
class ExactYear:
    """How often it was, by kind; for the director alone."""

    programme: Label
    year: int
    numbers: tuple[tuple[SentinelKind, int], ...]


def make_all(actor: Actor, now: datetime) -> int:
    """Fixes the figures of years that are over and have none, and once a year looks again at those that stand.

    Answers how many were written. A programme nobody was in has none.
    """
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        programmes = _running(session)
        found = _counted(session, programmes)
        last = _newest(session, programmes)
    rows = []
    for programme in sorted(programmes):
        for year in domain.years_to_print(today):
            if year < programmes[programme]:
                continue
            for kind in SentinelKind:
                is_none = not found[kind].get((programme, year))
                number, said = last.get((programme, year, kind.value), (0, None))
                if said is None or (domain.is_rechecked(today) and said != is_none):
                    rows.append(
                        SentinelFigure(
                            id=new_id(),
                            programme=programme,
                            year=year,
                            kind=kind.value,
                            number=number + 1,
                            is_none=is_none,
                        )
                    )
    if not rows:
        return 0
    act = Act(
        "sentinel_figures_made",
        actor,
        now,
        details={"count": len(rows)},
        purpose="figures",
        sensitivity="figures",
    )
    with changes.change(house.stores, act) as work:
        for row in rows:
            row.recorded_at, row.change_id = work.at, work.id
            work.casework.add(row)
    return len(rows)


def _running(session: Session) -> dict[str, int]:
    """The programmes that anybody was in, and the first year of each."""
    known = houses.current().catalogue.programmes
    there = set(session.scalars(select(Case.programme).distinct()))
    there |= set(session.scalars(select(PastEpisode.programme).distinct()))
    return {one: known[one].validity.valid_from.year for one in there if one in known}


def _counted(
    session: Session, programmes: Iterable[str]
) -> dict[SentinelKind, dict[tuple[str, int], int]]:
    some = list(programmes)
    return {
        SentinelKind.DEATH: funder_papers.deaths(session, some),
        SentinelKind.MINOR_WITHOUT_BED: funder_papers.minors_without_a_bed(session, some),
    }


def _newest(
    session: Session, programmes: Iterable[str]
) -> dict[tuple[str, int, str], tuple[int, bool]]:
    """The number of the last row of each figure, and whether it says none."""
    rows = session.scalars(
        select(SentinelFigure)
        .where(SentinelFigure.programme.in_(list(programmes)))
        .order_by(SentinelFigure.number)
    )
    return {(row.programme, row.year, row.kind): (row.number, row.is_none) for row in rows}


def printed(actor: Actor | None, now: datetime) -> tuple[YearView, ...]:
    """The sentinel figures this reader may see, newest year first; nobody signed in sees those of public programmes."""
    known = houses.current().catalogue.programmes
    readable = [one for one in publications.readable(actor) if one in known]
    with houses.current().stores.reading() as session:
        newest = _newest(session, readable)
    years: dict[tuple[str, int], list[Sentinel]] = {}
    for (programme, year, kind), (_, is_none) in newest.items():
        years.setdefault((programme, year), []).append(Sentinel(SentinelKind(kind), is_none))
    views = tuple(
        YearView(known[programme].name, year, _in_order(some))
        for (programme, year), some in sorted(
            years.items(), key=lambda one: (-one[0][1], one[0][0])
        )
    )[:AT_MOST]
    if actor is not None:  # what is public is read by anyone, and nobody is counted
        _tell(actor, now, len(views), "printed", Permission.PUBLICATION_VIEW)
    return views


def _in_order(some: Iterable[Sentinel]) -> tuple[Sentinel, ...]:
    order = list(SentinelKind)
    return tuple(sorted(some, key=lambda one: order.index(one.kind)))


def exact(actor: Actor, now: datetime) -> tuple[ExactYear, ...]:
    """How often it was in the programmes of the director's organisation, the look recorded first. Raises `NotKnown`.

    Every year that is looked at, and the one that runs.
    """
    if not may_at_all(VIEW, actor.roles):
        denials.tell(actor, VIEW, now)
        raise NotKnown()
    known = houses.current().catalogue.programmes
    theirs = [scope for scope, _ in named_scopes(actor, Role.DIRECTOR) if scope in known]
    with houses.current().stores.reading() as session:
        running = {one: year for one, year in _running(session).items() if one in theirs}
        found = _counted(session, running)
    today = local(now).date()
    views = tuple(
        ExactYear(
            known[one].name,
            year,
            tuple((kind, found[kind].get((one, year), 0)) for kind in SentinelKind),
        )
        for year in reversed((*domain.years_to_print(today), today.year))
        for one in sorted(running)
        if year >= running[one]
    )
    _tell(actor, now, len(views), "exact", VIEW)
    return views


def _tell(actor: Actor, now: datetime, count: int, form: str, permission: Permission) -> None:
    act = Act(
        "sentinel_figures_viewed",
        actor,
        now,
        details={"count": count, "form": form},
        permission=permission.value,
        purpose="figures",
        sensitivity="figures",
    )
    audit_log.tell(houses.current().stores, act, result="shown")
