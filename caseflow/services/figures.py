"""Exact figures of a programme or group, for those who may see them; nothing here leaves the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.incidences import MONTHS_SHOWN, TimeToSolution, time_to_solution
from caseflow.domain.indicators import Figure, Indicator, figures
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Group, Programme
from caseflow.domain.tallies import Stocks, Tally, tallies
from caseflow.services import houses, kept_tallies
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.solvers.incidence_curves import incidence
from caseflow.storage import audit_log, episodes, waiting_counts
from caseflow.storage.audit_log import Act


def scopes_of(actor: Actor, *roles: Role) -> tuple[str, ...]:
    """Programmes and groups that concern this colleague in one of these roles, by id.

    A grant that names a programme counts for that one; a grant without one, for every programme the
    colleague's organisation takes part in or keeps, and every group it answers for.
    """
    catalogue = houses.current().catalogue
    if actor.is_command:
        return tuple(sorted([*catalogue.programmes, *catalogue.groups]))
    found: set[str] = set()
    for grant in actor.grants:
        if grant.role not in roles:
            continue
        if grant.programme is not None:
            found.add(grant.programme)
            continue
        found |= {
            programme.id
            for programme in catalogue.programmes.values()
            if grant.organisation in programme.organisations
            or grant.organisation == programme.keeper
        }
        found |= {g.id for g in catalogue.groups.values() if g.owner == grant.organisation}
    return tuple(sorted(found))


def named_scopes(actor: Actor, *roles: Role) -> tuple[tuple[str, Label], ...]:
    """The same with their names; an id that no file describes any more is left out."""
    catalogue = houses.current().catalogue
    known: dict[str, Programme | Group] = {**catalogue.programmes, **catalogue.groups}
    return tuple((scope, known[scope].name) for scope in scopes_of(actor, *roles) if scope in known)


def meaning(figure: Figure) -> Indicator:
    """What a figure is called, whom it counts, and where its definition comes from."""
    return houses.current().indicators[figure.indicator]


def counted(house: House, scope: str, as_of: date, known_on: date | None = None) -> Tally:
    """One pass over the episodes of a programme or group, as known now or on a day.

    Raises `KeyError` for an unknown id. What is counted stands in casework as codes, so that a sealed vault changes no
    figure.
    """
    return counted_on(house, scope, (as_of,), known_on)[0]


def counted_on(
    house: House, scope: str, days: Sequence[date], known_on: date | None = None
) -> list[Tally]:
    """The same at several cut-offs, in one pass: five cost little more than one. Raises as `counted` does."""
    members = house.catalogue.members(scope)
    programmes = {one: house.catalogue.programmes[one] for one in members}
    with house.stores.reading() as session:
        return tallies(
            episodes.of_programmes(session, programmes, days, known_on),
            members,
            days,
            transfers=house.indicators.transfers,
            known_on=known_on,
            milestones=episodes.milestones(session, members, known_on),
            follow_up_months=house.indicators.follow_up_months,
            stocks=[
                Stocks(
                    waiting_counts.waiting_on(session, members, day, known_on),
                    capacity_of(programmes.values(), day),
                )
                for day in days
            ],
        )


def capacity_of(programmes: Iterable[Programme], day: date) -> int | None:
    """How many places these programmes have together on a day; None where of one of them no number is known."""
    places = [
        None if one is None else one.places for one in (p.capacity_on(day) for p in programmes)
    ]
    known = [one for one in places if one is not None]
    return sum(known) if known and len(known) == len(places) else None


def exact(
    actor: Actor, scope: str, as_of: date, now: datetime, known_on: date | None = None
) -> list[Figure] | Refused:
    """Every indicator of a programme or group at a cut-off, exact. Raises `NotKnown` for others.

    A cut-off that has not come is refused: its figures would still change.
    """
    found = tallied(actor, scope, as_of, now, known_on)
    return found if isinstance(found, Refused) else figures(houses.current().indicators, found)


def tallied(
    actor: Actor, scope: str, as_of: date, now: datetime, known_on: date | None = None
) -> Tally | Refused:
    """What every exact figure is computed from, for whom they concern; the look is told first. Raises as `exact` does.

    `known_on` counts what was recorded by that day, and cannot lie in the future either.
    """
    refused = may_count(actor, scope, as_of, now, known_on)
    if refused is not None:
        return refused
    _tell_look(actor, scope, as_of, now)
    return kept_tallies.kept(houses.current(), scope, as_of, known_on, counted)


def tallied_on(
    actor: Actor, scope: str, days: Sequence[date], now: datetime
) -> list[Tally] | Refused:
    """The same at several cut-offs, as known now; one look is told, by the latest of them. Raises as `exact` does."""
    refused = may_count(actor, scope, max(days), now)
    if refused is not None:
        return refused
    _tell_look(actor, scope, max(days), now)
    return kept_tallies.kept_on(houses.current(), scope, days, None, counted_on)


def _tell_look(actor: Actor, scope: str, as_of: date, now: datetime) -> None:
    house = houses.current()
    audit_log.tell(
        house.stores,
        Act(
            "figures_viewed",
            actor,
            now,
            details={"scope": scope, "as_of": as_of},
            permission=Permission.FIGURES_VIEW.value,
            purpose="figures",
            sensitivity="figures",
        ),
        result="shown",
    )


def may_count(
    actor: Actor, scope: str, as_of: date, now: datetime, known_on: date | None = None
) -> Refused | None:
    """Why this cannot be counted; None where it can. Raises `NotKnown` for whom it does not concern."""
    concerned = scopes_of(actor, Role.TEAM_LEAD, Role.PROGRAMME_MANAGER)
    if not actor.is_command and not may_at_all(Permission.FIGURES_VIEW, actor.roles):
        raise NotKnown()
    if scope not in concerned:
        if actor.is_command:
            return Refused(N_("There is no such programme or group. See config/programmes."))
        raise NotKnown()
    today = local(now).date()
    if as_of > today:
        return Refused(N_("The cut-off lies in the future. Choose today or an earlier day."))
    if known_on is not None and known_on > today:
        return Refused(
            N_("Nobody knows yet what will be recorded. Choose today or an earlier day.")
        )
    return None


def over_time(
    actor: Actor, scope: str, as_of: date, now: datetime, known_on: date | None = None
) -> TimeToSolution | Refused:
    """How soon people leave a programme or group, and how, with competing risks. Raises as `exact` does."""
    found = tallied(actor, scope, as_of, now, known_on)
    return found if isinstance(found, Refused) else curve_of(found, known_on)


def curve_of(found: Tally, known_on: date | None = None) -> TimeToSolution:
    """The same of a tally that somebody may see who has it in hand."""
    curve = incidence(found.durations, MONTHS_SHOWN)
    return time_to_solution(curve, houses.current().indicators, found.as_of, known_on)
