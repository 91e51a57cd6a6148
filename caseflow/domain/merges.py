"""Whether two client codes can become one: one person cannot have slept in two beds, nor have two cases at once.

Source: issue and firewall, *the most restrictive mark wins*; a merge of a merge is one step deep, so that undoing one
never depends on the order in which others were done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.placements import NEVER_COUNT, Stay, StayStatus


@dataclass(frozen=True)
class CodeFacts:
    """What counts of one client code, when it is to become one with another."""

    code: str
    open_in: frozenset[str]
    """Ids of the programmes in which a case is open."""
    stays: tuple[Stay, ...]
    in_household: bool
    has_taken_over: bool
    """Whether another code was given up into this one."""
    is_test: bool


def objections(
    kept: CodeFacts,
    given_up: CodeFacts,
    *,
    kept_apart: bool,
    programmes: dict[str, Label],
) -> tuple[Refused, ...]:
    """Every reason why the one cannot be given up into the other; none, where it can be done."""
    found: list[Refused] = []
    if kept.code == given_up.code:
        return (Refused(N_("This is the code of this person. Enter the other code.")),)
    if kept_apart:
        found.append(Refused(N_("These two are kept apart for safety, so they are two people.")))
    if kept.is_test != given_up.is_test:
        found.append(
            Refused(N_("One of the two is a test case. Test cases stay apart from people."))
        )
    if given_up.has_taken_over:
        found.append(
            Refused(
                N_(
                    "%(code)s has taken over another code already. Open its file and give up %(other)s there, "
                    "or undo that merge first.",
                    code=given_up.code,
                    other=kept.code,
                )
            )
        )  # fmt: skip
    found += [
        Refused(
            N_(
                "Both have an open case in %(programme)s. End or withdraw one of the two first.",
                programme=programmes[one],
            )
        )
        for one in sorted(kept.open_in & given_up.open_in)
    ]
    night = first_shared_night(kept.stays, given_up.stays)
    if night is not None:
        found.append(
            Refused(
                N_(
                    "Both have a bed on the night of %(night)s, and nobody sleeps in two. End or cancel one of the "
                    "two; if both really slept here, they are two people.",
                    night=night,
                )
            )
        )
    if kept.in_household and given_up.in_household:
        found.append(
            Refused(N_("Both belong to a household. Take one of the two out of it first."))
        )
    return tuple(found)


def first_shared_night(some: Sequence[Stay], others: Iterable[Stay]) -> date | None:
    """The first night for which both have a bed, by what is recorded or planned; None where there is none."""
    nights = [
        max(one.arrival_on, other.arrival_on)
        for other in others
        for one in some
        if _overlap(one, other)
    ]
    return min(nights, default=None)


def _overlap(one: Stay, other: Stay) -> bool:
    """Whether two stays take a night together, at least as strictly as the guard of the store counts it."""
    if NEVER_COUNT & {one.status, other.status}:
        return False
    both_begun = one.status is other.status is StayStatus.BEGUN
    return one.arrival_on < _end(other, both_begun) and other.arrival_on < _end(one, both_begun)


def _end(stay: Stay, both_begun: bool) -> date:
    if stay.departure_on is not None:
        return stay.departure_on
    return date.max if both_begun else stay.planned_departure_on or date.max
