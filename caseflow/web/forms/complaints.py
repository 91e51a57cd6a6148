"""A complaint as it is written down, given to a handler, acknowledged and answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wtforms import HiddenField

from caseflow.domain.complaints import (
    HOW_NAMES,
    OUTCOME_NAMES,
    SUBJECT_NAMES,
    ComplaintOutcome,
    HowReceived,
    Subject,
)
from caseflow.domain.messages import N_
from caseflow.services.colleagues import Colleague
from caseflow.services.complaint_acts import Choices, Heard
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

WORDS_LENGTH = 10_000


class ComplaintForm(OwnForm):
    """What somebody complains of, as they say it."""

    received_on = fields.day(N_("Received on"), needed=N_("Enter the day on which it came in."))
    how = fields.one_of(
        N_("How it reached us"),
        (choice(one.value, HOW_NAMES[one]) for one in HowReceived),
        needed=N_("Choose how it reached us."),
    )
    subject = fields.select(
        N_("What it is about"),
        [
            choice("", N_("Choose a subject")),
            *(choice(one.value, SUBJECT_NAMES[one]) for one in Subject),
        ],
        needed=N_("Choose what it is about."),
    )
    words = fields.words(
        N_("The complaint, in the words of the client"),
        needed=N_("Write down what the client says."),
        most=WORDS_LENGTH,
        hint=N_("Kept in the vault. It does not stand in the file of the client."),
    )
    about = fields.select(
        N_("About which colleague"),
        hint=N_("Only where it is about one colleague, who then sees nothing of it."),
    )
    team = fields.select(
        N_("Who sees to it"),
        hint=N_("Choose the privacy officer where it is about the team or who leads it."),
    )
    site = fields.select(N_("About which site"))
    client_code = fields.line(
        N_("Client code"),
        most=9,
        hint=N_("Only where the client agrees. It is kept as you type it and not looked up."),
    )

    def offer(self, offered: Choices, own_team: str | None) -> None:
        """Offers the teams, sites and colleagues of the organisation, the own team first."""
        self.about.choices = [
            choice("", N_("About nobody in particular")),
            *(choice(one.id, one.name) for one in offered.colleagues),
        ]
        self.team.choices = [
            *(choice(team_id, name) for team_id, name in offered.teams),
            choice("", N_("The privacy officer")),
        ]
        self.site.choices = [
            choice("", N_("About no site in particular")),
            *(choice(site_id, name) for site_id, name in offered.sites),
        ]
        if not self.is_submitted():
            self.team.data = own_team or ""

    def heard(self) -> Heard:
        """What was written down."""
        code = self.client_code.data
        return Heard(
            Subject(self.subject.data),
            self.received_on.data,
            HowReceived(self.how.data),
            self.words.data,
            code.upper() if code else None,
            self.team.data or None,
            self.about.data or None,
            self.site.data or None,
        )


class HandlerForm(OwnForm):
    """Who handles it."""

    handler = fields.select(N_("Who handles it"), needed=N_("Choose who handles it."))
    has_committee = fields.tick(
        N_("A complaints committee advises"), hint=N_("Then the term for the answer is longer.")
    )
    version = HiddenField()

    def offer(self, able: Iterable[Colleague]) -> None:
        """Offers who could handle it."""
        self.handler.choices = [
            choice("", N_("Choose a colleague")),
            *(choice(one.id, one.name) for one in able),
        ]

    def seen_version(self) -> int | None:
        """The version that was on the page; None where the page did not say."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() else None


class AcknowledgedForm(OwnForm):
    """When the client was told that it came in."""

    on = fields.day(
        N_("Acknowledged on"), needed=N_("Enter on which day the client was told that it came in.")
    )


class AnswerForm(OwnForm):
    """What came of it."""

    on = fields.day(
        N_("Answered on"), needed=N_("Enter on which day the client was given the answer.")
    )
    outcome = fields.one_of(
        N_("What came of it"),
        (choice(one.value, OUTCOME_NAMES[one]) for one in ComplaintOutcome),
        needed=N_("Choose what came of it."),
    )
    words = fields.words(
        N_("What was answered, and what we change"),
        needed=N_("Write down what was answered, and what we change."),
        most=WORDS_LENGTH,
        hint=N_("Kept in the vault."),
    )

    def chosen(self) -> ComplaintOutcome:
        """What came of it."""
        return ComplaintOutcome(self.outcome.data)

    def begin(self, today: date) -> None:
        """On a new form the day is today."""
        self.on.data = today
