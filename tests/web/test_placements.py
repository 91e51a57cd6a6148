"""The pages on which somebody gets a bed, arrives, moves and leaves."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.services.houses import House
from caseflow.storage.models.shelter import Absence, Placement
from tests import cast
from tests.builders import open_site
from tests.cast import Colleague
from tests.pages import in_both_languages, visit
from tests.services.placing import TODAY, person, place, staffed
from tests.serving import ClientAs, post, sign_in

STRANGER = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(autouse=True)
def on_the_day() -> object:
    with clock.fixed(cast.NOW):
        yield


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def on(day: date) -> str:
    return day.strftime("%d-%m-%Y")


def stays(house: House) -> list[Placement]:
    with Session(house.stores.casework) as session:
        found = list(session.scalars(select(Placement).order_by(Placement.recorded_at)))
        session.expunge_all()
        return found


def test_a_coordinator_places_somebody_while_every_vault_is_sealed(
    client_as: ClientAs, sealed_house: House
) -> None:
    bed = staffed(sealed_house)[0]
    case = person()
    client = client_as(cast.KOFI)

    page = client.get(f"/cases/{case}/placements/new").text
    answer = post(client, f"/cases/{case}/placements/new", arrival=on(TODAY), bed=bed)

    assert f'value="{bed}"' in page
    assert answer.status_code == 303
    assert answer.location == f"/cases/{case}#shelter"
    assert [(one.bed_id, one.status) for one in stays(sealed_house)] == [(bed, "begun")]


def test_b03_a_bed_taken_meanwhile_comes_back_with_the_reason_and_other_beds(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    place(person("Red"), beds[0])
    case = person()

    answer = post(
        english(client_as, cast.KOFI),
        f"/cases/{case}/placements/new",
        arrival=on(TODAY),
        bed=beds[0],
    )

    assert answer.status_code == 409
    assert "Bed 1.1 is taken from" in answer.text
    assert f'value="{beds[1]}"' in answer.text
    assert len(stays(sealed_house)) == 1


def test_searching_other_nights_changes_nothing_and_keeps_what_was_typed(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    later = TODAY + timedelta(days=5)
    place(person("Red"), beds[0], TODAY, later)
    case = person()

    answer = post(
        client_as(cast.KOFI), f"/cases/{case}/placements/new", arrival=on(later), search="1"
    )

    assert answer.status_code == 200
    assert f'value="{beds[0]}"' in answer.text
    assert on(later) in answer.text
    assert len(stays(sealed_house)) == 1


@pytest.mark.parametrize("typed", ["", "31-02-2026", "soon"])
def test_a_day_that_is_no_day_is_said_and_nothing_is_placed(
    client_as: ClientAs, sealed_house: House, typed: str
) -> None:
    bed = staffed(sealed_house)[0]
    case = person()

    answer = post(client_as(cast.KOFI), f"/cases/{case}/placements/new", arrival=typed, bed=bed)

    assert answer.status_code == 422
    assert stays(sealed_house) == []


def test_another_organisations_case_and_stay_look_like_none_at_all(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    case = person()
    stay = place(case, beds[0]).placement_id
    client = client_as(cast.JORIS)

    for known, address in (
        (case, "/cases/{}/placements/new"),
        (stay, "/placements/{}/move"),
        (stay, "/placements/{}/arrive"),
        (stay, "/placements/{}/end"),
        (stay, "/placements/{}/cancel"),
        (case, "/cases/{}/absences/new"),
    ):
        theirs = client.get(address.format(known))
        nobodys = client.get(address.format(STRANGER))
        assert theirs.status_code == nobodys.status_code == 404
        assert _plain(theirs.data) == _plain(nobodys.data)


def _plain(page: bytes) -> bytes:
    """A page without its form tokens and nonces, which differ each time."""
    return re.sub(rb'(csrf-token" content|csrf_token" value|nonce)="[^"]*"', b"", page)


def test_the_page_of_the_case_leads_to_what_can_be_done_about_the_nights(
    client_as: ClientAs, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    case, other = person("Blue"), person("Red")
    begun = place(case, beds[0]).placement_id
    booked = place(other, beds[1], TODAY + timedelta(days=1)).placement_id
    client = client_as(cast.KOFI)

    sleeping, coming = client.get(f"/cases/{case}").text, client.get(f"/cases/{other}").text

    for act in (f"/placements/{begun}/move", f"/placements/{begun}/end", "/absences/new"):
        assert act in sleeping
    for act in (f"/placements/{booked}/arrive", f"/placements/{booked}/cancel"):
        assert act in coming
    for page, known in ((sleeping, case), (coming, other)):
        assert f"/cases/{known}/placements/new" not in page
        assert f"/cases/{known}/absences/end" not in page


def test_a_return_is_offered_to_who_is_away_and_nights_away_to_who_is_here(
    client_as: ClientAs, sealed_house: House
) -> None:
    bed = staffed(sealed_house)[0]
    case = person()
    place(case, bed, TODAY - timedelta(days=5))
    client = english(client_as, cast.KOFI)
    leave, back = f"/cases/{case}/absences/new", f"/cases/{case}/absences/end"
    assert (
        post(client, leave, kind="hospital", from_on=on(TODAY - timedelta(days=2))).status_code
        == 303
    )

    away = client.get(f"/cases/{case}").text
    assert "Away since 20 November 2026: in hospital." in away
    assert (back in away, leave in away) == (True, False)

    assert post(client, back, until_on=on(TODAY)).status_code == 303
    here = client.get(f"/cases/{case}").text
    assert "Away since" not in here
    assert (back in here, leave in here) == (False, True)


def test_b13_each_kind_of_absence_says_whether_the_bed_is_kept_and_the_clock_pauses(
    client_as: ClientAs, sealed_house: House
) -> None:
    bed = staffed(sealed_house)[0]
    case = person()
    place(case, bed, TODAY - timedelta(days=7))
    client = english(client_as, cast.KOFI)
    leave = f"/cases/{case}/absences/new"

    rules = client.get(leave).text
    for said in ("for 28 nights, then somebody decides", "until somebody decides", "pauses"):
        assert said in rules
    since = TODAY - timedelta(days=6)
    assert post(client, leave, kind="unannounced", from_on=on(since)).status_code == 303
    kept = "The bed is kept until 23 November 2026."
    assert kept in client.get(f"/cases/{case}").text
    assert "23-11-2026" in client.get("/beds").text

    back = f"/cases/{case}/absences/end"
    assert post(client, back, until_on=on(TODAY)).status_code == 303
    assert kept not in client.get(f"/cases/{case}").text


def test_somebody_moves_and_leaves(client_as: ClientAs, sealed_house: House) -> None:
    beds = staffed(sealed_house)
    case = person()
    stay = place(case, beds[0], TODAY - timedelta(days=3)).placement_id
    client = client_as(cast.KOFI)

    moved = post(
        client, f"/placements/{stay}/move", arrival=on(TODAY - timedelta(days=1)), bed=beds[1]
    )
    assert moved.status_code == 303
    (new,) = [one for one in stays(sealed_house) if one.status == "begun"]
    left = post(
        client, f"/placements/{new.id}/end", on=on(TODAY), reason="other_address", version="1"
    )

    assert left.status_code == 303
    assert [one.status for one in stays(sealed_house)] == ["ended", "ended"]


def test_a_stale_page_is_refused_with_409(client_as: ClientAs, sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person(), bed, TODAY - timedelta(days=3)).placement_id

    answer = post(
        english(client_as, cast.KOFI),
        f"/placements/{stay}/end",
        on=on(TODAY),
        reason="other",
        version="0",
    )

    assert answer.status_code == 409
    assert "A colleague changed this stay meanwhile" in answer.text


def test_somebody_who_does_not_come_frees_the_bed(client_as: ClientAs, sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    stay = place(person(), bed, TODAY + timedelta(days=1)).placement_id

    answer = post(client_as(cast.KOFI), f"/placements/{stay}/cancel", why="no_show")

    assert answer.status_code == 303
    assert [one.status for one in stays(sealed_house)] == ["cancelled"]


def test_nights_away_begin_and_end(client_as: ClientAs, sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    case = person()
    place(case, bed, TODAY - timedelta(days=5))
    client = client_as(cast.KOFI)

    begun = post(
        client,
        f"/cases/{case}/absences/new",
        from_on=on(TODAY - timedelta(days=2)),
        kind="hospital",
    )
    again = post(client, f"/cases/{case}/absences/new", from_on=on(TODAY), kind="leave")
    ended = post(client, f"/cases/{case}/absences/end", until_on=on(TODAY))

    assert (begun.status_code, again.status_code, ended.status_code) == (303, 409, 303)
    with Session(sealed_house.stores.casework) as session:
        (kept,) = session.scalars(select(Absence)).all()
        assert (kept.kind, kept.until_on) == ("hospital", TODAY)


def test_an_administrator_opens_a_site_with_rooms_that_are_alike(
    client_as: ClientAs, sealed_house: House
) -> None:
    client = client_as(cast.ADA)
    answer = post(
        client,
        "/sites/new",
        organisation="de-haven",
        name="Zeezicht",
        kind="night",
        from_on=on(TODAY),
        **{
            "alike-0-name": "Room",
            "alike-0-rooms": "3",
            "alike-0-beds": "4",
            "alike-0-meant_for": "men",
        },
    )
    listed = client.get("/sites").text

    assert answer.status_code == 303
    assert "Zeezicht" in listed
    assert ">12<" in listed


@pytest.mark.parametrize(
    ("rooms", "beds", "sentence"),
    [("1", "0", "between 1 and"), ("1", "31", "between 1 and"), ("0", "4", "at least one room")],
)
def test_a_site_without_sensible_rooms_is_not_opened(
    client_as: ClientAs, sealed_house: House, rooms: str, beds: str, sentence: str
) -> None:
    client = english(client_as, cast.ADA)
    fields = {
        "alike-0-name": "Room",
        "alike-0-rooms": rooms,
        "alike-0-beds": beds,
        "alike-0-meant_for": "anyone",
    }
    answer = post(
        client,
        "/sites/new",
        organisation="de-haven",
        name="Zeezicht",
        kind="night",
        from_on=on(TODAY),
        **fields,
    )

    assert answer.status_code == 409
    assert sentence in answer.text


def test_the_pages_of_a_placement_are_checked_in_both_languages(
    live_server: str, desk: Page, app: Flask, sealed_house: House
) -> None:
    beds = staffed(sealed_house)
    open_site(sealed_house, "zeezicht", beds=2, rooms=2)
    place(person("Red"), beds[0])
    booked = place(person("Green"), beds[1], TODAY)
    case = person("Blue")
    sign_in(desk, live_server, cast.KOFI)

    for address in (
        f"/cases/{case}/placements/new",
        f"/placements/{booked.placement_id}/move",
        f"/placements/{booked.placement_id}/end",
        f"/placements/{booked.placement_id}/cancel",
        f"/cases/{case}/absences/new",
    ):
        in_english, dutch = in_both_languages(
            desk, live_server + address, private=["Blue", "Red", "Green"]
        )
        assert (in_english.lang, dutch.lang) == ("en", "nl")
    sign_in(desk, live_server, cast.ADA)
    for address in ("/sites", "/sites/new"):
        visit(desk, live_server + address)
