"""The round of the night: who is there, who is not, who is away and said so; and what follows from it (rule B13).

A round starts as everything was and is sent once. Only what a worker touched is a statement of theirs: what a
colleague said meanwhile about somebody they did not touch stays, and where two said different things both stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.absences import ABSENCE_NAMES
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.domain.placements import BACKDATED_DAYS_AT_MOST
from caseflow.domain.stay_limits import Absence, AbsenceKind

NIGHT_ENDS_AT: Final = time(12)
"""Until noon on the wall clock a round is still of the night that began the day before."""


class PresenceState(StrEnum):
    """What is said about one person and one night."""

    THERE = "there"
    NOT_THERE = "not_there"
    ANNOUNCED = "announced"


STATE_NAMES: Final[Mapping[PresenceState, Message]] = MappingProxyType(
    {
        PresenceState.THERE: N_("There"),
        PresenceState.NOT_THERE: N_("Not there"),
        PresenceState.ANNOUNCED: N_("Away, announced"),
    }
)
ANNOUNCED_KINDS: Final = tuple(one for one in AbsenceKind if one is not AbsenceKind.UNANNOUNCED)
REASONS: Final = tuple(one for one in ANNOUNCED_KINDS if one is not AbsenceKind.TIME_OUT)
"""What a round may give as a reason: a time-out is decided by a lead or coordinator, never said at a door."""
REASON_NAMES: Final[Mapping[AbsenceKind, Message]] = MappingProxyType(
    {**ABSENCE_NAMES, AbsenceKind.OTHER: N_("another reason")}
)


@dataclass(frozen=True)
class Said:
    """There, not there, or away for a reason that was announced. Raises ValueError for a reason that does not fit."""

    state: PresenceState
    kind: AbsenceKind | None = None

    def __post_init__(self) -> None:
        announced = self.state is PresenceState.ANNOUNCED
        if announced is not (self.kind in ANNOUNCED_KINDS):
            raise ValueError("a reason goes with an announced absence, and with nothing else")

    @property
    def absence(self) -> AbsenceKind | None:
        """The kind of absence that this is; None for somebody who is there."""
        return AbsenceKind.UNANNOUNCED if self.state is PresenceState.NOT_THERE else self.kind


THERE: Final = Said(PresenceState.THERE)
NOT_THERE: Final = Said(PresenceState.NOT_THERE)
AS_BEFORE: Final = "as_before"
"""Away as it was announced already: said where the reason is not shown, or is not for a round to change."""
CODES: Final[Mapping[str, Said]] = MappingProxyType(
    {
        PresenceState.THERE.value: THERE,
        PresenceState.NOT_THERE.value: NOT_THERE,
        **{kind.value: Said(PresenceState.ANNOUNCED, kind) for kind in REASONS},
    }
)
"""What a round may say, by the code in which it is sent; and `AS_BEFORE`."""


@dataclass(frozen=True)
class Answer:
    """What a sent round says about one stay, and what the page said when it was opened; both as codes."""

    placement_id: str
    code: str
    shown: str

    @property
    def is_touched(self) -> bool:
        """Whether the worker said something else than the page did."""
        return self.code != self.shown


@dataclass(frozen=True)
class Statement:
    """What somebody said about a person and a night, and when."""

    said: Said
    by: str
    at: datetime


def night_of(moment: datetime) -> date:
    """Answers of which night a round is that is made now: a night is the day on which it begins.

    The wall clock decides, so the nights in which the clocks change are nights like all others.
    """
    here = local(moment)
    return here.date() - timedelta(days=1) if here.time() < NIGHT_ENDS_AT else here.date()


def may_record(night: date, now: datetime, *, may_look_back: bool, is_frozen: bool) -> Decision:
    """Answers whether a round of a night may be sent: of this night, or a few nights back by who may (rule B14)."""
    current = night_of(now)
    if night > current:
        return Refused(N_("The night of %(day)s has not begun yet.", day=night))
    if is_frozen:
        return Refused(
            N_("The count of the night of %(day)s is fixed. Nothing is added to it.", day=night)
        )
    if night < current and not may_look_back:
        return Refused(
            N_("Only the round of this night can be sent by you. Ask the coordinator for another.")
        )
    if (current - night).days > BACKDATED_DAYS_AT_MOST:
        return Refused(
            N_(
                "The night of %(day)s is more than %(count)s days ago. Choose a later one.",
                day=night,
                count=BACKDATED_DAYS_AT_MOST,
            )
        )
    return Allowed()


def covering(known: Iterable[Absence], night: date) -> Absence | None:
    """Answers with the absence that covers a night."""
    return next((one for one in known if one.nights.covers(night)), None)


def as_before(known: Iterable[Absence], night: date) -> Said:
    """Answers with what holds for a night unless somebody says otherwise: everything as it was."""
    away = covering(known, night)
    if away is None:
        return THERE
    if away.kind is AbsenceKind.UNANNOUNCED:
        return NOT_THERE
    return Said(PresenceState.ANNOUNCED, away.kind)


def meant(code: str, before: Said) -> Said:
    """Answers what a code says, where `before` holds for the night. Raises KeyError for a code that nobody offered."""
    if code != AS_BEFORE:
        return CODES[code]
    if before.state is PresenceState.ANNOUNCED:
        return before
    return Said(PresenceState.ANNOUNCED, AbsenceKind.OTHER)


def adds(answer: Answer, said: Said, current: Statement | None) -> bool:
    """Answers whether an answer adds a statement: the first of the night, or one that a worker really made.

    Somebody who was not touched is as the page showed them; a colleague who said something else meanwhile knows more.
    """
    if current is None:
        return True
    return answer.is_touched and said != current.said


def differ(statements: Sequence[Statement]) -> bool:
    """Answers whether two people said different things about one person and one night, so that somebody has to look."""
    return len({one.said for one in statements}) > 1 and len({one.by for one in statements}) > 1


@dataclass(frozen=True)
class Follows:
    """What a statement does to the absences of a person: one that ends, one that begins, both on the night itself."""

    ends: Absence | None = None
    begins: AbsenceKind | None = None


NOTHING: Final = Follows()


def follows(said: Said, known: Iterable[Absence], night: date) -> Follows:
    """Answers what a statement about this night does to the absences that are recorded.

    Who is there again has come back; who is not there is away unannounced from this night on. That somebody is not
    there does not end what was announced: a detention is not over because a bed is empty. An absence that was
    already ended, or that begins later, was recorded by somebody who knew more, and stands.
    """
    absences = tuple(known)
    away = covering(absences, night)
    if away is not None and away.nights.departure is not None:
        return NOTHING
    kind = said.absence
    if kind is None:
        return Follows(ends=away)
    if away is None:
        later = any(
            one.nights.departure is None or one.nights.departure > night for one in absences
        )
        return NOTHING if later else Follows(begins=kind)
    if kind in (away.kind, AbsenceKind.UNANNOUNCED):
        return NOTHING
    return Follows(ends=away, begins=kind)


def nights_away(known: Iterable[Absence], night: date) -> int:
    """Answers how many nights somebody has been away, this one included; nought for who is there."""
    away = covering(known, night)
    return 0 if away is None else (night - away.nights.arrival).days + 1
