"""What was told in words, recorded afterwards in two fields; in danger, within 24 hours; and who looks at it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import tellings as rules
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosures import FIELD_NAMES
from caseflow.domain.incidents import KIND_NAMES
from caseflow.domain.messages import N_
from caseflow.domain.tellings import Called
from caseflow.services import telling_lists, tellings
from caseflow.services.tellings import Recorded
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.formatting import said
from caseflow.web.forms.tellings import DangerForm, TellingForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("tellings", __name__)
FORM: Final = ["GET", "POST"]
NAMES: Final[dict[str, Any]] = {
    "fields": FIELD_NAMES,
    "called": rules.CALLED_NAMES,
    "against": rules.AGAINST_NAMES,
    "incidents": KIND_NAMES,
}
TELL = ActPage(
    Permission.TELLING_RECORD,
    N_("I told somebody something"),
    N_("Record it"),
    N_("It is recorded, and stands on the client's list of what left."),
    N_(
        "Two things: whom, and what. It is always recorded, also where it should not have been told."
    ),
    "told",
    "tellings/tell.html",
)
DANGER = ActPage(
    Permission.DANGER_RECORD,
    N_("Life was in danger: I called for help"),
    N_("Record it"),
    N_("It is recorded. The privacy officer sees it on the next working day."),
    N_(
        "Help first, record within 24 hours. Tick what you said; nothing is said about residence status."
    ),
    "told",
    "tellings/danger.html",
)


@bp.route("/cases/<uuid:case_id>/told", methods=FORM)
@requires(Permission.TELLING_RECORD)
def tell(case_id: UUID) -> Response:
    """Records what was told to somebody outside."""
    case, form, made = opened(TELL.permission, case_id), TellingForm(), list[Recorded]()
    form.offer(tellings.offered(actor(), str(case_id), clock.now()), clock.today())

    def perform() -> Refused | None:
        return _kept(
            made,
            tellings.record(
                actor(), str(case_id), form.to.data, form.told(), form.on.data, clock.now()
            ),
        )

    answer = act_pages.answer(TELL, case_id, form, perform, case=case)
    return _or_what_it_was_against(case_id, made, answer)


@bp.route("/cases/<uuid:case_id>/danger", methods=FORM)
@requires(Permission.DANGER_RECORD)
def danger(case_id: UUID) -> Response:
    """Records what was told because life was in danger."""
    case, form, made = opened(DANGER.permission, case_id), DangerForm(), list[Recorded]()
    form.offer(tellings.offered_in_danger(actor(), str(case_id), clock.now()), clock.now())
    proposed = telling_lists.proposed(actor(), str(case_id), clock.now())
    if request.method == "GET":
        form.begin_with(request.args.get("about", ""), proposed)
    known = {one.about_id for one in proposed}

    def perform() -> Refused | None:
        about = form.about.data if form.about.data in known else None
        return _kept(
            made,
            tellings.record_danger(
                actor(), str(case_id), Called(form.called.data), form.told(), form.at(), clock.now(),
                about_id=about,
            ),
        )  # fmt: skip

    answer = act_pages.answer(DANGER, case_id, form, perform, case=case)
    return _or_what_it_was_against(case_id, made, answer)


@bp.get("/cases/<uuid:case_id>/told/<uuid:disclosure_id>")
@requires(Permission.TELLING_RECORD, Permission.DANGER_RECORD)
def show(case_id: UUID, disclosure_id: UUID) -> Response:
    """One telling, and against which rules it was."""
    case = act_pages.opened_for_any((TELL.permission, DANGER.permission), case_id)
    told = telling_lists.told(actor(), str(case_id), str(disclosure_id), clock.now())
    return page("tellings/show.html", case=case, told=told, names=NAMES)


@bp.get("/told")
@requires(Permission.TELLINGS_VIEW)
def index() -> Response:
    """What was told in danger, or against a rule, for the privacy officer's next working day."""
    found = telling_lists.listed(actor(), clock.now(), request.args.get("page", 1, type=int))
    return page("tellings/index.html", found=found, names=NAMES, today=clock.today())


@bp.post("/told/<uuid:disclosure_id>/seen")
@requires(Permission.LOOKS_REVIEW)
def seen(disclosure_id: UUID) -> Response:
    """Keeps that the privacy officer looked at a telling."""
    refused = telling_lists.mark_as_seen(actor(), str(disclosure_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("Marked as seen.")), "success")
    return redirect(url_for("tellings.index"), 303)


def _kept(made: list[Recorded], answer: Recorded | Refused) -> Refused | None:
    if isinstance(answer, Refused):
        return answer
    made.append(answer)
    return None


def _or_what_it_was_against(case_id: UUID, made: list[Recorded], answer: Response) -> Response:
    """Back to the case; where it was against a rule, first the page that says so."""
    if not made or not made[0].against:
        return answer
    return redirect(
        url_for("tellings.show", case_id=case_id, disclosure_id=made[0].disclosure_id), 303
    )
