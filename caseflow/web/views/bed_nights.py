"""Statements of bed-nights: worked out, looked at, fixed, read, printed and taken along as a file."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.audit_samples import FINDING_NAMES
from caseflow.domain.bed_night_statements import CORRECTED_MONTHS, StatementRow
from caseflow.domain.daily_services import Month, month_of
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import bed_night_files, bed_nights
from caseflow.services.bed_night_views import StatementView
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.web import step_ups
from caseflow.web.formatting import said
from caseflow.web.forms.bed_nights import FixStatementForm, MonthForm, month_name
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("bed_nights", __name__, url_prefix="/bed-nights")
bp.add_app_template_filter(month_name, "month_name")
bp.add_app_template_filter(FINDING_NAMES.__getitem__, "finding_name")


@bp.app_template_filter("more_or_less")
def more_or_less(count: int) -> str:
    """A difference with its sign."""
    return f"{count:+d}"


@bp.app_template_filter("site_kinds")
def site_kinds(row: StatementRow) -> str:
    """The kinds of site in a row."""
    return bed_night_files.kinds_named(row, said)


@bp.app_template_filter("statement_funder")
def statement_funder(funder: str) -> str:
    """A funder by its name."""
    return bed_night_files.funder_named(funder, said)


@bp.get("")
@requires(Permission.BED_NIGHTS_VIEW)
def index() -> Response:
    """The statements that were fixed, the newest month first."""
    return page("bed_nights/index.html", shown=bed_nights.statements(actor(), clock.now()))


@bp.get("/new")
@requires(Permission.BED_NIGHTS_VIEW)
def draw() -> Response:
    """What the statement of a month would say; last month where none was asked."""
    makes = bed_nights.makes(actor(), clock.now())
    form = MonthForm(formdata=request.args if "month" in request.args else None)
    form.offer(makes, _months())
    if "month" not in request.args:
        asked = request.args.get("organisation") or makes[0].id
        form.begin(asked, month_of(clock.today()).previous)
        return page("bed_nights/new.html", form=form, view=None, fix=None, needs_code=False)
    if not form.validate():
        return page(
            "bed_nights/new.html", status=422, form=form, view=None, fix=None, needs_code=False
        )
    return _drawn(form, form.organisation.data, form.chosen())


def _months() -> list[Month]:
    """The months of which a statement can be made, the newest first."""
    month, found = month_of(clock.today()), []
    for _ in range(CORRECTED_MONTHS):
        month = month.previous
        found.append(month)
    return found


def _drawn(
    form: MonthForm,
    organisation: str,
    month: Month,
    status: int = 200,
    fixing: FixStatementForm | None = None,
) -> Response:
    found = bed_nights.preview(actor(), organisation, month, clock.now())
    fix = fixing or FixStatementForm(formdata=None)
    view = None
    if isinstance(found, Refused):
        form.refuse(found.reason)
        status = 409
    else:
        view = found
        fix.begin(organisation, month, found.fingerprint)
    return page(
        "bed_nights/new.html",
        status=status,
        form=form,
        view=view,
        fix=fix,
        needs_code=step_ups.needs_code(),
    )


@bp.post("/new")
@requires(Permission.BED_NIGHTS_FIX)
def fix() -> Response:
    """Fixes a statement as it was seen, after a fresh code."""
    form = FixStatementForm()
    month, organisation = form.chosen(), form.organisation.data or ""
    if not form.validate_on_submit() or month is None:
        abort(400)
    status = 422
    if step_ups.is_given(form):
        status = 409
        try:
            answer = bed_nights.fix(actor(), organisation, month, form.seen.data or "", clock.now())
        except DoneAlready:
            tell(DONE_ALREADY, "info")
            return redirect(url_for("bed_nights.index"), 303)
        if not isinstance(answer, Refused):
            tell(N_("The statement is fixed. It never changes; a following one puts right."))
            return redirect(url_for("bed_nights.show", bed_night_statement_id=answer), 303)
        form.refuse(answer.reason)
    again = MonthForm(formdata=None)
    again.offer(bed_nights.makes(actor(), clock.now()), _months())
    again.begin(organisation, month)
    return _drawn(again, organisation, month, status, form)


@bp.get("/<uuid:bed_night_statement_id>")
@requires(Permission.BED_NIGHTS_VIEW)
def show(bed_night_statement_id: UUID) -> Response:
    """A statement as it was fixed, what it put right, and what was signed of it."""
    view = bed_nights.statement(actor(), str(bed_night_statement_id), clock.now())
    opens = may_at_all(Permission.AUDITOR_SESSION_OPEN, actor().roles)
    return page("bed_nights/show.html", view=view, opens=opens)


@bp.get("/<uuid:bed_night_statement_id>/excel.csv")
@requires(Permission.BED_NIGHTS_VIEW)
def excel_file(bed_night_statement_id: UUID) -> Response:
    """A statement as a Dutch Excel opens it."""
    view = bed_nights.statement(actor(), str(bed_night_statement_id), clock.now(), "excel-csv")
    return _file(bed_night_files.excel_csv(view, said), view)


@bp.get("/<uuid:bed_night_statement_id>/plain.csv")
@requires(Permission.BED_NIGHTS_VIEW)
def plain_file(bed_night_statement_id: UUID) -> Response:
    """A statement for programs."""
    view = bed_nights.statement(actor(), str(bed_night_statement_id), clock.now(), "csv")
    return _file(bed_night_files.plain_csv(view, said), view)


def _file(content: bytes, view: StatementView) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"bed-nights-{view.month.code}-{view.number}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
