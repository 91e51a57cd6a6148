"""Counting episodes once, in one pass, so that every figure comes from the same count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from caseflow.domain.calendar_months import months_after
from caseflow.domain.episodes import Episode, Milestone, OutcomeKey
from caseflow.domain.outcomes import Outcome


@dataclass(frozen=True)
class TransferWindow:
    """How far from a transfer the entry into another member of the group may lie, in days."""

    days_before: int
    days_after: int

    def joins(self, left_on: date, entered_on: date) -> bool:
        """Answers whether an entry on this day belongs to a transfer on that day."""
        earliest = left_on - timedelta(days=self.days_before)
        return earliest <= entered_on <= left_on + timedelta(days=self.days_after)


@dataclass(frozen=True)
class FollowUpCount:
    """Of the follow-ups that were due: how many held, and of how many nothing is known."""

    due: int
    confirmed: int
    unknown: int


@dataclass
class _FollowUps:
    due: Counter[OutcomeKey] = field(default_factory=Counter)
    confirmed: Counter[OutcomeKey] = field(default_factory=Counter)
    unknown: Counter[OutcomeKey] = field(default_factory=Counter)


@dataclass(frozen=True)
class Tally:
    """Everything the figures of one scope need at one cut-off, in whole people or episodes."""

    as_of: date
    participants: int
    entries: int
    occupancy: int
    transfers_out: int
    exits_by_outcome: Counter[OutcomeKey]
    repeat_asylum_decided: int
    repeat_asylum_granted: int
    _follow_ups: dict[int, _FollowUps] = field(default_factory=dict, repr=False)

    @property
    def exits(self) -> int:
        """Answers how many episodes ended by the cut-off; transfers are not among them."""
        return self.exits_by_outcome.total()

    def exits_among(self, classes: Collection[OutcomeKey]) -> int:
        """Answers how many exits belong to these outcomes; a class without ground means any."""
        return _among(self.exits_by_outcome, classes)

    def follow_ups(self, months: int, classes: Collection[OutcomeKey]) -> FollowUpCount:
        """Answers how the solutions among these outcomes stood so many months later.

        A follow-up that was due and never made counts as unknown, not as held.
        """
        found = self._follow_ups.get(months, _FollowUps())
        return FollowUpCount(
            due=_among(found.due, classes),
            confirmed=_among(found.confirmed, classes),
            unknown=_among(found.unknown, classes),
        )


def _among(counter: Counter[OutcomeKey], classes: Collection[OutcomeKey]) -> int:
    return sum(
        count
        for (outcome, basis), count in counter.items()
        if (outcome, basis) in classes or (outcome, None) in classes
    )


def tally(
    episodes: Iterable[Episode],
    scope: Collection[str],
    as_of: date,
    *,
    transfers: TransferWindow,
    known_on: date | None = None,
    milestones: Iterable[Milestone] = (),
    follow_up_months: Collection[int] = (),
) -> Tally:
    """Answers with the count of one programme or group at a cut-off, in one pass over the episodes.

    By the cut-off means on or before it. Test cases never count. In one programme a transfer to
    another city is shown apart and is no exit. In a group, a transfer is neither exit nor entry
    when the same person enters another member within the window around it; each entry answers at
    most one transfer. Memory grows with the number of people, in a group with their entries.
    """
    members = frozenset(scope)
    moves = _Moves(transfers) if len(members) > 1 else None
    people: set[Hashable] = set()
    inside: set[Hashable] = set()
    exits: Counter[OutcomeKey] = Counter()
    entries = transfers_out = 0
    follow_ups = {months: _FollowUps() for months in follow_up_months}

    for episode in episodes:
        if episode.programme not in members or not episode.known_by(known_on):
            continue
        if episode.entered_on > as_of:
            continue
        people.add(episode.person)
        entries += 1
        if moves is not None:
            moves.entered(episode)
        if not episode.ended_by(as_of, known_on):
            inside.add(episode.person)
            continue
        if episode.outcome == Outcome.MUNICIPAL_TRANSFER:
            transfers_out += 1
            if moves is not None:
                moves.left(episode)
            continue
        exits[episode.counted_as] += 1
        for months, counts in follow_ups.items():
            _count_follow_up(counts, episode, months, as_of, known_on)

    internal = moves.internal() if moves is not None else 0
    decided = [
        milestone.granted
        for milestone in milestones
        if milestone.programme in members
        and not milestone.is_test
        and milestone.decided_on <= as_of
        and (known_on is None or milestone.recorded_on <= known_on)
    ]
    return Tally(
        as_of=as_of,
        participants=len(people),
        entries=entries - internal,
        occupancy=len(inside),
        transfers_out=transfers_out - internal,
        exits_by_outcome=exits,
        repeat_asylum_decided=len(decided),
        repeat_asylum_granted=sum(decided),
        _follow_ups=follow_ups,
    )


def _count_follow_up(
    counts: _FollowUps, episode: Episode, months: int, as_of: date, known_on: date | None
) -> None:
    exited_on = episode.exited_on
    if exited_on is None or months_after(exited_on, months) > as_of:
        return
    known_by = as_of if known_on is None else known_on
    made = [f for f in episode.follow_ups if f.months == months and f.recorded_on <= known_by]
    found = max(made, key=lambda follow_up: follow_up.recorded_on).still_solved if made else None
    counts.due[episode.counted_as] += 1
    if found is None:
        counts.unknown[episode.counted_as] += 1
    elif found:
        counts.confirmed[episode.counted_as] += 1


class _Moves:
    """Pairs transfers out of one member of a group with entries into another."""

    def __init__(self, window: TransferWindow) -> None:
        self._window = window
        self._entries: dict[Hashable, list[tuple[date, str]]] = {}
        self._transfers: dict[Hashable, list[tuple[date, str]]] = {}

    def entered(self, episode: Episode) -> None:
        self._entries.setdefault(episode.person, []).append((episode.entered_on, episode.programme))

    def left(self, episode: Episode) -> None:
        if episode.exited_on is not None:
            self._transfers.setdefault(episode.person, []).append(
                (episode.exited_on, episode.programme)
            )

    def internal(self) -> int:
        """Answers how many transfers stayed inside the group."""
        paired = 0
        for person, departures in self._transfers.items():
            arrivals = sorted(self._entries[person])
            for left_on, left in sorted(departures):
                match = next(
                    (a for a in arrivals if a[1] != left and self._window.joins(left_on, a[0])),
                    None,
                )
                if match is not None:
                    arrivals.remove(match)
                    paired += 1
        return paired
