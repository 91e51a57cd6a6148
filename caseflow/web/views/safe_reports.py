"""Help to report a crime: a page of its own on a case, apart from everything about status."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, make_response, redirect, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import safe_reports as rules
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Allowed, Refused
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import Field
from caseflow.domain.letters import LANGUAGE_NAMES
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Compartment, Reader, Surface, vision
from caseflow.services import disclosure_acts, safe_reports
from caseflow.services.case_views import CaseView, Sealed
from caseflow.services.disclosure_acts import Made
from caseflow.services.safe_reports import SafeReportView
from caseflow.web import act_pages, disclosed_values
from caseflow.web.act_pages import SEALED_NOW, ActPage, opened
from caseflow.web.formatting import said
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.protection import SafeReportForm, StatementForm, WhatCameForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page, tell

bp = Blueprint("safe_reports", __name__, url_prefix="/cases/<uuid:case_id>/safe-reports")
FORM: Final = ["GET", "POST"]
SAFE: Final = "safe_reports"
PROTECTING: Final = "safety"
RECORD: Final = Permission.SAFE_REPORT_RECORD
NAMES: Final[dict[str, Any]] = {
    "standings": rules.STANDING_NAMES,
    "wishes": rules.WISH_NAMES,
    "alongs": rules.ALONG_NAMES,
    "outcomes": rules.OUTCOME_NAMES,
    "supports": rules.SUPPORT_NAMES,
}
NEW = ActPage(
    RECORD,
    N_("Help to report"),
    N_("Keep in the vault"),
    N_("This is kept in the vault."),
    N_("The person decides, step by step. Explain first that they can come and go freely, and what is not certain."),
    needs_vault=True,
)  # fmt: skip
CHANGED = replace(NEW, title=N_("Change help to report"))
CAME = replace(NEW, title=N_("What came of it"), lead=N_("Only what the person wants kept."))
STATEMENT: Final = "crime_statement"
WE_GO_ALONG: Final = N_("One of us goes along.")
STATEMENT_ACT = ActPage(
    RECORD,
    N_("Statement that we go along"),
    N_("Make the statement"),
    N_("The statement is made."),
    N_("Into the client's hand, or to their own lawyer. It never goes to the police by us, and says nothing of papers, "
       "shelter or programme."),
    needs_vault=True,
)  # fmt: skip
TAKEN_BACK = ActPage(
    RECORD,
    N_("Take back help to report"),
    N_("Take it back"),
    N_("This was taken back."),
    N_("It was recorded in error: it is shown no more, and the task to go along ends. The vault keeps what stood."),
    needs_vault=True,
    is_a_right=True,
)  # fmt: skip


@bp.app_template_filter("protects")
def protects(case: CaseView) -> frozenset[str]:
    """Which pages about protection this reader of a case finds a link to; none says whether anything stands there."""
    seen = vision((Reader(one) for one in case.readers), Surface.OPENED)
    found = {SAFE} if seen.sees_any(Compartment.SAFE_REPORTING) else set()
    return frozenset(found | ({PROTECTING} if seen.sees(Compartment.SAFETY) else set()))


@bp.get("")
@requires(RECORD, Permission.CASE_OPEN)
def index(case_id: UUID) -> Response:
    """What was agreed with the person, and the words to explain it with."""
    found = safe_reports.of_case(actor(), str(case_id), clock.now())
    return page("protection/safe_reports.html", found=found, names=NAMES, languages=LANGUAGE_NAMES)


@bp.route("/new", methods=FORM)
@requires(RECORD)
def record(case_id: UUID) -> Response:
    """A person wants to report something, to tell it, or nothing now."""
    form = SafeReportForm()
    return act_pages.answer(
        _back(NEW, case_id),
        case_id,
        form,
        lambda: safe_reports.record(actor(), str(case_id), form.told(None), clock.now()),
    )


@bp.get("/explanation/<any(nl,en,ar,fa,ti):in_language>.pdf")
@requires(RECORD, Permission.CASE_OPEN)
def explanation(case_id: UUID, in_language: str) -> Response:
    """Free in, free out on paper; the name of the file says nothing."""
    made = safe_reports.explanation(actor(), str(case_id), in_language, clock.now())
    if isinstance(made, Refused):
        tell(made.reason, "error")
        return redirect(url_for("safe_reports.index", case_id=case_id), 303)
    response: Response = make_response(made.content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{made.file_name}"'
    return response


@bp.route("/statement", methods=FORM)
@requires(RECORD)
def statement(case_id: UUID) -> Response:
    """A statement that we go along: into the client's hand, or to their own lawyer, and to nobody else."""
    case, form = opened(RECORD, case_id), StatementForm()
    form.offer(
        safe_reports.lawyers(actor(), str(case_id), clock.now()),
        disclosed_values.recorded(case, KINDS[STATEMENT].optional),
    )
    made: list[Made] = []

    def perform() -> Refused | None:
        with force_locale(form.language.data):
            goes = {Field.REPORT_HELP: said(WE_GO_ALONG)}
        asked = form.asked(STATEMENT, goes)
        answer = disclosure_acts.ask(actor(), str(case_id), asked, disclosed_values.of, clock.now())
        if isinstance(answer, Refused):
            return answer
        made.append(answer)
        return None

    sealed = SEALED_NOW if case.is_sealed else None
    page_of_it = act_pages.answer(
        _back(STATEMENT_ACT, case_id), case_id, form, perform, case=case, decision=sealed
    )
    if made:
        address = url_for("disclosures.paper", case_id=case_id, disclosure_id=made[0].id)
        return redirect(address, 303)
    return page_of_it


