"""What a page says when something came between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import OperationalError

from caseflow import clock
from caseflow.services import gatekeeping
from caseflow.services.houses import House
from caseflow.storage import audit_log
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Your change was saved, but the log could not be closed."),
        ("nl", "Je wijziging is bewaard"),
    ],
)
def test_a_change_that_stands_is_not_done_twice_because_the_log_was_full(
    client_as: ClientAs,
    sealed_house: House,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    sentence: str,
) -> None:
    builders.hire_everybody(sealed_house)
    case_id = world.screened(days_ago=10)
    amina = client_as(cast.AMINA)
    post(amina, "/language", language=language)
    tell = audit_log.tell

    def full(stores: object, act: object, **named: object) -> str:
        if named.get("stands_for") == "outcome":
            raise OperationalError("insert", {}, Exception("disk is full"))
        return tell(stores, act, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(audit_log, "tell", full)
    answer = post(amina, f"/cases/{case_id}/waiting-list", on="22-11-2026")
    monkeypatch.undo()

    assert answer.status_code == 503
    parse_page(answer.text)
    assert sentence in answer.text
    assert gatekeeping.open_case(cast.AMINA.actor(), case_id, clock.now()).stage == "waiting"
