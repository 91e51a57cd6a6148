"""Teams of the organisations, for administrators: cases and caseworkers belong to one."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import teams
from caseflow.web.forms.teams import TeamForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("teams", __name__, url_prefix="/teams")


@bp.get("")
@requires(Permission.ACCOUNTS_MANAGE)
def index() -> Response:
    """Every team with its number of colleagues, and the form for a new one."""
    return _shown(_form(), 200)


@bp.post("")
@requires(Permission.ACCOUNTS_MANAGE)
def make() -> Response:
    """Adds a team."""
    form = _form()
    if not form.validate_on_submit():
        return _shown(form, 422)
    made = teams.make(actor(), form.organisation.data, form.name.data, clock.now())
    if isinstance(made, Refused):
        form.refuse(made.reason)
        return _shown(form, 409)
    tell(N_("The team is added. Colleagues can be appointed to it now."))
    return redirect(url_for("teams.index"), 303)


def _form() -> TeamForm:
    form = TeamForm()
    form.offer(teams.organisations(actor()))
    return form


def _shown(form: TeamForm, status: int) -> Response:
    return page("teams/index.html", status=status, form=form, teams=teams.listed(actor()))
