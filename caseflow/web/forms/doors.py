"""What is told about a call at the door: one of a few answers each, no words."""

from __future__ import annotations

from collections.abc import Iterable

from caseflow.domain.doors import (
    ENDING_NAMES,
    PAPER_NAMES,
    VISITOR_NAMES,
    HowItEnded,
    PaperShown,
    Visitor,
)
from caseflow.domain.messages import N_
from caseflow.services.doors import Told
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class DoorForm(OwnForm):
    """Who it was, what they showed, how it ended; each may be told later."""

    who = fields.one_of(N_("Who was it"), (choice(k, v) for k, v in VISITOR_NAMES.items()))
    shown = fields.one_of(
        N_("Which paper did they show"), (choice(k, v) for k, v in PAPER_NAMES.items())
    )
    outcome = fields.one_of(N_("How did it end"), (choice(k, v) for k, v in ENDING_NAMES.items()))
    site = fields.select(N_("At which site"))

    def offer(self, sites: Iterable[tuple[str, str]]) -> None:
        """Asks for the site only where there is something to choose."""
        offered = [choice(site_id, name) for site_id, name in sites]
        if offered:
            self.site.choices = [choice("", N_("Choose a site")), *offered]
        else:
            del self.site

    def show(self, told: Told) -> None:
        """Begins with what was told before."""
        self.who.data, self.shown.data, self.outcome.data = told.who, told.shown, told.outcome
        if "site" in self:
            self.site.data = told.site_id or ""

    def told(self) -> Told:
        """What was chosen."""
        return Told(
            Visitor(self.who.data) if self.who.data else None,
            PaperShown(self.shown.data) if self.shown.data else None,
            HowItEnded(self.outcome.data) if self.outcome.data else None,
            (self.site.data or None) if "site" in self else None,
        )
