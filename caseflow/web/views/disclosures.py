"""What leaves: the list of a case, a new letter, one disclosure with its paper, and the neutral text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_guards import NEEDS
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import TYPED, Field, Kind, Medium, Purpose
from caseflow.domain.messages import N_, Message
from caseflow.domain.recipients import GUARDS, Tier
from caseflow.services import (
    disclosure_acts,
    disclosure_everyday,
    disclosure_notices,
    disclosure_readings,
    disclosure_seconds,
)
from caseflow.services.case_views import CaseView
from caseflow.services.colleagues import Colleague
from caseflow.services.disclosure_acts import Made
from caseflow.services.disclosure_drafts import Asked
from caseflow.services.disclosure_everyday import Receiver
from caseflow.services.disclosure_views import Printed
from caseflow.services.disclosures import recipient_of
from caseflow.services.gatekeeping import CaseIsOver, NotKnown, VaultSealed
from caseflow.services.interruptions import DoneAlready
from caseflow.web import act_pages, disclosed_values, step_ups
from caseflow.web.disclosure_words import NAMES, STATE_BADGES
from caseflow.web.formatting import said
from caseflow.web.forms.disclosures import LetterForm, RefuseForm, TextForm, ToldForm, WithdrawForm
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("disclosures", __name__, url_prefix="/cases/<uuid:case_id>/left")
FORM: Final = ["GET", "POST"]
ASK, VIEW = Permission.DISCLOSURE_ASK, Permission.DISCLOSURES_VIEW
APPROVE, COUNSEL = Permission.DISCLOSURE_APPROVE, Permission.DISCLOSURE_COUNSEL
WAITS: Final = N_("This waits for approval. Nothing has left yet.")
DONE: Final = N_("That was kept already.")
SEALED: Final = disclosure_acts.SEALED


@bp.get("")
@requires(VIEW)
def index(case_id: UUID) -> Response:
    """What left of a case, newest first, and who receives everyday letters."""
    case = act_pages.opened(VIEW, case_id)
    number = request.args.get("page", 1, type=int)
    left = disclosure_readings.left(actor(), str(case_id), clock.now(), number)
    return page("disclosures/index.html", case=case, left=left, names=NAMES, badges=STATE_BADGES)


@bp.get("/new")
@requires(ASK)
def choose(case_id: UUID) -> Response:
    """To whom, and which letter."""
    case = act_pages.opened(ASK, case_id)
    found = disclosure_everyday.choices(actor(), str(case_id), clock.now())
    return page("disclosures/choose.html", case=case, found=found, guards=GUARDS)


@bp.route("/new/<kind>", methods=FORM)
@requires(ASK)
def new(case_id: UUID, kind: str) -> Response:
    """A letter of one kind; what the file knows is filled in, and the button answers the paper itself."""
    case = act_pages.opened(ASK, case_id)
    to = disclosure_everyday.receiver(actor(), str(case_id), _office_asked(), clock.now())
    what = KINDS.get(kind)
    if what is None or what not in to.kinds:
        raise NotKnown()
    form, status = _letter_form(case, what, to), 200
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            made = _made(case_id, _asked(form, what, to))
            if made is None:
                flash(said(DONE), "info")
                return redirect(url_for("disclosures.index", case_id=case_id), 303)
            if not isinstance(made, Refused):
                return _after(case_id, made)
            form.refuse(made.reason)
            status = 409
    return _letter_page(case, what, to, form, status)


@bp.route("/text", methods=FORM)
@requires(ASK)
def text(case_id: UUID) -> Response:
    """A neutral text to copy: time and place, no programme, no status; and one tap that it was sent."""
    case = act_pages.opened(ASK, case_id)
    form, status, words = TextForm(), 200, None
    if request.method == "GET":
        form.language.data = disclosed_values.spoken(case, tuple(NAMES["languages"]))
    elif not form.validate_on_submit():
        status = 422
    else:
        words = disclosed_values.meeting_text(form.meeting(), form.language.data)
        if request.form.get("act") == "sent":
            refused = _sent(case_id, form)
            if refused is None:
                flash(said(N_("It is recorded that this was sent.")), "success")
                return redirect(url_for("disclosures.index", case_id=case_id), 303)
            form.refuse(refused.reason)
            status = 409
    return page("disclosures/text.html", status=status, case=case, form=form, words=words)


@bp.get("/<uuid:disclosure_id>")
@requires(VIEW)
def show(case_id: UUID, disclosure_id: UUID) -> Response:
    """One disclosure: what left, to whom, on which basis, and what can be done with it."""
    return _shown(case_id, disclosure_id)


@bp.get("/<uuid:disclosure_id>/paper.pdf")
@requires(VIEW)
def paper(case_id: UUID, disclosure_id: UUID) -> Response:
    """The paper, made again from its record; the name of the file says nothing."""
    return _paper(case_id, disclosure_id)


@bp.post("/<uuid:disclosure_id>/approval")
@requires(APPROVE, COUNSEL)
def approve(case_id: UUID, disclosure_id: UUID) -> Response:
    """Approves, after a fresh code; with the last approval it leaves."""
    if step_ups.needs_code():
        here = url_for("disclosures.show", case_id=case_id, disclosure_id=disclosure_id)
        return step_ups.ask_for_code(here)
    return _acted(
        case_id,
        disclosure_id,
        lambda: disclosure_acts.approve(actor(), str(case_id), str(disclosure_id), clock.now()),
        N_("You approved this."),
    )


@bp.post("/<uuid:disclosure_id>/refusal")
@requires(APPROVE, COUNSEL)
def refuse(case_id: UUID, disclosure_id: UUID) -> Response:
    """Refuses what a colleague asked."""
    form = RefuseForm()
    if not form.validate_on_submit():
        return _shown(case_id, disclosure_id, status=422, refusing=form)
    return _acted(
        case_id,
        disclosure_id,
        lambda: disclosure_acts.refuse(
            actor(), str(case_id), str(disclosure_id), form.reason(), clock.now()
        ),
        N_("Nothing leaves. Your colleague sees why."),
    )


@bp.post("/<uuid:disclosure_id>/withdrawal")
@requires(Permission.DISCLOSURE_WITHDRAW)
def withdraw(case_id: UUID, disclosure_id: UUID) -> Response:
    """Takes back what left, or what waits."""
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _shown(case_id, disclosure_id, status=422, withdrawing=form)
    return _acted(
        case_id,
        disclosure_id,
        lambda: disclosure_acts.withdraw(
            actor(), str(case_id), str(disclosure_id), form.reason(), clock.now()
        ),
        N_("It is taken back. Tell whoever received it."),
    )


@bp.post("/<uuid:disclosure_id>/word")
@requires(APPROVE)
def confirm(case_id: UUID, disclosure_id: UUID) -> Response:
    """Whether whoever is named approved by telephone."""
    did = request.form.get("did") == "yes"
    return _acted(
        case_id,
        disclosure_id,
        lambda: disclosure_acts.confirm(
            actor(), str(case_id), str(disclosure_id), did, clock.now()
        ),
        N_("You approved this by telephone.")
        if did
        else N_("It is taken back, and the privacy officer sees it."),
    )


@bp.post("/<uuid:disclosure_id>/notices/<uuid:notice_id>")
@requires(ASK)
def told(case_id: UUID, disclosure_id: UUID, notice_id: UUID) -> Response:
    """Records how a recipient heard; on paper the letter leaves with it."""
    form = ToldForm()
    if not form.validate_on_submit():
        return _shown(case_id, disclosure_id, status=422, telling=form)

    def perform() -> Refused | None:
        with force_locale("nl"):
            made = disclosure_notices.tell(
                actor(),
                str(case_id),
                str(disclosure_id),
                str(notice_id),
                Medium(form.how.data),
                said,
                clock.now(),
            )
        return made if isinstance(made, Refused) else None

    return _acted(case_id, disclosure_id, perform, N_("It is recorded that they were told."))


def _office_asked() -> str | None:
    asked = request.args.get("to", "")
    try:
        return str(UUID(asked)) if asked else None
    except ValueError:
        raise NotKnown() from None


def _letter_form(case: CaseView, what: Kind, to: Receiver) -> LetterForm:
    form = LetterForm()
    recipient = recipient_of(to.recipient)
    if recipient is None:
        raise NotKnown()
    able: tuple[Colleague, ...] = ()
    if to.tier is Tier.SECOND_PERSON:
        able = disclosure_seconds.able_by_phone(actor(), case.id, clock.now())
    form.keep(what, recipient, able)
    there = disclosed_values.recorded(case, what.optional)
    form.offer([one for one in Field if one in there])
    if request.method == "GET":
        form.medium.data = Medium.HANDED_OVER.value
        offered = tuple(one.value for one in form.language.choices)
        form.language.data = (
            disclosed_values.spoken(case, offered) if to.office_id is None else "nl"
        )
        if "purpose" in form:
            form.purpose.data = what.purposes[0].value
        if "agreed_on" in form:
            form.agreed_on.data = clock.today()
    return form


def _letter_page(
    case: CaseView, what: Kind, to: Receiver, form: LetterForm, status: int
) -> Response:
    return page(
        "disclosures/new.html",
        status=status,
        case=case,
        form=form,
        kind=what,
        to=to,
        guard=GUARDS[to.tier],
        needs=NEEDS.get(to.tier, ()),
        required=[one for one in Field if one in what.required and one not in TYPED],
        missing=_missing(case, what),
        values=disclosed_values.of(case, what.fields, "nl"),
        names=NAMES,
        back=_office_asked(),
    )


def _made(case_id: UUID, asked: Asked) -> Made | Refused | None:
    """What came of asking; None where the form was sent before."""
    try:
        return disclosure_acts.ask(actor(), str(case_id), asked, disclosed_values.of, clock.now())
    except DoneAlready:
        return None
    except VaultSealed:
        return SEALED
    except CaseIsOver as over:
        return over.refused


def _asked(form: LetterForm, what: Kind, to: Receiver) -> Asked:
    language = form.language.data
    typed = form.typed(language)
    required = what.required
    return Asked(
        kind=what.id,
        office_id=to.office_id,
        purpose=form.chosen_purpose(what),
        fields=required | form.ticked() | frozenset(typed),
        medium=Medium(form.medium.data or Medium.HANDED_OVER.value),
        language=language,
        typed=typed,
        agreed_on=form.agreed_on.data if "agreed_on" in form else None,
        warned_on=form.warned_on.data if "warned_on" in form else None,
        phoned=(form.phoned.data or None) if "phoned" in form else None,
        below=(form.below.data or None) if "below" in form else None,
    )


def _missing(case: CaseView, what: Kind) -> list[Field]:
    """What the letter needs and the file does not hold."""
    needed = what.required - TYPED
    there = disclosed_values.recorded(case, needed)
    return [one for one in Field if one in needed - there]


def _after(case_id: UUID, made: Made) -> Response:
    """The paper itself where it is out; else the page that says who is waited for."""
    if made.is_out:
        return _paper(case_id, UUID(made.id))
    flash(said(WAITS), "info")
    return redirect(url_for("disclosures.show", case_id=case_id, disclosure_id=made.id), 303)


def _paper(case_id: UUID, disclosure_id: UUID) -> Response:
    try:
        made: Printed | Refused = disclosure_readings.document(
            actor(), str(case_id), str(disclosure_id), clock.now()
        )
    except VaultSealed:
        made = SEALED
    if isinstance(made, Refused):
        flash(said(made.reason), "error")
        return redirect(
            url_for("disclosures.show", case_id=case_id, disclosure_id=disclosure_id), 303
        )
    response = make_response(made.content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return response


def _sent(case_id: UUID, form: TextForm) -> Refused | None:
    asked = Asked(
        kind="neutral_text",
        office_id=None,
        purpose=Purpose.APPOINTMENT,
        fields=frozenset(form.meeting()),
        medium=Medium.WHATSAPP,
        language=form.language.data,
        typed=form.meeting(),
    )
    made = _made(case_id, asked)
    return made if isinstance(made, Refused) else None


def _acted(
    case_id: UUID, disclosure_id: UUID, perform: Callable[[], Refused | None], done: Message
) -> Response:
    """Does what a button of the page asks, and goes back to it with one sentence."""
    try:
        refused = perform()
    except DoneAlready:
        refused, done = None, DONE
    except VaultSealed:
        refused = SEALED
    except CaseIsOver as over:
        refused = over.refused
    if isinstance(refused, Refused):
        flash(said(refused.reason), "error")
    else:
        flash(said(done), "success")
    return redirect(url_for("disclosures.show", case_id=case_id, disclosure_id=disclosure_id), 303)


def _shown(
    case_id: UUID,
    disclosure_id: UUID,
    *,
    status: int = 200,
    refusing: OwnForm | None = None,
    withdrawing: OwnForm | None = None,
    telling: OwnForm | None = None,
) -> Response:
    one = disclosure_readings.one(actor(), str(case_id), str(disclosure_id), clock.now())
    return page(
        "disclosures/show.html",
        status=status,
        one=one,
        names=NAMES,
        badges=STATE_BADGES,
        guard=GUARDS[one.line.tier],
        refusing=refusing or RefuseForm(),
        withdrawing=withdrawing or WithdrawForm(),
        telling=telling or ToldForm(),
        needs_code=step_ups.needs_code(),
    )
