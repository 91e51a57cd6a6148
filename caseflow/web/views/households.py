"""Households: somebody is added, becomes something else, or leaves. Everybody keeps an own case."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.households import IN_NONE
from caseflow.domain.messages import N_
from caseflow.services import household_changes, household_search
from caseflow.services.case_views import CaseView
from caseflow.services.household_views import Candidate, HouseholdView, OwnPlace
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.forms.households import TOGETHER, LeaveForm, MemberForm, PlaceForm
from caseflow.web.guards import actor, requires

bp = Blueprint("households", __name__, url_prefix="/cases/<uuid:case_id>/household")
FORM = ["GET", "POST"]
RECORD = Permission.HOUSEHOLD_RECORD

ADD = ActPage(
    RECORD,
    N_("Add somebody to the household"),
    N_("Put them together"),
    N_("They are in one household now. Each keeps an own case."),
    N_(
        "Somebody who is known here already. Whoever is new is registered at the intake desk, with the code of a "
        "family member. Nobody gets to see a case by this."
    ),
    "household",
)
CHANGE = ActPage(
    RECORD,
    N_("Change role or living apart"),
    N_("Keep the change"),
    N_("The change is kept, and what was before as well."),
    N_("That somebody lives apart, never where."),
    "household",
)
LEAVE = ActPage(
    RECORD,
    N_("Leave the household"),
    N_("Leave it"),
    N_("This person is in no household any more."),
    N_("The others stay together. What was before is kept."),
    "household",
)


@bp.route("/new", methods=FORM)
@requires(RECORD)
def add(case_id: UUID) -> Response:
    """Somebody known here already is put into the household, by code or by a name that is searched for."""
    case = opened(RECORD, case_id)
    form = MemberForm()
    form.offer(_found(case_id, form), is_in_one=_own(case) is not None)
    begin_today(form, "on")
    if request.method == "GET":
        form.lives.data = TOGETHER
    return act_pages.answer(
        ADD,
        case_id,
        form,
        lambda: household_changes.add(actor(), str(case_id), form.joining(), clock.now()),
        case=case,
    )


@bp.route("/change", methods=FORM)
@requires(RECORD)
def change(case_id: UUID) -> Response:
    """Somebody becomes something else in the household, or lives apart or together from a day on."""
    case = opened(RECORD, case_id)
    form, own = PlaceForm(), _own(case)
    begin_today(form, "on")
    if request.method == "GET" and own is not None:
        form.begin_with(own.place)
    return act_pages.answer(
        CHANGE,
        case_id,
        form,
        lambda: household_changes.change_place(
            actor(), str(case_id), form.place(), form.on.data, clock.now()
        ),
        case=case,
        decision=None if own is not None else IN_NONE,
    )


@bp.route("/leave", methods=FORM)
@requires(RECORD)
def leave(case_id: UUID) -> Response:
    """Somebody belongs to the household no more."""
    case = opened(RECORD, case_id)
    form = LeaveForm()
    begin_today(form, "on")
    return act_pages.answer(
        LEAVE,
        case_id,
        form,
        lambda: household_changes.leave(actor(), str(case_id), form.on.data, clock.now()),
        case=case,
        decision=None if _own(case) is not None else IN_NONE,
    )


def _own(case: CaseView) -> OwnPlace | None:
    return case.household.own if isinstance(case.household, HouseholdView) else None


def _found(case_id: UUID, form: MemberForm) -> tuple[Candidate, ...]:
    """Who is called as was typed, where that is no code; what was typed is kept nowhere."""
    typed = form.other.data
    if request.method == "GET" or not typed or household_changes.as_code(typed):
        return ()
    return household_search.candidates(actor(), str(case_id), typed, clock.now())
