"""What opening a caseload costs: 200 open cases and 20, among 100,000; questions to the stores, and time.

Run: .venv/bin/python -m benchmarks.caseload [--json] [--cases N]. Figures stand in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.storage import milliseconds, opened, template
from caseflow import settings as all_settings
from caseflow.domain.catalogues import Catalogue
from caseflow.services import caseloads, houses
from caseflow.services.caseloads import Show
from caseflow.services.houses import House
from tests import builders, cast
from tests.caseload_worlds import counted, lay_down

LARGE: Final = 200
SMALL: Final = 20
AMONG: Final = 100_000
TIMES: Final = 10


@dataclass(frozen=True)
class Opened:
    """What one caseload cost: rows on its first page, questions asked, and processor time."""

    cases: int
    questions: int
    milliseconds: float


def measure(among: int = AMONG) -> dict[str, Opened]:
    """The caseload of Amina (200 open cases) and that of Sara (20), in one store of so many cases."""
    with opened_house() as house:
        builders.hire_everybody(house)
        lay_down(house, LARGE)
        lay_down(house, SMALL, first=LARGE, team="haven-west", member="sara")
        rest = among - LARGE - SMALL
        open_ones = rest // 4
        lay_down(
            house, open_ones, first=LARGE + SMALL, team="kompas-one", member="yusuf", plain=True
        )
        first = LARGE + SMALL + open_ones
        lay_down(house, rest - open_ones, first=first, stage="closed", member=None, plain=True)
        return {"large": _opened(house, cast.AMINA), "small": _opened(house, cast.SARA)}


def _opened(house: House, colleague: cast.Colleague) -> Opened:
    def look() -> caseloads.CaseloadPage:
        return caseloads.caseload(colleague.actor(), cast.NOW, show=Show.MINE)

    with counted(house) as asked:
        page = look()
    mine = dict(page.counts)[Show.MINE]
    return Opened(mine or 0, len(asked), milliseconds(TIMES, look)[2])


@contextmanager
def opened_house() -> Iterator[House]:
    """A house in a folder that goes when the block ends."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "instance"
        folder.mkdir()
        key = template(folder)
        demo = all_settings.SHIPPED_CONFIG / "demo"
        shutil.copytree(demo, folder / "config", dirs_exist_ok=True)
        settings, stores = all_settings.load(folder, {}), opened(folder, key)
        configured = houses.configured(settings)[1:]
        house = House(
            settings, stores, Catalogue.load(all_settings.SHIPPED_CONFIG, demo), *configured
        )
        with houses.inside(house):
            yield house
        stores.close()


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--cases", type=int, default=AMONG, help="cases in the store")
    asked = parser.parse_args()
    found = measure(asked.cases)
    figures = {
        "cases in the store": asked.cases,
        **{f"questions for {one.cases} open cases": one.questions for one in found.values()},
        **{f"milliseconds for {one.cases} open cases": one.milliseconds for one in found.values()},
        "times as long": round(found["large"].milliseconds / found["small"].milliseconds, 1),
    }
    if asked.json:
        print(json.dumps(figures, indent=1))
        return
    for name, value in figures.items():
        print(f"{name}: {value:,}")


if __name__ == "__main__":
    main()
