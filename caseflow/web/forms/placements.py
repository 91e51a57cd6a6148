"""Nights on a bed, nights away, and the sites that have the beds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from wtforms import FieldList, Form, FormField, HiddenField, SubmitField

from caseflow.domain.absences import ABSENCE_NAMES
from caseflow.domain.beds import MEANT_FOR_NAMES, MeantFor
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.placements import (
    CANCELLATION_NAMES,
    MOVE_REASON_NAMES,
    STAY_END_NAMES,
    Cancellation,
    MoveReason,
    StayEnd,
)
from caseflow.domain.sites import SITE_KIND_NAMES, SiteKind
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services import rosters
from caseflow.services.sites import RoomPlan
from caseflow.services.vacancies import Vacancy
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice, later
from caseflow.web.forms.relations import HOURS

KINDS_OF_ROOMS: Final = 4
"""Lines of the form on which rooms that are alike are described together."""


class VersionedForm(OwnForm):
    """A form that remembers which version of a stay was on the page."""

    version = HiddenField()

    def seen_version(self) -> int | None:
        """The version that was on the page; None where the page did not say."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() else None


class PlaceForm(VersionedForm):
    """The nights, and one of the beds that are free on them."""

    arrival = fields.day(N_("First night"), needed=N_("Enter the first night."))
    departure = fields.day(
        N_("Planned departure"), hint=N_("The day somebody leaves. Leave it empty if not known.")
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


class MoveForm(PlaceForm):
    """The nights, a bed, and why somebody moves, where there is something to say."""

    why = fields.select(
        N_("Why"),
        [choice("", N_("no particular reason"))]
        + [choice(one.value, MOVE_REASON_NAMES[one]) for one in MoveReason],
    )

    def reason(self) -> MoveReason | None:
        """Why, where something was chosen."""
        return MoveReason(self.why.data) if self.why.data else None


class HoldForm(PlaceForm):
    """The nights, a bed, and until when it is held."""

    until_on = fields.day(N_("Hold until"), needed=N_("Enter until which day the bed is held."))
    until_hour = fields.select(N_("At what time"), HOURS)

    def ends_at(self) -> datetime:
        """The moment at which the hold is over."""
        return rosters.moment(self.until_on.data, int(self.until_hour.data))


class HoldUntilForm(VersionedForm):
    """Another moment at which a hold is over."""

    until_on = fields.day(N_("Hold until"), needed=N_("Enter until which day the bed is held."))
    until_hour = fields.select(N_("At what time"), HOURS)

    def ends_at(self) -> datetime:
        """The moment at which the hold is over."""
        return rosters.moment(self.until_on.data, int(self.until_hour.data))


class DepartureForm(VersionedForm):
    """The day on which somebody is to leave; empty is open."""

    departure = fields.day(
        N_("Planned departure"), hint=N_("The day somebody leaves. Leave it empty if not known.")
    )


class EarlierForm(VersionedForm):
    """Since when somebody sleeps here after all."""

    arrival = fields.day(N_("First night"), needed=N_("Enter the first night."))


class SwapForm(VersionedForm):
    """From which night on two people have each other's bed."""

    other_version = HiddenField()
    on = fields.day(N_("First night"), needed=N_("Enter the first night."))

    def seen_versions(self) -> tuple[int | None, int | None]:
        """The versions of both stays that were on the page."""
        other = self.other_version.data or ""
        return self.seen_version(), int(other) if other.isdecimal() else None


class ArriveForm(VersionedForm):
    """The day on which somebody came."""

    on = fields.day(N_("Arrived on"), needed=N_("Enter the day on which this person came."))


class EndForm(VersionedForm):
    """The day on which somebody left, and why."""

    on = fields.day(
        N_("Left on"),
        needed=N_("Enter the day on which this person left."),
        hint=N_("The bed is free again from the night of this day on."),
    )
    reason = fields.one_of(
        N_("Why the stay on this bed ends"),
        [choice(one.value, STAY_END_NAMES[one]) for one in StayEnd if one is not StayEnd.MOVED],
        needed=N_("Choose why the stay ends."),
    )


class CancelForm(VersionedForm):
    """Why nights are taken back."""

    why = fields.one_of(
        N_("Why the nights are taken back"),
        [choice(one.value, CANCELLATION_NAMES[one]) for one in Cancellation],
        needed=N_("Choose why the nights are taken back."),
    )


class AbsenceForm(OwnForm):
    """The first night away, and why."""

    from_on = fields.day(N_("First night away"), needed=N_("Enter the first night away."))
    kind = fields.one_of(
        N_("Kind of absence"),
        [
            choice(one.value, ABSENCE_NAMES[one])
            for one in AbsenceKind
            if one is not AbsenceKind.TIME_OUT
        ],
        needed=N_("Choose what kind of absence this is."),
    )


class ReturnForm(OwnForm):
    """The first night that somebody sleeps here again."""

    until_on = fields.day(N_("Came back on"), needed=N_("Enter the day this person came back."))


class RoomsForm(Form):  # type: ignore[misc]  # the library has no types
    """Rooms that are alike."""

    name = fields.line(N_("Name of the rooms"), most=30)
    rooms = fields.number(N_("How many rooms"))
    beds = fields.number(N_("Beds in each room"))
    meant_for = fields.select(
        N_("Meant for"), [choice(one.value, MEANT_FOR_NAMES[one]) for one in MeantFor]
    )

    def plans(self) -> list[RoomPlan]:
        """The rooms of this line, each with its own name; none where the line was left empty."""
        if self.name.data is None:
            return []
        count = 1 if self.rooms.data is None else self.rooms.data
        names = (
            [self.name.data]
            if count == 1
            else [f"{self.name.data} {n}" for n in range(1, count + 1)]
        )
        return [
            RoomPlan(name, MeantFor(self.meant_for.data), self.beds.data or 0) for name in names
        ]


class SiteForm(OwnForm):
    """A site with its rooms and beds."""

    organisation = fields.select(N_("Organisation"), needed=N_("Choose an organisation."))
    name = fields.line(N_("Name of the site"), needed=N_("Give the site a name."), most=40)
    kind = fields.one_of(
        N_("Kind of shelter"),
        [choice(one.value, SITE_KIND_NAMES[one]) for one in SiteKind],
        needed=N_("Choose what kind of house it is."),
    )
    from_on = fields.day(N_("Open from"), needed=N_("Enter the first night."))
    alike = FieldList(FormField(RoomsForm), min_entries=KINDS_OF_ROOMS, max_entries=KINDS_OF_ROOMS)

    def offer(self, organisations: Mapping[str, Label]) -> None:
        """Offers the organisations of the house."""
        self.organisation.choices = [choice("", N_("Choose an organisation"))] + [
            choice(one, name) for one, name in organisations.items()
        ]

    def plans(self) -> list[RoomPlan]:
        """All rooms that were described."""
        return [plan for entry in self.alike for plan in _plans(entry)]


def _plans(entry: Any) -> list[RoomPlan]:
    plans: list[RoomPlan] = entry.form.plans()
    return plans
