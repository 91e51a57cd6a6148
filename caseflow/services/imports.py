"""Imports a file of past episodes: every row or none, every bad row named."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from caseflow.domain.actors import Actor
from caseflow.domain.caseload_files import (
    COLUMNS,
    PastRow,
    RowProblem,
    header_problems,
    read_row,
)
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.services import houses
from caseflow.storage import changes, episodes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.figures import PastEpisode

BATCH: Final = 2_000
"""Rows in memory at a time."""
SOURCE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class ImportRefused(Exception):
    """The file cannot be imported; nothing was written. `problems` names line, column and repair."""

    def __init__(self, file: str, problems: tuple[RowProblem, ...]) -> None:
        super().__init__(f"{file} was refused: {len(problems)} problems.")
        self.file = file
        self.problems = problems


@dataclass(frozen=True)
class Imported:
    """What an import brought in, or would have brought in."""

    source: str
    rows: int
    people: int
    programmes: tuple[str, ...]
    dry_run: bool


def import_caseload(
    actor: Actor, file: Path, source: str, now: datetime, *, dry_run: bool = False
) -> Imported:
    """Imports past episodes out of a caseload file, in one change and bounded memory.

    Raises `ImportRefused` with every bad row; `person_ref` is kept as a keyed hash only.
    """
    if not SOURCE_NAME.fullmatch(source):
        repair = N_("use small letters, digits, dots and dashes, at most 64, without spaces")
        raise ImportRefused(file.name, (RowProblem(0, "--source", repair),))
    house = houses.current()
    problems: list[RowProblem] = []
    programmes: set[str] = set()
    seen: set[tuple[bytes, str, int]] = set()
    people: set[bytes] = set()
    rows = 0
    act = Act("caseload_imported", actor, now, details={"source": source}, permission="command")
    with changes.change(house.stores, act) as work:
        reading = _rows(file, frozenset(house.catalogue.programmes), now, problems)
        while batch := list(islice(reading, BATCH)):
            values: list[dict[str, Any]] = []
            lines: list[int] = []
            for line, row in batch:
                person = house.stores.hashed(f"person:{source}", row.person_ref)
                key = (bytes.fromhex(person)[:16], row.programme, row.entered_on.toordinal())
                if key in seen:
                    problems.append(_twice(line, N_("stands in this file twice; keep one row")))
                    continue
                seen.add(key)
                people.add(key[0])
                programmes.add(row.programme)
                values.append(_values(row, person, source, work.id))
                lines.append(line)
            for index in episodes.already_there(work.casework, source, values):
                repair = N_("was imported from this source before; leave the row out")
                problems.append(_twice(lines[index], repair))
            rows += len(values)
            if not problems:
                work.casework.execute(insert(PastEpisode), values)
        if problems or not rows:
            if not problems:
                problems.append(
                    RowProblem(2, "person_ref", N_("there are no rows; add at least one"))
                )
            raise ImportRefused(file.name, tuple(sorted(problems, key=lambda one: one.line)))
        if dry_run:
            work.refused = True
    return Imported(source, rows, len(people), tuple(sorted(programmes)), dry_run)


def _twice(line: int, repair: Message) -> RowProblem:
    return RowProblem(line, "person_ref", repair)


def _values(row: PastRow, person: str, source: str, change_id: str) -> dict[str, Any]:
    return {
        "source": source,
        "programme": row.programme,
        "person_hash": person,
        "entered_on": row.entered_on,
        "exited_on": row.exited_on,
        "outcome": row.outcome.value if row.outcome else None,
        "outcome_basis": row.basis.value if row.basis else None,
        "gender": row.gender,
        "age_band": row.age_band,
        "change_id": change_id,
    }


def _rows(
    file: Path, programmes: frozenset[str], now: datetime, problems: list[RowProblem]
) -> Iterator[tuple[int, PastRow]]:
    """The good rows with their lines; what is wrong goes to `problems`."""
    today = local(now).date()
    line = 1
    try:
        with file.open(encoding="utf-8-sig", newline="", errors="strict") as opened:
            reader = csv.reader(opened, strict=True)
            header = [name.strip() for name in next(reader, [])]
            found = header_problems(header)
            if found:
                problems.extend(found)
                return
            for cells in reader:
                line = reader.line_num
                if not cells:
                    continue
                if len(cells) != len(header):
                    repair = N_(
                        "this row has %(found)s cells instead of %(wanted)s; check its commas",
                        found=len(cells),
                        wanted=len(COLUMNS),
                    )
                    problems.append(RowProblem(line, "*", repair))
                    continue
                row = read_row(line, dict(zip(header, cells, strict=True)), programmes, today)
                if isinstance(row, PastRow):
                    yield line, row
                else:
                    problems.extend(row)
    except UnicodeDecodeError:
        problems.append(RowProblem(line + 1, "*", N_("is not UTF-8; save the file as CSV UTF-8")))
    except csv.Error:
        repair = N_("cannot be read as CSV; check the quotes and commas near this line")
        problems.append(RowProblem(line + 1, "*", repair))
    except OSError:
        problems.append(RowProblem(0, "*", N_("cannot be opened; check its name and permissions")))
