"""Tasks of a case: written down on a page, ticked off and opened again by a button."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.tasks import TaskKind
from caseflow.services import tasks
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage
from caseflow.web.forms.tasks import TaskForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import tell

bp = Blueprint("tasks", __name__, url_prefix="/cases/<uuid:case_id>/tasks")

PLAN = ActPage(
    Permission.TASK_CREATE,
    N_("Write down a task"),
    N_("Keep the task"),
    N_("The task is kept."),
    N_("What is to be done, and by when."),
    "tasks",
)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.TASK_CREATE)
def plan(case_id: UUID) -> Response:
    """Something to be done, by a day."""
    form = TaskForm()
    return act_pages.answer(
        PLAN,
        case_id,
        form,
        lambda: tasks.plan(
            actor(),
            str(case_id),
            TaskKind(form.kind.data),
            form.due_on.data,
            form.words.data,
            clock.now(),
        ),
    )


@bp.post("/<uuid:task_id>/done")
@requires(Permission.TASK_AMEND)
def tick_off(case_id: UUID, task_id: UUID) -> Response:
    """A task was done."""
    return _told(
        case_id,
        tasks.tick_off(actor(), str(case_id), str(task_id), clock.now()),
        N_("The task is done."),
    )


@bp.post("/<uuid:task_id>/open-again")
@requires(Permission.TASK_AMEND)
def open_again(case_id: UUID, task_id: UUID) -> Response:
    """A task was ticked off by mistake."""
    return _told(
        case_id,
        tasks.open_again(actor(), str(case_id), str(task_id), clock.now()),
        N_("The task is open again."),
    )


def _told(case_id: UUID, outcome: Refused | None, done: Message) -> Response:
    if outcome is None:
        tell(done)
    else:
        tell(outcome.reason, "info")
    return act_pages.back_to(case_id, "tasks")
