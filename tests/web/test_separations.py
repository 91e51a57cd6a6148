"""The page on which a team lead keeps two people apart, and what the pages of the one never show of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow import clock
from caseflow.services import casework, intake
from caseflow.services.houses import House
from caseflow.storage import separations
from caseflow.storage.models.accounts import RoleGrant
from caseflow.storage.models.cases import Case, Client, Separation
from caseflow.storage.models.shelter import Placement
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

TOKEN = re.compile(r'(name="csrf[-_]token"[^>]*(?:content|value)=")[^"]*')


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def both(house: House) -> tuple[str, str]:
    """Two of one household, at two teams; Bram works on the case team of the one, and at a site."""
    builders.hire_everybody(house)
    one, other = world.admitted(days_ago=10), world.registered(days_ago=20)
    world.done(intake.assign(cast.LENA.actor(), one, ("amina", "bram"), clock.now()))
    with builders.casework(house) as session:
        case = session.get_one(Case, other)
        case.team_id = "haven-west"
        session.get_one(Client, case.client_code).call_name = "Amber"
        codes = [session.get_one(Case, each).client_code for each in (one, other)]
    builders.family(house, *codes)
    for site in ("havenhuis", "kade"):
        builders.open_site(house, site, beds=2)
    with builders.casework(house) as session:
        session.add(
            RoleGrant(
                user_id="bram", role="residential_worker", site_id="havenhuis", granted_by="system",
                seconded_by="system", granted_at=cast.NOW,
            )
        )  # fmt: skip
        session.add(
            RoleGrant(
                user_id="nadia", role="night_worker", site_id="havenhuis", granted_by="system",
                seconded_by="system", granted_at=cast.NOW,
            )
        )  # fmt: skip
    return one, other


def code(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def separated(house: House, one: str, other: str) -> None:
    mine, theirs = code(house, one), code(house, other)
    with builders.casework(house) as session:
        session.add(
            Separation(
                client_code=mine, other_code=theirs, from_on=clock.today(), recorded_by="mo",
                recorded_at=cast.NOW, change_id="test",
            )
        )  # fmt: skip


def sleeps_only(house: House, case_id: str, site: str | None) -> None:
    with builders.casework(house) as session:
        session.query(Placement).filter_by(case_id=case_id).delete()
    if site is not None:
        world.sleeps(house, case_id, f"{site}-room-1-bed-1", days_ago=3)


def body(client: FlaskClient, page: str) -> tuple[int, str]:
    answer = client.get(page)
    return answer.status_code, TOKEN.sub(r"\1", answer.text)


def english(client: FlaskClient) -> FlaskClient:
    post(client, "/language", language="en")
    return client


def test_two_people_are_kept_apart_and_together_again_through_the_page(
    house: House, client_as: ClientAs, both: tuple[str, str]
) -> None:
    one, other = both
    with builders.casework(house) as session:
        session.get_one(Case, other).team_id = "haven-east"
    lena, case, page = english(client_as(cast.LENA)), f"/cases/{one}", f"/cases/{one}/separations"
    assert page in lena.get(case).text
    assert "Amber" in lena.get(case).text
    parse_page(lena.get(page).text)
    assert post(lena, page, other="").status_code == 422  # type: ignore[attr-defined]
    unknown = post(lena, page, other="K7QM-4XPD", from_on="22-11-2026")
    assert (unknown.status_code, "You know no other client" in unknown.text) == (409, True)  # type: ignore[attr-defined]
    done = post(lena, page, other=code(house, other).lower(), from_on="22-11-2026")
    assert done.status_code == 303  # type: ignore[attr-defined]
    shown = lena.get(case).text
    parse_page(shown)
    assert "Kept apart for safety" in shown
    assert "Amber" not in shown
    assert "Blue" not in lena.get(f"/cases/{other}").text
    [end] = re.findall(r'href="([^"]+/end)"', shown)
    parse_page(lena.get(end).text)
    assert post(lena, end, last_day="1-1-2026").status_code == 409  # type: ignore[attr-defined]
    assert post(lena, end, last_day="21-11-2026").status_code == 303  # type: ignore[attr-defined]
    assert "Amber" in lena.get(case).text
    assert lena.get(end).status_code == 404


def test_nobody_else_has_the_page(client_as: ClientAs, both: tuple[str, str]) -> None:
    page = f"/cases/{both[0]}/separations"
    for colleague in (cast.AMINA, cast.BRAM, cast.MO, cast.KOFI, cast.NOOR):
        assert client_as(colleague).get(page).status_code == 404, colleague
        assert post(client_as(colleague), page, other="K7QM-4XPD").status_code == 404  # type: ignore[attr-defined]


def test_a_site_that_cannot_be_used_is_not_offered_and_a_stale_page_is_refused(
    house: House, client_as: ClientAs, both: tuple[str, str]
) -> None:
    one, other = both
    separated(house, one, other)
    kofi, page = english(client_as(cast.KOFI)), f"/cases/{one}/placements/new"
    assert "Havenhuis" in kofi.get(page).text
    sleeps_only(house, other, "havenhuis")
    shown = kofi.get(page).text
    parse_page(shown)
    assert ("Havenhuis" in shown, "Kade" in shown, "Amber" in shown) == (False, True, False)
    stale = post(kofi, page, arrival="22-11-2026", bed="havenhuis-room-1-bed-2")
    assert (stale.status_code, "This site cannot be used" in stale.text) == (409, True)  # type: ignore[attr-defined]
    taken = post(kofi, page, arrival="22-11-2026", bed="havenhuis-room-1-bed-1")
    assert ("is taken" in taken.text, "Amber" in taken.text) == (False, False)  # type: ignore[attr-defined]


READERS = (cast.AMINA, cast.BRAM, cast.LENA, cast.KOFI, cast.TESS, cast.NIGHT)
SITES = (None, "havenhuis", "kade")


def test_the_page_of_one_is_the_same_wherever_the_other_is(
    house: House, client_as: ClientAs, both: tuple[str, str]
) -> None:
    one, other = both
    separated(house, one, other)
    world.done(intake.assign(cast.MO.actor(), other, ("sara",), clock.now()))
    clients = {reader.id: client_as(reader) for reader in READERS}

    @settings(
        max_examples=12, deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )  # fmt: skip
    @given(
        reader=st.sampled_from(READERS), own=st.sampled_from(SITES), there=st.sampled_from(SITES),
        reached=st.booleans(),
    )  # fmt: skip
    def same(reader: Colleague, own: str | None, there: str | None, reached: bool) -> None:
        sleeps_only(house, other, None)
        sleeps_only(house, one, None)
        if own:
            world.sleeps(house, one, f"{own}-room-1-bed-2", days_ago=2)
        page, client = f"/cases/{one}", clients[reader.id]
        before = body(client, page)
        sleeps_only(house, other, there)
        if reached:
            casework.record_contact_line(
                cast.SARA.actor(), other, "06 1234", "Amber's aunt", None, clock.now()
            )
        assert body(client, page) == before

    same()


def test_that_proof_finds_a_page_that_forgets_the_mark(
    house: House,
    client_as: ClientAs,
    both: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = both
    separated(house, one, other)
    bram, page = client_as(cast.BRAM), f"/cases/{one}"
    monkeypatch.setattr(separations, "codes_apart", lambda *_: frozenset())
    without = body(bram, page)
    sleeps_only(house, other, "havenhuis")
    assert body(bram, page) != without
