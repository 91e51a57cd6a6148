"""Signing in and out, locking the screen, and accepting an invitation."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, redirect, request, session, url_for
from flask import Response as Answer
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import invitations, second_factors, sessions
from caseflow.services import sign_ins as services
from caseflow.services.throttling import TooMany
from caseflow.web import cookies, devices, sign_ins
from caseflow.web.forms.accounts import AcceptForm, SignInForm
from caseflow.web.guards import public
from caseflow.web.pages import page, tell
from caseflow.web.sign_ins import local_path

bp = Blueprint("sign_in", __name__)

AFTERWARDS = {
    "signed-out": N_("You are signed out."),
    "locked": N_("This screen was locked. Sign in to go on."),
}


@bp.route("/sign-in", methods=["GET", "POST"])
@public("who has not signed in yet signs in here")
def sign_in() -> Response:
    """The form, and a new session once name, password and code are right together."""
    back = local_path(request.args.get("next")) or "/"
    if request.method == "GET" and sign_ins.signed_in() is not None:
        return redirect(back, 303)
    form = SignInForm()
    if request.method == "GET":
        return _form(form, 200)
    if not form.validate_on_submit():
        return _form(form, 422)
    answer = services.sign_in(_attempt(form), clock.now())
    if isinstance(answer, Refused):
        form.refuse(answer.reason)
        return _form(form, 429 if isinstance(answer, TooMany) else 422)
    return _welcomed(redirect(back, 303), answer)


@bp.post("/sign-out")
@public("signing out works for a session that ended a moment ago too")
def sign_out() -> Response:
    """Ends this session and takes the cookie back; the next colleague here begins in their own language."""
    session.pop("language", None)
    return _ended("signed-out")


@bp.post("/lock")
@public("a screen that was left alone locks, whether the session still runs or not")
def lock() -> Response:
    """Ends this session because nobody was at the screen."""
    return _ended("locked")


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@public("who is invited has no account yet; the link itself is the key, once")
def accept(token: str) -> Response:
    """The invited colleague chooses a password and couples a phone."""
    invitation = invitations.look(token, clock.now())
    if invitation is None:
        return page("sign_in/link_ended.html", status=404)
    form = AcceptForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            answer = invitations.accept(token, form.password.data, form.code.data, clock.now())
            if not isinstance(answer, Refused):
                tell(N_("Your account is ready. Sign in with your new password."), "success")
                return redirect(url_for("sign_in.sign_in"), 303)
            form.refuse(answer.reason)
    return page(
        "sign_in/invitation.html", status=status, form=form, invitation=invitation, token=token
    )


@bp.get("/invitations/<token>/code.svg")
@public("the same link, as the picture that a phone reads")
def picture(token: str) -> Response:
    """The QR code of an invitation that still works."""
    invitation = invitations.look(token, clock.now())
    if invitation is None:
        abort(404)
    drawn = second_factors.picture(invitation.seed, invitation.username)
    return Answer(drawn, mimetype="image/svg+xml")


def _attempt(form: SignInForm) -> services.Attempt:
    return services.Attempt(
        form.username.data,
        form.password.data,
        form.code.data,
        request.remote_addr or "",
        request.cookies.get(cookies.of().device),
        devices.named(request.headers.get("User-Agent", "")),
    )


def _form(form: SignInForm, status: int) -> Response:
    said = AFTERWARDS.get(request.args.get("after", "")) if status == 200 else None
    return page("sign_in/sign_in.html", status=status, form=form, said=said)


def _welcomed(response: Response, welcome: services.Welcome) -> Response:
    own = cookies.of()
    own.write(response, own.session, welcome.session.token)
    own.write(response, own.device, welcome.device_token, timedelta(days=services.DEVICE_DAYS))
    return response


def _ended(why: str) -> Response:
    known = sign_ins.signed_in()
    if known is not None:
        sessions.end(known.actor, known.reference, clock.now(), why)
    response = redirect(url_for("sign_in.sign_in", after=why), 303)
    cookies.of().remove(response, cookies.of().session)
    # The cookies stay out of it: the browser is to be known the next time.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
