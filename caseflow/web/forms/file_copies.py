"""Making a copy of the file."""

from __future__ import annotations

from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm


class FileCopyForm(OwnForm):
    """A fresh code, where none was given lately; the language is that of the button."""

    code = fields.line(
        N_("Code from your phone"),
        most=12,
        hint=N_("A whole file leaves the house, so a fresh code is asked for."),
    )
