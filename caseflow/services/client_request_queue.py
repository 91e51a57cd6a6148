"""Requests of clients in a queue: by code for privacy officer and FG, of the own team for its lead.

A request in the name of somebody is written down and answered without looking anybody up: whoever asks learns nothing
from the answer, and neither does who writes it down (rule FW11).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain import client_requests as rules
from caseflow.domain.access import Permission, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.calendar_months import months_after
from caseflow.domain.client_request_words import (
    ABOUT,
    AskedBy,
    IdentityCheck,
    RequestGround,
    RequestKind,
    RequestOutcome,
)
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.redaction import HIDDEN, Compartment, Extent, roles_that_see
from caseflow.services import actors, denials, gatekeeping, houses
from caseflow.services import client_request_effects as effects
from caseflow.services.case_views import SEALED
from caseflow.services.client_request_readings import can_be_decided, line
from caseflow.services.client_request_views import (
    QueuedRequest,
    QueueLine,
    RequestQueue,
    Words,
)
from caseflow.services.client_requests import CHANGED, settle
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import audit_log, changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.client_requests import facts
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case
from caseflow.storage.models.client_requests import ClientRequest
from caseflow.storage.models.operations import Change
from caseflow.storage.models.vault import GovernanceWords

A_PAGE: Final = 50
OF_A_TEAM: Final = 500
"""Requests of one team that are weighed at most; a team of forty cases has a handful."""
VIEW, REVIEW = Permission.CLIENT_REQUESTS_VIEW, Permission.CLIENT_REQUEST_REVIEW
BY_CODE: Final = frozenset(roles_that_see(Compartment.GOVERNANCE, Extent.BY_CODE))
STRANGERS: Final = (RequestKind.ACCESS, RequestKind.ERASURE)
"""What somebody asks in a name: to see, or to have erased."""
NOT_OURS: Final = Refused(N_("This request is dealt with on the page of the case."))


def queue(actor: Actor, now: datetime, page: int = 1) -> RequestQueue:
    """A page of what waits, what is due first, the look recorded first. Raises `NotKnown`."""
    _guard(actor, VIEW, now)
    house, today, page = houses.current(), local(now).date(), max(1, page)
    by_code = bool(BY_CODE & actor.roles)
    with house.stores.reading() as session:
        found = _by_code(session, actor) if by_code else _of_the_team(session, actor, now)
        waiting = [(row, code) for row, code in found if facts(row).is_open]
        late = sum(rules.is_late(facts(row), today) for row, _ in waiting)
        some = waiting[(page - 1) * A_PAGE : page * A_PAGE]
        lines = tuple(
            QueueLine(line(row, today), code, None if by_code else row.case_id)
            for row, code in some
        )
        counts = _counts(session, actor, today) if by_code else {}
    audit_log.tell(
        house.stores,
        Act(
            "client_requests_listed",
            actor,
            now,
            subjects=tuple(sorted({code for _, code in some if code})),
            details={"count": len(lines), "page": page},
            permission=VIEW.value,
            purpose="client_request",
            sensitivity="governance",
        ),
        result="shown",
    )
    return RequestQueue(
        lines,
        len(waiting),
        late,
        page,
        max(1, -(-len(waiting) // A_PAGE)),
        counts,
        may_at_all(REVIEW, actor.roles),
    )


def count_waiting(actor: Actor) -> int:
    """How many wait for a decision of this privacy officer; a number for the navigation names nobody."""
    if not may_at_all(REVIEW, actor.roles):
        return 0
    with houses.current().stores.reading() as session:
        asked = select(func.count(ClientRequest.id)).where(
            ClientRequest.organisation == actor.organisation,
            ClientRequest.outcome.is_(None),
            ClientRequest.advised_outcome.is_not(None) | ClientRequest.case_id.is_(None),
        )
        return session.scalar(asked) or 0


def opened(actor: Actor, request_id: str, now: datetime) -> QueuedRequest:
    """One request by code, the look recorded first. Raises `NotKnown`, and tells the log so."""
    _guard(actor, VIEW, now)
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        row, code = _known(session, actor, request_id, now)
        audit_log.tell(
            house.stores,
            Act(
                "client_request_opened",
                actor,
                now,
                subjects=(code,) if code else (),
                object_id=row.id,
                permission=VIEW.value,
                purpose="client_request",
                sensitivity="governance",
            ),
            result="shown",
        )
        names = dossiers.colleagues(session, {row.recorded_by})
        own = row.case_id is None and row.recorded_by == actor.user_id
        return QueuedRequest(
            line(row, today),
            code,
            names.get(row.recorded_by, ("", None))[0],
            _words(session, row) if own else HIDDEN,
            can_be_decided(row),
            rules.may_answer(facts(row), today, today),
        )


def decide(
    actor: Actor,
    request_id: str,
    outcome: RequestOutcome,
    ground: RequestGround | None,
    now: datetime,
    *,
    version: int | None = None,
) -> Refused | None:
    """Decides as privacy officer, by code: on erasure, and on what is not granted in full. Raises `NotKnown`."""
    details = {
        "request": request_id,
        "outcome": outcome.value,
        "ground": ground.value if ground else None,
    }
    with _changing(actor, "client_request_decided", request_id, details, now) as (work, row):
        if row.case_id is None:
            return work.refuse(NOT_FOR_STRANGERS)
        if version is not None and row.version != version:
            return work.refuse(CHANGED)
        roles = frozenset({Role.PRIVACY_OFFICER})
        allowed = rules.may_decide(facts(row), outcome, ground, roles, actor.user_id)
        if not allowed:
            return work.refuse(allowed)
        settle(row, outcome, ground, work.by, local(now).date())
        effects.decided_within(work, row.case_id, facts(row), local(now).date())
    return None


NOT_FOR_STRANGERS: Final = Refused(
    N_("A request in somebody's name is answered the same for everybody. Record that answer.")
)


def record_stranger(
    actor: Actor, kind: RequestKind, asked_on: date, language: str, words: str, now: datetime
) -> Refused | None:
    """Writes down a request in the name of somebody; nobody is looked up. Raises `NotKnown` and `VaultSealed`."""
    _guard(actor, REVIEW, now)
    asked = rules.Asked(
        kind,
        ABOUT[kind][0],
        asked_on,
        AskedBy.CLIENT,
        IdentityCheck.NOT_YET,
        language,
    )
    allowed = rules.may_ask(asked, local(now).date())
    if not allowed:
        return allowed
    request_id = new_id()
    act = _act(actor, "stranger_request_recorded", request_id, {"kind": kind.value}, now, "vault")
    with changes.change(houses.current().stores, act, vault=actor.organisation) as work:
        still(work.casework, actor, REVIEW)
        row = ClientRequest(
            id=request_id,
            organisation=actor.organisation,
            kind=kind.value,
            asked_on=asked_on,
            asked_by=asked.asked_by.value,
            identity=asked.identity.value,
            language=language,
            due_on=months_after(asked_on, rules.MONTHS),
            recorded_by=work.by,
            recorded_at=work.at,
            change_id=work.id,
        )
        work.casework.add(row)
        work.vault.add(
            GovernanceWords(
                client_code=None,
                about_id=request_id,
                words=words.strip(),
                recorded_at=work.at,
                recorded_by=work.by,
                change_id=work.id,
            )
        )
    return None


def answer_stranger(actor: Actor, request_id: str, on: date, now: datetime) -> Refused | None:
    """Keeps when the neutral answer went out: the same words whether somebody is known or not. Raises `NotKnown`."""
    with _changing(actor, "stranger_request_answered", request_id, {"on": on}, now) as (work, row):
        if row.case_id is not None:
            return work.refuse(NOT_OURS)
        if row.outcome is None:
            settle(row, RequestOutcome.NEUTRAL, None, work.by, min(on, local(now).date()))
        allowed = rules.may_answer(facts(row), on, local(now).date())
        if not allowed:
            return work.refuse(allowed)
        row.answered_on, row.answered_by = on, work.by
    return None


@contextmanager
def _changing(
    actor: Actor, event: str, request_id: str, details: dict[str, Any], now: datetime
) -> Iterator[tuple[changes.Writing, ClientRequest]]:
    """One recorded change by the privacy officer, asked once more inside it. Raises `NotKnown`."""
    _guard(actor, REVIEW, now)
    house = houses.current()
    with house.stores.reading() as session:
        row, code = _known(session, actor, request_id, now)
        about = row.case_id or row.id
    act = _act(actor, event, about, details, now, "governance", (code,) if code else ())
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, REVIEW)
        found, _ = _known(work.casework, actors.present(work.casework, actor), request_id, now)
        yield work, found


def _act(
    actor: Actor,
    event: str,
    object_id: str,
    details: dict[str, Any],
    now: datetime,
    sensitivity: str,
    subjects: tuple[str, ...] = (),
) -> Act:
    return Act(
        event,
        actor,
        now,
        subjects=subjects,
        object_id=object_id,
        details=details,
        permission=REVIEW.value,
        purpose="client_request",
        sensitivity=sensitivity,
    )


def _guard(actor: Actor, permission: Permission, now: datetime) -> None:
    if not may_at_all(permission, actor.roles):
        denials.tell(actor, permission, now)
        raise NotKnown()


_Rows = list[tuple[ClientRequest, str | None]]


def _asked(actor: Actor) -> Any:
    return (
        select(ClientRequest, Case.client_code)
        .outerjoin(Case, Case.id == ClientRequest.case_id)
        .where(ClientRequest.organisation == actor.organisation)
        .order_by(ClientRequest.due_on, ClientRequest.id)
    )


def _waits(asked: Any) -> Any:
    return asked.where(
        ClientRequest.answered_on.is_(None),
        func.coalesce(ClientRequest.outcome, "") != RequestOutcome.WITHDRAWN.value,
    ).limit(OF_A_TEAM)


def _by_code(session: Session, actor: Actor) -> _Rows:
    return [(row, code) for row, code in session.execute(_waits(_asked(actor)))]


def _of_the_team(session: Session, actor: Actor, now: datetime) -> _Rows:
    """What waits in cases on which this lead may decide: never one that was restricted to others."""
    led = {one.team_id or actor.team_id for one in actor.grants if one.role is Role.TEAM_LEAD}
    asked = _waits(_asked(actor).where(Case.team_id.in_(led - {None})))
    rows = [(row, code) for row, code in session.execute(asked)]
    standings = gatekeeping.standings(
        session, actor, {row.case_id for row, _ in rows if row.case_id}, now
    )
    return [
        (row, code)
        for row, code in rows
        if row.case_id in standings
        and may(Permission.CLIENT_REQUEST_DECIDE, standings[row.case_id])
    ]


def _known(
    session: Session, actor: Actor, request_id: str, now: datetime
) -> tuple[ClientRequest, str | None]:
    """A request for who reads by code. Raises `NotKnown`, and tells the log so."""
    found = (
        session.execute(_asked(actor).where(ClientRequest.id == request_id)).first()
        if BY_CODE & actor.roles
        else None
    )
    if found is None:
        denials.tell(actor, VIEW, now)
        raise NotKnown()
    return found[0], found[1]


def _counts(
    session: Session, actor: Actor, today: date
) -> dict[tuple[RequestKind, RequestOutcome | None], int]:
    rows = session.execute(
        select(ClientRequest.kind, ClientRequest.outcome).where(
            ClientRequest.organisation == actor.organisation,
            ClientRequest.asked_on > months_after(today, -12),
        )
    )
    return Counter(
        (RequestKind(kind), RequestOutcome(outcome) if outcome else None) for kind, outcome in rows
    )


def _words(session: Session, row: ClientRequest) -> Words:
    """What was written of a request in somebody's name, once the casework store knows the change that wrote it."""
    stores = houses.current().stores
    if not stores.is_unsealed(row.organisation):
        return SEALED
    with stores.reading_vault(row.organisation) as vault:
        found = vault.execute(
            select(GovernanceWords.words, GovernanceWords.change_id).where(
                GovernanceWords.about_id == row.id
            )
        ).first()
    if found is None or session.get(Change, found[1]) is None:
        return None
    return str(found[0])
