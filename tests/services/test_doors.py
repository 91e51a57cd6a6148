"""Somebody at the door: an entry at once, a script and a number, and not one question to clients, cases or beds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.doors import HowItEnded, PaperShown, Visitor
from caseflow.services import door_registers, doors, houses
from caseflow.services.doors import Told
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.governance import DoorCall
from tests import cast
from tests.builders import open_site
from tests.services.placing import staffed

NOW = cast.NOW
NIGHT = cast.NIGHT.actor(site_id="havenhuis")
ALL = Told(Visitor.POLICE, PaperShown.LETTER, HowItEnded.LEFT)
ABOUT_PEOPLE = ("clients", "cases", "placements", "beds", "emergency_cards", "case_team_members")


@pytest.fixture(autouse=True)
def staff(sealed_house: House) -> None:
    staffed(sealed_house)


@contextmanager
def questions(house: House) -> Iterator[list[str]]:
    """Every statement that any open store is asked meanwhile."""
    asked: list[str] = []

    def heard(*words: Any) -> None:
        asked.append(str(words[2]))

    stores = (house.stores.casework, house.stores.cards)
    for store in stores:
        event.listen(store, "before_cursor_execute", heard)
    try:
        yield asked
    finally:
        for store in stores:
            event.remove(store, "before_cursor_execute", heard)


def about_people(asked: list[str]) -> list[str]:
    return [one for one in asked if any(f" {table}" in one for table in ABOUT_PEOPLE)]


def stored(house: House) -> list[DoorCall]:
    with house.stores.reading() as session:
        rows = list(session.scalars(select(DoorCall)))
        session.expunge_all()
        return rows


def test_an_entry_is_opened_at_once_and_completed_later(sealed_house: House) -> None:
    door_id = doors.somebody_is_here(NIGHT, NOW)
    [entry] = stored(sealed_house)
    assert (entry.site_id, entry.who, entry.at) == ("havenhuis", None, NOW)
    assert [one.id for one in doors.unfinished(NIGHT, NOW)] == [door_id]
    assert doors.tell(NIGHT, door_id, Told(who=Visitor.AVIM), NOW) is None
    assert doors.tell(NIGHT, door_id, Told(outcome=HowItEnded.WAITS), NOW) is None
    assert doors.unfinished(NIGHT, NOW), "somebody still waits"
    rest = Told(shown=PaperShown.NONE, outcome=HowItEnded.LEFT)
    assert doors.tell(NIGHT, door_id, rest, NOW) is None
    assert doors.unfinished(NIGHT, NOW) == ()
    told = doors.door(NIGHT, door_id, NOW).entry.told
    assert (told.who, told.shown, told.outcome) == (Visitor.AVIM, PaperShown.NONE, HowItEnded.LEFT)


def test_the_page_has_the_script_and_the_number_of_the_organisation(sealed_house: House) -> None:
    shown = doors.door(NIGHT, doors.somebody_is_here(NIGHT, NOW), NOW)
    assert shown.on_call == "010 555 01 10"
    assert shown.script.say
    assert shown.sites == (), "there is one site, nothing to choose"


def test_an_organisation_without_a_number_is_told_where_to_set_it(sealed_house: House) -> None:
    known = sealed_house.catalogue.organisations["de-haven"]
    without = replace(
        sealed_house.catalogue, organisations={"de-haven": replace(known, on_call=None)}
    )
    with houses.inside(replace(sealed_house, catalogue=without)):
        assert doors.door(NIGHT, doors.somebody_is_here(NIGHT, NOW), NOW).on_call is None


def test_nobody_is_looked_up(sealed_house: House) -> None:
    with questions(sealed_house) as asked:
        door_id = doors.somebody_is_here(NIGHT, NOW)
        doors.door(NIGHT, door_id, NOW)
        doors.tell(NIGHT, door_id, ALL, NOW)
        doors.unfinished(NIGHT, NOW)
        doors.somebody_is_here(cast.KOFI.actor(), NOW)
        door_registers.register(cast.PETRA.actor(), NOW)
    assert len(asked) > 10
    assert about_people(asked) == []


def test_a_door_that_looks_somebody_up_is_found(
    sealed_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = doors._only_site

    def curious(actor: Any) -> str | None:
        with sealed_house.stores.reading() as session:
            session.connection().exec_driver_sql("SELECT count(*) FROM placements")
        return real(actor)

    monkeypatch.setattr(doors, "_only_site", curious)
    with questions(sealed_house) as asked:
        doors.somebody_is_here(NIGHT, NOW)
    assert about_people(asked) != []


def test_pressing_again_goes_on_with_the_call_that_is_not_finished(sealed_house: House) -> None:
    first = doors.somebody_is_here(NIGHT, NOW)
    assert doors.somebody_is_here(NIGHT, NOW + timedelta(minutes=10)) == first
    assert doors.somebody_is_here(cast.KOFI.actor(), NOW) != first
    doors.tell(NIGHT, first, ALL, NOW)
    assert doors.somebody_is_here(NIGHT, NOW + timedelta(minutes=10)) != first
    assert len(stored(sealed_house)) == 3


def test_a_coordinator_says_at_which_site(sealed_house: House) -> None:
    open_site(sealed_house, "zeezicht")
    open_site(sealed_house, "kompashuis", "het-kompas")
    kofi = cast.KOFI.actor()
    door_id = doors.somebody_is_here(kofi, NOW)
    assert [name for _, name in doors.door(kofi, door_id, NOW).sites] == ["Havenhuis", "Zeezicht"]
    assert isinstance(doors.tell(kofi, door_id, Told(site_id="kompashuis"), NOW), Refused)
    assert isinstance(doors.tell(kofi, door_id, Told(), NOW), Refused)
    assert doors.tell(kofi, door_id, Told(site_id="zeezicht"), NOW) is None
    assert stored(sealed_house)[0].site_id == "zeezicht"


def test_an_entry_is_its_authors_and_the_register_its_readers(sealed_house: House) -> None:
    door_id = doors.somebody_is_here(NIGHT, NOW)
    for colleague in (cast.KOFI, cast.AMINA):
        with pytest.raises(NotKnown):
            doors.door(colleague.actor(), door_id, NOW)
        with pytest.raises(NotKnown):
            doors.tell(colleague.actor(), door_id, ALL, NOW)
        with pytest.raises(NotKnown):
            door_registers.register(colleague.actor(), NOW)
    with Session(sealed_house.stores.audit) as log:
        denied = log.scalars(select(Entry.result).where(Entry.event == "access_denied")).all()
    assert denied == ["refused"] * 4, "each guess at an entry is told"
    for colleague in (cast.PETRA, cast.FEMKE, cast.ADA):
        with pytest.raises(NotKnown):
            doors.somebody_is_here(colleague.actor(), NOW)


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.FG, Role.DIRECTOR])
def test_the_register_counts_what_happened_and_no_slip_of_the_finger(role: Role) -> None:
    for minutes, told in enumerate(
        (ALL, ALL, Told(outcome=HowItEnded.MISTAKE), Told(who=Visitor.PRESS))
    ):
        at = NOW + timedelta(minutes=minutes)
        doors.tell(NIGHT, doors.somebody_is_here(NIGHT, at), told, at)
    reader = cast.Colleague("petra", "de-haven", None, (role,)).actor()
    register = door_registers.register(reader, NOW + timedelta(hours=1))
    assert register.by_visitor == {Visitor.POLICE: 2, Visitor.PRESS: 1}
    assert register.by_ending == {HowItEnded.LEFT: 2, None: 1}
    assert (len(register.entries), register.waiting, register.year) == (4, 4, 2026)
    assert register.entries[0].may_mark is (role is Role.PRIVACY_OFFICER)
    other = cast.Colleague("pia", "het-kompas", None, (role,)).actor()
    assert door_registers.register(other, NOW).entries == ()


def test_the_privacy_officer_marks_an_entry_as_seen_once(sealed_house: House) -> None:
    door_id, petra = doors.somebody_is_here(NIGHT, NOW), cast.PETRA.actor()
    assert door_registers.mark_as_seen(petra, door_id, NOW) is None
    assert isinstance(door_registers.mark_as_seen(petra, door_id, NOW), Refused)
    assert door_registers.register(petra, NOW).waiting == 0
    elsewhere = cast.Colleague("pia", "het-kompas", None, cast.PETRA.roles).actor()
    with pytest.raises(NotKnown):
        door_registers.mark_as_seen(elsewhere, door_id, NOW)
    with pytest.raises(NotKnown):
        door_registers.mark_as_seen(NIGHT, door_id, NOW)
