"""What a municipality sees of a programme or group: the newest quarter, quarters over time, a group by its members.

Only what is frozen stands here, and nothing behind it can be opened. A drawing is told to the log with its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.domain.published_stocks import WAITING
from caseflow.services import (
    publication_charts,
    published_series,
    report_digests,
    report_texts,
)
from caseflow.services.publication_charts import Chart
from caseflow.services.publication_datasets import NEVER_ADDED
from caseflow.services.publication_views import PrintedRate
from caseflow.services.published_series import Newest
from caseflow.web.figure_pages import figures_of, page_asked, picture, speech
from caseflow.web.guards import public
from caseflow.web.pages import page
from caseflow.web.publication_readers import PUBLIC, reader

bp = Blueprint("dashboards", __name__, url_prefix="/statistics/programmes")

COMPARED_BY_MEMBER: Final = ("wodc_durable_rate", "utrecht_solution_rate")
OVER_TIME: Final = {
    "counts": publication_charts.counts_over_time,
    "rates": publication_charts.rates_over_time,
}
"""The drawings of quarters over time, by the name in their address."""


@bp.get("/<scope>")
@public(PUBLIC)
def show(scope: str) -> Response:
    """The newest quarter of a programme or group: rates by each definition, every table, and what changed."""
    who = reader()
    found = published_series.newest(who, scope, clock.now())
    shown, before = found.publication, found.before
    return page(
        "statistics/dashboard.html",
        found=found,
        changes=publication_charts.changes(shown, before) if shown and before else (),
        words=report_texts.seen(who, shown) if shown else None,
        report_digests=report_digests.kept(shown.id) if shown else {},
        **(figures_of(shown) if shown else {}),
    )


@bp.get("/<scope>/quarters")
@public(PUBLIC)
def quarters(scope: str) -> Response:
    """Quarters over time, also those without a publication."""
    found = published_series.quarters(reader(), scope, page_asked(), clock.now())
    return page(
        "statistics/quarters.html",
        found=found,
        charts={name: draw(found.lines, speech()) for name, draw in OVER_TIME.items()},
        quoted=publication_charts.quoted([line.publication for line in found.lines]),
        waiting=found.stock(WAITING),
        NEVER_ADDED=NEVER_ADDED,
    )


@bp.get("/<scope>/quarters/<chart>.svg")
@public(PUBLIC)
def over_time(scope: str, chart: str) -> Response:
    """A drawing of one page of quarters; `wide` asks for the one that a wide screen shows."""
    found = published_series.quarters(reader(), scope, page_asked(), clock.now(), told=False)
    if chart not in OVER_TIME:
        abort(404)
    return picture(OVER_TIME[chart](found.lines, speech(), wide="wide" in request.args))


@bp.get("/<scope>/members")
@public(PUBLIC)
def members(scope: str) -> Response:
    """A group and its programmes side by side."""
    found = published_series.side_by_side(reader(), scope, clock.now())
    lines = (found.whole, *found.members)
    quoted = publication_charts.quoted([line.publication for line in lines])
    charts = [(rate, _by_programme(lines, rate.indicator)) for rate in quoted]
    return page(
        "statistics/members.html",
        found=found,
        lines=lines,
        quoted=quoted,
        waiting=found.stock(WAITING),
        NEVER_ADDED=NEVER_ADDED,
        charts=[(rate, chart) for rate, chart in charts if rate.indicator in COMPARED_BY_MEMBER],
    )


@bp.get("/<scope>/members/<chart>.svg")
@public(PUBLIC)
def by_programme(scope: str, chart: str) -> Response:
    """A drawing of one rate in each programme of a group."""
    found = published_series.side_by_side(reader(), scope, clock.now(), told=False)
    return picture(_by_programme((found.whole, *found.members), chart))


def _by_programme(lines: Sequence[Newest], indicator: str) -> Chart | None:
    """One definition in every programme that published it."""
    rates: list[tuple[Label | Message, PrintedRate]] = [
        (line.scope.name, rate)
        for line in lines
        if line.publication is not None and (rate := line.publication.rate(indicator))
    ]
    return publication_charts.rates_chart(rates, speech())
