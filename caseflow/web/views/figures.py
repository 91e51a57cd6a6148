"""Exact figures, for team leads and programme managers of their own programmes; nothing here leaves the house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.gaps import GAP_TEXTS
from caseflow.domain.indicators import Measure
from caseflow.domain.labels import Label
from caseflow.services import figures, internal_curves, internal_figures, programme_overviews
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.internal_curves import Curve
from caseflow.web import figure_words
from caseflow.web.formatting import said
from caseflow.web.forms.figures import FiguresForm, ScopeForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("figures", __name__, url_prefix="/figures")
F = TypeVar("F", bound=ScopeForm)
T = TypeVar("T")
INSIDERS = (Role.TEAM_LEAD, Role.PROGRAMME_MANAGER)


@bp.get("")
@requires(Permission.FIGURES_VIEW)
def index() -> Response:
    """Every figure of one programme at a cut-off, each with its numerator, denominator and definition."""
    form, as_of, status = _dated()
    found = None
    if as_of is not None and form.names:
        asked = (actor(), form.scope.data, as_of, clock.now(), form.known_on.data)
        found, status = _told(form, internal_figures.on_a_day(*asked))
    return _page("figures/index.html", form, status, found=found, words=figure_words)


def _dated() -> tuple[FiguresForm, date | None, int]:
    """The form with its cut-off, today where none was asked for; without one, and 422, where it cannot be read."""
    form = _chosen(FiguresForm(request.args), figures.named_scopes(actor(), *INSIDERS))
    if "as_of" not in request.args:
        form.as_of.data = clock.today()
    if form.as_of.data is None or (request.args and not form.validate()):
        return form, None, 422
    return form, form.as_of.data, 200


def _told(form: FiguresForm, answer: T | Refused) -> tuple[T | None, int]:
    """What was answered, or the refusal on the form."""
    if isinstance(answer, Refused):
        form.refuse(answer.reason)
        return None, 409
    return answer, 200


@bp.get("/quarters")
@requires(Permission.FIGURES_VIEW)
def quarters() -> Response:
    """The same figures at the ends of the last quarters, and today."""
    form = _chosen(ScopeForm(request.args), figures.named_scopes(actor(), *INSIDERS))
    found = None
    if form.names:
        found = internal_figures.over_quarters(actor(), form.scope.data, clock.now())
    return _page("figures/quarters.html", form, found=found)


@bp.get("/time-to-solution")
@requires(Permission.FIGURES_VIEW)
def curve() -> Response:
    """How soon people leave and how: drawn, and as a table."""
    form, as_of, status = _dated()
    found = None
    if as_of is not None and form.names:
        found, status = _curve(form, as_of)
    return _page("figures/curve.html", form, status, found=found)


@bp.get("/time-to-solution.svg")
@requires(Permission.FIGURES_VIEW)
def drawing() -> Response:
    """The drawing of that page, as a picture with an address of its own."""
    form, as_of, _status = _dated()
    found = _curve(form, as_of)[0] if as_of is not None and form.names else None
    svg = found and (found.wide if request.args.get("wide") else found.narrow)
    if not svg:
        raise NotKnown()
    response = make_response(svg)
    response.headers["Content-Type"] = "image/svg+xml"
    return response


def _curve(form: FiguresForm, as_of: date) -> tuple[Curve | None, int]:
    asked = (actor(), form.scope.data, as_of, clock.now(), said, form.known_on.data)
    return _told(form, internal_curves.curve(*asked))


@bp.get("/data-quality")
@requires(Permission.TEAM_COUNTS_VIEW)
def quality() -> Response:
    """What is missing in the records of a programme: how many, and whose list it is."""
    form = _chosen(ScopeForm(request.args), programme_overviews.scopes(actor()))
    found = None
    if form.names:
        found = programme_overviews.of_programme(actor(), form.scope.data, clock.now())
    return _page("figures/quality.html", form, found=found, texts=GAP_TEXTS)


@bp.get("/workload")
@requires(Permission.TEAM_COUNTS_VIEW)
def workload() -> Response:
    """How much the colleagues of each team have on their hands in a programme."""
    form = _chosen(ScopeForm(request.args), programme_overviews.scopes(actor()))
    teams = None
    if form.names:
        teams = programme_overviews.workload(actor(), form.scope.data, clock.now())
    return _page("figures/workload.html", form, teams=teams)


def _chosen(form: F, scopes: Sequence[tuple[str, Label]]) -> F:
    """The form with what concerns this reader. Raises `NotKnown` where something else was asked for."""
    form.offer(scopes)
    if not form.is_theirs:
        raise NotKnown()
    return form


def _page(template: str, form: ScopeForm, status: int = 200, **values: object) -> Response:
    """A page of exact figures, with the places beside it that this reader may go to."""
    roles = actor().roles
    return page(
        template,
        status=status,
        form=form,
        name=form.names.get(form.scope.data),
        Measure=Measure,
        sees_teams=may_at_all(Permission.TEAM_COUNTS_VIEW, roles),
        sees_gaps=may_at_all(Permission.GAPS_VIEW, roles),
        leads=may_at_all(Permission.CASE_ASSIGN, roles),
        sees_clocks=may_at_all(Permission.CLOCKS_VIEW, roles),
        publishes=may_at_all(Permission.PUBLICATION_PREPARE, roles),
        **values,
    )
