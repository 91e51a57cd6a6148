"""Deputies: who stands in for a colleague of a case team, from one day until another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import or_, select

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.last_days import ended_before
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import colleagues, gatekeeping, houses
from caseflow.services.gatekeeping import CaseChange
from caseflow.storage import dossiers
from caseflow.storage.models.cases import CaseTeamMember, RestrictedReader

STAND_IN: Final = (Role.CASEWORKER, Role.TEAM_LEAD)
"""Roles that do the work of a case team."""
DAYS_AT_MOST: Final = 42
"""Six weeks, the longest of holidays; whoever is needed longer is appointed again, or joins the case team.

Cover that nobody ends is a case team that nobody chose (GDPR art. 5(1)(c): no more readers than needed).
"""


@dataclass(frozen=True)
class DeputyView:
    """A colleague who stands in, or is going to."""

    id: str
    name: str
    deputy_for: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class DeputiesView:
    """Deputies of one case, and for whom on the case team somebody can stand in."""

    members: tuple[tuple[str, str], ...]
    deputies: tuple[DeputyView, ...]


def of_case(actor: Actor, case_id: str, now: datetime) -> DeputiesView:
    """Who stands in on a case, today or later, by first day. Raises `NotKnown`."""
    today = local(now).date()
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, Permission.CASE_ASSIGN, case_id, now)
        rows = _rows(dossiers.case_team_of(session, [case_id]).get(case_id, []), today)
        named = {one.user_id for one in rows} | {one.deputy_for for one in rows if one.deputy_for}
        names = {one: name for one, (name, _) in dossiers.colleagues(session, named).items()}
        return DeputiesView(
            tuple((one.user_id, names[one.user_id]) for one in rows if _belongs(one, today)),
            tuple(
                DeputyView(
                    one.id, names[one.user_id], names[one.deputy_for], one.from_on, one.until_on
                )
                for one in rows
                if one.deputy_for
            ),
        )


def appoint(
    actor: Actor,
    case_id: str,
    deputy: str,
    deputy_for: str,
    from_on: date,
    until_on: date,
    now: datetime,
) -> Refused | None:
    """Lets a colleague stand in for somebody of the case team; both days are inclusive. Raises `NotKnown`."""
    with gatekeeping.changing(
        actor,
        Permission.CASE_ASSIGN,
        case_id,
        "deputy_appointed",
        now,
        details={"account": deputy, "deputy_for": deputy_for, "from": from_on, "until": until_on},
    ) as change:
        session, today = change.work.casework, change.today
        rows = _rows(dossiers.case_team_of(session, [case_id]).get(case_id, []), today)
        on_the_team = {one.user_id for one in rows if _belongs(one, today)}
        organisation = change.dossier.case.organisation
        able = {one.id for one in colleagues.of_organisation(session, organisation, *STAND_IN)}
        if deputy_for not in on_the_team:
            return change.refuse(Refused(N_("Choose somebody of the case team to stand in for.")))
        if deputy not in able:
            return change.refuse(
                Refused(N_("Choose a caseworker or team lead of your organisation."))
            )
        if deputy in on_the_team:
            return change.refuse(
                Refused(N_("This colleague is on the case team already. Choose somebody else."))
            )
        if from_on < today:
            return change.refuse(
                Refused(N_("A deputy begins today or later. Choose another first day."))
            )
        if until_on < from_on:
            return change.refuse(
                Refused(N_("The last day is before the first one. Choose a later last day."))
            )
        if (until_on - from_on).days >= DAYS_AT_MOST:
            return change.refuse(_too_long())
        if change.dossier.client.restricted and not _reads(change, deputy):
            return change.refuse(
                Refused(
                    N_("This person has named readers only. Name this colleague as a reader first.")
                )
            )
        if any(one.deputy_for and one.user_id == deputy for one in rows):
            return change.refuse(
                Refused(N_("This colleague stands in on this case already. End that first."))
            )
        session.add(
            CaseTeamMember(
                case_id=case_id,
                user_id=deputy,
                deputy_for=deputy_for,
                from_on=from_on,
                until_on=until_on,
                change_id=change.work.id,
            )
        )
        return None


def end(actor: Actor, case_id: str, deputy_id: str, now: datetime) -> Refused | None:
    """Ends a deputyship, from the next request on. Raises `NotKnown`."""
    with gatekeeping.changing(
        actor,
        Permission.CASE_ASSIGN,
        case_id,
        "deputy_ended",
        now,
        details={"deputy": deputy_id},
    ) as change:
        row = change.work.casework.get(CaseTeamMember, deputy_id)
        if row is None or row.case_id != case_id or row.deputy_for is None:
            return change.refuse(Refused(N_("Nobody stands in here any more.")))
        row.until_on = ended_before(change.today)
        return None


def _too_long() -> Refused:
    sentence = N_(
        "A deputy stands in for at most %(days)s days. Choose an earlier last day.",
        days=DAYS_AT_MOST,
    )
    return Refused(sentence)


def _reads(change: CaseChange, user_id: str) -> bool:
    """Whether somebody is a named reader of this restricted client today."""
    row = change.work.casework.scalar(
        select(RestrictedReader.id).where(
            RestrictedReader.client_code == change.dossier.client.code,
            RestrictedReader.user_id == user_id,
            RestrictedReader.from_on <= change.today,
            or_(RestrictedReader.until_on.is_(None), RestrictedReader.until_on >= change.today),
        )
    )
    return row is not None


def _rows(rows: list[CaseTeamMember], today: date) -> list[CaseTeamMember]:
    """Those that count today or are going to; a row whose last day is before its first never counts."""
    return [
        one
        for one in rows
        if one.until_on is None or (one.until_on >= today and one.until_on >= one.from_on)
    ]


def _belongs(row: CaseTeamMember, today: date) -> bool:
    return row.deputy_for is None and row.from_on <= today
