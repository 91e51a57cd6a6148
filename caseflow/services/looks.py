"""The log by code, for those who oversee it, and everybody's own looks.

Ids become words as far as the reader's own organisation knows them: a colleague's work name, a client code of a client
that it holds. Entries of another organisation are not shown (`firewall.md` §3, the audit row; NEN 7513:2018 ch. 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select

from caseflow.domain import look_words
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import SYSTEM, Actor
from caseflow.domain.event_groups import EventGroup, events_of, group_of
from caseflow.domain.event_words import EVENT_NAMES
from caseflow.domain.events import EVENTS
from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.messages import Message
from caseflow.services import houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, audit_readings
from caseflow.storage.audit_log import Act
from caseflow.storage.audit_readings import Told, Wanted
from caseflow.storage.models.accounts import UserAccount

LOOKS_A_PAGE: Final = 50
OWN_DAYS: Final = 14
"""How far back one's own looks go: two weeks of work, which one still remembers."""
CODES_SHOWN: Final = 4
"""How many clients of one entry are spelled out; a look at a list of fifty is one line."""


@dataclass(frozen=True)
class LookView:
    """One act of the log in words: when, what, who, about whom, why, how it ended and where it came from."""

    position: int
    at: datetime
    what: Message
    group: EventGroup
    colleague: str | Message
    codes: tuple[str, ...]
    more: int
    """How many further clients it is about: those beyond the first, and those of another organisation."""
    relations: tuple[Message, ...]
    purpose: Message | None
    result: Message | None
    access_point: Message
    emergency: bool
    on_behalf_of: str | Message | None


@dataclass(frozen=True)
class LooksPage:
    """One page of the log, newest first; `below` begins the next one."""

    looks: tuple[LookView, ...]
    below: int | None


@dataclass(frozen=True)
class Search:
    """What somebody looks for in the log; an empty one is everything of the organisation."""

    on: date | None = None
    what: str = ""
    """An event or a kind of events."""
    colleague: str = ""
    client_code: str = ""
    below: int | None = None


@dataclass(frozen=True)
class Known:
    """What a reader's organisation calls things: work names by account, client codes by hash and by case."""

    names: Mapping[str, str]
    codes: Mapping[str, str]
    cases: Mapping[str, str]


def log(actor: Actor, search: Search, now: datetime) -> LooksPage:
    """A page of the log of the actor's organisation, by code; that it was looked at is told first.

    A client code that the organisation does not hold finds nothing, as one that nobody has. Raises `NotKnown`.
    """
    _overseer(actor)
    house = houses.current()
    code = search.client_code.strip().upper()
    with house.stores.reading() as session:
        held = audit_readings.codes_of(house.stores, session, actor.organisation)
    told: list[Told] = []
    if not code or code in held.values():
        wanted = Wanted(
            organisation=actor.organisation,
            user_id=search.colleague or None,
            events=_events(search.what),
            since=_midnight(search.on) if search.on else None,
            until=_midnight(search.on + timedelta(days=1)) if search.on else None,
            client_code=code or None,
        )
        told = audit_readings.page(house.stores, wanted, below=search.below, most=LOOKS_A_PAGE + 1)
    return _page(
        actor,
        told,
        held,
        Act(
            "audit_listed",
            actor,
            now,
            details={"count": min(len(told), LOOKS_A_PAGE), "page": search.below},
            permission=Permission.AUDIT_VIEW.value,
            purpose="oversight",
            sensitivity="audit",
        ),
    )


def own(actor: Actor, now: datetime, *, below: int | None = None) -> LooksPage:
    """What the actor looked at and changed in the last fourteen days, by client code. Raises `NotKnown`."""
    if not may_at_all(Permission.OWN_LOOKS_VIEW, actor.roles):
        raise NotKnown()
    house = houses.current()
    wanted = Wanted(user_id=actor.user_id, since=now - timedelta(days=OWN_DAYS))
    told = audit_readings.page(house.stores, wanted, below=below, most=LOOKS_A_PAGE + 1)
    with house.stores.reading() as session:
        held = audit_readings.codes_of(house.stores, session, actor.organisation)
    return _page(
        actor,
        told,
        held,
        Act(
            "own_looks_listed",
            actor,
            now,
            details={"count": min(len(told), LOOKS_A_PAGE)},
            permission=Permission.OWN_LOOKS_VIEW.value,
            purpose="own_account",
            sensitivity="audit",
        ),
        denied_by_code=False,
    )


