"""Who looked at my file: the list that a client takes home."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, g, request
from flask_babel import force_locale
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.services import own_lists
from caseflow.services.own_lists import Period
from caseflow.web import act_pages
from caseflow.web.forms.own_lists import OwnListForm
from caseflow.web.guards import actor, requires
from caseflow.web.languages import LANGUAGES
from caseflow.web.pages import page

bp = Blueprint("own_lists", __name__)


@bp.get("/cases/<uuid:case_id>/who-looked")
@requires(Permission.LOOKS_PRINT)
def choose(case_id: UUID) -> Response:
    """The language, how far back, and whether with names."""
    form = OwnListForm()
    form.period.data = Period.YEAR.value
    case = act_pages.opened(Permission.LOOKS_PRINT, case_id)
    return page("own_lists/choose.html", form=form, case=case)


@bp.post("/cases/<uuid:case_id>/who-looked")
@requires(Permission.LOOKS_PRINT)
def show(case_id: UUID) -> Response:
    """The list itself, in the language of the button that was pressed."""
    form = OwnListForm()
    language = request.form.get("in", "")
    if language not in LANGUAGES or not form.validate():
        case = act_pages.opened(Permission.LOOKS_PRINT, case_id)
        return page("own_lists/choose.html", status=422, form=form, case=case)
    made = own_lists.printed(
        actor(),
        str(case_id),
        language,
        Period(form.period.data),
        clock.now(),
        with_names=form.names.data,
    )
    g.language = language  # the paper is the client's; the next page is the colleague's again
    with force_locale(language):
        return page("own_lists/show.html", made=made)
