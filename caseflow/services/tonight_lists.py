"""The shorter lists of tonight: held beds, who is away, beds out of service, and what differs from last night (B12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from caseflow.domain.arrivals import ArrivalRules
from caseflow.domain.beds import BedFacts
from caseflow.domain.outages import Void
from caseflow.domain.placements import Stay, StayStatus
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services.tonight_views import (
    Away,
    BedTonight,
    Difference,
    Person,
    Step,
    VoidTonight,
)
from caseflow.storage.availability import BedNights

_SLEPT: Final = frozenset({StayStatus.BEGUN, StayStatus.ENDED})
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def held(coming: Iterable[tuple[BedFacts, Stay]]) -> tuple[tuple[BedFacts, Stay], ...]:
    """The holds among those who are expected, the one that ends first before the others."""
    found = [one for one in coming if one[1].status is StayStatus.HELD]
    return tuple(sorted(found, key=lambda one: one[1].hold_ends_at or _LAST))


def away(
    sites: Iterable[Iterable[BedTonight]], rules: ArrivalRules, today: date
) -> tuple[Away, ...]:
    """Those who have a bed tonight and are away, as far as this reader may know it; the longest first."""
    found = []
    for row in (row for rows in sites for row in rows):
        person = row.person
        if not isinstance(person, Person) or row.stay is None:
            continue
        kind, since = person.away, person.away_since
        if isinstance(kind, AbsenceKind) and isinstance(since, date):
            asks = rules.is_long_away(since, today)
            kept = person.bed_kept_until if isinstance(person.bed_kept_until, date) else None
            still = kept is None or today < kept
            found.append(Away(row, kind, since, (today - since).days, asks, kept, still))
    return tuple(sorted(found, key=lambda one: one.since))


def voids(found: Iterable[BedNights], today: date) -> tuple[VoidTonight, ...]:
    """Beds that stand there and take nobody tonight, room by room, with the night on which they are expected back."""
    rooms: dict[tuple[str, str, str], list[str]] = {}
    known: dict[tuple[str, str, str], Void] = {}
    for one in found:
        void = None if one.stays else one.bed.void_on(today)
        if void is not None:
            alike = f"{void.kind} {void.reason} {void.nights.departure}"
            key = (one.bed.site, one.bed.room, alike)
            rooms.setdefault(key, []).append(one.bed.name)
            known[key] = void
    return tuple(
        VoidTonight(key[0], key[1], tuple(beds), known[key]) for key, beds in rooms.items()
    )


def difference(
    before: Collection[BedNights],
    tonight: Collection[BedNights],
    people: Mapping[str, Person],
    today: date,
) -> Difference:
    """Who came, left and moved since last night at these sites; somebody unseen stays unnamed."""
    last = _sleepers(before, today - timedelta(days=1))
    now = _sleepers(tonight, today)

    def step(code: str) -> Step:
        stay = (now.get(code) or last[code])[1]
        left, to = last.get(code), now.get(code)
        who = people.get(stay.case_id, HIDDEN)
        return Step(who, left[0] if left else None, to[0] if to else None)

    return Difference(
        tuple(step(code) for code in now if code not in last),
        tuple(step(code) for code in last if code not in now),
        tuple(step(code) for code in now if code in last and now[code][0].id != last[code][0].id),
    )


def _sleepers(found: Iterable[BedNights], night: date) -> dict[str, tuple[BedFacts, Stay]]:
    """Who slept where on a night, by client code: begun or ended stays that had begun by then."""
    return {
        stay.client_code: (one.bed, stay)
        for one in found
        for stay in one.stays
        if stay.status in _SLEPT and stay.arrival_on <= night
    }
