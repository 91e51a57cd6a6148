"""Money by client code, for finance: runs of pay-outs, their slips on paper, costs, and files for the books."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.costs import COST_NAMES, PAYER_NAMES
from caseflow.domain.daily_services import Month, month_of, read_month
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.pay_outs import LINE_NAMES
from caseflow.domain.slips import RETURN_REASONS, SLIP_STATES, SlipState
from caseflow.services import costs, money_files, pay_outs
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.services.money_views import CostsView, DrawnRun
from caseflow.web import step_ups
from caseflow.web.formatting import said
from caseflow.web.forms.money import FixForm, PeriodForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("money", __name__, url_prefix="/money")
bp.add_app_template_filter(LINE_NAMES.__getitem__, "line_name")
bp.add_app_template_filter(SLIP_STATES.__getitem__, "slip_state")
bp.add_app_template_filter(RETURN_REASONS.__getitem__, "return_reason")
bp.add_app_template_filter(COST_NAMES.__getitem__, "cost_name")
bp.add_app_template_filter(PAYER_NAMES.__getitem__, "payer_name")


@bp.get("")
@requires(Permission.PAY_OUTS_VIEW)
def index() -> Response:
    """The runs of a programme."""
    return page("money/index.html", shown=pay_outs.runs(actor(), _programme(), clock.now()))


def _programme() -> str | None:
    return request.args.get("programme") or None


@bp.get("/new")
@requires(Permission.PAY_OUT_MAKE)
def draw() -> Response:
    """What a run would pay: the usual days, or those of the address."""
    asked = _programme()
    usual = pay_outs.usual_period(actor(), asked, clock.now())
    programme, _ = pay_outs.chosen(actor(), Permission.PAY_OUT_MAKE, asked, clock.now())
    if "first" not in request.args:
        form = PeriodForm(formdata=None)
        form.begin(programme.id, usual)
    else:
        form = PeriodForm(formdata=request.args)
        form.programme.data = programme.id
        if not form.validate():
            return _drawn(form, None, 422)
    answer = pay_outs.preview(actor(), programme.id, form.period(), clock.now())
    if isinstance(answer, Refused):
        form.refuse(answer.reason)
        return _drawn(form, None, 409 if "first" in request.args else 200)
    return _drawn(form, answer)


def _drawn(
    form: PeriodForm, run: DrawnRun | None, status: int = 200, fixing: FixForm | None = None
) -> Response:
    fix = fixing or FixForm(formdata=None)
    if run is not None:
        fix.begin(run.programme.id, run.period, run.fingerprint)
    return page(
        "money/new.html",
        status=status,
        form=form,
        fix=fix,
        run=run,
        needs_code=step_ups.needs_code(),
    )


@bp.post("/new")
@requires(Permission.PAY_OUT_MAKE)
def fix() -> Response:
    """Fixes a run as it was seen, after a fresh code."""
    form = FixForm()
    period = form.period()
    if not form.validate_on_submit() or period is None:
        abort(400)
    now, asked, status = clock.now(), form.programme.data, 422
    if step_ups.is_given(form):
        status = 409
        try:
            answer = pay_outs.fix(actor(), asked, period, form.seen.data or "", now)
        except DoneAlready:
            tell(DONE_ALREADY, "info")
            return redirect(url_for("money.index", programme=asked), 303)
        if not isinstance(answer, Refused):
            tell(N_("The run is fixed. Its slips can be handed over."))
            return redirect(url_for("money.show", run_id=answer), 303)
        form.refuse(answer.reason)
    days = PeriodForm(formdata=None)
    days.begin(asked, period)
    again = pay_outs.preview(actor(), asked, period, now)
    return _drawn(days, None if isinstance(again, Refused) else again, status, form)


@bp.get("/runs/<uuid:run_id>")
@requires(Permission.PAY_OUTS_VIEW)
def show(run_id: UUID) -> Response:
    """A run as it was fixed, and what became of its slips."""
    run = pay_outs.run(actor(), str(run_id), clock.now())
    return page("money/run.html", run=run, states=SlipState)


@bp.get("/runs/<uuid:run_id>/slips")
@requires(Permission.PAY_OUTS_VIEW)
def sheet(run_id: UUID) -> Response:
    """The slips of a run on paper: code, amount and days."""
    run = pay_outs.run(actor(), str(run_id), clock.now())
    slips = [(one.code, one.to_hand, run.period) for one in run.accounts if one.to_hand]
    back = url_for("money.show", run_id=run_id)
    return page("slips/sheet.html", sheets=[("", slips)], back=back)


@bp.get("/runs/<uuid:run_id>/books.csv")
@requires(Permission.PAY_OUTS_VIEW)
def run_file(run_id: UUID) -> Response:
    """A run as a file for the books."""
    run = pay_outs.run(actor(), str(run_id), clock.now())
    return _file(money_files.run_csv(run, said), f"books-{run.period.from_on.isoformat()}.csv")


@bp.get("/costs")
@requires(Permission.PAY_OUTS_VIEW)
def books() -> Response:
    """The costs of a month by kind and payer, and by client code."""
    month = _month()
    return page(
        "money/costs.html",
        shown=_costs(month, "page"),
        month=month,
        this_month=month_of(clock.today()),
    )


@bp.get("/costs.csv")
@requires(Permission.PAY_OUTS_VIEW)
def costs_file() -> Response:
    """The same as a file for the books."""
    month = _month()
    found = _costs(month, "file")
    return _file(money_files.costs_csv(found, said), f"books-{month.code}.csv")


def _month() -> Month:
    return read_month(request.args.get("month", "")) or month_of(clock.today())


def _costs(month: Month, form: str) -> CostsView:
    return costs.in_the_books(
        actor(), _programme(), month.first, month.last, clock.now(), form=form
    )


def _file(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
