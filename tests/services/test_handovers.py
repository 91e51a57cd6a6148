"""Handovers that wait for whoever is on the case, until they say that they read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.redaction import HIDDEN, Hidden
from caseflow.services import caseloads, handovers, intake, workloads
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.caseloads import Show
from caseflow.services.gatekeeping import NotKnown, VaultSealed
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.bases import new_id
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

AMINA, BRAM, LENA = cast.AMINA.actor(), cast.BRAM.actor(), cast.LENA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """A case of Amina and Bram, in which Bram left a handover and then another."""
    builders.hire_everybody(house)
    made = world.assigned("amina", "bram")
    world.wrote(
        house,
        made,
        ("handover", "First."),
        ("visit", "A visit."),
        ("handover", "Second."),
        by="bram",
    )
    return made


def waiting(colleague: Colleague, show: Show = Show.EVERYONE) -> list[int | Hidden | Sealed]:
    listed = caseloads.caseload(colleague.actor(), clock.now(), show=show)
    return [row.unread_handovers for row in listed.rows]


def test_a_handover_waits_for_the_colleagues_on_the_case_and_not_for_its_author(
    case_id: str,
) -> None:
    assert (waiting(cast.AMINA), waiting(cast.BRAM)) == ([2], [0])
    assert waiting(cast.LENA) == [HIDDEN], "a lead reads notes once the file is open"
    assert waiting(cast.TESS) == [HIDDEN]


def test_reading_is_said_and_counts_for_one_reader(house: House, case_id: str) -> None:
    told = handovers.waiting(AMINA, case_id, clock.now())
    assert told is not None
    assert told.number == 2
    world.wrote(
        house, case_id, ("handover", "Third."), by="bram", at=cast.NOW + timedelta(minutes=1)
    )
    later = clock.now() + timedelta(minutes=2)
    world.done(handovers.mark_read(AMINA, case_id, told.newest, later))
    assert waiting(cast.AMINA) == [1], "what came in meanwhile still waits"
    assert isinstance(handovers.mark_read(AMINA, case_id, told.newest, later), Refused)
    world.done(intake.assign(LENA, case_id, ("amina", "bram", "sara"), clock.now()))
    assert waiting(cast.SARA, Show.MINE) == [3]
    wanted = Wanted(events=frozenset({"handover_read"}))
    [done, _] = audit_readings.page(house.stores, wanted, most=2)
    assert done.details == {"note": told.newest}


def test_the_note_of_a_bulk_handover_waits_for_who_takes_the_case(house: House) -> None:
    builders.hire_everybody(house)
    made = world.assigned("amina")
    assert (
        workloads.hand_over(LENA, "amina", "bram", [made], "Ask about Thursday.", clock.now()) == 1
    )
    assert waiting(cast.BRAM, Show.MINE) == [1]


def test_an_old_handover_waits_no_more(house: House) -> None:
    builders.hire_everybody(house)
    made = world.assigned("amina")
    world.wrote(house, made, ("handover", "Old."), by="bram", at=cast.NOW - timedelta(days=61))
    assert waiting(cast.AMINA) == [0]


def test_nobody_else_can_say_so_and_nothing_else_can_be_read(house: House, case_id: str) -> None:
    told = handovers.waiting(AMINA, case_id, clock.now())
    assert told is not None
    other = world.assigned("amina")
    for colleague, case, note in (
        (cast.LENA, case_id, told.newest), (cast.YUSUF, case_id, told.newest), (cast.KOFI, case_id, told.newest),
        (cast.TESS, case_id, told.newest), (cast.AMINA, other, told.newest), (cast.AMINA, case_id, new_id()),
        (cast.BRAM, case_id, told.newest),
    ):  # fmt: skip
        with pytest.raises(NotKnown):
            handovers.mark_read(colleague.actor(), case, note, clock.now())
    assert handovers.waiting(LENA, case_id, clock.now()) is None
    assert waiting(cast.AMINA, Show.MINE) == [2, 0] or waiting(cast.AMINA, Show.MINE) == [0, 2]


def test_a_sealed_vault_is_told_apart_from_nothing_to_read(house: House, case_id: str) -> None:
    told = handovers.waiting(AMINA, case_id, clock.now())
    house.stores.forget_vaults()
    assert waiting(cast.AMINA) == [SEALED]
    assert caseloads.caseload(AMINA, clock.now()).handovers_are_sealed
    assert handovers.waiting(AMINA, case_id, clock.now()) is None
    with pytest.raises(VaultSealed):
        handovers.mark_read(AMINA, case_id, told.newest, clock.now())  # type: ignore[union-attr]
