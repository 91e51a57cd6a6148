"""What a client asks about their own data: written down, decided, answered."""

from __future__ import annotations

from flask_babel import LazyString
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from caseflow.domain.client_request_words import (
    ABOUT,
    ABOUT_NAMES,
    ASKED_BY_NAMES,
    GROUND_NAMES,
    GROUNDS,
    IDENTITY_NAMES,
    KIND_NAMES,
    LONGER_NAMES,
    OUTCOME_NAMES,
    OUTCOMES,
    About,
    AskedBy,
    IdentityCheck,
    LongerBecause,
    RequestGround,
    RequestKind,
    RequestOutcome,
)
from caseflow.domain.client_requests import Asked
from caseflow.domain.disclosures import MEDIA
from caseflow.domain.messages import N_
from caseflow.services.client_request_answers import HANDED
from caseflow.services.client_request_queue import STRANGERS
from caseflow.web.case_words import SPOKEN, language_name
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

WORDS_LENGTH = 10_000


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, LazyString(language_name, code)) for code in SPOKEN]


class AskedForm(OwnForm):
    """A request, as the client makes it."""

    about = fields.one_of(N_("What it is about"), needed=N_("Choose what it is about."))
    asked_on = fields.day(N_("Asked on"), needed=N_("Enter the day on which it was asked."))
    asked_by = fields.one_of(
        N_("Who asks"),
        (choice(one.value, ASKED_BY_NAMES[one]) for one in AskedBy),
        needed=N_("Choose who asks."),
    )
    identity = fields.one_of(
        N_("How it is known who asks"),
        (choice(one.value, IDENTITY_NAMES[one]) for one in IdentityCheck),
        needed=N_("Choose how it is known who asks."),
    )
    language = fields.select(
        N_("Language of the answer"), needed=N_("Choose the language of the answer.")
    )
    words = fields.words(
        N_("What the client asks, in their words"),
        most=WORDS_LENGTH,
        hint=N_("Only where it helps to answer. Kept in the vault."),
    )

    def offer(self, kind: RequestKind, spoken: str | None) -> None:
        """Offers the subjects of this kind, and the language that the client speaks."""
        self.about.choices = [choice(one.value, ABOUT_NAMES[one]) for one in ABOUT[kind]]
        self.language.choices = _languages()
        if not self.is_submitted():
            self.language.data = spoken if spoken in SPOKEN else "nl"
            self.asked_by.data = AskedBy.CLIENT.value
            self.identity.data = IdentityCheck.KNOWN.value

    def asked(self, kind: RequestKind) -> Asked:
        """What was asked."""
        return Asked(
            kind,
            About(self.about.data),
            self.asked_on.data,
            AskedBy(self.asked_by.data),
            IdentityCheck(self.identity.data),
            self.language.data,
        )


class CheckedForm(OwnForm):
    """How it was checked afterwards who asks."""

    identity = fields.one_of(
        N_("How it is known who asks"),
        (
            choice(one.value, IDENTITY_NAMES[one])
            for one in IdentityCheck
            if one is not IdentityCheck.NOT_YET
        ),
        needed=N_("Choose how it is known who asks."),
    )


class LongerForm(OwnForm):
    """Two months more, and why."""

    told_on = fields.day(
        N_("The client was told on"), needed=N_("Enter on which day the client was told.")
    )
    because = fields.one_of(
        N_("Why it takes longer"),
        (choice(one.value, LONGER_NAMES[one]) for one in LongerBecause),
        needed=N_("Choose why it takes longer."),
    )


class DecideForm(OwnForm):
    """What is done with a request."""

    outcome = fields.one_of(N_("What is done"), needed=N_("Choose what is done."))
    ground = fields.select(
        N_("Why"), hint=N_("For what is not done in full. The answer to the client says it.")
    )
    version = HiddenField()

    def offer(self, kind: RequestKind) -> None:
        """Offers what may come of a request of this kind."""
        self.outcome.choices = [choice(one.value, OUTCOME_NAMES[one]) for one in OUTCOMES[kind]]
        some = dict.fromkeys(one for grounds in GROUNDS[kind].values() for one in grounds)
        self.ground.choices = [
            choice("", N_("No ground needed")),
            *(choice(one.value, GROUND_NAMES[one]) for one in some),
        ]

    def decided(self) -> tuple[RequestOutcome, RequestGround | None]:
        """What was chosen, and why."""
        ground = self.ground.data
        return RequestOutcome(self.outcome.data), RequestGround(ground) if ground else None

    def seen_version(self) -> int | None:
        """The version that was on the page; None where the page did not say."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() else None


class DecideWithWordsForm(DecideForm):
    """What is done with a request for a correction."""

    statement = fields.words(
        N_("What the client says, to stand beside it"),
        most=WORDS_LENGTH,
        hint=N_("Where what is written stays, with what the client says beside it."),
    )


class AnsweredForm(OwnForm):
    """When the client got the answer."""

    on = fields.day(
        N_("The client got the answer on"),
        needed=N_("Enter on which day the client got the answer."),
    )


class AnswerForm(AnsweredForm):
    """How the client got the answer, and when."""

    medium = fields.one_of(
        N_("How the client got it"),
        (choice(one.value, MEDIA[one]) for one in HANDED),
        needed=N_("Choose how the client got it."),
    )


class LiftForm(OwnForm):
    """Nothing is restricted any more."""

    told_on = fields.day(
        N_("The client was told on"),
        needed=N_("Enter on which day the client was told."),
        hint=N_("Tell the client first, in their language."),
    )


class StrangerForm(OwnForm):
    """A request in the name of somebody."""

    kind = fields.one_of(
        N_("What is asked"),
        (choice(one.value, KIND_NAMES[one]) for one in STRANGERS),
        needed=N_("Choose what is asked."),
    )
    asked_on = fields.day(N_("Received on"), needed=N_("Enter the day on which it came in."))
    language = fields.select(
        N_("Language of the answer"), needed=N_("Choose the language of the answer.")
    )
    words = fields.words(
        N_("What was asked, and where the answer goes"),
        needed=N_("Write down what was asked, and where the answer goes."),
        most=WORDS_LENGTH,
        hint=N_("Kept in the vault. Do not look anybody up: the answer is the same for everybody."),
    )

    def offer(self) -> None:
        """Offers the languages."""
        self.language.choices = _languages()
        if not self.is_submitted():
            self.language.data = "nl"
