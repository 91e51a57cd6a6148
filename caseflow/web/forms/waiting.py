"""The place that is asked for somebody, and the bed that is offered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from wtforms import HiddenField, SubmitField

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.waiting import (
    GROUND_NAMES,
    OFFER_REFUSAL_NAMES,
    REMOVAL_NAMES,
    STEP_NAMES,
    WANTED_NAMES,
    Ground,
    OfferRefusal,
    Removal,
    WaitingStep,
    WantedPlace,
)
from caseflow.services.vacancies import Vacancy
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice, later

YES = "yes"


class PlaceAskedForm(OwnForm):
    """The kind of place, and the grounds for going first; `seen` is the version that stood on the page."""

    seen = HiddenField()

    wanted = fields.one_of(
        N_("What kind of place is asked"),
        [choice(one.value, WANTED_NAMES[one]) for one in WantedPlace],
        needed=N_("Choose what kind of place is asked."),
    )
    grounds = fields.some_of(
        N_("What holds for this person now"),
        [choice(one.value, GROUND_NAMES[one]) for one in Ground],
        hint=N_(
            "Only this gives points, with what is recorded that is needed of a bed, and the days waited. "
            "It is written down for the waiting list alone."
        ),
    )

    def chosen(self) -> Collection[Ground]:
        """The grounds that were ticked."""
        return frozenset(Ground(one) for one in self.grounds.data or ())


class ChangeForm(PlaceAskedForm):
    """The same once more."""

    def seen_version(self) -> int | None:
        """The version that was on the page; None where the page did not say."""
        text = self.seen.data or ""
        return int(text) if text.isdecimal() else None


class AskForm(PlaceAskedForm):
    """The same, and since when it is asked."""

    on = fields.day(
        N_("Asked on"),
        needed=N_("Enter the day on which the place was asked."),
        hint=N_("Waiting counts from this day on."),
    )


class ConfirmForm(OwnForm):
    """That the person was asked and still wants the place; nothing else is to be filled in."""


class RemoveForm(OwnForm):
    """Why somebody waits no longer."""

    why = fields.one_of(
        N_("Why this person waits no longer"),
        [choice(one.value, REMOVAL_NAMES[one]) for one in Removal],
        needed=N_("Choose why this person waits no longer."),
    )


class OfferForm(OwnForm):
    """The nights, one of the beds that are free on them, and until when it is held."""

    arrival = fields.day(N_("First night"), needed=N_("Enter the first night."))
    departure = fields.day(
        N_("Planned departure"), hint=N_("The day somebody leaves. Leave it empty if not known.")
    )
    answer_by = fields.day(
        N_("Answer by"),
        needed=N_("Enter until when the bed is held."),
        hint=N_("The bed is held until the end of this day, and is free again by itself."),
    )
    search = SubmitField(later(N_("Show beds for these nights")))
    bed = fields.one_of(N_("Bed"), needed=N_("Choose a bed."))

    def offer(self, vacancies: Iterable[Vacancy]) -> None:
        """Offers the beds: those that were taken meanwhile too, so that the rule says why not."""
        self.bed.choices = [
            choice(one.bed.id, N_("Bed %(bed)s", bed=one.bed.name)) for one in vacancies
        ]

    def nights(self, today: date) -> tuple[date, date | None]:
        """The nights to search for; a departure that cannot be is left out until the rule refuses it."""
        arrival = self.arrival.data or today
        departure = self.departure.data
        return arrival, departure if departure and departure > arrival else None


class AnswerForm(OwnForm):
    """What became of an offer: a yes, or why it came to nothing; `seen` is the offer that stood on the page."""

    seen = HiddenField()

    answer = fields.one_of(
        N_("Answer"),
        [
            choice(YES, N_("Yes: the bed is booked")),
            *(choice(one.value, OFFER_REFUSAL_NAMES[one]) for one in OfferRefusal),
        ],
        needed=N_("Choose what the answer was."),
    )


class NothingForm(OwnForm):
    """That tonight there is no bed, or none that suits."""

    what = fields.one_of(
        N_("What could not be offered"),
        [
            choice(one.value, STEP_NAMES[one])
            for one in (WaitingStep.NO_BED, WaitingStep.NO_SUITABLE_BED)
        ],
        needed=N_("Choose whether there is no bed, or none that suits."),
    )


class ScopeForm(OwnForm):
    """Which programme or group is counted; it changes nothing and needs no token."""

    class Meta:
        csrf = False

    scope = fields.select(N_("Programme or group"))

    def offer(self, scopes: Iterable[tuple[str, Label]]) -> None:
        """Fills the list with what concerns whoever looks."""
        self.scope.choices = [choice(scope, name) for scope, name in scopes]
