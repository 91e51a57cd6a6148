"""Checkpoints of the audit log: the newest, to be kept elsewhere, and a kept one held against the log."""

from __future__ import annotations

from flask import Blueprint, Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import Message
from caseflow.services import audit_findings, audits
from caseflow.web.forms.checkpoints import KeptLineForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("checkpoints", __name__)


@bp.get("/audit/checkpoints")
@requires(Permission.AUDIT_VIEW)
def index() -> Response:
    """The newest lines, and the form for one that was kept."""
    return _shown(KeptLineForm(), 200)


@bp.post("/audit/checkpoints")
@requires(Permission.AUDIT_VIEW)
def compare() -> Response:
    """Walks the log and holds a kept line against it."""
    form = KeptLineForm()
    kept = audits.kept(form.kept.data or "") if form.validate_on_submit() else None
    if kept is None:
        if not form.errors:
            form.refuse(audit_findings.NO_LINE)
        return _shown(form, 422)
    compared = audits.compared(kept)
    verdict = audits.verify(actor(), clock.now())
    if audit_findings.is_whole(verdict, compared):
        return _shown(form, 200, good=(audit_findings.sound(verdict), audit_findings.HOLDS))
    return _shown(form, 200, wrong=audit_findings.wrong(verdict, compared))


def _shown(
    form: KeptLineForm, status: int, good: tuple[Message, ...] = (), wrong: tuple[Message, ...] = ()
) -> Response:
    return page(
        "checkpoints/index.html",
        status=status,
        form=form,
        checkpoints=audits.listed(actor(), clock.now()),
        good=good,
        wrong=wrong,
    )
