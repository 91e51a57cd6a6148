"""People who are kept apart for safety."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import separations
from caseflow.services.case_views import KeptApart, OtherSide
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.forms.relations import EndSeparationForm, SeparationForm
from caseflow.web.guards import actor, requires

bp = Blueprint("separations", __name__, url_prefix="/cases/<uuid:case_id>/separations")
FORM = ["GET", "POST"]

KEEP_APART = ActPage(
    Permission.SEPARATION_RECORD,
    N_("Keep apart for safety"),
    N_("Keep them apart"),
    N_("These two people are kept apart now."),
    N_(
        "On the pages of one of them nothing shows any more about the other: no family, no bed, no way to reach "
        "them. No bed is given to one at a site where the other sleeps or is expected."
    ),
    None,
    "cases/separation.html",
)
END = ActPage(
    Permission.SEPARATION_RECORD,
    N_("End keeping apart"),
    N_("End it"),
    N_("The last day is recorded."),
    N_("Up to and including the last day they are kept apart."),
)


@bp.route("", methods=FORM)
@requires(Permission.SEPARATION_RECORD)
def keep_apart(case_id: UUID) -> Response:
    """The team lead says from whom this person is kept apart, by client code."""
    case = opened(KEEP_APART.permission, case_id)
    form = SeparationForm()
    begin_today(form, "from_on")
    return act_pages.answer(
        KEEP_APART,
        case_id,
        form,
        lambda: separations.keep_apart(
            actor(), str(case_id), form.other.data, form.from_on.data, clock.now()
        ),
        case=case,
        Permission=Permission,
    )


@bp.route("/<uuid:separation_id>/end", methods=FORM)
@requires(Permission.SEPARATION_RECORD)
def end(case_id: UUID, separation_id: UUID) -> Response:
    """The team lead says which day is the last."""
    case = opened(END.permission, case_id)
    if str(separation_id) not in {one.separation_id for one in _others(case.apart)}:
        raise NotKnown()
    form = EndSeparationForm()
    begin_today(form, "last_day")
    return act_pages.answer(
        END,
        case_id,
        form,
        lambda: separations.end(
            actor(), str(case_id), str(separation_id), form.last_day.data, clock.now()
        ),
        case=case,
    )


def _others(apart: object) -> tuple[OtherSide, ...]:
    return apart.others if isinstance(apart, KeptApart) else ()
