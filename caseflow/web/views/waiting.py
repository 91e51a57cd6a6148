"""The waiting list for a bed: asked by the case team, offered and answered by who places people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.beds import BED_KIND_NAMES, MEANT_FOR_NAMES
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.waiting import (
    NOT_WAITING,
    WANTED_NAMES,
    OfferRefusal,
    Removal,
    WaitingStep,
    WantedPlace,
)
from caseflow.services import houses, offers, waiting_lists, waiting_places
from caseflow.services.case_views import CaseView, Step
from caseflow.services.placements import Placed
from caseflow.services.vacancies import Search, vacancies
from caseflow.services.waiting_views import WaitingView
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage
from caseflow.web.formatting import said
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.waiting import (
    YES,
    AnswerForm,
    AskForm,
    ChangeForm,
    ConfirmForm,
    NothingForm,
    OfferForm,
    RemoveForm,
)
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page
from caseflow.web.waiting_words import NAMES

bp = Blueprint("waiting", __name__)
FORM: Final = ["GET", "POST"]
ASK, OFFER = Permission.WAITING_ASK, Permission.WAITING_OFFER
HERE: Final = "place-asked"


def _act(
    permission: Permission, title: Message, submit: Message, done: Message, lead: Message
) -> ActPage:
    return ActPage(permission, title, submit, done, lead, HERE)


ASKED = ActPage(
    ASK,
    N_("Ask for a place"),
    N_("Put on the waiting list for a bed"),
    N_("The place is asked."),
    N_("What is needed of a bed is read from where it is recorded; nobody asks for it again."),
    HERE,
    asks=Step.PLACE,
)
CHANGED = _act(
    ASK,
    N_("Change what is asked"),
    N_("Keep the change"),
    N_("The change is kept."),
    N_("Since when this person waits stays as it is."),
)
CONFIRMED = _act(
    ASK,
    N_("Is the place still wanted?"),
    N_("Still wanted"),
    N_("It is recorded that the place is still wanted."),
    N_("Ask the person first. Nobody is taken off the list because nobody asked."),
)
OFF_THE_LIST = _act(
    ASK,
    N_("Take off the waiting list"),
    N_("Take off the list"),
    N_("This person waits no longer. What happened stays on the page."),
    N_("The reason is kept. Whoever asks again later waits from that day on."),
)
OFFERED = _act(
    OFFER,
    N_("Offer a bed"),
    N_("Offer this bed"),
    N_("The bed is held until the answer."),
    N_("The bed is held for this person for a few days, and is free again by itself."),
)
ANSWERED = _act(
    OFFER,
    N_("Answer to the offer"),
    N_("Record the answer"),
    N_("The answer is recorded."),
    N_("A yes books the bed. Otherwise the bed is free at once, and the person goes on waiting."),
)
NOTHING = _act(
    OFFER,
    N_("Nothing to offer tonight"),
    N_("Record that nothing can be offered"),
    N_("It is recorded that nothing could be offered."),
    N_("“No bed” and “no suitable bed” are counted apart, each person once a day."),
)


@bp.get("/waiting-list")
@requires(Permission.WAITING_VIEW)
def index() -> Response:
    """Who waits, most points first."""
    asked = request.args.get("kind", "")
    wanted = WantedPlace(asked) if asked in set(WantedPlace) else None
    found = waiting_lists.listed(
        actor(), clock.now(), wanted=wanted, page=request.args.get("page", 1, type=int)
    )
    versions = {row.points.version.id: row.points.version for row in found.rows}
    return page(
        "waiting/index.html",
        found=found,
        names=NAMES,
        kinds=WANTED_NAMES,
        versions=versions.values(),
        figures_url=_figures_url(),
    )


def _figures_url() -> str | None:
    """Where the wait times are, for who may see exact figures."""
    may = may_at_all(Permission.FIGURES_VIEW, actor().roles)
    return url_for("waiting_figures.index") if may else None


@bp.route("/cases/<uuid:case_id>/place/ask", methods=FORM)
@requires(ASK)
def ask(case_id: UUID) -> Response:
    """A place is asked for somebody."""
    case, form = act_pages.opened(ASK, case_id), AskForm()
    act_pages.begin_today(form, "on")
    return act_pages.answer(
        ASKED,
        case_id,
        form,
        lambda: waiting_places.ask(
            actor(),
            str(case_id),
            WantedPlace(form.wanted.data),
            form.chosen(),
            form.on.data,
            clock.now(),
        ),
        case=case,
    )


@bp.route("/cases/<uuid:case_id>/place/change", methods=FORM)
@requires(ASK)
def change(case_id: UUID) -> Response:
    """What is asked is changed."""
    case, form = act_pages.opened(ASK, case_id), ChangeForm()
    shown = case.waiting
    if request.method == "GET" and isinstance(shown, WaitingView) and shown.entry is not None:
        form.seen.data = str(shown.version)
        form.wanted.data = shown.entry.wanted.value
        form.grounds.data = [one.value for one in shown.grounds]
    return _answer(
        CHANGED,
        case,
        form,
        lambda: waiting_places.change_what_is_asked(
            actor(),
            str(case_id),
            WantedPlace(form.wanted.data),
            form.chosen(),
            clock.now(),
            seen=form.seen_version(),
        ),
        lambda one: one.may_change,
    )


@bp.route("/cases/<uuid:case_id>/place/confirm", methods=FORM)
@requires(ASK)
def confirm(case_id: UUID) -> Response:
    """The place is still wanted."""
    return _answer(
        CONFIRMED,
        act_pages.opened(ASK, case_id),
        ConfirmForm(),
        lambda: waiting_places.confirm(actor(), str(case_id), clock.now()),
        lambda one: one.may_change,
    )


@bp.route("/cases/<uuid:case_id>/place/remove", methods=FORM)
@requires(ASK, OFFER)
def remove(case_id: UUID) -> Response:
    """Somebody waits no longer."""
    case, form = act_pages.opened_for_any((ASK, OFFER), case_id), RemoveForm()
    permission = ASK if ASK in case.may else OFFER
    return _answer(
        OFF_THE_LIST,
        case,
        form,
        lambda: waiting_places.remove(
            actor(), permission, str(case_id), Removal(form.why.data), clock.now()
        ),
        lambda one: one.may_offer,
    )


@bp.route("/cases/<uuid:case_id>/place/answer", methods=FORM)
@requires(OFFER)
def answer(case_id: UUID) -> Response:
    """What became of an offer."""
    case, form = act_pages.opened(OFFER, case_id), AnswerForm()
    shown = case.waiting
    if request.method == "GET" and isinstance(shown, WaitingView) and shown.offer is not None:
        form.seen.data = shown.offer.placement_id

    def record() -> Refused | None:
        seen = form.seen.data or None
        if form.answer.data == YES:
            return offers.accept(actor(), str(case_id), clock.now(), seen=seen)
        why = OfferRefusal(form.answer.data)
        return offers.turn_down(actor(), str(case_id), why, clock.now(), seen=seen)

    return _answer(ANSWERED, case, form, record, lambda one: one.may_answer)


@bp.route("/cases/<uuid:case_id>/place/nothing", methods=FORM)
@requires(OFFER)
def nothing(case_id: UUID) -> Response:
    """Nothing can be offered tonight."""
    form = NothingForm()
    return _answer(
        NOTHING,
        act_pages.opened(OFFER, case_id),
        form,
        lambda: offers.say_nothing_offered(
            actor(), str(case_id), WaitingStep(form.what.data), clock.now()
        ),
        lambda one: one.may_change,
    )


@bp.route("/cases/<uuid:case_id>/place/offer", methods=FORM)
@requires(OFFER)
def offer(case_id: UUID) -> Response:
    """A bed is chosen and held for somebody who waits."""
    form = _begun()
    case = act_pages.opened(OFFER, case_id)
    allowed = _decision(case, lambda one: one.may_offer)
    if request.method == "GET" and isinstance(allowed, Refused):
        return act_pages.not_now(OFFERED, case, allowed)
    found = _search(form, case_id)
    form.offer((*found.vacancies, *found.withheld))
    status = 200
    if request.method == "POST" and not form.search.data:
        status = 422
        if form.validate_on_submit():
            made = _offered(form, case_id)
            if isinstance(made, Placed):
                flash(said(OFFERED.done), "success")
                return act_pages.back_to(case_id, OFFERED.anchor)
            form.refuse(made.reason)
            status, found = 409, _search(form, case_id)
    return page(
        "waiting/offer.html",
        status=status,
        act=OFFERED,
        form=form,
        case=found.case,
        found=found,
        names=NAMES,
        options={option.data: option for option in form.bed},
        kinds=BED_KIND_NAMES,
        meant_for=MEANT_FOR_NAMES,
    )


def _begun() -> OfferForm:
    """The form as it is first seen: from tonight on, held as long as is usual."""
    form, today = OfferForm(), clock.today()
    if request.method == "GET":
        form.arrival.data = today
        form.answer_by.data = today + timedelta(days=houses.current().waiting.offer.days)
    return form


def _offered(form: OfferForm, case_id: UUID) -> Placed | Refused:
    return offers.offer(
        actor(),
        str(case_id),
        form.bed.data,
        form.arrival.data,
        form.departure.data,
        form.answer_by.data,
        clock.now(),
    )


def _search(form: OfferForm, case_id: UUID) -> Search:
    arrival, departure = form.nights(clock.today())
    return vacancies(actor(), str(case_id), arrival, departure, clock.now())


def _answer(
    act: ActPage,
    case: CaseView,
    form: OwnForm,
    perform: Callable[[], Refused | None],
    asks: Callable[[WaitingView], Decision | None],
) -> Response:
    """Does what was asked; a look at a form that would be refused answers why."""
    decision = _decision(case, asks)
    return act_pages.answer(act, UUID(case.id), form, perform, case=case, decision=decision)


def _decision(case: CaseView, asks: Callable[[WaitingView], Decision | None]) -> Decision | None:
    return asks(case.waiting) if isinstance(case.waiting, WaitingView) else NOT_WAITING
