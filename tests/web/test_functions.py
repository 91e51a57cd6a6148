"""The pages on which administrators give roles and functions, and what a running session makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.appointments import Appointment
from caseflow.domain.decisions import Allowed
from caseflow.services import appointments
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.parsed_pages import parse_page
from tests.serving import ClientAs, post

ADA = cast.ADA.actor()
NEWCOMER = {
    "username": "rosa",
    "display_name": "Rosa",
    "organisation": "de-haven",
    "role": "function:caseworker_at_intake",
    "team": "haven-east",
}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def test_a_role_that_ends_during_a_session_is_gone_with_the_next_request(
    client_as: ClientAs, case_id: str
) -> None:
    amina, ada = client_as(cast.AMINA), client_as(cast.ADA)
    assert amina.get(f"/cases/{case_id}").status_code == 200
    page = ada.get("/accounts/amina").text
    [end] = re.findall(r'action="(/accounts/amina/roles/[^"]+/end)"', page)
    assert post(ada, end).status_code == 303  # type: ignore[attr-defined]

    assert amina.get(f"/cases/{case_id}").status_code == 404
    assert amina.get("/caseload").status_code == 404


def test_a_role_that_is_given_counts_in_the_session_that_runs(
    client_as: ClientAs, case_id: str
) -> None:
    sara = client_as(cast.SARA)
    assert sara.get("/beds").status_code == 404
    wish = (Appointment(Role.COORDINATOR),)
    assert appointments.grant(ADA, "sara", wish, clock.now()) == Allowed()
    assert sara.get("/beds").status_code == 200


def test_a_colleague_is_invited_to_a_function(client_as: ClientAs) -> None:
    ada = client_as(cast.ADA)
    made = post(ada, "/accounts/new", **NEWCOMER)
    assert made.status_code == 201, made.text  # type: ignore[attr-defined]
    [account] = re.findall(r'href="(/accounts/[\w-]{36})"', made.text)  # type: ignore[attr-defined]
    page = ada.get(account).text
    parse_page(page)
    assert page.count("begeleider die ook de aanmeldingen doet") == 2


def test_a_function_is_given_and_a_strange_union_refused_with_a_sentence(
    client_as: ClientAs,
) -> None:
    ada = client_as(cast.ADA)
    address = "/accounts/kofi/roles/new"
    given = post(ada, address, role="function:caseworker_with_beds", team="haven-east")
    assert given.status_code == 303  # type: ignore[attr-defined]
    refused = post(ada, address, role="health_worker")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "geen goedgekeurde functie" in refused.text  # type: ignore[attr-defined]
    tampered = post(ada, address, role="function:everything")
    assert tampered.status_code == 422  # type: ignore[attr-defined]


def test_an_invitation_offers_teams_and_programmes_of_the_chosen_organisation_by_name(
    client_as: ClientAs,
) -> None:
    ada = client_as(cast.ADA)
    first = ada.get("/accounts/new").text
    parse_page(first)
    assert "/accounts/new?organisation=de-haven" in first
    page = ada.get("/accounts/new?organisation=de-haven").text
    parse_page(page)
    assert "haven-east" in page
    assert "kompas-one" not in page
    assert "Opvang en perspectief Waterstad" in page
    assert "amsterdam" not in page.casefold()
    assert ada.get("/accounts/new?organisation=nobody").status_code == 200
    strange = post(ada, "/accounts/new", **(NEWCOMER | {"organisation": "nobody"}))
    assert strange.status_code == 422  # type: ignore[attr-defined]
    foreign = post(ada, "/accounts/new", **(NEWCOMER | {"team": "kompas-one"}))
    assert foreign.status_code == 422  # type: ignore[attr-defined]


def test_a_form_does_not_call_optional_what_it_needs(client_as: ClientAs, case_id: str) -> None:
    lena = client_as(cast.LENA)
    for address, legend in (("restriction", "Lezers"), ("case-team", "Collega")):
        page = lena.get(f"/cases/{case_id}/{address}").text
        [shown] = re.findall(rf"<legend[^>]*>({legend}.*?)</legend>", page, re.S)
        assert "niet verplicht" not in shown
