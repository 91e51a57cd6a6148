"""The round of the night in the stores: whole, once, merged with a colleague's, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseflow.domain.actors import Actor, Role
from caseflow.domain.beds import BedKind
from caseflow.domain.decisions import Refused
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.rounds import Answer, night_of
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services import absences, gatekeeping, round_saving, rounds
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.interruptions import DoneAlready, asked_by
from caseflow.services.round_views import Round, Sent
from caseflow.services.vacancies import Occupant
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.presences import Presence
from caseflow.storage.models.shelter import Absence
from tests import builders, cast
from tests.builders import casework
from tests.cast import Colleague
from tests.services.placing import JORIS, KOFI, TODAY, YESTERDAY, person, place, reason, staffed

RIA = Colleague("ria", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
NADIA = Colleague("night", "de-haven", None, (Role.NIGHT_WORKER,), "havenhuis")
EVENING = cast.NOW + timedelta(hours=13)
NIGHT = TODAY


@pytest.fixture(autouse=True)
def house_at_night(sealed_house: House) -> list[str]:
    beds = staffed(sealed_house, beds=6)
    builders.hire(sealed_house, RIA, NADIA)
    return beds


@pytest.fixture
def blue(house_at_night: list[str]) -> str:
    """Somebody who sleeps here; answers the stay."""
    return place(person("Blue"), house_at_night[0], YESTERDAY).placement_id


@pytest.fixture
def red(house_at_night: list[str]) -> str:
    return place(person("Red"), house_at_night[1], YESTERDAY).placement_id


def opened(who: Colleague = NADIA, now: datetime = EVENING) -> Round:
    view = rounds.opened(who.actor(), "havenhuis", None, now)
    assert view is not None
    return view


def codes(who: Colleague = NADIA, now: datetime = EVENING) -> dict[str, str]:
    """What the form of this worker begins with, by call name."""
    return {
        row.who.call_name: row.code
        for row in opened(who, now).rows
        if isinstance(row.who, Occupant)
    }


def send(
    *said: tuple[str, str, str], who: Colleague = NADIA, now: datetime = EVENING
) -> Sent | Refused:
    """Sends a round: stay, what is said, and what the page had shown."""
    return round_saving.send(
        who.actor(), "havenhuis", night_of(now), [Answer(*one) for one in said], now
    )


def away(house: House) -> list[tuple[str, object, object]]:
    """Every absence: kind, first night, and the day of the return."""
    with house.stores.reading() as session:
        rows = session.scalars(select(Absence).order_by(Absence.recorded_at, Absence.id))
        return [(row.kind, row.from_on, row.until_on) for row in rows]


def stored(house: House) -> list[tuple[str, str | None, str]]:
    with house.stores.reading() as session:
        rows = session.scalars(select(Presence).order_by(Presence.recorded_at, Presence.id))
        return [(row.state, row.kind, row.recorded_by) for row in rows]


def test_b13_a_round_starts_as_yesterday_and_is_kept_whole(
    sealed_house: House, blue: str, red: str
) -> None:
    assert codes() == {"Blue": "there", "Red": "there"}

    assert send((blue, "there", "there"), (red, "not_there", "there")) == Sent(2, 2, 0)

    assert sorted(stored(sealed_house)) == [("not_there", None, "night"), ("there", None, "night")]
    assert away(sealed_house) == [("unannounced", NIGHT, None)]
    tomorrow = EVENING + timedelta(days=1)
    assert codes(now=tomorrow) == {"Blue": "there", "Red": "not_there"}


def test_b13_a_round_that_is_sent_twice_counts_once(sealed_house: House, blue: str) -> None:
    asked_by("0" * 32)
    send((blue, "not_there", "there"))
    asked_by("0" * 32)

    with pytest.raises(DoneAlready):
        send((blue, "not_there", "there"))

    assert len(stored(sealed_house)) == 1
    asked_by(None)


def test_b13_two_rounds_at_once_are_merged_and_an_exception_is_never_lost(
    sealed_house: House, blue: str, red: str
) -> None:
    send((blue, "not_there", "there"), (red, "there", "there"))
    send((blue, "there", "there"), (red, "hospital", "there"), who=RIA)

    assert codes(RIA) == {"Blue": "not_there", "Red": "hospital"}
    [row] = [one for one in opened(RIA).rows if one.differ]
    assert [(one.by, one.said.state.value) for one in row.statements] == [
        ("Night", "there"),
        ("Ria", "announced"),
    ]


def test_b13_what_was_wrong_is_said_again_and_both_stand(sealed_house: House, blue: str) -> None:
    send((blue, "not_there", "there"))
    send((blue, "there", "not_there"), now=EVENING + timedelta(minutes=5))

    assert [state for state, _, _ in stored(sealed_house)] == ["not_there", "there"]
    assert away(sealed_house) == [("unannounced", NIGHT, NIGHT)]
    assert codes() == {"Blue": "there"}
    assert send((blue, "family", "there"), now=EVENING + timedelta(minutes=9)) == Sent(1, 1, 0)
    assert away(sealed_house)[1:] == [("family", NIGHT, None)]


def test_b13_somebody_who_is_back_ends_the_nights_away(sealed_house: House, blue: str) -> None:
    with sealed_house.stores.reading() as session:
        case_id = session.scalars(select(Case.id)).one()
    absences.begin(KOFI, case_id, AbsenceKind.UNANNOUNCED, YESTERDAY, cast.NOW)
    assert opened(RIA).rows[0].nights_away == 2

    send((blue, "there", "not_there"))

    assert away(sealed_house) == [("unannounced", YESTERDAY, NIGHT)]


def test_b13_a_missing_person_shows_on_the_case_after_the_round(
    sealed_house: House, blue: str
) -> None:
    send((blue, "not_there", "there"))
    with sealed_house.stores.reading() as session:
        case_id = session.scalars(select(Case.id)).one()

    case = gatekeeping.open_case(cast.LENA.actor(), case_id, EVENING + timedelta(days=3))

    assert case.missing is not None
    assert case.missing.nights == 3


def test_a_worker_of_the_night_sees_that_somebody_is_away_and_not_why(
    sealed_house: House, blue: str
) -> None:
    send((blue, "hospital", "there"), who=RIA)

    assert codes(RIA) == {"Blue": "hospital"}
    [row] = opened().rows
    assert (row.code, row.state, row.nights_away) == ("as_before", "announced", HIDDEN)
    assert {one.said.kind for one in row.statements} == {AbsenceKind.OTHER}
    send((blue, "as_before", "as_before"), now=EVENING + timedelta(days=1))
    assert stored(sealed_house)[-1] == ("announced", "hospital", "night")


def test_a_restricted_person_is_a_bed_and_is_not_asked(sealed_house: House, blue: str) -> None:
    with casework(sealed_house) as session:
        session.scalars(select(Client)).one().restricted = True

    view = opened()

    assert [(row.who, row.code) for row in view.rows] == [(HIDDEN, "as_before")]
    assert view.asked == 0
    assert send((blue, "not_there", "there")) == Sent(0, 0, 1)
    assert stored(sealed_house) == []


STRANGERS = [
    ("a worker of another site", cast.NIGHT.actor(site_id="zeezicht")),
    ("a worker without a site", cast.NIGHT.actor()),
    ("a coordinator of another organisation", JORIS),
    ("a caseworker", cast.AMINA.actor()),
    ("an administrator", cast.ADA.actor()),
]


@pytest.mark.parametrize(("who", "actor"), STRANGERS, ids=[one[0] for one in STRANGERS])
def test_a_site_of_others_is_no_site(
    sealed_house: House, blue: str, who: str, actor: Actor
) -> None:
    with pytest.raises(NotKnown):
        rounds.opened(actor, "havenhuis", None, EVENING)
    with pytest.raises(NotKnown):
        round_saving.send(actor, "havenhuis", NIGHT, [Answer(blue, "there", "there")], EVENING)
    assert stored(sealed_house) == [], who


def test_a_role_that_ended_meanwhile_sends_no_round(sealed_house: House, blue: str) -> None:
    actor = NADIA.actor()
    with casework(sealed_house) as session:
        session.execute(
            text(
                "UPDATE role_grants SET ended_at = '2026-11-22T10:00:00.000000Z' WHERE user_id = 'night'"
            )
        )

    with pytest.raises(NotKnown):
        round_saving.send(actor, "havenhuis", NIGHT, [Answer(blue, "there", "there")], EVENING)


def test_who_is_gone_or_was_never_here_is_told_alike(sealed_house: House, blue: str) -> None:
    assert send((blue, "there", "there"), ("nobody", "there", "there")) == Sent(1, 1, 1)


def test_b14_an_earlier_night_is_for_who_records_absences_and_begins_none(
    sealed_house: House, blue: str
) -> None:
    def said(who: Colleague, night: date) -> Sent | Refused:
        answer = Answer(blue, "not_there", "there")
        return round_saving.send(who.actor(), "havenhuis", night, [answer], EVENING)

    assert "Ask the coordinator" in reason(said(NADIA, YESTERDAY))
    assert "has not begun" in reason(said(RIA, TODAY + timedelta(days=1)))
    assert "more than 7 days" in reason(said(RIA, TODAY - timedelta(days=8)))
    assert said(RIA, YESTERDAY) == Sent(1, 1, 0)
    assert away(sealed_house) == []
    with pytest.raises(NotKnown):
        rounds.opened(NADIA.actor(), "havenhuis", YESTERDAY, EVENING)


def test_an_empty_round_says_nothing(sealed_house: House, blue: str) -> None:
    assert "about somebody" in reason(send())


def test_after_midnight_the_round_is_of_the_same_night(sealed_house: House, blue: str) -> None:
    send((blue, "not_there", "there"), now=EVENING + timedelta(hours=4))

    assert away(sealed_house) == [("unannounced", NIGHT, None)]


def test_a_statement_stays_as_it_was_said(sealed_house: House, blue: str) -> None:
    send((blue, "not_there", "there"))

    with pytest.raises(IntegrityError, match="append only"), casework(sealed_house) as session:
        session.execute(text("UPDATE presences SET state = 'there'"))


def test_the_log_says_who_sent_a_round_about_whom_and_holds_no_name(
    sealed_house: House, blue: str
) -> None:
    opened()
    send((blue, "not_there", "there"))

    with Session(sealed_house.stores.audit) as log:
        entries = log.scalars(
            select(Entry).where(Entry.event.in_(("round_opened", "round_sent")))
        ).all()
    assert [one.event for one in entries] == ["round_opened", "round_sent", "round_sent"]
    assert all(one.object_id == "havenhuis" and "Blue" not in one.details for one in entries)


def test_once_presence_by_name_may_not_be_kept_people_are_counted(
    sealed_house: House, blue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    crime(sealed_house, monkeypatch)

    view = opened()
    assert (view.rows, [(one.kind, one.stays, one.there) for one in view.counts]) == (
        (),
        [(BedKind.FULL_DAY, 1, None)],
    )
    assert "by name is not kept" in reason(send((blue, "there", "there")))
    assert (
        round_saving.count(NADIA.actor(), "havenhuis", NIGHT, {BedKind.FULL_DAY: 1}, EVENING)
        is None
    )
    assert [one.there for one in opened().counts] == [1]
    assert stored(sealed_house) == []


def test_names_are_not_replaced_by_numbers_before_that(sealed_house: House, blue: str) -> None:
    counted = round_saving.count(NADIA.actor(), "havenhuis", NIGHT, {BedKind.FULL_DAY: 1}, EVENING)

    assert "kept by name" in reason(counted)


def crime(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Staying without papers is a crime from tonight on."""
    rules = house.firewall
    changed = replace(rules, processing=replace(rules.processing, stay_is_a_crime_from=NIGHT))
    monkeypatch.setitem(house.__dict__, "firewall", changed)


def test_before_the_first_list_of_a_site_it_is_said_what_is_owed(
    sealed_house: House, blue: str
) -> None:
    first = opened()
    send((blue, "there", "there"))

    assert (first.is_first, first.register, first.kept_days) == (True, None, 28)
    assert not opened().is_first


def test_the_round_of_eighty_asks_no_question_for_each(sealed_house: House) -> None:
    questions: list[int] = []
    for people in (2, 12):
        beds = builders.open_site(sealed_house, f"house-{people}", beds=people)
        for n, bed in enumerate(beds):
            place(person(f"P{people}x{n}"), bed, YESTERDAY)
        asked = [0]

        def count(*_: object, asked: list[int] = asked) -> None:
            asked[0] += 1

        event.listen(sealed_house.stores.casework, "before_cursor_execute", count)
        view = rounds.opened(KOFI, f"house-{people}", None, EVENING)
        event.remove(sealed_house.stores.casework, "before_cursor_execute", count)
        assert view is not None
        assert view.asked == people
        questions.append(asked[0])
    assert questions[0] == questions[1]
