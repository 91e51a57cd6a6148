"""The log of a house and its neighbourhood: about the street, and nobody by name."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.domain.sites import NeighbourhoodKind
from caseflow.services import neighbourhoods
from caseflow.web.formatting import said
from caseflow.web.forms import sites as forms
from caseflow.web.guards import actor, requires
from caseflow.web.house_pages import HouseAct, answer

bp = Blueprint("neighbourhoods", __name__, url_prefix="/sites/<site_id>/neighbourhood")
FORM = ["GET", "POST"]
ENTRY = HouseAct(
    N_("Write in the neighbourhood log"),
    N_("Keep the line"),
    N_("The line is kept."),
    N_(
        "Letters, the consultation committee, offers and complaints: what it was about, and nobody's name."
    ),
    "neighbourhood",
)


@bp.route("/new", methods=FORM)
@requires(Permission.HOUSES_KEEP)
def new(site_id: str) -> Response:
    """Writes a line in the log of the house and its neighbours."""
    form = forms.NeighbourhoodForm()
    return answer(
        ENTRY,
        site_id,
        form,
        lambda: neighbourhoods.record(
            actor(),
            site_id,
            form.on.data,
            NeighbourhoodKind(form.kind.data),
            form.words.data,
            clock.now(),
            ask_first="anyway" not in request.form,
        ),
    )


@bp.post("/<entry_id>/words/erase")
@requires(Permission.HOUSES_KEEP)
def erase(site_id: str, entry_id: str) -> Response:
    """Erases the words of a line, where a name slipped in."""
    refused = neighbourhoods.take_out(actor(), site_id, entry_id, clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("The words are erased.")), "success")
    return redirect(url_for("houses.show", site_id=site_id, _anchor="neighbourhood"), 303)
