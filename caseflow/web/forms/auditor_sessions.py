"""Forms of an accountant's session: whom to let in, what was found of a night, and the signature."""

from __future__ import annotations

from collections.abc import Iterable

from caseflow.domain.audit_samples import FINDING_NAMES, Finding
from caseflow.domain.messages import N_
from caseflow.services.auditor_session_views import Accountant
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class OpenSessionForm(OwnForm):
    """For which accountant a session is opened."""

    accountant = fields.select(N_("Accountant"), needed=N_("Choose an accountant from the list."))
    code = fields.line(
        N_("Code from your phone"),
        most=12,
        hint=N_("You let somebody from outside look behind nights of clients."),
    )

    def offer(self, accountants: Iterable[Accountant]) -> None:
        """Everybody who may be let in."""
        self.accountant.choices = [choice(one.id, one.name) for one in accountants]


class FindingForm(OwnForm):
    """What was found of one night, as a code."""

    finding = fields.one_of(
        N_("What you found"),
        (choice(one.value, name) for one, name in FINDING_NAMES.items()),
        needed=N_("Choose what you found."),
    )

    def chosen(self) -> Finding:
        """What was chosen, as the service takes it."""
        return Finding(self.finding.data)


class SignForm(OwnForm):
    """The signature: a fresh code."""

    code = fields.line(
        N_("Code from your phone"),
        most=12,
        hint=N_("With it you sign. What is signed never changes."),
    )
