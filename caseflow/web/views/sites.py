"""Sites with their rooms and beds, for administrators: without who sleeps there."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.beds import BED_KIND_NAMES, BedKind
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import sites
from caseflow.web.formatting import said
from caseflow.web.forms.placements import SiteForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("sites", __name__, url_prefix="/sites")
OPENED = N_("The site is open.")


@bp.get("")
@requires(Permission.SITES_MANAGE)
def index() -> Response:
    """Every site, with how many rooms and beds it has."""
    return page("sites/index.html", sites=sites.sites(actor()), kinds=BED_KIND_NAMES)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.SITES_MANAGE)
def new() -> Response:
    """Opens a site."""
    form, status = SiteForm(), 200
    form.offer(sites.organisations(actor()))
    if request.method == "GET":
        form.from_on.data = clock.today()
    else:
        status = 422
        if form.validate_on_submit():
            opened = sites.open_site(
                actor(),
                form.organisation.data,
                form.name.data,
                BedKind(form.kind.data),
                form.plans(),
                form.from_on.data,
                clock.now(),
            )
            if not isinstance(opened, Refused):
                flash(said(OPENED), "success")
                return redirect(url_for("sites.index"), 303)
            form.refuse(opened.reason)
            status = 409
    return page("sites/new.html", status=status, form=form)
