"""Forms of money: a cost, why a slip came back, and the days and the fixing of a run."""

from __future__ import annotations

from datetime import date, timedelta

from wtforms import HiddenField

from caseflow.domain.costs import COST_NAMES, PAYER_NAMES, CostKind, Payer
from caseflow.domain.messages import N_
from caseflow.domain.pay_outs import Period
from caseflow.domain.slips import RETURN_REASONS, ReturnReason
from caseflow.web.forms import fields
from caseflow.web.forms.fields import WHICH_DAY, OwnForm, choice


class CostForm(OwnForm):
    """What was paid for somebody; there is no field for words."""

    kind = fields.one_of(
        N_("What for"),
        (choice(one.value, name) for one, name in COST_NAMES.items()),
        needed=N_("Choose what the money was for."),
    )
    cents = fields.euros(
        N_("Euros"), needed=N_("Enter the amount."), hint=N_("Such as 12,50 or 12.50.")
    )
    payer = fields.one_of(
        N_("Who pays"),
        (choice(one.value, name) for one, name in PAYER_NAMES.items()),
        needed=N_("Choose who pays."),
    )
    on = fields.day(N_("Day"), needed=WHICH_DAY)

    def chosen(self) -> tuple[CostKind, Payer, int, date]:
        """What was filled in, as the service takes it."""
        return CostKind(self.kind.data), Payer(self.payer.data), self.cents.data, self.on.data


class ReturnForm(OwnForm):
    """Why a slip came back, as a code."""

    reason = fields.one_of(
        N_("Why does it come back"),
        (choice(one.value, name) for one, name in RETURN_REASONS.items()),
        needed=N_("Choose why the slip comes back."),
    )

    def chosen(self) -> ReturnReason:
        return ReturnReason(self.reason.data)


class PeriodForm(OwnForm):
    """The days of a run, both counted; asked by an address, so that a preview changes nothing."""

    class Meta:
        csrf = False

    once = None
    programme = HiddenField()
    first = fields.day(N_("First day"), needed=N_("Enter the first day that is paid."))
    last = fields.day(N_("Last day"), needed=N_("Enter the last day that is paid."))

    def begin(self, programme: str, period: Period) -> None:
        """Shows these days."""
        self.programme.data = programme
        self.first.data, self.last.data = period.from_on, period.last_day

    def period(self) -> Period:
        """The days as the service takes them."""
        return Period(self.first.data, self.last.data + timedelta(days=1))


class FixForm(OwnForm):
    """Fixes a run as it was seen."""

    programme = HiddenField()
    first = HiddenField()
    last = HiddenField()
    seen = HiddenField()
    code = fields.line(
        N_("Code from your phone"),
        most=12,
        hint=N_("A run that is fixed is never changed, so a fresh code is asked for."),
    )

    def begin(self, programme: str, period: Period, seen: str) -> None:
        """Keeps what the preview showed."""
        self.programme.data, self.seen.data = programme, seen
        self.first.data, self.last.data = period.from_on.isoformat(), period.last_day.isoformat()

    def period(self) -> Period | None:
        """The days that were seen; None where the hidden fields were tampered with."""
        try:
            first, last = (date.fromisoformat(one.data or "") for one in (self.first, self.last))
            return Period(first, last + timedelta(days=1))
        except (ValueError, OverflowError):
            return None
