"""One house: its rooms and beds, their marks and last nights, cleaning, limits and shares of funders."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.beds import MeantFor
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.sites import Funder, Mark
from caseflow.services import place_marks, site_acts
from caseflow.web.forms import sites as forms
from caseflow.web.guards import actor, requires
from caseflow.web.house_pages import NAMES, HouseAct, answer, kept_site
from caseflow.web.pages import page

bp = Blueprint("houses", __name__, url_prefix="/sites/<site_id>")
FORM = ["GET", "POST"]
ROOM = HouseAct(N_("Add a room"), N_("Add the room"), N_("The room is added."), anchor="rooms")
BEDS = HouseAct(N_("Add beds"), N_("Add the beds"), N_("The beds are added."), anchor="rooms")
CLOSE = HouseAct(
    N_("Close for good"),
    N_("Record the last night"),
    N_("The last night is recorded."),
    N_("A site, room or bed stays in the figures of the nights on which it was there."),
    "rooms",
)
TURNAROUND = HouseAct(
    N_("Nights for cleaning"), N_("Save"), N_("The nights for cleaning are saved.")
)
LIMIT = HouseAct(
    N_("Limit of people"),
    N_("Record the limit"),
    N_("The limit is recorded."),
    N_("What held before stays as it was."),
    "limits",
)
SHARE = HouseAct(
    N_("Share of a funder"),
    N_("Record the share"),
    N_("The share is recorded."),
    N_("What held before stays as it was."),
    "shares",
)
MARK = HouseAct(
    N_("Mark a room or bed"),
    N_("Record the mark"),
    N_("The mark is recorded."),
    N_("Marks say what a bed is good for, so that it is found for who needs it."),
    "rooms",
)


@bp.get("")
@requires(Permission.HOUSES_KEEP)
def show(site_id: str) -> Response:
    """One house, without who sleeps there."""
    return page("sites/show.html", site=kept_site(site_id), names=NAMES)


@bp.route("/rooms/new", methods=FORM)
@requires(Permission.SITES_MANAGE)
def room(site_id: str) -> Response:
    """Adds a room with beds."""
    form = forms.RoomForm()
    return answer(
        ROOM,
        site_id,
        form,
        lambda: site_acts.add_room(
            actor(),
            site_id,
            form.name.data,
            MeantFor(form.meant_for.data),
            form.floor.data,
            form.beds.data,
            form.from_on.data,
            clock.now(),
        ),
    )


@bp.route("/beds/new", methods=FORM)
@requires(Permission.SITES_MANAGE)
def beds(site_id: str) -> Response:
    """Adds beds to a room."""
    form, site = forms.BedsForm(), kept_site(site_id)
    form.offer(site)
    return answer(
        BEDS,
        site_id,
        form,
        lambda: site_acts.add_beds(
            actor(), site_id, form.room.data, form.beds.data, form.from_on.data, clock.now()
        ),
        site,
    )


@bp.route("/close", methods=FORM)
@requires(Permission.SITES_MANAGE)
def close(site_id: str) -> Response:
    """Gives the site, a room or a bed its last night."""
    form, site = forms.CloseForm(), kept_site(site_id)
    form.offer(site, whole=True, chosen=request.args.get("place", ""))
    return answer(
        CLOSE,
        site_id,
        form,
        lambda: site_acts.close(
            actor(), site_id, form.place.data, form.last_night.data, clock.now()
        ),
        site,
    )


@bp.route("/turnaround", methods=FORM)
@requires(Permission.SITES_MANAGE)
def turnaround(site_id: str) -> Response:
    """Says how many nights a bed stays empty for cleaning."""
    form, site = forms.TurnaroundForm(), kept_site(site_id)
    if request.method == "GET":
        form.nights.data = site.turnaround_nights
    return answer(
        TURNAROUND,
        site_id,
        form,
        lambda: site_acts.turn_around(actor(), site_id, form.nights.data, clock.now()),
        site,
    )


@bp.route("/limits/new", methods=FORM)
@requires(Permission.SITES_MANAGE)
def limit(site_id: str) -> Response:
    """Says how many people may sleep here, from which night on."""
    form = forms.LimitForm()

    def perform() -> Refused | None:
        most = form.most_people.data if form.limited.data == forms.LIMITED else None
        if form.limited.data == forms.LIMITED and most is None:
            return Refused(N_("Enter how many people at most."))
        return site_acts.limit(actor(), site_id, most, form.from_on.data, clock.now())

    return answer(LIMIT, site_id, form, perform)


@bp.route("/shares/new", methods=FORM)
@requires(Permission.SITES_MANAGE)
def share(site_id: str) -> Response:
    """Says how many beds a funder pays, from which night on."""
    form = forms.ShareForm()
    return answer(
        SHARE,
        site_id,
        form,
        lambda: site_acts.share(
            actor(),
            site_id,
            Funder(form.funder.data),
            form.beds.data,
            form.from_on.data,
            clock.now(),
        ),
    )


@bp.route("/marks/new", methods=FORM)
@requires(Permission.HOUSES_KEEP)
def mark(site_id: str) -> Response:
    """Gives a room or a bed a mark, or takes it away."""
    form, site = forms.MarkForm(), kept_site(site_id)
    form.offer(site, whole=False, chosen=request.args.get("place", ""))
    return answer(
        MARK,
        site_id,
        form,
        lambda: place_marks.mark(
            actor(),
            site_id,
            form.place.data,
            Mark(form.mark.data),
            form.holds.data == forms.HAS,
            form.from_on.data,
            clock.now(),
        ),
        site,
    )
