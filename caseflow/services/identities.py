"""Who somebody says they are, kept in the vault: names of several kinds, a birth date, papers that were seen.

Rows are appended. A mistaken one is marked by a further row: it stays in the history and counts nowhere any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from caseflow.domain import identities as rules
from caseflow.domain import pathways
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.identities import NameKind
from caseflow.domain.messages import N_
from caseflow.services import coming_of_age
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage import words
from caseflow.storage.models.vault import Identity, IdentityMistake, OtherName, PaperSeen

MARKABLE: Final[tuple[type[Any], ...]] = (Identity, OtherName, PaperSeen)
"""Rows about who somebody is, any of which may turn out to be a mistake."""
MEANWHILE: Final = Refused(
    N_(
        "A colleague recorded who this person is while this page was open. What stands in the file now is shown below: "
        "compare, and send yours again if it is right."
    )
)


@dataclass(frozen=True)
class IdentityWords:
    """Names and birth date as the person gives them; a year alone will do, nothing is mandatory.

    `also_known_as` holds aliases with a comma in between; each becomes a name of its own.
    """

    given_names: str | None = None
    family_name: str | None = None
    also_known_as: str | None = None
    birth_date: date | None = None
    birth_year: int | None = None
    birth_precision: str = "unknown"

    @property
    def has_own(self) -> bool:
        """Whether it says more than aliases."""
        return any((self.given_names, self.family_name, self.birth_date, self.birth_year))

    @property
    def aliases(self) -> tuple[str, ...]:
        """The further names, each once, in the order in which they were typed."""
        parts = (self.also_known_as or "").replace(";", ",").replace("،", ",").split(",")
        return tuple(dict.fromkeys(said for part in parts if (said := part.strip())))


def record_identity(
    actor: Actor,
    case_id: str,
    told: IdentityWords,
    now: datetime,
    *,
    based_on: str | None = None,
    is_checked: bool = False,
) -> Refused | None:
    """Adds to the vault who the person says they are; the earlier version is kept.

    With `is_checked`, `based_on` is the version that whoever tells it read (None where there was none): `MEANWHILE` is
    answered where another one counts by now. Raises `NotKnown` and `VaultSealed`.
    """
    with changing(
        actor,
        Permission.IDENTITY_RECORD,
        case_id,
        "identity_recorded",
        now,
        details={"precision": told.birth_precision},
        words=True,
    ) as change:
        allowed = pathways.may_record_identity(change.programme)
        if not allowed:
            return change.refuse(allowed)
        if not (told.aliases or told.has_own):
            return change.refuse(
                Refused(
                    N_("Nothing was filled in. Write down what the person told you, or go back.")
                )
            )
        born = rules.birth(told.birth_precision, told.birth_date, told.birth_year, change.today)
        if isinstance(born, Refused):
            return change.refuse(born)
        if is_checked and told.has_own and _counts(change) != based_on:
            return change.refuse(MEANWHILE)
        present = _present_names(change)
        for alias in told.aliases:
            if alias in present:
                continue
            allowed = rules.may_add_name(alias, NameKind.ALIAS, present)
            if not allowed:
                return change.refuse(allowed)
            present.add(alias)
            change.work.vault.add(
                OtherName(kind=NameKind.ALIAS.value, name=alias, **change.written())
            )
        if not told.has_own:
            return None  # aliases alone: what is recorded of names and birth date stays as it is
        change.work.vault.add(
            Identity(
                given_names=told.given_names,
                family_name=told.family_name,
                birth_date=born.on,
                birth_year=born.year,
                birth_precision=born.precision.value,
                **change.written(),
            )
        )
        coming_of_age.assess_again(change, born.on, born.year, born.precision.value)
        return None


def add_name(actor: Actor, case_id: str, name: str, kind: str, now: datetime) -> Refused | None:
    """Keeps a further name of somebody, exactly as it was typed. Raises `NotKnown` and `VaultSealed`."""
    with changing(
        actor,
        Permission.IDENTITY_RECORD,
        case_id,
        "name_added",
        now,
        details={"kind": kind if kind in rules.NAME_KINDS else None},
        words=True,
    ) as change:
        allowed = pathways.may_record_identity(change.programme) and rules.may_add_name(
            name, kind, _present_names(change)
        )
        if not allowed:
            return change.refuse(allowed)
        change.work.vault.add(OtherName(kind=kind, name=name, **change.written()))
        return None


def record_paper(
    actor: Actor, case_id: str, kind: str, agrees: str, seen_on: date, now: datetime
) -> Refused | None:
    """Records that whoever writes it down saw a paper: kind and day. Raises `NotKnown` and `VaultSealed`."""
    with changing(
        actor,
        Permission.IDENTITY_RECORD,
        case_id,
        "paper_seen",
        now,
        details={"kind": kind if kind in rules.PAPER_KINDS else None},
        words=True,
    ) as change:
        allowed = pathways.may_record_identity(change.programme) and rules.may_record_paper(
            kind, agrees, seen_on, change.today
        )
        if not allowed:
            return change.refuse(allowed)
        change.work.vault.add(
            PaperSeen(kind=kind, agrees=agrees, seen_on=seen_on, **change.written())
        )
        return None


def mark_mistaken(actor: Actor, case_id: str, row_id: str, now: datetime) -> Refused | None:
    """Marks a name, a version of the identity or a paper as recorded in error.

    Raises `NotKnown` where this person has no such row, and `VaultSealed`.
    """
    with changing(
        actor,
        Permission.IDENTITY_RECORD,
        case_id,
        "identity_mistaken",
        now,
        details={"row": row_id},
        words=True,
    ) as change:
        if not any(row_id in _ids(change, model) for model in MARKABLE):
            raise NotKnown()
        if row_id in _mistaken(change):
            return change.refuse(
                Refused(N_("This was already marked as recorded in error. Nothing is left to do."))
            )
        change.work.vault.add(IdentityMistake(about_id=row_id, **change.written()))
        known = _version(change, _mistaken(change) | {row_id})
        if known is not None:
            coming_of_age.assess_again(
                change, known.birth_date, known.birth_year, known.birth_precision
            )
        return None


def _rows(change: CaseChange, model: type[Any]) -> list[Any]:
    code = change.dossier.client.code
    return words.visible(change.work.vault, change.work.casework, model, [code])


def _counts(change: CaseChange) -> str | None:
    """The id of the version that counts."""
    known = _version(change, _mistaken(change))
    return known.id if known is not None else None


def _version(change: CaseChange, mistaken: frozenset[str]) -> Identity | None:
    """The newest version that is not among the mistaken ones."""
    return next((row for row in _rows(change, Identity) if row.id not in mistaken), None)


def _ids(change: CaseChange, model: type[Any]) -> frozenset[str]:
    return frozenset(row.id for row in _rows(change, model))


def _mistaken(change: CaseChange) -> frozenset[str]:
    return frozenset(row.about_id for row in _rows(change, IdentityMistake))


def _present_names(change: CaseChange) -> set[str]:
    """The further names that count."""
    mistaken = _mistaken(change)
    return {row.name for row in _rows(change, OtherName) if row.id not in mistaken}
