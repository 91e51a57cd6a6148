"""Two people exchange beds: both in one change or neither, with what forbids it said (rule B7)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.services import placements, separations, swaps
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.stays import open_stay
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Bed, Placement, Room, Site
from tests import cast
from tests.builders import casework, open_site
from tests.services.placing import (
    JORIS,
    KOFI,
    TODAY,
    TOMORROW,
    YESTERDAY,
    person,
    place,
    reason,
    staffed,
    stored,
)

NOW = cast.NOW
Two = tuple[str, str]


@pytest.fixture
def beds(sealed_house: House) -> list[str]:
    return staffed(sealed_house)


@pytest.fixture
def two(beds: list[str]) -> Two:
    """Blue on the first bed until the day after tomorrow, Red on the second one without an end."""
    blue = place(person("Blue"), beds[0], TODAY - timedelta(days=5), TODAY + timedelta(days=2))
    red = place(person("Red"), beds[1], YESTERDAY)
    return blue.placement_id, red.placement_id


def rows(house: House) -> list[tuple[str, str, date, date | None, date | None]]:
    """Bed, status and days of every stay, in the order of arrival, bed and status."""
    with house.stores.reading() as session:
        found = session.scalars(select(Placement)).all()
        return sorted(
            (one.bed_id[-1], one.status, one.arrival_on, one.planned_departure_on, one.departure_on)
            for one in found
        )


def test_b07_a_swap_ends_and_begins_both_stays_in_one_change(sealed_house: House, two: Two) -> None:
    assert swaps.swap(KOFI, *two, TODAY, NOW) is None

    soon = TODAY + timedelta(days=2)
    assert rows(sealed_house) == sorted(
        [
            ("1", "ended", TODAY - timedelta(days=5), soon, TODAY),
            ("2", "ended", YESTERDAY, None, TODAY),
            ("1", "begun", TODAY, None, None),
            ("2", "begun", TODAY, soon, None),
        ],
        key=lambda row: row[:3],
    )
    changed = {one.change_id for one in (stored(sealed_house, i) for i in two)}
    with sealed_house.stores.reading() as session:
        begun = session.scalars(select(Placement).where(Placement.status == "begun")).all()
        assert {one.change_id for one in begun} == changed
        codes = {stored(sealed_house, one).client_code for one in two}
        assert {one.client_code for one in begun} == codes
    with Session(sealed_house.stores.audit) as log:
        entry = log.scalars(
            select(Entry).where(Entry.event == "beds_swapped").order_by(Entry.position)
        ).first()
    assert entry is not None
    assert json.loads(entry.details) == {"night": TODAY.isoformat(), "with": two[1]}


def test_b07_a_swap_with_oneself_is_refused(sealed_house: House, two: Two) -> None:
    before = rows(sealed_house)

    assert "swapped with somebody else's" in reason(swaps.swap(KOFI, two[0], two[0], TODAY, NOW))
    assert rows(sealed_house) == before


@pytest.mark.parametrize(
    ("forbids", "sentence"),
    [
        ("booked", "is taken from"),
        ("women", "is meant for women"),
        ("future", "lies in the future"),
        ("before", "The stay began on"),
        ("stale", "A colleague changed this stay meanwhile"),
    ],
)
def test_b07_what_forbids_one_side_moves_neither(
    sealed_house: House, beds: list[str], two: Two, forbids: str, sentence: str
) -> None:
    on, versions = TODAY, (1, 1)
    if forbids == "booked":  # somebody comes to the first bed once Blue has left it; Red has no end
        place(person("Green"), beds[0], TODAY + timedelta(days=3))
    if forbids == "women":
        _women_only(sealed_house, beds, two)
    if forbids == "future":
        on = TOMORROW
    if forbids == "before":
        on = YESTERDAY - timedelta(days=1)
    if forbids == "stale":
        versions = (1, 0)
    before = rows(sealed_house)

    answer = swaps.swap(KOFI, *two, on, NOW, versions=versions)

    assert sentence in reason(answer)
    assert rows(sealed_house) == before


def _women_only(house: House, beds: list[str], two: Two) -> None:
    """The room of the second bed is meant for women, and Blue is a man."""
    with casework(house) as session:
        session.add(
            Room(
                id="other", site_id="havenhuis", name="Room 9", meant_for="women",
                valid_from=date(2024, 1, 1),
            )
        )  # fmt: skip
        session.flush()
        session.get_one(Bed, beds[1]).room_id = "other"
        codes = [session.get_one(Placement, one).client_code for one in two]
        session.get_one(Client, codes[0]).gender = "man"
        session.get_one(Client, codes[1]).gender = "woman"


def test_people_who_are_kept_apart_do_not_swap(sealed_house: House, beds: list[str]) -> None:
    elsewhere = open_site(sealed_house, "zeezicht")
    blue, red = person("Blue"), person("Red")
    stays = (
        place(blue, beds[0], YESTERDAY).placement_id,
        place(red, elsewhere[0], YESTERDAY).placement_id,
    )
    with sealed_house.stores.reading() as session:
        other = session.get_one(Case, red).client_code
    assert separations.keep_apart(cast.LENA.actor(), blue, other, TODAY, NOW) is None
    before = rows(sealed_house)

    answer = swaps.swap(KOFI, *stays, TODAY, NOW)

    assert "cannot be used" in reason(answer) or "cannot use" in reason(answer)
    assert rows(sealed_house) == before
    found = swaps.partners(KOFI, stays[0], None, NOW)
    assert "zeezicht" not in dict(found.sites), "their site stands on no page of the other"
    with pytest.raises(NotKnown):
        swaps.partners(KOFI, stays[0], "zeezicht", NOW)
    opened = open_stay(KOFI, swaps.SWAP, stays[0], NOW)
    with pytest.raises(NotKnown):
        swaps.other_side(KOFI, opened, stays[1], NOW)


def test_over_a_site_of_another_organisation_nothing_is_swapped(
    sealed_house: House, beds: list[str], two: Two
) -> None:
    theirs = open_site(sealed_house, "kompashuis", organisation="het-kompas")
    with casework(sealed_house) as session:
        session.get_one(Placement, two[1]).bed_id = theirs[0]
    before = rows(sealed_house)

    answer = swaps.swap(KOFI, *two, TODAY, NOW)

    assert "at a site of another organisation" in reason(answer)
    assert rows(sealed_house) == before


def test_whoever_may_not_move_one_of_the_two_is_told_of_neither(
    sealed_house: House, two: Two
) -> None:
    with pytest.raises(NotKnown):
        swaps.swap(JORIS, *two, TODAY, NOW)
    with casework(sealed_house) as session:
        code = session.get_one(Placement, two[1]).client_code
        session.get_one(Client, code).restricted = True
    before = rows(sealed_house)

    with pytest.raises(NotKnown):
        swaps.swap(KOFI, *two, TODAY, NOW)
    with pytest.raises(NotKnown):
        swaps.swap(KOFI, two[0], "00000000-0000-4000-8000-000000000000", TODAY, NOW)
    assert rows(sealed_house) == before
    assert swaps.partners(KOFI, two[0], None, NOW).sleepers == ()


def test_a_swap_loses_no_night_to_cleaning(sealed_house: House, two: Two) -> None:
    with casework(sealed_house) as session:
        session.get_one(Site, "havenhuis").turnaround_nights = 1

    assert swaps.swap(KOFI, *two, TODAY, NOW) is None
    assert len([one for one in rows(sealed_house) if one[1] == "begun"]) == 2


def test_partners_are_those_who_sleep_there_and_can_be_moved(
    sealed_house: House, beds: list[str], two: Two
) -> None:
    place(person("Green"), beds[2], TOMORROW)
    joined = open_site(sealed_house, "zeezicht")
    place(person("White"), joined[0], YESTERDAY)

    here = swaps.partners(KOFI, two[0], None, NOW)
    there = swaps.partners(KOFI, two[0], "zeezicht", NOW)

    assert [one.who.call_name for one in here.sleepers] == ["Red"]
    assert [one.who.call_name for one in there.sleepers] == ["White"]
    assert [site for site, _ in here.sites] == ["havenhuis", "zeezicht"]


def test_somebody_who_left_meanwhile_is_not_swapped(sealed_house: House, two: Two) -> None:
    placements.end(KOFI, two[1], TODAY, placements.StayEnd.OTHER, NOW)
    before = rows(sealed_house)

    assert "This stay is over" in reason(swaps.swap(KOFI, *two, TODAY, NOW))
    assert rows(sealed_house) == before
