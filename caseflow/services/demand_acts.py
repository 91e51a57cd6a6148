"""What is done with a demand: written down, answered by the default, read by the privacy officer, settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from caseflow.domain import demands as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.demand_codes import (
    AuthorityClass,
    DemandOutcome,
    Effect,
    HowAnswered,
    HowDemanded,
    Scope,
    Taken,
)
from caseflow.domain.demand_files import Authority, DemandRules
from caseflow.domain.disclosures import Field
from caseflow.domain.doors import Visitor
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import actors, denials, houses
from caseflow.services.demand_readings import reachable, sites_of
from caseflow.services.demands import act_of, facts, guard, known, sees_all
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import changes
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.demands import Demand, DemandField, DemandTaking, DemandWords
from caseflow.storage.models.governance import DoorCall

TEXT, REASON, TAKEN = "text", "reason", "taken"
ONE_OF_THESE: Final = Refused(N_("Choose one of the options."))
CHANGED: Final = Refused(
    N_("A colleague changed this demand meanwhile. Look again before you go on.")
)
OF_VISITORS: Final[Mapping[Visitor, str]] = {
    Visitor.POLICE: "police",
    Visitor.AVIM: "avim",
    Visitor.KMAR: "kmar",
    Visitor.MUNICIPALITY: "municipality",
}
"""Which office a visitor at the door came from; any other kind of visitor is nobody's office."""


@dataclass(frozen=True)
class Demanded:
    """A demand as somebody writes it down: codes and a reference, never whom it is about."""

    received_at: datetime
    how: HowDemanded
    authority: str
    power: str | None = None
    scope: Scope | None = None
    reference: str | None = None


@dataclass(frozen=True)
class Assessed:
    """How the privacy officer reads a demand: which power, what it names, and whether its signature is there."""

    authority: str
    power: str
    scope: Scope
    reference: str | None
    answer_by: date | None
    named: frozenset[Field]
    is_signed: bool


@dataclass(frozen=True)
class Took:
    """Something that was taken in a search; `where` in words goes into the vault."""

    kind: Taken
    how_many: int
    site_id: str | None
    digest: str | None
    taken_at: datetime
    where: str | None = None


def record(actor: Actor, demanded: Demanded, now: datetime) -> str | Refused:
    """Writes a demand down and answers its id; sealed or not, and nobody is looked up. Raises `NotKnown`."""
    guard(actor, Permission.DEMAND_RECORD)
    return _recorded(actor, demanded, now)


def from_door(actor: Actor, door_id: str, now: datetime) -> str:
    """Makes a demand of a call at the door, linked and not retyped; a second click answers the same one.

    Raises `NotKnown` for a call that this reader does not see.
    """
    guard(actor, Permission.DEMAND_RECORD)
    house = houses.current()
    with house.stores.reading() as session:
        door = _door(session, actor, door_id, now)
        found = session.scalar(select(Demand.id).where(Demand.door_id == door.id))
        if found is not None:
            known(session, actor, found, now)
            return found
        who = Visitor(door.who) if door.who else None
        wanted = OF_VISITORS.get(who) if who is not None else None
        office = house.demands.authority(wanted or "") or _nobodys_office(house.demands)
        demanded, stood_there = Demanded(door.at, HowDemanded.DOOR, office.id), door.recorded_by
    made = _recorded(actor, demanded, now, (door_id, stood_there))
    if isinstance(made, Refused):  # a call from long ago: nothing but its age is refused of a call
        raise NotKnown()
    return made


def write(actor: Actor, demand_id: str, text: str, now: datetime) -> Refused | None:
    """Keeps the text of a demand in the vault, where names may stand. Raises `NotKnown`, `VaultSealed`."""
    with changing(
        actor, Permission.DEMAND_RECORD, "demand_worded", demand_id, now, {"kind": TEXT}, words=True
    ) as (work, row):
        if row.outcome is not None:
            return work.refuse(rules.OVER)
        write_words(work, row, TEXT, text)
    return None


