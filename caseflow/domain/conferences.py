"""Case conferences (*casuïstiekoverleg*): who sits at the table, what stands on the agenda, what is decided there.

The agenda is by client code, never by call name. Members are offices of care, legal aid and the municipality; a
national authority or the police is never a member, so that a conference runs with no partner of the State at all
(the firewall, §5; decision 0185). Decisions are codes; what they ask for becomes a task of the case team.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.disclosures import Field, State
from caseflow.domain.messages import N_, Message
from caseflow.domain.programmes import Stage
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.tasks import OVER, TaskKind

MEMBERS_AT_MOST: Final = 12
CASES_AT_MOST: Final = 25
DAYS_AHEAD_AT_MOST: Final = 366
MEMBER_CLASSES: Final = frozenset(
    {RecipientClass.CARE, RecipientClass.LEGAL, RecipientClass.MUNICIPALITY}
)
"""The only classes of office that sit at the table; no configuration adds one."""


class ConferenceState(StrEnum):
    """How far a conference is."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class MemberFunction(StrEnum):
    """As what somebody represents an office: a function, never a name."""

    LAWYER = "lawyer"
    DOCTOR = "doctor"
    NURSE = "nurse"
    SOCIAL_WORKER = "social_worker"
    MUNICIPAL_ADVISER = "adviser"
    OTHER = "other"


class Answer(StrEnum):
    """What the client said, told that the case would be discussed."""

    AGREES = "agrees"
    KNOWS = "knows"
    OBJECTS = "objects"


