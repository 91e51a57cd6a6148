"""Administrators invite colleagues, give and end roles, and close the door at once where they must."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.policy_words import ROLE_NAMES
from caseflow.services import accounts, appointments, houses
from caseflow.services.accounts import Invited
from caseflow.web import step_ups
from caseflow.web.forms.accounts import NewAccountForm, RoleForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("accounts", __name__)

STATUS_NAMES: Final = {
    "invited": N_("invited"),
    "active": N_("active"),
    "suspended": N_("suspended"),
    "closed": N_("closed"),
}
ACTS: Final[dict[str, tuple[Callable[..., object], Message]]] = {
    "suspend": (accounts.suspend, N_("The account is suspended. Its sessions have ended.")),
    "reopen": (accounts.reopen, N_("The account is open again.")),
    "close": (accounts.close, N_("The account is closed.")),
}


@bp.get("/accounts")
@requires(Permission.ACCOUNTS_MANAGE)
def index() -> Response:
    """Everybody who has an account, and what for."""
    return page(
        "accounts/index.html",
        lines=accounts.listed(actor(), clock.now()),
        role_names=ROLE_NAMES,
        status_names=STATUS_NAMES,
    )


@bp.route("/accounts/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def new() -> Response:
    """Invites a colleague of an organisation, which is chosen first; the link is shown once."""
    form = NewAccountForm()
    known = houses.current().catalogue.organisations
    if request.method == "GET":
        form.organisation.data = request.args.get("organisation", "")
    if form.organisation.data not in known:
        status = 200 if request.method == "GET" else 422
        return page("accounts/organisation.html", status=status, organisations=known.values())
    form.offer(accounts.places(actor()).of(form.organisation.data))
    if request.method == "GET":
        return _new(form, 200)
    if not form.validate_on_submit() or not step_ups.is_given(form):
        return _new(form, 422)
    answer = accounts.invite(actor(), form.newcomer(), clock.now())
    if isinstance(answer, Refused):
        form.refuse(answer.reason)
        return _new(form, 422)
    return _link(answer, 201)


@bp.get("/accounts/<user_id>")
@requires(Permission.ACCOUNTS_MANAGE)
def show(user_id: str) -> Response:
    """One account: its roles and what can be done with it."""
    return page(
        "accounts/show.html",
        line=accounts.one(actor(), user_id, clock.now()),
        role_names=ROLE_NAMES,
        status_names=STATUS_NAMES,
        is_own=user_id == actor().user_id,
    )


@bp.post("/accounts/<user_id>/<any(suspend, reopen, close):act>")
@requires(Permission.ACCOUNTS_MANAGE)
def change(user_id: str, act: str) -> Response:
    """Suspends, reopens or closes an account."""
    does, done = ACTS[act]
    answer = does(actor(), user_id, clock.now())
    if isinstance(answer, Refused):
        tell(answer.reason, "error")
    else:
        tell(done, "success")
    return redirect(url_for("accounts.show", user_id=user_id), 303)


@bp.post("/accounts/<user_id>/reset")
@requires(Permission.ACCOUNTS_MANAGE)
def reset(user_id: str) -> Response:
    """A new link for somebody who lost their password or phone; shown once."""
    back = url_for("accounts.show", user_id=user_id)
    if step_ups.needs_code():
        return step_ups.ask_for_code(back)
    answer = accounts.reset(actor(), user_id, clock.now())
    if isinstance(answer, Refused):
        tell(answer.reason, "error")
        return redirect(back, 303)
    return _link(answer, 200)


@bp.route("/accounts/<user_id>/roles/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def give_role(user_id: str) -> Response:
    """One more role for a colleague."""
    line = accounts.one(actor(), user_id, clock.now())
    form = RoleForm()
    form.offer(accounts.places(actor()).of(line.organisation))
    if request.method == "GET":
        return _role(form, line, 200)
    if not form.validate_on_submit() or not step_ups.is_given(form):
        return _role(form, line, 422)
    answer = appointments.grant(actor(), user_id, form.appointments(), clock.now())
    if isinstance(answer, Refused):
        form.refuse(answer.reason)
        return _role(form, line, 422)
    tell(
        N_("The role is given. One that opens a vault counts once a second person agrees."),
        "success",
    )
    return redirect(url_for("accounts.show", user_id=user_id), 303)


@bp.post("/accounts/<user_id>/roles/<uuid:grant_id>/end")
@requires(Permission.ACCOUNTS_MANAGE)
def end_role(user_id: str, grant_id: object) -> Response:
    """Ends a role; it is gone with the colleague's next request."""
    answer = appointments.end(actor(), str(grant_id), clock.now())
    if isinstance(answer, Refused):
        tell(answer.reason, "error")
    else:
        tell(N_("The role has ended."), "success")
    return redirect(url_for("accounts.show", user_id=user_id), 303)


@bp.get("/roles")
@requires(Permission.ROLE_SECOND)
def waiting() -> Response:
    """Roles that open a vault and wait for a second person."""
    return page(
        "accounts/waiting.html",
        waiting=appointments.waiting(actor()),
        role_names=ROLE_NAMES,
        organisations=houses.current().catalogue.organisations,
    )


@bp.post("/roles/<uuid:grant_id>/agree")
@requires(Permission.ROLE_SECOND)
def agree(grant_id: object) -> Response:
    """Agrees to a role as the second person."""
    if step_ups.needs_code():
        return step_ups.ask_for_code(url_for("accounts.waiting"))
    answer = appointments.second(actor(), str(grant_id), clock.now())
    if isinstance(answer, Refused):
        tell(answer.reason, "error")
    else:
        tell(N_("You agreed. The role counts from now on."), "success")
    return redirect(url_for("accounts.waiting"), 303)


def _new(form: NewAccountForm, status: int) -> Response:
    organisation = houses.current().catalogue.organisations[form.organisation.data]
    return page(
        "accounts/new.html",
        status=status,
        form=form,
        organisation=organisation,
        needs_code=step_ups.needs_code(),
    )


def _role(form: RoleForm, line: accounts.AccountLine, status: int) -> Response:
    return page(
        "accounts/role.html",
        status=status,
        form=form,
        line=line,
        needs_code=step_ups.needs_code(),
    )


def _link(invited: Invited, status: int) -> Response:
    address = houses.current().settings.serving.address(request.host) + invited.path
    return page("accounts/link.html", status=status, invited=invited, address=address)
