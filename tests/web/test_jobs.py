"""The scheduled jobs for administrators: what ran, what is due, and a run on request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from caseflow import clock
from caseflow.jobs import runs
from caseflow.services import job_runs
from caseflow.services.houses import House
from caseflow.services.job_runs import Worked
from caseflow.storage.models.operations import JobRequest
from tests import cast
from tests.pages import in_both_languages, screenshot, visit
from tests.serving import ClientAs, hired, post, sign_in


def broken(*_asked: object) -> Worked:
    raise ValueError("Blue")


def test_each_job_is_shown_with_its_last_runs(client_as: ClientAs, sealed_house: House) -> None:
    runs.catch_up()
    job_runs.run("stay_alerts", clock.now(), broken, clock.now)
    text = client_as(cast.ADA).get("/jobs").get_data(as_text=True)

    assert text.count('aria-labelledby="job-') == len(runs.WORK)
    assert "ValueError" in text
    assert "Blue" not in text


@pytest.mark.parametrize("colleague", [cast.AMINA, cast.LENA, cast.FEMKE, cast.KOFI])
def test_jobs_do_not_exist_for_others(client_as: ClientAs, colleague: cast.Colleague) -> None:
    client = client_as(colleague)

    assert client.get("/jobs").status_code == 404
    assert post(client, "/jobs/sweeps_due/run").status_code == 404  # type: ignore[attr-defined]


def test_a_job_that_is_asked_for_twice_runs_once(client_as: ClientAs, sealed_house: House) -> None:
    ada = client_as(cast.ADA)
    for _ in range(2):
        assert post(ada, "/jobs/sweeps_due/run").status_code == 303  # type: ignore[attr-defined]
    with sealed_house.stores.reading() as session:
        assert session.scalars(select(JobRequest.asked_by)).all() == ["ada"]

    assert runs.take_requests() == 1
    assert job_runs.asked() == ()


def test_a_job_that_does_not_exist_cannot_be_asked_for(client_as: ClientAs) -> None:
    assert post(client_as(cast.ADA), "/jobs/evict/run").status_code == 404  # type: ignore[attr-defined]


def test_the_page_says_when_no_scheduler_is_at_work(
    client_as: ClientAs, sealed_house: House
) -> None:
    assert "cf-alert--warning" in client_as(cast.ADA).get("/jobs").get_data(as_text=True)

    runs.catch_up()
    assert "cf-alert--warning" not in client_as(cast.ADA).get("/jobs").get_data(as_text=True)


@pytest.mark.browser
def test_the_page_can_be_used_by_everybody(
    desk: Page, live_server: str, sealed_house: House
) -> None:
    hired(sealed_house, cast.ADA)
    runs.catch_up()
    job_runs.run("stay_alerts", clock.now(), broken, clock.now)
    job_runs.run(
        "stay_alerts",
        clock.now() + timedelta(1),
        lambda *_: Worked(12, 1, frozenset({"KeyError"})),
        clock.now,
    )
    sign_in(desk, live_server, cast.ADA)

    visit(desk, f"{live_server}/jobs")
    screenshot(desk, "jobs")
    assert desk.locator("section.cf-card").count() == len(runs.WORK)
    in_both_languages(desk, f"{live_server}/jobs")
