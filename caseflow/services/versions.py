"""Saving over what a colleague saved meanwhile: refused with their text, so that both stand side by side.

A form carries the id of the version that it was opened on. Versions are rows of a vault, which only grows, so the
question is asked inside the change, under the write lock of the vault: of two who save at once, one is second.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement

from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services.gatekeeping import CaseChange
from caseflow.storage import dossiers, words
from caseflow.storage.models.vault import Words

W = TypeVar("W", bound=Words)


@dataclass(frozen=True)
class Overtaken(Refused):
    """Somebody saved another version since the form was opened: theirs, field by field."""

    seen: str = ""
    """The id of their version: a form that carries it was sent with both texts in sight."""
    by: str = ""
    at: datetime | None = None
    theirs: Mapping[str, object] = field(default_factory=dict)
    stays: bool = True
    """Whether the version that is saved over stays readable; codes about a person have the newest alone."""


def newest(
    change: CaseChange,
    model: type[W],
    where: Collection[ColumnElement[bool]] = (),
    *,
    case_id: str | None = None,
) -> W | None:
    """The version that counts now, as it stands in the vault of this change."""
    found = words.visible(
        change.work.vault,
        change.work.casework,
        model,
        [change.dossier.client.code],
        case_id=case_id,
        where=where,
        limit=1,
    )
    return found[0] if found else None


def overtaken(
    change: CaseChange, row: Words | None, seen: str | None, theirs: Mapping[str, object]
) -> Overtaken | None:
    """The refusal, where the version that counts is another than the one that was seen.

    `seen` is empty where there was none, and None where nobody asks: a command, which saw no form.
    """
    if seen is None or row is None or row.id == seen:
        return None
    named = dossiers.colleagues(change.work.casework, {row.recorded_by})
    return Overtaken(
        N_("A colleague saved this meanwhile. Nothing of yours is lost: choose below."),
        row.id,
        named.get(row.recorded_by, ("", None))[0],
        row.recorded_at,
        dict(theirs),
    )
