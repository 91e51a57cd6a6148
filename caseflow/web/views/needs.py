"""What somebody needs: of a bed, as codes, and in words, in the vault. Never a diagnosis."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import health
from caseflow.services.health_views import HealthView, NeedsView
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.forms.health import BedNeedsForm, NeedsForm
from caseflow.web.guards import actor, requires

bp = Blueprint("needs", __name__, url_prefix="/cases/<uuid:case_id>/needs")
FORM = ["GET", "POST"]
RECORD = Permission.HEALTH_RECORD

OF_A_BED = ActPage(
    RECORD,
    N_("Needs of a bed"),
    N_("Keep the needs"),
    N_("The needs are kept."),
    N_("Codes alone, so that the right bed is found and nobody reads why."),
    "health",
)
IN_WORDS = ActPage(
    RECORD,
    N_("Needs in words"),
    N_("Keep in the vault"),
    N_("The needs are kept in the vault."),
    N_("Never a diagnosis. Earlier words are kept."),
    "health",
    needs_vault=True,
)


@bp.route("/bed", methods=FORM)
@requires(RECORD)
def of_a_bed(case_id: UUID) -> Response:
    """What somebody needs of a bed from today on."""
    case = opened(RECORD, case_id)
    form = BedNeedsForm()
    if request.method == "GET" and isinstance(case.health, HealthView):
        form.kinds.data = [one.kind.value for one in case.health.placement or ()]
    return act_pages.answer(
        OF_A_BED,
        case_id,
        form,
        lambda: health.record_placement_needs(actor(), str(case_id), form.wanted(), clock.now()),
        case=case,
    )


@bp.route("/words", methods=FORM)
@requires(RECORD)
def in_words(case_id: UUID) -> Response:
    """What somebody needs, in words."""
    case = opened(RECORD, case_id)
    form = NeedsForm()
    present = case.health.needs if case.health is not None else None
    if request.method == "GET" and isinstance(present, NeedsView):
        form.seen.data, form.words.data = present.version, present.words
    return act_pages.answer(
        IN_WORDS,
        case_id,
        form,
        lambda: health.write_needs(
            actor(), str(case_id), form.words.data, clock.now(), seen=form.seen.data or ""
        ),
        case=case,
    )
