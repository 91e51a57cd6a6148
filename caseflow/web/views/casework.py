"""What a case team does on a case: one page for each act."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.messages import N_
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.services import casework, decisions, intake
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.forms import casework as forms
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires

bp = Blueprint("casework", __name__, url_prefix="/cases/<uuid:case_id>")
FORM = ["GET", "POST"]

SCREENING = ActPage(
    Permission.SCREENING_RECORD,
    N_("Screening"),
    N_("Keep the answers"),
    N_("The screening is kept."),
    N_("Only whether each criterion is met, never why not."),
    "screening",
)
WAITING_LIST = ActPage(
    Permission.SCREENING_RECORD,
    N_("Put on the waiting list"),
    N_("Put on the waiting list"),
    N_("This person is on the waiting list."),
    None,
    "screening",
)
CONSULTATION = ActPage(
    Permission.SCREENING_RECORD,
    N_("Begin the consultation"),
    N_("Begin"),
    N_("The consultation has begun."),
)
IDENTITY = ActPage(
    Permission.IDENTITY_RECORD,
    N_("Who they say they are"),
    N_("Keep in the vault"),
    N_("The identity is kept in the vault."),
    N_("Write down only what this person wants you to. Every line may stay empty."),
    "identity",
    needs_vault=True,
)
CONTACT = ActPage(
    Permission.CONTACT_RECORD,
    N_("How to reach this person"),
    N_("Keep in the vault"),
    N_("The contact details are kept in the vault."),
    None,
    "contact",
    needs_vault=True,
)
NOTE = ActPage(
    Permission.NOTE_CREATE,
    N_("Write a note"),
    N_("Keep the note"),
    N_("The note is kept."),
    None,
    "notes",
    needs_vault=True,
)
CORRECTION = ActPage(
    Permission.NOTE_CREATE,
    N_("Correct a note"),
    N_("Keep the correction"),
    N_("The correction is kept beside the note."),
    N_("The note itself stays. Write what should be read instead."),
    "notes",
    needs_vault=True,
)
WISH = ActPage(
    Permission.NOTE_CREATE,
    N_("Own wish"),
    N_("Keep the wish"),
    N_("The wish is kept."),
    None,
    "plan",
    needs_vault=True,
)
SCENARIO = ActPage(
    Permission.SCENARIO_RECORD,
    N_("Guidance scenario"),
    N_("Keep the scenario"),
    N_("The scenario is kept."),
    N_("What you work towards together. It is not the outcome."),
    "plan",
)
GUIDANCE = ActPage(
    Permission.SCENARIO_RECORD,
    N_("Guidance begins"),
    N_("Keep the day"),
    N_("The day is kept."),
    None,
    "plan",
)
ALLOWANCE = ActPage(
    Permission.ALLOWANCE_RECORD,
    N_("Begin a living allowance"),
    N_("Begin"),
    N_("The allowance runs."),
    N_("With or without a bed, with or without admission."),
    "allowance",
)
ALLOWANCE_END = ActPage(
    Permission.ALLOWANCE_RECORD,
    N_("End the living allowance"),
    N_("End the allowance"),
    N_("The allowance ends."),
    None,
    "allowance",
)
MILESTONE = ActPage(
    Permission.MILESTONE_RECORD,
    N_("Step of a procedure"),
    N_("Keep the step"),
    N_("The step is kept."),
    N_("Kind, day and result only. The documents stay with the lawyer."),
    "procedures",
)
CASE_TEAM = ActPage(
    Permission.CASE_ASSIGN,
    N_("Choose the case team"),
    N_("Keep the case team"),
    N_("The case team is kept."),
    N_("Colleagues who are no longer ticked leave the case team today."),
    "case-team",
)
FOLLOW_UP = ActPage(
    Permission.FOLLOW_UP_RECORD,
    N_("Ask again after the exit"),
    N_("Keep the answer"),
    N_("The answer is kept."),
    N_("Does the solution still hold?"),
    "exit",
)
REENTRY = ActPage(
    Permission.REENTRY_CREATE,
    N_("This person comes back"),
    N_("Open a new case"),
    N_("A new case is open."),
    N_("A new episode of the same person, with the same client code. The earlier case stays."),
)
CLOSING = ActPage(
    Permission.FOLLOW_UP_RECORD,
    N_("Close the case"),
    N_("Close the case"),
    N_("The case is closed."),
    N_("It leaves the caseload. Nothing is erased."),
)


def _today(form: OwnForm, *names: str) -> None:
    """A day that is still empty on a new form is today."""
    if request.method == "GET":
        for name in names:
            form[name].data = form[name].data or clock.today()


@bp.route("/screening", methods=FORM)
@requires(Permission.SCREENING_RECORD)
def screen(case_id: UUID) -> Response:
    case = opened(SCREENING.permission, case_id)
    form = forms.screening_form(case.screening or ())
    _today(form, "on")
    return act_pages.answer(
        SCREENING,
        case_id,
        form,
        lambda: casework.screen(actor(), str(case_id), form.answers(), form.on.data, clock.now()),
        case=case,
    )


@bp.route("/waiting-list", methods=FORM)
@requires(Permission.SCREENING_RECORD)
def put_on_waiting_list(case_id: UUID) -> Response:
    form = forms.DayForm()
    _today(form, "on")
    return act_pages.answer(
        WAITING_LIST,
        case_id,
        form,
        lambda: casework.put_on_waiting_list(actor(), str(case_id), form.on.data, clock.now()),
    )


@bp.route("/consultation", methods=FORM)
@requires(Permission.SCREENING_RECORD)
def begin_consultation(case_id: UUID) -> Response:
    form = forms.DayForm()
    _today(form, "on")
    return act_pages.answer(
        CONSULTATION,
        case_id,
        form,
        lambda: casework.begin_consultation(actor(), str(case_id), form.on.data, clock.now()),
    )


@bp.route("/identity", methods=FORM)
@requires(Permission.IDENTITY_RECORD)
def record_identity(case_id: UUID) -> Response:
    form = forms.IdentityForm()
    return act_pages.answer(
        IDENTITY,
        case_id,
        form,
        lambda: casework.record_identity(actor(), str(case_id), form.told(), clock.now()),
    )


@bp.route("/contact-line", methods=FORM)
@requires(Permission.CONTACT_RECORD)
def record_contact_line(case_id: UUID) -> Response:
    form = forms.ContactLineForm()
    return act_pages.answer(
        CONTACT,
        case_id,
        form,
        lambda: casework.record_contact_line(
            actor(),
            str(case_id),
            form.phone.data,
            form.how_to_reach.data,
            form.do_not_contact.data,
            clock.now(),
        ),
    )


@bp.route("/notes/new", methods=FORM)
@requires(Permission.NOTE_CREATE)
def write_note(case_id: UUID) -> Response:
    form = forms.NoteForm()
    _today(form, "contact_on")
    corrects = request.args.get("corrects", type=UUID)
    return act_pages.answer(
        CORRECTION if corrects else NOTE,
        case_id,
        form,
        lambda: casework.write_note(
            actor(),
            str(case_id),
            form.kind.data,
            form.contact_on.data,
            form.words.data,
            clock.now(),
            about_third_person=form.about_third_person.data,
            corrects_id=str(corrects) if corrects else None,
        ),
    )


@bp.route("/wish", methods=FORM)
@requires(Permission.NOTE_CREATE)
def record_wish(case_id: UUID) -> Response:
    form = forms.WishForm()
    return act_pages.answer(
        WISH,
        case_id,
        form,
        lambda: casework.record_wish(actor(), str(case_id), form.words.data, clock.now()),
    )


@bp.route("/scenario", methods=FORM)
@requires(Permission.SCENARIO_RECORD)
def record_scenario(case_id: UUID) -> Response:
    form = forms.ScenarioForm()
    _today(form, "on")
    return act_pages.answer(
        SCENARIO,
        case_id,
        form,
        lambda: casework.record_scenario(
            actor(), str(case_id), GuidanceScenario(form.scenario.data), form.on.data, clock.now()
        ),
    )


@bp.route("/guidance", methods=FORM)
@requires(Permission.SCENARIO_RECORD)
def begin_guidance(case_id: UUID) -> Response:
    form = forms.DayForm()
    _today(form, "on")
    return act_pages.answer(
        GUIDANCE,
        case_id,
        form,
        lambda: casework.begin_pathway(actor(), str(case_id), form.on.data, clock.now()),
    )


@bp.route("/allowance/new", methods=FORM)
@requires(Permission.ALLOWANCE_RECORD)
def begin_allowance(case_id: UUID) -> Response:
    form = forms.AllowanceForm()
    _today(form, "from_on")
    return act_pages.answer(
        ALLOWANCE,
        case_id,
        form,
        lambda: casework.begin_allowance(
            actor(), str(case_id), form.from_on.data, form.weekly.data, clock.now()
        ),
    )


@bp.route("/allowance/end", methods=FORM)
@requires(Permission.ALLOWANCE_RECORD)
def end_allowance(case_id: UUID) -> Response:
    form = forms.AllowanceEndForm()
    _today(form, "until_on")
    return act_pages.answer(
        ALLOWANCE_END,
        case_id,
        form,
        lambda: casework.end_allowance(actor(), str(case_id), form.until_on.data, clock.now()),
    )


@bp.route("/milestones/new", methods=FORM)
@requires(Permission.MILESTONE_RECORD)
def record_milestone(case_id: UUID) -> Response:
    form = forms.MilestoneForm()
    _today(form, "on")
    return act_pages.answer(
        MILESTONE,
        case_id,
        form,
        lambda: casework.record_milestone(
            actor(),
            str(case_id),
            form.kind.data,
            form.on.data,
            form.result.data or None,
            clock.now(),
        ),
    )


@bp.route("/case-team", methods=FORM)
@requires(Permission.CASE_ASSIGN)
def assign(case_id: UUID) -> Response:
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


@bp.route("/follow-ups/new", methods=FORM)
@requires(Permission.FOLLOW_UP_RECORD)
def follow_up(case_id: UUID) -> Response:
    case = opened(FOLLOW_UP.permission, case_id)
    form = forms.FollowUpForm()
    form.offer(case)
    _today(form, "on")
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
    case = opened(REENTRY.permission, case_id)
    form = forms.ReentryForm()
    form.offer(intake.open_programmes(actor(), clock.today()), case)
    _today(form, "on")
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
@requires(Permission.FOLLOW_UP_RECORD)
def close(case_id: UUID) -> Response:
    return act_pages.answer(
        CLOSING,
        case_id,
        OwnForm(),
        lambda: decisions.close(actor(), str(case_id), clock.now()),
    )
