"""Forms of bed-night statements: which month of which organisation, and fixing what was seen."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import format_date
from wtforms import HiddenField

from caseflow.domain.daily_services import Month, read_month
from caseflow.domain.messages import N_
from caseflow.services.bed_night_views import OrganisationName
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class MonthForm(OwnForm):
    """Which month is worked out; asked by an address, so that a preview changes nothing."""

    class Meta:
        csrf = False

    once = None
    organisation = fields.select(N_("Organisation"), needed=N_("Choose an organisation."))
    month = fields.select(N_("Month"), needed=N_("Choose a month that is over."))

    def offer(self, organisations: Iterable[OrganisationName], months: Iterable[Month]) -> None:
        """What there is to choose: the newest month first."""
        self.organisation.choices = [choice(one.id, one.name) for one in organisations]
        self.month.choices = [choice(one.code, month_name(one)) for one in months]

    def begin(self, organisation: str, month: Month) -> None:
        """Shows this month."""
        self.organisation.data, self.month.data = organisation, month.code

    def chosen(self) -> Month:
        """The month that was chosen. Raises `LookupError` before the form was found in order."""
        month = read_month(self.month.data or "")
        if month is None:
            raise LookupError("Ask for the month once the form is in order.")
        return month


def month_name(month: Month) -> str:
    """A month in words of the reader's language: november 2026."""
    return str(format_date(month.first, "LLLL yyyy", rebase=False))


class FixStatementForm(OwnForm):
    """Fixes a statement as it was seen."""

    organisation = HiddenField()
    month = HiddenField()
    seen = HiddenField()
    code = fields.line(
        N_("Code from your phone"),
        most=12,
        hint=N_("A statement that is fixed is never changed, so a fresh code is asked for."),
    )

    def begin(self, organisation: str, month: Month, seen: str) -> None:
        """Keeps what the preview showed."""
        self.organisation.data, self.month.data, self.seen.data = organisation, month.code, seen

    def chosen(self) -> Month | None:
        """The month that was seen; None where the hidden fields were tampered with."""
        return read_month(self.month.data or "")
