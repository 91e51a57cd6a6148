"""What a case team writes down about a case: one page for each act."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.drafts import DraftOf
from caseflow.domain.messages import N_
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.services import casework
from caseflow.services.case_views import ContactView, Step
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.forms import casework as forms
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
    "cases/screening.html",
    asks=Permission.SCREENING_RECORD,
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
    drafts=DraftOf.NOTE,
)
CORRECTION = ActPage(
    Permission.NOTE_CREATE,
    N_("Correct a note"),
    N_("Keep the correction"),
    N_("The correction is kept beside the note."),
    N_("The note itself stays. Write what should be read instead."),
    "notes",
    needs_vault=True,
    drafts=DraftOf.NOTE,
)
WISH = ActPage(
    Permission.PLAN_RECORD,
    N_("Own wish"),
    N_("Keep the wish"),
    N_("The wish is kept."),
    N_("The earlier text stays as an earlier version."),
    "plan",
    needs_vault=True,
    drafts=DraftOf.WISH,
)
SCENARIO = ActPage(
    Permission.SCENARIO_RECORD,
    N_("Guidance scenario"),
    N_("Keep the scenario"),
    N_("The scenario is kept."),
    N_("What you work towards together. It is not the outcome."),
    "plan",
    asks=Permission.SCENARIO_RECORD,
)
ALLOWANCE = ActPage(
    Permission.ALLOWANCE_RECORD,
    N_("Begin a living allowance"),
    N_("Begin"),
    N_("The allowance runs."),
    N_("With or without a bed, with or without admission."),
    "allowance",
    asks=Permission.ALLOWANCE_RECORD,
)
ALLOWANCE_END = ActPage(
    Permission.ALLOWANCE_RECORD,
    N_("End the living allowance"),
    N_("End the allowance"),
    N_("The allowance ends."),
    None,
    "allowance",
    asks=Step.ALLOWANCE_OVER,
)


NOTE_FROM_LIST = replace(NOTE, leads_to="cases.caseload", template="caseloads/quick_note.html")
"""Written from a row of the caseload, which stands as it was when the note is kept."""


@bp.route("/screening", methods=FORM)
@requires(Permission.SCREENING_RECORD)
def screen(case_id: UUID) -> Response:
    """Which admission criteria are met."""
    case = opened(SCREENING.permission, case_id)
    form = forms.screening_form(case.screening or ())
    begin_today(form, "on")
    return act_pages.answer(
        SCREENING,
        case_id,
        form,
        lambda: casework.screen(actor(), str(case_id), form.answers(), form.on.data, clock.now()),
        case=case,
    )


@bp.route("/contact-line", methods=FORM)
@requires(Permission.CONTACT_RECORD)
def record_contact_line(case_id: UUID) -> Response:
    """How to reach the person safely, into the vault."""
    case, form = opened(Permission.CONTACT_RECORD, case_id), forms.ContactLineForm()
    if request.method == "GET":
        form.seen.data = case.file.newest.get("contact_line", "")
        if isinstance(case.contact, ContactView):
            form.phone.data = case.contact.phone
            form.how_to_reach.data = case.contact.how_to_reach
            form.do_not_contact.data = case.contact.do_not_contact
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
            seen=form.seen.data or "",
        ),
        case=case,
    )


@bp.route("/notes/new", methods=FORM)
@requires(Permission.NOTE_CREATE)
def write_note(case_id: UUID) -> Response:
    """A note, or the correction of one, into the vault."""
    case, form = opened(Permission.NOTE_CREATE, case_id), forms.NoteForm()
    corrects = request.args.get("corrects", type=UUID)
    corrected = str(corrects) if corrects else None
    from_list = request.args.get("from_list", type=int)
    if request.method == "GET":
        form.begin_with(case, corrected, clock.today())
    return act_pages.answer(
        CORRECTION if corrects else _from_list(case_id, from_list) if from_list else NOTE,
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
            corrects_id=corrected,
            seen=form.seen.data or "",
            spoken=form.spoken(),
            ask_first="anyway" not in request.form,
        ),
        case=case,
        about=corrected,
    )


def _from_list(case_id: UUID, page: int) -> ActPage:
    """The page of a note that was written from a row: it leads back to that row of that page of the list."""
    return replace(NOTE_FROM_LIST, leads_with={"page": max(page, 1), "_anchor": f"case-{case_id}"})


@bp.route("/wish", methods=FORM)
@requires(Permission.PLAN_RECORD)
def record_wish(case_id: UUID) -> Response:
    """The person's own wish, into the vault."""
    case, form = opened(Permission.PLAN_RECORD, case_id), forms.WishForm()
    if request.method == "GET":
        form.seen.data = case.file.newest.get("wish", "")
        form.words.data = case.wish if isinstance(case.wish, str) else None
    return act_pages.answer(
        WISH,
        case_id,
        form,
        lambda: casework.record_wish(
            actor(),
            str(case_id),
            form.words.data,
            clock.now(),
            seen=form.seen.data or "",
            ask_first="anyway" not in request.form,
        ),
        case=case,
    )


@bp.route("/scenario", methods=FORM)
@requires(Permission.SCENARIO_RECORD)
def record_scenario(case_id: UUID) -> Response:
    """What client and programme work towards."""
    form = forms.ScenarioForm()
    begin_today(form, "on")
    return act_pages.answer(
        SCENARIO,
        case_id,
        form,
        lambda: casework.record_scenario(
            actor(), str(case_id), GuidanceScenario(form.scenario.data), form.on.data, clock.now()
        ),
    )


@bp.route("/allowance/new", methods=FORM)
@requires(Permission.ALLOWANCE_RECORD)
def begin_allowance(case_id: UUID) -> Response:
    """A living allowance begins."""
    form = forms.AllowanceForm()
    begin_today(form, "from_on")
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
    """The living allowance that runs ends."""
    form = forms.AllowanceEndForm()
    begin_today(form, "until_on")
    return act_pages.answer(
        ALLOWANCE_END,
        case_id,
        form,
        lambda: casework.end_allowance(actor(), str(case_id), form.until_on.data, clock.now()),
    )
