"""The caseload files whose totals are published, read into episodes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from caseflow.domain.episodes import Episode

FOLDER = Path(__file__).parent
LVV_PILOT = ("amsterdam-lvv", "eindhoven-lvv", "groningen-lvv", "rotterdam-lvv", "utrecht-lvv")


def members(scope: str) -> tuple[str, ...]:
    """Answers which programmes a programme or group stands for."""
    return LVV_PILOT if scope == "lvv-pilot" else (scope,)


def published_figures() -> list[dict[str, str]]:
    """Answers with the figures that the files must yield."""
    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def episodes(name: str) -> Iterator[Episode]:
    """Answers with the episodes of one file, one by one; recorded date is event date."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            entered = date.fromisoformat(row["entered_on"])
            exited = date.fromisoformat(row["exited_on"]) if row["exited_on"] else None
            yield Episode(
                person=row["person_ref"],
                programme=row["programme"],
                entered_on=entered,
                exited_on=exited,
                outcome=row["outcome"] or None,
                basis=row["outcome_basis"] or None,
                recorded_on=entered,
                exit_recorded_on=exited,
            )