def answer(actor: Actor, demand_id: str, how: HowAnswered, now: datetime) -> Refused | None:
    """Keeps how the default answer reached whoever demands, once. Raises `NotKnown`."""
    with changing(
        actor, Permission.DEMAND_RECORD, "demand_answered", demand_id, now, {"how": how.value}
    ) as (work, row):
        if row.answered_at is not None:
            return work.refuse(Refused(N_("The default answer was given already.")))
        row.answered_at, row.answered_how, row.answered_by = work.at, how.value, work.by
    return None


def assess(
    actor: Actor, demand_id: str, read: Assessed, now: datetime, version: int | None = None
) -> Refused | None:
    """Puts down on which power a demand rests and what it names, before anybody decides. Raises `NotKnown`."""
    config = houses.current().demands
    power, office = config.power(read.power), config.authority(read.authority)
    if power is None or office is None:
        return ONE_OF_THESE
    named = frozenset(one.value for one in read.named)
    details = {
        "power": power.id, "authority": office.id, "scope": read.scope.value, "fields": frozenset(named),
    }  # fmt: skip
    with changing(actor, Permission.DEMAND_ASSESS, "demand_assessed", demand_id, now, details) as (
        work,
        row,
    ):
        if version is not None and row.version != version:
            return work.refuse(CHANGED)
        within = frozenset(one.value for one in reachable(power.id))
        allowed = rules.may_assess(
            facts(work.casework, row), power.effect, named, within, is_signed=read.is_signed
        ) and rules.may_refer(read.reference)
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        received_on = local(row.received_at).date()
        if read.answer_by is not None and read.answer_by < received_on:
            return work.refuse(
                Refused(N_("The demand came in on %(day)s. Choose a later day.", day=received_on))
            )
        row.power, row.effect, row.scope = power.id, power.effect.value, read.scope.value
        row.authority, row.authority_class = office.id, office.kind.value
        row.reference, row.assessed_by = read.reference, work.by
        row.answer_by = read.answer_by
        if row.answer_by is None and power.answer_days is not None:
            row.answer_by = received_on + timedelta(days=power.answer_days)
        work.casework.execute(delete(DemandField).where(DemandField.demand_id == row.id))
        work.casework.add_all(
            DemandField(demand_id=row.id, field=field, change_id=work.id) for field in sorted(named)
        )
    return None


def take(actor: Actor, demand_id: str, took: Took, now: datetime) -> Refused | None:
    """Writes down something that was taken in a search; the privacy officer and the FG see it at once.

    Raises `NotKnown`; `VaultSealed` only where there are words about the place.
    """
    details = {"kind": took.kind.value, "count": took.how_many}
    with changing(
        actor, Permission.DEMAND_RECORD, "demand_taken", demand_id, now, details, words=bool(took.where)
    ) as (work, row):  # fmt: skip
        allowed = rules.may_write_down_taking(
            _as_search(row, facts(work.casework, row)),
            took.how_many,
            took.digest,
            took.taken_at,
            now,
        )
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        if took.site_id not in {None, *dict(sites_of(work.casework, row.organisation))}:
            return work.refuse(ONE_OF_THESE)
        work.casework.add(
            DemandTaking(
                demand_id=row.id,
                kind=took.kind.value,
                how_many=took.how_many,
                site_id=took.site_id,
                digest=took.digest,
                taken_at=took.taken_at,
                recorded_by=work.by,
                change_id=work.id,
            )
        )
        row.fg_saw_at = None
        if took.where:
            write_words(work, row, TAKEN, took.where)
    return None


def settle(
    actor: Actor, demand_id: str, outcome: DemandOutcome, now: datetime
) -> Refused | None:  # fmt: skip
    """Ends a demand on which nothing is handed over. Raises `NotKnown`."""
    details = {"outcome": outcome.value}
    with changing(actor, Permission.DEMAND_ASSESS, "demand_settled", demand_id, now, details) as (
        work,
        row,
    ):
        taken = select(DemandTaking.id).where(DemandTaking.demand_id == row.id).limit(1)
        has_takings = work.casework.scalar(taken) is not None
        allowed = rules.may_settle(facts(work.casework, row), outcome, has_takings=has_takings)
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        row.outcome, row.settled_on, row.fg_saw_at = outcome.value, local(now).date(), None
    return None


