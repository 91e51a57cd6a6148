"""The client's own list of who looked at their file: acts of the log in words for the person they are about.

Functions instead of names, kinds of things instead of fields, one line for what happened often on a day. The words are
plain (B1), because the paper is read at a kitchen table. Sources: GDPR art. 12(1) and 15(1)(c), rule FW13.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.domain.access import Relation
from caseflow.domain.actors import SYSTEM, Role
from caseflow.domain.event_groups import EventGroup, group_of
from caseflow.domain.event_kinds import READ
from caseflow.domain.events import EVENTS
from caseflow.domain.glass import PURPOSE_NAMES
from caseflow.domain.look_purposes import REVIEW_PURPOSES, strongest
from caseflow.domain.messages import N_, Message
from caseflow.domain.own_list_deeds import DEEDS, LOOKED, WROTE
from caseflow.domain.redaction import Compartment


@dataclass(frozen=True)
class Trace:
    """One act that was about the client: on which local day, by whom, standing how."""

    on: date
    event: str
    user_id: str
    roles: frozenset[str]
    relations: frozenset[str]
    compartments: frozenset[str]
    purpose: str
    emergency: bool
    deputises: bool
    organisation: str = ""
    """Whose colleague it was."""


@dataclass(frozen=True)
class Line:
    """What somebody in one function did on a day, how often, and how many people that were."""

    who: Message
    names: tuple[str, ...]
    """Work names, where the client asked for them; else none."""
    what: Message
    why: Message | None
    things: tuple[Message, ...]
    times: int
    people: int
    emergency: bool


@dataclass(frozen=True)
class Day:
    """One day of the list."""

    on: date
    lines: tuple[Line, ...]


_BY_RELATION: Final[Mapping[Relation, Message]] = {
    Relation.CASE_TEAM: N_("Your caseworker"),
    Relation.LEADS_TEAM: N_("The team lead of your caseworker"),
    Relation.BROKEN_GLASS: N_("Somebody who does not work with you"),
    Relation.ON_DUTY: N_("A colleague on duty"),
    Relation.ACCOMPANYING: N_("The health worker who goes with you"),
    Relation.INTAKE_DESK: N_("The intake desk"),
    Relation.PLACES: N_("The coordinator of the shelter"),
    Relation.SHELTERS: N_("The coordinator of the other organisation where you sleep"),
    Relation.HOUSES: N_("The coordinator of the shelter"),
    Relation.OWN_SITE: N_("A worker of the house where you sleep"),
    Relation.OWN_SITE_TONIGHT: N_("The night shift of the house where you sleep"),
    Relation.BEDSIDE: N_("A worker of the house where you sleep"),
    Relation.TEAM: N_("A colleague of your caseworker"),
}
_DEPUTY: Final = N_("Who stands in for your caseworker")
_BY_ROLE: Final[Mapping[str, Message]] = {
    Role.PRIVACY_OFFICER: N_("The privacy officer"),
    Role.FG: N_("The data protection officer"),
    Role.LEGAL_COUNSELLOR: N_("The legal counsellor"),
    Role.HEALTH_WORKER: N_("The health worker"),
    Role.CASEWORKER: N_("A caseworker"),
    Role.TEAM_LEAD: N_("A team lead"),
    Role.COORDINATOR: N_("The coordinator of the shelter"),
    Role.FINANCE: N_("A worker of finance"),
    Role.AUDITOR: N_("An accountant"),
    Role.RESIDENTIAL_WORKER: N_("A worker of the house where you sleep"),
    Role.NIGHT_WORKER: N_("The night shift of the house where you sleep"),
    Role.INTAKE_DESK: N_("The intake desk"),
    Role.MUNICIPAL_DECISION_MAKER: N_("Somebody who decides for the city"),
}
_ITSELF: Final = N_("The computer, by itself")
_SOMEBODY: Final = N_("A worker of the office")

THINGS: Final[Mapping[str, Message]] = {
    Compartment.IDENTITY: N_("your name and date of birth"),
    Compartment.CONTACT: N_("how to reach you"),
    Compartment.CASEWORK: N_("the steps you take with us"),
    Compartment.SHELTER: N_("where you sleep"),
    Compartment.NOTES: N_("notes of conversations"),
    Compartment.IMMIGRATION: N_("your procedures"),
    Compartment.LAWYER_CORRESPONDENCE: N_("letters of your lawyer"),
    Compartment.LEGAL_NOTES: N_("notes of the legal counsellor"),
    Compartment.HEALTH: N_("what you need for your health"),
    Compartment.EMERGENCY_CARD: N_("your emergency card"),
    Compartment.SAFETY: N_("your safety"),
    # never words of its own: a paper may be read by whoever did the harm
    Compartment.SAFE_REPORTING: N_("your safety"),
    Compartment.MONEY: N_("your living allowance"),
    Compartment.CONSENT: N_("what you agreed to"),
}
"""Kinds of things a file has. That somebody could see one does not say that there is anything in it."""

LEFT_OUT: Final = frozenset(
    {"separation_recorded", "separation_ended", "house_pair_recorded", "house_pair_ended"}
    | {"complaint_recorded", "complaint_given", "complaint_acknowledged", "complaint_answered"}
    | {"complaints_listed", "complaint_opened"}
    | {event for event in EVENTS if event.startswith("demand_")}
)
"""Acts that name two people: on paper, one side would learn of the other's safety plan. Those on a complaint: the list
is printed by the case team, about whom the complaint may be. And those on a demand, which has lines of its own, or none
where silence is ordered."""
_OUTSIDERS: Final = frozenset({Role.AUDITOR, Role.MUNICIPAL_DECISION_MAKER})
_FROM_OUTSIDE: Final = frozenset({Relation.REFERRED, Relation.SHELTERS})


_KNOWN: Final = frozenset(one.value for one in Relation)
_WHY: Final[Mapping[str, Message]] = {
    **{
        code: N_("all files were gone through: %(why)s", why=words)
        for code, words in REVIEW_PURPOSES.items()
    },
    **{code.value: words for code, words in PURPOSE_NAMES.items()},
}
"""Why, where the function does not say it: the reason of a broken glass, or a list that was gone through."""


def days(traces: Iterable[Trace], names: Mapping[str, str] | None = None) -> tuple[Day, ...]:
    """The list, newest day first; in a day, emergencies first. With `names`, work names stand beside functions.

    A look at a list says nothing of how somebody stands to each person on it; whoever opened the file as caseworker
    that day, else on another day of the list, is called so there too.
    """
    by_day: dict[date, list[Trace]] = {}
    for one in traces:
        if one.event not in LEFT_OUT:
            by_day.setdefault(one.on, []).append(one)
    ever = _standings(one for some in by_day.values() for one in some)
    return tuple(
        Day(on, _lines(by_day[on], ever | _standings(by_day[on]), names))
        for on in sorted(by_day, reverse=True)
    )


def function_of(trace: Trace, stood: frozenset[str] = frozenset()) -> Message:
    """In which function somebody did this: by the relation it was for, else as they stood that day, or their role."""
    if trace.user_id == SYSTEM:
        return _ITSELF
    if trace.relations and trace.purpose in _KNOWN:
        found: Relation | None = Relation(trace.purpose)
    else:
        stands = trace.relations or stood
        found = strongest(frozenset(Relation(one) for one in stands if one in _KNOWN))
    if found is Relation.CASE_TEAM and trace.deputises:
        return _DEPUTY
    if (
        found is not None and found in _BY_RELATION
    ):  # a referral says which role was asked, so the role is named
        return _BY_RELATION[found]
    return next((words for role, words in _BY_ROLE.items() if role in trace.roles), _SOMEBODY)


def is_from_outside(trace: Trace, organisations: frozenset[str]) -> bool:
    """Whether somebody looked who does not work with the client from day to day: another organisation than those that
    hold the file, a counsellor who was asked, an accountant, whoever decides for the city, or a broken glass."""
    if trace.user_id == SYSTEM or trace.event in LEFT_OUT:
        return False
    broke = Relation.BROKEN_GLASS in trace.relations or trace.event.startswith("glass_")
    return (
        trace.organisation not in organisations
        or bool(_OUTSIDERS & trace.roles)
        or (bool(_FROM_OUTSIDE & trace.relations) and Relation.CASE_TEAM not in trace.relations)
        or (broke and trace.event != "glass_reviewed")
    )


def deed_of(event: str) -> Message:
    """What was done."""
    kind = EVENTS.get(event)
    return DEEDS.get(event) or (LOOKED if kind is not None and kind.action == READ else WROTE)


def _standings(traces: Iterable[Trace]) -> dict[str, frozenset[str]]:
    """Every relation in which each colleague acted; who acted in none is missing."""
    stood: dict[str, frozenset[str]] = {}
    for one in traces:
        if one.relations:
            stood[one.user_id] = stood.get(one.user_id, frozenset()) | one.relations
    return stood


def _lines(
    traces: list[Trace], stood: Mapping[str, frozenset[str]], names: Mapping[str, str] | None
) -> tuple[Line, ...]:
    found: dict[tuple[object, ...], list[Trace]] = {}
    for one in traces:
        who = function_of(one, stood.get(one.user_id, frozenset()))
        why = one.purpose if one.purpose in _WHY else ""
        key = (who.text, deed_of(one.event).text, why, one.compartments, one.emergency)
        found.setdefault(key, []).append(one)
    lines = [_line(some, stood, names) for some in found.values()]
    return tuple(sorted(lines, key=_order))


def _line(
    traces: list[Trace], stood: Mapping[str, frozenset[str]], names: Mapping[str, str] | None
) -> Line:
    first = traces[0]
    people = {one.user_id for one in traces} - {SYSTEM}
    seen = {words.text: words for code, words in THINGS.items() if code in first.compartments}
    return Line(
        who=function_of(first, stood.get(first.user_id, frozenset())),
        names=tuple(sorted(names[one] for one in people if one in names)) if names else (),
        what=deed_of(first.event),
        why=_WHY.get(first.purpose),
        things=tuple(seen.values()) if first.event == "case_opened" else (),
        times=len(traces),
        people=len(people),
        emergency=first.emergency or group_of(first.event) is EventGroup.EMERGENCIES,
    )


def _order(line: Line) -> tuple[bool, str, str]:
    return (not line.emergency, line.who.text, line.what.text)
