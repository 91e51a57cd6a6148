"""Names and notes in any script: what is written from right to left, or turned around, turns nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import caseflow
from caseflow import clock
from caseflow.services import casework
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client
from tests import builders, cast
from tests import case_worlds as world
from tests.serving import ClientAs

TURNED = "\u202eeulB"
ARABIC = "جاء أحمد اليوم"
TEMPLATES = Path(caseflow.__file__).parent / "templates"
ALONE_IN_ITS_BLOCK = ("page_heading(case.call_name", "<h1", "form.call_name", "_('Call name'),")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


def forgotten(template: str) -> list[str]:
    """Lines that print a call name among other words without keeping it apart."""
    return [
        line
        for line in template.splitlines()
        if re.search(r"\{\{[^}]*call_name", line)
        and "named(" not in line
        and not any(known in line for known in ALONE_IN_ITS_BLOCK)
    ]


def test_every_template_keeps_a_call_name_apart_from_the_words_around_it() -> None:
    found = {
        str(path.relative_to(TEMPLATES)): lines
        for path in TEMPLATES.rglob("*.html")
        if (lines := forgotten(path.read_text(encoding="utf-8")))
    }
    assert found == {}, "Print it with ui.named(…)."
    assert forgotten("<td>{{ one.call_name }} {{ one.client_code }}</td>")


def test_a_name_that_was_stored_turned_around_leaves_the_code_as_it_is(
    house: House, client_as: ClientAs
) -> None:
    builders.hire_everybody(house)
    case_id = world.assigned(days_ago=10)
    with builders.casework(house) as session:
        code = session.get_one(Case, case_id).client_code
        session.get_one(Client, code).call_name = TURNED
    amina = client_as(cast.AMINA)
    for page in ("/caseload", f"/cases/{case_id}/scenario"):
        assert f"<bdi>{TURNED}</bdi>" in amina.get(page).text, page


def test_a_note_in_arabic_is_shown_from_right_to_left(house: House, client_as: ClientAs) -> None:
    builders.hire_everybody(house)
    case_id = world.assigned(days_ago=10)
    noted = casework.write_note(
        cast.AMINA.actor(), case_id, "visit", clock.today(), ARABIC, clock.now()
    )
    assert noted is None
    amina = client_as(cast.AMINA)
    assert f'dir="auto">{ARABIC}' in amina.get(f"/cases/{case_id}").text
    form = amina.get(f"/cases/{case_id}/notes/new").text
    assert re.search(r'<textarea[^>]*dir="auto"', form)
