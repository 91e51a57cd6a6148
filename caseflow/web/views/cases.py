"""The caseload, and the page of one case."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import (
    agreements,
    contact_persons,
    decision_sheets,
    follow_ups,
    identities,
    legal_papers,
    outcomes,
    plans,
    scenarios,
)
from caseflow.domain.absences import ABSENCE_NAMES
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.cases import STAGE_NAMES, ProposalState
from caseflow.domain.deferrals import DEFERRAL_NAMES
from caseflow.domain.destinations import DESTINATION_NAMES
from caseflow.domain.formal_decision_words import ACT_NAMES
from caseflow.domain.health_needs import PLACEMENT_NEED_NAMES
from caseflow.domain.households import ROLE_NAMES
from caseflow.domain.information_texts import INFORMATION_NAMES
from caseflow.domain.procedure_words import STEP_NAMES
from caseflow.domain.programmes import ProposalKind
from caseflow.domain.rounds import STATE_NAMES
from caseflow.domain.stay_alerts import ALERT_NAMES
from caseflow.domain.tasks import TASK_NAMES
from caseflow.services import (
    caseloads,
    client_request_readings,
    conference_readings,
    disclosure_everyday,
    gatekeeping,
    glass,
    handovers,
    own_choices,
    telling_lists,
)
from caseflow.services.case_views import CaseView, Sealed, Step
from caseflow.services.caseload_reviews import ReviewStep
from caseflow.services.caseload_views import ORDER_NAMES, SHOW_NAMES, Order
from caseflow.services.caseloads import Show
from caseflow.services.corrections import CORRECTED_BY
from caseflow.services.referrals import KIND_NAMES
from caseflow.web import case_words, waiting_words
from caseflow.web.forms.caseloads import FindForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("cases", __name__)
bp.add_app_template_filter(case_words.language_name, "language_name")
bp.add_app_template_filter(case_words.euros, "euros")
bp.add_app_template_filter(outcomes.OUTCOME_NAMES.__getitem__, "outcome_name")
bp.add_app_template_filter(outcomes.BASIS_NAMES.__getitem__, "basis_name")
bp.add_app_template_filter(PLACEMENT_NEED_NAMES.__getitem__, "placement_need_name")
bp.add_app_template_filter(DESTINATION_NAMES.__getitem__, "destination_name")
bp.add_app_template_test(lambda value: isinstance(value, Sealed), "sealed")

NAMES = {
    "waiting": waiting_words.NAMES,
    "shows": SHOW_NAMES,
    "orders": ORDER_NAMES,
    "tasks": TASK_NAMES,
    "stages": STAGE_NAMES,
    "scenarios": scenarios.SCENARIO_NAMES,
    "outcomes": outcomes.OUTCOME_NAMES,
    "bases": outcomes.BASIS_NAMES,
    "destinations": DESTINATION_NAMES,
    "advice": decision_sheets.ADVICE_NAMES,
    "sheet_reasons": decision_sheets.REASON_NAMES,
    "follow_ups": follow_ups.FOLLOW_UP_NAMES,
    "milestones": STEP_NAMES,
    "genders": case_words.GENDERS,
    "age_bands": case_words.AGE_BANDS,
    "answers": case_words.ANSWERS,
    "note_kinds": case_words.NOTE_KINDS,
    "line_kinds": plans.KIND_NAMES,
    "done_by": plans.DONE_BY_NAMES,
    "line_states": plans.STATE_NAMES,
    "person_roles": contact_persons.ROLE_NAMES,
    "person_agreements": contact_persons.AGREEMENT_NAMES,
    "directions": legal_papers.DIRECTION_NAMES,
    "precisions": identities.PRECISIONS,
    "name_kinds": identities.NAME_KINDS,
    "paper_kinds": identities.PAPER_KINDS,
    "agreements": identities.AGREEMENTS,
    "results": case_words.RESULTS,
    "placements": case_words.PLACEMENTS,
    "alerts": ALERT_NAMES,
    "referrals": KIND_NAMES,
    "proposals": case_words.PROPOSALS,
    "states": case_words.PROPOSAL_STATES,
    "absences": ABSENCE_NAMES,
    "presence_states": STATE_NAMES,
    "decision_acts": ACT_NAMES,
    "household_roles": ROLE_NAMES,
    "placement_needs": PLACEMENT_NEED_NAMES,
    "deferrals": DEFERRAL_NAMES,
    "information": INFORMATION_NAMES,
    "lacks": agreements.LACK_NAMES,
    "ways": agreements.WAY_NAMES,
}
"""What codes are called; said in the reader's language where they are shown."""


