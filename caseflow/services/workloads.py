"""The workload of a team, for its lead: cases and late tasks of each colleague, and handing over many cases at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain import tasks
from caseflow.domain.access import Permission, Relation, Standing, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Stage
from caseflow.services import colleagues, gatekeeping, houses, intake
from caseflow.services.caseload_views import Show
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.vault_readings import HANDOVER
from caseflow.storage import audit_log, dossiers, relations
from caseflow.storage.audit_log import Act
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.cases import CaseTeamMember
from caseflow.storage.models.vault import Note
from caseflow.storage.stores import VaultSealed

CASE_TEAM: Final = (Role.CASEWORKER, Role.TEAM_LEAD)
CASES_AT_ONCE: Final = 50
NOTE_AT_MOST: Final = 2_000


@dataclass(frozen=True)
class Load:
    """What one colleague has on their hands in this team: counts, and nobody's name."""

    user_id: str
    name: str
    running: int
    after_exit: int
    open_tasks: int
    overdue_tasks: int
    silent: int
    """Cases in which nobody spoke to the person for weeks."""
    works: bool = True
    """False for who was suspended, or has no role for casework any more: nobody works on these cases."""


@dataclass(frozen=True)
class Workload:
    """The colleagues of the team with their loads, the fullest first, and how many cases nobody works on."""

    loads: tuple[Load, ...]
    without_team: int


@dataclass(frozen=True)
class HandedOver:
    """A case that can be handed over, as a list shows it."""

    case_id: str
    client_code: str
    call_name: str
    stage: Stage
    members: tuple[str, ...]
    """Ids of all who are on the case team in their own name."""
    restricted: bool = False


@dataclass(frozen=True)
class Handover:
    """Whose cases they are, and the cases."""

    user_id: str
    name: str
    cases: tuple[HandedOver, ...]


def workload(actor: Actor, now: datetime) -> Workload:
    """Counts of the cases that this lead assigns, by colleague. Raises `NotKnown` for who leads no team.

    A case of two colleagues counts for both; who stands in counts for nobody.
    """
    today = local(now).date()
    with houses.current().stores.reading() as session:
        led = _led(session, actor, now, today)
        teams = dossiers.case_team_of(session, led)
        of: dict[str, list[Dossier]] = {}
        works = {
            one.id for one in colleagues.of_organisation(session, actor.organisation, *CASE_TEAM)
        }
        alone = 0
        for case_id, dossier in led.items():
            mine = _members(teams.get(case_id, ()), today)
            alone += not works & set(mine) and Stage(dossier.case.stage) not in ENDED_STAGES
            for user_id in mine:
                of.setdefault(user_id, []).append(dossier)
        names = dossiers.colleagues(session, set(of))
        loads = [
            replace(
                _load(user_id, names.get(user_id, ("", None))[0], some, today),
                works=user_id in works,
            )
            for user_id, some in of.items()
        ]
    _tell(actor, (), len(led), now)
    loads.sort(key=lambda one: (one.works, -one.running, -one.overdue_tasks, one.name))
    return Workload(tuple(loads), alone)


def handover(actor: Actor, user_id: str, now: datetime) -> Handover:
    """The cases of one colleague that this lead can hand over, the look recorded. Raises `NotKnown`."""
    today = local(now).date()
    with houses.current().stores.reading() as session:
        led = _led(session, actor, now, today)
        teams = dossiers.case_team_of(session, led)
        mine = [
            dossier
            for case_id, dossier in led.items()
            if user_id in _members(teams.get(case_id, ()), today)
        ]
        if not mine:
            raise NotKnown()
        name = dossiers.colleagues(session, {user_id}).get(user_id, ("", None))[0]
        mine.sort(key=lambda one: (one.client.call_name.casefold(), one.client.code))
        cases = tuple(
            HandedOver(
                one.case.id,
                one.client.code,
                one.client.call_name,
                Stage(one.case.stage),
                tuple(_members(teams[one.case.id], today)),
                one.client.restricted,
            )
            for one in mine[:CASES_AT_ONCE]
        )
    _tell(actor, tuple(one.client_code for one in cases), len(cases), now)
    return Handover(user_id, name, cases)


def hand_over(
    actor: Actor,
    from_id: str,
    to_id: str,
    case_ids: Collection[str],
    words: str | None,
    now: datetime,
) -> Refused | int:
    """Gives cases of one colleague to another, each in a change of its own, and answers how many.

    The handover note goes into the vault of each case, so with one nothing is handed over while it is sealed.
    Who stands in for the colleague who goes leaves too. Raises `NotKnown` for a case that this lead does not assign,
    or that is not this colleague's, before any case is changed; and `VaultSealed`.
    """
    told = (words or "").strip()
    refused, known = _checked(actor, from_id, to_id, case_ids, told, now)
    if refused is not None:
        return refused
    done = 0
    for case_id in sorted(set(case_ids)):
        members = (known[case_id] - {from_id}) | {to_id}
        outcome = _hand_over(actor, members, case_id, told, now)
        if isinstance(outcome, Refused):
            return outcome if not done else _halfway(done, outcome)
        done += 1
    return done


