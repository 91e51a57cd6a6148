"""Nights are fixed before presence by name goes, counted again while that is possible, and never change (B13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import IntegrityError

from caseflow.domain import night_ledgers as rules
from caseflow.domain.beds import BedKind
from caseflow.domain.daily_services import month_of
from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.rounds import Answer, night_of
from caseflow.jobs import runs
from caseflow.services import job_runs, night_ledgers, round_saving
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.job_runs import RunResult
from caseflow.services.round_views import LedgerNight, Sent
from caseflow.storage import presences
from caseflow.storage.models.cases import Case
from caseflow.storage.models.presences import NightLedger, Presence
from tests import builders, cast
from tests.builders import casework
from tests.services.placing import JORIS, KOFI, TODAY, YESTERDAY, person, place, reason, staffed
from tests.services.test_rounds import EVENING, NADIA, NIGHT, RIA, crime

DAY = timedelta(days=1)
FIXED = EVENING + 9 * DAY
GONE = EVENING + 30 * DAY


@pytest.fixture(autouse=True)
def two_people(sealed_house: House) -> list[str]:
    """Blue was there and Red was not, on one night; Green sleeps there and nobody said anything about Green."""
    beds = staffed(sealed_house, beds=3)
    builders.hire(sealed_house, RIA, NADIA)
    stays = [
        place(person(name), bed, YESTERDAY).placement_id
        for name, bed in zip(("Blue", "Red", "Green"), beds, strict=True)
    ]
    said = [Answer(stays[0], "there", "there"), Answer(stays[1], "not_there", "there")]
    assert round_saving.send(NADIA.actor(), "havenhuis", NIGHT, said, EVENING) == Sent(2, 2, 0)
    return stays


def job(now: datetime) -> RunResult | None:
    return runs.run_now("presence_terms", lambda: now)


def kept(house: House) -> int:
    with house.stores.reading() as session:
        return len(presences.of_night(session, "havenhuis", NIGHT))


def frozen(house: House) -> list[tuple[int, int, int, int]]:
    with house.stores.reading() as session:
        rows = session.scalars(select(NightLedger)).all()
        return [(one.there, one.announced, one.not_there, one.unrecorded) for one in rows]


def ledger(now: datetime = FIXED) -> tuple[LedgerNight, ...]:
    shown = night_ledgers.ledger(RIA.actor(), "havenhuis", month_of(NIGHT), now)
    assert shown is not None
    return shown.nights


def test_b13_a_night_is_fixed_once_nothing_can_be_added_and_its_names_go_at_their_term(
    sealed_house: House,
) -> None:
    job(EVENING + 7 * DAY)
    assert (frozen(sealed_house), kept(sealed_house)) == ([], 2)
    job(FIXED)
    assert (frozen(sealed_house), kept(sealed_house)) == ([(1, 0, 1, 1)], 2)
    job(EVENING + 28 * DAY)
    assert kept(sealed_house) == 2
    assert job(EVENING + 29 * DAY) is RunResult.DONE
    assert (frozen(sealed_house), kept(sealed_house)) == ([(1, 0, 1, 1)], 0)


def test_b13_a_machine_that_stood_still_fixes_first_and_then_deletes_once(
    sealed_house: House,
) -> None:
    assert runs.catch_up_on("presence_terms", lambda: GONE) is RunResult.DONE
    assert (frozen(sealed_house), kept(sealed_house)) == ([(1, 0, 1, 1)], 0)
    assert runs.catch_up_on("presence_terms", lambda: GONE) is None


def test_b13_names_never_go_before_the_night_is_fixed(
    sealed_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(night_ledgers, "_freeze", lambda *_: 0)

    job(GONE)

    assert kept(sealed_house) == 2


def test_b13_a_recount_agrees_while_the_names_are_there_and_cannot_be_made_afterwards(
    sealed_house: House,
) -> None:
    job(FIXED)
    [night] = ledger()
    assert (night.night, night.agrees) == (NIGHT, True)
    job(GONE)
    assert [one.agrees for one in ledger(GONE)] == [None]


def test_b13_a_row_that_is_missing_is_found_by_the_recount_and_told_when_names_go(
    sealed_house: House,
) -> None:
    job(FIXED)
    with casework(sealed_house) as session:
        session.execute(delete(Presence).where(Presence.state == "not_there"))

    assert [one.agrees for one in ledger()] == [False]
    assert job(GONE) is RunResult.PARTLY
    assert kept(sealed_house) == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE night_ledger SET there = 9",
        "DELETE FROM night_ledger",
        "INSERT OR REPLACE INTO night_ledger SELECT * FROM night_ledger",
    ],
)
def test_b13_the_ledger_never_changes(sealed_house: House, sentence: str) -> None:
    job(FIXED)

    with pytest.raises(IntegrityError, match="append only"), casework(sealed_house) as session:
        session.execute(text(sentence))


def test_b13_nothing_is_added_to_a_night_that_is_fixed(
    sealed_house: House, two_people: list[str]
) -> None:
    job(GONE)
    said = [Answer(two_people[2], "there", "there")]

    refused = round_saving.send(RIA.actor(), "havenhuis", NIGHT, said, EVENING + DAY)

    assert "is fixed" in reason(refused)
    with pytest.raises(IntegrityError, match="night frozen"), casework(sealed_house) as session:
        session.add(
            Presence(
                site_id="havenhuis", night=NIGHT, placement_id=two_people[2], state="there", bed_kind="night",
                case_id=some_case(sealed_house), recorded_by="x", recorded_at=FIXED, change_id="x",
            )
        )  # fmt: skip


def some_case(house: House) -> str:
    with house.stores.reading() as session:
        return next(iter(session.scalars(select(Case.id))))


def test_the_digest_holds_no_way_back_to_a_person(sealed_house: House) -> None:
    """Whoever knows stays and states cannot try them out: the random ids of the rows went with the rows."""
    job(FIXED)
    with sealed_house.stores.reading() as session:
        coded = [presences.coded(row) for row in presences.of_night(session, "havenhuis", NIGHT)]
        [frozen_as] = session.scalars(select(NightLedger.digest)).all()
        columns = {column.name for column in NightLedger.__table__.columns}

    guessed = [replace(one, id=str(n)) for n, one in enumerate(coded)]
    assert rules.digest(coded) == frozen_as
    assert rules.digest(guessed) != frozen_as
    assert not columns & {"client_code", "case_id", "placement_id", "recorded_by"}


def test_numbers_that_were_counted_without_names_are_fixed_too(
    sealed_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    crime(sealed_house, monkeypatch)
    later = NIGHT + DAY
    round_saving.count(NADIA.actor(), "havenhuis", later, {BedKind.FULL_DAY: 2}, EVENING + DAY)

    job(EVENING + DAY)
    assert kept(sealed_house) == 0
    job(FIXED + DAY)

    assert frozen(sealed_house) == [(1, 0, 1, 1), (2, 0, 0, 1)]


@pytest.mark.parametrize("night", [date(2026, 3, 28), date(2026, 10, 24), date(2028, 2, 29)])
def test_a_night_in_which_the_clocks_change_is_one_night(night: date) -> None:
    evening = datetime.combine(night, time(23), AMSTERDAM)
    hours = [evening + timedelta(hours=n) for n in range(12)]

    assert {night_of(one.astimezone(cast.NOW.tzinfo)) for one in hours} == {night}


def test_only_who_works_there_by_day_reads_the_ledger(sealed_house: House) -> None:
    job(FIXED)

    assert night_ledgers.ledger(KOFI, None, month_of(NIGHT), FIXED) is not None
    for actor in (NADIA.actor(), JORIS, cast.AMINA.actor(), cast.FEMKE.actor()):
        with pytest.raises(NotKnown):
            night_ledgers.ledger(actor, "havenhuis", month_of(NIGHT), FIXED)


def test_the_job_is_due_in_the_night_and_holds_no_vault_key(sealed_house: House) -> None:
    slot = job_runs.missed("presence_terms", EVENING)

    assert slot is not None
    assert (slot.astimezone(AMSTERDAM).hour, slot.date()) == (3, TODAY)
    assert not sealed_house.stores.unsealed()
