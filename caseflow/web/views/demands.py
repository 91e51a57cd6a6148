"""Demands of authorities: written down by who receives one, answered by the default, and the register itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import demand_codes
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.demand_codes import DemandOutcome, HowAnswered
from caseflow.domain.disclosures import FIELD_NAMES
from caseflow.domain.letters import Language
from caseflow.domain.messages import N_, Message
from caseflow.services import (
    demand_acts,
    demand_counts,
    demand_letters,
    demand_readings,
    demands,
    houses,
)
from caseflow.services.demand_views import DemandView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready, VaultSealed
from caseflow.web.act_pages import SEALED
from caseflow.web.formatting import said
from caseflow.web.forms.demands import (
    AnsweredForm,
    DemandForm,
    DemandWordsForm,
    SettleForm,
    TakingForm,
)
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("demands", __name__, url_prefix="/demands")
FORM: Final = ["GET", "POST"]
NAMES: Final[dict[str, Any]] = {
    "how": demand_codes.HOW_NAMES,
    "classes": demand_codes.CLASS_NAMES,
    "scopes": demand_codes.SCOPE_NAMES,
    "signed": demand_codes.SIGNED_NAMES,
    "answered": demand_codes.ANSWERED_NAMES,
    "deciders": demand_codes.DECIDER_NAMES,
    "verdicts": demand_codes.VERDICT_NAMES,
    "outcomes": demand_codes.OUTCOME_NAMES,
    "taken": demand_codes.TAKEN_NAMES,
    "fields": FIELD_NAMES,
    "kinds": {
        "text": N_("What the demand says"),
        "reason": N_("Why it was decided so"),
        "taken": N_("What was taken, and where it lay"),
    },
}


@bp.get("")
@requires(*demands.OPENS)
def index() -> Response:
    """The register, or one's own entries for who only writes them down."""
    asked = request.args.get("page", 1, type=int)
    found = demands.register(actor(), clock.now(), asked)
    return page("demands/index.html", register=found, names=NAMES)


@bp.route("/new", methods=FORM)
@requires(Permission.DEMAND_RECORD)
def new() -> Response:
    """A demand is written down; nobody is looked up."""
    form, made = DemandForm(), ""
    form.offer(houses.current().demands, clock.now())

    def record() -> Refused | None:
        nonlocal made
        answer = demand_acts.record(actor(), form.demanded(), clock.now())
        if isinstance(answer, Refused):
            return answer
        made = answer
        return None

    status = done(form, record)
    if status == 303:
        return back(
            made, N_("The demand stands in the register. Give the default answer.")
        ) if made else redirect(url_for("demands.index"), 303)  # fmt: skip
    return page("demands/new.html", status=status, form=form)


@bp.post("/from-door/<uuid:door_id>")
@requires(Permission.DEMAND_RECORD)
def from_door(door_id: UUID) -> Response:
    """Makes a demand of a call at the door; a second click leads to the same one."""
    made = demand_acts.from_door(actor(), str(door_id), clock.now())
    return back(made, N_("The call at the door stands in the register of demands."))


@bp.get("/<uuid:demand_id>")
@requires(*demands.OPENS)
def show(demand_id: UUID) -> Response:
    """One demand, as far as this reader sees it."""
    return page(
        "demands/show.html",
        demand=opened(demand_id),
        names=NAMES,
        answered=AnsweredForm(),
        settle=SettleForm(),
    )


@bp.get("/<uuid:demand_id>/answer-<any(nl, en):in_language>.pdf")
@requires(*demands.OPENS)
def letter(demand_id: UUID, in_language: str) -> Response:
    """The default answer on paper."""
    made = demand_letters.default_answer(
        actor(), str(demand_id), Language(in_language), clock.now()
    )
    if isinstance(made, Refused):
        flash(said(made.reason), "error")
        return redirect(url_for("demands.show", demand_id=demand_id), 303)
    return pdf(made.content, made.file_name)


@bp.post("/<uuid:demand_id>/answered")
@requires(Permission.DEMAND_RECORD)
def answered(demand_id: UUID) -> Response:
    """Keeps how the default answer was given."""
    form = AnsweredForm()

    def perform() -> Refused | None:
        how = HowAnswered(form.answered_how.data)
        return demand_acts.answer(actor(), str(demand_id), how, clock.now())

    return at_once(demand_id, form, perform, N_("It is kept that the answer was given."))


@bp.route("/<uuid:demand_id>/text", methods=FORM)
@requires(Permission.DEMAND_RECORD)
def text(demand_id: UUID) -> Response:
    """Keeps the text of a demand in the vault."""
    found, form = opened(demand_id, "words"), DemandWordsForm()
    return act(
        found,
        form,
        N_("Write down what the demand says"),
        N_("The text lies in the vault."),
        lambda: demand_acts.write(actor(), str(demand_id), form.words.data, clock.now()),
    )


