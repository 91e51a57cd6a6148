"""The accountant's sample: which bed-nights of a statement are looked behind, and what may come of each.

The sample follows from a recorded seed alone, so that anybody who has the same nights draws the same ones again; every
kind of site is in it in proportion, and at least once where there is room. Source: the figures page, *auditor session*.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.bed_night_prices import divided
from caseflow.domain.bed_nights import BedNight, NightState
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

SAMPLE_SIZE: Final = 25
SESSION_HOURS: Final = 4
"""How long an accountant may look; a longer visit is opened again, with a sample of its own."""


class Finding(StrEnum):
    """What an accountant found of one night; never words."""

    IN_ORDER = "in_order"
    OTHER_DATES = "other_dates"
    OTHER_BED = "other_bed"
    OTHER_STATE = "other_state"
    NO_EVIDENCE = "no_evidence"


FINDING_NAMES: Final[Mapping[Finding, Message]] = MappingProxyType(
    {
        Finding.IN_ORDER: N_("in order"),
        Finding.OTHER_DATES: N_("arrival or departure on another day"),
        Finding.OTHER_BED: N_("another bed"),
        Finding.OTHER_STATE: N_("occupied and held mixed up"),
        Finding.NO_EVIDENCE: N_("no evidence was found"),
    }
)


def frame(nights: Iterable[BedNight]) -> list[BedNight]:
    """Answers with the bed-nights that can be drawn: those that somebody took."""
    taken = (NightState.OCCUPIED, NightState.HELD)
    return [one for one in nights if one.state in taken and one.stay_id is not None]


def drawn(nights: Iterable[BedNight], seed: str, size: int = SAMPLE_SIZE) -> tuple[BedNight, ...]:
    """Answers with the sample that follows from a seed, in an order that says nothing of the beds.

    Whatever order the nights come in, the same ones are drawn.
    """
    ranked: dict[str, list[BedNight]] = {}
    for one in sorted(frame(nights), key=lambda night: _rank(night, seed)):
        ranked.setdefault(one.bed.kind, []).append(one)
    kinds = sorted(ranked)
    sizes = allotted([len(ranked[kind]) for kind in kinds], size)
    chosen = [one for kind, n in zip(kinds, sizes, strict=True) for one in ranked[kind][:n]]
    return tuple(sorted(chosen, key=lambda night: _rank(night, seed)))


def _rank(one: BedNight, seed: str) -> str:
    told = "|".join((seed, one.bed.kind, one.bed.id, one.night.isoformat()))
    return hashlib.sha256(told.encode()).hexdigest()


def allotted(strata: Sequence[int], size: int) -> tuple[int, ...]:
    """Answers with how many are drawn of each stratum: in proportion, and at least one of each while there is room."""
    whole = sum(strata)
    size = min(size, whole)
    if not size:
        return tuple(0 for _ in strata)
    least = [1 if one and len(strata) <= size else 0 for one in strata]
    rest = size - sum(least)
    left = [one - first for one, first in zip(strata, least, strict=True)]
    more = divided(rest, left) if rest else tuple(0 for _ in strata)
    return tuple(first + extra for first, extra in zip(least, more, strict=True))


def digest_text(nights: Iterable[BedNight]) -> str:
    """Every bed-night that was counted as one text, of which a keyed digest is kept with the statement."""
    lines = sorted(
        "|".join((one.bed.id, one.bed.kind, str(one.bed.overflow_on(one.night)), one.night.isoformat(),
                  one.state.value, one.stay_id or ""))
        for one in nights
    )  # fmt: skip
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class SessionFacts:
    """When a session of an accountant was opened, when it ends, and whether it was closed or signed before."""

    opened_at: datetime
    ends_at: datetime
    closed_at: datetime | None = None
    signed: bool = False

    def runs(self, now: datetime) -> bool:
        """Says whether something is shown in it now."""
        return self.closed_at is None and not self.signed and now < self.ends_at


def ends_at(opened_at: datetime) -> datetime:
    """Answers with the moment after which nothing is shown any more."""
    return opened_at + timedelta(hours=SESSION_HOURS)


def may_sign(findings: Sequence[Finding | None]) -> Decision:
    """Answers whether the note can be signed: once every night was looked behind."""
    left = sum(one is None for one in findings)
    if not findings:
        return Refused(N_("There is no night in this sample, so there is nothing to sign."))
    if left:
        return Refused(
            N_("Of %(left)s nights nothing was found yet. Look at each before you sign.", left=left)
        )
    return Allowed()


@dataclass(frozen=True)
class Outcome:
    """The result of a sample: so many in order of so many, and how often each difference was found."""

    sampled: int
    in_order: int
    differences: tuple[tuple[Finding, int], ...]


def outcome(findings: Iterable[Finding]) -> Outcome:
    """Answers with the result of a sample that was looked at in full."""
    found = Counter(findings)
    differences = tuple(
        (one, found[one]) for one in Finding if one is not Finding.IN_ORDER and found[one]
    )
    return Outcome(sum(found.values()), found[Finding.IN_ORDER], differences)


def written(differences: Iterable[tuple[Finding, int]]) -> str:
    """Differences as canonical JSON."""
    return json.dumps({one.value: n for one, n in differences}, sort_keys=True)


def read(text: str) -> tuple[tuple[Finding, int], ...]:
    """The same read back, in the order of the codes."""
    told = json.loads(text)
    return tuple((one, told[one.value]) for one in Finding if one.value in told)
