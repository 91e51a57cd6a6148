"""The notes on the page of a case, when there are more than one page holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.services.houses import House
from caseflow.services.vault_readings import NOTES_SHOWN
from tests import builders, cast
from tests import case_worlds as world
from tests.serving import ClientAs


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


def test_a_page_of_notes_leads_to_the_older_ones_and_each_look_is_told(
    house: House, client_as: ClientAs
) -> None:
    builders.hire_everybody(house)
    case_id = world.admitted(days_ago=10)
    world.wrote(house, case_id, *(("contact", f"Note {n}.") for n in range(NOTES_SHOWN + 5)))
    amina = client_as(cast.AMINA)
    first = amina.get(f"/cases/{case_id}").text
    assert f"/cases/{case_id}?notes=2#notes" in first
    assert f"Note {NOTES_SHOWN + 4}." in first
    assert "Note 4." not in first
    before = looks(house)
    second = amina.get(f"/cases/{case_id}?notes=2").text
    assert "Note 4." in second
    assert "?notes=3" not in second
    assert looks(house) == before + 1


def looks(house: House) -> int:
    with house.stores.audit.connect() as log:
        rows = log.exec_driver_sql("SELECT event FROM entries").scalars().all()
    return rows.count("case_opened")
