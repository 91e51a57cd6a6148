"""The ledger of nights: frozen, counted again while that is possible, and read; and presence by name deleted after it.

A job does both. It holds no vault key and needs none: nothing here is a word about anybody.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseflow.domain import night_ledgers
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedKind
from caseflow.domain.daily_services import Month
from caseflow.domain.local_days import local
from caseflow.domain.night_ledgers import NightLine, Terms
from caseflow.services import houses, rounds
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.job_runs import Worked
from caseflow.services.round_views import Ledger, LedgerNight
from caseflow.services.rounds import RECORDING
from caseflow.storage import audit_log, changes, presences
from caseflow.storage.audit_log import Act
from caseflow.storage.models.presences import NightLedger

DIFFERS = "ledger_differs"
"""Rows were deleted at the end of their term although a recount did not give what the ledger says."""


def keep_terms(actor: Actor, now: datetime) -> Worked:
    """Freezes every night to which nothing can be added, then deletes presence by name that is past its term.

    One recorded change for each site and night, so that a run that is killed is gone on with by the next; whatever
    slot was missed, everything that is due by now is done once.
    """
    house, today = houses.current(), local(now).date()
    rules = house.firewall
    due = night_ledgers.terms(
        night_ledgers.kept_days(rules.terms), today, rules.processing.stay_is_a_crime_from
    )
    with house.stores.reading() as session:
        open_nights = presences.to_freeze(session, due.open_from, due.kept_from)
    done = sum(_freeze(house, actor, site_id, night, now) for site_id, night in open_nights)
    return _delete(house, actor, due, done, now)


def _freeze(house: House, actor: Actor, site_id: str, night: date, now: datetime) -> int:
    with house.stores.reading() as session:
        rows = len(presences.of_night(session, site_id, night))
    act = _act("night_frozen", actor, now, site_id, night=night, rows=rows)
    try:
        with changes.change(house.stores, act) as work:
            for kind, line in _counted(work.casework, site_id, night, now).items():
                work.casework.add(
                    NightLedger(
                        site_id=site_id, night=night, bed_kind=kind.value, there=line.there,
                        announced=line.announced, not_there=line.not_there, unrecorded=line.unrecorded,
                        digest=line.digest, frozen_at=now, change_id=work.id,
                    )
                )  # fmt: skip
    except IntegrityError:
        return 0  # another run was a moment earlier: the night is frozen once
    return 1


def _counted(
    session: Session, site_id: str, night: date, now: datetime
) -> dict[BedKind, NightLine]:
    people = presences.sleepers(session, site_id, night, now, local(now).date())
    numbers = presences.counts_of_night(session, site_id, night)
    return night_ledgers.lines(
        [presences.coded(row) for row in presences.of_night(session, site_id, night)],
        {stay.id: bed.kind for bed, stay in people},
        {kind: row.there for kind, row in numbers.items()} or None,
    )


def _delete(house: House, actor: Actor, due: Terms, done: int, now: datetime) -> Worked:
    with house.stores.reading() as session:
        over = presences.to_delete(session, due.kept_from)
    differing = 0
    for site_id, night in over:
        with house.stores.reading() as session:
            kept = presences.of_night(session, site_id, night)
            frozen = presences.ledger_of(session, site_id, night, night).get(night, {})
            agrees = _agrees(frozen, [presences.coded(row) for row in kept])
        details = {"night": night, "rows": len(kept), "agrees": agrees}
        act = _act("presence_deleted", actor, now, site_id, **details)
        with changes.change(house.stores, act) as work:
            done += bool(presences.delete_night(work.casework, site_id, night))
        differing += not agrees
    return Worked(done, differing, frozenset({DIFFERS}) if differing else frozenset())


def _agrees(frozen: dict[BedKind, NightLine], rows: list[night_ledgers.CodedRow]) -> bool:
    """Whether counting the rows again gives what was frozen."""
    again = night_ledgers.lines(rows, {}, None)
    return all(kind in frozen and frozen[kind].agrees(line) for kind, line in again.items())


def ledger(actor: Actor, site_id: str | None, month: Month, now: datetime) -> Ledger | None:
    """The frozen nights of a month of one site, counted again where the rows are still there; None without a site.

    Raises `NotKnown` for a role without rounds, for one of the night alone, and for a site that is not the reader's.
    """
    if not rounds.may_look_back(actor):
        raise NotKnown()
    first, last = month.first, month.last
    stores = houses.current().stores
    with stores.reading() as session:
        sites = rounds.sites_of(session, actor, local(now).date())
        if not sites and site_id is None:
            return None
        site = rounds.chosen(sites, site_id, actor, now)
        frozen = presences.ledger_of(session, site.id, first, last)
        rows = presences.rows_between(session, site.id, first, last)
    nights = tuple(
        LedgerNight(
            night, tuple(lines.items()), _agrees(lines, rows[night]) if night in rows else None
        )
        for night, lines in sorted(frozen.items(), reverse=True)
    )
    act = _act(
        "ledger_viewed", actor, now, site.id, until=last, count=len(nights), **{"from": first}
    )
    audit_log.tell(stores, act, result="shown")
    return Ledger(site, sites, month, nights)


def _act(event: str, actor: Actor, now: datetime, site_id: str, **details: object) -> Act:
    return Act(
        event,
        actor,
        now,
        object_id=site_id,
        details=details,
        permission="" if actor.is_command else RECORDING.value,
        purpose="shelter",
    )
