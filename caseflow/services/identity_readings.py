"""Who somebody says they are, out of the vault, for a reader whom the gate let through."""

from __future__ import annotations

from sqlalchemy.orm import Session

from caseflow.domain.local_days import local
from caseflow.services.identity_views import (
    IdentityView,
    NameView,
    PaperView,
    VersionView,
    script_of,
)
from caseflow.storage import dossiers, words
from caseflow.storage.models.vault import Identity, IdentityMistake, OtherName, PaperSeen

Names = dict[str, tuple[str, str | None]]


def of(vault: Session, casework: Session, code: str, names: Names) -> IdentityView | None:
    """Every name, version and paper of one person; None where nothing is recorded.

    `names` are colleagues who were looked up already.
    """
    codes = [code]
    versions = words.visible(vault, casework, Identity, codes)
    others = words.visible(vault, casework, OtherName, codes)
    papers = words.visible(vault, casework, PaperSeen, codes)
    if not (versions or others or papers):
        return None
    mistakes = words.visible(vault, casework, IdentityMistake, codes)
    mistaken = {row.about_id for row in mistakes}
    told = [_version(row, row.id in mistaken) for row in versions]
    counts = next((one for one in told if not one.is_mistaken), None)
    further = [_name(row, row.id in mistaken) for row in reversed(others)]
    seen = _papers(casework, papers, mistaken, names)
    return IdentityView(
        counts,
        tuple(one for one in further if not one.is_mistaken),
        tuple(one for one in seen if not one.is_mistaken),
        tuple(one for one in told if one is not counts),
        tuple(one for one in further if one.is_mistaken),
        tuple(one for one in seen if one.is_mistaken),
    )


def _version(row: Identity, is_mistaken: bool) -> VersionView:
    return VersionView(
        row.id,
        row.given_names,
        row.family_name,
        row.birth_date,
        row.birth_year,
        row.birth_precision,
        local(row.recorded_at).date(),
        is_mistaken,
    )


def _name(row: OtherName, is_mistaken: bool) -> NameView:
    recorded_on = local(row.recorded_at).date()
    return NameView(row.id, row.kind, row.name, script_of(row.name), recorded_on, is_mistaken)


def _papers(
    casework: Session, rows: list[PaperSeen], mistaken: set[str], names: Names
) -> list[PaperView]:
    unknown = {row.recorded_by for row in rows} - set(names)
    known = {**names, **(dossiers.colleagues(casework, unknown) if unknown else {})}
    return [
        PaperView(
            row.id,
            row.kind,
            row.seen_on,
            row.agrees,
            known.get(row.recorded_by, ("", None))[0],
            row.id in mistaken,
        )
        for row in rows
    ]
