"""Slips of pay-outs: handed over with one tap, taken back, returned with a reason code, or printed by code."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.services import slips
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.services.money_views import ListedSlip
from caseflow.web.act_pages import back_to
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.money import ReturnForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("slips", __name__, url_prefix="/slips")
SETTLE = Permission.SLIP_SETTLE


@bp.get("")
@requires(SETTLE)
def index() -> Response:
    """The slips that this reader hands over: at the own site, or for the own cases."""
    found = slips.to_hand_over(actor(), clock.now())
    return page("slips/index.html", places=_by_place(found), form=OwnForm(formdata=None))


@bp.get("/sheet")
@requires(SETTLE)
def sheet() -> Response:
    """The same on paper, without a call name."""
    found = slips.to_hand_over(actor(), clock.now(), on_paper=True)
    sheets = [
        (place, [(one.code, one.slip.cents, one.slip.period) for one in some])
        for place, some in _by_place(found)
    ]
    return page("slips/sheet.html", sheets=sheets, back=url_for("slips.index"))


def _by_place(found: tuple[ListedSlip, ...]) -> list[tuple[str, list[ListedSlip]]]:
    return [(place, list(some)) for place, some in groupby(found, key=lambda one: one.place)]


@bp.post("/<uuid:slip_id>/handed-over")
@requires(SETTLE)
def hand_over(slip_id: UUID) -> Response:
    """One tap: somebody got the money."""
    return _tapped(slip_id, slips.hand_over, N_("The slip is handed over."))


@bp.post("/<uuid:slip_id>/taken-back")
@requires(SETTLE)
def take_back(slip_id: UUID) -> Response:
    """Takes back one's own tap."""
    return _tapped(slip_id, slips.take_back, N_("Taken back: the slip is to be handed over again."))


def _tapped(slip_id: UUID, act: Callable[..., Refused | None], done: Message) -> Response:
    case_id = slips.case_of(actor(), str(slip_id), clock.now())
    try:
        refused = act(actor(), str(slip_id), clock.now())
        tell(done if refused is None else refused.reason, "success" if refused is None else "error")
    except DoneAlready:
        tell(DONE_ALREADY, "info")
    return _back(case_id)


@bp.route("/<uuid:slip_id>/returned", methods=["GET", "POST"])
@requires(SETTLE)
def give_back(slip_id: UUID) -> Response:
    """A slip that nobody collected goes back, with a reason code."""
    case_id = slips.case_of(actor(), str(slip_id), clock.now())
    form, status = ReturnForm(), 200
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            try:
                refused = slips.give_back(actor(), str(slip_id), form.chosen(), clock.now())
            except DoneAlready:
                tell(DONE_ALREADY, "info")
                return _back(case_id)
            if refused is None:
                tell(N_("The slip went back. The next run pays it again."))
                return _back(case_id)
            form.refuse(refused.reason)
            status = 409
    return page("slips/return.html", status=status, form=form, back=_address(case_id))


def _back(case_id: str) -> Response:
    """To the page of the case where the tap came from there, else to the list."""
    if "from_case" in request.values:
        return back_to(case_id, "slips")
    return redirect(url_for("slips.index"), 303)


def _address(case_id: str) -> str:
    if "from_case" in request.values:
        return url_for("cases.show", case_id=case_id, _anchor="slips")
    return url_for("slips.index")
