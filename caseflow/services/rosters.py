"""Rosters: who is on duty for a team or a whole organisation, for some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.messages import N_
from caseflow.domain.rosters import may_be_on_duty
from caseflow.services import colleagues, houses
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import audit_log, changes, dossiers
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import RosterShift, Team
from caseflow.storage.models.bases import new_id

ON_DUTY: Final = (Role.CASEWORKER, Role.TEAM_LEAD)
"""Roles that are on duty for cases."""
ON_DUTY_ALREADY: Final = Refused(
    N_(
        "This colleague is on duty for these cases already then. End that shift first, or choose another time."
    )
)


@dataclass(frozen=True)
class ShiftView:
    """Somebody on duty, now or later; no team means the whole organisation."""

    id: str
    name: str
    team: str | None
    starts_at: datetime
    ends_at: datetime


def moment(day: date, hour: int) -> datetime:
    """The instant at which a clock on the wall shows this hour of this day."""
    return datetime.combine(day, time(hour), AMSTERDAM).astimezone(UTC)


def teams(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Ids and names of the teams that the actor leads, by name. Raises `NotKnown` for who leads none."""
    led = _led(actor)
    with houses.current().stores.reading() as session:
        rows = session.execute(
            select(Team.id, Team.name).where(Team.id.in_(led)).order_by(Team.name)
        )
        return tuple((team_id, name) for team_id, name in rows)


def roster(actor: Actor, now: datetime) -> tuple[ShiftView, ...]:
    """Shifts of the led teams and of the organisation that are not over, by beginning.

    Raises `NotKnown` for who leads no team.
    """
    led, house = _led(actor), houses.current()
    with house.stores.reading() as session:
        rows = session.scalars(
            select(RosterShift)
            .where(
                RosterShift.organisation == actor.organisation,
                RosterShift.ends_at > now,
                or_(RosterShift.team_id.is_(None), RosterShift.team_id.in_(led)),
            )
            .order_by(RosterShift.starts_at, RosterShift.id)
        ).all()
        names = dossiers.colleagues(session, {one.user_id for one in rows})
        named = session.execute(select(Team.id, Team.name).where(Team.id.in_(led)))
        team_names = {one.id: one.name for one in named}
        found = tuple(
            ShiftView(
                one.id,
                names[one.user_id][0],
                team_names[one.team_id] if one.team_id else None,
                one.starts_at,
                one.ends_at,
            )
            for one in rows
        )
    audit_log.tell(
        house.stores,
        Act(
            "roster_listed",
            actor,
            now,
            details={"count": len(found)},
            permission=Permission.ROSTER_ENTER.value,
            purpose="staff_accounts",
            sensitivity="accounts",
        ),
        result="shown",
    )
    return found


def enter(
    actor: Actor,
    user_id: str,
    team_id: str | None,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
) -> str | Refused:
    """Puts a colleague on duty for a led team, or for the whole organisation; answers the id of the shift.

    Nobody puts themselves on duty: a shift opens files. Raises `NotKnown` for who leads no team.
    """
    led, house = _led(actor), houses.current()
    shift_id = new_id()
    act = _act(
        "roster_entered",
        actor,
        now,
        shift_id,
        {"account": user_id, "team": team_id, "from": starts_at, "until": ends_at},
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.ROSTER_ENTER)
        able = colleagues.of_organisation(work.casework, actor.organisation, *ON_DUTY)
        if user_id not in {one.id for one in able}:
            return work.refuse(
                Refused(N_("Choose a caseworker or team lead of your organisation."))
            )
        if user_id == actor.user_id:
            return work.refuse(
                Refused(N_("Nobody puts themselves on duty. Ask another team lead."))
            )
        if team_id is not None and team_id not in led:
            return work.refuse(Refused(N_("Choose a team that you lead.")))
        allowed = may_be_on_duty(starts_at, ends_at, now)
        if not allowed:
            return work.refuse(allowed)
        if _is_on_duty(work.casework, user_id, team_id, starts_at, ends_at):
            return work.refuse(ON_DUTY_ALREADY)
        work.casework.add(
            RosterShift(
                id=shift_id,
                user_id=user_id,
                organisation=actor.organisation,
                team_id=team_id,
                starts_at=starts_at,
                ends_at=ends_at,
                entered_by=actor.user_id,
            )
        )
    return shift_id


def _is_on_duty(
    session: Session, user_id: str, team_id: str | None, starts_at: datetime, ends_at: datetime
) -> bool:
    """Whether another shift opens these cases to this colleague in some of that time."""
    return (
        session.scalar(
            select(RosterShift.id).where(
                RosterShift.user_id == user_id,
                or_(RosterShift.team_id.is_(None), RosterShift.team_id == team_id),
                RosterShift.starts_at < ends_at,
                RosterShift.ends_at > starts_at,
            )
        )
        is not None
    )


def end(actor: Actor, shift_id: str, now: datetime) -> Refused | None:
    """Ends a shift now, or takes back one that has not begun. Raises `NotKnown` for who leads no team."""
    led, house = _led(actor), houses.current()
    act = _act("roster_ended", actor, now, shift_id, {})
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.ROSTER_ENTER)
        row = work.casework.get(RosterShift, shift_id)
        if (
            row is None
            or row.organisation != actor.organisation
            or row.team_id not in {None, *led}
            or row.ends_at <= now
        ):
            return work.refuse(Refused(N_("This shift is over already.")))
        row.starts_at, row.ends_at = min(row.starts_at, now), now
    return None


def _led(actor: Actor) -> frozenset[str]:
    if not may_at_all(Permission.ROSTER_ENTER, actor.roles):
        raise NotKnown()
    led = {one.team_id or actor.team_id for one in actor.grants if one.role is Role.TEAM_LEAD}
    return frozenset(team for team in led if team is not None)


def _act(event: str, actor: Actor, now: datetime, shift_id: str, details: dict[str, object]) -> Act:
    return Act(
        event,
        actor,
        now,
        object_id=shift_id,
        details=details,
        permission=Permission.ROSTER_ENTER.value,
        purpose="staff_accounts",
        sensitivity="accounts",
    )
