"""Bath and bread: one tap for each thing given out, and the counts of a month."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.daily_services import SERVICE_NAMES, ServiceKind, month_of, read_month
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import daily_service_files, daily_services
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.web.formatting import said
from caseflow.web.forms.daily_services import NumberForm, TapForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("daily_services", __name__, url_prefix="/bath-and-bread")


@bp.get("")
@requires(Permission.SERVICE_COUNT)
def today() -> Response:
    """The counts of today at one site, a button for each kind."""
    return _today(request.args.get("site") or None)


def _today(
    site_id: str | None, number_form: NumberForm | None = None, status: int = 200
) -> Response:
    shown = daily_services.today(actor(), site_id, clock.now())
    form, tap = number_form or NumberForm(), TapForm(formdata=None)
    if shown is not None and number_form is None:
        form.begin(shown.site.id, shown.today)
    return page(
        "daily_services/today.html",
        status=status,
        shown=shown,
        form=form,
        tap=tap,
        names=SERVICE_NAMES,
    )


@bp.post("")
@requires(Permission.SERVICE_COUNT)
def count() -> Response:
    """One more of one kind, today."""
    form = TapForm()
    if not form.validate_on_submit():
        abort(400)
    asked, site = form.count(clock.today()), form.site.data or ""
    try:
        refused = daily_services.count(actor(), site, asked, clock.now())
    except DoneAlready:
        tell(DONE_ALREADY, "info")
        return _back(site)
    if refused is not None:
        tell(refused.reason, "error")
    else:
        tell(N_("Counted: %(what)s.", what=SERVICE_NAMES[asked.kind]))
    return _back(site)


@bp.post("/number")
@requires(Permission.SERVICE_COUNT)
def number() -> Response:
    """Several at once, a forgotten day, or a correction."""
    form = NumberForm()
    site = form.site.data or ""
    if not form.validate_on_submit():
        return _today(site, form, 422)
    try:
        refused = daily_services.count(actor(), site, form.count(), clock.now())
    except DoneAlready:
        tell(DONE_ALREADY, "info")
        return _back(site)
    if refused is not None:
        form.refuse(refused.reason)
        return _today(site, form, 409)
    tell(N_("The count is kept."))
    return _back(site)


@bp.post("/undo")
@requires(Permission.SERVICE_COUNT)
def take_back() -> Response:
    """Takes back one's own last count."""
    site, tally = request.form.get("site", ""), request.form.get("tally", "")
    undone = daily_services.take_back(actor(), site, tally, clock.now())
    if isinstance(undone, Refused):
        tell(undone.reason, "error")
    else:
        tell(N_("Taken back: %(what)s.", what=SERVICE_NAMES[undone.kind]))
    return _back(site)


def _back(site_id: str) -> Response:
    return redirect(url_for("daily_services.today", site=site_id), 303)


@bp.get("/month")
@requires(Permission.SERVICES_VIEW)
def month() -> Response:
    """What a site gave out in a month, by day and kind."""
    shown = _month()
    return page(
        "daily_services/month.html",
        shown=shown,
        names=SERVICE_NAMES,
        kinds=tuple(ServiceKind),
        this_month=month_of(clock.today()),
        counts=may_at_all(Permission.SERVICE_COUNT, actor().roles),
    )


@bp.get("/month.csv")
@requires(Permission.SERVICES_VIEW)
def month_csv() -> Response:
    """The same as a file for a spreadsheet."""
    shown = _month()
    if shown is None:
        abort(404)
    heads = [said(one) for one in (N_("Site"), N_("Day"), *SERVICE_NAMES.values())]
    response = make_response(daily_service_files.excel_csv(shown, heads))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"bath-and-bread-{shown.month.code}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _month() -> daily_services.MonthView | None:
    asked = read_month(request.args.get("month", "")) or month_of(clock.today())
    return daily_services.month(actor(), request.args.get("site") or None, asked, clock.now())
