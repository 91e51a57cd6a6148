"""Incidents of a house: a list by month, one incident, writing one down, and following it up."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import house_pairs, house_warnings, time_outs
from caseflow.domain import incidents as rules
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.daily_services import read_month
from caseflow.domain.decisions import Refused
from caseflow.domain.incidents import FollowUp
from caseflow.domain.messages import N_
from caseflow.services import incident_acts, incidents
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready, VaultSealed
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.forms.house_peace import FollowUpForm, IncidentForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("incidents", __name__)
FORM: Final = ["GET", "POST"]
NAMES: Final[dict[str, Any]] = {
    "kinds": rules.KIND_NAMES,
    "parts": rules.PART_NAMES,
    "roles": rules.ROLE_NAMES,
    "measures": rules.MEASURE_NAMES,
    "police": rules.POLICE_NAMES,
    "follow_ups": rules.FOLLOW_UP_NAMES,
}
FILTERS: Final[dict[str, Any]] = {
    "incident_kind": rules.KIND_NAMES,
    "incident_police": rules.POLICE_NAMES,
    "incident_part": rules.PART_NAMES,
    "incident_role": rules.ROLE_NAMES,
    "incident_measure": rules.MEASURE_NAMES,
    "incident_follow_up": rules.FOLLOW_UP_NAMES,
    "house_warning": house_warnings.WARNING_NAMES,
    "not_told_yet": house_warnings.NOT_TOLD_NAMES,
    "pair_scope": house_pairs.SCOPE_NAMES,
    "pair_reason": house_pairs.REASON_NAMES,
    "meanwhile": time_outs.MEANWHILE_NAMES,
}
for _name, _table in FILTERS.items():
    bp.add_app_template_filter(_table.__getitem__, _name)

SEALED_NOW: Final = N_(
    "The vault is sealed, so words cannot be kept now. Send it without words, and add nothing on paper; "
    "or send it again once somebody has opened the vault."
)
FOLLOW_UP = ActPage(
    Permission.INCIDENT_FOLLOW_UP,
    N_("Follow up the incident"),
    N_("Record the follow-up"),
    N_("The follow-up is recorded."),
    None,
    "house-peace",
)


@bp.get("/incidents")
@requires(Permission.INCIDENTS_VIEW, Permission.INCIDENT_RECORD)
def index() -> Response:
    """The incidents of a month; for who only writes them down, the button to do so."""
    month = read_month(request.args.get("month", ""))
    found = incidents.listed(actor(), clock.now(), month, request.args.get("site") or None)
    return page("incidents/index.html", found=found, names=NAMES)


@bp.route("/incidents/new", methods=FORM)
@requires(Permission.INCIDENT_RECORD)
def new() -> Response:
    """Somebody who was there writes down what happened."""
    asked = request.form.get("site") or request.args.get("site") or None
    offered = incident_acts.choices(actor(), asked, clock.now())
    if offered.site_id is None:
        return page("incidents/choose.html", offered=offered)
    form, status = IncidentForm(), 200
    form.offer(offered.site_id, offered.people)
    if request.method == "GET":
        form.begin(clock.today())
    else:
        status = _status(form)
        if status == 303:
            return redirect(url_for("incidents.index"), 303)
    return page(
        "incidents/new.html",
        status=status,
        form=form,
        offered=offered,
    )


@bp.get("/incidents/<uuid:incident_id>")
@requires(Permission.INCIDENTS_VIEW, Permission.CASE_OPEN)
def show(incident_id: UUID) -> Response:
    """One incident, as far as this reader may see it."""
    found = incidents.opened(actor(), str(incident_id), clock.now())
    return page(
        "incidents/show.html",
        found=found,
        names=NAMES,
        may_list=may_at_all(Permission.INCIDENTS_VIEW, actor().roles),
    )


@bp.route("/cases/<uuid:case_id>/incidents/<uuid:concerned_id>/follow-up", methods=FORM)
@requires(Permission.INCIDENT_FOLLOW_UP)
def follow_up(case_id: UUID, concerned_id: UUID) -> Response:
    """The team lead says how it was followed up with this person."""
    case, form = opened(FOLLOW_UP.permission, case_id), FollowUpForm()
    known = case.peace.incidents if case.peace is not None else ()
    if str(concerned_id) not in {one.person_id for one in known or ()}:
        raise NotKnown()
    begin_today(form, "on")
    return act_pages.answer(
        FOLLOW_UP,
        case_id,
        form,
        lambda: incident_acts.follow_up(
            actor(), str(case_id), str(concerned_id), FollowUp(form.what.data), form.on.data,
            clock.now(),
        ),
        case=case,
    )  # fmt: skip


def _status(form: IncidentForm) -> int:
    """422 or 409 for what was not kept, 303 once it was."""
    if not form.validate_on_submit():
        return 422
    half = form.half_said()
    if half is not None:
        form.refuse(half)
        return 422
    try:
        answer = incident_acts.record(actor(), form.told(), clock.now())
    except DoneAlready:
        tell(DONE_ALREADY, "info")
        return 303
    except VaultSealed:
        answer = Refused(SEALED_NOW)
    if isinstance(answer, Refused):
        form.refuse(answer.reason)
        return 409
    tell(N_("The incident is written down."))
    return 303
