"""Sites for whoever keeps them, and a new one for administrators: without who sleeps there."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.sites import SITE_KIND_NAMES, SiteKind
from caseflow.services import sites
from caseflow.web.formatting import said
from caseflow.web.forms.placements import SiteForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("sites", __name__, url_prefix="/sites")
OPENED = N_("The site is open.")


@bp.get("")
@requires(Permission.HOUSES_KEEP)
def index() -> Response:
    """Every site, or those of one's organisation, with how many rooms and beds it has."""
    return page(
        "sites/index.html",
        sites=sites.sites(actor(), clock.now()),
        kinds=SITE_KIND_NAMES,
        manages=may_at_all(Permission.SITES_MANAGE, actor().roles),
    )


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
                SiteKind(form.kind.data),
                form.plans(),
                form.from_on.data,
                clock.now(),
            )
            if not isinstance(opened, Refused):
                flash(said(OPENED), "success")
                return redirect(url_for("houses.show", site_id=opened), 303)
            form.refuse(opened.reason)
            status = 409
    return page("sites/new.html", status=status, form=form)
