"""The counts that a publication prints, and how those of several publications hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseflow.domain.attacks import Place, Silence, Statement
from caseflow.domain.rounding import PrintedCount


@dataclass(frozen=True)
class PublishedCount:
    """One printed count of exits over outcome categories, or of participants.

    Participants are the exits of all categories and those still in.
    """

    name: str
    categories: frozenset[str]
    printed: PrintedCount
    with_still_in: bool = False


@dataclass(frozen=True)
class KeptBack:
    """A count of exits that is not printed, because printing it would have failed the attack.

    The rule is public, so everyone can work out which values would have failed: it is one of these.
    """

    name: str
    categories: frozenset[str]
    one_of: tuple[PrintedCount, ...]


@dataclass(frozen=True)
class PublishedCounts:
    """Everything one publication says about people: cumulative counts of one scope at one cut-off.

    `categories` are all outcome categories, printed one by one or not; `structural_zeros` are those
    that nobody can be in by the programme's own rules, which everyone may know. `sums_decided` is
    the order in which sums over the table were printed or kept back.
    """

    scope: str
    members: frozenset[str]
    cut_off: date
    categories: tuple[str, ...]
    structural_zeros: frozenset[str]
    counts: tuple[PublishedCount, ...]
    kept_back: tuple[KeptBack, ...] = ()
    sums_decided: tuple[str, ...] = ()


def statements(publications: Sequence[PublishedCounts]) -> list[Statement]:
    """Answers with every printed count as a sum over what each period added.

    Nobody leaves a cumulative count, so a later one is the earlier one and what was added; written
    like this, growth needs no rule of its own. Participants are tied to exits only where both print
    so: if fewer participants than exits print, people came back, and the two kinds do not compare.
    """
    found: list[Statement] = []
    ordered = sorted(publications, key=lambda publication: publication.cut_off)
    possible = _possible(ordered)
    for number, publication in enumerate(ordered):
        for count in publication.counts:
            unknowns = _cumulative(count.categories, ordered[: number + 1], possible)
            if count.with_still_in:
                unknowns = (
                    unknowns | {_still_in(publication.cut_off)}
                    if _comparable(publication)
                    else frozenset({_participants(publication.cut_off)})
                )
            if unknowns:
                name = f"{count.name} {publication.cut_off.isoformat()}"
                found.append(Statement(name, unknowns, count.printed, count.name))
    return found


def silences(publications: Sequence[PublishedCounts]) -> list[Silence]:
    """Answers with what is known of the counts that were kept back."""
    ordered = sorted(publications, key=lambda publication: publication.cut_off)
    possible = _possible(ordered)
    return [
        Silence(
            f"{kept.name} {publication.cut_off.isoformat()}",
            _cumulative(kept.categories, ordered[: number + 1], possible),
            kept.one_of,
        )
        for number, publication in enumerate(ordered)
        for kept in publication.kept_back
    ]


def _cumulative(
    categories: frozenset[str],
    until_then: Sequence[PublishedCounts],
    possible: Mapping[date, frozenset[str]],
) -> frozenset[str]:
    return frozenset(
        _added(category, publication.cut_off)
        for publication in until_then
        for category in categories
        if category in possible[publication.cut_off]
    )


def places(publications: Sequence[PublishedCounts]) -> list[Place]:
    """Answers with every place in which someone can count: an outcome in a period, or still in.

    Everyone in a coalition is taken to have entered before the first cut-off: that leaves least room
    for others under the number of participants, so later entries cannot do better.
    """
    ordered = sorted(publications, key=lambda publication: publication.cut_off)
    possible = _possible(ordered)
    cut_offs = [publication.cut_off for publication in ordered]
    tied = {publication.cut_off for publication in ordered if _comparable(publication)}
    found: list[Place] = []
    for number, period in enumerate(cut_offs):
        before = frozenset(_still_in(earlier) for earlier in cut_offs[:number] if earlier in tied)
        found.extend(
            Place(
                f"{category} {period.isoformat()}",
                before | frozenset({_added(category, period)}),
                category,
                number,
            )
            for category in ordered[number].categories
            if category in possible[period]
        )
    if tied:
        found.append(Place("still in", frozenset(_still_in(cut_off) for cut_off in tied)))
    return found


def alike(publications: Sequence[PublishedCounts]) -> list[tuple[str, ...]]:
    """Answers which categories print the same in every publication and stand in the same sums.

    Exchanging two of them changes nothing printed, so an attack on one is an attack on the other.
    """
    seen_as: dict[tuple[object, ...], list[str]] = {}
    for category in dict.fromkeys(c for p in publications for c in p.categories):
        own = frozenset({category})
        kind = tuple(
            (
                category in publication.categories,
                category in publication.structural_zeros,
                tuple(count.printed for count in publication.counts if count.categories == own),
                tuple(c.name for c in publication.counts if own < c.categories),
                tuple(k.name for k in publication.kept_back if own <= k.categories),
            )
            for publication in publications
        )
        seen_as.setdefault(kind, []).append(category)
    return [tuple(group) for group in seen_as.values() if len(group) > 1]


def _possible(ordered: Iterable[PublishedCounts]) -> Mapping[date, frozenset[str]]:
    """What can have been added in each period: not what is nought by rule then or later."""
    publications = list(ordered)
    return {
        publication.cut_off: frozenset(publication.categories).difference(
            *(later.structural_zeros for later in publications[number:])
        )
        for number, publication in enumerate(publications)
    }


def _comparable(publication: PublishedCounts) -> bool:
    exits = _whole(publication, with_still_in=False)
    participants = _whole(publication, with_still_in=True)
    return exits is not None and participants is not None and participants.high >= exits.high


def _whole(publication: PublishedCounts, *, with_still_in: bool) -> PrintedCount | None:
    everything = frozenset(publication.categories)
    for count in publication.counts:
        if count.with_still_in == with_still_in and count.categories == everything:
            return count.printed
    return None


def _added(category: str, period: date) -> str:
    return f"{category}@{period.isoformat()}"


def _still_in(cut_off: date) -> str:
    return f"still in@{cut_off.isoformat()}"


def _participants(cut_off: date) -> str:
    return f"participants@{cut_off.isoformat()}"
