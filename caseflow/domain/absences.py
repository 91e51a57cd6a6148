"""Nights away from the programme, and what may be recorded about them.

Whether a kind of absence pauses the stay clock is a rule of the programme (`stay_limits`). An absence may be
recorded long after it began: a detention is often known late, and its nights are the person's to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_, Message
from caseflow.domain.nights import Nights
from caseflow.domain.stay_limits import Absence, AbsenceKind

ABSENCE_NAMES: Mapping[AbsenceKind, Message] = MappingProxyType(
    {
        AbsenceKind.LEAVE: N_("on leave"),
        AbsenceKind.HOSPITAL: N_("in hospital"),
        AbsenceKind.DETENTION: N_("in detention"),
        AbsenceKind.FAMILY: N_("with family"),
        AbsenceKind.OTHER: N_("away, announced"),
        AbsenceKind.TIME_OUT: N_("elsewhere for some nights, as decided"),
        AbsenceKind.UNANNOUNCED: N_("away, unannounced"),
    }
)


def running(absences: Iterable[Absence]) -> Absence | None:
    """Answers with the absence that nobody ended yet."""
    return next((one for one in absences if one.nights.departure is None), None)


def may_begin(facts: CaseFacts, known: Iterable[Absence], from_on: date, today: date) -> Decision:
    """Answers whether an absence may begin on a night: one at a time, and not ahead (rules B13, B14)."""
    absences = tuple(known)
    if facts.has_ended:
        return Refused(N_("This case has ended, so nights away are not recorded any more."))
    if running(absences) is not None:
        return Refused(N_("An absence already runs. Record first when the person came back."))
    if any(one.nights.overlaps(Nights(from_on)) for one in absences):
        return Refused(
            N_("An absence was already recorded for these nights. Choose a later night.")
        )
    return may_date(from_on, today, facts.application_on)


def may_end(known: Iterable[Absence], until_on: date, today: date) -> Decision:
    """Answers whether the running absence may end on a day: the day somebody came back."""
    absence = running(known)
    if absence is None:
        return Refused(N_("No absence runs, so there is nothing to end."))
    if until_on <= absence.nights.arrival:
        return Refused(
            N_(
                "The first night away was %(day)s. Choose a later day.",
                day=absence.nights.arrival,
            )
        )
    if until_on > today:
        return Refused(
            N_("%(day)s lies in the future. Enter the day on which it happened.", day=until_on)
        )
    return Allowed()
