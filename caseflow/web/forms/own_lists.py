"""How a client's own list is printed: in which language, how far back, and whether with names."""

from __future__ import annotations

from caseflow.domain.messages import N_
from caseflow.services.own_lists import Period
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class OwnListForm(OwnForm):
    """The choices of the client, made together with whoever prints it."""

    period = fields.one_of(
        N_("How far back"),
        (
            choice(Period.QUARTER.value, N_("Three months")),
            choice(Period.YEAR.value, N_("A year")),
            choice(Period.ALL.value, N_("From the beginning")),
        ),
        needed=N_("Choose how far back the list goes."),
    )
    names = fields.tick(
        N_("With the names of colleagues"),
        hint=N_("Only if the client asks for names. That they were printed is recorded."),
    )
