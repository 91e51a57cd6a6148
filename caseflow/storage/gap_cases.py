"""What every question about a gap begins with: cases within a reach, without invented people."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Select, literal, null, select

from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.stay_limits import StartEvent
from caseflow.storage.case_reaches import Where
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import StartDate

RUNNING: Final = Case.stage.not_in([stage.value for stage in ENDED_STAGES])


def cases(on_day: Any, where: Where) -> Select[Any]:
    """Cases with their holder and the day that the list shows."""
    return (
        select(
            Case.id.label("case_id"),
            Case.organisation.label("organisation"),
            Case.team_id.label("team_id"),
            on_day.label("on_day"),
        )
        .join(Client, Client.code == Case.client_code)
        .where(Client.is_test.is_(False), *where)
    )


def application() -> Any:
    """The day of application."""
    return (
        select(StartDate.event_on)
        .where(
            StartDate.case_id == Case.id,
            StartDate.kind == StartEvent.APPLICATION.value,
            StartDate.mistaken_at.is_(None),
        )
        .order_by(StartDate.recorded_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def nothing(where: Where) -> Select[Any]:
    """No case at all, in the shape of an answer."""
    return cases(null(), where).where(literal(value=False))
