"""A copy of the file, given to the client: made from what the maker sees, told to the log before it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from caseflow.domain import departures, file_copies
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.departures import LeavingItem
from caseflow.domain.file_copies import FileCopy, LeftOut, Written
from caseflow.domain.messages import N_
from caseflow.domain.own_lists import Day
from caseflow.publishing.file_copies import file_copy_pdf
from caseflow.services import gatekeeping, own_lists
from caseflow.services.case_views import CaseView, NoteView
from caseflow.services.client_requests import copy_given_within
from caseflow.services.departures import settle_within
from caseflow.services.gatekeeping import NotKnown, changing
from caseflow.services.own_list_sections import LeftLine
from caseflow.services.own_lists import OwnList, Period


@dataclass(frozen=True)
class Copied:
    """What goes into a copy: the file as its maker sees it, all notes that are given, and who looked."""

    case: CaseView
    notes: tuple[NoteView, ...]
    left_out: dict[LeftOut, int]
    looks: tuple[Day, ...] | None
    """Who looked at the file; None where the maker may not print that list."""
    left: tuple[LeftLine, ...] | None
    """What went to others; None where the maker may not print that list. GDPR art. 15(1)(c)."""
    by_counsellor: bool


Compose = Callable[[Copied], FileCopy]
"""Says everything in one language: the words of a page are made where pages are."""


def give(
    actor: Actor, case_id: str, language: str, compose: Compose, now: datetime
) -> bytes | Refused:
    """The copy as a PDF, for one person to put into the client's hand (tier 0). Raises `NotKnown`.

    Refused while the vault is sealed: a copy without the words would be taken for the whole. What is on the list of a
    departure is ticked off with it.
    """
    copied = _copied(actor, case_id, now)
    if copied is None:
        return Refused(N_("The vault is sealed. A copy is made once somebody has opened it."))
    listed = _own_list(actor, copied.case, language, now)
    if listed is not None:
        copied = replace(copied, looks=listed.days, left=listed.sections.left)
    with changing(
        actor,
        Permission.FILE_COPY,
        case_id,
        "file_copied",
        now,
        details={
            "language": language,
            "notes": len(copied.notes),
            "left_out": sum(copied.left_out.values()),
        },
        words=True,
    ) as change:
        made = file_copy_pdf(compose(copied))
        if departures.is_asked(change.facts):
            settle_within(change, LeavingItem.COPY)
        copy_given_within(change, left_out=bool(copied.left_out))
    return made


def _copied(actor: Actor, case_id: str, now: datetime) -> Copied | None:
    """The file as its maker sees it, every page of its notes read; None while the vault is sealed."""
    case = gatekeeping.open_case(actor, case_id, now)
    if Permission.FILE_COPY not in case.may:
        raise NotKnown()
    if case.is_sealed or case.file.is_sealed:
        return None
    notes = list(case.notes or ())
    page = case.older_notes_page
    while page is not None:
        older = gatekeeping.open_case(actor, case_id, now, notes_page=page)
        notes += older.notes or ()
        page = older.older_notes_page
    by_counsellor = Role.LEGAL_COUNSELLOR in actor.roles and "legal_counsellor" in case.readers
    given = tuple(
        one
        for one in notes
        if file_copies.left_out(_written(one), by_counsellor=by_counsellor) is None
    )
    counted = file_copies.counted(map(_written, notes), by_counsellor=by_counsellor)
    return Copied(case, given, counted, None, None, by_counsellor)


def _own_list(actor: Actor, case: CaseView, language: str, now: datetime) -> OwnList | None:
    if Permission.LOOKS_PRINT not in case.may:
        return None
    return own_lists.printed(actor, case.id, language, Period.ALL, now)


def _written(note: NoteView) -> Written:
    return Written(note.kind, note.about_third_person)
