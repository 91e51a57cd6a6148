"""Two coordinators at one stay: the second one reads that it was ended, where nobody else learns that it was there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import ProposalKind
from caseflow.services import decisions
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant, UserAccount
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Placement
from tests import builders, cast
from tests import case_worlds as world
from tests.serving import ClientAs, post
from tests.web.guessed_ids import plain

RIA = replace(cast.KOFI, id="ria")
SENTENCE = "Een collega was je net voor"
END = {"on": "22-11-2026", "reason": "left_programme"}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def stay(house: House) -> str:
    """The stay of somebody who left the programme yesterday, and a second coordinator."""
    builders.hire_everybody(house)
    case_id = world.admitted(days_ago=20)
    world.sleeps(house, case_id, builders.open_site(house)[0], days_ago=10)
    left, amina = clock.today() - timedelta(days=1), cast.AMINA.actor()
    world.done(
        decisions.propose_exit(
            amina, case_id, Outcome.VOLUNTARY_RETURN, None, left, None, clock.now()
        )
    )
    world.decide(case_id, ProposalKind.EXIT)
    with builders.casework(house) as session:
        session.add(
            UserAccount(
                id="ria", organisation="de-haven", username="ria", display_name="Ria",
                status="active", created_at=cast.NOW,
            )
        )  # fmt: skip
        session.flush()
        session.add(
            RoleGrant(
                user_id="ria", role="coordinator", granted_by="system", seconded_by="system",
                granted_at=cast.NOW,
            )
        )  # fmt: skip
        return session.query(Placement).one().id


def ended(kofi: FlaskClient, stay: str) -> None:
    assert post(kofi, f"/placements/{stay}/end", **END).status_code == 303  # type: ignore[attr-defined]


def test_the_second_coordinator_reads_that_a_colleague_ended_it(
    client_as: ClientAs, stay: str
) -> None:
    kofi, ria = client_as(cast.KOFI), client_as(RIA)
    assert ria.get(f"/placements/{stay}/end").status_code == 200
    ended(kofi, stay)
    looked = ria.get(f"/placements/{stay}/end")
    assert (looked.status_code, looked.location) == (303, "/beds")
    assert SENTENCE in ria.get("/beds").text
    sent = post(ria, f"/placements/{stay}/end", **END)
    assert (sent.status_code, sent.location) == (303, "/beds")  # type: ignore[attr-defined]
    assert SENTENCE in ria.get("/beds").text


def test_for_others_the_stay_is_as_absent_as_one_that_never_was(
    house: House, client_as: ClientAs, stay: str
) -> None:
    kofi, ria, joris = client_as(cast.KOFI), client_as(RIA), client_as(cast.JORIS)
    ended(kofi, stay)
    assert joris.get(f"/placements/{stay}/end").status_code == 404
    never = ria.get("/placements/00000000-0000-4000-8000-000000000000/end")
    assert never.status_code == 404
    with builders.casework(house) as session:
        case = session.query(Case).one()
        session.get_one(Client, case.client_code).restricted = True
    restricted = ria.get(f"/placements/{stay}/end")
    assert plain(restricted) == plain(never)


def test_the_day_after_there_is_nothing_left_to_read(client_as: ClientAs, stay: str) -> None:
    ended(client_as(cast.KOFI), stay)
    with clock.fixed(cast.NOW + timedelta(days=1)):
        assert client_as(RIA).get(f"/placements/{stay}/end").status_code == 404
