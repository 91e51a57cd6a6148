"""Operations sheets: the months of a programme or group, one month to read and print, and its files."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.bed_night_statements import SMALL_SITE
from caseflow.domain.daily_services import SERVICE_NAMES, Month, read_month
from caseflow.domain.decisions import Refused
from caseflow.domain.operations_sheets import CORRECTED_MONTHS
from caseflow.domain.sheet_money import ALLOWANCES, FEWEST_PEOPLE, FEWEST_RECIPIENTS, CostLine
from caseflow.services import operations_sheet_files as files
from caseflow.services import operations_sheets
from caseflow.services.operations_sheet_views import SheetView
from caseflow.web import languages
from caseflow.web.formatting import said
from caseflow.web.forms.funder_papers import SheetsForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("operations_sheets", __name__, url_prefix="/statistics/operations")
bp.add_app_template_filter(SERVICE_NAMES.__getitem__, "service_name")
LIMITS = {
    "least_beds": SMALL_SITE,
    "least_recipients": FEWEST_RECIPIENTS,
    "least_people": FEWEST_PEOPLE,
    "allowances": ALLOWANCES,
    "corrected_months": CORRECTED_MONTHS,
}
"""What the page explains its gaps with."""


@bp.app_template_filter("kinds_of_sites")
def kinds_of_sites(kinds: tuple[str, ...]) -> str:
    """The kinds of site that stand in a row together."""
    return files.kinds_named(kinds, said)


@bp.app_template_filter("cost_line")
def cost_line(line: CostLine) -> str:
    """What a cost was for."""
    return files.cost_named(line, said)


@bp.get("")
@requires(Permission.OPERATIONS_VIEW)
def index() -> Response:
    """The months of which there is a sheet, a year on a page."""
    asked = request.args.get("scope")
    number = request.args.get("page", 1, type=int)
    found = operations_sheets.sheets(actor(), asked, number, clock.now())
    form = SheetsForm(formdata=None)
    form.offer(found.offered, found.scope.id)
    return page("operations_sheets/index.html", found=found, form=form)


@bp.get("/<scope>/<month>")
@requires(Permission.OPERATIONS_VIEW)
def show(scope: str, month: str) -> Response:
    """The sheet of a month as it was fixed, and what was put right since."""
    view = _sheet(scope, month, "page")
    if isinstance(view, Refused):
        return page(
            "operations_sheets/none.html", status=409, scope=scope, month=_month(month), view=view
        )
    return page("operations_sheets/show.html", view=view, **LIMITS)


@bp.get("/<scope>/<month>/plain.csv")
@requires(Permission.OPERATIONS_VIEW)
def plain_file(scope: str, month: str) -> Response:
    """A sheet for programs."""
    return _file(scope, month, "csv")


@bp.get("/<scope>/<month>/excel.csv")
@requires(Permission.OPERATIONS_VIEW)
def excel_file(scope: str, month: str) -> Response:
    """A sheet as a Dutch Excel opens it."""
    return _file(scope, month, "excel-csv")


def _file(scope: str, month: str, form: str) -> Response:
    view = _sheet(scope, month, form)
    if isinstance(view, Refused):
        abort(404)
    written = files.plain_csv if form == "csv" else files.excel_csv
    name = view.scope.name.in_language(languages.current())
    response = make_response(written(view, name, said))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    file_name = f"operations-{view.scope.id}-{view.sheet.month.code}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _sheet(scope: str, month: str, form: str) -> SheetView | Refused:
    return operations_sheets.sheet(actor(), scope, _month(month), clock.now(), form)


def _month(text: str) -> Month:
    found = read_month(text)
    if found is None:
        abort(404)
    return found
