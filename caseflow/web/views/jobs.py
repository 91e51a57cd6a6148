"""The scheduled jobs: what they do, when they are due, how they ran."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import job_overviews
from caseflow.services.job_runs import RunResult
from caseflow.web.formatting import said
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("jobs", __name__)

RESULTS = {
    RunResult.RUNNING: (N_("is running"), "pending"),
    RunResult.DONE: (N_("done"), "ok"),
    RunResult.PARTLY: (N_("partly done"), "warning"),
    RunResult.FAILED: (N_("failed"), "error"),
}


@bp.get("/jobs")
@requires(Permission.JOBS_VIEW)
def index() -> Response:
    """Every job with its last runs."""
    jobs = job_overviews.listed(actor(), clock.now())
    return page("jobs/index.html", jobs=jobs, results=RESULTS)


@bp.post("/jobs/<name>/run")
@requires(Permission.JOBS_VIEW)
def run(name: str) -> Response:
    """Asks the scheduler to run one job."""
    if job_overviews.ask(actor(), name, clock.now()):
        flash(said(N_("The scheduler runs this job within half a minute.")), "success")
    else:
        flash(said(N_("This job was asked for already.")), "info")
    return redirect(url_for("jobs.index"), 303)
