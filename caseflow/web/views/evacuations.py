"""Who has to come out of a house if it burns: the list on paper, and the passphrase of its kept file."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.services import evacuation_files, evacuation_papers, evacuations, houses
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.tellers import teller
from caseflow.web import languages, step_ups
from caseflow.web.forms.fields import OwnForm
from caseflow.web.frames import Frame
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("evacuations", __name__)


@bp.get("/beds/<site_id>/evacuation")
@requires(Permission.EVACUATION_VIEW)
def show(site_id: str) -> Response:
    """The list of one house on A4, and nothing beside it: no navigation, and no way into a file."""
    shown = evacuations.evacuation_list(actor(), site_id, clock.now())
    bare = Frame(
        language=languages.current(),
        reader_id=actor().user_id,
        idle_minutes=houses.current().settings.sessions.idle_minutes,
    )
    return page(
        "evacuations/list.html",
        shown=shown,
        counts=evacuation_papers.counts(shown),
        remarks=evacuation_papers.remarks,
        columns=evacuation_papers.COLUMNS,
        unnamed=evacuation_papers.UNNAMED,
        note=evacuation_papers.NOTE,
        frame=bare,
        emergency=None,
    )


@bp.route("/beds/<site_id>/evacuation/file", methods=["GET", "POST"])
@requires(Permission.EVACUATION_VIEW)
def kept(site_id: str) -> Response:
    """The file that opens without the server: how old it is, and a new passphrase, shown once."""
    form = OwnForm()
    file = evacuation_files.file_of(actor(), site_id, clock.now())
    if request.method == "GET" or not form.validate_on_submit():
        status = 200 if request.method == "GET" else 422
        return page("evacuations/file.html", status=status, file=file, form=form)
    if file.may_set and step_ups.needs_code():
        return step_ups.ask_for_code(url_for("evacuations.kept", site_id=site_id))
    try:
        key = evacuation_files.make_key(actor(), site_id, teller, clock.now())
    except DoneAlready:
        tell(DONE_ALREADY, "info")
        return redirect(url_for("evacuations.kept", site_id=site_id), 303)
    return page("evacuations/key.html", status=201, key=key, site_id=site_id)
