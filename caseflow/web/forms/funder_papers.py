"""Forms of what funders get beside publications."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseflow.domain.accountability_statements import STATEMENT_KINDS, StatementKind
from caseflow.domain.messages import N_
from caseflow.services.accountability_views import Offered
from caseflow.services.operations_sheet_views import ScopeName
from caseflow.web.formatting import long_date, said
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


class ProgrammeForm(OwnForm):
    """Of which programme a statement is made; asked by an address, so it changes nothing."""

    class Meta:
        csrf = False

    once = None
    programme = fields.select(N_("Programme"), needed=N_("Choose a programme."))

    def offer(self, offered: Offered, chosen: str) -> None:
        """What there is to choose, and which one is chosen."""
        self.programme.choices = [choice(one, name) for one, name in offered.programmes]
        self.programme.data = chosen


class StatementForm(OwnForm):
    """What a statement counts, for whom it is, and until when."""

    kind = fields.one_of(
        N_("What it counts"),
        [choice(kind.value, name) for kind, name in STATEMENT_KINDS.items()],
        needed=N_("Choose what it counts."),
    )
    cut_off = fields.select(
        N_("Cut-off"),
        needed=N_("Choose a cut-off that was published."),
        hint=N_("A statement follows a publication, so that what is told twice can be attacked together."),
    )  # fmt: skip
    official = fields.select(N_("For whom"), needed=N_("Choose the official whom it is for."))
    until = fields.day(
        N_("Last day"),
        needed=N_("Enter the last day on which it can be read."),
        hint=N_("At most a year from now. It can be ended earlier."),
    )

    def offer(self, offered: Offered) -> None:
        """What there is to choose."""
        self.cut_off.choices = [choice(one.isoformat(), long_date(one)) for one in offered.cut_offs]
        self.official.choices = [
            choice(one.id, f"{one.name} ({said(one.organisation)})") for one in offered.officials
        ]

    def chosen(self) -> tuple[StatementKind, date, str, date]:
        """What was chosen. Raises `LookupError` before the form was found in order."""
        if self.until.data is None:
            raise LookupError("Ask for what was chosen once the form is in order.")
        return (
            StatementKind(self.kind.data),
            date.fromisoformat(self.cut_off.data),
            self.official.data,
            self.until.data,
        )