@bp.route("/caseload", methods=["GET", "POST"])
@requires(Permission.CASELOAD_VIEW)
def caseload() -> Response:
    """The reader's cases, by what is due; those of a search, which is sent and never stands in the address."""
    form, status = FindForm(), 200
    if request.method == "POST" and not form.validate():
        status = 422
    show, order = Show.of(request.values.get("show")), Order.of(request.args.get("order"))
    kept = _kept(show, order)
    listed = caseloads.caseload(
        actor(),
        clock.now(),
        page=request.args.get("page", 1, type=int),
        show=show,
        kept=Show.of(kept.get("show")),
        order=Order.of(kept.get("order")) or Order.DUE,
        find=(form.find.data or "") if request.method == "POST" and status == 200 else "",
    )
    return page(
        "caseloads/caseload.html",
        status=status,
        form=form,
        listed=listed,
        today=clock.today(),
        names=NAMES,
        Show=Show,
        Order=Order,
        can_register=may_at_all(Permission.APPLICATION_CREATE, actor().roles),
        can_enter_roster=may_at_all(Permission.ROSTER_ENTER, actor().roles),
        can_review=may_at_all(Permission.CASELOAD_REVIEW, actor().roles),
        can_break_glass=may_at_all(Permission.GLASS_BREAK, actor().roles),
    )


def _kept(show: Show | None, order: Order | None) -> dict[str, str]:
    """What this reader chose to see, now or earlier; former cases are looked at once, and are no choice that stays."""
    if show not in (None, Show.FORMER):
        own_choices.keep(actor(), show=show.value)
    if order is not None:
        own_choices.keep(actor(), order=order.value)
    return own_choices.kept(actor())


@bp.get("/cases/<uuid:case_id>")
@requires(Permission.CASE_OPEN)
def show(case_id: UUID) -> Response:
    """One case, as this reader may see it."""
    notes_page = request.args.get("notes", 1, type=int)
    case = gatekeeping.open_case(actor(), str(case_id), clock.now(), notes_page=notes_page)
    return case_page(case, notes_page=notes_page)


def case_page(case: CaseView, *, notes_page: int = 1, step: ReviewStep | None = None) -> Response:
    """The page of one case that was opened; `step` is its place in a caseload review."""
    return page(
        "cases/show.html",
        case=case,
        step=step,
        names=NAMES,
        today=clock.today(),
        Permission=Permission,
        Step=Step,
        corrected_by=CORRECTED_BY,
        ProposalKind=ProposalKind,
        ProposalState=ProposalState,
        is_new="registered" in request.args,
        notes_page=notes_page,
        place_url=_place_url(case.id),
        handover=handovers.waiting(actor(), case.id, clock.now()),
        help_called=telling_lists.proposed(actor(), case.id, clock.now()),
        conferences=conference_readings.of_case(actor(), case.id, clock.now()),
        left=disclosure_everyday.on_the_page(actor(), case.id, clock.now()),
        glass_until=glass.open_until(actor(), case.id, clock.now()),
        client_requests=client_request_readings.shown(actor(), case.id, clock.now()),
    )


def _place_url(case_id: str) -> str | None:
    """Where a coordinator places somebody on a bed."""
    if "placements.new" not in current_app.view_functions:
        return None
    return url_for("placements.new", case_id=case_id)
