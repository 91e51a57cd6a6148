"""Gender, age and language of a person, put right by the case team."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import people
from caseflow.services.case_views import PersonView
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.forms.people import PersonForm
from caseflow.web.guards import actor, requires

bp = Blueprint("people", __name__, url_prefix="/cases/<uuid:case_id>")

PERSON = ActPage(
    Permission.PERSON_RECORD,
    N_("Gender, age and language"),
    N_("Keep this"),
    N_("It is put right."),
    N_("As far as the person wants to say it. “Not asked” is an answer too."),
    "person",
)


@bp.route("/person", methods=["GET", "POST"])
@requires(Permission.PERSON_RECORD)
def amend(case_id: UUID) -> Response:
    """Puts right what stands there, unless a colleague did so meanwhile."""
    case, form = opened(PERSON.permission, case_id), PersonForm()
    if request.method == "GET" and isinstance(case.person, PersonView):
        form.begin_with(case.person)
    return act_pages.answer(
        PERSON,
        case_id,
        form,
        lambda: people.amend(actor(), str(case_id), form.told(), clock.now(), seen=form.version),
        case=case,
    )
