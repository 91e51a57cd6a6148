"""The vault of the reader's own organisation: whether it is sealed, opening it, and sealing every vault."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import idle_sealing, sealing, sweeps
from caseflow.web import sealing_notices, sign_ins, step_ups
from caseflow.web.forms.vaults import UnsealForm
from caseflow.web.guards import actor, public, requires
from caseflow.web.pages import page, tell

bp = Blueprint("vaults", __name__)


@bp.get("/vault")
@requires(Permission.VAULT_UNSEAL)
def index() -> Response:
    """How the vault stands, and the form for those who hold its passphrase."""
    return _shown(UnsealForm(back=sign_ins.local_path(request.args.get("back"))), 200)


@bp.post("/vault/unseal")
@requires(Permission.VAULT_UNSEAL)
def unseal() -> AnyResponse:
    """Opens the vault of the reader's own organisation, after a fresh code."""
    form = UnsealForm()
    if not form.validate_on_submit() or not step_ups.is_given(form):
        return _shown(form, 422)
    own = actor().organisation
    holder, passphrase = form.holder.data, form.passphrase.data
    decision = sealing.unseal(actor(), own, holder, passphrase, clock.now())
    if isinstance(decision, Refused):
        form.refuse(decision.reason)
        return _shown(form, 422)
    sweeps.run_waiting(actor(), clock.now())
    tell(N_("The vault is open."))
    return redirect(sign_ins.local_path(form.back.data) or url_for("vaults.index"), 303)


@bp.get("/vault/seal")
@requires(Permission.VAULT_SEAL)
def confirm() -> Response:
    """Says what sealing does before it is done."""
    return page("vaults/seal.html")


@bp.post("/vault/seal")
@requires(Permission.VAULT_SEAL)
def seal() -> Response:
    """Seals every vault; the process that held the keys ends once this answer has left."""
    answer = page("vaults/sealed.html")
    sealing.seal(actor(), clock.now(), "button")
    return answer


@bp.get("/vault/remaining")
@public(
    "a page asks it by itself, with a proof of who it was made for; it tells seconds, nothing else"
)
def remaining() -> Response:
    """How long the vault stays open, for the script of an open page. Counts as nobody being there."""
    asked = sealing_notices.organisation()
    return Response(status=404) if asked is None else sealing_notices.answer(asked)


@bp.post("/vault/stay")
@requires(Permission.VAULT_UNSEAL)
def stay() -> Response:
    """Somebody is still there: the vault stays open for a while again."""
    idle_sealing.stay(actor(), clock.now())
    return sealing_notices.answer(actor().organisation)


def _shown(form: UnsealForm, status: int) -> Response:
    state = sealing.state(actor().organisation)
    may_seal = may_at_all(Permission.VAULT_SEAL, actor().roles)
    return page(
        "vaults/index.html",
        status=status,
        form=form,
        state=state,
        may_seal=may_seal,
        needs_code=step_ups.needs_code(),
        stranded=sweeps.stranded().get(actor().organisation, 0),
    )
