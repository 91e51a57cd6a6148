"""A free bed, and those who wait for one: from the board to somebody who can have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from caseflow.domain import bed_fits
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Decision
from caseflow.domain.local_days import local
from caseflow.domain.nights import Nights, next_night
from caseflow.services import bed_guests, boards, houses
from caseflow.services.board_views import FreeBed
from caseflow.services.people_in_beds import people_shown, waiting_row, without_a_bed
from caseflow.services.tonight_views import Waiting
from caseflow.services.vacancies import tell_listed
from caseflow.storage import availability

PAGE: Final = 25


@dataclass(frozen=True)
class Candidate:
    """Somebody without a bed, and whether the room is meant for them."""

    waiting: Waiting
    fits: Decision


@dataclass(frozen=True)
class Offer:
    """A free bed with one page of those who wait."""

    free: FreeBed
    candidates: tuple[Candidate, ...]
    number: int
    pages: int
    today: date


def offer(actor: Actor, bed_id: str, night: date, now: datetime, *, number: int = 1) -> Offer:
    """A bed that is free on a night and who could have it, the oldest case first. Raises `NotKnown`."""
    free, house, today = (
        boards.free_bed(actor, bed_id, night, now),
        houses.current(),
        local(now).date(),
    )
    with house.stores.reading() as session:
        queue = without_a_bed(session, house, actor, now)
        pages = max(1, -(-len(queue) // PAGE))
        number = min(max(number, 1), pages)
        shown = queue[(number - 1) * PAGE : number * PAGE]
        people, known, _ = people_shown(session, house, actor, shown, now, today)
        room = availability.beds(
            session, Nights(night, next_night(night)), now, today, room_of=bed_id
        )
        company = bed_guests.companies(session, actor, room, now, today)[bed_id]
        codes = {one: known[one].client.code for one in shown if one in people}
        guests = bed_guests.shown(session, actor, codes, now, today)
        (bed,) = (one.bed for one in room if one.bed.id == bed_id)
        candidates = tuple(
            Candidate(
                waiting_row(people[one], known[one], house),
                bed_fits.fit(bed, guests[one], company).decision,
            )
            for one in shown
            if one in people
        )
    tell_listed(actor, now, [one.waiting.person.who for one in candidates], {free.bed.site_id})
    return Offer(free, candidates, number, pages, today)
