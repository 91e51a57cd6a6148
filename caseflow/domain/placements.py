"""Somebody's nights on a bed: which nights a stay takes, and what may be recorded about it, and why not.

Nights are half-open, `[arrival, departure)`: a bed is free again on the day somebody leaves (rule B1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights, next_night

BACKDATED_DAYS_AT_MOST: Final = 7
"""Days that an arrival or a move may lie back when a coordinator records it (decision 0100)."""


class StayStatus(StrEnum):
    """What became of somebody's nights on a bed."""

    HELD = "held"
    BOOKED = "booked"
    BEGUN = "begun"
    ENDED = "ended"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    MISTAKEN = "mistaken"


NEVER_COUNT: Final = frozenset({StayStatus.CANCELLED, StayStatus.LAPSED, StayStatus.MISTAKEN})
"""Stays that take no bed (rule B7)."""
NOT_YET_BEGUN: Final = frozenset({StayStatus.HELD, StayStatus.BOOKED})


class StayEnd(StrEnum):
    """Why somebody left a bed; it says nothing about the outcome of the case."""

    LEFT_PROGRAMME = "left_programme"
    OTHER_ADDRESS = "other_address"
    OTHER_SHELTER = "other_shelter"
    DESTINATION_UNKNOWN = "destination_unknown"
    AGREEMENTS = "agreements"
    OTHER = "other"
    MOVED = "moved"


class MoveReason(StrEnum):
    """Why somebody moved to another bed, where there is something to say; never about health or safety."""

    OWN_WISH = "moved_own_wish"
    FAMILY = "moved_family"
    OTHER_KIND = "moved_other_kind"
    OUT_OF_SERVICE = "moved_out_of_service"
    EMERGENCY = "moved_emergency"


class Cancellation(StrEnum):
    """Why nights were taken back."""

    NO_SHOW = "no_show"
    NOT_NEEDED = "not_needed"
    MISTAKE = "mistake"


STAY_STATUS_NAMES: Mapping[StayStatus, Message] = MappingProxyType(
    {
        StayStatus.HELD: N_("held"),
        StayStatus.BOOKED: N_("booked"),
        StayStatus.BEGUN: N_("sleeps here"),
        StayStatus.ENDED: N_("left the bed"),
        StayStatus.CANCELLED: N_("cancelled"),
        StayStatus.LAPSED: N_("lapsed"),
        StayStatus.MISTAKEN: N_("entered by mistake"),
    }
)
STAY_END_NAMES: Mapping[StayEnd, Message] = MappingProxyType(
    {
        StayEnd.LEFT_PROGRAMME: N_("left the programme"),
        StayEnd.OTHER_ADDRESS: N_("went to another address"),
        StayEnd.OTHER_SHELTER: N_("went to another shelter"),
        StayEnd.DESTINATION_UNKNOWN: N_("left, destination unknown"),
        StayEnd.AGREEMENTS: N_("did not keep the house rules"),
        StayEnd.OTHER: N_("another reason"),
        StayEnd.MOVED: N_("moved to another bed"),
    }
)
MOVE_REASON_NAMES: Mapping[MoveReason, Message] = MappingProxyType(
    {
        MoveReason.OWN_WISH: N_("the person wished it"),
        MoveReason.FAMILY: N_("a family came together"),
        MoveReason.OTHER_KIND: N_("another kind of place was needed"),
        MoveReason.OUT_OF_SERVICE: N_("the bed could not be used any more"),
        MoveReason.EMERGENCY: N_("an emergency"),
    }
)
CANCELLATION_NAMES: Mapping[Cancellation, Message] = MappingProxyType(
    {
        Cancellation.NO_SHOW: N_("did not arrive"),
        Cancellation.NOT_NEEDED: N_("the bed is not needed any more"),
        Cancellation.MISTAKE: N_("this was entered by mistake"),
    }
)


def ended_because(code: str | None) -> Message | None:
    """Answers in words why nights ended or were taken back; None where no reason was recorded."""
    names: dict[str, Message] = {
        **{one.value: name for one, name in STAY_END_NAMES.items()},
        **{one.value: name for one, name in MOVE_REASON_NAMES.items()},
        **{one.value: name for one, name in CANCELLATION_NAMES.items()},
    }
    return names.get(code or "")


