"""One person in a bed and one bed for a person, whoever asks first (B1, B2, B3, B5, B7)."""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from caseflow.services.houses import House
from caseflow.storage import engines, migrations, triggers
from caseflow.storage.engines import writing
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Placement
from caseflow.storage.stores import Stores, path_of
from tests.builders import casework, open_site

FIRST = date(2026, 11, 1)
NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
PEOPLE = tuple(f"P{n:03}" for n in range(60))


def night(n: int | None) -> date | None:
    return None if n is None else FIRST + timedelta(days=n)


@dataclass(frozen=True)
class Stay:
    """A placement in small numbers: nights since the first, hours since noon of it."""

    id: str
    bed: str
    person: str
    status: str
    arrival: int
    planned: int | None = None
    departure: int | None = None
    hold_ends: int | None = None
    changed: int = 0

    def row(self) -> dict[str, Any]:
        hold = None if self.hold_ends is None else NOON + timedelta(hours=self.hold_ends)
        return {
            "id": self.id,
            "bed_id": self.bed,
            "client_code": self.person,
            "case_id": f"case {self.person}",
            "status": self.status,
            "arrival_on": night(self.arrival),
            "planned_departure_on": night(self.planned),
            "departure_on": night(self.departure),
            "hold_ends_at": hold,
            "recorded_by": "kofi",
            "recorded_at": NOON,
            "changed_at": NOON + timedelta(hours=self.changed),
            "change_id": "change",
        }


@pytest.fixture
def stores(house: House) -> Stores:
    return house.stores


@pytest.fixture
def beds(house: House) -> list[str]:
    """Two beds, and people with a case each."""
    made = open_site(house, beds=2)
    with casework(house) as session:
        session.execute(insert(Client), [_client(code) for code in PEOPLE])
        session.execute(insert(Case), [_case(code) for code in PEOPLE])
    return made


def _client(code: str) -> dict[str, Any]:
    return {
        "code": code,
        "organisation": "de-haven",
        "call_name": code,
        "registered_at": NOON,
        "change_id": "change",
    }


def _case(code: str) -> dict[str, Any]:
    return {
        "id": f"case {code}",
        "client_code": code,
        "programme": "waterstad-lvv",
        "organisation": "de-haven",
        "stage": "guidance",
        "opened_at": NOON,
        "change_id": "change",
    }


def put(stores: Stores, *stays: Stay) -> str:
    """Adds or changes these in one transaction; answers `placed`, or which guard refused."""
    try:
        with writing(stores.casework).begin() as store:
            for stay in stays:
                known = store.scalar(select(Placement.id).where(Placement.id == stay.id))
                if known:
                    store.execute(
                        update(Placement).where(Placement.id == stay.id).values(**stay.row())
                    )
                else:
                    store.execute(insert(Placement).values(**stay.row()))
    except IntegrityError as refusal:
        message = str(refusal.orig)
        return {triggers.BED_TAKEN: "bed", triggers.PERSON_PLACED: "person"}.get(message, message)
    return "placed"


# Cases one by one


def test_b01_a_bed_is_free_again_on_the_day_someone_leaves(stores: Stores, beds: list[str]) -> None:
    assert put(stores, Stay("a", beds[0], "P000", "booked", 3, 6)) == "placed"
    assert put(stores, Stay("b", beds[0], "P001", "booked", 6, 8)) == "placed"
    assert put(stores, Stay("c", beds[0], "P002", "booked", 1, 3)) == "placed"
    assert put(stores, Stay("d", beds[0], "P003", "booked", 5, 7)) == "bed"
    assert put(stores, Stay("e", beds[0], "P003", "booked", 0, 2)) == "bed"
    assert put(stores, Stay("f", beds[0], "P003", "booked", 0, 30)) == "bed"


def test_b02_a_stay_without_an_end_blocks_all_later_nights(stores: Stores, beds: list[str]) -> None:
    assert put(stores, Stay("a", beds[0], "P000", "begun", 3)) == "placed"
    assert put(stores, Stay("b", beds[0], "P001", "booked", 900, 901)) == "bed"
    assert put(stores, Stay("c", beds[0], "P001", "booked", 0)) == "bed"
    assert put(stores, Stay("d", beds[0], "P001", "booked", 0, 3)) == "placed"


