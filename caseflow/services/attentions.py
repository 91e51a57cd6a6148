"""Attention: looks without relation that stand out are raised, once, for the privacy officer to review (rule FW13).

Counted over the log every few minutes, and once a night for whatever was missed; a code that nobody has is told
at once. Nothing that was typed is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.attentions import COUNTED, AttentionKind, Limits, Look, Notice, notices
from caseflow.services import houses
from caseflow.services.job_runs import Worked
from caseflow.storage import changes, recorded_looks
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.governance import Attention
from caseflow.storage.recorded_looks import RecordedLook

SOON: Final = timedelta(hours=2)
"""How far back the count of every few minutes looks: the window, and what ran late."""
AGAIN: Final = timedelta(days=8)
"""How far back the nightly count looks: a machine that stood still for a week misses nothing."""
_KINDS: Final = {
    "access_denied": AttentionKind.DENIALS,
    "glass_broken": AttentionKind.GLASSES,
    "case_opened": AttentionKind.TEAM_LOOKS,
}


def limits() -> Limits:
    """From how many looks on somebody should ask, as configured."""
    chosen = houses.current().settings.attention
    return Limits(
        timedelta(minutes=chosen.window_minutes),
        {
            AttentionKind.DENIALS: chosen.denials,
            AttentionKind.GLASSES: chosen.broken_glasses,
            AttentionKind.TEAM_LOOKS: chosen.team_looks,
        },
    )


def notice(actor: Actor, since: datetime, now: datetime) -> Worked:
    """Raises what stands out in the log since then; asked again, it raises nothing twice."""
    house = houses.current()
    looks = (_look(one) for one in recorded_looks.without_relation(house.stores, since))
    raised = sum(_raised(actor, one, now) for one in notices(looks, _known(since), limits()))
    return Worked(raised)


def _look(one: RecordedLook) -> Look:
    return Look(one.user_id, one.organisation, _KINDS[one.event], one.thing, one.at)


def _known(since: datetime) -> dict[tuple[str, AttentionKind], list[tuple[datetime, datetime]]]:
    """The windows raised before that reach into the time that is counted."""
    found: dict[tuple[str, AttentionKind], list[tuple[datetime, datetime]]] = {}
    with houses.current().stores.reading() as session:
        for row in session.scalars(
            select(Attention).where(Attention.until_at > since, Attention.kind.in_(COUNTED))
        ):
            key = (row.user_id, AttentionKind(row.kind))
            found.setdefault(key, []).append((row.from_at, row.until_at))
    return found


def _raised(actor: Actor, one: Notice, now: datetime) -> bool:
    """Raises one; False where another process was first."""
    attention_id = new_id()
    act = Act(
        "attention_raised",
        actor,
        now,
        object_id=attention_id,
        details={"account": one.user_id, "kind": one.kind.value, "looks": one.looks},
    )
    try:
        with changes.change(houses.current().stores, act) as work:
            work.casework.add(
                Attention(
                    id=attention_id,
                    organisation=one.organisation,
                    user_id=one.user_id,
                    kind=one.kind.value,
                    from_at=one.from_at,
                    until_at=one.until_at,
                    looks=one.looks,
                    raised_at=now,
                    change_id=work.id,
                )
            )
    except IntegrityError:
        return False
    return True


def unknown_code(actor: Actor, purpose: str, now: datetime) -> None:
    """Tells the privacy officer that somebody broke glass on a code that nobody here has.

    The code is kept nowhere. Further ones within the window, until somebody reviews them, count up.
    """
    act = Act(
        "glass_not_there",
        actor,
        now,
        details={"purpose": purpose},
        permission=Permission.GLASS_BREAK.value,
        purpose=purpose,
        emergency=True,
    )
    with changes.change(houses.current().stores, act) as work:
        row = work.casework.scalars(
            select(Attention)
            .where(
                Attention.user_id == actor.user_id,
                Attention.kind == AttentionKind.UNKNOWN_CODES.value,
                Attention.from_at > now - limits().window,
                Attention.verdict.is_(None),
            )
            .limit(1)
        ).first()
        if row is not None:
            row.looks, row.until_at = row.looks + 1, now
            return
        work.casework.add(
            Attention(
                id=new_id(),
                organisation=actor.organisation,
                user_id=actor.user_id,
                kind=AttentionKind.UNKNOWN_CODES.value,
                from_at=now,
                until_at=now,
                looks=1,
                raised_at=now,
                change_id=work.id,
            )
        )
