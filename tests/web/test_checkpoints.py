"""Checkpoints on their page: made every night, copied elsewhere, held against the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.timetables import JOBS
from caseflow.jobs import audit_checkpoints, runs
from caseflow.services import audits, job_runs
from caseflow.services.houses import House
from caseflow.services.job_runs import RunResult
from caseflow.storage.models.audit import Entry
from tests import cast
from tests.pages import parse_page, screenshot, visit
from tests.serving import ClientAs, hired, post, sign_in
from tests.storage.attacked import intruding

PAGE = "/audit/checkpoints"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


def made(days: int = 1) -> list[str]:
    """Lines of so many nights, the newest last."""
    lines = []
    for _ in range(days):
        assert runs.catch_up_on("audit_checkpoint") == RunResult.DONE
        shown = audits.listed(cast.PETRA.actor(), clock.now())
        lines.append(shown[0].line)
        clock.pass_time(timedelta(days=1))
    return lines


def test_a_line_is_made_every_night_and_shown_to_be_copied(
    sealed_house: House, client_as: ClientAs
) -> None:
    lines = made(days=2)
    assert len(set(lines)) == 2
    petra = client_as(cast.PETRA)
    text = petra.get(PAGE).text
    parse_page(text)
    assert [line in text for line in lines] == [True, True]
    assert 'href="/audit/checkpoints"' in petra.get("/audit").text
    with Session(sealed_house.stores.audit) as log:
        told = log.scalars(select(Entry.event).where(Entry.user_id == "petra")).all()
    assert "checkpoints_listed" in told
    assert JOBS["audit_checkpoint"].timetable.weekday is None, "each day, however busy"


@pytest.mark.parametrize("colleague", [cast.AMINA, cast.LENA, cast.ADA, cast.FEMKE])
def test_for_others_there_is_no_such_page(
    client_as: ClientAs, sealed_house: House, colleague: cast.Colleague
) -> None:
    client = client_as(colleague)
    assert client.get(PAGE).status_code == 404
    assert post(client, PAGE, kept="x").status_code == 404  # type: ignore[attr-defined]
    with pytest.raises(audits.NotKnown):
        audits.listed(colleague.actor(), clock.now())


def test_a_kept_line_is_held_against_the_log(sealed_house: House, client_as: ClientAs) -> None:
    [line] = made()
    petra = client_as(cast.PETRA)
    good = post(petra, PAGE, kept=f"  {line} ").text  # type: ignore[attr-defined]
    parse_page(good)
    assert "cf-alert--ok" in good
    altered = line.replace(" 2026-11-22T", " 2026-11-21T")
    wrong = post(petra, PAGE, kept=altered).text  # type: ignore[attr-defined]
    assert "cf-alert--error" in wrong
    assert "cf-alert--ok" not in wrong
    for nothing in ("", "caseflow", "x" * 500):
        assert post(petra, PAGE, kept=nothing).status_code == 422  # type: ignore[attr-defined]
    with intruding(sealed_house.stores) as connection:
        connection.execute("DELETE FROM entries WHERE position = 1")
    broken = post(petra, PAGE, kept=line)
    assert "cf-alert--error" in broken.text  # type: ignore[attr-defined]


def test_a_broken_log_is_not_signed_at_night_and_the_job_says_so(sealed_house: House) -> None:
    made()
    with intruding(sealed_house.stores) as connection:
        connection.execute("DELETE FROM entries WHERE position = 1")
    worked = audit_checkpoints.sign(
        job_runs.scheduler("audit_checkpoint"), clock.now(), clock.now()
    )
    assert (worked.done, worked.codes) == (0, {"log_is_broken"})


@pytest.mark.browser
def test_the_page_is_a_page_on_a_phone_too(
    desk: Page, live_server: str, sealed_house: House
) -> None:
    hired(sealed_house, cast.PETRA)
    made(days=2)
    sign_in(desk, live_server, cast.PETRA)
    visit(desk, live_server + PAGE)
    screenshot(desk, "checkpoints")
