"""What the pages of those who run a programme cost among 100,000 cases: questions to the stores, and time.

Run: .venv/bin/python -m benchmarks.management [--json] [--cases N]. Figures stand in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.caseload import opened_house
from caseflow.domain.actors import Role
from caseflow.services import (
    gap_lists,
    internal_curves,
    internal_figures,
    kept_tallies,
    programme_overviews,
)
from caseflow.services.caseload_views import Show
from caseflow.services.houses import House
from caseflow.storage.engines import writing
from caseflow.storage.models.facts import Exit, Proposal, StartDate
from tests import builders, cast
from tests.caseload_worlds import _id, counted, lay_down
from tests.cast import Colleague

AMONG: Final = 100_000
OPEN: Final = 1_500
IN_ONE_GO: Final = 5_000
LVV: Final = "waterstad-lvv"
MIRA: Final = Colleague("mira", "de-haven", None, (Role.PROGRAMME_MANAGER,), None, (LVV,))
OUTCOMES: Final = (
    ("residence_permit", None), ("voluntary_return", None), ("national_reception", "medical_deferral"),
    ("left_destination_unknown", None), ("other", None), ("unknown", None),
)  # fmt: skip


def measure(among: int = AMONG) -> dict[str, tuple[int, float]]:
    """Questions and milliseconds of the processor: 1,500 people are in, all others have left over ten years."""
    with opened_house() as house:
        builders.hire(house, *cast.EVERYBODY, MIRA)
        lay_down(house, 200)
        lay_down(house, OPEN - 200, first=200, team="haven-west", member="sara", plain=True)
        rest = among - OPEN
        lay_down(
            house, rest, first=OPEN, team="haven-west", stage="closed", member=None, plain=True
        )
        _entered(house, among)
        _left(house, range(OPEN, among))
        lena, mira = cast.LENA.actor(), MIRA.actor()
        today, now = date(2026, 11, 22), cast.NOW
        pages: dict[str, Callable[[], object]] = {
            "figures on one day": lambda: internal_figures.on_a_day(mira, LVV, today, now),
            "figures over quarters": lambda: internal_figures.over_quarters(mira, LVV, now),
            "time to solution": lambda: internal_curves.curve(mira, LVV, today, now, str),
            "data quality": lambda: programme_overviews.of_programme(mira, LVV, now),
            "workload by team": lambda: programme_overviews.workload(mira, LVV, now),
            "to complete, of a team": lambda: gap_lists.gaps(lena, now, show=Show.TEAM),
            "to complete, of oneself": lambda: gap_lists.gaps(cast.AMINA.actor(), now),
        }
        return {name: _cost(house, page) for name, page in pages.items()}


def _cost(house: House, page: Callable[[], object]) -> tuple[int, float]:
    """Of the second look, with nothing counted before: the first one puts statements together."""
    page()
    kept_tallies._kept.clear()
    with counted(house) as asked:
        began = time.process_time()
        page()
        took = time.process_time() - began
    return len(asked), round(took * 1000)


def _facts(house: House, model: type[Any], rows: list[dict[str, Any]]) -> None:
    with Session(writing(house.stores.casework), info={"writes": True}) as session:
        for first in range(0, len(rows), IN_ONE_GO):
            session.execute(insert(model), rows[first : first + IN_ONE_GO])
        session.commit()


def _fact(number: int, kind: int, on: date) -> dict[str, Any]:
    """A fact that was recorded on its day."""
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return {
        "id": _id(number, kind), "case_id": _id(number), "recorded_at": at, "recorded_by": "tess",
        "change_id": "laid-down",
    }  # fmt: skip


def _entered(house: House, count: int) -> None:
    first = date(2016, 1, 4)
    days = [first + timedelta(days=n % 3_300) for n in range(count)]
    rows = [_fact(n, 11, on) | {"kind": "admission", "event_on": on} for n, on in enumerate(days)]
    _facts(house, StartDate, rows)


def _left(house: House, numbers: range) -> None:
    proposals, exits = [], []
    for n in numbers:
        outcome, basis = OUTCOMES[n % len(OUTCOMES)]
        on = date(2016, 6, 1) + timedelta(days=n % 3_600)
        told = {"outcome": outcome, "outcome_basis": basis}
        proposals.append(
            _fact(n, 12, on) | told | {"kind": "exit", "state": "approved", "event_on": on}
        )
        exits.append(_fact(n, 13, on) | told | {"exited_on": on, "proposal_id": _id(n, 12)})
    _facts(house, Proposal, proposals)
    _facts(house, Exit, exits)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--cases", type=int, default=AMONG, help="cases in the store")
    asked = parser.parse_args()
    found = measure(asked.cases)
    if asked.json:
        told = {name: {"questions": q, "milliseconds": ms} for name, (q, ms) in found.items()}
        print(json.dumps({"cases in the store": asked.cases, **told}, indent=1))
        return
    for name, (questions, milliseconds) in found.items():
        print(f"{name}: {questions:,} questions, {milliseconds:,.0f} ms")


if __name__ == "__main__":
    main()
