"""Many colleagues at once on the same beds, in threads and in processes, through the services (rule B3)."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from caseflow import settings as all_settings
from caseflow.domain.catalogues import Catalogue
from caseflow.domain.decisions import Refused
from caseflow.domain.placements import Cancellation, StayEnd
from caseflow.services import houses, placements, planned_nights, swaps
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.interruptions import StoreBusy
from caseflow.storage.keyring import Keyring
from caseflow.storage.models.shelter import Placement
from caseflow.storage.stores import Stores
from tests import cast
from tests.conftest import CHEAP
from tests.services.bed_machines import night_by_night, overlap, rows_of
from tests.services.placing import KOFI, TODAY, YESTERDAY, person, place, staffed

pytestmark = pytest.mark.timeout(600)
BEDS, PEOPLE = 4, 6
Told = Counter[str]
"""How often each stay was changed, by its id, as whoever changed it was told."""


def rows() -> list[dict[str, Any]]:
    with houses.current().stores.reading() as session:
        return rows_of(session, Placement)


def one_act(chance: random.Random, people: list[str], beds: list[str], told: Told) -> None:
    """Something that a coordinator does with what they see at that moment."""
    seen = [row for row in rows() if row["status"] == "begun"]
    stay = chance.choice(seen) if seen else None
    bed, now = chance.choice(beds), cast.NOW
    kind = chance.choice(["place", "place", "move", "plan", "end", "cancel", "swap"])
    if kind == "place" or stay is None:
        day = chance.choice([YESTERDAY, TODAY])
        placements.allocate(KOFI, chance.choice(people), bed, day, None, now)
        return
    key, version = stay["id"], stay["version"]
    touched = [key]
    match kind:
        case "move":
            answer: object = placements.move(KOFI, key, bed, TODAY, None, now, version=version)
        case "plan":
            day = TODAY + timedelta(days=chance.randint(1, 60))
            answer = planned_nights.plan_departure(KOFI, key, day, now, version=version)
        case "end":
            answer = placements.end(KOFI, key, TODAY, StayEnd.OTHER, now, version=version)
        case "cancel":
            why = Cancellation.MISTAKE
            answer = placements.cancel(KOFI, key, why, now, version=version)
        case _:
            other = chance.choice(seen)
            seen_as = version, other["version"]
            touched.append(other["id"])
            answer = swaps.swap(KOFI, key, other["id"], TODAY, now, versions=seen_as)
    if not isinstance(answer, Refused):
        told.update(touched)


def acts(seed: int, times: int, people: list[str], beds: list[str]) -> Told:
    """One colleague: acts one after another. What is no longer there is not known, and that is all.

    A store that is asked by more than it can serve in its patience says that it is busy, having done nothing.
    """
    chance, told = random.Random(seed), Told()
    for _ in range(times):
        try:
            one_act(chance, people, beds, told)
        except NotKnown:
            continue
        except StoreBusy as busy:
            if "locked" not in str(busy.orig):
                raise
    return told


def in_threads(first: int, threads: int, times: int, people: list[str], beds: list[str]) -> Told:
    with ThreadPoolExecutor(threads) as pool:
        at_once = [pool.submit(acts, first + n, times, people, beds) for n in range(threads)]
        return sum((one.result() for one in at_once), Told())


def _process(folder: Path, catalogue: Catalogue, more: Any, given: Any, answers: Any) -> None:
    """A process with stores of its own over the same folder."""
    keyring = Keyring.read(folder / "keyring.json", CHEAP)
    stores = Stores.open(folder, keyring, keyring.open_operations(cast.OPERATIONS_PASSPHRASE))
    with houses.inside(House(all_settings.load(folder), stores, catalogue, *more)):
        answers.put(in_threads(*given))
    stores.close()


def raced(
    house: House, catalogue: Catalogue, more: Any, processes: int, threads: int, times: int
) -> Told:
    """Runs so many processes of so many threads over a house; answers what they were told."""
    beds = staffed(house, beds=BEDS)
    people = [person(f"P{n}") for n in range(PEOPLE)]
    for case, bed in zip(people[:3], beds, strict=False):
        place(case, bed, YESTERDAY)
    forking = multiprocessing.get_context("fork")
    answers = forking.Queue()
    runners = [
        forking.Process(
            target=_process,
            args=(house.settings.instance, catalogue, more, (n * 100, threads, times, people, beds), answers),
        )
        for n in range(processes)
    ]  # fmt: skip
    for runner in runners:
        runner.start()
    told = sum((answers.get(timeout=500) for _ in runners), Told())
    for runner in runners:
        runner.join(timeout=60)
        assert runner.exitcode == 0, "every process came to its end"
    return told


def nothing_went_wrong(told: Told) -> None:
    """Nobody shares a bed or has two, and every change that was told about is there: none was written over."""
    every = rows()
    for one, other in combinations(every, 2):
        if one["bed_id"] == other["bed_id"] or one["client_code"] == other["client_code"]:
            nights = [night_by_night(row, cast.NOW, TODAY) for row in (one, other)]
            assert not overlap(*nights), (one, other)
    assert {row["id"]: row["version"] - 1 for row in every if row["version"] > 1} == dict(told)
    assert told, "some of it was done"


def test_b03_processes_and_threads_at_once_lose_nothing(
    sealed_house: House, catalogue: Catalogue, figures_rules: Any
) -> None:
    told = raced(sealed_house, catalogue, figures_rules, processes=2, threads=4, times=4)
    nothing_went_wrong(told)


@pytest.mark.full
def test_b03_fifty_threads_in_four_processes_race_on_the_same_beds(
    sealed_house: House, catalogue: Catalogue, figures_rules: Any
) -> None:
    told = raced(sealed_house, catalogue, figures_rules, processes=4, threads=13, times=5)
    nothing_went_wrong(told)
