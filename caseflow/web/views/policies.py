"""The firewall's rules and the register of processing, for the privacy officer and the data protection officer."""

from __future__ import annotations

from flask import Blueprint, make_response
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.norms import NORMS
from caseflow.domain.policy_words import COMPARTMENTS, READERS
from caseflow.services import policies, policy_files
from caseflow.web import languages
from caseflow.web.formatting import said
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("policies", __name__, url_prefix="/firewall")


@bp.get("")
@requires(Permission.POLICY_VIEW)
def show() -> Response:
    """Every rule that decides, what is kept and why, to whom it can go, and the norms that each line answers."""
    report = policies.report(actor(), clock.now())
    return page(
        "policies/show.html",
        report=report,
        version=policy_files.version(report),
        READERS=READERS,
        COMPARTMENTS=COMPARTMENTS,
        NORMS=NORMS,
    )


@bp.get("/report.pdf")
@requires(Permission.POLICY_VIEW)
def document() -> Response:
    """The same as a tagged PDF in the reader's language; its name says the day and nobody's name."""
    report = policies.report(actor(), clock.now(), "pdf")
    response = make_response(policy_files.pdf(report, said, languages.current()))
    response.headers["Content-Type"] = "application/pdf"
    name = f"firewall-{report.on.isoformat()}-{languages.current()}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
