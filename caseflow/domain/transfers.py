"""Moving from one member of a group to another: neither the end of a stay nor the start of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseflow.domain.episodes import Episode
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


@dataclass(frozen=True, slots=True)
class Stay:
    """One episode, or several that transfers joined: from the first entry to how the last one stands."""

    entered_on: date
    last: Episode
    ended: bool
    """Whether the last episode had ended by the cut-off, as far as was known."""


def joined(
    episodes: Sequence[tuple[Episode, bool]], window: TransferWindow | None
) -> Iterator[Stay]:
    """Answers with the stays of one person in a group, each with whether it had ended; no window joins none.

    A transfer goes on in the earliest entry into another member within the window; each entry answers at most one
    transfer, and an episode that ended before the transfer answers none, so that no stay goes in circles. The order in
    which the episodes are given changes nothing.
    """
    if window is None or len(episodes) == 1:
        yield from (Stay(one.entered_on, one, ended) for one, ended in episodes)
        return
    ordered = sorted(episodes, key=_by_end)
    follows: dict[int, int] = {}
    for place, (left, ended) in enumerate(ordered):
        if not ended or left.outcome != Outcome.MUNICIPAL_TRANSFER or left.exited_on is None:
            continue
        answers = [
            later
            for later in range(place + 1, len(ordered))
            if later not in follows.values()
            and ordered[later][0].programme != left.programme
            and window.joins(left.exited_on, ordered[later][0].entered_on)
        ]
        if answers:
            follows[place] = min(answers, key=lambda one: ordered[one][0].entered_on)
    for first in set(range(len(ordered))) - set(follows.values()):
        last = first
        while last in follows:
            last = follows[last]
        yield Stay(ordered[first][0].entered_on, *ordered[last])


def _by_end(one: tuple[Episode, bool]) -> tuple[date, date, str, str]:
    episode, ended = one
    end = episode.exited_on if ended and episode.exited_on is not None else date.max
    return end, episode.entered_on, episode.programme, str(episode.outcome or "")
