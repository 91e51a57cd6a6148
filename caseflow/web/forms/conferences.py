"""Case conferences: a day, who sits there, which case with what the client said, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseflow.domain.conferences import (
    ANSWER_NAMES,
    DECISION_NAMES,
    FUNCTION_NAMES,
    Answer,
    ConferenceDecision,
    MemberFunction,
    Put,
)
from caseflow.domain.messages import N_
from caseflow.domain.recipients import CLASSES, RecipientClass
from caseflow.services.conference_cases import OfferedConference
from caseflow.web.formatting import said
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class ConferenceForm(OwnForm):
    """On which day."""

    held_on = fields.day(N_("On which day"), needed=N_("Enter the day of the conference."))


class MemberForm(OwnForm):
    """Which office, and in which function somebody represents it."""

    office = fields.select(N_("Office"), needed=N_("Choose an office from the list."))
    function = fields.select(
        N_("As what"),
        [
            choice("", N_("Choose a function")),
            *(choice(one.value, FUNCTION_NAMES[one]) for one in MemberFunction),
        ],
        needed=N_("Choose as what somebody comes. No name is kept."),
    )

    def offer(self, offices: Iterable[tuple[str, str, RecipientClass]]) -> None:
        """Offers the offices of care, legal aid and the municipality."""
        self.office.choices = [
            choice("", N_("Choose an office")),
            *(choice(office_id, f"{name} ({said(CLASSES[kind])})") for office_id, name, kind in offices),
        ]  # fmt: skip


class PutForm(OwnForm):
    """What the client said, since when they know, and which members get a sheet."""

    answer = fields.one_of(
        N_("The client"),
        [choice(one.value, ANSWER_NAMES[one]) for one in Answer],
        needed=N_("Choose what the client said. Tell them first."),
    )
    told_on = fields.day(
        N_("Told on"),
        hint=N_("On which day you told the client that, and with whom, the case is discussed."),
    )
    members = fields.some_of(
        N_("Who gets the sheet"),
        hint=N_(
            "By client code, with fixed coded facts. Care, legal aid and city get other facts."
        ),
    )

    def offer(self, conference: OfferedConference, today: date) -> None:
        """Offers who sits there."""
        self.members.choices = [
            choice(one.id, f"{one.name} ({said(CLASSES[one.kind])}, {said(FUNCTION_NAMES[one.function])})")
            for one in conference.seats
        ]  # fmt: skip
        if not self.is_submitted():
            self.told_on.data = today
            self.members.data = [one.id for one in conference.seats]

    def put(self) -> Put:
        """What was asked."""
        return Put(self.told_on.data, Answer(self.answer.data), tuple(self.members.data or ()))


class OffForm(OwnForm):
    """Whether the client objects, or the team takes the case back."""

    who = fields.one_of(
        N_("Why"),
        [
            choice("client", N_("The client objects")),
            choice("team", N_("It is not needed any more")),
        ],
        needed=N_("Choose why."),
    )


class ResultForm(OwnForm):
    """What was decided, and by when the task that follows is due."""

    decision = fields.one_of(
        N_("What was decided"),
        [choice(one.value, DECISION_NAMES[one]) for one in ConferenceDecision],
        needed=N_("Choose what was decided."),
    )
    due_on = fields.day(
        N_("To be done by"),
        hint=N_("Where something is to be done: it becomes a task of the case team."),
    )


class PacketForm(OwnForm):
    """On which day a packet of the past was sent, and since when the client knew of the meeting."""

    sent_on = fields.day(N_("Sent on"), needed=N_("Enter on which day it was sent."))
    told_on = fields.day(
        N_("Client told on"),
        needed=N_("Enter on which day the client was told of the meeting, before it."),
    )