def test_b03_nobody_has_two_beds_in_one_night(stores: Stores, beds: list[str]) -> None:
    assert put(stores, Stay("a", beds[0], "P000", "begun", 0, 5)) == "placed"
    assert put(stores, Stay("b", beds[1], "P000", "booked", 4, 6)) == "person"
    assert put(stores, Stay("b", beds[1], "P000", "booked", 5, 6)) == "placed"


def test_b05_a_hold_that_ran_out_counts_as_free(stores: Stores, beds: list[str]) -> None:
    assert put(stores, Stay("a", beds[0], "P000", "held", 1, 5, hold_ends=24)) == "placed"
    early = Stay("b", beds[0], "P001", "booked", 2, 4, changed=23)
    assert put(stores, early) == "bed"
    assert put(stores, replace(early, changed=24)) == "placed"
    revived = Stay("a", beds[0], "P000", "held", 1, 5, hold_ends=48, changed=25)
    assert put(stores, revived) == "bed"
    assert put(stores, replace(revived, status="begun")) == "bed"


def test_a_hold_without_an_end_blocks(stores: Stores, beds: list[str]) -> None:
    assert put(stores, Stay("a", beds[0], "P000", "held", 1, 5)) == "placed"
    assert put(stores, Stay("b", beds[0], "P001", "booked", 2, 4, changed=9000)) == "bed"


def test_b05_a_begun_stay_past_its_planned_end_still_has_the_bed(
    stores: Stores, beds: list[str]
) -> None:
    assert put(stores, Stay("a", beds[0], "P000", "begun", 0, 5)) == "placed"
    waiting = Stay("b", beds[0], "P001", "booked", 5, 9)
    assert put(stores, waiting) == "placed"
    assert put(stores, replace(waiting, status="begun", changed=24 * 5)) == "bed"
    left = Stay("a", beds[0], "P000", "ended", 0, 5, departure=5, changed=24 * 5)
    assert put(stores, left) == "placed"
    assert put(stores, replace(waiting, status="begun", changed=24 * 5)) == "placed"


def test_a_stay_that_ended_late_is_written_down_over_a_booking(
    stores: Stores, beds: list[str]
) -> None:
    assert put(stores, Stay("a", beds[0], "P000", "begun", 0, 5)) == "placed"
    assert put(stores, Stay("b", beds[0], "P001", "booked", 5, 9)) == "placed"
    assert put(stores, Stay("c", beds[1], "P000", "booked", 5, 9)) == "placed"
    assert put(stores, Stay("a", beds[0], "P000", "ended", 0, 5, departure=7)) == "placed"
    assert put(stores, Stay("b", beds[0], "P001", "begun", 5, 9)) == "bed"
    assert put(stores, Stay("b", beds[0], "P001", "begun", 7, 9)) == "placed"


def test_b07_a_transfer_ends_and_begins_in_one_transaction(stores: Stores, beds: list[str]) -> None:
    assert put(stores, Stay("a", beds[0], "P000", "begun", 0)) == "placed"
    ended = Stay("a", beds[0], "P000", "ended", 0, departure=4)
    begun = Stay("b", beds[1], "P000", "begun", 4)
    assert put(stores, begun, ended) == "person"
    assert put(stores, ended, begun) == "placed"


def test_b07_two_people_swap_beds_or_neither_does(stores: Stores, beds: list[str]) -> None:
    assert put(stores, Stay("a", beds[0], "P000", "begun", 0)) == "placed"
    assert put(stores, Stay("b", beds[1], "P001", "begun", 0)) == "placed"
    ends = (
        Stay("a", beds[0], "P000", "ended", 0, departure=4),
        Stay("b", beds[1], "P001", "ended", 0, departure=4),
    )
    wrong = (Stay("c", beds[1], "P000", "begun", 4), Stay("d", beds[1], "P001", "begun", 4))
    right = (Stay("c", beds[1], "P000", "begun", 4), Stay("d", beds[0], "P001", "begun", 4))
    assert put(stores, *ends, *wrong) == "bed"
    with stores.reading() as session:
        assert set(session.scalars(select(Placement.status))) == {"begun"}
    assert put(stores, *ends, *right) == "placed"


