"""Forms about accounts: signing in, accepting an invitation, one's own password, and what administrators fill in."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, ValidationError

from caseflow.domain.actors import Role
from caseflow.domain.appointments import Appointment, of_function, placed
from caseflow.domain.functions import FUNCTIONS
from caseflow.domain.messages import N_
from caseflow.domain.policy_words import ROLE_NAMES
from caseflow.services.account_lines import Places
from caseflow.services.accounts import Newcomer
from caseflow.web.forms.fields import OwnForm, choice, later, line, secret, select, some_of

CODE_NEEDED = N_("Type the six digits your phone shows now.")
NONE = N_("None")
FUNCTION = "function:"
"""Before the id of a function, in the list of roles."""


class CodeField(StringField):  # type: ignore[misc]  # the library has no types
    """Six digits that count once: a form that comes back asks for new ones."""

    def _value(self) -> str:
        return ""


def _code(needed: bool = True) -> CodeField:
    return CodeField(
        later(N_("Code from your phone")), validators=[InputRequired(CODE_NEEDED)] if needed else []
    )


class SignInForm(OwnForm):
    """Name, password and code, asked together."""

    username = line(N_("Sign-in name"), needed=N_("Type your sign-in name."), most=64)
    password = secret(N_("Password"), needed=N_("Type your password."))
    code = _code()


class AcceptForm(OwnForm):
    """A first password, twice, and the first code."""

    password = secret(
        N_("New password"),
        needed=N_("Choose a password."),
        hint=N_(
            "At least 15 characters. Four or more words that do not belong together work well."
        ),
    )
    again = secret(N_("The same password again"), needed=N_("Type the password again."))
    code = _code()

    def validate_again(self, field: Any) -> None:
        """Both must be the same."""
        if field.data != self.password.data:
            raise ValidationError(N_("The two passwords differ. Type them again."))


class PasswordForm(AcceptForm):
    """One's own new password, with the present one and a fresh code."""

    present = secret(N_("Present password"), needed=N_("Type your present password."))


class CodeForm(OwnForm):
    """A fresh code."""

    code = _code()


class RoleForm(OwnForm):
    """One more role for a colleague, or the roles of a reviewed function, and where they count."""

    role = select(
        N_("Role"),
        needed=N_("Choose a role."),
        hint=N_("At the end of the list stand functions: roles that may be held together."),
    )
    team = select(N_("Team"), hint=N_("For caseworkers and team leads."))
    site = select(N_("Site"), hint=N_("For residential workers and night workers."))
    programmes = some_of(
        N_("Programmes"),
        hint=N_("For programme managers, funders, decision-makers and privacy officers."),
    )
    code = _code(needed=False)

    def offer(self, places: Places) -> None:
        """Fills the lists with the teams, sites and programmes of one organisation."""
        self.role.choices = [
            choice("", N_("Choose a role")),
            *(choice(role.value, name) for role, name in ROLE_NAMES.items()),
            *(
                choice(f"{FUNCTION}{one.id}", N_("Function: %(name)s", name=one.name))
                for one in FUNCTIONS.values()
            ),
        ]
        for field, known in ((self.team, places.teams), (self.site, places.sites)):
            field.choices = [choice("", NONE)] + [choice(one, name) for one, name, _ in known]
        self.programmes.choices = [choice(one.id, one.name) for one in places.programmes]

    def appointments(self) -> tuple[Appointment, ...]:
        """What was asked for: one appointment, or one for each role of a function."""
        team, site = self.team.data or None, self.site.data or None
        programmes = tuple(self.programmes.data or ())
        asked = str(self.role.data)
        if asked.startswith(FUNCTION):
            function = FUNCTIONS[asked.removeprefix(FUNCTION)]
            return of_function(function, team, site, programmes)
        return (placed(Role(asked), team, site, programmes),)


class NewAccountForm(RoleForm):
    """A colleague of one organisation who is invited."""

    organisation = HiddenField()
    username = line(
        N_("Sign-in name"),
        needed=N_("Give a sign-in name."),
        most=64,
        hint=N_("Small letters, digits, dots or dashes."),
    )
    display_name = line(
        N_("Name for colleagues"), needed=N_("Give the name that colleagues see."), most=80
    )
    work_phone = line(N_("Work phone"), most=32, hint=N_("No private number."))

    def newcomer(self) -> Newcomer:
        """Who is to be invited."""
        return Newcomer(
            self.username.data,
            self.display_name.data,
            self.organisation.data,
            self.appointments(),
            self.team.data or None,
            self.work_phone.data,
        )


class MailForm(OwnForm):
    """Where the count of what is due is mailed; empty for nowhere."""

    work_mail = line(N_("Work mail address"), most=254)
