"""Writing down what is to be done."""

from __future__ import annotations

from caseflow.domain.messages import N_
from caseflow.domain.tasks import TASK_NAMES
from caseflow.services.tasks import WORDS_AT_MOST
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class TaskForm(OwnForm):
    """A kind, a day, and words where the kind does not say enough."""

    kind = fields.select(
        N_("What is to be done"),
        [
            choice("", N_("Choose a task")),
            *(choice(one.value, name) for one, name in TASK_NAMES.items()),
        ],
        needed=N_("Choose what is to be done."),
    )
    due_on = fields.day(N_("Before or on"), needed=N_("Enter by which day it is to be done."))
    words = fields.words(
        N_("In a few words"),
        most=WORDS_AT_MOST,
        hint=N_("Only the case team reads this. It lies in the vault; kind and day do not."),
    )
