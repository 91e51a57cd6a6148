"""A hundred thousand cases are counted in seconds and bounded memory, as known now and as known on a day."""

from __future__ import annotations

import time
import tracemalloc
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from caseflow.services import figures
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import Exit, Proposal, StageChange, StartDate
from tests import cast
from tests.builders import casework

CASES = 100_000
SCOPE = "waterstad-lvv"
AT = {"change_id": "invented", "recorded_at": cast.NOW, "recorded_by": "invented"}
WAYS = ("residence_permit", "voluntary_return", "left_destination_unknown", "detained")


def crowd(house: House, cases: int, already: int = 0) -> None:
    """So many participants with their dates, those who are there already among them; two in three have left."""
    first = date(2019, 1, 1)
    with casework(house) as session:
        for start in range(already, cases, 5_000):
            numbers = range(start, min(cases, start + 5_000))
            codes = {n: f"c{n:08d}" for n in numbers}
            session.execute(
                insert(Client),
                [
                    {
                        "code": codes[n],
                        "organisation": "de-haven",
                        "call_name": "Blue",
                        "gender": "man",
                        "age_band": "18-27",
                        "registered_at": cast.NOW,
                        "change_id": "invented",
                    }
                    for n in numbers
                ],
            )
            session.execute(
                insert(Case),
                [
                    {
                        "id": codes[n],
                        "client_code": codes[n],
                        "programme": SCOPE,
                        "organisation": "de-haven",
                        "stage": "guidance",
                        "opened_at": cast.NOW,
                        "change_id": "invented",
                    }
                    for n in numbers
                ],
            )
            entered = {n: first + timedelta(days=n % 2_500) for n in numbers}
            session.execute(
                insert(StartDate),
                [
                    {"case_id": codes[n], "kind": kind, "event_on": entered[n], **AT}
                    for n in numbers
                    for kind in ("application", "admission")
                ],
            )
            session.execute(
                insert(StageChange),
                [
                    {"case_id": codes[n], "stage": "guidance", "event_on": entered[n], **AT}
                    for n in numbers
                ],
            )
            if not start:
                session.add(
                    Proposal(
                        id="none",
                        case_id=codes[0],
                        kind="exit",
                        state="approved",
                        event_on=first,
                        **AT,
                    )
                )
                session.flush()
            session.execute(
                insert(Exit),
                [
                    {
                        "case_id": codes[n], "exited_on": entered[n] + timedelta(days=n % 700),
                        "outcome": WAYS[n % 4], "proposal_id": "none", **AT,
                    }
                    for n in numbers
                    if n % 3
                ],
            )  # fmt: skip


@pytest.mark.full
def test_a_hundred_thousand_cases_are_counted_in_seconds_and_little_memory(
    sealed_house: House,
) -> None:
    as_of, few = date(2026, 9, 30), 20_000
    crowd(sealed_house, few)
    tracemalloc.start()
    figures.counted(sealed_house, SCOPE, as_of)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < few * 600, "what is kept of a person, and no case"

    crowd(sealed_house, CASES, already=few)
    for known_on in (None, cast.NOW.date()):
        started = time.process_time()
        found = figures.counted(sealed_house, SCOPE, as_of, known_on)
        took = time.process_time() - started
        assert found.participants == CASES
        assert took < 30, f"known on {known_on}"
