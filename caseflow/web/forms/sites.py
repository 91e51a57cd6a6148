"""Houses: rooms and beds, their last night, limits, shares, marks, outages, and the log of the neighbourhood."""

from __future__ import annotations

from typing import Final

from wtforms import HiddenField

from caseflow.domain.beds import MEANT_FOR_NAMES, MeantFor
from caseflow.domain.messages import N_
from caseflow.domain.outages import OUTAGE_REASON_NAMES, OutageReason
from caseflow.domain.sites import (
    FUNDER_NAMES,
    MARK_NAMES,
    NEIGHBOURHOOD_NAMES,
    Funder,
    Mark,
    NeighbourhoodKind,
)
from caseflow.services.site_views import SitePage
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

HAS, HAS_NOT = "yes", "no"
LIMITED, NOT_LIMITED = "limited", "none"
WHICH_PLACE: Final = N_("Choose the site, a room or a bed.")


class _PlaceForm(OwnForm):
    """Something about a place of the house."""

    place = fields.select(N_("Which room or bed"), needed=WHICH_PLACE)

    def offer(self, site: SitePage, *, whole: bool, chosen: str = "") -> None:
        """Offers rooms and beds that are there or to come, with the whole site where that is meant."""
        everything = [choice("site", N_("The whole site"))] if whole else []
        places = [choice(spot, name) for spot, name in site.places()]
        self.place.choices = [choice("", N_("Choose a room or bed")), *everything, *places]
        if not self.is_submitted() and chosen in {one.value for one in self.place.choices}:
            self.place.data = chosen


class RoomForm(OwnForm):
    """A further room with its beds."""

    name = fields.line(N_("Name of the room"), needed=N_("Give the room a name."), most=40)
    meant_for = fields.select(
        N_("Meant for"), [choice(one.value, MEANT_FOR_NAMES[one]) for one in MeantFor]
    )
    floor = fields.number(
        N_("Floor"), hint=N_("0 is the ground floor. Leave it empty if not known.")
    )
    beds = fields.number(N_("Beds"), needed=N_("Enter how many beds the room has."))
    from_on = fields.day(N_("First night"), needed=N_("Enter the first night."))


class BedsForm(OwnForm):
    """Further beds in a room."""

    room = fields.select(N_("Room"), needed=N_("Choose a room."))
    beds = fields.number(N_("How many beds"), needed=N_("Enter how many beds are added."))
    from_on = fields.day(N_("First night"), needed=N_("Enter the first night."))

    def offer(self, site: SitePage) -> None:
        """Offers the rooms that are there or to come."""
        self.room.choices = [choice("", N_("Choose a room"))] + [
            choice(spot.removeprefix("room:"), name)
            for spot, name in site.places()
            if spot.startswith("room:")
        ]


class CloseForm(_PlaceForm):
    """The last night of a site, a room or a bed."""

    last_night = fields.day(
        N_("Last night"),
        hint=N_(
            "The last night on which somebody can sleep there. Empty: it stays open, or opens again."
        ),
    )


class TurnaroundForm(OwnForm):
    """Nights that a bed stays empty for cleaning."""

    nights = fields.number(
        N_("Nights for cleaning"),
        needed=N_("Enter how many nights. 0 is none."),
        hint=N_(
            "So many nights a bed stays empty between two stays. 0: free again on the day somebody leaves."
        ),
    )


class LimitForm(OwnForm):
    """How many people may sleep at a site, from which night on."""

    limited = fields.one_of(
        N_("Limit"),
        [
            choice(LIMITED, N_("At most so many people")),
            choice(NOT_LIMITED, N_("No limit any more")),
        ],
        needed=N_("Choose whether there is a limit."),
    )
    most_people = fields.number(N_("How many people at most"))
    from_on = fields.day(N_("From this night on"), needed=N_("Enter the first night."))


class ShareForm(OwnForm):
    """How many beds a funder pays, from which night on."""

    funder = fields.select(
        N_("Who pays"),
        [choice("", N_("Choose who pays"))]
        + [choice(one.value, FUNDER_NAMES[one]) for one in Funder],
        needed=N_("Choose who pays."),
    )
    beds = fields.number(
        N_("How many beds"), needed=N_("Enter how many beds."), hint=N_("0 ends the share.")
    )
    from_on = fields.day(N_("From this night on"), needed=N_("Enter the first night."))


class MarkForm(_PlaceForm):
    """A mark of a room or a bed, from which night on."""

    mark = fields.select(
        N_("Mark"),
        [choice("", N_("Choose a mark"))] + [choice(one.value, MARK_NAMES[one]) for one in Mark],
        needed=N_("Choose a mark."),
    )
    holds = fields.one_of(
        N_("Does it have this mark?"),
        [choice(HAS, N_("Yes")), choice(HAS_NOT, N_("No longer"))],
        needed=N_("Choose whether it has the mark."),
    )
    from_on = fields.day(N_("From this night on"), needed=N_("Enter the first night."))


class OutageForm(_PlaceForm):
    """What goes out of service, why, and until when."""

    reason = fields.select(
        N_("Why"),
        [choice("", N_("Choose a reason"))]
        + [choice(one.value, OUTAGE_REASON_NAMES[one]) for one in OutageReason],
        needed=N_("Choose why it is out of service."),
    )
    from_on = fields.day(N_("First night out of service"), needed=N_("Enter the first night."))
    expected = fields.day(
        N_("Expected back on"),
        hint=N_("The first night on which it can be slept in again. Leave it empty if not known."),
    )
    cost_centre = fields.line(
        N_("Cost centre"), most=20, hint=N_("A code of the accounts. No names.")
    )


class RevisionForm(OwnForm):
    """Why something is out of service after all, and until when."""

    seen = HiddenField()
    reason = fields.select(
        N_("Why"),
        [choice(one.value, OUTAGE_REASON_NAMES[one]) for one in OutageReason],
        needed=N_("Choose why it is out of service."),
    )
    expected = fields.day(
        N_("Expected back on"),
        hint=N_("The first night on which it can be slept in again. Leave it empty if not known."),
    )
    cost_centre = fields.line(
        N_("Cost centre"), most=20, hint=N_("A code of the accounts. No names.")
    )


class PutBackForm(OwnForm):
    """The first night on which it could be slept in again."""

    seen = HiddenField()
    on = fields.day(
        N_("Back in service on"),
        needed=N_("Enter the day on which it can be slept in again."),
        hint=N_("The first night on which somebody can sleep there again."),
    )


class MistakeForm(OwnForm):
    """It was never out of service."""

    seen = HiddenField()


class NeighbourhoodForm(OwnForm):
    """A line of the log: about the house, without names."""

    on = fields.day(N_("Day"), needed=N_("Enter the day on which it happened."))
    kind = fields.one_of(
        N_("What it was"),
        [choice(one.value, NEIGHBOURHOOD_NAMES[one]) for one in NeighbourhoodKind],
        needed=N_("Choose what it was."),
    )
    words = fields.words(
        N_("In a few words"),
        needed=N_("Write in a few words what it was about."),
        hint=N_(
            "About the house and the street. No names, telephone numbers or addresses of anybody."
        ),
    )
