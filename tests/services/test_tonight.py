"""Beds tonight: each row for its reader, everybody shown told to the log, and no query per bed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services import absences, gatekeeping, sites, tonight
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.tonight_views import Person, Tonight
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Placement
from tests import cast
from tests.builders import casework, open_site
from tests.services.placing import JORIS, KOFI, TODAY, TOMORROW, YESTERDAY, person, place, staffed


def at_night(site: str = "havenhuis") -> Actor:
    return cast.NIGHT.actor(site_id=site)


def names(shown: Tonight) -> set[str]:
    """Every call name on the page."""
    rows = [row.person for site in shown.sites for row in site.rows]
    rows += [one.person for one in (*shown.arrivals, *shown.waiting)]
    return {one.who.call_name for one in rows if isinstance(one, Person)}


def test_b12_tonight_tells_who_sleeps_comes_goes_and_waits(sealed_house: House) -> None:
    beds = staffed(sealed_house, beds=5)
    place(person("Blue"), beds[0], YESTERDAY, TOMORROW)
    overdue = place(person("Red"), beds[1], YESTERDAY, TOMORROW)
    with casework(sealed_house) as session:
        row = session.get_one(Placement, overdue.placement_id)
        row.arrival_on, row.planned_departure_on = TODAY - timedelta(days=9), YESTERDAY
    place(person("Green"), beds[2], TOMORROW)
    person("Grey")

    shown = tonight.tonight(KOFI, cast.NOW)

    (site,) = shown.sites
    assert (site.open_beds, site.free()) == (5, 3)
    assert [row.person.who.call_name for row in shown.leaving] == ["Red"]  # type: ignore[union-attr]
    assert [one.person.who.call_name for one in shown.arrivals] == ["Green"]  # type: ignore[union-attr]
    assert [one.person.who.call_name for one in shown.waiting] == ["Grey"]


def test_somebody_who_left_the_programme_and_still_sleeps_here_is_to_be_ended(
    sealed_house: House,
) -> None:
    bed = staffed(sealed_house)[0]
    case = person("Blue")
    place(case, bed, YESTERDAY)
    with casework(sealed_house) as session:
        session.get_one(Case, case).stage = "exited"

    (row,) = tonight.tonight(KOFI, cast.NOW).leaving

    assert row.person.left_programme_on is not None  # type: ignore[union-attr]
    assert Permission.PLACEMENT_END in row.person.may  # type: ignore[union-attr]


def test_a_night_worker_sees_tonights_call_names_at_the_own_site_and_nothing_else(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    elsewhere = open_site(sealed_house, "zeezicht")
    place(person("Blue"), beds[0], YESTERDAY, TOMORROW)
    place(person("Red"), elsewhere[0])
    place(person("Green"), beds[1], TOMORROW)
    person("Grey")

    shown = tonight.tonight(at_night(), cast.NOW)

    assert names(shown) == {"Blue"}
    (row,) = [row for row in shown.sites[0].rows if row.stay]
    assert (row.since, row.planned_departure_on) == (HIDDEN, HIDDEN)
    assert row.person.clock is HIDDEN  # type: ignore[union-attr]
    assert row.person.stage is HIDDEN  # type: ignore[union-attr]
    assert row.person.may == {Permission.CASE_OPEN}  # type: ignore[union-attr]


def test_a_night_worker_without_a_site_sees_no_beds(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0])

    assert tonight.tonight(cast.NIGHT.actor(), cast.NOW).sites == ()


def test_another_organisation_sees_neither_beds_nor_who_waits(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0])
    person("Grey")

    shown = tonight.tonight(JORIS, cast.NOW)

    assert (shown.sites, names(shown), shown.waiting_count) == ((), set(), 0)


def test_a_restricted_person_is_a_taken_bed_and_is_not_counted_as_waiting(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    quiet = [person("Blue"), person("Grey")]
    place(quiet[0], beds[0])
    with casework(sealed_house) as session:
        for case in quiet:
            session.get_one(Client, session.get_one(Case, case).client_code).restricted = True

    shown = tonight.tonight(KOFI, cast.NOW)

    assert names(shown) == set()
    assert shown.waiting_count == 0
    assert [row.person for row in shown.sites[0].taken] == [HIDDEN]


def test_everybody_shown_is_told_to_the_log_before_the_page_leaves(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0])
    person("Grey")
    shown = tonight.tonight(KOFI, cast.NOW)

    codes = {
        shown.sites[0].taken[0].person.who.client_code,
        shown.waiting[0].person.who.client_code,
    }  # type: ignore[union-attr]
    with Session(sealed_house.stores.audit) as session:
        entry = session.scalars(select(Entry).where(Entry.event == "beds_listed")).one()
        told = set(
            session.scalars(select(Subject.subject_hash).where(Subject.position == entry.position))
        )
    assert told == {sealed_house.stores.hashed("subject", code) for code in codes}
    assert json.loads(entry.details) == {"count": 2, "sites": ["havenhuis"]}


def test_a_caseworker_has_no_list_of_beds(sealed_house: House) -> None:
    staffed(sealed_house)
    with pytest.raises(NotKnown):
        tonight.tonight(cast.AMINA.actor(), cast.NOW)


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*details: object) -> None:
        statements.append(str(details[2]))

    event.listen(house.stores.casework, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(house.stores.casework, "before_cursor_execute", note)


def fill(house: House, beds: list[str], first: int) -> None:
    """Puts somebody on each bed, straight into the store."""
    like = person()
    with casework(house) as session:
        case = session.get_one(Case, like)
        organisation, team, opened = case.organisation, case.team_id, case.opened_at
    with casework(house) as session:
        for n, bed in enumerate(beds, start=first):
            code = f"TEST-{n:04d}"
            session.add(
                Client(
                    code=code,
                    organisation=organisation,
                    call_name=f"Guest {n}",
                    registered_at=opened,
                    change_id="stage",
                )
            )
            session.flush()
            session.add(
                Case(
                    id=f"case-{n}",
                    client_code=code,
                    programme="waterstad-lvv",
                    organisation=organisation,
                    team_id=team,
                    stage="application",
                    opened_at=opened,
                    change_id="stage",
                )
            )
            session.flush()
            session.add(
                Placement(
                    bed_id=bed,
                    client_code=code,
                    case_id=f"case-{n}",
                    status="begun",
                    arrival_on=TODAY,
                    recorded_by="kofi",
                    recorded_at=opened,
                    changed_at=opened,
                    change_id="stage",
                )
            )


def test_the_number_of_queries_does_not_grow_from_five_beds_to_five_hundred(
    sealed_house: House,
) -> None:
    fill(sealed_house, staffed(sealed_house, beds=5), 1)
    with counted(sealed_house) as few:
        assert len(names(tonight.tonight(KOFI, cast.NOW))) == 6
    fill(sealed_house, open_site(sealed_house, "zeezicht", beds=9, rooms=54), 100)
    with counted(sealed_house) as many:
        shown = tonight.tonight(KOFI, cast.NOW)

    assert sum(site.open_beds for site in shown.sites) == 491
    assert len(many) == len(few)


def test_nights_in_hospital_pause_the_clock_of_this_programme_and_leave_does_not(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    used = {}
    for number, kind in enumerate((AbsenceKind.HOSPITAL, AbsenceKind.LEAVE)):
        case = person("Blue")
        place(case, beds[number], TODAY - timedelta(days=6))
        away = TODAY - timedelta(days=4)
        assert absences.begin(cast.KOFI.actor(), case, kind, away, cast.NOW) is None
        assert absences.end(cast.KOFI.actor(), case, TODAY, cast.NOW) is None
        told = gatekeeping.open_case(KOFI, case, cast.NOW).clock
        used[kind] = told.days_used  # type: ignore[union-attr]

    assert used[AbsenceKind.LEAVE] - used[AbsenceKind.HOSPITAL] == 4


def test_only_an_administrator_opens_sites(sealed_house: House) -> None:
    staffed(sealed_house)
    with pytest.raises(NotKnown):
        sites.organisations(KOFI)