def colleagues(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Ids and work names of everybody who has, or had, an account of the organisation. Raises `NotKnown`."""
    _overseer(actor)
    with houses.current().stores.reading() as session:
        rows = session.execute(
            select(UserAccount.id, UserAccount.display_name)
            .where(UserAccount.organisation == actor.organisation)
            .order_by(UserAccount.display_name, UserAccount.id)
        )
        return tuple((user_id, name) for user_id, name in rows)


def shown(told: Told, known: Known) -> LookView:
    """One entry in words, as far as the reader's organisation knows them."""
    codes = sorted(known.codes[one] for one in told.subjects if one in known.codes)
    if not told.subjects:
        codes = [code for code in (known.cases.get(told.object_id or ""),) if code]
    return LookView(
        position=told.position,
        at=told.at,
        what=EVENT_NAMES.get(told.event) or Message("%(code)s", {"code": told.event}),
        group=group_of(told.event) if told.event in EVENTS else EventGroup.CHANGES,
        colleague=_called(told.user_id, known),
        codes=tuple(codes[:CODES_SHOWN]),
        more=max(0, len(told.subjects) - min(len(codes), CODES_SHOWN)),
        relations=tuple(
            words for code, words in look_words.RELATION_WORDS.items() if code in told.relations
        ),
        purpose=look_words.purpose(told.purpose),
        result=look_words.result(told.result, is_change=told.is_change),
        access_point=look_words.access_point(told.access_point),
        emergency=told.emergency,
        on_behalf_of=_called(told.on_behalf_of, known) if told.on_behalf_of else None,
    )


def known_to(
    organisation: str, told: Iterable[Told], held: Mapping[str, str], *, denied_by_code: bool = True
) -> Known:
    """The words that an organisation has for what these entries name by id.

    What was denied has no client in the log; its case becomes a code for those who oversee, not for who asked.
    """
    told = tuple(told)
    people = {one.user_id for one in told} | {one.on_behalf_of or "" for one in told}
    denied = {one.object_id for one in told if one.event == "access_denied" and one.object_id}
    with houses.current().stores.reading() as session:
        rows = session.execute(
            select(UserAccount.id, UserAccount.display_name).where(
                UserAccount.organisation == organisation, UserAccount.id.in_(sorted(people))
            )
        )
        names = {row.id: row.display_name for row in rows}
        cases = (
            audit_readings.codes_of_cases(session, denied, organisation) if denied_by_code else {}
        )
    return Known(names, held, cases)


def _page(
    actor: Actor,
    told: list[Told],
    held: Mapping[str, str],
    act: Act,
    *,
    denied_by_code: bool = True,
) -> LooksPage:
    """The entries in words, once the log was told that they are looked at."""
    known = known_to(actor.organisation, told[:LOOKS_A_PAGE], held, denied_by_code=denied_by_code)
    looks = tuple(shown(one, known) for one in told[:LOOKS_A_PAGE])
    audit_log.tell(houses.current().stores, act, result="shown")
    below = looks[-1].position if len(told) > LOOKS_A_PAGE else None
    return LooksPage(looks, below)


def _overseer(actor: Actor) -> None:
    if not may_at_all(Permission.AUDIT_VIEW, actor.roles):
        raise NotKnown()


def _events(what: str) -> frozenset[str] | None:
    """The events of a choice; none is all, and a choice that does not exist finds nothing."""
    if not what:
        return None
    if what in {one.value for one in EventGroup}:
        return events_of(EventGroup(what))
    return frozenset({what} & set(EVENTS))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, AMSTERDAM).astimezone(UTC)


def _called(user_id: str, known: Known) -> str | Message:
    return look_words.BY_ITSELF if user_id == SYSTEM else known.names.get(user_id, user_id)
