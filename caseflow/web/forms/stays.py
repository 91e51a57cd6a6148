"""What is decided about the clock of a stay."""

from __future__ import annotations

from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class ContinuationForm(OwnForm):
    """The day from which a court or an objection continues the stay."""

    from_on = fields.day(N_("From"), needed=N_("Enter the first day of the continued stay."))


class ContinuationEndForm(OwnForm):
    """The day on which that is over."""

    until_on = fields.day(
        N_("First day without it"), needed=N_("Enter the first day on which it no longer holds.")
    )


class EarlierNightsForm(OwnForm):
    """Whether nights of earlier episodes count."""

    counts = fields.one_of(
        N_("Nights of earlier episodes"),
        (
            choice("yes", N_("They count: fewer days are left")),
            choice("no", N_("They do not count: the term begins anew")),
        ),
        needed=N_("Choose whether the earlier nights count."),
    )
