"""What somebody was told and agreed to: recorded on one form, taken back on another; and the texts themselves."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, make_response, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.information_texts import INFORMATION_NAMES, InformationKind
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Hidden
from caseflow.services import agreements, houses, information_papers
from caseflow.services.agreement_views import ConsentView
from caseflow.services.case_views import CaseView
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, back_to, begin_today, opened
from caseflow.web.formatting import said
from caseflow.web.forms.agreements import TakenBackForm, ToldForm
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("agreements", __name__)
FORM = ["GET", "POST"]
RECORD = Permission.AGREEMENT_RECORD
WITHDRAW = Permission.AGREEMENT_WITHDRAW
SECTION = "agreements"

TELL = ActPage(
    RECORD,
    N_("Tell and ask"),
    N_("Keep it"),
    N_("What was told and agreed to is recorded."),
    N_("Read the texts together first. For a bed nobody has to agree to anything."),
    SECTION,
    "agreements/record.html",
)
TAKE_BACK = ActPage(
    WITHDRAW,
    N_("Take an agreement back"),
    N_("Take it back now"),
    N_("It is taken back. What rested on it has stopped."),
    N_("It stops at once. Nobody has to give a reason."),
    SECTION,
    "agreements/withdraw.html",
    is_a_right=True,
)


@bp.route("/cases/<uuid:case_id>/agreements", methods=FORM)
@requires(RECORD)
def record(case_id: UUID) -> Response:
    """What was told, in which language, and what the person agreed to."""
    case = opened(RECORD, case_id)
    form = ToldForm()
    form.offer(case, _consent(case), agreements.sharers(case.organisation))
    begin_today(form, "on")
    return act_pages.answer(
        TELL,
        case_id,
        form,
        lambda: agreements.record(
            actor(),
            str(case_id),
            form.telling(),
            form.what(),
            form.until_on.data,
            clock.now(),
            own_words=form.own_words.data,
        ),
        case=case,
        texts=_texts(_own_language(case)),
        information=INFORMATION_NAMES,
    )


@bp.route("/cases/<uuid:case_id>/agreements/withdraw", methods=FORM)
@requires(WITHDRAW)
def withdraw(case_id: UUID) -> Response:
    """What the person takes back, and what that stops."""
    case = opened(WITHDRAW, case_id)
    form = TakenBackForm()
    form.offer(_consent(case).standing, request.args.get("take"))
    return act_pages.answer(
        TAKE_BACK,
        case_id,
        form,
        lambda: agreements.withdraw(
            actor(),
            str(case_id),
            form.taken_back.data,
            clock.now(),
            own_words=form.own_words.data,
        ),
        case=case,
    )


@bp.post("/cases/<uuid:case_id>/agreements/told/<uuid:information_id>/mistaken")
@requires(RECORD)
def mark_mistaken(case_id: UUID, information_id: UUID) -> Response:
    """That somebody was told was recorded in error."""
    refused = agreements.mark_mistaken(actor(), str(case_id), str(information_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("It is marked as recorded in error, and counts no more.")), "success")
    return back_to(case_id, SECTION)


@bp.post("/cases/<uuid:case_id>/agreements/<uuid:agreement_id>/share")
@requires(Permission.CASE_SHARE)
def share(case_id: UUID, agreement_id: UUID) -> Response:
    """A share that the client agreed to begins, by a second person."""
    refused = agreements.share(actor(), str(case_id), str(agreement_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(
            said(N_("The other organisation sees bed, stage and case team from now on.")), "success"
        )
    return back_to(case_id, SECTION)


@bp.get("/information/<text>/<spoken>")
@requires(RECORD)
def read(text: str, spoken: str) -> Response:
    """A text on the screen, in large letters, to read together."""
    kind = _kind(text)
    return page(
        "agreements/read.html",
        told=information_papers.text(actor(), kind, spoken),
        texts=_texts(),
        information=INFORMATION_NAMES,
        case_id=_case_of_the_way_back(),
        printable=information_papers.is_printable(spoken),
    )


@bp.get("/information/<text>/<spoken>/paper")
@requires(RECORD)
def paper(text: str, spoken: str) -> Response:
    """The same text on paper."""
    made, name = information_papers.paper(actor(), _kind(text), spoken)
    answer: Response = make_response(made)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _consent(case: CaseView) -> ConsentView:
    if not isinstance(case.consent, ConsentView):
        raise NotKnown()
    return case.consent


def _kind(text: str) -> InformationKind:
    try:
        return InformationKind(text)
    except ValueError:
        raise NotKnown() from None


def _texts(first: str | None = None) -> dict[InformationKind, tuple[str, ...]]:
    """In which languages each text is there, the person's own one first."""
    known = houses.current().information
    return {
        one: tuple(sorted(known.languages(one), key=lambda language: language != first))
        for one in InformationKind
    }


def _own_language(case: CaseView) -> str | None:
    return None if isinstance(case.person, Hidden) else case.person.language


def _case_of_the_way_back() -> str | None:
    """The case from which somebody came, for the way back alone: nothing is looked up by it."""
    try:
        return str(UUID(request.args.get("case", "")))
    except ValueError:
        return None
