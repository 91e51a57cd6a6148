"""What is changed about a house, with its dates, and never over the head of who sleeps there (rules B1, B4, B5, B6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from caseflow.domain.beds import MeantFor
from caseflow.domain.decisions import Refused
from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.nights import Nights
from caseflow.domain.outages import OutageReason
from caseflow.domain.sites import Funder, Mark, NeighbourhoodKind
from caseflow.services import (
    health,
    intake,
    neighbourhoods,
    outages,
    place_marks,
    placements,
    site_acts,
    sites,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.site_pages import site_page
from caseflow.services.site_views import SitePage
from caseflow.services.vacancies import vacancies
from caseflow.storage import availability
from caseflow.storage.models.cases import Case
from caseflow.storage.models.shelter import Bed
from caseflow.storage.models.sites import OutOfService
from tests import cast
from tests.builders import casework, family, open_site
from tests.services.placing import KOFI, TODAY, TOMORROW, person, place, reason, staffed

ADA, JORIS, NOW, HERE = cast.ADA.actor(), cast.JORIS.actor(), cast.NOW, "havenhuis"


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def shown() -> SitePage:
    return site_page(KOFI, HERE, NOW)


def take_out(spot: str = "site", first: int = 0, expected: int | None = None) -> Refused | None:
    until = None if expected is None else day(expected)
    return outages.take_out(KOFI, HERE, spot, OutageReason.REPAIR, day(first), until, "4210", NOW)


def why_not(case: str, bed: str, arrival: date = TODAY, departure: date | None = None) -> str:
    found = vacancies(KOFI, case, arrival, departure, NOW)
    (one,) = (one for one in found.vacancies if one.bed.id == bed)
    return "" if one.decision else reason(one.decision)


@pytest.mark.parametrize("spot", ["bed", "room", "site"])
def test_b05_what_is_out_of_service_is_offered_to_nobody_until_it_is_back(
    sealed_house: House, spot: str
) -> None:
    bed, *_ = staffed(sealed_house)
    case = person()
    wanted = {"bed": f"bed:{bed}", "room": f"room:{HERE}-room-1", "site": "site"}[spot]

    assert take_out(wanted, expected=3) is None
    assert "2026-11-25" in why_not(case, bed, TODAY, day(2))
    assert isinstance(placements.allocate(KOFI, case, bed, TODAY, day(2), NOW), Refused)
    assert why_not(case, bed, day(3)) == ""
    (one,) = shown().running
    assert outages.put_back(KOFI, HERE, one.outage.id, one.revision_id, TODAY, NOW) is None
    assert why_not(case, bed) == ""
    assert shown().running == ()


@pytest.mark.parametrize(
    ("arrival", "departure", "first", "expected", "words"),
    [
        (0, None, 0, 5, "from 2026-11-22 to 2026-11-27: 5"),
        (0, None, 0, None, "without a planned departure"),
        (4, 6, 0, None, "from 2026-11-26 to 2026-11-28: 2"),
        (4, 6, 5, 9, "from 2026-11-27 to 2026-11-28: 1"),
        (4, 6, 0, 4, ""),
        (4, 6, 6, None, ""),
    ],
)
def test_b05_nobody_is_put_out_by_taking_a_bed_out(
    sealed_house: House,
    arrival: int,
    departure: int | None,
    first: int,
    expected: int | None,
    words: str,
) -> None:
    bed, *_ = staffed(sealed_house)
    place(person(), bed, day(arrival), None if departure is None else day(departure))

    answer = take_out(f"bed:{bed}", first, expected)

    assert answer is None if not words else words in reason(answer)


def test_b05_every_word_about_an_outage_is_kept(sealed_house: House) -> None:
    bed, *_ = staffed(sealed_house)
    take_out(f"bed:{bed}", expected=3)
    (one,) = shown().running
    key = (KOFI, HERE, one.outage.id)

    later = NOW + timedelta(minutes=5)
    assert outages.revise(*key, one.revision_id, OutageReason.PESTS, day(9), "77", later) is None
    late = outages.revise(*key, one.revision_id, OutageReason.OTHER, None, None, later)
    assert "a moment earlier" in reason(late)
    (again,) = shown().running
    assert [line.reason for line in again.revisions] == [OutageReason.PESTS, OutageReason.REPAIR]
    assert [line.cost_centre for line in again.revisions] == ["77", "4210"]
    assert outages.take_back(*key, again.revision_id, NOW) is None
    assert (shown().running, len(shown().past[0].revisions)) == ((), 3)
    with pytest.raises(NotKnown):
        outages.put_back(*key, again.revision_id, TODAY, NOW)
    with sealed_house.stores.reading() as session:
        kept = session.scalar(select(func.count(OutOfService.id)))
    assert kept == 3


def test_b05_an_outage_is_not_made_longer_over_a_booking(sealed_house: House) -> None:
    bed, *_ = staffed(sealed_house)
    take_out(f"bed:{bed}", expected=3)
    place(person(), bed, day(5), day(8))
    (one,) = shown().running

    answer = outages.revise(
        KOFI, HERE, one.outage.id, one.revision_id, OutageReason.PESTS, None, None, NOW
    )

    assert "Nights that are taken" in reason(answer)
    assert shown().running[0].outage.expected_until_on == day(3)


@pytest.mark.parametrize("spot", ["bed", "room", "site"])
def test_b04_a_place_is_closed_with_its_last_night_and_last_year_stays_right(
    sealed_house: House, spot: str
) -> None:
    bed, *_ = staffed(sealed_house)
    case = person()
    wanted = {"bed": f"bed:{bed}", "room": f"room:{HERE}-room-1", "site": "site"}[spot]

    assert site_acts.close(ADA, HERE, wanted, day(2), NOW) is None
    assert "closes on 2026-11-25" in why_not(case, bed)
    assert why_not(case, bed, TODAY, day(3)) == ""
    with sealed_house.stores.reading() as session:
        last_year = availability.beds(
            session, Nights(date(2025, 11, 22), date(2025, 11, 23)), NOW, TODAY, site_ids=[HERE]
        )
    assert all(one.bed.open_from <= date(2025, 11, 22) for one in last_year)
    assert site_acts.close(ADA, HERE, wanted, None, NOW) is None
    assert why_not(case, bed) == ""


def test_b04_nothing_is_closed_while_somebody_sleeps_there(sealed_house: House) -> None:
    bed, other, _ = staffed(sealed_house)
    place(person(), bed, TODAY, day(5))

    for spot in ("site", f"room:{HERE}-room-1", f"bed:{bed}"):
        answer = site_acts.close(ADA, HERE, spot, day(1), NOW)
        assert "from 2026-11-24 to 2026-11-27: 3" in reason(answer), spot
    assert site_acts.close(ADA, HERE, f"bed:{other}", day(1), NOW) is None


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: site_acts.close(ADA, HERE, "site", date(2020, 1, 1), NOW), "It opened on"),
        (lambda: site_acts.close(ADA, HERE, "site", day(-60), NOW), "up to 31 days back"),
        (lambda: site_acts.turn_around(ADA, HERE, 8, NOW), "between 0 and 7 nights"),
        (lambda: site_acts.turn_around(ADA, HERE, -1, NOW), "between 0 and 7 nights"),
        (lambda: site_acts.limit(ADA, HERE, 0, TODAY, NOW), "between 1 and 500"),
        (lambda: site_acts.limit(ADA, HERE, 30, date(2020, 1, 1), NOW), "It opened on"),
        (lambda: site_acts.share(ADA, HERE, Funder.STATE, 4, TODAY, NOW), "The site has 3 beds"),
        (lambda: site_acts.share(ADA, HERE, Funder.STATE, -1, TODAY, NOW), "between 0 and"),
        (lambda: add_room(name=" "), "A room has a name"),
        (lambda: add_room(name="Room 1"), "a name of its own"),
        (lambda: add_room(beds=31), "between 1 and 30"),
        (lambda: add_room(from_on=date(2020, 1, 1)), "It opened on"),
        (lambda: take_out("site", -40), "up to 31 days back"),
        (lambda: mark("site", Mark.PETS), "Choose a room or a bed"),
        (lambda: mark(f"room:{HERE}-room-1", Mark.UPPER_BUNK), "bunks of a bed"),
        (lambda: mark(f"bed:{HERE}-room-1-bed-1", Mark.PETS), "marks of a room"),
        (lambda: mark(f"room:{HERE}-room-1", Mark.PETS, holds=False), "Nothing was changed"),
        (lambda: entry("", TODAY), "Write in a few words"),
        (lambda: entry("A letter", TOMORROW), "lies in the future"),
    ],
)
def test_bad_input_about_a_house_is_refused_with_one_sentence(
    sealed_house: House, act: Callable[[], Refused | None], words: str
) -> None:
    staffed(sealed_house)

    assert words in reason(act())


def add_room(name: str = "Attic", beds: int = 2, from_on: date = TODAY) -> Refused | None:
    return site_acts.add_room(ADA, HERE, name, MeantFor.ANYONE, 3, beds, from_on, NOW)


def mark(spot: str, kind: Mark, *, holds: bool = True, first: int = 0) -> Refused | None:
    return place_marks.mark(KOFI, HERE, spot, kind, holds, day(first), NOW)


def entry(words: str, on: date = TODAY, *, ask_first: bool = True) -> Refused | None:
    return neighbourhoods.record(
        KOFI, HERE, on, NeighbourhoodKind.COMPLAINT, words, NOW, ask_first=ask_first
    )


def test_b04_rooms_and_beds_are_added_from_a_night_on(sealed_house: House) -> None:
    staffed(sealed_house)
    case = person()

    assert add_room(from_on=day(4)) is None
    assert site_acts.add_beds(ADA, HERE, f"{HERE}-room-1", 2, TODAY, NOW) is None
    found = vacancies(KOFI, case, TODAY, day(2), NOW).free

    assert len(found) == 5
    assert {one.bed.room for one in found} == {"Room 1"}
    assert len(vacancies(KOFI, case, day(4), day(6), NOW).free) == 7


def test_b01_cleaning_keeps_a_bed_empty_between_two_people(sealed_house: House) -> None:
    bed, *_ = staffed(sealed_house)
    site_acts.turn_around(ADA, HERE, 2, NOW)
    place(person(), bed, TODAY, day(3))
    case = person("Red")

    assert "cleaning from 2026-11-25 to 2026-11-27" in why_not(case, bed, day(4))
    assert isinstance(placements.allocate(KOFI, case, bed, day(4), None, NOW), Refused)
    assert why_not(case, bed, day(5)) == ""


def test_b04_limits_and_shares_hold_from_their_night_on(sealed_house: House) -> None:
    staffed(sealed_house)
    site_acts.limit(ADA, HERE, 30, day(-90), NOW)
    site_acts.limit(ADA, HERE, 50, day(9), NOW)
    site_acts.share(ADA, HERE, Funder.STATE, 2, day(-90), NOW)
    site_acts.share(ADA, HERE, Funder.STATE, 1, day(-30), NOW)
    site_acts.share(ADA, HERE, Funder.MUNICIPALITY, 2, day(-30), NOW)

    found = shown()

    assert found.limit == 30
    assert [(one.from_on, one.most_people) for one in found.limits] == [
        (day(9), 50),
        (day(-90), 30),
    ]
    assert {(one.funder, one.beds) for one in found.shares if one.holds_today} == {
        (Funder.STATE, 1),
        (Funder.MUNICIPALITY, 2),
    }
    refused = site_acts.share(ADA, HERE, Funder.FUND, 1, TODAY, NOW)
    assert "others pay 3" in reason(refused)


def test_b09_a_mark_meets_a_need_from_its_night_on(sealed_house: House) -> None:
    bed, other, _ = staffed(sealed_house)
    case = person()
    with_pet = (PlacementNeedKind.PET, PlacementNeedKind.LOWER_BUNK)
    assert health.record_placement_needs(cast.AMINA.actor(), _assigned(case), with_pet, NOW) is None

    assert "No pets" in why_not(case, bed)
    assert isinstance(placements.allocate(KOFI, case, bed, TODAY, None, NOW), Refused)
    assert mark(f"room:{HERE}-room-1", Mark.PETS, first=2) is None
    assert mark(f"bed:{other}", Mark.UPPER_BUNK) is None
    assert "No pets" in why_not(case, bed)
    assert why_not(case, bed, day(2)) == ""
    assert "upper bunk" in why_not(case, other, day(2))
    assert "Take the other mark away" in reason(mark(f"bed:{other}", Mark.LOWER_BUNK))


def _assigned(case: str) -> str:
    assert intake.assign(cast.LENA.actor(), case, ("amina",), NOW) is None
    return case


def test_b09_strangers_of_another_gender_do_not_share_a_room_and_a_family_does(
    sealed_house: House,
) -> None:
    bed, other, _ = staffed(sealed_house)
    [single] = open_site(sealed_house, "zeezicht", beds=1)
    woman, man = person("Red", gender="woman"), person("Blue", gender="man")
    place(woman, bed)

    assert "a man and a woman" in why_not(man, other)
    assert isinstance(placements.allocate(KOFI, man, other, TODAY, None, NOW), Refused)
    assert why_not(man, single) == ""
    with sealed_house.stores.reading() as session:
        codes = session.scalars(select(Case.client_code).where(Case.id.in_([woman, man]))).all()
    family(sealed_house, *codes)
    assert why_not(man, other) == ""
    place(man, other)


def test_b04_a_bed_of_another_site_and_a_house_of_somebody_else_do_not_exist(
    sealed_house: House,
) -> None:
    staffed(sealed_house)
    [theirs] = open_site(sealed_house, "kompas", "het-kompas", beds=1)

    acts: list[Callable[[], object]] = [
        lambda: take_out(f"bed:{theirs}"),
        lambda: take_out("bed:nothing"),
        lambda: take_out("a name that somebody typed"),
        lambda: site_acts.close(ADA, HERE, f"bed:{theirs}", day(1), NOW),
        lambda: site_acts.add_beds(ADA, HERE, "kompas-room-1", 1, TODAY, NOW),
        lambda: mark("room:kompas-room-1", Mark.PETS),
        lambda: site_page(KOFI, "kompas", NOW),
        lambda: site_page(JORIS, HERE, NOW),
        lambda: site_page(cast.AMINA.actor(), HERE, NOW),
        lambda: site_page(cast.NIGHT.actor(), HERE, NOW),
        lambda: neighbourhoods.record(JORIS, HERE, TODAY, NeighbourhoodKind.OFFER, "Bread", NOW),
        lambda: site_acts.close(KOFI, HERE, "site", day(1), NOW),
        lambda: site_acts.limit(KOFI, HERE, 3, TODAY, NOW),
    ]
    for act in acts:
        with pytest.raises(NotKnown):
            act()
    assert [one.id for one in sites.sites(KOFI, NOW)] == [HERE]
    assert {one.id for one in sites.sites(ADA, NOW)} == {HERE, "kompas"}


def test_the_log_of_the_neighbourhood_asks_for_names_and_forgets_them(sealed_house: House) -> None:
    staffed(sealed_house)

    asked = entry("Mevrouw Jansen belde over de fietsen.")
    assert "Does a name" in reason(asked)
    assert entry("De commissie kwam bij De Haven over de fietsen.") is None
    assert entry("Mevrouw Jansen belde over de fietsen.", ask_first=False) is None
    newest, older = shown().entries if "Jansen" in (shown().entries[0].words or "") else (
        shown().entries[1], shown().entries[0])  # fmt: skip
    assert neighbourhoods.take_out(KOFI, HERE, newest.id, NOW) is None
    assert [one.words for one in shown().entries if one.id == newest.id] == [None]
    assert older.words is not None
    assert "already" in reason(neighbourhoods.take_out(KOFI, HERE, newest.id, NOW))


def test_the_names_of_added_beds_go_on(sealed_house: House) -> None:
    staffed(sealed_house)
    site_acts.add_beds(ADA, HERE, f"{HERE}-room-1", 1, TODAY, NOW)

    with sealed_house.stores.reading() as session:
        names = session.scalars(select(Bed.name).where(Bed.room_id == f"{HERE}-room-1")).all()
    assert len(set(names)) == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE out_of_service SET from_on = '2020-01-01'",
        "UPDATE out_of_service SET until_on = NULL",
        "DELETE FROM out_of_service",
        "UPDATE place_marks SET holds = 0",
        "DELETE FROM site_limits",
        "UPDATE site_shares SET beds = 0",
    ],
)
def test_b05_what_was_said_about_a_house_is_never_rewritten(
    sealed_house: House, statement: str
) -> None:
    bed, *_ = staffed(sealed_house)
    take_out(f"bed:{bed}", expected=3)
    mark(f"bed:{bed}", Mark.LOWER_BUNK)
    site_acts.limit(ADA, HERE, 30, TODAY, NOW)
    site_acts.share(ADA, HERE, Funder.OWN, 1, TODAY, NOW)

    with pytest.raises(IntegrityError, match="append only"), casework(sealed_house) as session:
        session.execute(text(statement))


def test_b04_a_site_at_its_limit_says_so_where_a_bed_is_chosen(sealed_house: House) -> None:
    bed, *_ = staffed(sealed_house)
    site_acts.limit(ADA, HERE, 1, TODAY, NOW)
    case = person("Red")

    def told() -> list[str]:
        (one, *_) = vacancies(KOFI, case, TODAY, None, NOW).free
        return [str(notice) for notice in one.notices]

    assert not any("limit" in words for words in told())
    place(person(), bed)
    assert any("the limit says: 1" in words for words in told())
