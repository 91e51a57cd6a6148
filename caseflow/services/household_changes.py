"""Putting people together in a household, changing what somebody is in it, and leaving it; nothing is overwritten."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import households as rules
from caseflow.domain.access import Permission, Relation, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.households import HouseholdRole, Place
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.services import gatekeeping, houses
from caseflow.services.gatekeeping import CaseChange
from caseflow.services.households import place_of
from caseflow.storage import households, separations
from caseflow.storage.changes import Writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.households import HouseholdMember

RECORD: Final = Permission.HOUSEHOLD_RECORD
CODE: Final = re.compile(r"([2-9A-HJ-NP-Z]{4})[- ]?([2-9A-HJ-NP-Z]{4})")


@dataclass(frozen=True)
class Joining:
    """Who is put into a household with whom, as what, and since when."""

    other: str
    """The client code of the other person."""
    theirs: Place
    own_role: HouseholdRole | None
    """What this person is, needed where they are in no household yet."""
    on: date


def as_code(typed: str | None) -> str | None:
    """The client code that was typed, with or without its dash; None where it is no code."""
    found = CODE.fullmatch((typed or "").strip().upper())
    return f"{found[1]}-{found[2]}" if found else None


def add(actor: Actor, case_id: str, asked: Joining, now: datetime) -> Refused | None:
    """Puts this person and another into one household; both cases stay what they are. Raises `NotKnown`.

    Whoever does it reads both cases in full: a code that nobody has and one that they may not know are refused alike
    (rule FW11), and a glass that was broken opens reading only. The log is told of both.
    """
    other = as_code(asked.other) or ""
    with houses.current().stores.reading() as session:
        gatekeeping.known(session, actor, RECORD, case_id, now)
        known = _knows(session, actor, other, now)
    if isinstance(known, Refused):
        return known
    with gatekeeping.changing(
        actor, RECORD, case_id, "household_joined", now, also=(other,)
    ) as change:
        allowed = _may_add(change, actor, other, asked)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        code = change.dossier.client.code
        _put_together(change.work, (code, _own(change, asked)), (other, asked.theirs), asked.on)
        return None


def change_place(
    actor: Actor, case_id: str, place: Place, on: date, now: datetime
) -> Refused | None:
    """Says that somebody is something else in their household from a day on. Raises `NotKnown`."""
    with gatekeeping.changing(actor, RECORD, case_id, "household_changed", now) as change:
        row = households.running(change.work.casework, change.dossier.client.code)
        allowed = _may_touch(change, row, on)
        if row is None or isinstance(allowed, Refused):
            return change.refuse(allowed if isinstance(allowed, Refused) else rules.IN_NONE)
        changed = rules.may_change(place_of(row), place, row.from_on, on)
        if isinstance(changed, Refused):
            return change.refuse(changed)
        _end(change.work, row, on)
        change.work.casework.flush()
        _begin(change.work, row.household_id, row.client_code, place, on)
        return None


def leave(actor: Actor, case_id: str, on: date, now: datetime) -> Refused | None:
    """Says that somebody left their household; the day named is the first without. Raises `NotKnown`."""
    with gatekeeping.changing(actor, RECORD, case_id, "household_left", now) as change:
        row = households.running(change.work.casework, change.dossier.client.code)
        allowed = _may_touch(change, row, on)
        if row is None or isinstance(allowed, Refused):
            return change.refuse(allowed if isinstance(allowed, Refused) else rules.IN_NONE)
        ended = rules.may_end(row.from_on, on)
        if isinstance(ended, Refused):
            return change.refuse(ended)
        _end(change.work, row, on)
        return None


def joins_at_the_desk(work: Writing, member: Client, client: Client, on: date) -> None:
    """Somebody new joins the household of a family member, which begins with that member where there was none.

    What each of them is, follows from the age band until the case team says it.
    """
    theirs = Place(rules.role_by_age(member.age_band))
    mine = Place(rules.role_by_age(client.age_band))
    _put_together(work, (member.code, theirs), (client.code, mine), on)


def may_be_opened(session: Session, actor: Actor, client_code: str, now: datetime) -> bool:
    """Whether a case of this client is open to somebody, broken glass aside."""
    return any(
        may(Permission.CASE_OPEN, one) for one in _standings(session, actor, client_code, now)
    )


def _knows(session: Session, actor: Actor, code: str, now: datetime) -> Decision:
    """Whether somebody reads a case of this client in full, broken glass aside."""
    standings = _standings(session, actor, code, now)
    if not any(may(Permission.CASE_OPEN, one) for one in standings):
        return rules.UNKNOWN
    if not any(reads_in_full(one) for one in standings):
        return rules.SEEN_IN_PART
    return Allowed()


def reads_in_full(standing: Standing) -> bool:
    """Whether the coded part of a case is clear to somebody who opens it; a broken glass opens nothing here."""
    standing = replace(standing, relations=standing.relations - {Relation.BROKEN_GLASS})
    return standing.vision(Surface.OPENED).sees(Compartment.CASEWORK, Part.REST)


def _standings(session: Session, actor: Actor, code: str, now: datetime) -> Collection[Standing]:
    cases = session.scalars(select(Case.id).where(Case.client_code == code)).all()
    found = gatekeeping.standings(session, actor, cases, now).values()
    return [replace(one, relations=one.relations - {Relation.BROKEN_GLASS}) for one in found]


def _may_add(change: CaseChange, actor: Actor, other: str, asked: Joining) -> Decision:
    session, code = change.work.casework, change.dossier.client.code
    if other == code:
        return Refused(N_("This is the code of this person. Enter the code of the other."))
    known = _knows(session, actor, other, change.work.at)
    if isinstance(known, Refused):
        return known
    client = session.get_one(Client, other)
    if client.organisation != change.dossier.client.organisation:
        return rules.NOT_TOGETHER
    mine, theirs = households.home(session, code), households.home(session, other)
    everybody = {code, other} | mine.others | theirs.others
    pairs = separations.pairs(session, everybody, change.today)
    joined = rules.may_join(code, mine, other, theirs, {frozenset(pair) for pair in pairs})
    if isinstance(joined, Refused):
        return joined
    if mine.id is None and asked.own_role is None:
        return Refused(N_("Choose what this person is in the household."))
    return may_date(asked.on, change.today, change.facts.application_on)


def _own(change: CaseChange, asked: Joining) -> Place:
    """What this person is from now on, where they are in no household yet."""
    return Place(asked.own_role or rules.role_by_age(change.dossier.client.age_band))


def _may_touch(change: CaseChange, row: HouseholdMember | None, on: date) -> Decision:
    if row is None:
        return rules.IN_NONE
    return may_date(on, change.today, date.min)


def _put_together(
    work: Writing, one: tuple[str, Place], other: tuple[str, Place], on: date
) -> None:
    """Both are in one household from a day on: that of whoever has family, else the first one's, else a new one."""
    rows = {code: households.running(work.casework, code) for code, _ in (one, other)}
    homes = {code: households.home(work.casework, code) for code in rows}
    in_order = sorted(homes.values(), key=lambda home: not home.others)
    household = next((home.id for home in in_order if home.id is not None), None) or new_id()
    for code, place in (one, other):
        row = rows[code]
        if row is not None and row.household_id == household:
            continue
        if row is not None:  # alone in another one, which ends with it
            _end(work, row, max(on, row.from_on))
            work.casework.flush()
        _begin(work, household, code, place, on)


def _begin(work: Writing, household: str, code: str, place: Place, on: date) -> None:
    work.casework.add(
        HouseholdMember(
            household_id=household,
            client_code=code,
            role=place.role.value,
            lives_apart=place.lives_apart,
            from_on=on,
            recorded_at=work.at,
            recorded_by=work.by,
            change_id=work.id,
        )
    )


def _end(work: Writing, row: HouseholdMember, on: date) -> None:
    row.until_on = on
    row.until_recorded_by, row.until_recorded_at, row.until_change_id = work.by, work.at, work.id
