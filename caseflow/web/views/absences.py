"""Nights away: when somebody leaves for a while, and when they come back."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.absences import ABSENCE_NAMES
from caseflow.domain.access import Permission
from caseflow.domain.beds_kept import AwayRule, away_rules
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Hidden
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services import absences
from caseflow.services.case_views import CaseView, Step
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage
from caseflow.web.forms.placements import AbsenceForm, ReturnForm
from caseflow.web.guards import actor, requires

bp = Blueprint("absences", __name__, url_prefix="/cases/<uuid:case_id>/absences")
FORM = ["GET", "POST"]

BEGIN = ActPage(
    Permission.ABSENCE_RECORD,
    N_("Record nights away"),
    N_("Record the absence"),
    N_("The absence is recorded."),
    None,
    "shelter",
    template="absences/begin.html",
    asks=Step.AWAY,
)
END = ActPage(
    Permission.ABSENCE_RECORD,
    N_("Record a return"),
    N_("Record the return"),
    N_("The return is recorded."),
    None,
    "shelter",
    asks=Step.RETURN,
)


@bp.route("/new", methods=FORM)
@requires(Permission.ABSENCE_RECORD)
def begin(case_id: UUID) -> Response:
    """Records the first night away."""
    form = AbsenceForm()
    if request.method == "GET":
        form.from_on.data = clock.today()
    return act_pages.answer(
        BEGIN,
        case_id,
        form,
        lambda: absences.begin(
            actor(), str(case_id), AbsenceKind(form.kind.data), form.from_on.data, clock.now()
        ),
        rules=_rules,
        names={"absences": ABSENCE_NAMES},
    )


def _rules(case: CaseView) -> tuple[AwayRule, ...]:
    """What each kind that can be chosen means for the bed and for the clock of this case."""
    start = None if isinstance(case.clock, Hidden) else case.clock.start
    rules = away_rules(case.programme, start or clock.today())
    return tuple(one for one in rules if one.kind is not AbsenceKind.TIME_OUT)


@bp.route("/end", methods=FORM)
@requires(Permission.ABSENCE_RECORD)
def end(case_id: UUID) -> Response:
    """Records the day of the return."""
    form = ReturnForm()
    if request.method == "GET":
        form.until_on.data = clock.today()
    return act_pages.answer(
        END,
        case_id,
        form,
        lambda: absences.end(actor(), str(case_id), form.until_on.data, clock.now()),
    )
