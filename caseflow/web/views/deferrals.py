"""Days on which somebody need not leave for their health: recorded, moved by a delivery, taken back."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Allowed
from caseflow.domain.messages import N_
from caseflow.services import health
from caseflow.services.case_views import CaseView, Sealed
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.health_views import DeferralView
from caseflow.services.interruptions import VaultSealed
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.health import DeferralForm
from caseflow.web.guards import actor, requires

bp = Blueprint("deferrals", __name__, url_prefix="/cases/<uuid:case_id>/deferrals")
FORM = ["GET", "POST"]
RECORD = Permission.HEALTH_RECORD
LEAD = N_(
    "Days only. A task to go through the plan again comes before the last day; it does not say what this is about."
)

NEW = ActPage(
    RECORD,
    N_("Record a deferral or pregnancy"),
    N_("Keep in the vault"),
    N_("The days are kept in the vault."),
    LEAD,
    "health",
    needs_vault=True,
)
CHANGED = ActPage(
    RECORD,
    N_("Change the days of a deferral"),
    N_("Keep in the vault"),
    N_("The new days are kept, and the earlier ones as well."),
    LEAD,
    "health",
    needs_vault=True,
)
TAKEN_BACK = ActPage(
    RECORD,
    N_("Take back days of a deferral"),
    N_("Take them back"),
    N_("This was taken back."),
    N_("They are shown no more, and the task before their end goes. The vault keeps what stood."),
    "health",
    needs_vault=True,
)


@bp.route("/new", methods=FORM)
@requires(RECORD)
def record(case_id: UUID) -> Response:
    """A pregnancy, or the days of a decision."""
    form = DeferralForm()
    return act_pages.answer(
        NEW,
        case_id,
        form,
        lambda: health.record_deferral(actor(), str(case_id), form.told(), clock.now()),
    )


@bp.route("/<uuid:deferral_id>", methods=FORM)
@requires(RECORD)
def change(case_id: UUID, deferral_id: UUID) -> Response:
    """The child is born, or a decision names other days."""
    case = opened(RECORD, case_id)
    known = _deferral(case, deferral_id)
    form = DeferralForm()
    kind = known.told.kind
    form.keep_to(kind)
    if request.method == "GET":
        form.begin_with(known.told)
    return act_pages.answer(
        CHANGED,
        case_id,
        form,
        lambda: health.record_deferral(
            actor(), str(case_id), form.told(kind), clock.now(), deferral_id=str(deferral_id)
        ),
        case=case,
    )


@bp.route("/<uuid:deferral_id>/take-back", methods=FORM)
@requires(RECORD)
def take_back(case_id: UUID, deferral_id: UUID) -> Response:
    """These days were recorded in error; asked once more before they leave the page."""
    case = opened(RECORD, case_id)
    _deferral(case, deferral_id)
    return act_pages.answer(
        TAKEN_BACK,
        case_id,
        OwnForm(),
        lambda: health.take_back(actor(), str(case_id), str(deferral_id), clock.now()),
        case=case,
        decision=Allowed(),
    )


def _deferral(case: CaseView, deferral_id: UUID) -> DeferralView:
    """The deferral of this case. Raises `NotKnown`, and `VaultSealed` where nobody can say whether there is one."""
    found = case.health.deferrals if case.health is not None else ()
    if isinstance(found, Sealed):
        raise VaultSealed(case.organisation)
    for one in found or ():
        if one.id == str(deferral_id):
            return one
    raise NotKnown()
