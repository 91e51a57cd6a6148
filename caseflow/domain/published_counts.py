"""The counts that a publication prints, and how those of several publications hang together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseflow.domain.printed_statements import Place, Range, Silence, Statement, Unknown
from caseflow.domain.published_tables import Cohort, PublishedTable, least, most
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
    the order in which sums over the table were printed or kept back. `tables` count the same people
    by something else, `waiting` is who waits for a place on the cut-off. What one official was told
    at a date is written like a publication too, with exact counts.
    """

    scope: str
    members: frozenset[str]
    cut_off: date
    categories: tuple[str, ...]
    structural_zeros: frozenset[str]
    counts: tuple[PublishedCount, ...]
    kept_back: tuple[KeptBack, ...] = ()
    sums_decided: tuple[str, ...] = ()
    tables: tuple[PublishedTable, ...] = ()
    waiting: PrintedCount | None = None

    def table(self, name: str) -> PublishedTable | None:
        """Answers with one of the further tables, or None where it is not printed."""
        return next((table for table in self.tables if table.id == name), None)


def statements(publications: Sequence[PublishedCounts]) -> list[Statement]:
    """Answers with every printed count as a sum over what each period added.

    Nobody leaves a cumulative count, so a later one is the earlier one and what was added; written
    like this, growth needs no rule of its own. Participants are tied to exits only where both print
    so: if fewer participants than exits print, people came back, and the two kinds do not compare.
    Further tables narrow the totals that they add up to; a table of stays says the sums over its parts.
    """
    found: list[Statement] = []
    ordered = sorted(publications, key=lambda publication: publication.cut_off)
    known = _Cells(ordered)
    tied = narrowed(ordered)
    for number, publication in enumerate(ordered):
        for among, said in sums_of_parts(ordered, number):
            found.append(replace(said, unknowns=known.cumulative(among, number)))
        for count in publication.counts:
            unknowns = known.cumulative(count.categories, number)
            if count.with_still_in:
                unknowns = (
                    unknowns | {_still_in(publication.cut_off)}
                    if is_comparable(publication)
                    else frozenset({_participants(publication.cut_off)})
                )
            if unknowns:
                name = f"{count.name} {publication.cut_off.isoformat()}"
                whole = count.categories == frozenset(publication.categories)
                within = tied.get((number, count.with_still_in)) if whole else None
                found.append(Statement(name, unknowns, count.printed, count.name, number, within))
    return found


def exits_among(
    publications: Sequence[PublishedCounts], among: frozenset[str] | None = None
) -> list[frozenset[Unknown]]:
    """Answers with what the exits of these categories up to each publication add up, in the order of their cut-offs.

    Without categories, of all.
    """
    ordered = sorted(publications, key=lambda publication: publication.cut_off)
    known = _Cells(ordered)
    return [
        known.cumulative(frozenset(publication.categories) if among is None else among, number)
        for number, publication in enumerate(ordered)
    ]


def series_of_parts(
    ordered: Sequence[PublishedCounts],
) -> Mapping[tuple[str, frozenset[str]], list[PublishedTable | None]]:
    """Answers with every part of every table of stays, publication by publication."""
    found: dict[tuple[str, frozenset[str]], list[PublishedTable | None]] = {}
    for number, publication in enumerate(ordered):
        for table in publication.tables:
            for among in table.parts if table.cohort is Cohort.STAYS else ():
                series = found.setdefault((table.id, among), [None] * len(ordered))
                series[number] = table.part(among)
    return found


def sums_of_parts(
    ordered: Sequence[PublishedCounts], number: int, before: str = ""
) -> Iterator[tuple[frozenset[str], Statement]]:
    """Answers with what the rows of each part of a table of stays say of all exits of that part.

    The unknowns are for the caller to fill in.
    """
    for (table, among), series in series_of_parts(ordered).items():
        part = series[number]
        if part is None:
            continue
        low, high = least(series)[number], most(series)[number]
        cell = f"{before}{table}: {' '.join(part.row_ids)}"
        added = sum(row.printed.value or 0 for row in part.rows)
        yield (
            among,
            Statement(
                f"{cell} {ordered[number].cut_off.isoformat()}",
                frozenset(),
                PrintedCount(added),
                cell,
                number,
                (low, added if high is None else high),
            ),
        )


