"""The puzzle of one organisation tonight: who waits, what is free, and what fits whom, by the rules of everybody else.

Nothing is decided anew here: the waiting list says who waits and with which points, the one query says what is free,
`bed_fits` what fits, and the services of safety which sites and rooms cannot be used. A restricted client is not in it:
what is worked out for many to read says nothing of somebody whom few may know; named readers place them by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import bed_fits, beds, waiting, waiting_points
from caseflow.domain.bed_assignments import GENDERED, Bed, Group, Party, Person, Puzzle, Room
from caseflow.domain.bed_fits import Guest
from caseflow.domain.beds import BedFacts, MeantFor
from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.house_pairs import PairScope
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Stay, StayStatus
from caseflow.domain.sites import SiteKind
from caseflow.domain.waiting import WantedPlace
from caseflow.services import house_bars, kept_apart
from caseflow.services.houses import House
from caseflow.storage import availability, house_peace, separations
from caseflow.storage import waiting as entries
from caseflow.storage.availability import BedNights
from caseflow.storage.dossiers import pages
from caseflow.storage.models.cases import Client
from caseflow.storage.models.households import HouseholdMember
from caseflow.storage.models.shelter import Placement
from caseflow.storage.models.sites import SiteLimit
from caseflow.storage.waiting import Waiting

GROUPS: Final = {bed_fits.MAN: Group.MEN, bed_fits.WOMAN: Group.WOMEN}
ANOTHER_KIND: Final = 2
"""How much worse a bed fits that is not of the kind of place that was asked, though it is allowed."""
MEANT_BY: Final[Mapping[WantedPlace, MeantFor]] = {
    WantedPlace.FAMILY: MeantFor.FAMILY,
    WantedPlace.WOMEN: MeantFor.WOMEN,
}


@dataclass(frozen=True)
class Waiter:
    """Somebody who waits, as the puzzle knows them."""

    who: Waiting
    guest: Guest
    points: int

    @property
    def kind(self) -> str:
        """What says, together with a bed, how well the two fit."""
        needs = ",".join(sorted(self.guest.needs))
        family = "family" if self.guest.household else "alone"
        return "|".join((self.guest.gender, family, self.who.entry.wanted.value, needs))


@dataclass
class Town:
    """What is free and who waits, with the puzzle made of it; people are known by the ids of their cases."""

    first_night: date
    waiters: tuple[Waiter, ...]
    free: tuple[BedNights, ...]
    puzzle: Puzzle
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read(
    house: House,
    session: Session,
    organisation: str,
    now: datetime,
    first_night: date,
    today: date,
    refused: Mapping[str, frozenset[str]],
) -> Town:
    """The puzzle for nights from `first_night` on, nobody knows until when. `refused` are rooms by case id."""
    wanted = Nights(first_night)
    every = availability.beds(session, wanted, now, today, organisation=organisation)
    free = tuple(
        one
        for one in every
        if one.bed.counts_in_capacity
        and beds.may_be_slept_on(one.bed, one.stays, wanted, now, today)
    )
    waiters = _waiters(house, session, organisation, now, today)
    company = _company(session, every, now, today, wanted)
    people = {
        one.who.case_id: _person(session, one, free, company, refused, (now, today, wanted))
        for one in waiters
    }
    return Town(
        first_night,
        waiters,
        free,
        Puzzle(
            _parties(waiters, people),
            _rooms(free, company),
            tuple(Bed(one.bed.id, one.bed.room_id, _kind(one.bed)) for one in free),
            _misfits(waiters, free),
            *_pairs(session, waiters, today),
            _people_at_most(session, every, first_night),
        ),
        refused,
    )


def _waiters(
    house: House, session: Session, organisation: str, now: datetime, today: date
) -> tuple[Waiter, ...]:
    """Who waits without an offer and without nights, first come first; restricted clients are left out."""
    every = entries.running(session, organisation)
    offered = entries.offers(session, [one.case_id for one in every], now)
    codes = [one.client_code for one in every]
    clients = _clients(session, codes)
    placed = _placed(session, codes)
    needs = entries.needs(session, codes)
    households = _households(session, codes)
    found = []
    for one in every:
        client = clients[one.client_code]
        if client.restricted or one.case_id in offered or one.client_code in placed:
            continue
        version = house.waiting.version_on(one.programme, today)
        has_needs = one.client_code in needs
        found.append(
            Waiter(
                one,
                Guest(
                    one.client_code,
                    client.gender,
                    frozenset(PlacementNeedKind(need) for need in needs.get(one.client_code, ())),
                    households.get(one.client_code),
                ),
                waiting_points.points(version, one.entry, has_needs, today).total,
            )
        )
    return tuple(found)


def _clients(session: Session, codes: Collection[str]) -> dict[str, Client]:
    return {
        row.code: row
        for some in pages(codes)
        for row in session.scalars(select(Client).where(Client.code.in_(some)))
    }


def _placed(session: Session, codes: Collection[str]) -> frozenset[str]:
    active = (StayStatus.BEGUN.value, StayStatus.BOOKED.value)
    return frozenset(
        code
        for some in pages(codes)
        for code in session.scalars(
            select(Placement.client_code).where(
                Placement.client_code.in_(some), Placement.status.in_(active)
            )
        )
    )


def _households(session: Session, codes: Collection[str]) -> dict[str, str]:
    """The household of each of these people, of those who want to live together."""
    return {
        row.client_code: row.household_id
        for some in pages(codes)
        for row in session.scalars(
            select(HouseholdMember).where(
                HouseholdMember.client_code.in_(some),
                HouseholdMember.until_on.is_(None),
                HouseholdMember.lives_apart.is_(False),
            )
        )
    }


def _company(
    session: Session, every: Sequence[BedNights], now: datetime, today: date, wanted: Nights
) -> dict[str, tuple[Guest, ...]]:
    """Who sleeps in each room on these nights or is expected there, by the id of the room."""
    stays: dict[str, list[Stay]] = {}
    for one in every:
        for stay in one.stays:
            taken = stay.taken(now, today)
            if taken is not None and taken.overlaps(wanted):
                stays.setdefault(one.bed.room_id, []).append(stay)
    codes = {stay.client_code for some in stays.values() for stay in some}
    clients, needs, households = (
        _clients(session, codes),
        entries.needs(session, codes),
        _households(session, codes),
    )
    return {
        room: tuple(
            Guest(
                stay.client_code,
                clients[stay.client_code].gender,
                frozenset(PlacementNeedKind(need) for need in needs.get(stay.client_code, ())),
                households.get(stay.client_code),
            )
            for stay in some
        )
        for room, some in stays.items()
    }


def _person(
    session: Session,
    one: Waiter,
    free: Sequence[BedNights],
    company: Mapping[str, tuple[Guest, ...]],
    refused: Mapping[str, frozenset[str]],
    when: tuple[datetime, date, Nights],
) -> Person:
    now, today, wanted = when
    code = one.who.client_code
    sites = kept_apart.unusable_sites(session, code, wanted, now, today)
    sites |= house_bars.unusable_sites(session, code, wanted, now, today)
    barred = house_bars.unusable_beds(session, code, wanted, now, today)
    shut = {room.bed.room_id for room in free if room.bed.id in barred}
    for bed in {item.bed.room_id: item.bed for item in free}.values():
        there = company.get(bed.room_id, ())
        if there and not _suits_company(bed, one.guest, there):
            shut.add(bed.room_id)
    return Person(
        one.who.case_id,
        one.kind,
        one.points,
        GROUPS.get(one.guest.gender, Group.UNSAID),
        sites,
        frozenset(shut) | refused.get(one.who.case_id, frozenset()),
    )


def _suits_company(bed: BedFacts, guest: Guest, there: Sequence[Guest]) -> bool:
    """Whether who sleeps in the room stands in the way; what the bed lacks is asked for each bed."""
    alone, beside = bed_fits.fit(bed, guest), bed_fits.fit(bed, guest, there)
    if PlacementNeedKind.SINGLE_ROOM in guest.needs and not all(map(guest.is_family_of, there)):
        return False
    return len(beside.refusals) <= len(alone.refusals)


def _parties(waiters: Sequence[Waiter], people: Mapping[str, Person]) -> tuple[Party, ...]:
    """People of one household are one party, in the order of whoever of them came first."""
    together: dict[str, list[Waiter]] = {}
    for one in waiters:
        together.setdefault(one.guest.household or one.who.case_id, []).append(one)
    return tuple(
        Party(
            some[0].who.case_id,
            tuple(people[one.who.case_id] for one in some),
            _needs_own_room(some),
        )
        for some in together.values()
    )


def _needs_own_room(some: Sequence[Waiter]) -> bool:
    groups = {GROUPS.get(one.guest.gender, Group.UNSAID) for one in some}
    return groups.issuperset(GENDERED) or any(
        PlacementNeedKind.SINGLE_ROOM in one.guest.needs for one in some
    )


def _rooms(free: Sequence[BedNights], company: Mapping[str, tuple[Guest, ...]]) -> tuple[Room, ...]:
    facts = {one.bed.room_id: one.bed for one in free}
    return tuple(
        Room(
            bed.room_id,
            bed.site_id,
            bed.room_id not in company,
            bed_fits.meant_for(bed) is MeantFor.FAMILY,
        )
        for bed in facts.values()
    )


def _kind(bed: BedFacts) -> str:
    """What of a bed says how it fits somebody: beds with one kind answer alike."""
    floor = "?" if bed.floor is None else str(bed.floor == bed_fits.GROUND_FLOOR)
    single = str(bed.beds_in_room == 1)
    marks = ",".join(sorted(bed.marks))
    return "|".join((bed.kind, bed.site_kind, bed_fits.meant_for(bed), floor, single, marks))


def _misfits(waiters: Sequence[Waiter], free: Sequence[BedNights]) -> dict[tuple[str, str], int]:
    people = {one.kind: one for one in waiters}
    kinds = {_kind(one.bed): one.bed for one in free}
    found = {}
    for person, waiter in people.items():
        for kind, bed in kinds.items():
            fit = bed_fits.fit(bed, waiter.guest)
            asked = waiter.who.entry.wanted
            if fit.decision and waiting.is_answered_by(asked, bed.kind):
                found[person, kind] = len(fit.questions) + ANOTHER_KIND * (
                    not _is_as_asked(asked, bed)
                )
    return found


def _is_as_asked(asked: WantedPlace, bed: BedFacts) -> bool:
    if asked is WantedPlace.MEDICAL:
        return bed.site_kind is SiteKind.MEDICAL
    return asked not in MEANT_BY or bed_fits.meant_for(bed) is MEANT_BY[asked]


def _pairs(
    session: Session, waiters: Sequence[Waiter], today: date
) -> tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]:
    """Pairs of cases that are never at one site, and those that are never in one room."""
    case_of = {one.who.client_code: one.who.case_id for one in waiters}
    of_houses = house_peace.pairs_of_many(session, case_of, today)
    at_sites = set(separations.pairs(session, case_of, today))
    at_sites |= {(one, other) for one, other, scope in of_houses if scope == PairScope.SITE.value}
    in_rooms = {(one, other) for one, other, scope in of_houses if scope == PairScope.ROOM.value}
    return _as_cases(at_sites, case_of), _as_cases(in_rooms, case_of)


def _as_cases(
    pairs: Collection[tuple[str, str]], case_of: Mapping[str, str]
) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset({case_of[one], case_of[other]})
        for one, other in pairs
        if one in case_of and other in case_of and one != other
    )


def _people_at_most(
    session: Session, every: Sequence[BedNights], first_night: date
) -> dict[str, int]:
    """How many more people each site with a limit takes on the first night; the newest word for that night counts."""
    limits: dict[str, int | None] = {}
    rows = session.scalars(
        select(SiteLimit)
        .where(
            SiteLimit.site_id.in_({one.bed.site_id for one in every}),
            SiteLimit.from_on <= first_night,
        )
        .order_by(SiteLimit.from_on, SiteLimit.recorded_at, SiteLimit.id)
    )
    for row in rows:
        limits[row.site_id] = row.most_people
    there = Counter(one.bed.site_id for one in every if one.stays)
    return {site: max(0, most - there[site]) for site, most in limits.items() if most is not None}