@bp.route("/<uuid:report_id>", methods=FORM)
@requires(RECORD)
def change(case_id: UUID, report_id: UUID) -> Response:
    """Another wish, another day, somebody else who goes along."""
    return _carried_on(CHANGED, case_id, report_id, SafeReportForm())


@bp.route("/<uuid:report_id>/outcome", methods=FORM)
@requires(RECORD)
def outcome(case_id: UUID, report_id: UUID) -> Response:
    """What came of it, and help afterwards."""
    return _carried_on(CAME, case_id, report_id, WhatCameForm())


@bp.route("/<uuid:report_id>/take-back", methods=FORM)
@requires(RECORD)
def take_back(case_id: UUID, report_id: UUID) -> Response:
    """It was recorded in error; asked once more before it leaves the page."""
    case = opened(RECORD, case_id)
    known = _known(case_id, report_id)
    return act_pages.answer(
        _back(TAKEN_BACK, case_id),
        case_id,
        OwnForm(),
        lambda: safe_reports.take_back(actor(), str(case_id), str(report_id), clock.now()),
        case=case,
        decision=SEALED_NOW if known is None else Allowed(),
    )


def _carried_on(
    act: ActPage, case_id: UUID, report_id: UUID, form: SafeReportForm | WhatCameForm
) -> Response:
    case = opened(RECORD, case_id)
    known = _known(case_id, report_id)
    if request.method == "GET" and known is not None:
        form.begin_with(known.told)
        form.seen.data = known.version

    def perform() -> Refused | None:
        if known is None:
            return SEALED_NOW
        return safe_reports.record(
            actor(), str(case_id), form.told(known.told), clock.now(),
            report_id=known.id, seen=form.seen.data,
        )  # fmt: skip

    sealed = SEALED_NOW if known is None else None
    return act_pages.answer(_back(act, case_id), case_id, form, perform, case=case, decision=sealed)


def _known(case_id: UUID, report_id: UUID) -> SafeReportView | None:
    """The record, or None while the vault is sealed. Raises `NotKnown`."""
    found = safe_reports.one(actor(), str(case_id), str(report_id), clock.now())
    return None if isinstance(found, Sealed) else found


def _back(act: ActPage, case_id: UUID) -> ActPage:
    return replace(act, leads_to="safe_reports.index", leads_with={"case_id": case_id})
