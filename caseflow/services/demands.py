"""The register of demands: who sees which of them, and how far.

Director, privacy officer and FG see those of their organisation, by code; the words lie in its vault, for director and
privacy officer. Whoever wrote one down sees that one, without what was decided. Nothing here reads a case, and nobody's
name is asked for: a demand about somebody nobody knows looks the same (the firewall, §6; rules FW7 and FW11).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.demand_codes import Decider, DemandOutcome, Effect, HowDemanded, Scope, Verdict
from caseflow.domain.demand_silences import Silence, review_is_due
from caseflow.domain.demands import DemandFacts, Voice
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.services import denials, houses
from caseflow.services.demand_views import DemandLine, RegisterView
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.models.demands import (
    Demand,
    DemandDecision,
    DemandField,
    DemandGrant,
    DemandHandover,
    DemandHandoverField,
    DemandSilence,
)

A_PAGE: Final = 50
OPENS: Final = (Permission.DEMAND_RECORD, Permission.DEMANDS_VIEW)


def register(actor: Actor, now: datetime, page: int = 1) -> RegisterView:
    """What this reader sees of the register, what waits first; the look recorded first. Raises `NotKnown`."""
    guard(actor, *OPENS)
    house, today, page = houses.current(), local(now).date(), max(1, page)
    mine = seen_by(actor)
    with house.stores.reading() as session:
        count = session.scalar(select(func.count(Demand.id)).where(mine)) or 0
        rows = session.scalars(
            select(Demand)
            .where(mine)
            .order_by(
                Demand.outcome.is_not(None),
                case((Demand.outcome.is_(None), Demand.answer_by)).is_(None),
                case((Demand.outcome.is_(None), Demand.answer_by)),
                Demand.received_at.desc(),
                Demand.id,
            )
            .offset((page - 1) * A_PAGE)
            .limit(A_PAGE)
        ).all()
        found = lines(session, actor, list(rows), today)
    details = {"count": len(found), "page": page}
    act = act_of("demands_listed", actor, now, None, details, permission_of(actor))
    audit_log.tell(house.stores, act, result="shown")
    return RegisterView(
        found,
        page,
        max(1, -(-count // A_PAGE)),
        sees_all(actor),
        may_at_all(Permission.DEMAND_RECORD, actor.roles),
    )


def count_waiting(actor: Actor, today: date) -> int:
    """How many demands wait for this reader, for the navigation; counting is not a look, for it names nobody."""
    if not sees_all(actor):
        return 0
    own, is_open = Demand.organisation == actor.organisation, Demand.outcome.is_(None)
    waits: list[ColumnElement[bool]] = []
    if may_at_all(Permission.DEMAND_ASSESS, actor.roles):
        waits += [is_open, Demand.id.in_(_silences_due(today))]
    if may_at_all(Permission.DEMAND_RELEASE, actor.roles):
        ordered = and_(is_open, Demand.effect == Effect.ORDER.value)
        said = exists().where(
            DemandDecision.demand_id == Demand.id,
            DemandDecision.decider == Decider.DIRECTOR.value,
        )
        ready = exists().where(
            DemandHandover.demand_id == Demand.id, DemandHandover.released_at.is_(None)
        )
        waits += [and_(ordered, or_(~said, ready))]
    if may_at_all(Permission.DEMAND_SUPERVISE, actor.roles):
        waits += [Demand.fg_saw_at.is_(None)]
    with houses.current().stores.reading() as session:
        return session.scalar(select(func.count(Demand.id)).where(own, or_(*waits))) or 0


def guard(actor: Actor, *permissions: Permission) -> None:
    """Raises `NotKnown` for a colleague in no role that may do any of this."""
    if not any(may_at_all(permission, actor.roles) for permission in permissions):
        raise NotKnown()


def known(session: Session, actor: Actor, demand_id: str, now: datetime) -> Demand:
    """A demand that this reader sees. Raises `NotKnown`, and tells the log so."""
    row = session.scalars(select(Demand).where(Demand.id == demand_id, seen_by(actor))).first()
    if row is None:
        denials.tell(actor, permission_of(actor), now)
        raise NotKnown()
    return row


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Which demands this reader sees at all: those of the organisation, or those they wrote down."""
    own = Demand.organisation == actor.organisation
    return own if sees_all(actor) else and_(own, Demand.received_by == actor.user_id)


def sees_all(actor: Actor) -> bool:
    """Whether this reader sees the whole register of the organisation."""
    return may_at_all(Permission.DEMANDS_VIEW, actor.roles)


def permission_of(actor: Actor) -> Permission:
    """By which permission this reader is here: the widest one."""
    return Permission.DEMANDS_VIEW if sees_all(actor) else Permission.DEMAND_RECORD


