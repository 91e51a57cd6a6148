"""Somebody who is away unannounced."""

from __future__ import annotations

from caseflow.domain.disappearances import WAY_NAMES
from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.fields import WHICH_DAY, OwnForm, choice


class AttemptForm(OwnForm):
    """How and when somebody was tried to be reached, in vain."""

    way = fields.one_of(
        N_("How did you try"),
        (choice(one.value, name) for one, name in WAY_NAMES.items()),
        needed=N_("Choose how you tried to reach this person."),
        hint=N_("If you did reach them, write a note instead."),
    )
    on = fields.day(N_("Tried on"), needed=WHICH_DAY)
