"""A time-out: somebody does not come to a site for some nights, and everybody knows where they sleep meanwhile.

It ends by itself on its day; the stay never does (rule B5). Nobody is put on the street in silence: that no place was
found is recorded as such, known to coordinator and team lead, and a task for today.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

BACKDATED_DAYS_AT_MOST: Final = 7
MINOR: Final = "0-17"


class Meanwhile(StrEnum):
    """Where somebody sleeps during a time-out."""

    ANOTHER_BED = "another_bed"
    OTHER_SHELTER = "other_shelter"
    OWN_NETWORK = "own_network"
    NO_PLACE = "no_place"


MEANWHILE_NAMES: Final[Mapping[Meanwhile, Message]] = MappingProxyType(
    {
        Meanwhile.ANOTHER_BED: N_("On a bed at another site of ours"),
        Meanwhile.OTHER_SHELTER: N_("In shelter of somebody else"),
        Meanwhile.OWN_NETWORK: N_("With family, friends or others"),
        Meanwhile.NO_PLACE: N_("No place was found"),
    }
)


def may_begin(
    from_on: date, back_on: date, meanwhile: Meanwhile, age_band: str, today: date, nights_at_most: int
) -> Decision:  # fmt: skip
    """Answers whether somebody may be sent away from this night until this day, on which they may come back.

    Never a minor: a child is not sent away from a house (Convention on the Rights of the Child art. 3 and 27).
    """
    if age_band == MINOR:
        return Refused(
            N_("Nobody under 18 gets a time-out. Talk with the parents and the team lead.")
        )
    if from_on > today:
        return Refused(N_("A time-out begins today at the latest. Enter today or an earlier day."))
    if from_on < today - timedelta(days=BACKDATED_DAYS_AT_MOST):
        return Refused(
            N_(
                "A time-out is recorded within %(days)s days. Check the day.",
                days=BACKDATED_DAYS_AT_MOST,
            )
        )
    if back_on <= from_on:
        return Refused(
            N_("The day of coming back lies after the first night away. Choose a later day.")
        )
    if back_on <= today:
        return Refused(N_("%(day)s has come already. Choose a later day.", day=back_on))
    latest = from_on + timedelta(days=nights_at_most)
    if back_on > latest:
        return Refused(
            N_(
                "A time-out lasts %(nights)s nights at most: back on %(day)s at the latest.",
                nights=nights_at_most,
                day=latest,
            )
        )
    return Allowed()


def is_answered_for(meanwhile: Meanwhile, *, lead_knows: bool, told_of_complaint: bool) -> Decision:
    """Answers whether the person was told how to complain, and who knows of it where no place was found."""
    if not told_of_complaint:
        return Refused(
            N_(
                "Tell the person that they may complain about this, and how. Then tick that it was said."
            )
        )
    if meanwhile is Meanwhile.NO_PLACE and not lead_knows:
        return Refused(
            N_(
                "Nobody is put on the street in silence. Look for a bed first; if none is found, call the coordinator "
                "and the team lead, and tick that they know."
            )
        )
    return Allowed()
