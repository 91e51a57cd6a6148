"""A case at a conference, from its own page: on the agenda, decided on by a second person, and off again."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import conference_cases
from caseflow.services.conference_cases import OfferedConference
from caseflow.services.gatekeeping import VaultSealed
from caseflow.web import act_pages, disclosed_values, step_ups
from caseflow.web.act_pages import SEALED_NOW, ActPage, opened
from caseflow.web.formatting import said
from caseflow.web.forms.conferences import OffForm, PutForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("conference_cases", __name__, url_prefix="/cases/<uuid:case_id>/conferences")
FORM: Final = ["GET", "POST"]
SECTION: Final = "conferences"
PUT = ActPage(
    Permission.CONFERENCE_PUT,
    N_("Discuss this case at a conference"),
    N_("Ask for it"),
    N_("It is recorded. A case is discussed once your team lead agrees."),
    N_("By client code, never by name, and never with the State. The client knows first."),
    SECTION,
    "conferences/put.html",
    needs_vault=True,
)
OFF = ActPage(
    Permission.CONFERENCE_PUT,
    N_("Take this case off the agenda"),
    N_("Take it off"),
    N_("It is taken off. Who has a sheet is to be told: that is a task now."),
    N_("The client may object at any moment, until it was discussed. No reason is asked."),
    SECTION,
)


@bp.route("/new", methods=FORM)
@requires(Permission.CONFERENCE_PUT)
def put(case_id: UUID) -> Response:
    """Asks for a case to be discussed; first at which conference, where there is a choice."""
    case = opened(PUT.permission, case_id)
    known = conference_cases.offered(actor(), str(case_id), clock.now(), clock.today())
    chosen = _chosen(known, request.args.get("conference", ""))
    if chosen is None:
        return page("conferences/choose.html", case=case, known=known, act=PUT)
    form = PutForm()
    form.offer(chosen, clock.today())
    return act_pages.answer(
        PUT,
        case_id,
        form,
        lambda: conference_cases.put(
            actor(), case, chosen.id, form.put(), disclosed_values.of, clock.now()
        ),
        case=case,
        conference=chosen,
    )


@bp.post("/<uuid:conference_case_id>/approval")
@requires(Permission.CONFERENCE_APPROVE)
def decide(case_id: UUID, conference_case_id: UUID) -> Response:
    """The second person says yes or no, with a fresh code."""
    if step_ups.needs_code():
        return step_ups.ask_for_code(url_for("cases.show", case_id=case_id))
    says_yes = request.form.get("answer") == "yes"
    try:
        refused = conference_cases.decide(
            actor(), str(case_id), str(conference_case_id), says_yes, clock.now()
        )
    except VaultSealed:
        refused = SEALED_NOW
    if isinstance(refused, Refused):
        flash(said(refused.reason), "error")
    elif says_yes:
        flash(said(N_("The case stands on the agenda, and the sheets are ready.")), "success")
    else:
        flash(said(N_("The case is not discussed.")), "success")
    return act_pages.back_to(case_id, SECTION)


@bp.route("/<uuid:conference_case_id>/off", methods=FORM)
@requires(Permission.CONFERENCE_PUT)
def take_off(case_id: UUID, conference_case_id: UUID) -> Response:
    """Takes a case off an agenda, or keeps that the client objects."""
    form = OffForm()
    return act_pages.answer(
        OFF,
        case_id,
        form,
        lambda: conference_cases.take_off(
            actor(), str(case_id), str(conference_case_id), form.who.data == "client", clock.now()
        ),
    )


def _chosen(known: tuple[OfferedConference, ...], asked: str) -> OfferedConference | None:
    """The conference that was asked for; the only one there is; None where there is a choice, or none."""
    if len(known) == 1 and not asked:
        return known[0]
    return next((one for one in known if one.id == asked), None)
