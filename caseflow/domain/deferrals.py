"""Days on which somebody need not leave the country for their health: a pregnancy, or an illness (Aliens Act art. 64).

Dates and their ends alone; letters and diagnoses are kept nowhere. Terms of a pregnancy are points of law, so they are
configuration (`deferral_files`); what they mean stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message

REVIEW_DAYS_BEFORE: Final = 14
"""How many days before the end to go through the plan again. No norm sets a number: decision 0152."""
PREGNANCY_DAYS: Final = 310
"""No delivery is expected further ahead than this."""
DELIVERY_DAYS_APART: Final = 150
"""A delivery further than this from the expected day is a slip of the pen."""
DEFERRAL_DAYS_AT_MOST: Final = 731


class DeferralKind(StrEnum):
    """Why; nothing of the illness itself."""

    PREGNANCY = "pregnancy"
    ILLNESS = "illness"


DEFERRAL_NAMES: Final[Mapping[DeferralKind, Message]] = MappingProxyType(
    {
        DeferralKind.PREGNANCY: N_("Pregnancy"),
        DeferralKind.ILLNESS: N_("Deferral on medical grounds (art. 64)"),
    }
)


@dataclass(frozen=True)
class PregnancyTerm:
    """How many weeks before and after a delivery are covered, and what says so."""

    weeks_before: int
    weeks_after: int
    source: Label
    confirmed: bool


@dataclass(frozen=True)
class Cover:
    """Days that are covered, the last one included."""

    from_on: date
    until_on: date


@dataclass(frozen=True)
class DeferralDates:
    """What is written down: the delivery of a pregnancy, or the days that a decision names."""

    kind: DeferralKind
    expected_on: date | None = None
    delivered_on: date | None = None
    from_on: date | None = None
    until_on: date | None = None


def expected_cover(told: DeferralDates, term: PregnancyTerm) -> Cover | None:
    """Answers which days are covered by the expected delivery; None where it is no pregnancy."""
    if told.expected_on is None:
        return None
    return Cover(
        told.expected_on - timedelta(weeks=term.weeks_before),
        told.expected_on + timedelta(weeks=term.weeks_after),
    )


def cover(told: DeferralDates, term: PregnancyTerm) -> Cover | None:
    """Answers which days are covered as far as is known now; None where days are missing.

    Once the child is born the last day moves from the expected to the actual delivery. The first day stays, unless
    the child was born before it.
    """
    if told.kind is DeferralKind.ILLNESS:
        if told.from_on is None or told.until_on is None:
            return None
        return Cover(told.from_on, told.until_on)
    expected = expected_cover(told, term)
    if expected is None or told.delivered_on is None:
        return expected
    return Cover(
        min(expected.from_on, told.delivered_on),
        told.delivered_on + timedelta(weeks=term.weeks_after),
    )


def review_on(covered: Cover, today: date) -> date | None:
    """Answers by when to go through the plan again; None where the cover is over."""
    if covered.until_on < today:
        return None
    return max(covered.until_on - timedelta(days=REVIEW_DAYS_BEFORE), today)


def may_record(told: DeferralDates, today: date) -> Decision:
    """Answers whether these days can be: complete for their kind, in their order, and no slip of the pen."""
    if told.kind is DeferralKind.PREGNANCY:
        if told.from_on or told.until_on:
            return Refused(
                N_("Of a pregnancy enter the delivery alone: first and last day follow from it.")
            )
        return _may_expect(told, today)
    if told.expected_on or told.delivered_on:
        return Refused(N_("A delivery belongs to a pregnancy. Choose that kind, or leave it out."))
    if told.from_on is None or told.until_on is None:
        return Refused(N_("Enter the first and the last day of the deferral, as decided."))
    if told.until_on < told.from_on:
        return Refused(N_("The last day lies before the first. Correct one of the two."))
    if (told.until_on - told.from_on).days > DEFERRAL_DAYS_AT_MOST:
        return Refused(N_("This is more than two years. Check the years."))
    return Allowed()


def _may_expect(told: DeferralDates, today: date) -> Decision:
    if told.expected_on is None:
        return Refused(N_("Enter the day on which the delivery is expected."))
    if abs((told.expected_on - today).days) > PREGNANCY_DAYS:
        return Refused(
            N_("No delivery is expected on %(day)s. Check the year.", day=told.expected_on)
        )
    if told.delivered_on is None:
        return Allowed()
    if told.delivered_on > today:
        return Refused(
            N_(
                "%(day)s lies in the future. Enter a delivery that took place.",
                day=told.delivered_on,
            )
        )
    if abs((told.delivered_on - told.expected_on).days) > DELIVERY_DAYS_APART:
        return Refused(N_("Expected and actual delivery lie months apart. Correct one of the two."))
    return Allowed()