def series_of(
    ordered: Sequence[PublishedCounts], cohort: Cohort
) -> Mapping[str, list[PublishedTable | None]]:
    """Answers with every further table of a cohort, publication by publication."""
    names = {t.id: None for one in ordered for t in one.tables if t.cohort is cohort}
    return {name: [one.table(name) for one in ordered] for name in names}


def narrowed(ordered: Sequence[PublishedCounts]) -> Mapping[tuple[int, bool], Range]:
    """What further tables leave of the totals, by publication, and whether those still in count.

    Of exits, the range in which every table can add up. Of participants, up to the least that they
    can be: exits that fit under that fit under any true number, whatever the tables of people say.
    """
    found: dict[tuple[int, bool], Range] = {}
    exits, people = series_of(ordered, Cohort.EXITS), series_of(ordered, Cohort.PARTICIPANTS)
    for number, publication in enumerate(ordered):
        whole = _whole(publication, with_still_in=False)
        if whole is not None and exits:
            lows = [least(series)[number] for series in exits.values()]
            highs = [
                high for series in exits.values() if (high := most(series)[number]) is not None
            ]
            found[number, False] = max([whole.low, *lows]), min([whole.high, *highs])
        whole = _whole(publication, with_still_in=True)
        if whole is not None and any(series[number] for series in people.values()):
            sums = [least([series[number]])[0] for series in people.values()]
            found[number, True] = 0, max([whole.low, *sums])
    return found


def silences(publications: Sequence[PublishedCounts]) -> list[Silence]:
    """Answers with what is known of the counts that were kept back."""
    ordered = sorted(publications, key=lambda publication: publication.cut_off)
    known = _Cells(ordered)
    return [
        Silence(
            f"{kept.name} {publication.cut_off.isoformat()}",
            known.cumulative(kept.categories, number),
            kept.one_of,
            number,
        )
        for number, publication in enumerate(ordered)
        for kept in publication.kept_back
    ]


class _Cells:
    """Which unknowns stand for what was added to a category in each period.

    Categories that are never printed on their own and always counted together are one unknown: how
    their people are spread over them is nowhere said.
    """

    def __init__(self, ordered: Sequence[PublishedCounts]) -> None:
        self._cut_offs = [publication.cut_off for publication in ordered]
        self._possible = _possible(ordered)
        sums = [count.categories for one in ordered for count in one.counts]
        sums += [kept.categories for one in ordered for kept in one.kept_back]
        printed_alone = frozenset[str]().union(*(one for one in sums if len(one) == 1))
        self._stands_for: dict[str, str] = {}
        for group in alike(ordered):
            if not printed_alone & set(group):
                self._stands_for.update(dict.fromkeys(group, group[0]))

    def added(self, categories: Iterable[str], number: int) -> list[str]:
        """Answers what can have been added to these categories in one period."""
        possible = self._possible[self._cut_offs[number]]
        return sorted({self._stands_for.get(c, c) for c in categories if c in possible})

    def cumulative(self, categories: frozenset[str], number: int) -> frozenset[str]:
        """Answers with everything added to these categories up to a publication."""
        return frozenset(
            _added(category, self._cut_offs[period])
            for period in range(number + 1)
            for category in self.added(categories, period)
        )


def places(publications: Sequence[PublishedCounts]) -> list[Place]:
    """Answers with every place in which someone can count: an outcome in a period, or still in.

    Everyone in a coalition is taken to have entered before the first cut-off: that leaves least room
    for others under the number of participants, so later entries cannot do better.
    """
    ordered = sorted(publications, key=lambda publication: publication.cut_off)
    known = _Cells(ordered)
    cut_offs = [publication.cut_off for publication in ordered]
    tied = {publication.cut_off for publication in ordered if is_comparable(publication)}
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
            for category in known.added(ordered[number].categories, number)
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
                tuple((t.id, part) for t in publication.tables for part in t.parts if own <= part),
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


def is_comparable(publication: PublishedCounts) -> bool:
    """Answers whether exits are bounded by participants; where people came back, they are not."""
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
