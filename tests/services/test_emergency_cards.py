"""A card that is made with the client, and opened with one tap where they sleep, whatever is sealed or marked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.cards import NO_NUMBERS, CardLines
from caseflow.domain.decisions import Refused
from caseflow.services import ambulances, card_openings, cards, gatekeeping
from caseflow.services.card_views import CardView
from caseflow.services.cards import CHANGED_MEANWHILE
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import audit_log
from caseflow.storage.models.accounts import RoleGrant, RosterShift
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import Case, CaseTeamMember, Client, Referral
from caseflow.storage.models.governance import CardOpening
from caseflow.storage.models.shelter import Placement
from tests import cast
from tests.builders import casework, open_site
from tests.services.placing import TODAY, TOMORROW, YESTERDAY, person, place, staffed

NOW = cast.NOW
NIGHT = cast.NIGHT.actor(site_id="havenhuis")
LINES = CardLines(call_name="Bluebell", allergies="Penicillin", doctor="De Brug, 010 555 12 34")
LATER = timedelta(minutes=14, seconds=59)


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
def case_id(sealed_house: House) -> str:
    """Somebody who sleeps here, with Amina on the case team; every vault is sealed."""
    bed = staffed(sealed_house)[0]
    made = person("Blue")
    place(made, bed)
    with casework(sealed_house) as session:
        session.add(CaseTeamMember(case_id=made, user_id="amina", from_on=TODAY, change_id="c"))
    return made


def card(case_id: str) -> CardView | None:
    shown = gatekeeping.open_case(cast.AMINA.actor(), case_id, NOW).card
    assert shown is None or isinstance(shown, CardView)
    return shown


def restrict(house: House, case_id: str) -> None:
    with casework(house) as session:
        code = session.get_one(Case, case_id).client_code
        session.get_one(Client, code).restricted = True


def told(house: House, event: str) -> list[tuple[str, str | None]]:
    with Session(house.stores.audit) as log:
        rows = log.execute(
            select(Entry.stands_for, Entry.result)
            .where(Entry.event == event)
            .order_by(Entry.position)
        )
        return [(row.stands_for, row.result) for row in rows]


# Making a card


def test_a_case_team_makes_a_card_and_changes_it_while_the_vault_is_sealed(case_id: str) -> None:
    amina = cast.AMINA.actor()
    assert card(case_id) is None
    assert cards.record(amina, case_id, LINES, None, NOW) is None
    first = card(case_id)
    assert first is not None
    assert first.lines == LINES
    changed = CardLines(allergies="Penicillin, nuts")
    assert cards.record(amina, case_id, changed, first.id, NOW) is None
    second = card(case_id)
    assert second is not None
    assert (second.lines, second.recorded_on) == (changed, TODAY)


def test_a_card_of_a_colleague_is_not_written_over(case_id: str) -> None:
    amina = cast.AMINA.actor()
    cards.record(amina, case_id, LINES, None, NOW)
    late = cards.record(amina, case_id, CardLines(medication="None"), None, NOW)
    assert late == Refused(CHANGED_MEANWHILE)
    shown = card(case_id)
    assert shown is not None
    assert shown.lines == LINES


def test_a_card_holds_no_number_and_at_least_one_line(case_id: str) -> None:
    amina = cast.AMINA.actor()
    bsn = CardLines(whom_to_call="Ask for 111222333")
    assert cards.record(amina, case_id, bsn, None, NOW) == Refused(NO_NUMBERS)
    assert isinstance(cards.record(amina, case_id, CardLines(), None, NOW), Refused)
    assert card(case_id) is None


@pytest.mark.parametrize("colleague", [cast.BRAM, cast.KOFI, cast.NIGHT, cast.YUSUF, cast.PETRA])
def test_nobody_else_makes_a_card(case_id: str, colleague: cast.Colleague) -> None:
    with pytest.raises(NotKnown):
        cards.record(colleague.actor(site_id="havenhuis"), case_id, LINES, None, NOW)


def test_a_counsellor_and_a_team_mate_read_no_card(sealed_house: House, case_id: str) -> None:
    cards.record(cast.AMINA.actor(), case_id, LINES, None, NOW)
    shown = gatekeeping.open_case(cast.BRAM.actor(), case_id, NOW)
    assert not isinstance(shown.card, CardView)
    placed = gatekeeping.open_case(cast.KOFI.actor(), case_id, NOW)
    assert not isinstance(placed.card, CardView), "one tap, at its own address"


# One tap


def test_the_night_worker_finds_who_sleeps_here_and_opens_one_card(
    sealed_house: House, case_id: str
) -> None:
    cards.record(cast.AMINA.actor(), case_id, LINES, None, NOW)
    [site] = ambulances.sleepers(NIGHT, NOW)
    [one] = site.sleepers
    assert (site.name, one.bed.name, one.call_name) == ("Havenhuis", "1.1", "Blue")
    opening = ambulances.open_card(NIGHT, one.case_id, NOW)
    sheet = ambulances.sheet(NIGHT, opening, NOW)
    assert (sheet.call_name, sheet.bed, sheet.lines) == ("Bluebell", "1.1", LINES)
    assert told(sealed_house, "card_opened") == [
        ("intent", None),
        ("outcome", "done"),
        ("look", "shown"),
    ]
    with Session(sealed_house.stores.audit) as log:
        intent = log.scalars(select(Entry).where(Entry.event == "card_opened")).first()
        assert intent is not None
        assert intent.control_emergency
        assert json.loads(intent.details)["site"] == "havenhuis"
        about = log.scalars(select(Subject).where(Subject.position == intent.position)).all()
        assert len(about) == 1


def test_a_person_without_a_card_has_a_sheet_that_says_so(case_id: str) -> None:
    opening = ambulances.open_card(NIGHT, case_id, NOW)
    sheet = ambulances.sheet(NIGHT, opening, NOW)
    assert (sheet.call_name, sheet.bed, sheet.lines) == ("Blue", "1.1", None)


def test_an_opened_card_is_gone_after_a_quarter_of_an_hour_and_for_everybody_else(
    sealed_house: House, case_id: str
) -> None:
    opening = ambulances.open_card(NIGHT, case_id, NOW)
    assert ambulances.sheet(NIGHT, opening, NOW + LATER).bed == "1.1"
    for reader, at in (
        (NIGHT, NOW + timedelta(minutes=15)),
        (NIGHT, NOW - timedelta(seconds=1)),
        (cast.AMINA.actor(), NOW),
        (cast.KOFI.actor(), NOW),
    ):
        with pytest.raises(NotKnown):
            ambulances.sheet(reader, opening, at)
    assert len(told(sealed_house, "access_denied")) == 4


def test_a_restricted_card_opens_where_the_person_sleeps_and_lists_no_name(
    sealed_house: House, case_id: str
) -> None:
    cards.record(cast.AMINA.actor(), case_id, LINES, None, NOW)
    restrict(sealed_house, case_id)
    [site] = ambulances.sleepers(NIGHT, NOW)
    assert [(one.bed.name, one.call_name) for one in site.sleepers] == [("1.1", None)]
    opening = ambulances.open_card(NIGHT, case_id, NOW)
    assert ambulances.sheet(NIGHT, opening, NOW).lines == LINES
    with pytest.raises(NotKnown):
        gatekeeping.open_case(NIGHT, case_id, NOW)
    for colleague in (cast.AMINA, cast.LENA):
        with pytest.raises(NotKnown):
            ambulances.open_card(colleague.actor(), case_id, NOW)


def test_cards_of_another_site_another_night_or_another_role_do_not_open(
    sealed_house: House, case_id: str
) -> None:
    elsewhere, coming = person("Red"), person("Green")
    place(elsewhere, open_site(sealed_house, "zeezicht")[0])
    place(coming, "havenhuis-room-1-bed-2", TOMORROW)
    assert [one.case_id for one in ambulances.sleepers(NIGHT, NOW)[0].sleepers] == [case_id]
    for other in (elsewhere, coming, "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotKnown):
            ambulances.open_card(NIGHT, other, NOW)
    for colleague in (cast.BRAM, cast.YUSUF, cast.PETRA, cast.TESS):
        with pytest.raises(NotKnown):
            ambulances.open_card(colleague.actor(), case_id, NOW)
    with pytest.raises(NotKnown):
        ambulances.sleepers(cast.AMINA.actor(), NOW)


def test_who_was_awaited_yesterday_and_never_came_is_not_on_the_list(
    sealed_house: House, case_id: str
) -> None:
    never_came = person("Red")
    with casework(sealed_house) as session:
        session.add(
            Placement(
                bed_id="havenhuis-room-1-bed-2",
                client_code=session.get_one(Case, never_came).client_code,
                case_id=never_came,
                status="booked",
                arrival_on=YESTERDAY,
                planned_departure_on=TOMORROW + timedelta(days=9),
                recorded_by="kofi",
                recorded_at=NOW,
                changed_at=NOW,
                change_id="c",
            )
        )
    [site] = ambulances.sleepers(NIGHT, NOW)
    assert [one.case_id for one in site.sleepers] == [case_id]


def test_case_team_lead_on_duty_health_and_coordinator_open_it_too(
    sealed_house: House, case_id: str
) -> None:
    with casework(sealed_house) as session:
        session.add(
            RosterShift(
                user_id="sara",
                organisation="de-haven",
                team_id="haven-east",
                starts_at=NOW - timedelta(hours=1),
                ends_at=NOW + timedelta(hours=1),
                entered_by="lena",
            )
        )
        session.add(
            Referral(case_id=case_id, user_id="mo", kind="medical", from_on=TODAY, change_id="c")
        )
        session.query(RoleGrant).filter_by(user_id="mo").update({"role": Role.HEALTH_WORKER})
    health = cast.Colleague("mo", "de-haven", "haven-west", (Role.HEALTH_WORKER,))
    for colleague in (cast.AMINA, cast.LENA, cast.SARA, cast.KOFI, health):
        opening = ambulances.open_card(colleague.actor(), case_id, NOW)
        assert ambulances.sheet(colleague.actor(), opening, NOW).bed == "1.1"
    with pytest.raises(NotKnown):
        ambulances.open_card(cast.SARA.actor(), case_id, NOW + timedelta(hours=1))


def test_a_log_that_cannot_be_told_shows_no_card(
    sealed_house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = ambulances.open_card(NIGHT, case_id, NOW)

    def full(*_: object, **__: object) -> str:
        raise OperationalError("INSERT", None, Exception("full"))

    monkeypatch.setattr(audit_log, "tell", full)
    with pytest.raises(OperationalError):
        ambulances.sheet(NIGHT, opening, NOW)
    with pytest.raises(OperationalError):
        ambulances.open_card(NIGHT, case_id, NOW)
    with pytest.raises(OperationalError):
        ambulances.sleepers(NIGHT, NOW)
    with sealed_house.stores.reading() as session:
        assert len(session.scalars(select(CardOpening)).all()) == 1


# Afterwards


def test_the_privacy_officer_looks_at_each_opening_once(sealed_house: House, case_id: str) -> None:
    ambulances.open_card(NIGHT, case_id, NOW)
    petra = cast.PETRA.actor()
    [one] = card_openings.openings(petra, NOW).rows
    assert (one.site, one.opened_by, one.may_mark) == ("Havenhuis", "Nadia", True)
    assert one.look_on == TOMORROW, "opened on a Sunday, looked at on Monday"
    assert card_openings.mark_as_seen(petra, one.id, NOW) is None
    assert isinstance(card_openings.mark_as_seen(petra, one.id, NOW), Refused)
    seen = card_openings.openings(petra, NOW)
    assert (seen.waiting, seen.rows[0].seen_by) == (0, "Petra")
    with pytest.raises(NotKnown):
        card_openings.openings(NIGHT, NOW)


def test_openings_of_another_organisation_are_not_there(sealed_house: House, case_id: str) -> None:
    opening = ambulances.open_card(NIGHT, case_id, NOW)
    elsewhere = cast.Colleague("pia", "het-kompas", None, cast.PETRA.roles).actor()
    assert card_openings.openings(elsewhere, NOW).rows == ()
    with pytest.raises(NotKnown):
        card_openings.mark_as_seen(elsewhere, opening, NOW)


def test_nobody_looks_at_their_own_opening(sealed_house: House, case_id: str) -> None:
    both = cast.Colleague(
        "nadia", "de-haven", None, (*cast.NIGHT.roles, *cast.PETRA.roles), "havenhuis"
    ).actor()
    opening = ambulances.open_card(both, case_id, NOW)
    assert not card_openings.openings(both, NOW).rows[0].may_mark
    assert isinstance(card_openings.mark_as_seen(both, opening, NOW), Refused)
