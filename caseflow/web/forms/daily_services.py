"""Counting at a site: one tap, or a number for a day."""

from __future__ import annotations

from datetime import date

from wtforms import HiddenField

from caseflow.domain.daily_services import (
    AT_ONCE_AT_MOST,
    DAYS_BACK,
    SERVICE_NAMES,
    Count,
    ServiceKind,
)
from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

KINDS = tuple(choice(kind.value, name) for kind, name in SERVICE_NAMES.items())
ADD, TAKE_OFF = "add", "take_off"


class TapForm(OwnForm):
    """One of one kind, by one tap; or a tap taken back."""

    site = HiddenField()
    kind = fields.select(N_("What"), KINDS, needed=N_("Choose what was given out."))
    tally = HiddenField()

    def count(self, today: date) -> Count:
        """One of that kind, today."""
        return Count(ServiceKind(self.kind.data), today, 1)


class NumberForm(OwnForm):
    """Several at once, a forgotten day, or what was counted too often."""

    site = HiddenField()
    kind = fields.select(N_("What"), KINDS, needed=N_("Choose what was given out."))
    on = fields.day(
        N_("Day"),
        needed=N_("Enter the day that you count for."),
        hint=N_("Today, or one of the last %(days)s days.", days=DAYS_BACK),
    )
    number = fields.number(
        N_("How many"),
        needed=N_("Enter how many."),
        hint=N_("From 1 to %(most)s.", most=AT_ONCE_AT_MOST),
    )
    way = fields.one_of(
        N_("Add them or take them off"),
        (
            choice(ADD, N_("Add to the count")),
            choice(TAKE_OFF, N_("Take off: counted too often")),
        ),
        needed=N_("Choose whether to add or to take off."),
    )

    def begin(self, site_id: str, today: date) -> None:
        """Today, to be added."""
        self.site.data, self.on.data, self.way.data = site_id, today, ADD

    def count(self) -> Count:
        """What is counted, below nought where it is taken off."""
        sign = -1 if self.way.data == TAKE_OFF else 1
        return Count(ServiceKind(self.kind.data), self.on.data, sign * self.number.data)
