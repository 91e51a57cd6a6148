"""Handing over the cases of a colleague, all at once."""

from __future__ import annotations

from collections.abc import Iterable

from caseflow.domain.messages import N_
from caseflow.services.colleagues import Colleague
from caseflow.services.workloads import NOTE_AT_MOST, Handover
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class HandoverForm(OwnForm):
    """Which cases, to whom, and a note for each file."""

    cases = fields.some_of(N_("Which cases"), needed=N_("Choose at least one case."))
    to = fields.select(N_("Who takes them"), needed=N_("Choose who takes these cases."))
    words = fields.words(
        N_("Handover note"),
        most=NOTE_AT_MOST,
        hint=N_("The same note stands in each of these files. Write nothing about one person."),
    )
    code = fields.line(
        N_("Code from your phone"),
        most=12,
        hint=N_("Many cases change hands at once, so a fresh code is asked for each time."),
    )

    def offer(self, handover: Handover, colleagues: Iterable[Colleague]) -> None:
        """Fills the lists: the cases of one colleague, and everybody else who works on cases."""
        self.cases.choices = [
            choice(one.case_id, f"{one.call_name} · {one.client_code}") for one in handover.cases
        ]
        self.to.choices = [
            choice("", N_("Choose a colleague")),
            *(choice(one.id, one.name) for one in colleagues if one.id != handover.user_id),
        ]
