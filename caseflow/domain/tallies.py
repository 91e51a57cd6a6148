"""Counting episodes once, in one pass, so that every figure comes from the same count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from caseflow.domain.breakdowns import (
    Breakdown,
    ExitCell,
    FirstSeen,
    PersonCell,
    first_seen,
    of_exits,
    of_participants,
    same_person,
)
from caseflow.domain.calendar_months import latest_start
from caseflow.domain.episodes import Episode, Milestone, OutcomeKey
from caseflow.domain.lengths_of_stay import StayBand, stay_band
from caseflow.domain.outcomes import Outcome
from caseflow.domain.transfers import Stay, TransferWindow, joined

STILL_IN: Final[OutcomeKey] = ("still_in", None)
"""How a duration counts that had not ended by the cut-off."""
TRANSFERRED: Final[OutcomeKey] = (Outcome.MUNICIPAL_TRANSFER.value, None)


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
class Stocks:
    """What is counted on one day and is no episode: who waits for a place, and how many places there are.

    `capacity` is None where no number is known for every programme that is counted.
    """

    waiting: int = 0
    capacity: int | None = None


@dataclass(frozen=True)
class Tally:
    """Everything the figures of one scope need at one cut-off, in whole people or episodes.

    `exits_by` and `participants_by` tell the exits and the people apart. `stays_by_band` and `durations` are how long
    stays lasted, in bands and in days, by how they ended: `STILL_IN` those that had not, `TRANSFERRED` those that went
    on in another city.
    """

    as_of: date
    participants: int
    entries: int
    occupancy: int
    transfers_out: int
    exits_by_outcome: Counter[OutcomeKey]
    repeat_asylum_decided: int
    repeat_asylum_granted: int
    _follow_ups: dict[int, _FollowUps] = field(default_factory=dict, repr=False)
    exits_by: Breakdown[ExitCell] = field(default_factory=lambda: of_exits(Counter()))
    participants_by: Breakdown[PersonCell] = field(
        default_factory=lambda: of_participants(Counter())
    )
    stays_by_band: Counter[tuple[OutcomeKey, StayBand]] = field(default_factory=Counter)
    durations: Mapping[OutcomeKey, Counter[int]] = field(default_factory=dict, repr=False)
    stocks: Stocks = field(default_factory=Stocks)

    @property
    def exits(self) -> int:
        """Answers how many episodes ended by the cut-off; transfers are not among them."""
        return self.exits_by_outcome.total()

    @property
    def inside_by_stay(self) -> Counter[StayBand]:
        """Answers how long those have been in who are in on the cut-off."""
        found: Counter[StayBand] = Counter()
        for (key, band), count in self.stays_by_band.items():
            if key == STILL_IN:
                found[band] += count
        return found

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
    stocks: Stocks | None = None,
) -> Tally:
    """Answers with the count of one programme or group at a cut-off, in one pass over the episodes.

    By the cut-off means on or before it. Test cases never count. In one programme a transfer to
    another city is shown apart and is no exit. In a group, a transfer is neither exit nor entry
    when the same person enters another member within the window around it; each entry answers at
    most one transfer, and the stay counts from its first entry. Memory grows with the number of
    people, in a group with their episodes.
    """
    members = frozenset(scope)
    counting = _Counting(as_of, known_on, {months: _FollowUps() for months in follow_up_months})
    counted = (
        (episode, episode.ended_by(as_of, known_on))
        for episode in episodes
        if episode.programme in members
        and episode.known_by(known_on)
        and episode.entered_on <= as_of
    )
    if len(members) == 1:
        for episode, ended in counted:
            counting.person(episode)
            counting.stay(Stay(episode.entered_on, episode, ended))
    else:
        for theirs in _by_person(counted, counting):
            for stay in joined(theirs, transfers):
                counting.stay(stay)
    decided = [
        milestone.granted
        for milestone in milestones
        if milestone.programme in members
        and not milestone.is_test
        and milestone.decided_on <= as_of
        and (known_on is None or milestone.recorded_on <= known_on)
    ]
    return counting.done(len(decided), sum(decided), stocks or Stocks())


def _by_person(
    counted: Iterable[tuple[Episode, bool]], counting: _Counting
) -> Iterator[list[tuple[Episode, bool]]]:
    gathered: dict[Hashable, list[tuple[Episode, bool]]] = {}
    for episode, ended in counted:
        counting.person(episode)
        gathered.setdefault(episode.person, []).append((episode, ended))
    yield from gathered.values()


class _Counting:
    """The numbers of one tally while they grow."""

    def __init__(
        self, as_of: date, known_on: date | None, follow_ups: dict[int, _FollowUps]
    ) -> None:
        self._as_of, self._known_on = as_of, known_on
        self._follow_ups = follow_ups
        self._asked = [
            (months, latest_start(as_of, months), counts) for months, counts in follow_ups.items()
        ]
        self._people: dict[Hashable, FirstSeen] = {}
        self._same: dict[FirstSeen, FirstSeen] = {}
        self._inside: set[Hashable] = set()
        self._entries = self._transfers_out = 0
        self._outcomes: Counter[OutcomeKey] = Counter()
        self._exits: Counter[ExitCell] = Counter()
        self._stays_by_band: Counter[tuple[OutcomeKey, StayBand]] = Counter()
        self._durations: dict[OutcomeKey, Counter[int]] = {}

    def person(self, episode: Episode) -> None:
        """Counts somebody once, however often they came."""
        seen = first_seen(episode)
        before = self._people.get(episode.person)
        if before is not None:
            seen = same_person(before, seen)
        self._people[episode.person] = self._same.setdefault(seen, seen)

    def stay(self, stay: Stay) -> None:
        """Counts one stay, from its first entry to how it stands."""
        self._entries += 1
        last, until = stay.last, stay.last.exited_on
        if not stay.ended or until is None:
            self._inside.add(last.person)
            self._lasted(STILL_IN, stay.entered_on, self._as_of)
        elif last.outcome == Outcome.MUNICIPAL_TRANSFER:
            self._transfers_out += 1
            self._lasted(TRANSFERRED, stay.entered_on, until)
        else:
            self._exit(stay.entered_on, last, until)

    def _exit(self, entered_on: date, last: Episode, until: date) -> None:
        key = last.counted_as
        self._outcomes[key] += 1
        band = self._lasted(key, entered_on, until)
        self._exits[ExitCell(key, last.gender, last.age_band, band, last.limit)] += 1
        for months, due_until, counts in self._asked:
            if until <= due_until:
                _count_follow_up(counts, last, months, self._as_of, self._known_on)

    def _lasted(self, key: OutcomeKey, entered_on: date, until: date) -> StayBand:
        band = stay_band(entered_on, until)
        self._stays_by_band[key, band] += 1
        self._durations.setdefault(key, Counter())[(until - entered_on).days] += 1
        return band

    def done(self, decided: int, granted: int, stocks: Stocks) -> Tally:
        """Answers with what was counted."""
        return Tally(
            as_of=self._as_of,
            participants=len(self._people),
            entries=self._entries,
            occupancy=len(self._inside),
            transfers_out=self._transfers_out,
            exits_by_outcome=self._outcomes,
            repeat_asylum_decided=decided,
            repeat_asylum_granted=granted,
            _follow_ups=self._follow_ups,
            exits_by=of_exits(self._exits),
            participants_by=of_participants(Counter(cell for _, cell in self._people.values())),
            stays_by_band=self._stays_by_band,
            durations=self._durations,
            stocks=stocks,
        )


def _count_follow_up(
    counts: _FollowUps, episode: Episode, months: int, as_of: date, known_on: date | None
) -> None:
    made = [f for f in episode.follow_ups if f.months == months and f.known_by(as_of, known_on)]
    # of two that were recorded on one day the later one, which is how they are given
    made.sort(key=lambda follow_up: follow_up.recorded_on)
    found = made[-1].still_solved if made else None
    key = episode.counted_as
    counts.due[key] += 1
    if found is None:
        counts.unknown[key] += 1
    elif found:
        counts.confirmed[key] += 1
