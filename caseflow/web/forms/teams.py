"""The form for a new team."""

from __future__ import annotations

from collections.abc import Mapping

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.services.teams import LONGEST_NAME
from caseflow.web.forms.fields import OwnForm, choice, line, select


class TeamForm(OwnForm):
    """A team of one organisation."""

    organisation = select(N_("Organisation"), needed=N_("Choose an organisation."))
    name = line(N_("Name of the team"), needed=N_("Give the team a name."), most=LONGEST_NAME)

    def offer(self, organisations: Mapping[str, Label]) -> None:
        """Offers the organisations of this installation."""
        self.organisation.choices = [choice("", N_("Choose an organisation"))] + [
            choice(one, name) for one, name in organisations.items()
        ]
