"""Out of service and back again: a bed, a room or a whole site."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.domain.outages import OutageReason
from caseflow.services import outages
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.site_views import OutageView, SitePage
from caseflow.web.forms import sites as forms
from caseflow.web.guards import actor, requires
from caseflow.web.house_pages import HouseAct, answer, kept_site

bp = Blueprint("outages", __name__, url_prefix="/sites/<site_id>/outages")
FORM = ["GET", "POST"]
OUT = HouseAct(
    N_("Out of service"),
    N_("Take out of service"),
    N_("It is out of service. No list offers these nights any more."),
    N_("For some nights: repair, pests, a closure. It comes back when somebody says so."),
    "outages",
)
REVISE = HouseAct(
    N_("Change a period out of service"),
    N_("Save the change"),
    N_("The change is saved. What was said before stays."),
    anchor="outages",
)
BACK = HouseAct(
    N_("Back in service"), N_("Put back"), N_("It is back in service."), anchor="outages"
)
MISTAKE = HouseAct(
    N_("This was a mistake"),
    N_("Take it back"),
    N_("It counts no more. What was said stays."),
    N_("It was never out of service. The record of it stays."),
    "outages",
    danger=True,
)


@bp.route("/new", methods=FORM)
@requires(Permission.HOUSES_KEEP)
def out(site_id: str) -> Response:
    """Takes a bed, a room or the whole site out of service."""
    form, site = forms.OutageForm(), kept_site(site_id)
    form.offer(site, whole=True, chosen=request.args.get("place", ""))
    return answer(
        OUT,
        site_id,
        form,
        lambda: outages.take_out(
            actor(),
            site_id,
            form.place.data,
            OutageReason(form.reason.data),
            form.from_on.data,
            form.expected.data,
            form.cost_centre.data,
            clock.now(),
        ),
        site,
    )


@bp.route("/<outage_id>/change", methods=FORM)
@requires(Permission.HOUSES_KEEP)
def revise(site_id: str, outage_id: str) -> Response:
    """Changes why something is out of service and until when."""
    form, site = forms.RevisionForm(), kept_site(site_id)
    shown = _outage(site, outage_id)
    if request.method == "GET":
        form.seen.data = shown.revision_id
        form.reason.data = shown.outage.reason.value
        form.expected.data = shown.outage.expected_until_on
        form.cost_centre.data = shown.cost_centre
    return answer(
        REVISE,
        site_id,
        form,
        lambda: outages.revise(
            actor(),
            site_id,
            outage_id,
            form.seen.data or "",
            OutageReason(form.reason.data),
            form.expected.data,
            form.cost_centre.data,
            clock.now(),
        ),
        site,
        shown,
    )


@bp.route("/<outage_id>/back", methods=FORM)
@requires(Permission.HOUSES_KEEP)
def back(site_id: str, outage_id: str) -> Response:
    """Puts something back into service."""
    form, site = forms.PutBackForm(), kept_site(site_id)
    shown = _outage(site, outage_id)
    if request.method == "GET":
        form.seen.data, form.on.data = shown.revision_id, clock.today()
    return answer(
        BACK,
        site_id,
        form,
        lambda: outages.put_back(
            actor(), site_id, outage_id, form.seen.data or "", form.on.data, clock.now()
        ),
        site,
        shown,
    )


@bp.route("/<outage_id>/mistake", methods=FORM)
@requires(Permission.HOUSES_KEEP)
def mistake(site_id: str, outage_id: str) -> Response:
    """Takes back what was never out of service."""
    form, site = forms.MistakeForm(), kept_site(site_id)
    shown = _outage(site, outage_id)
    if request.method == "GET":
        form.seen.data = shown.revision_id
    return answer(
        MISTAKE,
        site_id,
        form,
        lambda: outages.take_back(actor(), site_id, outage_id, form.seen.data or "", clock.now()),
        site,
        shown,
    )


def _outage(site: SitePage, outage_id: str) -> OutageView:
    """An outage of this very site that can still change. Raises `NotKnown`."""
    for one in site.outages:
        if one.outage.id == outage_id and not one.mistaken:
            return one
    raise NotKnown()
