"""The plan of a case: goals and agreements, written down, looked at again, reached or dropped."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.drafts import DraftOf
from caseflow.domain.messages import N_
from caseflow.domain.plans import LineState
from caseflow.services import plans
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, opened, while_unsealed
from caseflow.web.forms.client_files import AmendLineForm, PlanLineForm
from caseflow.web.guards import actor, requires

bp = Blueprint("plans", __name__, url_prefix="/cases/<uuid:case_id>/plan")
FORM = ["GET", "POST"]
RECORD = Permission.PLAN_RECORD

WRITE = ActPage(
    RECORD,
    N_("Write down a goal or an agreement"),
    N_("Keep it"),
    N_("The goal or agreement is kept."),
    N_("Something this person works towards, or what was agreed and who does it."),
    "plan",
    needs_vault=True,
    drafts=DraftOf.PLAN_LINE,
)
AMEND = ActPage(
    RECORD,
    N_("Goal or agreement"),
    N_("Keep the new version"),
    N_("The new version is kept."),
    N_("The earlier text stays as an earlier version."),
    "plan",
    needs_vault=True,
    drafts=DraftOf.PLAN_LINE,
)


@bp.route("/new", methods=FORM)
@requires(RECORD)
def write(case_id: UUID) -> Response:
    """A goal or an agreement, into the vault; its day of review becomes a task."""
    form = PlanLineForm()
    return act_pages.answer(
        WRITE,
        case_id,
        form,
        lambda: plans.write_line(
            actor(),
            str(case_id),
            form.told(),
            clock.now(),
            ask_first="anyway" not in request.form,
        ),
    )


@bp.route("/<uuid:plan_line_id>", methods=FORM)
@requires(RECORD)
def amend(case_id: UUID, plan_line_id: UUID) -> Response:
    """A newer version of a goal or an agreement, with how far it is."""
    case, form = opened(RECORD, case_id), AmendLineForm()
    line = next((one for one in case.file.plan or () if one.id == str(plan_line_id)), None)
    if line is None and not case.file.is_sealed:
        raise NotKnown()
    if request.method == "GET" and line is not None:
        form.begin_with(line)
    return act_pages.answer(
        AMEND,
        case_id,
        form,
        lambda: plans.amend_line(
            actor(),
            str(case_id),
            str(plan_line_id),
            form.told(LineState(form.state.data)),
            clock.now(),
            seen=form.seen.data or "",
            ask_first="anyway" not in request.form,
        ),
        case=case,
        decision=while_unsealed(case),
        about=str(plan_line_id),
    )
