"""People around a client: who they are, and what the client agreed to."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import contact_persons
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, opened, while_unsealed
from caseflow.web.forms.client_files import ContactPersonForm
from caseflow.web.guards import actor, requires

bp = Blueprint("contact_persons", __name__, url_prefix="/cases/<uuid:case_id>/contact-persons")
FORM = ["GET", "POST"]
RECORD = Permission.CONTACT_RECORD

WRITE = ActPage(
    RECORD,
    N_("Write down a contact person"),
    N_("Keep in the vault"),
    N_("The contact person is kept in the vault."),
    N_("Ask the client first what you may tell or ask this person."),
    "contact",
    needs_vault=True,
)
AMEND = ActPage(
    RECORD,
    N_("Contact person"),
    N_("Keep the new version"),
    N_("The new version is kept."),
    N_("The earlier text stays as an earlier version."),
    "contact",
    needs_vault=True,
)


@bp.route("/new", methods=FORM)
@requires(RECORD)
def write(case_id: UUID) -> Response:
    """Somebody around the client, into the vault."""
    form = ContactPersonForm()
    return act_pages.answer(
        WRITE,
        case_id,
        form,
        lambda: contact_persons.record(actor(), str(case_id), form.told(), clock.now()),
    )


@bp.route("/<uuid:person_id>", methods=FORM)
@requires(RECORD)
def amend(case_id: UUID, person_id: UUID) -> Response:
    """A newer version of somebody around the client."""
    case, form = opened(RECORD, case_id), ContactPersonForm()
    person = next((one for one in case.file.persons or () if one.id == str(person_id)), None)
    if person is None and not case.file.is_sealed:
        raise NotKnown()
    if request.method == "GET" and person is not None:
        form.begin_with(person)
    return act_pages.answer(
        AMEND,
        case_id,
        form,
        lambda: contact_persons.record(
            actor(),
            str(case_id),
            form.told(),
            clock.now(),
            line_id=str(person_id),
            seen=form.seen.data or "",
        ),
        case=case,
        decision=while_unsealed(case),
    )
