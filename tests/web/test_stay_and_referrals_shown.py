"""The page of a case: how its last day came about, who was asked to look, since when somebody is kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.programmes import ProposalKind
from caseflow.services import (
    decisions,
    gatekeeping,
    job_runs,
    referrals,
    separations,
    stay_alerts,
)
from caseflow.services.houses import House
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

IRIS = Colleague("iris", "de-haven", None, (Role.LEGAL_COUNSELLOR,))
LENA = cast.LENA.actor()
HISTORY = "How the last day came about"


@pytest.fixture(autouse=True)
def now(house: House) -> Iterator[None]:
    builders.hire_everybody(house)
    builders.hire(house, IRIS)
    with clock.fixed(cast.NOW):
        yield


def at_its_end(house: House) -> str:
    """A case in the last weeks of its stay, lengthened by two months."""
    [bed, *_] = builders.open_site(house)
    case_id = world.admitted(days_ago=530)
    world.sleeps(house, case_id, bed, days_ago=530)
    stay_alerts.raise_weekly(job_runs.scheduler("stay_alerts"), clock.now(), clock.now())
    return case_id


def test_how_a_last_day_came_about_is_told_as_far_as_the_reader_may_know(
    client_as: ClientAs, house: House
) -> None:
    case_id = at_its_end(house)
    until = clock.today() + timedelta(days=100)
    world.done(decisions.propose_extension(cast.AMINA.actor(), case_id, until, None, clock.now()))
    world.decide(case_id, ProposalKind.EXTENSION)
    told = {}
    for colleague in (cast.AMINA, cast.BRAM, cast.KOFI, cast.NIGHT, cast.TESS):
        client = client_as(colleague)
        post(client, "/language", language="en")
        text = client.get(f"/cases/{case_id}").text
        parse_page(text)
        told[colleague.id] = (
            HISTORY in text,
            "Alert due on" in text,
            "An alert was raised" in text,
        )
    assert told == {
        "amina": (True, True, False),
        "bram": (True, True, False),
        "kofi": (True, False, True),
        "nadia": (False, False, False),
        "tess": (True, True, False),
    }, "the case team, a colleague of the team, a coordinator, the night worker, the desk"
    assert "Agreed on 22 November 2026" in client_as(cast.AMINA).get(f"/cases/{case_id}").text


def test_who_was_asked_to_look_stands_on_the_page_for_who_reads_casework(
    client_as: ClientAs,
) -> None:
    case_id = world.admitted(days_ago=10)
    world.done(referrals.refer(cast.AMINA.actor(), case_id, "iris", None, clock.now()))
    shown = {
        one.id: "Iris" in client_as(one).get(f"/cases/{case_id}").text
        for one in (cast.AMINA, cast.LENA, cast.TESS, cast.BRAM, cast.KOFI)
    }
    assert shown == {"amina": True, "lena": True, "tess": True, "bram": False, "kofi": False}


def test_since_when_somebody_is_kept_apart_is_told_and_from_whom_is_not(
    client_as: ClientAs,
) -> None:
    one, other = world.admitted(days_ago=10), world.admitted(days_ago=10)
    code = gatekeeping.open_case(cast.LENA.actor(), other, clock.now()).client_code
    world.done(separations.keep_apart(LENA, one, code, clock.today(), clock.now()))
    told = {}
    for colleague in (cast.KOFI, cast.AMINA):
        client = client_as(colleague)
        post(client, "/language", language="en")
        told[colleague.id] = client.get(f"/cases/{one}").text
    assert code not in told["kofi"]
    assert "22 November 2026" not in told["kofi"], "a coordinator who houses nobody of them"
    assert "Since 22 November 2026." in told["amina"]
