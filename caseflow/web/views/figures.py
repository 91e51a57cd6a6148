"""Exact figures, for team leads and programme managers of their own programmes; nothing here leaves the house."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.indicators import Figure, Indicator, Measure
from caseflow.services import figures
from caseflow.web.forms.publications import FiguresForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("figures", __name__)


@bp.get("/figures")
@requires(Permission.FIGURES_VIEW)
def index() -> Response:
    """Every figure of one programme at a cut-off, each with its numerator, denominator and definition."""
    offered = figures.named_scopes(actor(), Role.TEAM_LEAD, Role.PROGRAMME_MANAGER)
    form = FiguresForm(request.args)
    form.offer(offered)
    form.scope.data = form.scope.data or (offered[0][0] if offered else None)
    if "as_of" not in request.args:
        form.as_of.data = clock.today()
    shown: dict[Measure, list[tuple[Figure, Indicator]]] = {}
    status = 200
    as_of = form.as_of.data
    if as_of is None or (request.args and not form.validate()):
        status = 422
    elif offered:
        found = figures.exact(actor(), form.scope.data, as_of, clock.now())
        if isinstance(found, Refused):
            form.refuse(found.reason)
            status = 409
        else:
            for figure in found:
                meaning = figures.meaning(figure)
                shown.setdefault(meaning.measure, []).append((figure, meaning))
    name = dict(offered).get(form.scope.data)
    return page(
        "figures/index.html", status=status, form=form, shown=shown, name=name, Measure=Measure
    )
