"""Two client codes of one person: what the given-up code leads to, whose words are read together, which rows move.

A merge changes the casework store alone. Words and emergency cards keep the code they were written under, so that a
crash between two stores can leave nothing half moved; they are read through every code of the person (`reads_as`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import String, bindparam, func, or_, select
from sqlalchemy.orm import Session

from caseflow.storage.dossiers import pages
from caseflow.storage.models.cases import Case, Client, RestrictedReader, Separation
from caseflow.storage.models.governance import CardOpening
from caseflow.storage.models.house_peace import (
    HousePair,
    HouseWarning,
    IncidentPerson,
    TimeOut,
)
from caseflow.storage.models.households import HouseholdMember
from caseflow.storage.models.merges import ClientMerge, MergedRow
from caseflow.storage.models.placement_needs import PlacementNeed
from caseflow.storage.models.shelter import Placement

READERS: Final = "restricted_readers"
MOVES: Final[tuple[tuple[str, type[Any], str], ...]] = (
    ("cases", Case, "client_code"),
    ("placements", Placement, "client_code"),
    (READERS, RestrictedReader, "client_code"),
    ("separations", Separation, "client_code"),
    ("separations.other", Separation, "other_code"),
    ("house_warnings", HouseWarning, "client_code"),
    ("house_pairs", HousePair, "client_code"),
    ("house_pairs.other", HousePair, "other_code"),
    ("time_outs", TimeOut, "client_code"),
    ("incident_people", IncidentPerson, "client_code"),
    ("household_members", HouseholdMember, "client_code"),
    ("placement_needs", PlacementNeed, "client_code"),
    ("card_openings", CardOpening, "client_code"),
)
"""Columns of casework that name a client and go to the kept code; `MergedRow.kind` is the first word."""
READER_ENDED: Final = "restricted_readers.until"
"""A named reader of one code alone, who reads no more where both were restricted."""

# Any number of codes in one bound parameter: the gate and every reading of words ask this all day, in one question.
_SOME: Final = select(func.json_each(bindparam("some", type_=String)).table_valued("value").c.value)
_ALL: Final = select(ClientMerge.kept_code, ClientMerge.given_up_code, ClientMerge.undone_at).where(
    or_(ClientMerge.kept_code.in_(_SOME), ClientMerge.given_up_code.in_(_SOME))
)


@dataclass(frozen=True)
class TakenOver:
    """A code that was given up into another, and the call name that went with it."""

    merge_id: str
    code: str
    call_name: str
    merged_at: datetime


def reads_as(casework: Session, codes: Collection[str], *, ever: bool = False) -> dict[str, str]:
    """Under which codes words about these clients were written, each with the code it counts for now.

    With `ever`, merges that were taken apart count too, both ways: for words that name their case as well, which
    belong to that case under whatever code they were written.
    """
    found = {code: code for code in codes}
    for kept, given_up, undone_at in casework.execute(_ALL, {"some": json.dumps(sorted(found))}):
        if kept in found and (ever or undone_at is None):
            found.setdefault(given_up, kept)
        if ever and given_up in found:
            found.setdefault(kept, given_up)
    return found


def present(casework: Session, code: str) -> str:
    """The code that counts now for somebody who gives this one: itself, or the one it was given up into."""
    kept = casework.scalar(
        select(ClientMerge.kept_code).where(
            ClientMerge.given_up_code == code, ClientMerge.undone_at.is_(None)
        )
    )
    return kept or code


def taken_over(casework: Session, codes: Collection[str]) -> dict[str, tuple[TakenOver, ...]]:
    """The codes that were given up into each of these clients, oldest first."""
    found: dict[str, list[TakenOver]] = {}
    for some in pages(codes):
        rows = casework.execute(
            select(ClientMerge, Client.call_name)
            .join(Client, Client.code == ClientMerge.given_up_code)
            .where(ClientMerge.kept_code.in_(some), ClientMerge.undone_at.is_(None))
            .order_by(ClientMerge.recorded_at)
        )
        for row, call_name in rows:
            one = TakenOver(row.id, row.given_up_code, call_name, row.recorded_at)
            found.setdefault(row.kept_code, []).append(one)
    return {code: tuple(some) for code, some in found.items()}


def standing(casework: Session, merge_id: str) -> ClientMerge | None:
    """A merge that was not taken apart."""
    row = casework.get(ClientMerge, merge_id)
    return row if row is not None and row.undone_at is None else None


def move(casework: Session, merge: ClientMerge) -> int:
    """Gives every row of the given-up code to the kept one and notes which; answers how many cases went."""
    cases = 0
    for kind, model, column in MOVES:
        named = getattr(model, column)
        for row in casework.scalars(select(model).where(named == merge.given_up_code)):
            setattr(row, column, merge.kept_code)
            until = row.until_on if model is RestrictedReader else None
            casework.add(MergedRow(merge_id=merge.id, kind=kind, row_id=row.id, until_was=until))
            cases += kind == "cases"
    casework.flush()
    return cases


def move_back(casework: Session, merge: ClientMerge) -> int:
    """Gives back what `move` took, and the nights that its cases got since; answers how many cases went back."""
    rows = moved(casework, merge.id)
    for kind, model, column in MOVES:
        for row_id in rows.get(kind, ()):
            row = casework.get(model, row_id)
            if row is not None:
                setattr(row, column, merge.given_up_code)
    cases = rows.get("cases", ())
    for some in pages(cases):
        for stay in casework.scalars(select(Placement).where(Placement.case_id.in_(some))):
            stay.client_code = merge.given_up_code
    casework.flush()
    return len(cases)


def moved(casework: Session, merge_id: str) -> dict[str, tuple[str, ...]]:
    """The ids of the rows that a merge moved, by kind."""
    found: dict[str, list[str]] = {}
    wanted = select(MergedRow.kind, MergedRow.row_id).where(MergedRow.merge_id == merge_id)
    for kind, row_id in casework.execute(wanted):
        found.setdefault(kind, []).append(row_id)
    return {kind: tuple(ids) for kind, ids in found.items()}


def end_readers(
    casework: Session, merge: ClientMerge, rows: Iterable[RestrictedReader], last: Any
) -> None:
    """Ends named readers of one code alone, and notes until when they read before."""
    for row in rows:
        casework.add(
            MergedRow(merge_id=merge.id, kind=READER_ENDED, row_id=row.id, until_was=row.until_on)
        )
        row.until_on = last


def give_readers_back(casework: Session, merge: ClientMerge) -> None:
    """Named readers of the code that is taken apart read until when they did before.

    Also where the mark was lifted in between: nobody could open a restricted file without readers.
    """
    wanted = select(MergedRow).where(
        MergedRow.merge_id == merge.id, MergedRow.kind.in_((READERS, READER_ENDED))
    )
    # what the merge itself ended comes last: a row that it ended and moved was noted twice
    for noted in sorted(casework.scalars(wanted), key=lambda one: one.kind == READER_ENDED):
        row = casework.get(RestrictedReader, noted.row_id)
        if row is not None:
            row.until_on = noted.until_was
