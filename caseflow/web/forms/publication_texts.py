"""What a programme says of its figures, in Dutch, in English or in both."""

from __future__ import annotations

from typing import Any

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

    def validate(self, extra_validators: Any = None) -> bool:
        """As any form, once the text is in one spelling: a line end that a browser sends is one character."""
        self.nl.data, self.en.data = tidied(self.nl.data), tidied(self.en.data)
        return bool(super().validate(extra_validators))

    @property
    def text(self) -> ReportText:
        """What was typed, once the form was found in order."""
        return ReportText(self.nl.data or "", self.en.data or "")