def supervise(actor: Actor, demand_id: str, now: datetime) -> Refused | None:
    """Keeps that the FG looked at a demand as it stands; it is asked again when it changes. Raises `NotKnown`."""
    with changing(actor, Permission.DEMAND_SUPERVISE, "demand_seen", demand_id, now, {}) as (
        work,
        row,
    ):
        if row.fg_saw_at is not None:
            return work.refuse(Refused(N_("A colleague has looked at this already.")))
        row.fg_saw_at = work.at
    return None


def write_words(work: changes.Writing, row: Demand, kind: str, text: str) -> None:
    """Keeps words about a demand in the vault of this change."""
    work.vault.add(
        DemandWords(
            demand_id=row.id,
            kind=kind,
            words=text.strip(),
            recorded_at=work.at,
            recorded_by=work.by,
            change_id=work.id,
        )
    )


@contextmanager
def changing(
    actor: Actor, permission: Permission, event: str, demand_id: str, now: datetime,
    details: Mapping[str, object], *, words: bool = False,
) -> Iterator[tuple[changes.Writing, Demand]]:  # fmt: skip
    """One recorded change to a demand that the actor sees, asked once more inside the change. Raises `NotKnown`."""
    guard(actor, permission)
    house = houses.current()
    with house.stores.reading() as session:
        known(session, actor, demand_id, now)
    act = act_of(event, actor, now, demand_id, dict(details), permission, words=words)
    with changes.change(house.stores, act, vault=actor.organisation if words else None) as work:
        still(work.casework, actor, permission)
        yield work, known(work.casework, actors.present(work.casework, actor), demand_id, now)


def _recorded(
    actor: Actor, demanded: Demanded, now: datetime, door: tuple[str | None, str | None] = (None, None),
) -> str | Refused:  # fmt: skip
    """`door` is the call from which it came, and who stood there."""
    house, demand_id, (door_id, stood_there) = houses.current(), new_id(), door
    config = house.demands
    office, power = config.authority(demanded.authority), config.power(demanded.power)
    if office is None or (demanded.power is not None and power is None):
        return ONE_OF_THESE
    allowed = rules.may_register(demanded.received_at, demanded.reference, now)
    if isinstance(allowed, Refused):
        return allowed
    scope = demanded.scope.value if demanded.scope else None
    details = {
        "how": demanded.how.value, "authority": office.id, "power": demanded.power, "scope": scope, "door": door_id,
    }  # fmt: skip
    act = act_of("demand_recorded", actor, now, demand_id, details, Permission.DEMAND_RECORD)
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.DEMAND_RECORD)
        work.casework.add(
            Demand(
                id=demand_id,
                organisation=actor.organisation,
                door_id=door_id,
                received_at=demanded.received_at,
                received_by=stood_there or work.by,
                how=demanded.how.value,
                authority=office.id,
                authority_class=office.kind.value,
                power=demanded.power,
                scope=scope,
                reference=demanded.reference,
                change_id=work.id,
            )
        )
    return demand_id


def _door(session: Session, actor: Actor, door_id: str, now: datetime) -> DoorCall:
    """A call that this reader opened, or sees in the register of the own organisation. Raises `NotKnown`."""
    door = session.get(DoorCall, door_id)
    is_ours = door is not None and door.organisation == actor.organisation
    if door is not None and is_ours and (door.recorded_by == actor.user_id or sees_all(actor)):
        return door
    denials.tell(actor, Permission.DEMAND_RECORD, now)
    raise NotKnown()


def _nobodys_office(config: DemandRules) -> Authority:
    return next(one for one in config.authorities if one.kind is AuthorityClass.OTHER)


def _as_search(row: Demand, found: rules.DemandFacts) -> rules.DemandFacts:
    """A search that nobody assessed yet counts as the search it was written down as: they are in the house now."""
    power = houses.current().demands.power(row.power)
    if found.effect is None and power is not None and power.effect is Effect.SEIZURE:
        return replace(found, effect=Effect.SEIZURE)
    return found