@pytest.mark.parametrize("status", ["cancelled", "lapsed", "mistaken"])
def test_b07_cancelled_and_mistaken_rows_never_count(
    stores: Stores, beds: list[str], status: str
) -> None:
    assert put(stores, Stay("a", beds[0], "P000", status, 0)) == "placed"
    assert put(stores, Stay("b", beds[0], "P001", "begun", 0)) == "placed"
    assert put(stores, Stay("a", beds[0], "P000", "booked", 0)) == "bed"


# Against a model by brute force, night by night


def blocked_nights(stay: Stay, other: Stay) -> set[int]:
    """The nights a stay takes from another one, counted one by one up to a far night."""
    last = 99
    if stay.departure is not None:
        last = stay.departure
    elif stay.planned is not None and not (stay.status == other.status == "begun"):
        last = stay.planned
    return set(range(stay.arrival, last))


def verdicts(known: dict[str, Stay], new: Stay) -> set[str]:
    """Which answers are right: both guards may refuse, and the store says either."""
    active = ("held", "booked", "begun", "ended")
    if new.status not in active:
        return {"placed"}
    refused: set[str] = set()
    for other in known.values():
        if other.id == new.id or other.status not in active:
            continue
        ran_out = (
            other.status == "held"
            and other.hold_ends is not None
            and other.hold_ends <= new.changed
        )
        plan_under_a_fact = new.status == "ended" and other.status in ("held", "booked")
        if ran_out or plan_under_a_fact:
            continue
        if blocked_nights(new, other) & blocked_nights(other, new):
            refused |= {"bed"} if other.bed == new.bed else set()
            refused |= {"person"} if other.person == new.person else set()
    return refused or {"placed"}


@st.composite
def asked(draw: st.DrawFn) -> Stay:
    status = draw(st.sampled_from(["held", "booked", "begun", "begun", "ended", "cancelled"]))
    arrival = draw(st.integers(0, 8))
    length = st.integers(1, 6)
    return Stay(
        id=draw(st.sampled_from("abcdefgh")),
        bed=draw(st.sampled_from(["havenhuis-room-1-bed-1", "havenhuis-room-1-bed-2"])),
        person=draw(st.sampled_from(PEOPLE[:3])),
        status=status,
        arrival=arrival,
        planned=draw(st.none() | length.map(lambda n: arrival + n)),
        departure=arrival + draw(length) if status == "ended" else None,
        hold_ends=draw(st.none() | st.integers(0, 48)) if status == "held" else None,
        changed=draw(st.integers(0, 48)),
    )


def expect_agreement(stores: Stores, sequence: list[Stay]) -> None:
    """Says each stay to the store and to the model; both must answer the same every time."""
    with writing(stores.casework).begin() as store:
        store.exec_driver_sql("DELETE FROM placements")
    known: dict[str, Stay] = {}
    for stay in sequence:
        answer = put(stores, stay)
        assert answer in verdicts(known, stay)
        if answer == "placed":
            known[stay.id] = stay


@pytest.fixture
def quick(stores: Stores, beds: list[str], monkeypatch: pytest.MonkeyPatch) -> Stores:
    """A store that does not wait for the disk: thousands of commits, whose durability is no matter here."""
    assert len(beds) == 2
    monkeypatch.setitem(engines.PRAGMAS, "synchronous", "0")
    stores.casework.dispose()
    return stores


SEQUENCES = st.lists(asked(), min_size=4, max_size=14)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequence=SEQUENCES)
def test_the_guards_agree_with_counting_night_by_night(quick: Stores, sequence: list[Stay]) -> None:
    expect_agreement(quick, sequence)


