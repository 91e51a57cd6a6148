"""Requests of the client on their case: written down, decided by the lead of the team, answered, lifted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, request
from flask_babel import force_locale
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.client_request_words import (
    ABOUT_NAMES,
    ASKED_BY_NAMES,
    GROUND_NAMES,
    IDENTITY_NAMES,
    KIND_NAMES,
    LONGER_NAMES,
    OUTCOME_NAMES,
    IdentityCheck,
    LongerBecause,
    RequestKind,
    RequestOutcome,
)
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.disclosures import Medium
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Hidden
from caseflow.services import (
    client_request_answers,
    client_request_readings,
    client_requests,
)
from caseflow.services.case_views import CaseView
from caseflow.services.client_request_views import ClientRequestView
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.formatting import said
from caseflow.web.forms import client_requests as forms
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("client_requests", __name__)
FORM: Final = ["GET", "POST"]
RECORD, DECIDE = Permission.CLIENT_REQUEST_RECORD, Permission.CLIENT_REQUEST_DECIDE
VIEW, REVIEW = Permission.CLIENT_REQUESTS_VIEW, Permission.CLIENT_REQUEST_REVIEW
OF_A_CASE: Final = "/cases/<uuid:case_id>/requests"
ONE: Final = f"{OF_A_CASE}/<uuid:request_id>"
RIGHTS: Final = ",".join(f"'{kind}'" for kind in RequestKind)
TEMPLATE: Final = "client_requests/act.html"
NAMES: Final[dict[str, Any]] = {
    "kinds": KIND_NAMES,
    "about": ABOUT_NAMES,
    "asked_by": ASKED_BY_NAMES,
    "identity": IDENTITY_NAMES,
    "outcomes": OUTCOME_NAMES,
    "grounds": GROUND_NAMES,
    "longer": LONGER_NAMES,
    "every_outcome": (*RequestOutcome, None),
}
bp.app_context_processor(lambda: {"request_names": NAMES})

SECTION: Final = "client-requests"
RECORDED = ActPage(
    RECORD,
    N_("Write down a request"),
    N_("Keep the request"),
    N_("The request is kept. Its term runs."),
    None,
    SECTION,
    TEMPLATE,
    is_a_right=True,
)
LEADS: Final = {
    RequestKind.ACCESS: N_(
        "The client gets a copy of the file, for free, within a month. Making the copy answers the request."
    ),
    RequestKind.RECTIFICATION: N_(
        "What is wrong is put right, and what was written before stays in the history."
    ),
    RequestKind.ERASURE: N_(
        "The privacy officer decides. What has to be kept for a while is kept, and the answer says so."
    ),
    RequestKind.RESTRICTION: N_(
        "From the moment you keep it nothing of this client leaves any more, until it is lifted."
    ),
    RequestKind.OBJECTION: N_(
        "The interest of the client and ours are weighed. An objection to sharing stops it at once."
    ),
}
CHECKED = ActPage(
    RECORD,
    N_("Say how it is known who asks"),
    N_("Keep"),
    N_("It is kept how it is known who asks."),
    N_("A client code and call name are enough. Nobody needs papers to use a right."),
    SECTION,
    TEMPLATE,
    is_a_right=True,
)
LONGER = ActPage(
    RECORD,
    N_("The answer takes longer"),
    N_("Make the term longer"),
    N_("The term is two months longer."),
    N_("Possible once. Tell the client within the first month, and why."),
    SECTION,
    TEMPLATE,
    is_a_right=True,
)
DECIDED = ActPage(
    DECIDE,
    N_("Decide on the request"),
    N_("Keep the decision"),
    N_("It is kept. Tell the client now, or wait for the privacy officer where they decide."),
    N_(
        "On erasure, and on what is not done in full, the privacy officer decides: this is your advice."
    ),
    SECTION,
    TEMPLATE,
    is_a_right=True,
)
ANSWERED = ActPage(
    RECORD,
    N_("Give the answer"),
    N_("Keep the answer"),
    N_("The answer is kept. The letter stands in what left, to print and hand over."),
    N_(
        "A letter is made of what was decided, with where the client can complain. Say it in their language too."
    ),
    SECTION,
    TEMPLATE,
    needs_vault=True,
    is_a_right=True,
)
LIFTED = ActPage(
    DECIDE,
    N_("Lift the restriction"),
    N_("Lift it"),
    N_("It is lifted. What the client agrees to can leave again."),
    N_("The client is told before, not after."),
    SECTION,
    TEMPLATE,
    is_a_right=True,
)


@bp.get(f"{OF_A_CASE}/new")
@requires(RECORD)
def choose(case_id: UUID) -> Response:
    """Which right the client uses, and what each brings."""
    return page("client_requests/choose.html", case=opened(RECORD, case_id), leads=LEADS)


@bp.route(f"{OF_A_CASE}/new/<any({RIGHTS}):right>", methods=FORM)
@requires(RECORD)
def record(case_id: UUID, right: str) -> Response:
    """Writes a request down."""
    kind = RequestKind(right)
    case, form = opened(RECORD, case_id), forms.AskedForm()
    form.offer(kind, None if isinstance(case.person, Hidden) else case.person.language)
    begin_today(form, "asked_on")
    return act_pages.answer(
        replace(RECORDED, title=KIND_NAMES[kind], lead=LEADS[kind]),
        case_id,
        form,
        lambda: client_requests.record(
            actor(), str(case_id), form.asked(kind), form.words.data, clock.now()
        ),
        case=case,
        one=None,
    )


@bp.route(f"{ONE}/check", methods=FORM)
@requires(RECORD)
def check(case_id: UUID, request_id: UUID) -> Response:
    """Keeps how it was checked who asks."""
    case, one = _of_case(RECORD, case_id, request_id)
    form = forms.CheckedForm()
    return _act(
        CHECKED, case, one, form, one.may_check,
        lambda: client_requests.check(
            actor(), case.id, one.line.id, IdentityCheck(form.identity.data), clock.now()
        ),
    )  # fmt: skip


@bp.route(f"{ONE}/longer", methods=FORM)
@requires(RECORD)
def extend(case_id: UUID, request_id: UUID) -> Response:
    """Makes the term two months longer."""
    case, one = _of_case(RECORD, case_id, request_id)
    form = forms.LongerForm()
    begin_today(form, "told_on")
    return _act(
        LONGER, case, one, form, one.may_extend,
        lambda: client_requests.extend(
            actor(), case.id, one.line.id, form.told_on.data, LongerBecause(form.because.data),
            clock.now(),
        ),
    )  # fmt: skip


@bp.route(f"{ONE}/decision", methods=FORM)
@requires(DECIDE)
def decide(case_id: UUID, request_id: UUID) -> Response:
    """Decides as lead of the team, or advises the privacy officer."""
    case, one = _of_case(DECIDE, case_id, request_id)
    corrects = one.line.kind is RequestKind.RECTIFICATION
    form = forms.DecideWithWordsForm() if corrects else forms.DecideForm()
    form.offer(one.line.kind)
    if request.method == "GET":
        form.version.data = str(one.line.version)
    return _act(
        DECIDED, case, one, form, one.may_decide,
        lambda: client_requests.decide(
            actor(), case.id, one.line.id, *form.decided(),
            form.statement.data if isinstance(form, forms.DecideWithWordsForm) else None,
            clock.now(), version=form.seen_version(),
        ),
    )  # fmt: skip


@bp.route(f"{ONE}/lifting", methods=FORM)
@requires(DECIDE)
def lift(case_id: UUID, request_id: UUID) -> Response:
    """Lifts a restriction once the client was told."""
    case, one = _of_case(DECIDE, case_id, request_id)
    form = forms.LiftForm()
    return _act(
        LIFTED, case, one, form, one.may_lift,
        lambda: client_requests.lift(
            actor(), case.id, one.line.id, form.told_on.data, clock.now()
        ),
    )  # fmt: skip


@bp.route(f"{ONE}/answer", methods=FORM)
@requires(RECORD)
def answer(case_id: UUID, request_id: UUID) -> Response:
    """Gives the answer: a letter that becomes part of what left."""
    case, one = _of_case(RECORD, case_id, request_id)
    form = forms.AnswerForm()
    begin_today(form, "on")
    language = client_request_answers.letter_language(one.line.language)

    def perform() -> Refused | None:
        with force_locale(language.value):
            return client_request_answers.answer(
                actor(),
                case.id,
                one.line.id,
                form.on.data,
                Medium(form.medium.data),
                said,
                clock.now(),
            )

    return _act(ANSWERED, case, one, form, one.may_answer, perform)


def _of_case(
    permission: Permission, case_id: UUID, request_id: UUID
) -> tuple[CaseView, ClientRequestView]:
    """A request of this case, for somebody who may do this. Raises `NotKnown`."""
    case = opened(permission, case_id)
    found = client_request_readings.shown(actor(), str(case_id), clock.now())
    if isinstance(found, Hidden):
        raise NotKnown()
    for one in found.requests:
        if one.line.id == str(request_id):
            return case, one
    raise NotKnown()


def _act(
    act: ActPage,
    case: CaseView,
    one: ClientRequestView,
    form: OwnForm,
    decision: Decision,
    perform: Callable[[], Refused | None],
) -> Response:
    return act_pages.answer(
        act, UUID(case.id), form, perform, case=case, decision=decision, one=one
    )
