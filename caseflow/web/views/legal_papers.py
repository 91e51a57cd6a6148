"""What the legal counsellor keeps: confidential notes, conclusions that are released, letters of the lawyer."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.drafts import DraftOf
from caseflow.domain.legal_papers import Direction
from caseflow.domain.messages import N_
from caseflow.services import legal_papers
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage
from caseflow.web.forms.client_files import ConclusionForm, LegalNoteForm, LetterForm
from caseflow.web.guards import actor, requires

bp = Blueprint("legal_papers", __name__, url_prefix="/cases/<uuid:case_id>/legal")
FORM = ["GET", "POST"]
RECORD = Permission.LEGAL_NOTE_RECORD

NOTE = ActPage(
    RECORD,
    N_("Write a confidential legal note"),
    N_("Keep the note"),
    N_("The confidential note is kept."),
    N_("Nobody but the referred counsellor reads it, not even by breaking the glass."),
    "legal",
    needs_vault=True,
    drafts=DraftOf.LEGAL_NOTE,
)
CONCLUSION = ActPage(
    RECORD,
    N_("Release a conclusion"),
    N_("Release it"),
    N_("Case team and team lead can read the conclusion now."),
    N_("Case team and team lead read this, and the day. Your notes stay yours."),
    "legal",
    needs_vault=True,
    drafts=DraftOf.CONCLUSION,
)
LETTER = ActPage(
    RECORD,
    N_("Record a letter of or to the lawyer"),
    N_("Keep the letter"),
    N_("The letter is kept."),
    N_(
        "Kept apart, so that confidentiality can be claimed unopened. The case team sees its dates."
    ),
    "legal",
    needs_vault=True,
)


@bp.route("/notes/new", methods=FORM)
@requires(RECORD)
def write_note(case_id: UUID) -> Response:
    """A confidential note, into the vault."""
    form = LegalNoteForm()
    return act_pages.answer(
        NOTE,
        case_id,
        form,
        lambda: legal_papers.write_note(actor(), str(case_id), form.words.data, clock.now()),
    )


@bp.route("/conclusions/new", methods=FORM)
@requires(RECORD)
def release(case_id: UUID) -> Response:
    """What case team and team lead may know."""
    form = ConclusionForm()
    return act_pages.answer(
        CONCLUSION,
        case_id,
        form,
        lambda: legal_papers.release(
            actor(), str(case_id), form.words.data, form.due_on.data, clock.now()
        ),
    )


@bp.route("/letters/new", methods=FORM)
@requires(RECORD)
def record_letter(case_id: UUID) -> Response:
    """A letter of or to the lawyer, marked and apart."""
    form = LetterForm()
    return act_pages.answer(
        LETTER,
        case_id,
        form,
        lambda: legal_papers.record_letter(
            actor(),
            str(case_id),
            Direction(form.direction.data),
            form.dated_on.data,
            form.due_on.data,
            form.words.data,
            clock.now(),
        ),
    )
