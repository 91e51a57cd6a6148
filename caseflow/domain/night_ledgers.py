"""The ledger of nights: counts by site, night and kind of bed, frozen before presence by name is deleted.

The digest is made over the rows that said so, each with its own random id. While they are kept anybody can count again;
once they are gone, nobody can try out who was where, because the ids went with them (`statistics.md`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from caseflow.domain.beds import BedKind
from caseflow.domain.placements import BACKDATED_DAYS_AT_MOST
from caseflow.domain.retention import Term
from caseflow.domain.rounds import PresenceState

TERM_ID: Final = "presence"
"""The term of `config/retention.toml` that says how long presence by name is kept."""
KEPT_DAYS: Final = 28
"""Days for which presence by name is kept, where no term says otherwise."""


@dataclass(frozen=True)
class CodedRow:
    """One statement about one stay and one night, without a name or a client code."""

    id: str
    placement_id: str
    state: PresenceState
    kind: str | None
    bed_kind: BedKind
    recorded_at: str
    recorded_by: str


@dataclass(frozen=True)
class NightLine:
    """The count of one kind of bed in one night, and the digest of the rows behind it."""

    there: int
    announced: int
    not_there: int
    unrecorded: int
    digest: str

    @property
    def stays(self) -> int:
        """How many stays there were that night."""
        return self.there + self.announced + self.not_there + self.unrecorded

    def agrees(self, again: NightLine) -> bool:
        """Whether a recount of the rows gives the same; stays without a row may have been corrected since."""
        return (self.there, self.announced, self.not_there, self.digest) == (
            again.there,
            again.announced,
            again.not_there,
            again.digest,
        )


def current(rows: Iterable[CodedRow]) -> dict[str, CodedRow]:
    """Answers with the newest statement about each stay; rows of one instant come in the order of saying."""
    newest: dict[str, CodedRow] = {}
    for row in sorted(rows, key=lambda one: one.recorded_at):
        newest[row.placement_id] = row
    return newest


def digest(rows: Iterable[CodedRow]) -> str:
    """Answers with the SHA-256 of the rows in the order of their ids."""
    lines = sorted(
        [one.id, one.placement_id, one.state.value, one.kind, one.bed_kind.value, one.recorded_at, one.recorded_by]
        for one in rows
    )  # fmt: skip
    return hashlib.sha256(json.dumps(lines, separators=(",", ":")).encode()).hexdigest()


def lines(
    rows: Sequence[CodedRow], stays: Mapping[str, BedKind], numbers: Mapping[BedKind, int] | None
) -> dict[BedKind, NightLine]:
    """Answers with the count of each kind of bed in one night.

    `stays` are the stays of that night by id; one of which no row speaks is not recorded. `numbers` are counts that
    were made without names, where presence by name may not be kept: then they are what is there.
    """
    newest = current(rows)
    kinds = {row.bed_kind for row in rows} | set(stays.values()) | set(numbers or ())
    return {
        kind: _line(
            [one for one in newest.values() if one.bed_kind is kind],
            [one for one in rows if one.bed_kind is kind],
            sum(found is kind for stay, found in stays.items() if stay not in newest),
            (numbers or {}).get(kind),
        )
        for kind in BedKind
        if kind in kinds
    }


def _line(
    newest: Collection[CodedRow], rows: Collection[CodedRow], unrecorded: int, counted: int | None
) -> NightLine:
    def of(state: PresenceState) -> int:
        return sum(one.state is state for one in newest)

    there = of(PresenceState.THERE)
    if counted is not None:
        there, unrecorded = there + counted, max(0, unrecorded - counted)
    return NightLine(
        there,
        of(PresenceState.ANNOUNCED),
        of(PresenceState.NOT_THERE),
        unrecorded,
        digest(rows),
    )


def kept_days(terms: Iterable[Term]) -> int:
    """Answers for how many days presence by name is kept."""
    term = next((one for one in terms if one.id == TERM_ID), None)
    return KEPT_DAYS if term is None or term.days is None else term.days


@dataclass(frozen=True)
class Terms:
    """Nights before `open_from` are frozen; presence by name of nights before `kept_from` is deleted."""

    open_from: date
    kept_from: date


def terms(days: int, today: date, crime_from: date | None) -> Terms:
    """Answers which nights are frozen, and of which the rows go, on a day.

    A night is frozen once nothing can be added to it any more, so that it can be counted again while its rows are
    there. Where staying without papers has become a crime, nothing by name is kept of a night that is over.
    """
    if crime_from is not None and today >= crime_from:
        days = 0
    return Terms(
        today - timedelta(days=BACKDATED_DAYS_AT_MOST + 1),
        today - timedelta(days=days),
    )


def keeps_names(night: date, crime_from: date | None) -> bool:
    """Answers whether presence by name may be recorded for a night; if not, people are counted."""
    return crime_from is None or night < crime_from
