"""Two client codes that become one, and one that becomes two again."""

from __future__ import annotations

from wtforms import HiddenField

from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm


class OtherCodeForm(OwnForm):
    """The other code of the same person."""

    other = fields.line(
        N_("The other client code of this person"),
        needed=N_("Enter the other client code."),
        most=12,
        hint=N_("Such as K7QM-4XPD. You see both beside each other before anything is done."),
    )


class MergeForm(OwnForm):
    """The confirmation, with a fresh code where one is asked."""

    other = HiddenField()
    code = fields.line(
        N_("Code from your phone"),
        most=12,
        hint=N_("Two files become one, so a fresh code is asked for each time."),
    )


class UndoMergeForm(OwnForm):
    """The confirmation that a merge is taken apart."""

    code = fields.line(
        N_("Code from your phone"),
        most=12,
        hint=N_("Files are taken apart, so a fresh code is asked for each time."),
    )
