"""The board for its readers: names only where that case may be seen, one truth with the search, no question per bed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.actors import Role
from caseflow.domain.boards import CellKind
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services import absences, boards, free_beds, vacancies
from caseflow.services.board_views import Board, BoardCell, BoardPerson
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Bed
from tests import cast
from tests.builders import casework, open_site
from tests.caseload_worlds import counted
from tests.services.placing import JORIS, KOFI, TODAY, TOMORROW, YESTERDAY, person, place, staffed

NOW = cast.NOW
K = CellKind


def cells(board: Board) -> Iterator[tuple[str, BoardCell]]:
    """Every cell with the name of its bed."""
    for site in board.sites:
        for room in site.rooms:
            for row in room.rows:
                yield from ((row.bed.name, cell) for cell in row.cells)


def names(board: Board) -> set[str]:
    return {
        cell.person.who.call_name
        for _, cell in cells(board)
        if isinstance(cell.person, BoardPerson)
    }


def test_a_coordinator_sees_every_site_with_names_and_what_can_be_given(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    elsewhere = open_site(sealed_house, "zeezicht", beds=2)
    place(person("Blue"), beds[0], YESTERDAY, TODAY + timedelta(days=3))
    place(person("Red"), elsewhere[0], TOMORROW)

    board = boards.board(KOFI, NOW)

    assert [site.name for site in board.sites] == ["Havenhuis", "Zeezicht"]
    assert [(site.free, site.beds) for site in board.sites] == [(2, 3), (2, 2)]
    assert names(board) == {"Blue", "Red"}
    first = [(cell.kind, cell.count, cell.can_be_given) for bed, cell in cells(board)][:3]
    assert first == [(K.TAKEN, 3, False), (K.FREE, 1, True), (K.FREE, 1, True)]
    one = boards.board(KOFI, NOW, site_id="zeezicht", length=7, first=TOMORROW)
    assert ([site.id for site in one.sites], one.length) == (["zeezicht"], 7)
    assert one.nights[0] == TOMORROW


def test_b06_what_the_board_calls_free_is_what_the_search_offers(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0], YESTERDAY, TOMORROW)
    place(person("Red"), beds[1], TODAY + timedelta(days=2), TODAY + timedelta(days=4))
    with casework(sealed_house) as session:
        session.get_one(Bed, beds[2]).valid_until = TODAY
    looking = person("Green")
    board = boards.board(KOFI, NOW, length=7)
    free = {(bed, cell.nights.arrival) for bed, cell in cells(board) if cell.kind is K.FREE}

    for night in board.nights:
        found = vacancies.vacancies(KOFI, looking, night, night + timedelta(days=1), NOW)
        assert {one.bed.name for one in found.free} == {bed for bed, on in free if on == night}


def test_b08_somebody_unseen_is_a_taken_bed_without_a_name(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    stay = place(person("Blue"), beds[0], YESTERDAY).placement_id
    with casework(sealed_house) as session:
        code = session.scalars(select(Client.code)).one()
        session.get_one(Client, code).restricted = True

    board = boards.board(KOFI, NOW)

    [taken] = [cell for _, cell in cells(board) if cell.kind is K.TAKEN]
    assert (taken.placement_id, taken.person) == (stay, HIDDEN)
    assert names(board) == set()


def test_a_residential_worker_sees_the_own_site_and_gives_nothing(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    elsewhere = open_site(sealed_house, "zeezicht")
    place(person("Blue"), beds[0], YESTERDAY)
    place(person("Red"), elsewhere[0], YESTERDAY)
    rosa = cast.Colleague("rosa", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
    worker = rosa.actor()

    board = boards.board(worker, NOW)

    assert names(board) == {"Blue"}
    assert not any(cell.can_be_given for _, cell in cells(board))
    with pytest.raises(NotKnown):
        boards.board(worker, NOW, site_id="zeezicht")


@pytest.mark.parametrize("colleague", [cast.NIGHT, cast.AMINA, cast.ADA])
def test_others_have_no_board(sealed_house: House, colleague: cast.Colleague) -> None:
    staffed(sealed_house)

    with pytest.raises(NotKnown):
        boards.board(colleague.actor(), NOW)


def test_another_organisations_site_is_as_absent_as_one_that_never_was(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0], YESTERDAY)

    assert boards.board(JORIS, NOW).sites == ()
    for site in ("havenhuis", "nowhere"):
        with pytest.raises(NotKnown):
            boards.board(JORIS, NOW, site_id=site)
    for bed in (beds[1], "nowhere"):
        with pytest.raises(NotKnown):
            free_beds.offer(JORIS, bed, TODAY, NOW)


def test_nights_away_are_on_the_board(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    case = person("Blue")
    place(case, bed, TODAY - timedelta(days=4))
    assert absences.begin(KOFI, case, AbsenceKind.HOSPITAL, YESTERDAY, NOW) is None

    board = boards.board(KOFI, NOW, first=TODAY - timedelta(days=3))

    found = [(cell.kind, cell.count) for bed_name, cell in cells(board) if bed_name == "1.1"]
    assert found == [(K.TAKEN, 2), (K.AWAY, 12)]


def test_everybody_shown_is_told_to_the_log_by_code(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0], YESTERDAY)

    boards.board(KOFI, NOW)

    with Session(sealed_house.stores.audit) as log:
        entry = log.scalars(select(Entry).where(Entry.event == "board_listed")).one()
        details = json.loads(entry.details)
    assert details["count"] == 1
    assert details["from"] == TODAY.isoformat()
    assert "Blue" not in entry.details


def test_the_questions_do_not_grow_with_the_beds(house: House) -> None:
    beds = staffed(house, beds=12)
    place(person("Blue"), beds[0], YESTERDAY)
    with counted(house) as few:
        boards.board(KOFI, NOW)
    for number, bed in enumerate(beds[1:11]):
        place(person(f"Person {number}"), bed, YESTERDAY)
    with counted(house) as many:
        boards.board(KOFI, NOW)

    assert len(many) == len(few)


def test_a_free_bed_names_who_waits_and_until_when_it_is_free(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person("Red"), beds[0], TODAY + timedelta(days=3))
    person("Blue")

    found = free_beds.offer(KOFI, beds[0], TODAY, NOW)

    assert found.free.until == TODAY + timedelta(days=3)
    assert [one.waiting.person.who.call_name for one in found.candidates] == ["Blue"]
    for night in (TODAY + timedelta(days=3), YESTERDAY, TODAY + timedelta(days=400)):
        with pytest.raises(NotKnown):
            free_beds.offer(KOFI, beds[0], night, NOW)


def test_more_beds_than_a_page_shows_ask_for_a_site(
    sealed_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0], YESTERDAY)
    monkeypatch.setattr(boards, "BEDS_AT_MOST", 2)

    assert (boards.board(KOFI, NOW).too_many, boards.board(KOFI, NOW).sites) == (True, ())
    assert names(boards.board(KOFI, NOW, site_id="havenhuis")) == {"Blue"}


def test_one_case_is_no_key_to_anothers_nights(sealed_house: House) -> None:
    """A client of another organisation on a bed of ours is a taken bed, unless the bed is ours to give."""
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0], YESTERDAY)
    with casework(sealed_house) as session:
        session.scalars(select(Case)).one().organisation = "het-kompas"

    shown = boards.board(KOFI, NOW)

    assert names(shown) == {"Blue"}, "sheltered at a site of ours: shelter and call name are shared"
    assert boards.board(JORIS, NOW).sites == ()
