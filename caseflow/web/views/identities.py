"""Who somebody says they are: names, birth date, papers that were seen, and what turns out to be a mistake."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.identities import PRECISIONS
from caseflow.domain.messages import N_
from caseflow.services import duplicates, identities
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.identity_views import IdentityView
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.formatting import said
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.identities import IdentityForm, NameForm, PaperForm
from caseflow.web.guards import actor, requires

bp = Blueprint("identities", __name__, url_prefix="/cases/<uuid:case_id>/identity")
FORM = ["GET", "POST"]

IDENTITY = ActPage(
    Permission.IDENTITY_RECORD,
    N_("Who they say they are"),
    N_("Keep in the vault"),
    N_("The identity is kept in the vault."),
    N_("Write down only what this person wants you to. Every line may stay empty."),
    "identity",
    "cases/identity_form.html",
    needs_vault=True,
    asks=Permission.IDENTITY_RECORD,
)
NAME = ActPage(
    Permission.IDENTITY_RECORD,
    N_("Add a name"),
    N_("Keep the name"),
    N_("The name is kept in the vault."),
    N_("Whoever searches for any of the names finds this person, as far as they may."),
    "identity",
    needs_vault=True,
    asks=Permission.IDENTITY_RECORD,
)
PAPER = ActPage(
    Permission.IDENTITY_RECORD,
    N_("A paper was seen"),
    N_("Keep it"),
    N_("It is kept that you saw the paper."),
    N_("Nobody has to show papers. Write down the kind and the day, never a number."),
    "identity",
    needs_vault=True,
    asks=Permission.IDENTITY_RECORD,
)
MISTAKE = ActPage(
    Permission.IDENTITY_RECORD,
    N_("Recorded in error"),
    N_("Mark as an error"),
    N_("It is marked as recorded in error."),
    N_("The line stays in the history, struck through. Nobody is found by it any more."),
    "identity",
    needs_vault=True,
)


@bp.route("", methods=FORM)
@requires(Permission.IDENTITY_RECORD)
def record(case_id: UUID) -> Response:
    """Who the person says they are, into the vault."""
    case = opened(IDENTITY.permission, case_id)
    form = IdentityForm()
    if request.method == "GET" and isinstance(case.identity, IdentityView):
        form.begin_with(case.identity)

    def perform() -> Refused | None:
        based_on = form.based_on.data or None
        refused = identities.record_identity(
            actor(), str(case_id), form.told(), clock.now(), based_on=based_on, is_checked=True
        )
        if refused is identities.MEANWHILE and isinstance(case.identity, IdentityView):
            form.based_on.data = case.identity.now.id if case.identity.now else None
        return _hinted(case_id, refused)

    return act_pages.answer(IDENTITY, case_id, form, perform, case=case, precisions=PRECISIONS)


@bp.route("/names", methods=FORM)
@requires(Permission.IDENTITY_RECORD)
def add_name(case_id: UUID) -> Response:
    """A further name, into the vault."""
    form = NameForm()

    def perform() -> Refused | None:
        refused = identities.add_name(
            actor(), str(case_id), form.name.data, form.kind.data, clock.now()
        )
        return _hinted(case_id, refused)

    return act_pages.answer(NAME, case_id, form, perform)


@bp.route("/papers", methods=FORM)
@requires(Permission.IDENTITY_RECORD)
def record_paper(case_id: UUID) -> Response:
    """That a paper was seen, into the vault."""
    form = PaperForm()
    begin_today(form, "seen_on")
    return act_pages.answer(
        PAPER,
        case_id,
        form,
        lambda: identities.record_paper(
            actor(),
            str(case_id),
            form.kind.data,
            form.agrees.data,
            form.seen_on.data,
            clock.now(),
        ),
    )


@bp.route("/mistakes/<uuid:identity_id>", methods=FORM)
@requires(Permission.IDENTITY_RECORD)
def mark_mistaken(case_id: UUID, identity_id: UUID) -> Response:
    """Marks a name, a version or a paper as recorded in error."""
    case = opened(MISTAKE.permission, case_id)
    if isinstance(case.identity, IdentityView) and str(identity_id) not in case.identity.ids:
        raise NotKnown()
    return act_pages.answer(
        MISTAKE,
        case_id,
        OwnForm(),
        lambda: identities.mark_mistaken(actor(), str(case_id), str(identity_id), clock.now()),
        case=case,
    )


def _hinted(case_id: UUID, refused: Refused | None) -> Refused | None:
    """Where a name was kept, says by code who may be the same person; nothing is held up by it."""
    codes = duplicates.hint(actor(), str(case_id), clock.now()) if refused is None else ()
    if codes:
        flash(
            said(
                N_(
                    "Nearly the same name is recorded with %(codes)s. Is it the same person?",
                    codes=", ".join(codes),
                )
            ),
            "warning",
        )
    return refused
