"""An act that cannot be done today says why, also to whoever opens its address: no form that would be refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.services.case_views import Step
from caseflow.services.houses import House
from caseflow.web.act_pages import ActPage
from caseflow.web.views import absences, casework, episodes, placements, proposals, stays, waiting
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """Somebody in guidance since ten days, who sleeps somewhere."""
    builders.hire_everybody(house)
    made = world.admitted(days_ago=10)
    world.sleeps(house, made, builders.open_site(house)[0], days_ago=5)
    return made


REFUSED = [
    ("proposals/admission", "amina", "This person was admitted on"),
    ("proposals/extension", "amina", "once it comes near"),
    ("waiting-list", "amina", "cannot follow"),
    ("withdrawal", "amina", "cannot follow"),
    ("consultation", "amina", "admits people first"),
    ("guidance", "amina", "already began"),
    ("closing", "lena", "cannot follow"),
    ("follow-ups/new", "amina", "There is no exit yet"),
    ("allowance/end", "amina", "No living allowance runs"),
    ("continuations/end", "amina", "No court or objection continues"),
    ("earlier-nights", "lena", "nothing to decide"),
    ("absences/end", "amina", "No absence runs"),
    ("placements/new", "kofi", "already"),
]


@pytest.mark.parametrize(("address", "who", "why"), REFUSED, ids=[one[0] for one in REFUSED])
def test_the_address_of_a_refused_act_says_why_and_shows_no_form(
    client_as: ClientAs, case_id: str, address: str, who: str, why: str
) -> None:
    client = client_as({one.id: one for one in cast.EVERYBODY}[who])
    post(client, "/language", language="en")
    answer = client.get(f"/cases/{case_id}/{address}")
    assert answer.status_code == 200
    parse_page(answer.text)
    assert "This cannot be done now" in answer.text
    assert why in answer.text
    assert not re.search(r'<form[^>]*class="cf-form"', answer.text)


def test_a_form_that_can_be_sent_is_there(client_as: ClientAs, case_id: str) -> None:
    amina = client_as(cast.AMINA)
    for address in ("proposals/exit", "allowance/new", "absences/new", "scenario"):
        assert 'class="cf-form"' in amina.get(f"/cases/{case_id}/{address}").text, address


def test_every_act_whose_button_asks_a_rule_asks_it_on_its_own_page_too() -> None:
    pages = [
        page
        for view in (absences, casework, episodes, placements, proposals, stays, waiting)
        for page in vars(view).values()
        if isinstance(page, ActPage)
    ]
    asked = {page.asks for page in pages if page.asks is not None}
    assert set(Step) <= asked
    shared = {Permission.SCREENING_RECORD, Permission.FOLLOW_UP_RECORD}
    assert shared < asked
