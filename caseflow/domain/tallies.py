"""Counting episodes once, in one pass, so that every figure comes from the same count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
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

    def add(self, other: _FollowUps) -> None:
        self.due.update(other.due)
        self.confirmed.update(other.confirmed)
        self.unknown.update(other.unknown)


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
    [found] = tallies(
        ((episode,) for episode in episodes),
        scope,
        (as_of,),
        transfers=transfers,
        known_on=known_on,
        milestones=milestones,
        follow_up_months=follow_up_months,
        stocks=(stocks or Stocks(),),
    )
    return found


def tallies(
    episodes: Iterable[Sequence[Episode]],
    scope: Collection[str],
    days: Sequence[date],
    *,
    transfers: TransferWindow,
    known_on: date | None = None,
    milestones: Iterable[Milestone] = (),
    follow_up_months: Collection[int] = (),
    stocks: Sequence[Stocks] = (),
) -> list[Tally]:
    """Answers with the same count at each of several cut-offs, in one pass over the episodes.

    Each episode is given as it stood at each of the days, in their order: they differ in how it stands against its
    limit alone. What says the same at all of them is counted once.
    """
    members = frozenset(scope)
    counting = _Several(days, known_on, follow_up_months)
    counted = (one for one in episodes if one[0].programme in members and one[0].known_by(known_on))
    if len(members) == 1:
        for one in counted:
            counting.stay(one)
    else:
        gathered: dict[Hashable, list[Sequence[Episode]]] = {}
        for one in counted:
            gathered.setdefault(one[0].person, []).append(one)
        for theirs in gathered.values():
            counting.stays(theirs, transfers)
    decided = [
        milestone
        for milestone in milestones
        if milestone.programme in members
        and not milestone.is_test
        and (known_on is None or milestone.recorded_on <= known_on)
    ]
    return counting.done(decided, stocks or [Stocks()] * len(days))


class _Several:
    """The numbers at several cut-offs while they grow; what is over and done at all of them is counted apart, once."""

    def __init__(
        self, days: Sequence[date], known_on: date | None, follow_up_months: Collection[int]
    ) -> None:
        self._first, self._known_on = min(days), known_on
        self._settled = _Counting(self._first, known_on, follow_up_months)
        self._each = [_Counting(day, known_on, follow_up_months) for day in days]
        self._over_by = min(
            (latest_start(self._first, months) for months in follow_up_months), default=self._first
        )

    def _is_settled(self, one: Sequence[Episode]) -> bool:
        """Answers whether an episode says the same at every cut-off: it ended, and all follow-ups were due."""
        if len(one) == 1:
            return False
        episode = one[0]
        return (
            episode.exited_on is not None
            and episode.exited_on <= min(self._first, self._over_by)
            and episode.entered_on <= self._first
            and episode.ended_by(self._first, self._known_on)
            and one.count(episode) == len(one)
            and all(f.known_by(self._first, None) for f in episode.follow_ups)
        )

    def stay(self, one: Sequence[Episode]) -> None:
        """Counts an episode that no transfer joins to another."""
        if self._is_settled(one):
            self._settled.person(one[0])
            self._settled.stay(Stay(one[0].entered_on, one[0], ended=True))
            return
        for counting, episode in zip(self._each, one, strict=True):
            if episode.entered_on <= counting.as_of:
                counting.person(episode)
                counting.stay(Stay(episode.entered_on, episode, counting.has_ended(episode)))

    def stays(self, theirs: Sequence[Sequence[Episode]], window: TransferWindow) -> None:
        """Counts the episodes of one person in a group, joined by their transfers."""
        if all(self._is_settled(one) for one in theirs):
            self._settled.all_of([one[0] for one in theirs], window)
            return
        for place, counting in enumerate(self._each):
            entered = [one[place] for one in theirs if one[0].entered_on <= counting.as_of]
            if entered:
                counting.all_of(entered, window)

    def done(self, decided: Sequence[Milestone], stocks: Sequence[Stocks]) -> list[Tally]:
        """Answers with what was counted, cut-off by cut-off."""
        found = []
        for counting, stock in zip(self._each, stocks, strict=True):
            granted = [one.granted for one in decided if one.decided_on <= counting.as_of]
            counting.take_in(self._settled)
            found.append(counting.done(len(granted), sum(granted), stock))
        return found


class _Counting:
    """The numbers of one tally while they grow."""

    def __init__(
        self, as_of: date, known_on: date | None, follow_up_months: Collection[int]
    ) -> None:
        self.as_of, self._known_on = as_of, known_on
        self._follow_ups = {months: _FollowUps() for months in follow_up_months}
        self._asked = [
            (months, latest_start(as_of, months), counts)
            for months, counts in self._follow_ups.items()
        ]
        self._people: dict[Hashable, FirstSeen] = {}
        self._same: dict[FirstSeen, FirstSeen] = {}
        self._inside: set[Hashable] = set()
        self._entries = self._transfers_out = 0
        self._outcomes: Counter[OutcomeKey] = Counter()
        self._exits: Counter[ExitCell] = Counter()
        self._stays_by_band: Counter[tuple[OutcomeKey, StayBand]] = Counter()
        self._durations: dict[OutcomeKey, Counter[int]] = {}
        self._cells: Counter[PersonCell] = Counter()

    def has_ended(self, episode: Episode) -> bool:
        """Answers whether it had ended by this cut-off, as far as was known."""
        return episode.ended_by(self.as_of, self._known_on)

    def all_of(self, theirs: Iterable[Episode], window: TransferWindow) -> None:
        """Counts one person with the stays that transfers make of their episodes."""
        told = [(episode, self.has_ended(episode)) for episode in theirs]
        for episode, _ in told:
            self.person(episode)
        for stay in joined(told, window):
            self.stay(stay)

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
            self._lasted(STILL_IN, stay.entered_on, self.as_of)
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
                _count_follow_up(counts, last, months, self.as_of, self._known_on)

    def _lasted(self, key: OutcomeKey, entered_on: date, until: date) -> StayBand:
        band = stay_band(entered_on, until)
        self._stays_by_band[key, band] += 1
        self._durations.setdefault(key, Counter())[(until - entered_on).days] += 1
        return band

    def take_in(self, settled: _Counting) -> None:
        """Adds what counts the same at every cut-off; somebody who is in both counts once."""
        if not settled._cells:
            settled._cells = Counter(cell for _, cell in settled._people.values())
        cells = settled._cells.copy()
        for person, seen in self._people.items():
            before = settled._people.get(person)
            if before is not None:
                cells[before[1]] -= 1
                seen = same_person(before, seen)
            cells[seen[1]] += 1
        self._cells = +cells
        self._entries += settled._entries
        self._transfers_out += settled._transfers_out
        self._outcomes.update(settled._outcomes)
        self._exits.update(settled._exits)
        self._stays_by_band.update(settled._stays_by_band)
        for key, lasted in settled._durations.items():
            self._durations.setdefault(key, Counter()).update(lasted)
        for months, counts in settled._follow_ups.items():
            self._follow_ups[months].add(counts)

    def done(self, decided: int, granted: int, stocks: Stocks) -> Tally:
        """Answers with what was counted."""
        return Tally(
            as_of=self.as_of,
            participants=self._cells.total(),
            entries=self._entries,
            occupancy=len(self._inside),
            transfers_out=self._transfers_out,
            exits_by_outcome=self._outcomes,
            repeat_asylum_decided=decided,
            repeat_asylum_granted=granted,
            _follow_ups=self._follow_ups,
            exits_by=of_exits(self._exits),
            participants_by=of_participants(self._cells),
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
