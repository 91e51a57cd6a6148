"""Somebody who is away unannounced: attempts to reach them, and when it may be thought that they have left.

That somebody left for an unknown destination is inferred from an absence, never known. So it is offered as a proposal
after nights and attempts, decided by a colleague, and taken back when the person is there again (rule B13; Pro Facto
2018 on “MOB”). Hospital, detention, announced leave and family are no disappearance.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_, Message
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.stay_limits import Absence, AbsenceKind


class AttemptWay(StrEnum):
    """How somebody was tried to be reached; never under which number, nor through whom."""

    PHONE = "phone"
    MESSAGE = "message"
    VISIT = "visit"
    CONTACT_PERSON = "contact_person"
    LAWYER = "lawyer"


WAY_NAMES: Final[Mapping[AttemptWay, Message]] = MappingProxyType(
    {
        AttemptWay.PHONE: N_("by phone"),
        AttemptWay.MESSAGE: N_("by a message"),
        AttemptWay.VISIT: N_("by going there"),
        AttemptWay.CONTACT_PERSON: N_("through a contact person"),
        AttemptWay.LAWYER: N_("through the lawyer"),
    }
)


@dataclass(frozen=True)
class Missing:
    """Somebody who is away unannounced: since when, how many nights, and how often somebody tried to reach them."""

    since: date
    nights: int
    attempts: int
    nights_needed: int
    attempts_needed: int

    @property
    def is_offered(self) -> bool:
        """Whether an exit “left, destination unknown” may be proposed; nobody has to."""
        return self.nights >= self.nights_needed and self.attempts >= self.attempts_needed


def missing(
    facts: CaseFacts, away: Absence | None, attempts: Collection[date], today: date
) -> Missing | None:
    """Answers whether somebody is missing; None for who is here, has left, or is away for a known reason.

    Attempts before the absence say nothing about it, and two on one day are one.
    """
    if away is None or away.kind is not AbsenceKind.UNANNOUNCED or facts.has_ended:
        return None
    since = away.nights.arrival
    rule = facts.programme.missing
    return Missing(
        since,
        (today - since).days,
        len({day for day in attempts if day >= since}),
        rule.nights,
        rule.attempts,
    )


def may_record_attempt(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether an attempt to reach somebody may be recorded: while the case goes on, not ahead."""
    if facts.has_ended:
        return Refused(N_("This case has ended, so attempts to reach are not recorded any more."))
    return may_date(on, today, facts.application_on)


def may_take_exit_back(facts: CaseFacts, *, came_back: bool) -> Decision:
    """Answers whether an exit may be marked as an error, so that the episode goes on as if nobody had left.

    Not in a closed case, and not once a new episode began: then the person came back, which is no error.
    """
    if facts.stage is Stage.CLOSED:
        return Refused(N_("This case is closed. Somebody who comes back gets a new case."))
    if facts.exited_on is None or facts.stage not in {Stage.EXITED, Stage.AFTERCARE}:
        return Refused(N_("There is no exit, so there is nothing to take back."))
    if came_back:
        return Refused(N_("A new case of this person is open already. Go on with that one."))
    if facts.follow_ups:
        return Refused(
            N_("A follow-up was recorded after this exit. If that was an error too, mark it first.")
        )
    if ProposalKind.EXIT in facts.open_proposals:
        return Refused(N_("A proposal still waits for a decision. Decide or withdraw it first."))
    return Allowed()
