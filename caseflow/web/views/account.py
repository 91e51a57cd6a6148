"""A colleague's own account: their roles, their sessions, their password, a fresh code."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.policy_words import ROLE_NAMES
from caseflow.services import own_accounts, own_mail, sessions, sign_ins
from caseflow.services.throttling import TooMany
from caseflow.web.forms.accounts import CodeForm, MailForm, PasswordForm
from caseflow.web.guards import actor, signed_in_only
from caseflow.web.pages import page, tell
from caseflow.web.sign_ins import local_path

bp = Blueprint("account", __name__)


@bp.get("/account")
@signed_in_only("everybody sees their own account")
def show() -> Response:
    """Roles, sessions, and the way to a new password."""
    return page(
        "account/show.html",
        own=own_accounts.own(actor()),
        sessions=sessions.listed(actor(), clock.now()),
        role_names=ROLE_NAMES,
        has_caseload=may_at_all(Permission.CASELOAD_VIEW, actor().roles),
        sees_own_looks=may_at_all(Permission.OWN_LOOKS_VIEW, actor().roles),
    )


@bp.post("/account/sessions/<uuid:reference>/end")
@signed_in_only("everybody ends their own sessions")
def end_session(reference: object) -> Response:
    """Ends one of the reader's own sessions."""
    answer = sessions.end(actor(), str(reference), clock.now(), "revoked")
    if isinstance(answer, Refused):
        tell(answer.reason, "warning")
    else:
        tell(N_("That session has ended."), "success")
    return redirect(url_for("account.show"), 303)


@bp.post("/account/sessions/end-others")
@signed_in_only("everybody ends their own sessions")
def end_others() -> Response:
    """Ends every session of the reader but this one."""
    count = sessions.end_others(actor(), clock.now())
    tell(N_("Other sessions ended: %(count)s.", count=count), "success")
    return redirect(url_for("account.show"), 303)


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in_only("everybody changes their own password")
def password() -> Response:
    """A new password, given the present one and a fresh code."""
    form = PasswordForm()
    if request.method == "GET":
        return _password(form, 200)
    status = 422
    if form.validate_on_submit():
        answer = own_accounts.change_password(
            actor(), form.present.data, form.code.data, form.password.data, clock.now()
        )
        if not isinstance(answer, Refused):
            tell(N_("Your password is changed. Your other sessions have ended."), "success")
            return redirect(url_for("account.show"), 303)
        form.refuse(answer.reason)
        status = 429 if isinstance(answer, TooMany) else 422
    return _password(form, status)


@bp.route("/account/mail", methods=["GET", "POST"])
@signed_in_only("everybody with a caseload chooses whether they want mail")
def mail() -> Response:
    """Whether the reader is mailed how many things are due, and where to."""
    form, status = MailForm(), 200
    own = own_mail.own(actor())
    if request.method == "GET":
        form.work_mail.data = own.address
    elif not form.validate_on_submit():
        status = 422
    else:
        answer = own_mail.choose(actor(), form.work_mail.data, clock.now())
        if not isinstance(answer, Refused):
            tell(N_("Mail is on.") if form.work_mail.data else N_("Mail is off."), "success")
            return redirect(url_for("account.mail"), 303)
        form.refuse(answer.reason)
        status = 409
    return page("account/mail.html", status=status, form=form, own=own)


@bp.route("/account/code", methods=["GET", "POST"])
@signed_in_only("a fresh code stands before weighty acts of every role")
def code() -> Response:
    """Takes a fresh code, and goes back to where it was asked for."""
    form = CodeForm()
    if request.method == "GET":
        return page("account/code.html", form=form)
    status = 422
    if form.validate_on_submit():
        answer = sign_ins.step_up(actor(), form.code.data, clock.now())
        if not isinstance(answer, Refused):
            return redirect(local_path(request.args.get("next")) or "/", 303)
        form.refuse(answer.reason)
        status = 429 if isinstance(answer, TooMany) else 422
    return page("account/code.html", status=status, form=form)


def _password(form: PasswordForm, status: int) -> Response:
    # Password keepers need to know whose password changes.
    name = own_accounts.own(actor()).username
    return page("account/password.html", status=status, form=form, username=name)