GUARDS = [name for name in triggers.TRIGGERS["casework"] if "one_per" in name]


@pytest.mark.parametrize("guard", GUARDS)
def test_the_comparison_notices_each_guard_that_is_gone(
    stores: Stores, beds: list[str], guard: str
) -> None:
    connection = engines.connect(
        path_of(stores.instance, "casework"),
        stores.keys["casework"],
        administration=True,
    )
    connection.execute(f"DROP TRIGGER {guard}")
    connection.close()
    first = Stay("a", beds[0], "P000", "begun", 0)
    later = Stay("b", beds[0], "P001", "cancelled", 1)
    elsewhere = Stay("b", beds[1], "P000", "cancelled", 1)
    other = later if "bed" in guard else elsewhere
    sequence = [first, other] if "update" in guard else [first]
    with pytest.raises(AssertionError):
        expect_agreement(stores, [*sequence, replace(other, status="begun")])


# Races


def race(stores: Stores, beds: list[str], runners: int) -> list[str]:
    """That many people ask for one bed at one moment, each on a connection of their own."""
    start = threading.Barrier(runners)
    path, key = path_of(stores.instance, "casework"), stores.keys["casework"]
    own = [engines.engine(path, key) for _ in range(runners)]
    for engine in own:
        engine.connect().close()

    def ask(n: int) -> str:
        start.wait()
        return _ask(own[n], Stay(f"{n}", beds[0], PEOPLE[n], "booked", 1, 9))

    with ThreadPoolExecutor(runners) as many:
        answers = list(many.map(ask, range(runners)))
    for engine in own:
        engine.dispose()
    return answers


def _ask(engine: Any, stay: Stay) -> str:
    try:
        with writing(engine).begin() as store:
            store.execute(insert(Placement).values(**stay.row()))
    except IntegrityError as refusal:
        return str(refusal.orig)
    return "placed"


def test_b03_fifty_connections_race_for_one_bed_and_one_wins(
    stores: Stores, beds: list[str]
) -> None:
    answers = race(stores, beds, 50)
    assert sorted(answers) == sorted(["placed"] + [triggers.BED_TAKEN] * 49)


def test_b03_four_processes_race_for_one_bed_and_one_wins(stores: Stores, beds: list[str]) -> None:
    forking = multiprocessing.get_context("fork")
    start, answers = forking.Barrier(4), forking.Queue()
    path, key = path_of(stores.instance, "casework"), bytes(stores.keys["casework"])
    runners = [
        forking.Process(target=_race_ten, args=(path, key, n, beds[0], start, answers))
        for n in range(4)
    ]
    for runner in runners:
        runner.start()
    found = [answer for _ in runners for answer in answers.get(timeout=60)]
    for runner in runners:
        runner.join()
    assert sorted(found) == sorted(["placed"] + [triggers.BED_TAKEN] * 39)


def _race_ten(path: Path, key: bytes, n: int, bed: str, start: Any, answers: Any) -> None:
    engine = engines.engine(path, key)
    engine.connect().close()
    start.wait()
    stays = [Stay(f"{n}-{i}", bed, PEOPLE[n * 10 + i], "booked", 1, 9) for i in range(10)]
    answers.put([_ask(engine, stay) for stay in stays])
    engine.dispose()


@pytest.fixture
def unguarded(stores: Stores) -> Stores:
    connection = engines.connect(
        path_of(stores.instance, "casework"), stores.keys["casework"], administration=True
    )
    for name in triggers.TRIGGERS["casework"]:
        connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    return stores


def test_without_the_guard_the_race_has_many_winners(unguarded: Stores, beds: list[str]) -> None:
    assert race(unguarded, beds, 8).count("placed") == 8


def test_a_store_that_lost_a_guard_is_refused_and_mended(unguarded: Stores) -> None:
    path, key = path_of(unguarded.instance, "casework"), unguarded.keys["casework"]
    with pytest.raises(engines.StoreRefused, match="lacks its guards"):
        migrations.check("casework", path, key)
    migrations.migrate("casework", path, key)
    migrations.check("casework", path, key)
