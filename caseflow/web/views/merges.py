"""Two client codes of one person: a preview of both beside each other, becoming one, and taking it apart."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.cases import STAGE_NAMES
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.services import merges
from caseflow.services.case_views import CaseView
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready, VaultSealed
from caseflow.services.merge_views import Preview
from caseflow.web import act_pages, step_ups
from caseflow.web.act_pages import opened
from caseflow.web.formatting import said
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.merges import MergeForm, OtherCodeForm, UndoMergeForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("merges", __name__, url_prefix="/cases/<uuid:case_id>/merge")
FORM = ["GET", "POST"]
SEALED = Refused(
    N_("The vault is sealed, so the two cannot be compared now. Merge them once it is open.")
)


@bp.route("", methods=FORM)
@requires(Permission.CASE_MERGE)
def begin(case_id: UUID) -> Response:
    """Asks for the other code, and shows both sides; nothing is changed yet."""
    case, form = opened(Permission.CASE_MERGE, case_id), OtherCodeForm()
    if not form.is_submitted():
        return _asking(case, form)
    if not form.validate():
        return _asking(case, form, status=422)
    found = _previewed(case_id, form.other.data)
    if isinstance(found, Refused):
        form.refuse(found.reason)
        return _asking(case, form, status=409)
    confirm = MergeForm(formdata=None)
    confirm.other.data = found.given_up.code
    return _preview(case, found, confirm)


@bp.post("/confirm")
@requires(Permission.CASE_MERGE)
def confirm(case_id: UUID) -> Response:
    """Makes the two one, with a fresh code."""
    form = MergeForm()
    case = opened(Permission.CASE_MERGE, case_id)
    other, status = form.other.data or "", 422
    if form.validate_on_submit() and step_ups.is_given_now(form):
        refused = _done(
            lambda: merges.merge(actor(), str(case_id), other, clock.now()),
            N_("The two codes are one now. Every case stands under the code that was kept."),
        )
        if refused is None:
            return act_pages.back_to(case_id, "person")
        form.refuse(refused.reason)
        status = 409
    found = _previewed(case_id, other)
    if isinstance(found, Refused):
        asking = OtherCodeForm(formdata=None)
        asking.refuse(found.reason)
        return _asking(case, asking, status=409)
    return _preview(case, found, form, status=status)


@bp.route("/<uuid:merge_id>/undo", methods=FORM)
@requires(Permission.CASE_MERGE)
def undo(case_id: UUID, merge_id: UUID) -> Response:
    """Takes a merge apart, after saying what goes back and what stays."""
    form, status = UndoMergeForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate() and step_ups.is_given_now(form):
            refused = _done(
                lambda: merges.undo(actor(), str(case_id), str(merge_id), clock.now()),
                N_("The two codes are two again."),
            )
            if refused is None:
                return act_pages.back_to(case_id, "person")
            form.refuse(refused.reason)
            status = 409
    found = merges.undo_preview(actor(), str(case_id), str(merge_id), clock.now())
    return page(
        "cases/merge_undo.html",
        status=status,
        form=form,
        found=found,
        case=opened(Permission.CASE_MERGE, case_id),
        stages=STAGE_NAMES,
    )


def _previewed(case_id: UUID, other: str) -> Preview | Refused:
    try:
        return merges.preview(actor(), str(case_id), other, clock.now())
    except VaultSealed:
        return SEALED


def _done(act: Callable[[], Refused | None], sentence: Message) -> Refused | None:
    try:
        refused = act()
    except VaultSealed:
        return SEALED
    except DoneAlready:
        flash(said(DONE_ALREADY), "info")
        return None
    if refused is None:
        flash(said(sentence), "success")
    return refused


def _asking(case: CaseView, form: OwnForm, status: int = 200) -> Response:
    return page("cases/merge.html", status=status, form=form, case=case)


def _preview(case: CaseView, found: Preview, form: OwnForm, status: int = 200) -> Response:
    return page(
        "cases/merge_preview.html",
        status=status,
        form=form,
        found=found,
        case=case,
        stages=STAGE_NAMES,
    )
