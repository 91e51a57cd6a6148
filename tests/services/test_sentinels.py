"""Sentinel figures: 0 or *see director* once a year is over, never a number outside; deaths have no row anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.outcomes import Outcome
from caseflow.domain.sentinels import SentinelKind, may_print
from caseflow.services import job_runs, sentinels
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.cases import Client
from caseflow.storage.models.facts import Exit, Proposal
from caseflow.storage.models.figures import PastEpisode
from tests import builders, cast
from tests.cast import FEMKE, Colleague
from tests.services import bed_night_worlds as world

DIRK = Colleague("dirk", "de-haven", None, (Role.DIRECTOR,))
FAR = Colleague("fay", "gemeente-waterstad", None, (Role.FUNDER,), None, ("utrecht-lvv",))
JOB = job_runs.scheduler("funder_papers")
JANUARY = datetime(2027, 1, 10, 4, tzinfo=UTC)
SUMMER = datetime(2026, 7, 10, 4, tzinfo=UTC)
DEATH, MINOR = SentinelKind.DEATH, SentinelKind.MINOR_WITHOUT_BED


@pytest.fixture(autouse=True)
def staff(sealed_house: House) -> Iterator[None]:
    builders.hire(sealed_house, *world.STAFF, DIRK, FAR)
    with clock.fixed(cast.NOW):
        yield


def left(
    house: House, number: int, on: date, outcome: str, *, minor: bool = False, **more: object
) -> None:
    """Somebody left waterstad-lvv, written as rows."""
    world.client(house, number)
    with builders.casework(house) as session:
        if minor:
            session.get_one(Client, f"WXYZ-{number:04d}").age_band = "0-17"
        proposal = Proposal(
            case_id=f"case-{number}",
            kind="exit",
            state="approved",
            event_on=on,
            recorded_by="amina",
            recorded_at=cast.NOW,
            change_id="invented",
        )
        session.add(proposal)
        session.flush()
        session.add(
            Exit(
                proposal_id=proposal.id,
                case_id=f"case-{number}",
                exited_on=on,
                outcome=outcome,
                recorded_by="amina",
                recorded_at=cast.NOW,
                change_id="invented",
                **more,
            )
        )


def shown(now: datetime, year: int, by: Colleague = FEMKE) -> dict[SentinelKind, str]:
    [view] = [one for one in sentinels.printed(by.actor(), now) if one.year == year]
    return {one.kind: str(one.printed) for one in view.figures}


MINORS: list[tuple[str, str, dict[str, object], str]] = [
    ("with no roof", "other", {"destination_kind": "street"}, "see director"),
    (
        "put out, next place not known",
        "ended_by_programme",
        {"destination_kind": "unknown"},
        "see director",
    ),
    ("put out, nothing written", "stay_limit_reached", {}, "see director"),
    ("put out to a municipality", "ended_by_programme", {"destination_kind": "municipality"}, "0"),
    (
        "left, nobody knows where to",
        "left_destination_unknown",
        {"destination_kind": "unknown"},
        "0",
    ),
    ("recorded in error", "other", {"destination_kind": "street", "mistaken_at": cast.NOW}, "0"),
]


@pytest.mark.parametrize(
    ("what", "outcome", "more", "printed"), MINORS, ids=[row[0] for row in MINORS]
)
def test_minors_without_a_bed(
    sealed_house: House, what: str, outcome: str, more: dict[str, object], printed: str
) -> None:
    left(sealed_house, 1, date(2025, 5, 1), outcome, minor=True, **more)
    left(sealed_house, 2, date(2025, 5, 1), "other", destination_kind="street")
    sentinels.make_all(JOB, cast.NOW)
    assert shown(cast.NOW, 2025) == {DEATH: "0", MINOR: printed}, what


def test_a_year_is_fixed_once_it_is_over_and_never_while_it_runs(sealed_house: House) -> None:
    left(sealed_house, 1, date(2026, 3, 3), "deceased")
    assert sentinels.make_all(JOB, cast.NOW) == 5 * 2
    assert [one.year for one in sentinels.printed(FEMKE.actor(), cast.NOW)] == [
        2025,
        2024,
        2023,
        2022,
        2021,
    ]
    assert sentinels.make_all(JOB, JANUARY) == 2
    assert shown(JANUARY, 2026) == {DEATH: "see director", MINOR: "0"}
    assert not may_print(2026, date(2026, 12, 31))
    assert may_print(2026, date(2027, 1, 1))


def test_what_is_recorded_late_is_put_right_in_january_and_not_on_the_day(
    sealed_house: House,
) -> None:
    world.client(sealed_house, 99)
    sentinels.make_all(JOB, SUMMER - timedelta(days=30))
    left(sealed_house, 1, date(2025, 3, 3), "deceased")
    assert sentinels.make_all(JOB, SUMMER) == 0
    assert shown(SUMMER, 2025)[DEATH] == "0"
    sentinels.make_all(JOB, JANUARY)
    assert shown(JANUARY, 2025)[DEATH] == "see director"


def test_imported_history_counts_and_test_cases_do_not(sealed_house: House) -> None:
    with builders.casework(sealed_house) as session:
        session.add(
            PastEpisode(
                source="archive",
                programme="waterstad-lvv",
                person_hash="x" * 64,
                entered_on=date(2023, 1, 1),
                exited_on=date(2024, 2, 2),
                outcome="deceased",
                gender="man",
                age_band="28-37",
                change_id="invented",
            )
        )
    left(sealed_house, 1, date(2025, 3, 3), "deceased")
    with builders.casework(sealed_house) as session:
        session.get_one(Client, "WXYZ-0001").is_test = True
    sentinels.make_all(JOB, cast.NOW)
    assert shown(cast.NOW, 2024)[DEATH] == "see director"
    assert shown(cast.NOW, 2025)[DEATH] == "0"


def test_a_programme_that_nobody_was_in_has_none(sealed_house: House) -> None:
    assert sentinels.make_all(JOB, cast.NOW) == 0
    assert sentinels.printed(FEMKE.actor(), cast.NOW) == ()


def test_the_director_sees_how_often_it_was(sealed_house: House) -> None:
    for number in range(3):
        left(sealed_house, number, date(2026, 3, 3), "deceased")
    [view] = [one for one in sentinels.exact(DIRK.actor(), cast.NOW) if one.year == 2026]
    assert view.numbers == ((DEATH, 3), (MINOR, 0))
    for other in (FEMKE, cast.LENA, cast.PETRA, cast.ADA):
        with pytest.raises(NotKnown):
            sentinels.exact(other.actor(), cast.NOW)


@pytest.mark.parametrize(
    "act", ["UPDATE sentinel_figures SET is_none = 1", "DELETE FROM sentinel_figures"]
)
def test_the_store_keeps_what_was_fixed(sealed_house: House, act: str) -> None:
    world.client(sealed_house, 1)
    sentinels.make_all(JOB, cast.NOW)
    with pytest.raises(DatabaseError), builders.casework(sealed_house) as session:
        session.execute(text(act))


def test_deaths_have_no_row_of_their_own_in_any_table(sealed_house: House) -> None:
    """The rule of `config/publication.toml`, held against what is configured now."""
    died = (Outcome.DECEASED.value, None)
    rows = [one for one in sealed_house.rules.categories if died in one.outcomes]
    assert [len(one.outcomes) > 1 for one in rows] == [True]
    assert "ecease" not in rows[0].label.en + rows[0].id
    assert "verle" not in rows[0].label.nl
    for indicator in sealed_house.indicators.values():
        assert getattr(indicator.numerator, "outcomes", ()) != {died}
