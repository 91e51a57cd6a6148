"""What somebody looks for in the log, and how a client's own list is printed."""

from __future__ import annotations

from collections.abc import Iterable

from caseflow.domain.event_groups import GROUP_NAMES
from caseflow.domain.event_words import EVENT_NAMES
from caseflow.domain.messages import N_
from caseflow.services.looks import Search
from caseflow.web.formatting import said
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class LogForm(OwnForm):
    """Which entries of the log; sent as a form, so that no client code stands in an address."""

    on = fields.day(N_("Day"))
    what = fields.select(N_("What happened"))
    colleague = fields.select(N_("Colleague"))
    client_code = fields.line(N_("Client code"), most=12)

    def offer(self, colleagues: Iterable[tuple[str, str]]) -> None:
        """Offers the kinds, then each event by its name in the reader's language, and the colleagues."""
        by_name = sorted(EVENT_NAMES.items(), key=lambda one: said(one[1]).casefold())
        self.what.choices = [
            choice("", N_("Everything")),
            *(choice(group.value, name) for group, name in GROUP_NAMES.items()),
            *(choice(event, name) for event, name in by_name),
        ]
        self.colleague.choices = [
            choice("", N_("Everybody")),
            *(choice(user_id, name) for user_id, name in colleagues),
        ]

    def search(self, below: int | None) -> Search:
        """What is looked for, from the newest entry on or below a place in the log."""
        return Search(
            on=self.on.data,
            what=self.what.data or "",
            colleague=self.colleague.data or "",
            client_code=self.client_code.data or "",
            below=below,
        )
