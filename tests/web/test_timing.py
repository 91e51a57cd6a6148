"""How long a refusal takes does not say whether there was something to refuse (rule FW11)."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from caseflow import clock
from caseflow.services import gatekeeping, sessions
from caseflow.services.houses import House
from caseflow.storage.models.bases import new_id
from tests import builders, cast
from tests import case_worlds as world

READERS = (cast.YUSUF, cast.SARA)
"""A caseworker of another organisation, and one of another team."""


def area_under_the_curve(one: Sequence[float], other: Sequence[float]) -> float:
    """How well a reader who only compares times would sort these: 0.5 is guessing (Mann-Whitney U)."""
    wins = sum((a < b) + 0.5 * (a == b) for a in one for b in other)
    return wins / (len(one) * len(other))


class Stopwatch:
    """One reader at a real server, over one connection that is kept."""

    def __init__(self, connection: HTTPConnection, colleague: cast.Colleague) -> None:
        self._connection = connection
        token = sessions.begin(colleague.id, clock.now()).token
        self._headers = {"Cookie": f"sid={token}"}

    def time(self, path: str) -> float:
        begun = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        taken = time.perf_counter() - begun
        assert answer.status == 404
        return taken

    def area(self, case_id: str, samples: int, dice: random.Random) -> float:
        """Forbidden and absent by turns, which of them first by chance each time."""
        times: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(samples + 10):
            turns = [True, False]
            dice.shuffle(turns)
            for exists in turns:
                times[exists].append(self.time(f"/cases/{case_id if exists else new_id()}"))
        return area_under_the_curve(times[True][10:], times[False][10:])


def measured(site: str, colleague: cast.Colleague, case_id: str, samples: int) -> float:
    """The area for one reader at this server."""
    with closing(HTTPConnection(urlsplit(site).netloc, timeout=30)) as connection:
        return Stopwatch(connection, colleague).area(case_id, samples, random.Random(samples))


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    [bed, *_] = builders.open_site(house)
    made = world.with_words(world.admitted(days_ago=10))
    world.sleeps(house, made, bed, days_ago=5)
    return made


def test_a_sorter_knows_the_slower_half() -> None:
    assert area_under_the_curve([1, 2, 3], [4, 5, 6]) == 1
    assert area_under_the_curve([1, 4, 2, 3], [1, 4, 2, 3]) == 0.5


def test_forbidden_takes_as_long_as_absent(live_server: str, case_id: str) -> None:
    areas = [measured(live_server, cast.YUSUF, case_id, 120)]
    if not 0.38 <= areas[-1] <= 0.62:
        areas.append(measured(live_server, cast.YUSUF, case_id, 121))
    assert 0.38 <= areas[-1] <= 0.62, areas


@pytest.mark.full
@pytest.mark.timeout(600)
@pytest.mark.parametrize("colleague", READERS, ids=lambda one: one.id)
def test_five_hundred_refusals_do_not_tell_forbidden_from_absent(
    live_server: str, case_id: str, colleague: cast.Colleague
) -> None:
    """One repeat is allowed: by chance alone one in two hundred falls outside."""
    areas = [measured(live_server, colleague, case_id, 500)]
    if not 0.45 <= areas[-1] <= 0.55:
        areas.append(measured(live_server, colleague, case_id, 501))
    print(f"{colleague.id}: area under the curve {areas}")  # noqa: T201 - for the measurements
    assert 0.45 <= areas[-1] <= 0.55, areas


def test_a_refusal_that_works_longer_for_what_exists_is_found(
    live_server: str, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: a look at the store that is made for a case that exists alone."""
    denied = gatekeeping.denied

    def careful(*said: object) -> Exception:
        if case_id in said:
            time.sleep(0.03)
        return denied(*said)  # type: ignore[arg-type]

    monkeypatch.setattr(gatekeeping, "denied", careful)
    area = measured(live_server, cast.YUSUF, case_id, 40)
    assert not 0.38 <= area <= 0.62, area
