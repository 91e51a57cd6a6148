"""The round of the night: opened, sent once (also after the connection was gone for a while), and its ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, jsonify, redirect, request, url_for
from flask_babel import format_time
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.absences import ABSENCE_NAMES
from caseflow.domain.access import Permission
from caseflow.domain.beds import BED_KIND_NAMES
from caseflow.domain.daily_services import month_of, read_month
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.domain.registers import NIGHT_REGISTERS
from caseflow.domain.rounds import REASON_NAMES, REASONS, STATE_NAMES
from caseflow.services import night_ledgers, round_saving, rounds
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.services.round_views import Sent
from caseflow.web.formatting import said
from caseflow.web.forms import rounds as sent_rounds
from caseflow.web.forms.rounds import RoundForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("rounds", __name__, url_prefix="/night-round")
NAMES = {
    "absences": ABSENCE_NAMES,
    "kinds": BED_KIND_NAMES,
    "states": STATE_NAMES,
    "registers": NIGHT_REGISTERS,
    "reasons": REASONS,
    "why": REASON_NAMES,
}


@bp.get("")
@requires(Permission.PRESENCE_RECORD)
def show() -> Response:
    """The round of this night, or of an earlier one, at one site."""
    asked = request.args.get("night", "")
    return _shown(request.args.get("site") or None, _night(asked) if asked else None)


def _night(text: str) -> date:
    night = sent_rounds.read_night(text)
    if night is None:
        raise NotKnown()
    return night


def _shown(
    site_id: str | None,
    night: date | None,
    form: RoundForm | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    shown = rounds.opened(actor(), site_id, night, clock.now())
    if shown is not None and shown.is_first and form is None and "read" not in request.args:
        return page("rounds/first.html", shown=shown, names=NAMES)
    form = form or RoundForm()
    if shown is not None:
        form.site.data, form.night.data = shown.site.id, shown.night.isoformat()
    return page(
        "rounds/show.html",
        status=status,
        shown=shown,
        form=form,
        typed=typed or {},
        names=NAMES,
        Permission=Permission,
    )


@bp.post("")
@requires(Permission.PRESENCE_RECORD)
def send() -> Response:
    """Keeps a round; the page that sends by itself hears one sentence, a button goes back to the page."""
    form, now = RoundForm(), clock.now()
    answers = sent_rounds.answers(request.form)
    night, site = form.which_night(), form.site.data or ""
    if not form.validate_on_submit() or answers is None or night is None:
        reason = sent_rounds.NOT_A_NIGHT if night is None else sent_rounds.UNREADABLE
        return _refused(form, night, reason, 422)
    try:
        sent = round_saving.send(actor(), site, night, answers, now)
    except DoneAlready:
        return _done(form, night, DONE_ALREADY)
    if isinstance(sent, Refused):
        return _refused(form, night, sent.reason, 409)
    return _done(form, night, _what_became(sent))


def _what_became(sent: Sent) -> Message:
    at = format_time(local(clock.now()), "HH:mm", False)
    if sent.gone:
        return N_(
            "The round is kept at %(time)s (people: %(people)s). Of others nothing is kept, because they do not sleep "
            "here any more: %(gone)s.",
            time=at,
            people=sent.people,
            gone=sent.gone,
        )
    return N_("The round is kept at %(time)s (people: %(people)s).", time=at, people=sent.people)


@bp.post("/count")
@requires(Permission.PRESENCE_RECORD)
def count() -> Response:
    """Keeps numbers, where presence by name may not be kept."""
    form, numbers = RoundForm(), sent_rounds.numbers(request.form)
    night, site = form.which_night(), form.site.data or ""
    if not form.validate_on_submit() or numbers is None or night is None:
        reason = sent_rounds.NOT_A_NIGHT if night is None else sent_rounds.NOT_A_NUMBER
        return _refused(form, night, reason, 422)
    try:
        refused = round_saving.count(actor(), site, night, numbers, clock.now())
    except DoneAlready:
        return _done(form, night, DONE_ALREADY)
    if refused is not None:
        return _refused(form, night, refused.reason, 409)
    return _done(form, night, N_("The numbers of this night are kept."))


def _by_itself() -> bool:
    """Whether the page sent the round by itself, and waits for a sentence."""
    return bool(request.accept_mimetypes.best == "application/json")


def _done(form: RoundForm, night: date, sentence: Message) -> Response:
    if _by_itself():
        return jsonify(kept=True, text=said(sentence))
    tell(sentence)
    return redirect(url_for("rounds.show", site=form.site.data, night=night.isoformat()), 303)


def _refused(form: RoundForm, night: date | None, reason: Message, status: int) -> Response:
    if _by_itself():
        answer = jsonify(kept=False, text=said(reason))
        answer.status_code = status
        return answer
    form.refuse(reason)
    return _shown(form.site.data or None, night, form, request.form, status)


@bp.get("/ledger")
@requires(Permission.ABSENCE_RECORD)
def ledger() -> Response:
    """The fixed counts of the nights of a month."""
    this_month = month_of(clock.today())
    asked = read_month(request.args.get("month", "")) or this_month
    shown = night_ledgers.ledger(actor(), request.args.get("site") or None, asked, clock.now())
    return page("rounds/ledger.html", shown=shown, names=NAMES, this_month=this_month)
