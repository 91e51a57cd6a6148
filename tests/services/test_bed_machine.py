"""Beds under random sequences of everything that coordinators, jobs and time do to them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from caseflow import settings as all_settings
from caseflow.domain.catalogues import Catalogue
from caseflow.domain.decisions import Allowed
from caseflow.services import houses
from caseflow.services.houses import House
from caseflow.storage import engines, triggers
from caseflow.storage.keyring import Keyring
from caseflow.storage.stores import Stores, path_of
from tests import cast
from tests.conftest import CHEAP, Template
from tests.services.bed_machines import Beds

pytestmark = pytest.mark.timeout(300)
Fresh = Callable[[], AbstractContextManager[House]]
EVERY_ACT = {
    "place", "hold", "book", "arrive", "move", "swap", "replan", "end", "cancel", "lapse", "out", "back",
}  # fmt: skip


@pytest.fixture
def fresh(
    template: Template, catalogue: Catalogue, figures_rules: tuple[object, ...], tmp_path: Path
) -> Fresh:
    """Makes an empty house for one sequence."""
    numbers = count()

    @contextmanager
    def made() -> Iterator[House]:
        folder = tmp_path / f"house-{next(numbers)}"
        shutil.copytree(template.folder, folder)
        keyring = Keyring.read(folder / "keyring.json", CHEAP)
        keys = keyring.open_operations(cast.OPERATIONS_PASSPHRASE)
        stores = Stores.open(folder, keyring, keys)
        house = House(all_settings.load(folder), stores, catalogue, *figures_rules)  # type: ignore[arg-type]
        with houses.inside(house):
            yield house
        stores.close()
        shutil.rmtree(folder)

    return made


def drive(fresh: Fresh, examples: int, steps: int, *phases: Phase) -> type[Beds]:
    """Runs so many sequences of so many steps; answers the machine with what it counted."""
    machine = type("Driven", (Beds,), {"fresh": staticmethod(fresh), "steps": 0})
    machine.accepted = type(Beds.accepted)()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            phases=phases or tuple(Phase),
        ),
    )
    return machine


def test_whatever_is_done_to_beds_nobody_shares_one_and_every_page_agrees(fresh: Fresh) -> None:
    machine = drive(fresh, examples=5, steps=20)
    assert machine.accepted["place"], "some of it was accepted"


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_ten_thousand_steps_and_every_act_among_them(fresh: Fresh) -> None:
    machine = drive(fresh, examples=260, steps=50)
    sys.stdout.write(f"{machine.steps} steps; accepted: {dict(machine.accepted)}\n")
    assert machine.steps >= 10_000
    assert {act for act, times in machine.accepted.items() if times} == EVERY_ACT


def test_the_machine_finds_a_store_without_its_guard(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted fault: a rule that lets everybody have every bed, over a store that no longer guards."""
    monkeypatch.setattr("caseflow.domain.beds.may_be_slept_on", lambda *_, **__: _yes())
    monkeypatch.setattr("caseflow.domain.placements.may_get_a_bed", lambda *_, **__: _yes())

    @contextmanager
    def unguarded() -> Iterator[House]:
        with fresh() as house:
            drop_guards(house)
            yield house

    with pytest.raises(AssertionError):
        drive(unguarded, 40, 40, Phase.generate)


def _yes() -> Allowed:
    return Allowed()


def drop_guards(house: House) -> None:
    stores = house.stores
    path, key = path_of(stores.instance, "casework"), stores.keys["casework"]
    with closing(engines.connect(path, key, administration=True)) as store:
        for name in triggers.TRIGGERS["casework"]:
            if "one_per" in name:
                store.execute(f"DROP TRIGGER {name}")
