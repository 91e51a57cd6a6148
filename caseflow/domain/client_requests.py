"""What a client may ask about their own data, within which time it is answered, and who decides.

Sources: GDPR art. 12(3) (one month, two more where it is complex, told within the first), 12(6) (who asks is known
first), 15 to 18 and 21 (the rights), 18(3) (told before a restriction is lifted), 19 (recipients are told). Months are
calendar months, clamped to the end of the month. Art. 20 (portability) hardly applies: it asks for agreement or a
contract as the basis, and shelter rests on neither; a copy of the file gives the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from caseflow.domain.actors import Role
from caseflow.domain.calendar_months import months_after
from caseflow.domain.client_request_words import (
    ABOUT,
    GROUNDS,
    OUTCOMES,
    About,
    AskedBy,
    IdentityCheck,
    RequestGround,
    RequestKind,
    RequestOutcome,
)
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_

MONTHS: Final = 1
MONTHS_MORE: Final = 2
OLDEST: Final = timedelta(days=366)
"""A request that came in longer ago than this is a slip of the year."""

K, O = RequestKind, RequestOutcome  # noqa: E741
NEGATIVE: Final = frozenset({O.PARTLY, O.REFUSED})
"""Answers that need a ground, a second pair of eyes and a sentence on where to complain."""
TELLS_RECIPIENTS: Final = {
    K.RECTIFICATION: frozenset({O.GRANTED, O.PARTLY, O.STATEMENT}),
    K.ERASURE: frozenset({O.GRANTED, O.PARTLY}),
    K.RESTRICTION: frozenset({O.GRANTED}),
}
"""What everybody who got the data is told of (GDPR art. 19)."""


@dataclass(frozen=True)
class Asked:
    """A request as somebody writes it down."""

    kind: RequestKind
    about: About
    asked_on: date
    asked_by: AskedBy
    identity: IdentityCheck
    language: str


@dataclass(frozen=True)
class RequestFacts:
    """What the rules ask of one request; ids are those of accounts."""

    kind: RequestKind
    about: About | None
    asked_on: date
    identity: IdentityCheck
    recorded_by: str
    extended_on: date | None = None
    outcome: RequestOutcome | None = None
    decided_on: date | None = None
    answered_on: date | None = None
    lifted_on: date | None = None

    @property
    def due_on(self) -> date:
        """The last day for the answer."""
        more = MONTHS_MORE if self.extended_on is not None else 0
        return months_after(self.asked_on, MONTHS + more)

    @property
    def first_due_on(self) -> date:
        """The last day of the first month: until then the client is answered, or told that it takes longer."""
        return months_after(self.asked_on, MONTHS)

    @property
    def is_open(self) -> bool:
        """Whether the client waits for an answer."""
        return self.answered_on is None and self.outcome is not O.WITHDRAWN

    @property
    def freezes(self) -> bool:
        """Whether nothing more leaves because of it.

        From the moment it is asked, because who contests something is not harmed while it is looked into; until it is
        lifted, or refused and the client was told so (GDPR art. 18(1), 18(3), 21(1)).
        """
        if self.kind is not K.RESTRICTION and not (
            self.kind is K.OBJECTION and self.about is About.SHARING
        ):
            return False
        if self.lifted_on is not None or self.outcome is O.WITHDRAWN:
            return False
        return not (self.outcome is O.REFUSED and self.answered_on is not None)

    @property
    def tells_recipients(self) -> bool:
        """Whether everybody who got the data has to be told of the outcome."""
        return self.outcome in TELLS_RECIPIENTS.get(self.kind, ())

    @property
    def erase_by(self) -> date | None:
        """Until when what was decided to be erased has to be gone: within a month of the decision."""
        erases = self.kind is K.ERASURE and self.outcome in (O.GRANTED, O.PARTLY)
        return months_after(self.decided_on, MONTHS) if erases and self.decided_on else None


def is_late(found: RequestFacts, today: date) -> bool:
    """Whether the answer is later than the term allows."""
    return found.is_open and today > found.due_on


def may_ask(asked: Asked, today: date) -> Decision:
    """Answers whether this can be written down: a day that has come, a fitting subject, a mandate seen."""
    if asked.asked_on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    if today - asked.asked_on > OLDEST:
        return Refused(N_("This is more than a year ago. Check the year."))
    if asked.about not in ABOUT[asked.kind]:
        return Refused(N_("Choose what this request is about."))
    checked = asked.identity
    if asked.asked_by is AskedBy.CLIENT and checked is IdentityCheck.MANDATE:
        return Refused(N_("A mandate is of somebody who asks for the client. Choose who asks."))
    if asked.asked_by is not AskedBy.CLIENT and checked not in (
        IdentityCheck.MANDATE,
        IdentityCheck.NOT_YET,
    ):
        return Refused(
            N_("Somebody who asks for the client shows a mandate. Choose whether it was seen.")
        )
    return Allowed()


def may_check(found: RequestFacts, identity: IdentityCheck) -> Decision:
    """Answers whether it can be written down afterwards that the person is who they say."""
    if found.identity is not IdentityCheck.NOT_YET:
        return Refused(N_("It was checked already who asks."))
    if identity is IdentityCheck.NOT_YET:
        return Refused(N_("Choose how it was checked."))
    return Allowed() if found.is_open else ANSWERED


def may_extend(found: RequestFacts, told_on: date, today: date) -> Decision:
    """Answers whether two months may be added: once, and told to the client within the first. GDPR art. 12(3)."""
    if not found.is_open or found.outcome is not None:
        return ANSWERED
    if found.extended_on is not None:
        return Refused(N_("The term was made longer already. That is possible once."))
    within = _within(found, told_on, today)
    if not within:
        return within
    if told_on > found.first_due_on:
        return Refused(
            N_(
                "The client had to be told by %(day)s that it takes longer. Answer the request now.",
                day=found.first_due_on,
            )
        )
    return Allowed()


def decided_by(kind: RequestKind, outcome: RequestOutcome) -> Role:
    """Who decides: the lead of the team; the privacy officer on erasure and on whatever is not granted in full."""
    if outcome is not O.WITHDRAWN and (kind is K.ERASURE or outcome in NEGATIVE):
        return Role.PRIVACY_OFFICER
    return Role.TEAM_LEAD


def may_advise(
    found: RequestFacts, outcome: RequestOutcome, ground: RequestGround | None
) -> Decision:
    """Answers whether this outcome belongs to the request, with its ground, once it is known who asks."""
    if not found.is_open or found.outcome is not None:
        return ANSWERED
    if outcome not in OUTCOMES[found.kind]:
        return Refused(N_("Choose an outcome that belongs to this request."))
    if found.identity is IdentityCheck.NOT_YET and not (
        outcome is O.WITHDRAWN or ground is RequestGround.NOT_SHOWN
    ):
        return Refused(N_("Write down first how it was checked who asks."))
    wanted = GROUNDS[found.kind].get(outcome, ())
    if wanted and ground not in wanted:
        return Refused(N_("Choose why: the answer to the client says it."))
    if not wanted and ground is not None:
        return Refused(N_("This outcome needs no ground. Leave it open."))
    if ground is RequestGround.NOT_SHOWN and found.identity is not IdentityCheck.NOT_YET:
        return Refused(N_("It was checked who asks, so that cannot be the ground."))
    return Allowed()


def may_decide(
    found: RequestFacts,
    outcome: RequestOutcome,
    ground: RequestGround | None,
    roles: frozenset[Role],
    decider: str,
) -> Decision:
    """Answers whether this colleague may decide so: in the right role, and never alone on less than was asked."""
    fits = may_advise(found, outcome, ground)
    if not fits:
        return fits
    if decided_by(found.kind, outcome) not in roles:
        if decided_by(found.kind, outcome) is Role.PRIVACY_OFFICER:
            return Refused(N_("The privacy officer decides on this."))
        return Refused(N_("The lead of the team decides on this."))
    if outcome in NEGATIVE and decider == found.recorded_by:
        return Refused(N_("You wrote this request down yourself. A colleague has to refuse it."))
    return Allowed()


def may_answer(found: RequestFacts, on: date, today: date) -> Decision:
    """Answers whether the client may have been told the outcome on this day."""
    if found.outcome is None:
        return Refused(N_("Nothing is decided yet, so there is no answer to give."))
    if not found.is_open:
        return ANSWERED
    within = _within(found, on, today)
    if within and found.decided_on is not None and on < found.decided_on:
        return Refused(
            N_("It was decided on %(day)s. Choose that day or a later one.", day=found.decided_on)
        )
    return within


def may_lift(found: RequestFacts, told_on: date, today: date) -> Decision:
    """Answers whether a restriction may be lifted: it stands, and the client was told before. GDPR art. 18(3)."""
    if not found.freezes or found.outcome is None:
        return Refused(N_("Nothing is restricted by this request."))
    if found.outcome is O.REFUSED:
        return Refused(
            N_("It was refused. It ends when the client has been told: record the answer.")
        )
    return _within(found, told_on, today)


def _within(found: RequestFacts, on: date, today: date) -> Decision:
    if on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    if on < found.asked_on:
        return Refused(
            N_(
                "The request came in on %(day)s. Choose that day or a later one.",
                day=found.asked_on,
            )
        )
    return Allowed()


ANSWERED: Final = Refused(N_("This request has been dealt with already."))
