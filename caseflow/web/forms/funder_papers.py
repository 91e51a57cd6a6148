"""Forms of what funders get beside publications."""

from __future__ import annotations

from collections.abc import Iterable

from caseflow.domain.messages import N_
from caseflow.services.operations_sheet_views import ScopeName
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class SheetsForm(OwnForm):
    """Of which programme or group the months are shown; asked by an address, so it changes nothing."""

    class Meta:
        csrf = False

    once = None
    scope = fields.select(N_("Programme or group"), needed=N_("Choose a programme or group."))

    def offer(self, scopes: Iterable[ScopeName], chosen: str) -> None:
        """What there is to choose, and which one is shown."""
        self.scope.choices = [choice(one.id, one.name) for one in scopes]
        self.scope.data = chosen
