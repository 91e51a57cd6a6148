"""Frozen publications as readers meet them: the newest of each programme, one after the other, a group by its members.

Everything here was frozen before; nothing is counted. What was withdrawn is passed over wherever one is chosen, and
stands in its place in the row of quarters.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.labels import Label
from caseflow.domain.programmes import Group, Programme
from caseflow.services import figures, houses, publications
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.publication_views import (
    FROZEN,
    NOT_PUBLISHED,
    PrintedRow,
    PublicationView,
    view_of,
)
from caseflow.storage import audit_log
from caseflow.storage.models.figures import Publication, PublicationWithdrawal

Line = TypeVar("Line")
QUARTERS_A_PAGE: Final = 12
UNDER_WAY_A_PAGE: Final = 20
_LATER_AT_MOST: Final = 8


@dataclass(frozen=True)
class Scope:
    """A programme or group whose figures this reader may see."""

    id: str
    name: Label
    members: tuple[Label, ...]
    """The programmes of a group by name; empty for a programme."""

    @property
    def is_group(self) -> bool:
        """Answers whether it is a union of programmes."""
        return bool(self.members)


@dataclass(frozen=True)
class Quarter:
    """One cut-off: what was published for it, withdrawn or not; None where nothing was."""

    cut_off: date
    publication: PublicationView | None


@dataclass(frozen=True)
class Newest:
    """The newest publication that counts, the one that counted before it, and what came after and does not count."""

    scope: Scope
    publication: PublicationView | None
    before: PublicationView | None
    later: tuple[Quarter, ...]


@dataclass(frozen=True)
class Quarters:
    """One page of the cut-offs of a programme or group, newest first."""

    scope: Scope
    lines: tuple[Quarter, ...]
    page: int
    pages: int

    def stock(self, name: str) -> tuple[tuple[Quarter, PrintedRow | None], ...]:
        """Answers with a stock at each of these cut-offs; nothing where none of them prints it."""
        return _stock([(line, line.publication) for line in self.lines], name)


@dataclass(frozen=True)
class SideBySide:
    """A group, and the newest publication that counts of each of its members that this reader may see."""

    whole: Newest
    members: tuple[Newest, ...]

    def stock(self, name: str) -> tuple[tuple[Newest, PrintedRow | None], ...]:
        """Answers with a stock of each member; nothing where none of them prints it. A group prints none."""
        return _stock([(one, one.publication) for one in self.members], name)


def _stock(
    lines: Sequence[tuple[Line, PublicationView | None]], name: str
) -> tuple[tuple[Line, PrintedRow | None], ...]:
    found = tuple((line, None if shown is None else shown.stock(name)) for line, shown in lines)
    return found if any(row is not None for _, row in found) else ()


def overview(actor: Actor | None, now: datetime) -> tuple[Newest, ...]:
    """The newest of every programme and group of which this reader may see something, groups last."""
    house = houses.current()
    scopes = [_scope(house, one) for one in sorted(publications.readable(actor))]
    with house.stores.reading() as session:
        found = _newest(session, house, [one for one in scopes if one is not None], now)
    told = [one for one in found if one.publication is not None or one.later]
    return tuple(sorted(told, key=lambda one: one.scope.is_group))


def newest(actor: Actor | None, scope_id: str, now: datetime) -> Newest:
    """The newest of one programme or group, the look recorded first. Raises `NotKnown`."""
    scope = _readable(actor, scope_id)
    house = houses.current()
    with house.stores.reading() as session:
        (found,) = _newest(session, house, [scope], now)
    _tell(actor, found.publication, "dashboard", now)
    return found


def quarters(
    actor: Actor | None, scope_id: str, page: int, now: datetime, *, told: bool = True
) -> Quarters:
    """A page of its cut-offs, newest first, the look recorded first. Raises `NotKnown`; so does a page too far.

    `told=False` is for the drawings of a page, whose look was recorded as one.
    """
    scope = _readable(actor, scope_id)
    house = houses.current()
    those = (Publication.scope == scope.id, Publication.state.in_((FROZEN, NOT_PUBLISHED)))
    with house.stores.reading() as session:
        pages = _pages(session, those, QUARTERS_A_PAGE, page)
        rows = session.scalars(
            select(Publication)
            .where(*those)
            .order_by(Publication.cut_off.desc())
            .limit(QUARTERS_A_PAGE)
            .offset((page - 1) * QUARTERS_A_PAGE)
        ).all()
        lines = _lines(session, house, rows, now)
    shown = next((one.publication for one in lines if one.publication is not None), None)
    if told:
        _tell(actor, shown, "quarters", now)
    return Quarters(scope, lines, page, pages)


def side_by_side(
    actor: Actor | None, group_id: str, now: datetime, *, told: bool = True
) -> SideBySide:
    """A group with its members, the looks recorded first. Raises `NotKnown`, also for what is no group."""
    scope = _readable(actor, group_id)
    house = houses.current()
    group = house.catalogue.groups.get(group_id)
    if group is None:
        raise NotKnown()
    may_see = publications.readable(actor)
    members = [_scope(house, one) for one in group.members if one in may_see]
    known = [one for one in members if one is not None]
    with house.stores.reading() as session:
        whole, *parts = _newest(session, house, [scope, *known], now)
    for one in (whole, *parts) if told else ():
        _tell(actor, one.publication, "members", now)
    return SideBySide(whole, tuple(parts))


@dataclass(frozen=True)
class UnderWay:
    """One page of what is not frozen, for those who propose and approve, newest cut-off first."""

    lines: tuple[PublicationView, ...]
    page: int
    pages: int


def under_way(actor: Actor, page: int) -> UnderWay:
    """What is prepared, proposed, sent back or not published where this colleague has a part in it.

    Raises `NotKnown` for a page too far.
    """
    house = houses.current()
    concerned = figures.scopes_of(actor, *publications.PROPOSERS, *publications.APPROVERS)
    those = (Publication.scope.in_(concerned), Publication.state != FROZEN)
    with house.stores.reading() as session:
        pages = _pages(session, those, UNDER_WAY_A_PAGE, page)
        rows = session.scalars(
            select(Publication)
            .where(*those)
            .order_by(Publication.cut_off.desc(), Publication.scope)
            .limit(UNDER_WAY_A_PAGE)
            .offset((page - 1) * UNDER_WAY_A_PAGE)
        )
        return UnderWay(tuple(view_of(row, (), house) for row in rows), page, pages)


def _readable(actor: Actor | None, scope_id: str) -> Scope:
    scope = _scope(houses.current(), scope_id)
    if scope is None or scope_id not in publications.readable(actor):
        raise NotKnown()
    return scope


def _scope(house: House, scope_id: str) -> Scope | None:
    programmes = house.catalogue.programmes
    one: Programme | Group | None = programmes.get(scope_id) or house.catalogue.groups.get(scope_id)
    if one is None:
        return None
    members = one.members if isinstance(one, Group) else ()
    return Scope(one.id, one.name, tuple(programmes[member].name for member in members))


def _pages(session: Session, those: Sequence[ColumnElement[bool]], size: int, page: int) -> int:
    count = session.scalar(select(func.count()).select_from(Publication).where(*those)) or 0
    pages = max(1, -(-count // size))
    if not 1 <= page <= pages:
        raise NotKnown()
    return pages


def _newest(
    session: Session, house: House, scopes: Sequence[Scope], now: datetime
) -> tuple[Newest, ...]:
    """The same for several at once, in four questions however many there are."""
    counting = _counting(session, house, [one.id for one in scopes])
    told = _later(session, house, counting, [one.id for one in scopes], now)
    return tuple(
        Newest(scope, *counting.get(scope.id, (None, None)), told.get(scope.id, ()))
        for scope in scopes
    )


def _counting(
    session: Session, house: House, scopes: Collection[str]
) -> dict[str, tuple[PublicationView | None, PublicationView | None]]:
    """The two newest frozen publications of each that were not withdrawn."""
    place = func.row_number().over(
        partition_by=Publication.scope, order_by=Publication.cut_off.desc()
    )
    ranked = (
        select(Publication, place.label("place"))
        .where(
            Publication.scope.in_(scopes),
            Publication.state == FROZEN,
            Publication.id.not_in(select(PublicationWithdrawal.publication_id)),
        )
        .subquery()
    )
    row = aliased(Publication, ranked)
    found: dict[str, list[PublicationView]] = {}
    for one in session.scalars(select(row).where(ranked.c.place <= 2).order_by(ranked.c.place)):
        found.setdefault(one.scope, []).append(view_of(one, (), house))
    return {scope: (views[0], views[1] if views[1:] else None) for scope, views in found.items()}


def _later(
    session: Session,
    house: House,
    counting: dict[str, tuple[PublicationView | None, PublicationView | None]],
    scopes: Collection[str],
    now: datetime,
) -> dict[str, tuple[Quarter, ...]]:
    """Cut-offs after the newest that counts: not published, or withdrawn since."""
    place = func.row_number().over(
        partition_by=Publication.scope, order_by=Publication.cut_off.desc()
    )
    ranked = (
        select(Publication, place.label("place"))
        .where(Publication.scope.in_(scopes), Publication.state.in_((FROZEN, NOT_PUBLISHED)))
        .subquery()
    )
    row = aliased(Publication, ranked)
    rows = [
        one
        for one in session.scalars(
            select(row).where(ranked.c.place <= _LATER_AT_MOST).order_by(ranked.c.place)
        )
        if (newest_one := counting.get(one.scope, (None, None))[0]) is None
        or one.cut_off > newest_one.cut_off
    ]
    found: dict[str, tuple[Quarter, ...]] = {}
    for scope in {one.scope for one in rows}:
        mine = [one for one in rows if one.scope == scope]
        found[scope] = _lines(session, house, mine, now)
    return found


def _lines(
    session: Session, house: House, rows: Sequence[Publication], now: datetime
) -> tuple[Quarter, ...]:
    """Frozen ones with their note, and cut-offs that stay unpublished; what may still be repaired is not told."""
    withdrawals = publications.withdrawals_of(session, [row.id for row in rows])
    return tuple(
        Quarter(
            row.cut_off,
            view_of(row, (), house, withdrawals.get(row.id)) if row.state == FROZEN else None,
        )
        for row in rows
        if row.state == FROZEN or publications.is_settled(row, now)
    )


def _tell(
    actor: Actor | None, publication: PublicationView | None, form: str, now: datetime
) -> None:
    """Records the look; what is public is read by anyone, and nobody is counted."""
    if actor is None or publication is None:
        return
    audit_log.tell(
        houses.current().stores,
        publications.act_of(
            "publication_viewed",
            actor,
            now,
            Permission.PUBLICATION_VIEW,
            object_id=publication.id,
            details={"form": form},
        ),
        result="shown",
    )
