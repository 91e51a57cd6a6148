"""Looks without relation are noticed within minutes; eighty cases of one's own are a day's work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Actor
from caseflow.jobs import attention, runs
from caseflow.services import attentions, caseloads, gatekeeping, glass, job_runs
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.job_runs import RunResult
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, CaseTeamMember, Client
from caseflow.storage.models.governance import Attention
from tests import builders, cast

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def many(house: House) -> list[str]:
    """Fifty cases of team haven-east, Amina on the case team of each."""
    builders.hire_everybody(house)
    with builders.casework(house) as session:
        for number in range(50):
            code = f"TEST-{number:04d}"
            session.add(
                Client(
                    code=code, call_name=f"Bird {number}", organisation="de-haven",
                    registered_at=cast.NOW, change_id="test",
                )
            )  # fmt: skip
            session.flush()
            session.add(
                Case(
                    id=str(uuid4()), client_code=code, programme="waterstad-lvv",
                    organisation="de-haven", team_id="haven-east", stage="guidance",
                    opened_at=cast.NOW, change_id="test",
                )
            )  # fmt: skip
        session.flush()
        ids = list(session.scalars(select(Case.id).order_by(Case.client_code)))
        for case_id in ids:
            session.add(
                CaseTeamMember(
                    case_id=case_id, user_id="amina", from_on=cast.NOW.date(), change_id="test"
                )
            )
    return ids


def opens(actor: Actor, case_ids: list[str]) -> int:
    """Somebody goes through cases, one every ten seconds; answers how many were shown."""
    shown = 0
    for number, case_id in enumerate(case_ids):
        try:
            gatekeeping.open_case(actor, case_id, cast.NOW + number * timedelta(seconds=10))
            shown += 1
        except NotKnown:
            continue
    return shown


def noticed(minutes: int = 10) -> int:
    return attention.now(lambda: cast.NOW + minutes * MINUTE).done


def raised(house: House) -> list[tuple[str, str, int]]:
    with house.stores.reading() as session:
        return [
            (row.user_id, row.kind, row.looks)
            for row in session.scalars(select(Attention).order_by(Attention.kind))
        ]


def test_a_snoop_through_fifty_cases_of_others_is_noticed_in_minutes(
    house: House, many: list[str]
) -> None:
    assert opens(cast.SARA.actor(), many) == 0
    assert noticed(minutes=9) == 1

    assert raised(house) == [("sara", "denials", 50)]
    with house.stores.audit.connect() as log:
        told = log.execute(select(Entry.__table__).where(Entry.event == "attention_raised")).all()
    assert {row.access_point for row in told} == {"job:attention"}


def test_a_snoop_is_noticed_while_it_goes_on(house: House, many: list[str]) -> None:
    opens(cast.SARA.actor(), many[:12])
    assert noticed(minutes=2) == 1, "after two minutes, with twelve cases asked for"
    opens(cast.SARA.actor(), many[12:])

    assert noticed(minutes=9) == 0, "it is the same hour"
    assert raised(house) == [("sara", "denials", 12)]


def test_volume_inside_ones_relations_is_not_an_alarm(house: House, many: list[str]) -> None:
    assert opens(cast.AMINA.actor(), many) == 50, "the case team"
    assert opens(cast.LENA.actor(), many[:26]) == 26, "who leads the team"

    assert noticed() == 0
    assert raised(house) == []


def test_leafing_through_the_cases_of_the_team_is_noticed(house: House, many: list[str]) -> None:
    assert opens(cast.BRAM.actor(), many[:24]) == 24
    assert noticed() == 0, "a shift hands over no more"
    assert opens(cast.BRAM.actor(), many[:25]) == 25
    assert noticed() == 1

    assert raised(house) == [("bram", "team_looks", 25)]


def test_a_caseload_review_of_the_team_is_a_task_and_not_an_alarm(
    house: House, many: list[str]
) -> None:
    for case_id in many:
        gatekeeping.open_case(
            cast.BRAM.actor(), case_id, cast.NOW, review=("review_meeting", str(uuid4()))
        )

    assert noticed() == 0


def test_breaking_the_glass_of_many_cases_is_noticed_beside_each_of_them(
    house: House, many: list[str]
) -> None:
    for number in range(3):
        glass.break_glass(
            cast.SARA.actor(), f"TEST-{number:04d}", "phone", "Somebody called about it.", cast.NOW
        )
        opens(cast.SARA.actor(), many[number : number + 1])
    assert noticed() == 1

    assert raised(house) == [("sara", "glasses", 3)]


def test_asking_for_one_case_again_and_again_is_a_wrong_link(house: House, many: list[str]) -> None:
    for _ in range(30):
        opens(cast.SARA.actor(), many[:1])

    assert noticed() == 0


def test_what_the_frequent_count_missed_the_nightly_one_finds(
    house: House, many: list[str]
) -> None:
    opens(cast.SARA.actor(), many)
    house.stores.forget_vaults()
    later = cast.NOW + timedelta(days=3)
    assert attention.now(lambda: later).done == 0, "it looks two hours back"
    assert runs.run_now("attention", lambda: later) is RunResult.DONE
    assert runs.run_now("attention", lambda: later + MINUTE) is RunResult.DONE

    assert raised(house) == [("sara", "denials", 50)]


def test_a_caseload_that_is_listed_is_one_look(house: House, many: list[str]) -> None:
    for _ in range(3):
        caseloads.caseload(cast.BRAM.actor(), cast.NOW)

    assert noticed() == 0


def test_the_thresholds_come_from_the_configuration(house: House) -> None:
    limits = attentions.limits()

    assert {kind.value: count for kind, count in limits.at_least.items()} == {
        "denials": 10, "glasses": 3, "team_looks": 25,
    }  # fmt: skip
    assert job_runs.scheduler("attention").access_point == "job:attention"


def test_two_counts_at_once_raise_it_once(house: House, many: list[str]) -> None:
    """A second process that counted before the first one wrote meets the row, not a second one."""
    opens(cast.SARA.actor(), many)
    actor = job_runs.scheduler("attention")
    at = cast.NOW + 9 * MINUTE
    known, attentions._known = attentions._known, lambda since: {}
    try:
        assert attentions.notice(actor, cast.NOW - MINUTE, at).done == 1
        assert attentions.notice(actor, cast.NOW - MINUTE, at).done == 0
    finally:
        attentions._known = known

    assert raised(house) == [("sara", "denials", 50)]
