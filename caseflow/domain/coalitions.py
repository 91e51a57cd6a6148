"""People who put together what they know of themselves, and crowds of such coalitions.

A member stands in one place. Where it does not matter in which of several places, these form a site;
a crowd is every coalition that has one member in each of its sites. One table of the *other* people
can show something for a whole crowd at once: if it fits what is printed with the fewest and with the
most members that a coalition of the crowd can add to each sum, it fits with any of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement, pairwise

from caseflow.domain.printed_statements import Disclosed

MOST_MEMBERS = 3
"""How many people may put what they know of themselves together."""


@dataclass(frozen=True)
class Site:
    """Places of one cell, in the order of their periods, and whether they lie in the target."""

    places: tuple[int, ...]
    cell: str
    in_target: bool

    @cached_property
    def _hash(self) -> int:
        return hash((self.places, self.cell, self.in_target))

    def __hash__(self) -> int:
        return self._hash

    def halves(self) -> tuple[Site, Site]:
        """Answers with the earlier and the later half of the places."""
        middle = len(self.places) // 2
        earlier, later = self.places[:middle], self.places[middle:]
        return Site(earlier, self.cell, self.in_target), Site(later, self.cell, self.in_target)


@dataclass(frozen=True)
class Crowd:
    """Every coalition with one member in each of these sites."""

    sites: tuple[Site, ...]

    @cached_property
    def in_target(self) -> int:
        """Answers how many members every coalition of the crowd has in the target."""
        return sum(site.in_target for site in self.sites)

    @cached_property
    def is_one(self) -> bool:
        """Answers whether the crowd is a single coalition."""
        return all(len(site.places) == 1 for site in self.sites)

    @property
    def members(self) -> tuple[int, ...]:
        """Answers with the first coalition of the crowd, place by place."""
        return tuple(site.places[0] for site in self.sites)

    def parts(self) -> list[Crowd]:
        """Answers with smaller crowds that together hold the same coalitions."""
        widest = max(self.sites, key=lambda site: len(site.places))
        others = [site for site in self.sites if site != widest]
        times = len(self.sites) - len(others)
        earlier, later = widest.halves()
        return [
            Crowd((*others, *[earlier] * number, *[later] * (times - number)))
            for number in range(times + 1)
        ]


class Reaches:
    """How many members a crowd can add to each sum: at least, and at most."""

    def __init__(self, disclosed: Disclosed) -> None:
        self._disclosed = disclosed
        self._sites: dict[Site, tuple[Mapping[int, int], Mapping[int, int]]] = {}

    def of_site(self, site: Site) -> tuple[Mapping[int, int], Mapping[int, int]]:
        """Answers what one member somewhere in the site adds to each sum."""
        if site not in self._sites:
            counted = [self._disclosed.counted_in[place] for place in site.places]
            most: dict[int, int] = {}
            for one in counted:
                for at, times in one.items():
                    most[at] = max(most.get(at, 0), times)
            least = {
                at: fewest for at in most if (fewest := min(one.get(at, 0) for one in counted))
            }
            self._sites[site] = least, most
        return self._sites[site]

    def of_crowd(self, crowd: Crowd) -> tuple[Mapping[int, int], Mapping[int, int]]:
        """Answers what all members of a coalition in the crowd add to each sum."""
        least: defaultdict[int, int] = defaultdict(int)
        most: defaultdict[int, int] = defaultdict(int)
        for site in crowd.sites:
            fewest, greatest = self.of_site(site)
            for at, times in fewest.items():
                least[at] += times
            for at, times in greatest.items():
                most[at] += times
        return least, most


def crowds(
    disclosed: Disclosed,
    in_target: Sequence[bool],
    alike: Sequence[Sequence[str]],
) -> Iterator[Crowd]:
    """Answers with crowds that hold every coalition of nobody up to three people.

    One cell is one site, or two where it lies partly in the target. Cells that are `alike` can be
    exchanged; of crowds that differ by such an exchange only the first is given.
    """
    by_site: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
    in_order = sorted(enumerate(disclosed.places), key=lambda found: found[1].period)
    for number, place in in_order:
        by_site[place.cell, in_target[number]].append(number)
    sites = [Site(tuple(places), cell, inside) for (cell, inside), places in by_site.items()]
    for size in range(MOST_MEMBERS, -1, -1):
        for chosen in combinations_with_replacement(sites, size):
            if not alike:
                yield Crowd(chosen)
                continue
            times = Counter(site.cell for site in chosen)
            if all(
                times[earlier] >= times[later]
                for group in alike
                for earlier, later in pairwise(group)
            ):
                yield Crowd(chosen)