@bp.route("/<uuid:demand_id>/taken", methods=FORM)
@requires(Permission.DEMAND_RECORD)
def taken(demand_id: UUID) -> Response:
    """Keeps what was taken in a search."""
    found, form = opened(demand_id, "take"), TakingForm()
    form.offer(found.sites, clock.now())
    return act(
        found,
        form,
        N_("Write down what was taken"),
        N_("It is written down. The FG sees it."),
        lambda: demand_acts.take(actor(), str(demand_id), form.took(), clock.now()),
    )


@bp.post("/<uuid:demand_id>/settled")
@requires(Permission.DEMAND_ASSESS)
def settled(demand_id: UUID) -> Response:
    """Ends a demand on which nothing is handed over."""
    form = SettleForm()

    def perform() -> Refused | None:
        outcome = DemandOutcome(form.outcome.data)
        return demand_acts.settle(actor(), str(demand_id), outcome, clock.now())

    return at_once(demand_id, form, perform, N_("The demand is settled."))


@bp.post("/<uuid:demand_id>/seen")
@requires(Permission.DEMAND_SUPERVISE)
def seen(demand_id: UUID) -> Response:
    """Keeps that the FG looked at it."""
    return pressed(
        demand_id,
        lambda: demand_acts.supervise(actor(), str(demand_id), clock.now()),
        N_("Marked as seen."),
    )


@bp.get("/table")
@requires(Permission.DEMANDS_VIEW)
def table() -> Response:
    """The yearly table, for the screen and for paper."""
    year = request.args.get("year", None, type=int)
    found = demand_counts.year_of(actor(), clock.now(), year)
    return page("demands/table.html", year=found, names=NAMES)


def opened(demand_id: UUID, act_name: str | None = None) -> DemandView:
    """The demand, for somebody whose act this is now. Raises `NotKnown`."""
    found = demand_readings.opened(actor(), str(demand_id), clock.now())
    if act_name is not None and request.method == "GET" and not found.may.get(act_name):
        raise NotKnown()
    return found


def act(
    found: DemandView,
    form: OwnForm,
    title: Message,
    sentence: Message,
    perform: Callable[[], Refused | None],
    **values: Any,
) -> Response:
    """Does what was asked and goes back to the demand; else the form, with all that was typed."""
    status = done(form, perform)
    if status == 303:
        return back(found.line.id, sentence)
    shown = {"powers": (), "needs_code": False, "is_release": False, **values}
    return page(
        "demands/act.html",
        status=status,
        demand=found,
        form=form,
        title=title,
        names=NAMES,
        **shown,
    )


def at_once(
    demand_id: UUID, form: OwnForm, perform: Callable[[], Refused | None], sentence: Message
) -> Response:
    """Does what a small form on the page of a demand asks; what was wrong stands on that page in one sentence.

    Raises `NotKnown` first, so that a form without an answer says nothing about whether there is such a demand.
    """
    opened(demand_id)
    if not form.validate_on_submit():
        errors = [one for some in form.errors.values() for one in some]
        flash(str(errors[0]) if errors else said(demand_acts.ONE_OF_THESE.reason), "error")
        return redirect(url_for("demands.show", demand_id=demand_id), 303)
    return pressed(demand_id, perform, sentence)


def pressed(
    demand_id: UUID, perform: Callable[[], Refused | None], sentence: Message
) -> Response:  # fmt: skip
    """Does what a button asks, and says on the page of the demand what came of it."""
    try:
        refused = perform()
    except DoneAlready:
        refused, sentence = None, DONE_ALREADY
    except VaultSealed:
        refused = Refused(SEALED)
    if refused is None:
        return back(str(demand_id), sentence)
    flash(said(refused.reason), "error")
    return redirect(url_for("demands.show", demand_id=demand_id), 303)


def done(form: OwnForm, perform: Callable[[], Refused | None]) -> int:
    """200 for a look, 422 or 409 for what was not kept, 303 once it was."""
    if request.method == "GET":
        return 200
    if not form.validate_on_submit():
        return 422
    try:
        refused = perform()
    except DoneAlready:
        return 303
    except VaultSealed:
        refused = Refused(SEALED)
    if refused is None:
        return 303
    form.refuse(refused.reason)
    return 409


def back(demand_id: str, sentence: Message) -> Response:
    """Sends the reader to the page of the demand."""
    flash(said(sentence), "success")
    return redirect(url_for("demands.show", demand_id=demand_id), 303)


def pdf(content: bytes, file_name: str) -> Response:
    """A PDF under a name that says nothing of what it is about."""
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response
