"""What the board costs with 500 beds: questions to the store, and time against a board of 50 and the page of tonight.

Run: .venv/bin/python -m benchmarks.board [--json] [--cases N]. Figures stand in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.caseload import opened_house
from benchmarks.storage import milliseconds
from caseflow.services import boards, tonight
from caseflow.services.houses import House
from caseflow.storage.engines import writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case
from caseflow.storage.models.shelter import Placement
from tests import builders, cast
from tests.caseload_worlds import counted, lay_down

SITES: Final = 10
BEDS_OF_A_SITE: Final = 50
TAKEN_OF_A_HUNDRED: Final = 85
OPEN: Final = 600
AMONG: Final = 100_000
TIMES: Final = 7


@dataclass(frozen=True)
class Looked:
    """What one look cost."""

    questions: int
    milliseconds: float


def measure(among: int = AMONG) -> dict[str, Looked]:
    """The board of 500 beds, of the 50 of one site, and the page of tonight, in one store of so many cases."""
    kofi = cast.KOFI.actor()
    with opened_house() as house:
        builders.hire_everybody(house)
        beds = [
            bed
            for number in range(SITES)
            for bed in builders.open_site(
                house, f"site-{number}", beds=5, rooms=BEDS_OF_A_SITE // 5
            )
        ]
        lay_down(house, OPEN, plain=True, member=None)
        rest = among - OPEN
        lay_down(house, rest, first=OPEN, stage="closed", plain=True, member=None)
        lie_down(house, beds)
        return {
            "board of 500 beds": _looked(house, lambda: boards.board(kofi, cast.NOW)),
            "board of 50 beds": _looked(
                house, lambda: boards.board(kofi, cast.NOW, site_id="site-0")
            ),
            "tonight, 500 beds": _looked(house, lambda: tonight.tonight(kofi, cast.NOW)),
        }


def lie_down(house: House, beds: list[str]) -> None:
    """Somebody on most of the beds, some of them until a day of the coming weeks."""
    with Session(writing(house.stores.casework), info={"writes": True}) as session:
        cases = session.execute(
            select(Case.id, Case.client_code).where(Case.stage == "guidance").limit(len(beds))
        ).all()
        today = cast.NOW.date()
        session.execute(
            insert(Placement),
            [
                {
                    "id": new_id(), "bed_id": bed, "client_code": case.client_code, "case_id": case.id,
                    "status": "begun", "arrival_on": today - timedelta(days=number % 90 + 1),
                    "planned_departure_on": today + timedelta(days=number % 12 + 1) if number % 3 else None,
                    "recorded_by": "kofi", "recorded_at": cast.NOW, "changed_at": cast.NOW,
                    "change_id": "laid-down", "version": 1,
                }
                for number, (bed, case) in enumerate(zip(beds, cases, strict=True))
                if number % 100 < TAKEN_OF_A_HUNDRED
            ],
        )  # fmt: skip
        session.commit()


def _looked(house: House, look: Callable[[], object]) -> Looked:
    with counted(house) as asked:
        look()
    return Looked(len(asked), milliseconds(TIMES, look)[2])


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--cases", type=int, default=AMONG, help="cases in the store")
    asked = parser.parse_args()
    found = measure(asked.cases)
    large, small, tonight_page = found.values()
    figures = {
        "cases in the store": asked.cases,
        **{f"questions, {name}": one.questions for name, one in found.items()},
        **{f"milliseconds, {name}": one.milliseconds for name, one in found.items()},
        "times as long as 50 beds": round(large.milliseconds / small.milliseconds, 1),
        "times as long as tonight": round(large.milliseconds / tonight_page.milliseconds, 2),
    }
    if asked.json:
        print(json.dumps(figures, indent=1))
        return
    for name, value in figures.items():
        print(f"{name}: {value:,}")


if __name__ == "__main__":
    main()
