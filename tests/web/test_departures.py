"""Leaving a programme, from page to page: the checklist, what is filled in, and the closing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import ProposalKind
from caseflow.services import decisions
from caseflow.services.houses import House
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
    """Somebody whose exit was proposed."""
    builders.hire_everybody(house)
    made = world.admitted(days_ago=100)
    world.done(
        decisions.propose_exit(
            cast.AMINA.actor(),
            made,
            Outcome.VOLUNTARY_RETURN,
            None,
            clock.today(),
            None,
            clock.now(),
        )
    )
    return made


def english(client_as: ClientAs, colleague: cast.Colleague):  # type: ignore[no-untyped-def]
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def line(text: str, what: str) -> str:
    """One line of the checklist, up to the next."""
    return text.split(f'id="leaving-{what}"')[1].split('id="')[0]


def test_the_checklist_is_gone_through_and_the_case_closed(
    client_as: ClientAs, case_id: str
) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    page = amina.get(f"/cases/{case_id}").text
    assert "still open" in line(page, "papers")
    assert "leaving/next-address" not in page
    assert post(amina, f"/cases/{case_id}/leaving/papers/done").status_code == 303
    assert "still open" not in line(amina.get(f"/cases/{case_id}").text, "papers")
    world.decide(case_id, ProposalKind.EXIT)
    page = amina.get(f"/cases/{case_id}").text
    assert "Offer a copy of the file" in page.split('id="tasks"')[1]
    filled = post(amina, f"/cases/{case_id}/leaving/next-address", destination="abroad")
    assert filled.status_code == 303
    assert "still open" not in line(amina.get(f"/cases/{case_id}").text, "next-address")
    closing = lena.get(f"/cases/{case_id}/closing")
    parse_page(closing.text)
    assert "A copy of the file was offered" in closing.text
    assert "Papers are back" not in closing.text
    assert "reminds nobody to ask again from 22 May 2027 and 22 November 2027" in closing.text
    assert post(lena, f"/cases/{case_id}/closing").status_code == 303
    assert 'id="checklist"' not in lena.get(f"/cases/{case_id}").text


def test_who_has_not_left_cannot_be_closed_by_hand_and_the_reason_is_said(
    client_as: ClientAs, house: House
) -> None:
    builders.hire_everybody(house)
    case = world.admitted(days_ago=100)
    lena = english(client_as, cast.LENA)

    answer = post(lena, f"/cases/{case}/closing")

    assert answer.status_code == 409, "nobody's checklist has a day to ask again yet"
    parse_page(answer.text)


def test_nothing_else_is_ticked_and_nothing_filled_in_that_is_no_kind(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    for what in ("bed", "nothing"):
        assert post(amina, f"/cases/{case_id}/leaving/{what}/done").status_code == 404
    world.decide(case_id, ProposalKind.EXIT)
    wrong = post(amina, f"/cases/{case_id}/leaving/next-address", destination="Main Street 1")
    assert wrong.status_code == 422
    empty = post(amina, f"/cases/{case_id}/leaving/next-address")
    assert "Destination not known” is an answer too" in empty.text
