"""Choosing what is counted, by when, and as it was known on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.fields import choice


class ScopeForm(fields.OwnForm):
    """Which programme or group is looked at; it changes nothing and needs no token."""

    class Meta:
        csrf = False

    names: Mapping[str, Label] = {}
    scope = fields.select(N_("Programme or group"))

    def offer(self, scopes: Sequence[tuple[str, Label]]) -> None:
        """Fills the list with what concerns whoever looks; the first is chosen where nothing was asked for."""
        self.scope.choices = [choice(scope, name) for scope, name in scopes]
        self.names = dict(scopes)
        if scopes and not self.scope.data:
            self.scope.data = scopes[0][0]

    @property
    def is_theirs(self) -> bool:
        """Whether what was asked for is among what concerns them."""
        return not self.scope.data or self.scope.data in self.names


class FiguresForm(ScopeForm):
    """The same with the cut-off, and the day by which things had to be recorded."""

    as_of = fields.day(N_("Cut-off"), hint=N_("This day is counted in."))
    known_on = fields.day(
        N_("As known on"),
        hint=N_("Counts only what was recorded by this day. Left empty: all that is known today."),
    )
