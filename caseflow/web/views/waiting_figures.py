"""How long people wait and what they are told: exact, for who may see exact figures."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.actors import Role
from caseflow.domain.waiting import WANTED_NAMES
from caseflow.services import figures, waiting_figures
from caseflow.web.forms.waiting import ScopeForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("waiting_figures", __name__)


@bp.get("/waiting-list/figures")
@requires(Permission.FIGURES_VIEW)
def index() -> Response:
    """Wait times and refusals of one programme, by month."""
    offered = figures.named_scopes(actor(), Role.TEAM_LEAD, Role.PROGRAMME_MANAGER)
    form = ScopeForm(request.args)
    form.offer(offered)
    form.scope.data = form.scope.data or (offered[0][0] if offered else None)
    found, status = None, 200
    if request.args.get("scope") and not form.validate():
        status = 422
    elif offered:
        found = waiting_figures.exact(actor(), form.scope.data, clock.now())
    return page(
        "waiting/figures.html",
        status=status,
        form=form,
        found=found,
        name=dict(offered).get(form.scope.data),
        kinds=WANTED_NAMES,
    )
