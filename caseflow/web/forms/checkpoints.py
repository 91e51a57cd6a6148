"""The form for a checkpoint that was kept elsewhere."""

from __future__ import annotations

from caseflow.domain.messages import N_
from caseflow.web.forms.fields import OwnForm, line


class KeptLineForm(OwnForm):
    """One line that was copied earlier, to be held against the log."""

    kept = line(N_("A line that was kept"), needed=N_("Paste a line that was kept."), most=400)
