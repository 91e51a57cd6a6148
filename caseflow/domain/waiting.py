"""Who waits for a place: what is asked, on which grounds, what was offered, and what came of it.

An entry says no word about the person: a kind of place, grounds from a list that were written down for this purpose,
and days. What somebody needs of a bed is read from where it stands already and never asked again. Nobody is ever taken
off the list by a clock: whoever was not asked again for a long time is shown as such (rule B10).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.beds import BedKind
from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.messages import N_, Message
from caseflow.domain.pathways import may_shelter


class WantedPlace(StrEnum):
    """The kind of place that is asked."""

    FULL_DAY = "full_day"
    NIGHT = "night"
    FAMILY = "family"
    WOMEN = "women"
    MEDICAL = "medical"


class Ground(StrEnum):
    """A ground for going first, written down for the waiting list alone; none names an illness or a procedure."""

    STREET = "street"
    UNSAFE = "unsafe"
    CHILD = "child"


class EntryState(StrEnum):
    """How an entry stands."""

    WAITING = "waiting"
    PLACED = "placed"
    REMOVED = "removed"


class WaitingStep(StrEnum):
    """A step in the history of an entry."""

    ENTERED = "entered"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_BED = "no_bed"
    NO_SUITABLE_BED = "no_suitable_bed"
    REMOVED = "removed"
    PLACED = "placed"


class OfferRefusal(StrEnum):
    """Why an offer came to nothing."""

    TOO_FAR = "too_far"
    SHARED_ROOM = "shared_room"
    FEELS_UNSAFE = "feels_unsafe"
    RATHER_WAITS = "rather_waits"
    NOT_SAID = "not_said"
    NEEDS_NOT_MET = "needs_not_met"
    ROOM_DOES_NOT_FIT = "room_not_fit"
    NOT_REACHED = "not_reached"


class RefusedBy(StrEnum):
    """Who turned an offer down."""

    CLIENT = "client"
    NO_FIT = "no_fit"
    NOBODY = "nobody"


class Removal(StrEnum):
    """Why somebody waits no longer without a place of ours."""

    NOT_WANTED = "not_wanted"
    ELSEWHERE = "elsewhere"
    GONE = "gone"
    NOT_CONFIRMED = "not_confirmed"
    MISTAKE = "mistake"


WANTED_NAMES: Final[Mapping[WantedPlace, Message]] = MappingProxyType(
    {
        WantedPlace.FULL_DAY: N_("24-hour place"),
        WantedPlace.NIGHT: N_("night place"),
        WantedPlace.FAMILY: N_("place for a family"),
        WantedPlace.WOMEN: N_("place for women"),
        WantedPlace.MEDICAL: N_("place with medical care"),
    }
)
GROUND_NAMES: Final[Mapping[Ground, Message]] = MappingProxyType(
    {
        Ground.STREET: N_("sleeps outside now"),
        Ground.UNSAFE: N_("is not safe where they sleep now"),
        Ground.CHILD: N_("is pregnant or has a child along"),
    }
)
STEP_NAMES: Final[Mapping[WaitingStep, Message]] = MappingProxyType(
    {
        WaitingStep.ENTERED: N_("place asked"),
        WaitingStep.CHANGED: N_("changed"),
        WaitingStep.CONFIRMED: N_("still wanted"),
        WaitingStep.OFFERED: N_("bed offered"),
        WaitingStep.ACCEPTED: N_("offer accepted"),
        WaitingStep.REFUSED: N_("offer came to nothing"),
        WaitingStep.NO_BED: N_("no bed free"),
        WaitingStep.NO_SUITABLE_BED: N_("no suitable bed"),
        WaitingStep.REMOVED: N_("taken off the list"),
        WaitingStep.PLACED: N_("has a place"),
    }
)
OFFER_REFUSAL_NAMES: Final[Mapping[OfferRefusal, Message]] = MappingProxyType(
    {
        OfferRefusal.TOO_FAR: N_("The person: too far away"),
        OfferRefusal.SHARED_ROOM: N_("The person: does not want to share this room"),
        OfferRefusal.FEELS_UNSAFE: N_("The person: does not feel safe there"),
        OfferRefusal.RATHER_WAITS: N_("The person: would rather wait for another place"),
        OfferRefusal.NOT_SAID: N_("The person: did not say why"),
        OfferRefusal.NEEDS_NOT_MET: N_("The bed does not fit what is needed after all"),
        OfferRefusal.ROOM_DOES_NOT_FIT: N_("The room does not suit this person after all"),
        OfferRefusal.NOT_REACHED: N_("Nobody could reach the person"),
    }
)
_BY_NO_FIT: Final = frozenset({OfferRefusal.NEEDS_NOT_MET, OfferRefusal.ROOM_DOES_NOT_FIT})
REMOVAL_NAMES: Final[Mapping[Removal, Message]] = MappingProxyType(
    {
        Removal.NOT_WANTED: N_("No place is wanted any more"),
        Removal.ELSEWHERE: N_("Found a place elsewhere"),
        Removal.GONE: N_("Left, and nobody knows where to"),
        Removal.NOT_CONFIRMED: N_("Asked again several times, without an answer"),
        Removal.MISTAKE: N_("Entered by mistake"),
    }
)


def refused_by(reason: OfferRefusal) -> RefusedBy:
    """Answers whether the person or the fit turned an offer down; who was not reached turned nothing down."""
    if reason is OfferRefusal.NOT_REACHED:
        return RefusedBy.NOBODY
    return RefusedBy.NO_FIT if reason in _BY_NO_FIT else RefusedBy.CLIENT


@dataclass(frozen=True)
class Entry:
    """What is asked for one person: the kind of place, the grounds, since when, and when it was last confirmed."""

    wanted: WantedPlace
    grounds: frozenset[Ground]
    entered_on: date
    confirmed_on: date
    state: EntryState = EntryState.WAITING

    def days_waiting(self, today: date) -> int:
        """How many days somebody waits; nought on the first day."""
        return max(0, (today - self.entered_on).days)

    def ask_again_on(self, every_days: int) -> date:
        """The day from which somebody should ask whether the place is still wanted."""
        return self.confirmed_on + timedelta(days=every_days)

    def is_to_be_confirmed(self, every_days: int, today: date) -> bool:
        """Says whether it is time to ask again."""
        return today >= self.ask_again_on(every_days)


def joined(grounds: Iterable[Ground]) -> str:
    """The grounds as they are stored: codes in one order, so that the same grounds are the same text."""
    chosen = set(grounds)
    return " ".join(one.value for one in Ground if one in chosen)


def apart(stored: str | None) -> frozenset[Ground]:
    """The grounds of a stored text."""
    return frozenset(Ground(code) for code in (stored or "").split())


NOT_WAITING: Final = Refused(
    N_("No place is asked for this person. Ask for one first, or look at the case again.")
)
OFFERED_ALREADY: Final = Refused(
    N_("A bed is offered or booked for this person. Record the answer, or take the nights back.")
)
CHANGED_MEANWHILE: Final = Refused(
    N_("A colleague changed this meanwhile. Look again before you go on.")
)
NO_OPEN_OFFER: Final = Refused(
    N_("No offer waits for an answer: it ran out, or a colleague answered it. Offer a bed again.")
)


def may_ask(facts: CaseFacts, running: Entry | None, on: date, today: date) -> Decision:
    """Answers whether a place may be asked: before or after admission, in a programme with shelter, once."""
    sheltered = may_shelter(facts, today)
    if not sheltered:
        return sheltered
    if running is not None:
        return Refused(
            N_("A place is asked already since %(day)s. Change that one.", day=running.entered_on)
        )
    return may_date(on, today, facts.application_on)


def may_change(running: Entry, wanted: WantedPlace, grounds: Collection[Ground]) -> Decision:
    """Answers whether what is asked may become this."""
    if running.wanted is wanted and running.grounds == frozenset(grounds):
        return Refused(N_("Nothing was changed. Choose what is different now."))
    return Allowed()


def may_hold(facts: CaseFacts, grounds: Collection[Ground], today: date) -> Decision:
    """Answers whether these grounds can hold today: whoever has a bed here does not sleep outside."""
    if Ground.STREET in grounds and any(stay.covers(today) for stay in facts.shelter):
        return Refused(
            N_(
                "This person has a bed here tonight, so they do not sleep outside. Untick that ground."
            )
        )
    return Allowed()


def may_confirm(running: Entry, today: date) -> Decision:
    """Answers whether it may be written down that the place is still wanted: once a day is enough."""
    if running.confirmed_on >= today:
        return Refused(N_("It was confirmed today already."))
    return Allowed()


def may_remove(is_offered: bool) -> Decision:
    """Answers whether somebody may be taken off the list: what stands offered is answered or taken back first."""
    if is_offered:
        return OFFERED_ALREADY
    return Allowed()


@dataclass(frozen=True)
class OfferTerms:
    """How long a bed is held for somebody who was offered it: the usual number of days, and the most."""

    days: int
    days_at_most: int


def may_offer(
    is_offered: bool,
    arrival: date,
    answer_by: date,
    terms: OfferTerms,
    today: date,
) -> Decision:
    """Answers whether a bed may be offered: one at a time, for nights to come, held a few days at most."""
    if is_offered:
        return OFFERED_ALREADY
    if arrival < today:
        return Refused(N_("%(day)s has passed. Choose today or a later day.", day=arrival))
    if answer_by < today:
        return Refused(
            N_("An answer cannot come before today. Choose today or a later day to answer by.")
        )
    last = today + timedelta(days=terms.days_at_most)
    if answer_by > last:
        return Refused(
            N_(
                "A bed is held %(most)s days at most. Choose %(last)s or an earlier day to answer by.",
                most=terms.days_at_most,
                last=last,
            )
        )
    return Allowed()


def held_until(answer_by: date) -> datetime:
    """The instant at which the hold of an offer runs out: the last minute of that day on the clock on the wall."""
    return datetime.combine(answer_by, time(23, 59), AMSTERDAM).astimezone(UTC)


def may_say_nothing_offered(step: WaitingStep, free: int, *, is_said_today: bool) -> Decision:
    """Answers whether “no bed” or “no suitable bed” may be written down: the beds of tonight have to agree.

    The two are counted apart for funders, so each is true or refused, and once a day for one person (rule B10).
    """
    if is_said_today:
        return Refused(N_("This was recorded today already. Once a day is counted."))
    if step is WaitingStep.NO_BED and free:
        return Refused(
            N_(
                "%(count)s beds are free tonight. Offer one, or record that none of them is suitable.",
                count=free,
            )
        )
    if step is WaitingStep.NO_SUITABLE_BED and not free:
        return Refused(N_("No bed is free tonight. Record that there is no bed."))
    return Allowed()


def is_answered_by(wanted: WantedPlace, kind: BedKind) -> bool:
    """Answers whether a bed is what somebody waited for: a bed for the night alone answers a night place only."""
    return kind is not BedKind.NIGHT or wanted is WantedPlace.NIGHT
