"""Which sites an operations sheet tells of together, so that no sum and no difference of sums gives a small one away.

A sheet of one programme can be taken off that of another, or off that of a group. So sites are put into blocks, and a
block is never parted: whatever is added or taken off, what is left are whole blocks. Sites whose organisations take
part in the same programmes stand in the same sheets; within these a block is a row of a bed-night statement (mostly
a kind of site) with 20 beds or more, and smaller ones stand together. Where that is still fewer than 20 beds, the
sites are in no sheet at all.
Source: the figures page, *no site under 20 beds alone*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from caseflow.domain.bed_night_prices import FundedPlaces, parts_of
from caseflow.domain.bed_night_statements import SMALL_SITE
from caseflow.domain.bed_nights import BedNight, NightCount, counted
from caseflow.domain.daily_services import ServiceKind


@dataclass(frozen=True)
class SheetSite:
    """A site in a month: its beds as a statement counts them, and every programme its organisation takes part in.

    `kinds` are those of its row in the bed-night statement of its organisation, so that the two together part nothing
    either. A house that only gives out meals has no beds, and is small.
    """

    id: str
    kinds: tuple[str, ...]
    programmes: frozenset[str]
    beds: int


@dataclass(frozen=True)
class Block:
    """Sites that are told together in every sheet; `kinds` are those among them."""

    programmes: frozenset[str]
    kinds: tuple[str, ...]
    sites: tuple[str, ...]
    beds: int

    def with_(self, other: Block) -> Block:
        """Answers with both together."""
        return Block(
            self.programmes,
            tuple(sorted({*self.kinds, *other.kinds})),
            tuple(sorted(self.sites + other.sites)),
            self.beds + other.beds,
        )


def blocks(sites: Iterable[SheetSite]) -> tuple[Block, ...]:
    """Answers with the blocks of a month, in a fixed order; sites that stay too small are in none."""
    alike: dict[frozenset[str], dict[tuple[str, ...], Block]] = {}
    for site in sorted(sites, key=lambda one: one.id):
        if not site.programmes:
            continue
        kinds = alike.setdefault(site.programmes, {})
        mine = Block(site.programmes, site.kinds, (site.id,), site.beds)
        kinds[site.kinds] = kinds[site.kinds].with_(mine) if site.kinds in kinds else mine
    found = [one for kinds in alike.values() for one in _large_enough(kinds.values())]
    return tuple(sorted(found, key=lambda one: (sorted(one.programmes), one.kinds)))


def _large_enough(kinds: Iterable[Block]) -> list[Block]:
    large = [one for one in kinds if one.beds >= SMALL_SITE]
    small = [one for one in kinds if one.beds < SMALL_SITE]
    if not small:
        return large
    rest = small[0]
    for one in small[1:]:
        rest = rest.with_(one)
    if rest.beds >= SMALL_SITE:
        return [*large, rest]
    if not large:
        return []
    nearest = min(large, key=lambda one: (one.beds, one.kinds))
    return [one for one in large if one is not nearest] + [nearest.with_(rest)]


@dataclass(frozen=True)
class BlockNumbers:
    """What a block comes to in a month; `occupied` is about people, and is printed as a rounded share alone."""

    block: Block
    funded_places: int
    """On the last night of the month."""
    funded: int
    nights: NightCount
    services: Mapping[ServiceKind, int]

    def __add__(self, other: BlockNumbers) -> BlockNumbers:
        services = dict(self.services)
        for kind, number in other.services.items():
            services[kind] = services.get(kind, 0) + number
        return BlockNumbers(
            self.block.with_(other.block),
            self.funded_places + other.funded_places,
            self.funded + other.funded,
            self.nights + other.nights,
            services,
        )


@dataclass(frozen=True)
class SiteMonth:
    """What is known of the sites of a month: each bed-night, who pays how many places, and what was given out."""

    nights: tuple[BedNight, ...]
    shares: tuple[FundedPlaces, ...]
    services: Mapping[tuple[str, ServiceKind], int]
    """By site and kind."""


def numbers(found: Iterable[Block], known: SiteMonth, last_night: date) -> tuple[BlockNumbers, ...]:
    """Answers with what each block comes to, counted by the functions that count a bed-night statement."""
    some = tuple(found)
    block_of = {site: n for n, block in enumerate(some) for site in block.sites}
    month = counted(
        replace(one, bed=replace(one.bed, kind=str(block_of[one.bed.site_id])))
        for one in known.nights
        if one.bed.site_id in block_of
    )
    shares = tuple(
        replace(one, kind=str(block_of[one.site_id]))
        for one in known.shares
        if one.site_id in block_of
    )
    return tuple(
        BlockNumbers(
            block,
            sum(
                one.places
                for one in shares
                if one.kind == str(n) and one.nights.covers(last_night)
            ),
            sum(part.funded for part in parts_of(str(n), month.by_night.get(str(n), {}), shares, ())),
            month.of_kind(str(n)) if str(n) in month.by_night else NightCount(),
            _services(block, known.services),
        )
        for n, block in enumerate(some)
    )  # fmt: skip


def _services(
    block: Block, given: Mapping[tuple[str, ServiceKind], int]
) -> Mapping[ServiceKind, int]:
    found: dict[ServiceKind, int] = {}
    for (site, kind), number in given.items():
        if site in block.sites:
            found[kind] = found.get(kind, 0) + number
    return found
