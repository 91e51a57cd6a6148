"""Signals of trafficking on a case, and the way to CoMensha or a lawyer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import safe_reports
from caseflow.domain import trafficking as rules
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Allowed
from caseflow.domain.messages import N_
from caseflow.services import trafficking
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.protection import SignalsForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("trafficking", __name__, url_prefix="/cases/<uuid:case_id>/trafficking")
FORM: Final = ["GET", "POST"]
RECORD: Final = Permission.TRAFFICKING_RECORD
NAMES: Final[dict[str, Any]] = {
    "wishes": rules.TRAFFICKING_WISH_NAMES,
    "routes": rules.ROUTE_NAMES,
    "alongs": safe_reports.ALONG_NAMES,
}
NEW = ActPage(
    RECORD,
    N_("Signals of trafficking"),
    N_("Record the signals"),
    N_("The signals are recorded. Nothing has left."),
    N_("The client's wish goes first. Help goes through CoMensha or a lawyer, and the client is accompanied."),
)  # fmt: skip
MISTAKEN = ActPage(
    RECORD,
    N_("Take back signals of trafficking"),
    N_("Take them back"),
    N_("This was taken back."),
    N_("It was recorded in error: it is shown no more."),
    is_a_right=True,
)


@bp.get("")
@requires(RECORD, Permission.CASE_OPEN)
def index(case_id: UUID) -> Response:
    """What was seen, what the client wants, and the two ways."""
    found = trafficking.of_case(actor(), str(case_id), clock.now())
    return page("protection/trafficking.html", found=found, names=NAMES)


@bp.route("/new", methods=FORM)
@requires(RECORD)
def record(case_id: UUID) -> Response:
    """Signals that were seen on a day."""
    form = SignalsForm()
    form.offer(trafficking.signals())
    begin_today(form, "seen_on")
    return act_pages.answer(
        _back(NEW, case_id),
        case_id,
        form,
        lambda: trafficking.record(actor(), str(case_id), form.seen(), clock.now()),
    )


@bp.route("/<uuid:trafficking_record_id>/take-back", methods=FORM)
@requires(RECORD)
def take_back(case_id: UUID, trafficking_record_id: UUID) -> Response:
    """It was recorded in error; asked once more before it leaves the page."""
    case = opened(RECORD, case_id)
    known = trafficking.of_case(actor(), str(case_id), clock.now()).lines
    if str(trafficking_record_id) not in {one.id for one in known}:
        raise NotKnown()
    return act_pages.answer(
        _back(MISTAKEN, case_id),
        case_id,
        OwnForm(),
        lambda: trafficking.mistaken(
            actor(), str(case_id), str(trafficking_record_id), clock.now()
        ),
        case=case,
        decision=Allowed(),
    )


def _back(act: ActPage, case_id: UUID) -> ActPage:
    return replace(act, leads_to="trafficking.index", leads_with={"case_id": case_id})
