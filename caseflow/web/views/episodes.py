"""Steps along the way of an episode: who works on it, how it goes on, how it ends and begins anew."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.messages import N_
from caseflow.services import casework, decisions, departures, intake, withdrawals
from caseflow.services.case_views import Step
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.forms import episodes as forms
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires

bp = Blueprint("episodes", __name__, url_prefix="/cases/<uuid:case_id>")
FORM = ["GET", "POST"]

CASE_TEAM = ActPage(
    Permission.CASE_ASSIGN,
    N_("Choose the case team"),
    N_("Keep the case team"),
    N_("The case team is kept."),
    N_("Colleagues who are no longer ticked leave the case team at once."),
    "case-team",
)
WAITING_LIST = ActPage(
    Permission.SCREENING_RECORD,
    N_("Put on the waiting list"),
    N_("Put on the waiting list"),
    N_("This person is on the waiting list."),
    None,
    "screening",
    asks=Step.WAITING_LIST,
)
WITHDRAWAL = ActPage(
    Permission.APPLICATION_WITHDRAW,
    N_("Withdraw the application"),
    N_("Withdraw the application"),
    N_("The application is withdrawn."),
    N_(
        "For somebody who does not want to go on, or who is no longer there. A bed that was booked becomes "
        "free. This person can apply again later."
    ),
    "exit",
    asks=Permission.APPLICATION_WITHDRAW,
)
CONSULTATION = ActPage(
    Permission.SCREENING_RECORD,
    N_("Begin the consultation"),
    N_("Begin"),
    N_("The consultation has begun."),
    asks=Step.CONSULTATION,
)
GUIDANCE = ActPage(
    Permission.SCENARIO_RECORD,
    N_("Guidance begins"),
    N_("Keep the day"),
    N_("The day is kept."),
    None,
    "plan",
    asks=Step.GUIDANCE,
)
FOLLOW_UP = ActPage(
    Permission.FOLLOW_UP_RECORD,
    N_("Ask again after the exit"),
    N_("Keep the answer"),
    N_("The answer is kept."),
    N_("Does the solution still hold?"),
    "exit",
    asks=Permission.FOLLOW_UP_RECORD,
)
REENTRY = ActPage(
    Permission.REENTRY_CREATE,
    N_("This person comes back"),
    N_("Open a new case"),
    N_("A new case is open."),
    N_("A new episode of the same person, with the same client code. The earlier case stays."),
)
CLOSING = ActPage(
    Permission.CASE_CLOSE,
    N_("Close the case"),
    N_("Close the case"),
    N_("The case is closed."),
    N_(
        "It leaves the caseload and changes no more. Procedures and referrals that still run end, "
        "and V-numbers are erased."
    ),
    template="departures/closing.html",
    asks=Step.CLOSING,
)


@bp.route("/case-team", methods=FORM)
@requires(Permission.CASE_ASSIGN)
def assign(case_id: UUID) -> Response:
    """The team lead chooses who works on the case."""
    case = opened(CASE_TEAM.permission, case_id)
    form = forms.CaseTeamForm()
    form.offer(intake.teams(actor()), case)
    return act_pages.answer(
        CASE_TEAM,
        case_id,
        form,
        lambda: intake.assign(actor(), str(case_id), tuple(form.members.data), clock.now()),
        case=case,
    )


@bp.route("/waiting-list", methods=FORM)
@requires(Permission.SCREENING_RECORD)
def put_on_waiting_list(case_id: UUID) -> Response:
    """A screened person waits for a place."""
    form = forms.DayForm()
    begin_today(form, "on")
    return act_pages.answer(
        WAITING_LIST,
        case_id,
        form,
        lambda: casework.put_on_waiting_list(actor(), str(case_id), form.on.data, clock.now()),
    )


@bp.route("/withdrawal", methods=FORM)
@requires(Permission.APPLICATION_WITHDRAW)
def withdraw_application(case_id: UUID) -> Response:
    """An application is taken back before support began."""
    form = forms.WithdrawalForm()
    begin_today(form, "on")
    return act_pages.answer(
        WITHDRAWAL,
        case_id,
        form,
        lambda: withdrawals.withdraw_application(actor(), str(case_id), form.on.data, clock.now()),
    )


@bp.route("/consultation", methods=FORM)
@requires(Permission.SCREENING_RECORD)
def begin_consultation(case_id: UUID) -> Response:
    """A consultation begins at once, without admission."""
    form = forms.DayForm()
    begin_today(form, "on")
    return act_pages.answer(
        CONSULTATION,
        case_id,
        form,
        lambda: casework.begin_consultation(actor(), str(case_id), form.on.data, clock.now()),
    )


@bp.route("/guidance", methods=FORM)
@requires(Permission.SCENARIO_RECORD)
def begin_guidance(case_id: UUID) -> Response:
    """The day on which guidance began."""
    form = forms.DayForm()
    begin_today(form, "on")
    return act_pages.answer(
        GUIDANCE,
        case_id,
        form,
        lambda: casework.begin_pathway(actor(), str(case_id), form.on.data, clock.now()),
    )


@bp.route("/follow-ups/new", methods=FORM)
@requires(Permission.FOLLOW_UP_RECORD)
def follow_up(case_id: UUID) -> Response:
    """Whether the solution still holds, months after the exit."""
    case = opened(FOLLOW_UP.permission, case_id)
    form = forms.FollowUpForm()
    form.offer(case)
    begin_today(form, "on")
    return act_pages.answer(
        FOLLOW_UP,
        case_id,
        form,
        lambda: decisions.follow_up(
            actor(),
            str(case_id),
            int(form.months.data),
            FollowUpAnswer(form.answer.data),
            form.on.data,
            clock.now(),
        ),
        case=case,
    )


@bp.route("/re-entry", methods=FORM)
@requires(Permission.REENTRY_CREATE)
def reenter(case_id: UUID) -> Response:
    """A new episode of somebody who comes back."""
    case = opened(REENTRY.permission, case_id)
    form = forms.ReentryForm()
    form.offer(intake.open_programmes(actor(), clock.today()), case)
    begin_today(form, "on")
    opened_case: list[str] = []

    def come_back() -> Refused | None:
        made = intake.reenter(actor(), str(case_id), form.programme.data, form.on.data, clock.now())
        if isinstance(made, Refused):
            return made
        opened_case.append(made.case_id)
        return None

    answered = act_pages.answer(REENTRY, case_id, form, come_back, case=case)
    return act_pages.back_to(opened_case[0]) if opened_case else answered


@bp.route("/closing", methods=FORM)
@requires(Permission.CASE_CLOSE)
def close(case_id: UUID) -> Response:
    """The case leaves the caseload."""
    return act_pages.answer(
        CLOSING,
        case_id,
        OwnForm(),
        lambda: departures.close(actor(), str(case_id), clock.now()),
    )