def facts(session: Session, row: Demand, linked: int = 0) -> DemandFacts:
    """A stored demand as the domain knows it; `linked` is what only the vault can tell."""
    granted: dict[str, set[str]] = {}
    for decision_id, field in session.execute(
        select(DemandGrant.decision_id, DemandGrant.field).where(DemandGrant.demand_id == row.id)
    ):
        granted.setdefault(decision_id, set()).add(field)
    voices = tuple(
        Voice(
            Decider(one.decider),
            Verdict(one.verdict),
            one.recorded_by,
            frozenset(granted.get(one.id, ())),
        )
        for one in decisions(session, row.id)
    )
    handover = session.get(DemandHandover, row.id)
    ready = select(DemandHandoverField.field).where(DemandHandoverField.demand_id == row.id)
    return DemandFacts(
        local(row.received_at).date(),
        Effect(row.effect) if row.effect else None,
        named(session, row.id),
        voices,
        frozenset(session.scalars(ready)) if handover is not None else None,
        handover.prepared_by if handover is not None else None,
        linked,
        row.outcome is not None,
    )


def named(session: Session, demand_id: str) -> frozenset[str]:
    """The codes of what a demand names."""
    asked = select(DemandField.field).where(DemandField.demand_id == demand_id)
    return frozenset(session.scalars(asked))


def decisions(session: Session, demand_id: str) -> list[DemandDecision]:
    """What the three decided, in the order in which it was recorded."""
    return list(
        session.scalars(
            select(DemandDecision)
            .where(DemandDecision.demand_id == demand_id)
            .order_by(DemandDecision.recorded_at, entered_last(DemandDecision))
        )
    )


def silences(session: Session, demand_ids: list[str]) -> dict[str, list[DemandSilence]]:
    """Orders of silence and their reviews by demand, oldest first."""
    found: dict[str, list[DemandSilence]] = {}
    for row in session.scalars(
        select(DemandSilence)
        .where(DemandSilence.demand_id.in_(demand_ids))
        .order_by(DemandSilence.recorded_at, entered_last(DemandSilence))
    ):
        found.setdefault(row.demand_id, []).append(row)
    return found


def entered_last(model: type[Any]) -> ColumnElement[int]:
    """Which of two rows of one instant was written later."""
    return literal_column(f"{model.__tablename__}.rowid")


def as_silence(row: DemandSilence) -> Silence:
    """A stored order of silence as the domain knows it."""
    return Silence(local(row.recorded_at).date(), row.review_on)


def lines(
    session: Session, actor: Actor, rows: list[Demand], today: date
) -> tuple[DemandLine, ...]:
    """Demands as lines of the register; who sees only their own learns nothing of silence or of how they ended."""
    rules, all_of_it = houses.current().demands, sees_all(actor)
    silent = silences(session, [row.id for row in rows]) if all_of_it else {}
    found = []
    for row in rows:
        power, authority = rules.power(row.power), rules.authority(row.authority)
        is_open = row.outcome is None
        due = review_is_due(map(as_silence, silent.get(row.id, ())), today)
        found.append(
            DemandLine(
                row.id,
                row.received_at,
                authority.label if authority else Label(row.authority, row.authority),
                power.label if power else None,
                Scope(row.scope) if row.scope else None,
                HowDemanded(row.how),
                row.answer_by if all_of_it else None,
                row.answered_at,
                DemandOutcome(row.outcome) if row.outcome and all_of_it else None,
                all_of_it and is_open and row.answer_by is not None and row.answer_by < today,
                due,
                all_of_it and row.fg_saw_at is None,
            )
        )
    return tuple(found)


def act_of(
    event: str,
    actor: Actor,
    now: datetime,
    demand_id: str | None,
    details: Mapping[str, object],
    permission: Permission,
    *,
    words: bool = False,
) -> Act:
    """An act on a demand as the log tells it: never with a client as its subject, whom only the vault links."""
    return Act(
        event,
        actor,
        now,
        object_id=demand_id,
        details=details,
        permission=permission.value,
        purpose="demand",
        sensitivity="vault" if words else "governance",
    )


def _silences_due(today: date) -> Select[str]:
    """Demands whose newest order of silence waits for its review."""
    later = DemandSilence.__table__.alias("later")
    after: ColumnElement[bool] = literal_column("later.rowid") > entered_last(DemandSilence)
    newest = ~exists().where(
        later.c.demand_id == DemandSilence.demand_id,
        or_(
            later.c.recorded_at > DemandSilence.recorded_at,
            and_(later.c.recorded_at == DemandSilence.recorded_at, after),
        ),
    )
    return select(DemandSilence.demand_id).where(newest, DemandSilence.review_on <= today)
