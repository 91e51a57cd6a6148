"""What a programme says of its figures, in Dutch, in English or in both."""

from __future__ import annotations

from wtforms import HiddenField

from caseflow.domain.messages import N_
from caseflow.domain.report_texts import LONGEST, ReportText, tidied
from caseflow.services.report_texts import TextView
from caseflow.web.forms import fields


class ReportTextForm(fields.OwnForm):
    """One field for each language; `seen` is the version that the form was opened on."""

    nl = fields.words(N_("Text in Dutch"), most=LONGEST)
    en = fields.words(N_("Text in English"), most=LONGEST)
    seen = HiddenField()

    def begin(self, found: TextView) -> None:
        """What the form holds before anybody types: the text that stands."""
        self.nl.data, self.en.data = found.text.nl, found.text.en
        self.seen.data = found.version

    @property
    def text(self) -> ReportText:
        """What was typed, in one spelling."""
        return ReportText(tidied(self.nl.data), tidied(self.en.data))
