"""What was told in words: whom and what, in two fields; in danger also who was called and at what hour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from caseflow.domain.disclosures import FIELD_NAMES, Field
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.tellings import CALLED_NAMES, NOT_TOLD, Called
from caseflow.services import rosters
from caseflow.services.telling_lists import Proposal
from caseflow.services.tellings import Offered
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice
from caseflow.web.forms.relations import HOURS


def _ticks(offered: Iterable[Field]) -> list[SelectChoice]:
    return [choice(one.value, FIELD_NAMES[one]) for one in offered]


class TellingForm(OwnForm):
    """To whom and what; the day is today unless somebody says otherwise."""

    to = fields.select(N_("Whom did you tell it"), needed=N_("Choose whom you told."))
    what = fields.some_of(N_("What did you tell"), needed=NOT_TOLD)
    on = fields.day(N_("On which day"), hint=N_("Today, unless it was earlier."))

    def offer(self, offered: Offered, today: date) -> None:
        """Offers the offices that this case knows first, then kinds of recipients; and what the teller may see."""
        self.to.choices = [
            choice("", N_("Choose whom")),
            *(choice(code, name) for code, name in offered.offices),
            *(choice(code, label) for code, label in offered.kinds),
        ]
        self.what.choices = _ticks(offered.fields)
        if not self.is_submitted():
            self.on.data = today

    def told(self) -> frozenset[Field]:
        """What was ticked."""
        return frozenset(Field(one) for one in self.what.data or ())


class DangerForm(OwnForm):
    """Who was called in danger, what they were told, and when."""

    called = fields.one_of(
        N_("Whom did you call"),
        [choice(one.value, CALLED_NAMES[one]) for one in Called],
        needed=N_("Choose whom you called."),
    )
    what = fields.some_of(
        N_("What did you tell"),
        needed=NOT_TOLD,
        hint=N_("Never anything about residence status."),
    )
    on = fields.day(N_("On which day"), needed=N_("Enter the day."))
    hour = fields.select(N_("At about what time"), HOURS)
    about = HiddenField()

    def offer(self, offered: Iterable[Field], now: datetime) -> None:
        """Offers what the teller may see; the moment is now."""
        self.what.choices = _ticks(offered)
        if not self.is_submitted():
            self.on.data, self.hour.data = local(now).date(), str(local(now).hour)

    def begin_with(self, about: str, proposed: Iterable[Proposal]) -> None:
        """Begins with the call for help that proposed this record, where it is one of those."""
        for one in proposed:
            if one.about_id == about:
                self.about.data, self.called.data = one.about_id, one.called.value
                self.on.data = one.on

    def told(self) -> frozenset[Field]:
        """What was ticked."""
        return frozenset(Field(one) for one in self.what.data or ())

    def at(self) -> datetime:
        """The beginning of the hour in which it was told."""
        return rosters.moment(self.on.data, int(self.hour.data))