def _halfway(done: int, refused: Refused) -> Refused:
    return Refused(
        N_(
            "%(count)s cases were handed over, the others were not: %(reason)s",
            count=done,
            reason=refused.reason,
        )
    )


def refusal(
    actor: Actor,
    from_id: str,
    to_id: str,
    case_ids: Collection[str],
    words: str | None,
    now: datetime,
) -> Refused | None:
    """Why these cases cannot be handed over so, before a code is asked for it. Raises as `hand_over` does."""
    return _checked(actor, from_id, to_id, case_ids, (words or "").strip(), now)[0]


def _checked(
    actor: Actor, from_id: str, to_id: str, case_ids: Collection[str], told: str, now: datetime
) -> tuple[Refused | None, dict[str, set[str]]]:
    """What stands in the way, and who is on each case that this lead can hand over."""
    found = {one.case_id: one for one in handover(actor, from_id, now).cases}
    known = {case_id: set(one.members) for case_id, one in found.items()}
    if not case_ids:
        return Refused(N_("Choose at least one case.")), known
    if not set(case_ids) <= set(known):
        raise NotKnown()
    if to_id == from_id or to_id not in {one.id for one in colleagues.offered(actor, *CASE_TEAM)}:
        return Refused(N_("Choose another colleague, who works on cases.")), known
    if len(told) > NOTE_AT_MOST:
        return Refused(
            N_("Use at most %(most)s characters for the note.", most=NOTE_AT_MOST)
        ), known
    if told and not houses.current().stores.is_unsealed(actor.organisation):
        raise VaultSealed(actor.organisation)
    return _closed_to(to_id, [found[one] for one in set(case_ids)], now), known


def _closed_to(to_id: str, cases: Collection[HandedOver], now: datetime) -> Refused | None:
    """Why somebody cannot take restricted cases: only named readers read them, whoever is on the case team."""
    codes = {one.client_code for one in cases if one.restricted}
    with houses.current().stores.reading() as session:
        codes -= relations.restricted_to(session, to_id, codes, local(now).date())
    if not codes:
        return None
    return Refused(
        N_(
            "%(codes)s can be read by named readers alone, and the colleague you chose is none of them. "
            "Name the colleague on the page of the case first, or leave it out.",
            codes=", ".join(sorted(codes)),
        )
    )


def _hand_over(
    actor: Actor, members: set[str], case_id: str, told: str, now: datetime
) -> Refused | None:
    with gatekeeping.changing(
        actor,
        Permission.CASE_ASSIGN,
        case_id,
        "case_assigned",
        now,
        details={"members": tuple(sorted(members))},
        words=bool(told),
    ) as change:
        refused = intake.choose(change, members)
        if refused is not None:
            return refused
        if told:
            change.work.vault.add(
                Note(
                    case_id=case_id,
                    kind=HANDOVER,
                    contact_on=change.today,
                    words=told,
                    about_third_person=False,
                    corrects_id=None,
                    **change.written(),
                )
            )
        return None


def _led(session: Session, actor: Actor, now: datetime, today: date) -> dict[str, Dossier]:
    """The cases that this lead assigns."""
    if not may_at_all(Permission.CASE_ASSIGN, actor.roles):
        raise NotKnown()
    ids = list(relations.within_reach(session, actor, now, today))
    standings = gatekeeping.standings(session, actor, ids, now)
    return dossiers.of_cases(session, [i for i in ids if i in standings and _leads(standings[i])])


def _leads(standing: Standing) -> bool:
    return Relation.LEADS_TEAM in standing.words and may(Permission.CASE_ASSIGN, standing)


def _members(rows: Collection[CaseTeamMember], today: date) -> list[str]:
    """Who is on the case team today in their own name."""
    return [
        row.user_id
        for row in rows
        if row.deputy_for is None and row.from_on <= today <= (row.until_on or today)
    ]


def _load(user_id: str, name: str, some: Collection[Dossier], today: date) -> Load:
    running = [one for one in some if Stage(one.case.stage) not in ENDED_STAGES]
    days = [task.due_on for one in some for task in one.tasks]
    return Load(
        user_id,
        name,
        len(running),
        len(some) - len(running),
        len(days),
        tasks.overdue(days, today),
        sum(tasks.is_silent(one.case.last_contact_on or _began(one), today) for one in running),
    )


def _began(dossier: Dossier) -> date:
    """The day of the application."""
    return min(
        (one.event_on for one in dossier.starts if one.kind == "application"),
        default=local(dossier.case.opened_at).date(),
    )


def _tell(actor: Actor, subjects: tuple[str, ...], count: int, now: datetime) -> None:
    audit_log.tell(
        houses.current().stores,
        Act(
            "caseload_listed",
            actor,
            now,
            subjects=subjects,
            details={"count": count, "page": 1},
            permission=Permission.CASE_ASSIGN.value,
            purpose=Show.TEAM.value,
        ),
        result="shown",
    )
