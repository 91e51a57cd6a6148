"""Drafts on the page of a form: the own ones that wait, the one that is gone on with, and where to keep the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from caseflow import clock
from caseflow.domain.drafts import DraftOf
from caseflow.services import drafts
from caseflow.services.drafts import DraftView
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor

NOT_KEPT: Final = frozenset({"csrf_token", "once", "anyway"})
"""What a form carries beside what was typed."""
FIELDS_AT_MOST: Final = 20
PLACES: Final[Mapping[DraftOf, tuple[str, str]]] = {
    DraftOf.NOTE: ("casework.write_note", "corrects"),
    DraftOf.WISH: ("casework.record_wish", ""),
    DraftOf.PLAN_LINE: ("plans.amend", "plan_line_id"),
    DraftOf.LEGAL_NOTE: ("legal_papers.write_note", ""),
    DraftOf.CONCLUSION: ("legal_papers.release", ""),
}
"""Where each form stands, and what it is about there."""
NEW: Final[Mapping[DraftOf, str]] = {DraftOf.PLAN_LINE: "plans.write"}
"""Where a form stands that is about nothing yet, where that is another place."""


@dataclass(frozen=True)
class Drafting:
    """What the page of a form knows of its drafts."""

    keep_url: str
    waiting: tuple[tuple[DraftView, str, str], ...]
    """Drafts that wait, each with where to go on with it and where to throw it away."""
    continued: DraftView | None


def of(kind: DraftOf, case_id: UUID, form: OwnForm, about: str | None) -> Drafting:
    """The drafts of this form; one that is asked for fills it, as it was left."""
    case = str(case_id)
    found = (
        drafts.waiting(actor(), case, kind, clock.now(), about_id=about)
        if request.method == "GET"
        else ()
    )
    asked = request.args.get("draft", "")
    continued = next((one for one in found if one.id == asked), None)
    if continued is not None:
        form.process(MultiDict({**continued.fields, "once": continued.id}))
    return Drafting(
        url_for("drafts.keep", case_id=case, form=kind.value, about=about),
        tuple(
            (
                one,
                place(kind, case, about, one.id),
                url_for(
                    "drafts.throw_away",
                    case_id=case,
                    form=kind.value,
                    draft_id=UUID(one.id),
                    about=about,
                ),
            )
            for one in found
            if one is not continued
        ),
        continued,
    )


def place(kind: DraftOf, case_id: str, about: str | None, draft: str | None = None) -> str:
    """Where the form of a draft stands."""
    endpoint, name = PLACES[kind]
    values: dict[str, Any] = {name: about} if name and about else {}
    if not about:
        endpoint = NEW.get(kind, endpoint)
    return url_for(endpoint, case_id=case_id, draft=draft, **values)


def typed() -> dict[str, str]:
    """What stood in the fields of the form that was sent, as one text each."""
    names = [name for name in request.form if name not in NOT_KEPT][:FIELDS_AT_MOST]
    return {name: request.form[name] for name in names if request.form[name].strip()}


def spent(case_id: UUID, form: OwnForm) -> None:
    """The form was kept: its draft goes."""
    if drafts.is_form_id(form.once.data or ""):
        drafts.spent(actor(), str(case_id), form.once.data)
