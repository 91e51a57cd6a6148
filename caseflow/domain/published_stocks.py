"""Stocks of people that a publication prints: who waits for a place on the cut-off.

**A stock stands alone.** Who waits may have entered before, may enter later, or may never enter: taken off the list,
people leave no print. So for every whole table of those who entered and left, and for every number of others who
wait, there is a world that prints both: let the others be people who were never in. No sum over the one narrows the
other, and no cut-off narrows the next, since who came on the list and who left it in between is printed nowhere.

A group prints none: somebody can wait in two of its programmes, so its own count would lie between the greatest of
theirs and their sum, and a member's `<5` beside it could be narrowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caseflow.domain.attacks import Finding, attack
from caseflow.domain.printed_statements import Place, Statement
from caseflow.domain.published_counts import PublishedCounts

WAITING = "waiting"


def waiting_statements(published: Sequence[PublishedCounts]) -> list[Statement]:
    """Answers with what is printed of the waiting list: each count is an unknown of its own."""
    found: list[Statement] = []
    several = len({one.scope for one in published}) > 1
    for one in sorted(published, key=lambda publication: (publication.cut_off, publication.scope)):
        if one.waiting is not None:
            name = f"{WAITING} {one.cut_off.isoformat()}"
            unknown = f"{one.scope}: {WAITING}@{one.cut_off.isoformat()}"
            found.append(
                Statement(
                    f"{one.scope}: {name}" if several else name, frozenset({unknown}), one.waiting
                )
            )
    return found


def attack_waiting(published: Sequence[PublishedCounts]) -> Iterator[Finding]:
    """Answers with the closest coalition for every waiting list that prints `<5`.

    Each is attacked by itself, since none hangs together with anything else. Where members of a coalition stand
    otherwise tells nothing of it, so its only place is the list.
    """
    for said in waiting_statements(published):
        yield from attack([said], [Place(said.name, said.unknowns, said.name)])


def stocks_stand_alone(published: Sequence[PublishedCounts]) -> bool:
    """Answers whether no publication of several programmes prints who waits."""
    return all(one.waiting is None or len(one.members) == 1 for one in published)
