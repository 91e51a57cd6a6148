"""The caseload file of past episodes: its columns, and what is wrong with a row.

Source: the caseload file of the contract. A problem names line, column and repair, and never repeats
the value: the file is about people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import Outcome, OutcomeBasis, basis_fits

COLUMNS = (
    "person_ref",
    "programme",
    "entered_on",
    "exited_on",
    "outcome",
    "outcome_basis",
    "gender",
    "age_band",
)
GENDERS = ("man", "woman", "other", "unknown")
AGE_BANDS = ("0-17", "18-27", "28-37", "38-47", "48-57", "58+", "unknown")
_Wrong = Callable[[str, Message], None]

LONGEST_REFERENCE = 100
"""Characters of a source's own reference; longer ones are words, which do not belong in this file."""


@dataclass(frozen=True)
class RowProblem:
    """One thing that is wrong in a caseload file: where, and the repair."""

    line: int
    column: str
    repair: Message


@dataclass(frozen=True)
class PastRow:
    """One past episode as the file gives it."""

    person_ref: str
    programme: str
    entered_on: date
    exited_on: date | None
    outcome: Outcome | None
    basis: OutcomeBasis | None
    gender: str
    age_band: str


def header_problems(header: Sequence[str]) -> tuple[RowProblem, ...]:
    """Answers what is wrong with the first line: columns that are missing, unknown or double."""
    found = []
    for name in COLUMNS:
        if name not in header:
            found.append(RowProblem(1, name, N_("is missing; add this column to the first line")))
    for name in dict.fromkeys(header):
        if name not in COLUMNS:
            found.append(
                RowProblem(1, name or "?", N_("is not a column of this file; leave it out"))
            )
        elif list(header).count(name) > 1:
            found.append(RowProblem(1, name, N_("stands there twice; keep one")))
    return tuple(found)


def read_row(
    line: int, row: Mapping[str, str], programmes: frozenset[str], today: date
) -> PastRow | tuple[RowProblem, ...]:
    """Answers with the episode of one row, or with everything that is wrong with it."""
    problems: list[RowProblem] = []

    def wrong(column: str, repair: Message) -> None:
        problems.append(RowProblem(line, column, repair))

    reference = row["person_ref"].strip()
    if not reference:
        wrong("person_ref", N_("is empty; give the reference of the source"))
    elif len(reference) > LONGEST_REFERENCE:
        wrong("person_ref", N_("is too long; give a reference of at most 100 characters"))
    if row["programme"] not in programmes:
        wrong("programme", N_("is not a programme of this installation; see config/programmes"))
    entered = _day(row["entered_on"])
    if entered is None:
        wrong("entered_on", N_("is not a date; write it as 2024-08-31"))
    elif entered > today:
        wrong("entered_on", N_("lies in the future; give the day on which it happened"))
    exited = _day(row["exited_on"]) if row["exited_on"] else None
    if row["exited_on"]:
        if exited is None:
            wrong("exited_on", N_("is not a date; write it as 2024-08-31, or leave it empty"))
        elif exited > today:
            wrong("exited_on", N_("lies in the future; leave it empty while someone is still in"))
        elif entered is not None and exited < entered:
            wrong("exited_on", N_("lies before entered_on; correct one of the two"))
    outcome = _outcome(row, wrong)
    basis = _basis(row, outcome, wrong)
    for column, known in (("gender", GENDERS), ("age_band", AGE_BANDS)):
        if row[column] not in known:
            wrong(column, N_("is not a known code; use one of: %(codes)s", codes=", ".join(known)))
    if problems or entered is None:
        return tuple(problems)
    return PastRow(
        reference, row["programme"], entered, exited, outcome, basis, row["gender"], row["age_band"]
    )


def _day(text: str) -> date | None:
    if len(text) != len("2024-08-31"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _outcome(row: Mapping[str, str], wrong: _Wrong) -> Outcome | None:
    code = row["outcome"]
    if not code:
        if row["exited_on"]:
            wrong("outcome", N_("is empty, but there is an exit; give a code, or “unknown”"))
        return None
    if code not in set(Outcome):
        codes = ", ".join(Outcome)
        wrong("outcome", N_("is not a known code; use one of: %(codes)s", codes=codes))
        return None
    if not row["exited_on"]:
        wrong("outcome", N_("is given without exited_on; add the date or leave both empty"))
    return Outcome(code)


def _basis(row: Mapping[str, str], outcome: Outcome | None, wrong: _Wrong) -> OutcomeBasis | None:
    code = row["outcome_basis"]
    if code and code not in set(OutcomeBasis):
        codes = ", ".join(OutcomeBasis)
        wrong("outcome_basis", N_("is not a known code; use one of: %(codes)s", codes=codes))
        return None
    basis = OutcomeBasis(code) if code else None
    if outcome is None:
        if basis is not None and not row["outcome"]:
            wrong("outcome_basis", N_("is given without an outcome; leave it empty"))
        return basis
    if not basis_fits(outcome, basis):
        if basis is None:
            wrong("outcome_basis", N_("is empty; this outcome needs its ground"))
        else:
            wrong("outcome_basis", N_("does not belong to this outcome; change one of the two"))
    return basis