ALREADY_THERE: Final = Refused(N_("This person already sleeps on this bed. Choose another one."))


@dataclass(frozen=True)
class Stay:
    """Somebody's nights on a bed, as stored; `departure_on` is there once it has ended."""

    id: str
    bed_id: str
    case_id: str
    client_code: str
    status: StayStatus
    arrival_on: date
    planned_departure_on: date | None = None
    departure_on: date | None = None
    hold_ends_at: datetime | None = None
    version: int = 1

    def taken(self, now: datetime, today: date) -> Nights | None:
        """Answers which nights the stay takes; None where it takes none.

        A hold that ran out is free, whatever a job did (B5). A begun stay never ends by itself: its bed is
        taken tonight, and for ever once the planned departure is past and nobody said what happened (B2).
        """
        if self.status in NEVER_COUNT or self.has_run_out(now):
            return None
        end = self.planned_departure_on
        if self.departure_on is not None:
            end = self.departure_on
        elif self.status is StayStatus.BEGUN and end is not None:
            end = None if end < today else max(end, next_night(today))
        nights = Nights(self.arrival_on, end)
        return None if nights.departure == nights.arrival else nights

    def is_overdue(self, today: date) -> bool:
        """Says whether the planned departure is past while somebody still sleeps here."""
        planned = self.planned_departure_on
        return self.status is StayStatus.BEGUN and planned is not None and planned < today

    def has_run_out(self, now: datetime) -> bool:
        """Says whether this is a hold whose moment has passed."""
        return (
            self.status is StayStatus.HELD
            and self.hold_ends_at is not None
            and self.hold_ends_at <= now
        )


def conflict(
    stays: Iterable[Stay], wanted: Nights, now: datetime, today: date, *, but: str | None = None
) -> Stay | None:
    """Answers with the first stay that takes a wanted night; `but` is a stay that is about to change."""
    for stay in sorted(stays, key=lambda one: one.arrival_on):
        taken = None if stay.id == but else stay.taken(now, today)
        if taken is not None and taken.overlaps(wanted):
            return stay
    return None


def may_get_a_bed(
    own: Iterable[Stay], wanted: Nights, now: datetime, today: date, *, but: str | None = None
) -> Decision:
    """Answers whether a person has no other bed on the wanted nights: one bed per person (B3)."""
    other = conflict(own, wanted, now, today, but=but)
    if other is None:
        return Allowed()
    return Refused(
        N_(
            "This person already has a bed from %(first)s on. Move them, or end that stay first.",
            first=other.arrival_on,
        )
    )


def may_plan(
    arrival: date, planned_departure: date | None, today: date, *, further: bool = False
) -> Decision:
    """Answers whether these nights can be planned: a departure after the arrival, not too far back (B14).

    An arrival today or before begins at once, so its departure lies after today.
    """
    recorded = may_backdate(arrival, today, further=further) if arrival <= today else Allowed()
    if not recorded or planned_departure is None:
        return recorded
    if planned_departure <= arrival:
        return Refused(
            N_(
                "The departure comes after the arrival on %(day)s. Choose a later day, or leave it open.",
                day=arrival,
            )
        )
    if planned_departure <= today:
        return Refused(
            N_("The planned departure lies after today. Choose a later day, or leave it open.")
        )
    return Allowed()


def may_backdate(on: date, today: date, *, further: bool = False) -> Decision:
    """Answers whether something about a bed may be recorded as having happened on this day (B14).

    `further` is for whoever may record what lies further back than everybody may.
    """
    if on > today:
        return Refused(
            N_("%(day)s lies in the future. Enter the day on which it happened.", day=on)
        )
    first = today - timedelta(days=BACKDATED_DAYS_AT_MOST)
    if on < first and not further:
        return Refused(
            N_(
                "This can be recorded up to %(most)s days back: from %(first)s on. "
                "Choose that day or later, and ask the team lead for the nights before.",
                most=BACKDATED_DAYS_AT_MOST,
                first=first,
            )
        )
    return Allowed()


