"""Registering somebody: one short form, on which only the call name is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import LazyString
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from caseflow.domain.messages import N_
from caseflow.domain.programmes import Programme
from caseflow.services.intake import Registration, TeamChoice
from caseflow.web.case_words import AGE_BANDS, GENDERS, SPOKEN, language_name
from caseflow.web.forms import fields
from caseflow.web.forms.fields import Select, choice

CALL_NAME_LENGTH = 80


class ApplicationForm(fields.OwnForm):
    """What the intake desk writes down."""

    call_name = fields.line(
        N_("Call name"),
        needed=N_("Enter a name to call this person by. It need not be a real name."),
        most=CALL_NAME_LENGTH,
        hint=N_("It need not be a real name."),
    )
    programme = fields.select(N_("Programme"), needed=N_("Choose a programme."))
    team = fields.select(N_("Team"))
    applied_on = fields.day(
        N_("Day of application"), needed=N_("Enter the day on which this person came.")
    )
    gender = fields.one_of(N_("Gender"), (choice(k, v) for k, v in GENDERS.items()))
    age_band = fields.select(N_("Age"), (choice(k, v) for k, v in AGE_BANDS.items()))
    language = fields.select(N_("Language"))
    interpreter = fields.one_of(
        N_("Interpreter needed"), (choice("yes", N_("Yes")), choice("no", N_("No")))
    )
    household_with = fields.line(
        N_("Family of"),
        most=12,
        hint=N_("The client code of somebody of the same family who is already here."),
    )
    asks = fields.words(
        N_("What this person asks"),
        most=4_000,
        hint=N_("In their own words. An asylum story belongs with the lawyer, not here."),
    )
    is_test = fields.tick(
        N_("This is a test case"), hint=N_("For training. It is left out of every figure.")
    )

    def offer(self, programmes: Sequence[Programme], teams: Sequence[TeamChoice]) -> None:
        """Fills the lists that depend on who registers."""
        self.programme.choices = [choice(one.id, one.name) for one in programmes]
        self.team.choices = [choice(one.id, one.name) for one in teams]
        if len(teams) > 1:
            self.team.choices.insert(0, choice("", N_("Choose a team")))
        self.language.choices = [
            choice("", N_("Not asked")),
            *(SelectChoice(code, LazyString(language_name, code)) for code in SPOKEN),
        ]

    def validate_team(self, chosen: Select) -> None:
        """Where several teams could take the case, nobody but the desk says which."""
        if not chosen.data and len(chosen.choices) > 1:
            raise ValidationError(N_("Choose the team that takes this case."))

    def begin(self, today: date) -> None:
        """What a new form holds before anybody types."""
        self.applied_on.data = today
        self.gender.data = self.age_band.data = "unknown"

    @property
    def has_more(self) -> bool:
        """Whether something stands in the part that is closed at first."""
        more = (
            self.language.data, self.interpreter.data, self.household_with.data,
            self.asks.data, self.is_test.data,
        )  # fmt: skip
        return (
            any(more)
            or self.gender.data not in (None, "unknown")
            or self.age_band.data not in (None, "unknown")
            or any(f.errors for f in self if f.name not in ("call_name", "programme", "team"))
        )

    def registration(self) -> Registration:
        """What was filled in, as the service takes it."""
        heard = {"yes": True, "no": False}
        return Registration(
            programme=self.programme.data,
            call_name=self.call_name.data,
            applied_on=self.applied_on.data,
            team_id=self.team.data or None,
            gender=self.gender.data or "unknown",
            age_band=self.age_band.data or "unknown",
            language=self.language.data or None,
            interpreter=heard.get(self.interpreter.data or ""),
            household_with=self.household_with.data,
            words=self.asks.data,
            is_test=self.is_test.data,
        )


class ReturnForm(fields.OwnForm):
    """Somebody who was here before: the code on their card is enough."""

    client_code = fields.line(
        N_("Client code"),
        needed=N_("Enter the client code on the card, such as K7QM-4XPD."),
        most=12,
    )
    programme = fields.select(N_("Programme"), needed=N_("Choose a programme."))
    on = fields.day(N_("Day of application"), needed=N_("Enter the day on which this person came."))

    def offer(self, programmes: Sequence[Programme]) -> None:
        """Offers the programmes that take people in today."""
        self.programme.choices = [choice(one.id, one.name) for one in programmes]
