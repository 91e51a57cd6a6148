"""Beds tonight: who sleeps where, who is expected, who should have left, and who still waits for a bed.

Coded facts only: the page works while the vaults are sealed. Each row is redacted for its reader, and everybody
shown is told to the audit log before the page leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from caseflow.domain import beds
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.beds import BedFacts
from caseflow.domain.local_days import local
from caseflow.domain.nights import Nights, next_night
from caseflow.domain.placements import Stay, StayStatus
from caseflow.domain.redaction import HIDDEN, Hidden
from caseflow.services import houses, kept_apart, tonight_lists
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.people_in_beds import people_shown, waiting_row, without_a_bed
from caseflow.services.tonight_views import (
    Arrival,
    BedTonight,
    Difference,
    Person,
    SiteTonight,
    Tonight,
)
from caseflow.services.vacancies import tell_listed
from caseflow.storage import availability

DAYS_AHEAD: Final = 7
"""How many days of expected arrivals the page shows."""
WAITING_SHOWN: Final = 10
"""How many waiting people the page shows before it is asked for all of them."""


def tonight(actor: Actor, now: datetime, *, all_waiting: bool = False) -> Tonight:
    """The beds of the reader's sites tonight. Raises `NotKnown` for a role without beds.

    Sources: rules B6 and B12; the firewall's table for lists.
    """
    if not may_at_all(Permission.BEDS_VIEW, actor.roles):
        raise NotKnown()
    house, today = houses.current(), local(now).date()
    coordinates = Role.COORDINATOR in actor.roles
    shows_dates = coordinates or Role.RESIDENTIAL_WORKER in actor.roles
    night = Nights(today, next_night(today))
    organisation = actor.organisation if coordinates else None
    own = None if coordinates else actor.sites_as(Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER)
    with house.stores.reading() as session:
        found = availability.beds(
            session, night, now, today, organisation=organisation, site_ids=own
        )
        coming = availability.expected(
            session, now, date.max, organisation=organisation, site_ids=own
        )
        soon = today + timedelta(days=DAYS_AHEAD)
        due = tuple(one for one in coming if one[1].arrival_on <= soon)
        held = tonight_lists.held(coming) if shows_dates else ()
        before = (
            availability.beds(
                session,
                Nights(today - timedelta(days=1), today),
                now,
                today,
                organisation=organisation,
                site_ids=own,
            )
            if shows_dates
            else ()
        )
        queue = without_a_bed(session, house, actor, now) if coordinates else ()
        shown = queue if all_waiting else queue[:WAITING_SHOWN]
        cases = {stay.case_id for one in found for stay in one.stays}
        cases |= {stay.case_id for _, stay in (*due, *held)} | set(shown)
        cases |= {stay.case_id for one in before for stay in one.stays}
        people, known, pairs = people_shown(session, house, actor, cases, now, today)
        waiting = tuple(
            waiting_row(people[one], known[one], house) for one in shown if one in people
        )
    sites: dict[str, list[BedTonight]] = {}
    names = {}
    for one in found:
        opened = bool(beds.may_be_slept_on(one.bed, (), night, now, today))
        stay = _sleeper(one.stays)
        if not opened and stay is None:
            continue
        names[one.bed.site_id] = one.bed.site
        sites.setdefault(one.bed.site_id, []).append(_row(one.bed, opened, stay, people, today))
    answer = Tonight(
        today,
        tuple(
            SiteTonight(
                site_id,
                names[site_id],
                tuple(rows),
                kept_apart.meet(pairs, _there(site_id, rows, due, people, today)),
            )
            for site_id, rows in sites.items()
        ),
        tuple(
            Arrival(
                bed,
                stay,
                people.get(stay.case_id, HIDDEN),
                shows_dates and house.arrivals.is_no_show(stay, today),
            )
            for bed, stay in due
            if stay.arrival_on <= today or coordinates or stay.case_id in people
        ),
        waiting,
        len(queue),
        coordinates,
        shows_dates,
        tuple(Arrival(bed, stay, people.get(stay.case_id, HIDDEN)) for bed, stay in held),
        tonight_lists.away(sites.values(), house.arrivals, today),
        tonight_lists.voids(found, today),
        tonight_lists.difference(before, found, people, today) if shows_dates else Difference(),
    )
    tell_listed(actor, now, [person.who for person in people.values()], sites)
    return answer


def _there(
    site_id: str,
    rows: Collection[BedTonight],
    due: Collection[tuple[BedFacts, Stay]],
    people: Mapping[str, Person],
    today: date,
) -> frozenset[str]:
    """Codes of those who sleep at a site tonight or are expected there today, and carry a mark the reader sees."""
    stays = [row.stay for row in rows if row.stay is not None]
    stays += [stay for bed, stay in due if bed.site_id == site_id and stay.arrival_on <= today]
    return frozenset(
        person.who.client_code
        for stay in stays
        if (person := people.get(stay.case_id)) is not None and person.apart
    )


def _sleeper(stays: Collection[Stay]) -> Stay | None:
    """Who takes the bed tonight: the one who sleeps there before the one who is booked."""
    return min(stays, key=lambda stay: stay.status is not StayStatus.BEGUN, default=None)


def _row(
    bed: BedFacts,
    opened: bool,
    stay: Stay | None,
    people: dict[str, Person],
    today: date,
) -> BedTonight:
    if stay is None:
        return BedTonight(bed, opened, None, None, None, None, False, False)
    person: Person | Hidden = people.get(stay.case_id, HIDDEN)
    dates = isinstance(person, Person) and not isinstance(person.left_programme_on, Hidden)
    begun = stay.status is StayStatus.BEGUN
    return BedTonight(
        bed,
        opened,
        stay,
        person,
        stay.arrival_on if dates else HIDDEN,
        stay.planned_departure_on if dates else HIDDEN,
        bool(dates and begun and stay.planned_departure_on == today),
        bool(dates and stay.is_overdue(today)),
    )