class ItemState(StrEnum):
    """How far a case on an agenda is."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"


class ConferenceDecision(StrEnum):
    """What a conference decides or advises about one case; nothing here says anything about health or status."""

    GO_ON = "go_on"
    PLAN_AGAIN = "plan_again"
    LEGAL_ADVICE = "legal_advice"
    CARE = "care"
    OTHER_SHELTER = "other_shelter"
    MONEY = "money"
    CITY_DECIDES = "city_decides"
    TALK_WITH_CLIENT = "talk_with_client"
    DISCUSS_AGAIN = "discuss_again"


STATE_NAMES: Final[Mapping[ConferenceState, Message]] = MappingProxyType(
    {
        ConferenceState.PLANNED: N_("planned"),
        ConferenceState.HELD: N_("held"),
        ConferenceState.CANCELLED: N_("cancelled"),
    }
)
FUNCTION_NAMES: Final[Mapping[MemberFunction, Message]] = MappingProxyType(
    {
        MemberFunction.LAWYER: N_("lawyer or legal adviser"),
        MemberFunction.DOCTOR: N_("doctor"),
        MemberFunction.NURSE: N_("nurse"),
        MemberFunction.SOCIAL_WORKER: N_("social worker"),
        MemberFunction.MUNICIPAL_ADVISER: N_("adviser of the municipality"),
        MemberFunction.OTHER: N_("other function"),
    }
)
ITEM_NAMES: Final[Mapping[ItemState, Message]] = MappingProxyType(
    {
        ItemState.ASKED: N_("waits for the team lead"),
        ItemState.APPROVED: N_("on the agenda"),
        ItemState.DECLINED: N_("the team lead said no"),
        ItemState.WITHDRAWN: N_("taken off the agenda"),
        ItemState.OBJECTED: N_("the client objects"),
    }
)
ANSWER_NAMES: Final[Mapping[Answer, Message]] = MappingProxyType(
    {
        Answer.AGREES: N_("knows it and agrees"),
        Answer.KNOWS: N_("knows it and has nothing against it"),
        Answer.OBJECTS: N_("objects"),
    }
)
DECISION_NAMES: Final[Mapping[ConferenceDecision, Message]] = MappingProxyType(
    {
        ConferenceDecision.GO_ON: N_("Go on as agreed with the client"),
        ConferenceDecision.PLAN_AGAIN: N_("Go through the plan again with the client"),
        ConferenceDecision.LEGAL_ADVICE: N_("Ask for legal advice"),
        ConferenceDecision.CARE: N_("Arrange care"),
        ConferenceDecision.OTHER_SHELTER: N_("Look for another place to stay"),
        ConferenceDecision.MONEY: N_("Arrange money"),
        ConferenceDecision.CITY_DECIDES: N_("Ask the municipality for a decision"),
        ConferenceDecision.TALK_WITH_CLIENT: N_("Ask the client what they want themselves"),
        ConferenceDecision.DISCUSS_AGAIN: N_("Discuss it again at a next conference"),
    }
)
TASK_OF: Final[Mapping[ConferenceDecision, TaskKind]] = MappingProxyType(
    {
        ConferenceDecision.PLAN_AGAIN: TaskKind.PLAN,
        ConferenceDecision.LEGAL_ADVICE: TaskKind.LAWYER,
        ConferenceDecision.CARE: TaskKind.APPOINTMENT,
        ConferenceDecision.OTHER_SHELTER: TaskKind.SHELTER,
        ConferenceDecision.MONEY: TaskKind.MONEY,
        ConferenceDecision.CITY_DECIDES: TaskKind.PAPERS,
        ConferenceDecision.TALK_WITH_CLIENT: TaskKind.CONTACT,
    }
)
"""The task of the case team that follows from a decision; the others ask for nothing."""


F: Final = Field
SHEET_FIELDS: Final[Mapping[RecipientClass, frozenset[Field]]] = MappingProxyType(
    {
        RecipientClass.CARE: frozenset(
            {F.CLIENT_CODE, F.AGE_BAND, F.GENDER, F.CHILDREN, F.PLACEMENT_NEEDS}
        ),
        RecipientClass.LEGAL: frozenset(
            {F.CLIENT_CODE, F.STAGE, F.WITH_US_SINCE, F.LAST_DAY, F.SCENARIO}
        ),
        RecipientClass.MUNICIPALITY: frozenset(
            {F.CLIENT_CODE, F.STAGE, F.WITH_US_SINCE, F.LAST_DAY, F.SCENARIO, F.CHILDREN}
        ),
    }
)
"""What the sheet of a member says, by the class of the office: fixed, coded, and nothing to choose."""
BASIS_OF: Final[Mapping[RecipientClass, str]] = MappingProxyType(
    {
        RecipientClass.CARE: "care",
        RecipientClass.LEGAL: "legal-claims",
        RecipientClass.MUNICIPALITY: "public-task",
    }
)
"""On which basis of `config/disclosure.toml` a sheet goes where the client knows but did not agree."""


def may_plan(on: date, today: date) -> Decision:
    """Answers whether a conference can be planned for a day."""
    if on < today:
        return Refused(N_("%(day)s has passed. Choose today or a later day.", day=on))
    if on > today + timedelta(days=DAYS_AHEAD_AT_MOST):
        return Refused(N_("%(day)s is more than a year ahead. Check the year.", day=on))
    return Allowed()


def may_be_member(kind: RecipientClass) -> Decision:
    """Answers whether an office of this class may sit at the table: to be a partner is no reason to see a file."""
    if kind is RecipientClass.ENFORCEMENT:
        return Refused(
            N_("Police and immigration enforcement are never a recipient. Ask the privacy officer.")
        )
    if kind in (RecipientClass.NATIONAL_AUTHORITY, RecipientClass.COOPERATION):
        return Refused(N_("A national authority has no seat at a case conference."))
    if kind not in MEMBER_CLASSES:
        return Refused(
            N_("Only offices of care, legal aid and the municipality sit at a case conference.")
        )
    return Allowed()


def may_change_members(state: ConferenceState, on: date, today: date, count: int) -> Decision:
    """Answers whether another member can still be added, `count` being there already."""
    open_still = may_still_change(state, on, today)
    if not open_still:
        return open_still
    if count >= MEMBERS_AT_MOST:
        return Refused(
            N_(
                "A conference has at most %(most)s members. Plan a second one.",
                most=MEMBERS_AT_MOST,
            )
        )
    return Allowed()


def may_still_change(state: ConferenceState, on: date, today: date) -> Decision:
    """Answers whether members and agenda can still change: until the day of the conference, that day included."""
    if state is ConferenceState.CANCELLED:
        return Refused(N_("This conference was cancelled."))
    if state is ConferenceState.HELD or on < today:
        return Refused(N_("This conference is over. Choose another one."))
    return Allowed()


@dataclass(frozen=True)
class Put:
    """A case that somebody wants on an agenda: when the client was told, what they said, for which members."""

    told_on: date | None
    answer: Answer
    members: Collection[str]


def may_be_discussed(
    put: Put,
    *,
    state: ConferenceState,
    on: date,
    stage: Stage,
    restricted: bool,
    stands_on_it: bool,
    count: int,
    today: date,
) -> Decision:
    """Answers whether a case may be put on an agenda.

    Never a restricted case; the client is told first, and who objects is not discussed (GDPR art. 13 and 21; the
    firewall, §5). `count` cases stand on the agenda.
    """
    open_still = may_still_change(state, on, today)
    if not open_still:
        return open_still
    if restricted:
        return Refused(RESTRICTED)
    if stage in OVER:
        return Refused(N_("This case is closed. Nothing is left to do about it."))
    if put.answer is Answer.OBJECTS:
        return Refused(OBJECTS)
    if put.told_on is None:
        return Refused(N_("Tell the client first, and enter on which day you did."))
    if put.told_on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    if stands_on_it:
        return Refused(N_("This case stands on the agenda of this conference already."))
    if not put.members:
        return Refused(N_("Choose at least one member who gets the sheet."))
    if count >= CASES_AT_MOST:
        return Refused(
            N_(
                "An agenda has at most %(most)s cases. Choose another conference.",
                most=CASES_AT_MOST,
            )
        )
    return Allowed()


RESTRICTED: Final = N_("A restricted case is discussed at no conference.")
OBJECTS: Final = N_("The client objects, so this case is not discussed. It is recorded.")


def state_of(kept: ItemState, sheets: Collection[State]) -> ItemState:
    """Where a case on an agenda stands, by what became of its sheets: it is there as long as one of them is out."""
    if kept not in (ItemState.ASKED, ItemState.APPROVED):
        return kept
    if State.ISSUED in sheets:
        return ItemState.APPROVED
    if State.ASKED in sheets or State.APPROVED in sheets:
        return ItemState.ASKED
    return ItemState.WITHDRAWN if kept is ItemState.APPROVED else ItemState.DECLINED


def may_approve(state: ItemState, asked_by: str, approver: str) -> Decision:
    """Answers whether this colleague is the second person: never who asked."""
    if state is not ItemState.ASKED:
        return Refused(N_("This was decided already."))
    if asked_by == approver:
        return Refused(N_("You asked for this yourself, so somebody else decides."))
    return Allowed()


def may_be_taken_off(item: ItemState, state: ConferenceState) -> Decision:
    """Answers whether a case can be taken off an agenda, or the client still object: until it was discussed."""
    if state is ConferenceState.HELD:
        return Refused(N_("This case was discussed already."))
    if item not in (ItemState.ASKED, ItemState.APPROVED):
        return Refused(N_("This case does not stand on the agenda any more."))
    return Allowed()


def may_hold(state: ConferenceState, on: date, today: date) -> Decision:
    """Answers whether it can be said that a conference was held."""
    if state is not ConferenceState.PLANNED:
        return Refused(N_("This conference is held or cancelled already."))
    if today < on:
        return Refused(N_("This conference is on %(day)s.", day=on))
    return Allowed()


def may_cancel(state: ConferenceState) -> Decision:
    """Answers whether a conference can be cancelled: only one that was not held."""
    if state is not ConferenceState.PLANNED:
        return Refused(N_("This conference is held or cancelled already."))
    return Allowed()


def may_decide(
    item: ItemState, state: ConferenceState, on: date, due_on: date | None, today: date
) -> Decision:
    """Answers whether a decision about a case can be written down, with the day of the task that follows from it."""
    if item is not ItemState.APPROVED:
        return Refused(N_("This case does not stand on the agenda any more."))
    if state is ConferenceState.CANCELLED:
        return Refused(N_("This conference was cancelled."))
    if today < on:
        return Refused(N_("This conference is on %(day)s.", day=on))
    if due_on is not None and due_on < today:
        return Refused(N_("%(day)s has passed. Choose today or a later day.", day=due_on))
    return Allowed()
