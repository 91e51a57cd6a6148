"""The accountant's session: opened by the privacy officer, looked at night by night on the screen, and signed."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.bed_nights import NIGHT_STATE_NAMES
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.policy_words import ROLE_NAMES
from caseflow.domain.rounds import STATE_NAMES, PresenceState
from caseflow.domain.sites import SITE_KIND_NAMES, SiteKind
from caseflow.services import auditor_sessions, bed_nights
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.web import step_ups
from caseflow.web.formatting import said
from caseflow.web.forms.auditor_sessions import FindingForm, OpenSessionForm, SignForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("auditor_sessions", __name__, url_prefix="/auditor-sessions")
bp.add_app_template_filter(NIGHT_STATE_NAMES.__getitem__, "night_state")
OPEN, VIEW = Permission.AUDITOR_SESSION_OPEN, Permission.AUDITOR_SESSION_VIEW


@bp.app_template_filter("sample_kind")
def sample_kind(kind: str) -> str:
    """A kind of site by its name."""
    return said(SITE_KIND_NAMES[SiteKind(kind)]) if kind in set(SiteKind) else kind


@bp.app_template_filter("presence_name")
def presence_name(state: str) -> str:
    """What a night round said, in words."""
    return said(STATE_NAMES[PresenceState(state)]) if state in set(PresenceState) else state


@bp.get("")
@requires(OPEN, VIEW)
def index() -> Response:
    """The sessions of this accountant, or of the house for its privacy officer."""
    shown = auditor_sessions.sessions(actor(), clock.now())
    return page("auditor_sessions/index.html", sessions=shown, opens=_opens())


def _opens() -> bool:
    return may_at_all(OPEN, actor().roles)


@bp.route("/new/<uuid:bed_night_statement_id>", methods=["GET", "POST"])
@requires(OPEN)
def new(bed_night_statement_id: UUID) -> Response:
    """Opens a session over a sample of one statement, after a fresh code."""
    asked, now = str(bed_night_statement_id), clock.now()
    form = OpenSessionForm()
    form.offer(auditor_sessions.accountants(actor(), now))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate() and step_ups.is_given(form):
            status = 409
            try:
                answer = auditor_sessions.open_session(actor(), asked, form.accountant.data, now)
            except DoneAlready:
                tell(DONE_ALREADY, "info")
                return redirect(url_for("auditor_sessions.index"), 303)
            if not isinstance(answer, Refused):
                tell(N_("The session is open. Stay beside the accountant."))
                return redirect(url_for("auditor_sessions.show", auditor_session_id=answer), 303)
            form.refuse(answer.reason)
    view = bed_nights.statement(actor(), asked, now)
    return page(
        "auditor_sessions/new.html",
        status=status,
        form=form,
        view=view,
        needs_code=step_ups.needs_code(),
    )


@bp.get("/<uuid:auditor_session_id>")
@requires(OPEN, VIEW)
def show(auditor_session_id: UUID) -> Response:
    """A session: its sample while it runs, for the accountant; what came of it for both."""
    return _shown(auditor_session_id, SignForm(formdata=None))


def _shown(auditor_session_id: UUID, form: SignForm, status: int = 200) -> Response:
    shown = auditor_sessions.session_view(actor(), str(auditor_session_id), clock.now())
    return page(
        "auditor_sessions/show.html",
        status=status,
        shown=shown,
        view=shown.statement,
        form=form,
        opens=_opens(),
        needs_code=step_ups.needs_code(),
    )


@bp.route("/<uuid:auditor_session_id>/nights/<int(max=999):number>", methods=["GET", "POST"])
@requires(VIEW)
def night(auditor_session_id: UUID, number: int) -> Response:
    """What lies behind one night, and what the accountant found of it."""
    here, form, status = str(auditor_session_id), FindingForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                refused = auditor_sessions.record_finding(
                    actor(), here, number, form.chosen(), clock.now()
                )
            except DoneAlready:
                refused = None
            if refused is None:
                return redirect(_following(auditor_session_id, number), 303)
            tell(refused.reason, "error")
            return redirect(url_for("auditor_sessions.show", auditor_session_id=here), 303)
    shown = auditor_sessions.night(actor(), here, number, clock.now())
    if isinstance(shown, Refused):
        tell(shown.reason, "error")
        return redirect(url_for("auditor_sessions.show", auditor_session_id=here), 303)
    if not form.is_submitted() and shown.line.finding is not None:
        form.finding.data = shown.line.finding.value
    return page(
        "auditor_sessions/night.html", status=status, shown=shown, form=form, roles=ROLE_NAMES
    )


def _following(auditor_session_id: UUID, number: int) -> str:
    """The next night of the sample; after the last one the sample itself."""
    shown = auditor_sessions.session_view(actor(), str(auditor_session_id), clock.now())
    if number < len(shown.nights):
        return url_for(
            "auditor_sessions.night", auditor_session_id=auditor_session_id, number=number + 1
        )
    return url_for("auditor_sessions.show", auditor_session_id=auditor_session_id)


@bp.post("/<uuid:auditor_session_id>/sign")
@requires(VIEW)
def sign(auditor_session_id: UUID) -> Response:
    """Signs what came of the sample, with a fresh code."""
    form, status = SignForm(), 422
    if not form.validate_on_submit():
        abort(400)
    if step_ups.is_given(form):
        status = 409
        try:
            refused = auditor_sessions.sign(actor(), str(auditor_session_id), clock.now())
        except DoneAlready:
            refused = None
        if refused is None:
            tell(N_("Signed. The session is over."))
            return redirect(
                url_for("auditor_sessions.show", auditor_session_id=auditor_session_id), 303
            )
        form.refuse(refused.reason)
    return _shown(auditor_session_id, form, status)


@bp.post("/<uuid:auditor_session_id>/close")
@requires(OPEN)
def close(auditor_session_id: UUID) -> Response:
    """Ends a session before its time."""
    refused = auditor_sessions.close(actor(), str(auditor_session_id), clock.now())
    if refused is not None:
        tell(refused.reason, "error")
    else:
        tell(N_("The session is over. Nothing is shown in it any more."))
    return redirect(url_for("auditor_sessions.show", auditor_session_id=auditor_session_id), 303)