def may_arrive(stay: Stay, on: date, today: date, *, further: bool = False) -> Decision:
    """Answers whether somebody who has a bed booked may begin to sleep there."""
    if stay.status is StayStatus.BEGUN:
        return Refused(N_("This stay began on %(day)s already.", day=stay.arrival_on))
    if stay.status not in NOT_YET_BEGUN:
        return over(stay)
    return may_plan(on, stay.planned_departure_on, today, further=further) and may_backdate(
        on, today, further=further
    )


def may_move(stay: Stay, to_bed: str, on: date, today: date, *, further: bool = False) -> Decision:
    """Answers whether somebody may move to another bed on a day; their own bed is refused (B7)."""
    if stay.status in NOT_YET_BEGUN:
        return Refused(N_("This stay has not begun yet. Cancel it and choose another bed."))
    if stay.status is not StayStatus.BEGUN:
        return over(stay)
    if to_bed == stay.bed_id:
        return ALREADY_THERE
    if on < stay.arrival_on:
        return Refused(
            N_("The stay began on %(day)s. Choose that day or later.", day=stay.arrival_on)
        )
    return may_backdate(on, today, further=further)


def may_replan(stay: Stay, departure: date | None, today: date) -> Decision:
    """Answers whether another departure, or none, may be planned for nights that are not over (B2)."""
    if stay.status in NEVER_COUNT or stay.status is StayStatus.ENDED:
        return over(stay)
    if departure == stay.planned_departure_on:
        return Refused(N_("This is the departure that is planned already. Choose another day."))
    if departure is None:
        return Allowed()
    if departure <= stay.arrival_on:
        return Refused(
            N_(
                "The departure comes after the arrival on %(day)s. Choose a later day, or leave it open.",
                day=stay.arrival_on,
            )
        )
    if departure <= today:
        return Refused(
            N_(
                "The planned departure lies after today. Choose a later day; "
                "if this person left, end the stay."
            )
        )
    return Allowed()


def reaches_further(stay: Stay, departure: date | None) -> bool:
    """Says whether this departure asks for more nights than were planned; fewer nights are in nobody's way."""
    planned = stay.planned_departure_on
    return planned is not None and (departure is None or departure > planned)


def may_begin_earlier(stay: Stay, arrival: date, today: date) -> Decision:
    """Answers whether a stay that has begun may be found to have begun earlier (B14)."""
    if stay.status in NOT_YET_BEGUN:
        return Refused(N_("This stay has not begun yet. Record the arrival instead."))
    if stay.status is not StayStatus.BEGUN:
        return over(stay)
    if arrival >= stay.arrival_on:
        return Refused(N_("The stay began on %(day)s. Choose an earlier day.", day=stay.arrival_on))
    return may_backdate(arrival, today, further=True)


def may_leave(stay: Stay, on: date, today: date) -> Decision:
    """Answers whether a begun stay may end on a day: after the arrival, and not ahead."""
    if stay.status in NOT_YET_BEGUN:
        return Refused(N_("This stay has not begun yet. Cancel it instead."))
    if stay.status is not StayStatus.BEGUN:
        return over(stay)
    if on > today:
        return Refused(
            N_("%(day)s lies in the future. End the stay on the day somebody leaves.", day=on)
        )
    if on <= stay.arrival_on:
        return Refused(
            N_(
                "The stay began on %(day)s. Choose a later day; "
                "if nobody slept here, cancel the stay.",
                day=stay.arrival_on,
            )
        )
    return Allowed()


def may_cancel(stay: Stay, why: Cancellation) -> Decision:
    """Answers whether nights may be taken back: plans always, a begun stay only as a mistake."""
    if stay.status in NOT_YET_BEGUN:
        return Allowed()
    if stay.status is not StayStatus.BEGUN:
        return over(stay)
    if why is not Cancellation.MISTAKE:
        return Refused(N_("Somebody sleeps here. End the stay, or say that it was a mistake."))
    return Allowed()


def over(stay: Stay) -> Refused:
    """The refusal of any act on nights that are over or were taken back."""
    return Refused(
        N_(
            "This stay is over (%(status)s). Nothing about it can change.",
            status=STAY_STATUS_NAMES[stay.status],
        )
    )
