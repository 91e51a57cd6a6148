"""What every page of published figures needs: their tables and charts in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import abort, make_response, request
from flask_babel import format_date
from werkzeug.wrappers import Response

from caseflow.domain.messages import N_, Message
from caseflow.domain.percentages import NEAREST_FIVE_WITHIN, WHOLE_POINTS_WITHIN, PercentStyle
from caseflow.services import publication_charts, publication_times, rate_definitions
from caseflow.services.publication_charts import OUTCOMES, RATES_OVER_TIME, Chart, Speech
from caseflow.services.publication_datasets import NEVER_ADDED
from caseflow.services.publication_views import PublicationView
from caseflow.web.formatting import number, said

PRECISION: Final[Mapping[str, Message]] = {
    PercentStyle.WHOLE_POINT: N_(
        "The true rate lies within %(points)s points.", points=WHOLE_POINTS_WITHIN
    ),
    PercentStyle.NEAREST_FIVE: N_(
        "Rounded to the nearest five: the true rate lies within %(points)s points, or on the side "
        "that is printed.",
        points=NEAREST_FIVE_WITHIN,
    ),
    PercentStyle.RANGE: N_("A range, because the group is small: the true rate lies in it."),
    PercentStyle.WORDS: N_("In words, because the group is too small for a percentage."),
}
"""How near each printed form is to the true rate; it follows from the printed denominator."""
RATES: Final = "rates"
TIMES: Final = "times"
"""What the drawings of all rates and of the time to solution are called in their addresses; no table is."""


def figures_of(publication: PublicationView) -> dict[str, Any]:
    """What the page of a publication and a dashboard show alike: its rates, its tables and their charts."""
    return {
        "publication": publication,
        "tables": publication_charts.tables(publication, speech()),
        "rates_chart": rates_chart(publication),
        "times": publication_times.times(publication, speech()),
        "headline": [rate for rate in publication.rates if rate.indicator in RATES_OVER_TIME],
        "comparison": rate_definitions.comparison(publication),
        "totals": [row for row in publication.rows if row.is_total],
        "PRECISION": PRECISION,
        "NEVER_ADDED": NEVER_ADDED,
        "OUTCOMES": OUTCOMES,
    }


def rates_chart(publication: PublicationView) -> Chart | None:
    """Every rate of a publication on one scale."""
    return publication_charts.rates_chart([(one.label, one) for one in publication.rates], speech())


def chart_of(publication: PublicationView, name: str) -> Chart | None:
    """The drawing of a table of a publication by its id, or of its rates."""
    if name == RATES:
        return rates_chart(publication)
    if name == TIMES:
        found = publication_times.times(publication, speech())
        return None if found is None else found.chart
    shown = publication_charts.tables(publication, speech())
    return next((one.chart for one in shown if one.id == name), None)


def page_asked() -> int:
    """The page of a list that the address asks for; what is no number is no page."""
    asked = request.args.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        abort(404)
    return int(asked)


def speech() -> Speech:
    """How the reader's language says sentences, numbers and months."""
    return Speech(said, number, _month)


def picture(chart: Chart | None) -> Response:
    """A drawing as a file of its own, for a page that says the same in a table; 404 where there is none."""
    if chart is None:
        abort(404)
    response = make_response(chart.svg)
    response.headers["Content-Type"] = "image/svg+xml"
    return response


def _month(day: date) -> str:
    return str(format_date(day, "MMM yyyy", rebase=False))
