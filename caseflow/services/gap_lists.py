"""What is missing in the records of one's own cases, or of the own team: counts, and the list to mend it from.

Only cases that this reader may open are counted or listed: a number would tell of the others. Coded facts alone, so it
works while the vaults are sealed; goals of the plan are words, and are looked for in the own cases while the vault is
open (`firewall.md` §3, notes and documents).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain import limits_ahead
from caseflow.domain.access import Permission, Standing, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.follow_ups import SOLUTIONS
from caseflow.domain.gaps import BY_TEAM, OF_CONSENT, OF_THE_PLAN, Gap
from caseflow.domain.local_days import local
from caseflow.domain.outcomes import BASES_OF
from caseflow.domain.plans import LineKind
from caseflow.domain.programmes import Programme
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.services import gatekeeping, houses, readings
from caseflow.services.caseload_views import Show
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, case_reaches, dossiers, words
from caseflow.storage import gaps as stored
from caseflow.storage.audit_log import Act
from caseflow.storage.case_reaches import Where
from caseflow.storage.gaps import Asked, Missing
from caseflow.storage.models.client_files import PlanLine

C, P = Compartment, Part
ROWS_A_PAGE: Final = 50
MENDED_BY: Final[Mapping[Gap, Permission]] = {
    Gap.NO_BASIS: Permission.EXIT_DECIDE,
    Gap.NO_ASSURANCE: Permission.EXIT_DECIDE,
    Gap.FOLLOW_UP_DUE: Permission.FOLLOW_UP_RECORD,
    Gap.FOLLOW_UP_UNKNOWN: Permission.FOLLOW_UP_RECORD,
    Gap.SILENT: Permission.NOTE_CREATE,
    Gap.NO_SCENARIO: Permission.SCENARIO_RECORD,
    Gap.NO_GOAL: Permission.PLAN_RECORD,
    Gap.NO_GENDER: Permission.PERSON_RECORD,
    Gap.NO_AGE: Permission.PERSON_RECORD,
    Gap.NOT_TOLD: Permission.AGREEMENT_RECORD,
    Gap.TOLD_OLDER: Permission.AGREEMENT_RECORD,
}
"""Which act mends a gap; for who may not do it, the list leads to the file."""


@dataclass(frozen=True)
class GapRow:
    """One case on the list to mend, by its client code alone."""

    case_id: str
    client_code: str
    programme: Programme
    on: date | None
    may_mend: bool
    """Whether this reader does the act themselves; else the row leads to the file."""


@dataclass(frozen=True)
class Gaps:
    """How many cases have each gap, and one page of those with one of them."""

    show: Show
    choices: tuple[Show, ...]
    counts: Mapping[Gap, int]
    gap: Gap | None
    rows: tuple[GapRow, ...] = ()
    page: int = 1
    pages: int = 1
    plan_is_sealed: bool = False
    """Whether goals were not looked for, as the vault is sealed."""

    @property
    def nothing_is_missing(self) -> bool:
        return not any(self.counts.values())


def gaps(
    actor: Actor, now: datetime, *, show: Show | None = None, gap: Gap | None = None, page: int = 1
) -> Gaps:
    """Counts of every gap, and fifty cases of one: the one asked for, or the first that is there.

    A lead looks at the team they lead or at their own cases, a caseworker at their own. The look at the rows is told
    first. Raises `NotKnown` for a role that carries no cases of its own.
    """
    if not may_at_all(Permission.GAPS_VIEW, actor.roles):
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    choices = _choices(actor)
    shown = show if show in choices else choices[0]
    with house.stores.reading() as session:
        where = _reach(actor, shown, today)
        asked, sealed = _asked(session, actor, where, shown, now)
        wanted = [
            *BY_TEAM,
            *OF_CONSENT,
            *(OF_THE_PLAN if shown is Show.MINE and not sealed else ()),
        ]
        told = stored.counts(session, where, asked, wanted)
        counts = {one: sum(told[one].values()) for one in Gap if one in told}
        chosen = gap if gap in counts else next((g for g, n in counts.items() if n), None)
        pages = max(1, -(-counts[chosen] // ROWS_A_PAGE)) if chosen else 1
        page = min(max(page, 1), pages)
        rows = _rows(session, actor, where, asked, chosen, page, now) if chosen else ()
    found = Gaps(shown, choices, counts, chosen, rows, page, pages, sealed)
    _tell(actor, found, now)
    return found


def asked_of_all(today: date, now: datetime) -> Asked:
    """What the rules of all programmes say that the store has to know."""
    programmes = houses.current().catalogue.programmes.values()
    return Asked(
        today,
        now,
        {one.id: one.follow_up_months for one in programmes},
        frozenset((outcome.value, basis.value if basis else None) for outcome, basis in SOLUTIONS),
        frozenset(outcome.value for outcome in BASES_OF),
        newest_texts={
            text.value: number
            for text, number in houses.current().information.newest_of_all.items()
        },
    )


def undecided(session: Session, where: Where, today: date) -> list[str]:
    """The cases whose last day has passed and nobody decided, as the clock says today (rule C4)."""
    found = dossiers.of_cases(session, stored.perhaps_undecided(session, where, today))
    told = (
        (case_id, readings.stay_clock(one, houses.current().programme(one.case.programme), today))
        for case_id, one in found.items()
    )
    wanted = limits_ahead.Standing.UNDECIDED
    return [case_id for case_id, clock in told if limits_ahead.standing(clock) is wanted]


def _choices(actor: Actor) -> tuple[Show, ...]:
    return (Show.TEAM, Show.MINE) if Role.TEAM_LEAD in actor.roles else (Show.MINE,)


def _reach(actor: Actor, show: Show, today: date) -> Where:
    if show is Show.MINE:
        return case_reaches.of_case_teams(actor.user_id, actor.organisation, today)
    led = {grant.team_id or actor.team_id for grant in actor.grants if grant.role is Role.TEAM_LEAD}
    teams = [team for team in led if team is not None]
    return case_reaches.of_teams(teams, actor.organisation, actor.user_id, today)


def _asked(
    session: Session, actor: Actor, where: Where, show: Show, now: datetime
) -> tuple[Asked, bool]:
    today = local(now).date()
    asked = replace(asked_of_all(today, now), undecided=undecided(session, where, today))
    if show is not Show.MINE:
        return asked, False
    without = _without_goal(session, actor, where)
    return (asked, True) if without is None else (replace(asked, without_goal=without), False)


def _without_goal(session: Session, actor: Actor, where: Where) -> list[str] | None:
    """Own cases in guidance whose plan has no goal; None while the vault is sealed."""
    house = houses.current()
    if not house.stores.is_unsealed(actor.organisation):
        return None
    cases = stored.in_guidance(session, where)
    with house.stores.reading_vault(actor.organisation) as vault:
        goals = words.visible(
            vault,
            session,
            PlanLine,
            set(cases.values()),
            where=[PlanLine.kind == LineKind.GOAL.value],
        )
        with_goal = {line.case_id for line in goals}
    return [case_id for case_id in cases if case_id not in with_goal]


def _rows(
    session: Session,
    actor: Actor,
    where: Where,
    asked: Asked,
    gap: Gap,
    page: int,
    now: datetime,
) -> tuple[GapRow, ...]:
    skip = (page - 1) * ROWS_A_PAGE
    found = stored.listed(session, where, asked, gap, skip=skip, limit=ROWS_A_PAGE)
    standings = gatekeeping.standings(session, actor, [one.case_id for one in found], now)
    return tuple(
        _row(one, gap, standings[one.case_id])
        for one in found
        if one.case_id in standings and _is_open(standings[one.case_id], gap)
    )


def _is_open(standing: Standing, gap: Gap) -> bool:
    """The gate has the last word on each row: whoever may not open the file sees no code of it."""
    sees = standing.vision(Surface.LIST)
    if gap in OF_CONSENT and not sees.sees(C.CONSENT, P.REST):
        return False
    return sees.sees(C.CASEWORK, P.REST) and may(Permission.CASE_OPEN, standing)


def _row(one: Missing, gap: Gap, standing: Standing) -> GapRow:
    act = MENDED_BY.get(gap)
    return GapRow(
        one.case_id,
        one.client_code,
        houses.current().programme(one.programme),
        one.on,
        act is not None and may(act, standing),
    )


def _tell(actor: Actor, found: Gaps, now: datetime) -> None:
    looked_for_goals = found.show is Show.MINE and not found.plan_is_sealed
    act = Act(
        "gaps_listed",
        actor,
        now,
        subjects=_codes(found.rows),
        details={"count": len(found.rows), "page": found.page}
        | ({"gap": found.gap.value} if found.gap else {}),
        permission=Permission.GAPS_VIEW.value,
        purpose=found.show.value,
        sensitivity="vault" if looked_for_goals else "casework",
    )
    audit_log.tell(houses.current().stores, act, result="shown")


def _codes(rows: Collection[GapRow]) -> tuple[str, ...]:
    return tuple(row.client_code for row in rows)
