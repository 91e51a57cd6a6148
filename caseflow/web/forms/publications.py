"""Choosing what is counted, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.fields import choice


def last_quarter_end(today: date) -> date:
    """The last day of the quarter before this one."""
    first_month = (today.month - 1) // 3 * 3 + 1
    return date(today.year, first_month, 1) - timedelta(days=1)


class PrepareForm(fields.OwnForm):
    """Which programme or group is to be published, at which cut-off."""

    scope = fields.select(N_("Programme or group"), needed=N_("Choose a programme or group."))
    cut_off = fields.day(
        N_("Cut-off"),
        needed=N_("Enter the last day that counts."),
        hint=N_("This day is counted in. Cut-offs lie at least three months apart."),
    )

    def offer(self, scopes: Sequence[tuple[str, Label]]) -> None:
        """Fills the list with what concerns whoever prepares."""
        self.scope.choices = [choice(scope, name) for scope, name in scopes]

    def begin(self, today: date) -> None:
        """What the form holds before anybody types: the end of the last quarter."""
        self.cut_off.data = last_quarter_end(today)

    @property
    def day(self) -> date:
        """The cut-off that was typed. Raises `LookupError` before the form was found in order."""
        if self.cut_off.data is None:
            raise LookupError("Ask for the cut-off once the form is in order.")
        typed: date = self.cut_off.data
        return typed
