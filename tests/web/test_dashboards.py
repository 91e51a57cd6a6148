"""What a municipality sees: the newest quarter, quarters over time, a group by its programmes."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import date, timedelta
from html import escape, unescape
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.services import houses
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.figures import Publication
from tests import cast
from tests.builders import casework, hire, hire_everybody
from tests.pages import parse_page
from tests.publication_worlds import (
    CITY,
    LIMIT,
    TIME,
    Printed,
    a_life,
    content,
    freeze,
    not_published,
    random_printed,
    withdraw,
)
from tests.serving import ClientAs, post
from tests.web.guessed_ids import plain


def page_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def tables_of(text: str) -> dict[str, list[list[str]]]:
    """Every table of a page by the id of its caption: its rows of cells, as they are read."""
    found: dict[str, list[list[str]]] = {}
    for caption, body in re.findall(
        r'<caption[^>]*id="([^"]+)".*?<tbody[^>]*>(.*?)</tbody>', text, re.DOTALL
    ):
        found[caption] = [
            [
                " ".join(unescape(re.sub(r"<span.*?</span>|<[^>]+>", "", cell)).split())
                for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
            ]
            for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
        ]
    return found


def pictures_of(client: FlaskClient, text: str) -> dict[str, list[tuple[str, str]]]:
    """Every drawing of a page by the last part of its address: what its marks are called and say."""
    found = {}
    for address in re.findall(r'<img class="cf-figure__image[^"]*" src="([^"]+)"', text):
        drawn = client.get(unescape(address))
        assert drawn.mimetype == "image/svg+xml"
        root = ElementTree.fromstring(drawn.data)  # noqa: S314 -- our own drawing
        titles = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}title")]
        aloud = " ".join(root.get("aria-label", "").split())
        assert aloud == " ".join("; ".join(titles).split()), "read aloud as it is drawn"
        assert f'alt="{escape(root.get("aria-label"))}"' in text, "and as the page says"
        name = address.partition("?")[0].rpartition("/")[2].removesuffix(".svg")
        found[name] = [
            tuple(" ".join(part.split()) for part in title.rsplit(": ", 1)) for title in titles
        ]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_charts_and_tables_agree_whatever_is_published(
    sealed_house: House, client_as: ClientAs, seed: int
) -> None:
    printed = random_printed(random.Random(f"dashboard {seed}"))
    femke = client_as(cast.FEMKE)
    issued = freeze(sealed_house, printed=printed)

    for address in ("/statistics/programmes/waterstad-lvv", f"/statistics/{issued}"):
        text = page_of(femke, address)
        tables, pictures = tables_of(text), pictures_of(femke, text)
        assert len(pictures) == len(printed.tables) + 2
        rates = [(label, said) for label, said, _ in tables["rates-table"]]
        assert pictures.pop("rates") == rates
        for name, marks in pictures.items():
            *rows, _total = tables[f"counts-{name}"]
            assert marks == [(label, count) for label, count in rows], name


def test_what_stands_on_the_page_is_what_was_frozen(
    sealed_house: House, client_as: ClientAs
) -> None:
    freeze(sealed_house, printed=Printed(1200, 905, tables=(LIMIT,)))
    tables = tables_of(page_of(client_as(cast.FEMKE), "/statistics/programmes/waterstad-lvv"))
    counts = dict(map(tuple, tables["counts-outcomes"]))
    assert counts["Verblijfsvergunning"] == "60"
    assert counts["Gedwongen vertrek"] == "<5"
    assert counts["Uitgestroomd"] == "905"
    assert tables["counts-stay_limit"][-1] == ["Deelnemers", "1.200"]


@pytest.mark.parametrize(("count", "shown"), [(None, "<5"), (1150, "1.150")])
def test_who_waits_is_called_a_stock_and_stands_apart_from_the_totals(
    sealed_house: House, client_as: ClientAs, count: int | None, shown: str
) -> None:
    issued = freeze(sealed_house, printed=Printed(waiting=(count,)))
    for address in ("programmes/waterstad-lvv", issued):
        text = page_of(client_as(cast.FEMKE), f"/statistics/{address}")
        ((called, number),) = tables_of(text)["stocks-table"]
        assert called.startswith("Wachtend")
        assert number == shown
        assert "Standen op de peildatum" in text
        assert "Tel dit nooit op" in text
        totals = text.partition('<dl class="cf-totals">')[2].partition("</dl>")[0]
        assert "Wachtend" not in totals


def test_a_publication_of_before_it_was_printed_shows_no_waiting_list(
    sealed_house: House, client_as: ClientAs
) -> None:
    femke = client_as(cast.FEMKE)
    freeze(sealed_house, cut_off=date(2026, 6, 30))
    for address in ("waterstad-lvv", "waterstad-lvv/quarters"):
        assert "Wachtend" not in page_of(femke, f"/statistics/programmes/{address}"), address

    freeze(sealed_house, printed=Printed(waiting=(35,)))
    rows = tables_of(page_of(femke, "/statistics/programmes/waterstad-lvv/quarters"))
    assert [row[:2] for row in rows["waiting-table"]] == [
        ["30 september 2026", "35"],
        ["30 juni 2026", "–"],
    ]
    assert all("35" not in row for row in rows["quarters-table"])


def test_time_to_solution_is_worked_out_from_the_printed_table_and_nothing_else(
    sealed_house: House, client_as: ClientAs
) -> None:
    femke = client_as(cast.FEMKE)
    issued = freeze(sealed_house, printed=Printed(tables=(TIME,)))
    text = page_of(femke, "/statistics/programmes/waterstad-lvv")
    within = dict(map(tuple, tables_of(text)["times-table"]))
    assert list(within) == [f"Binnen {months} maanden" for months in (6, 12, 18, 24)]
    assert dict(pictures_of(femke, text)["times"]) == within
    assert femke.get(f"/statistics/{issued}/charts/times.svg").status_code == 200
    other = freeze(sealed_house, "waterstad-bbb")
    assert femke.get(f"/statistics/{other}/charts/times.svg").status_code == 404


def test_a_change_is_a_range_between_two_prints_and_never_more(
    sealed_house: House, client_as: ClientAs
) -> None:
    before = Printed(540, 380, {"residence_permit": 55, "detained": None})
    now = Printed(565, 425, {"residence_permit": 60, "detained": 10})
    freeze(sealed_house, cut_off=date(2026, 6, 30), printed=before)
    freeze(sealed_house, printed=now)
    text = page_of(client_as(cast.FEMKE), "/statistics/programmes/waterstad-lvv")
    assert tables_of(text)["changes-table"] == [
        ["Verblijfsvergunning", "55", "60", "tussen 1 en 9"],
        ["In detentie", "<5", "10", "tussen 4 en 12"],
        ["Uitgestroomd", "380", "425", "tussen 41 en 49"],
        ["Deelnemers", "540", "565", "tussen 21 en 29"],
    ]


def test_quarters_stand_one_below_the_other_with_those_that_failed_and_those_withdrawn(
    sealed_house: House, client_as: ClientAs
) -> None:
    a_life(sealed_house)
    withdraw(sealed_house, freeze(sealed_house, cut_off=date(2026, 11, 1)))
    femke = client_as(cast.FEMKE)
    text = page_of(femke, "/statistics/programmes/waterstad-lvv/quarters")
    rows = tables_of(text)["quarters-table"]
    assert [row[0] for row in rows] == [
        "1 november 2026", "30 september 2026", "30 juni 2026", "31 maart 2026", "31 december 2025",
        "30 september 2025",
    ]  # fmt: skip
    assert rows[3][1:3] == ["–", "–"]
    assert "Dit kwartaal niet gepubliceerd" in text
    assert "Ingetrokken" in text
    assert "secret" not in text
    drawn = dict(pictures_of(femke, text)["counts"])
    assert drawn["Deelnemers, sep 2026"] == "565"
    assert not any("nov" in name or "mrt" in name for name in drawn), "neither is a value"


def test_the_newest_that_counts_is_shown_with_what_came_after_it(
    sealed_house: House, client_as: ClientAs
) -> None:
    freeze(sealed_house, cut_off=date(2026, 3, 31), printed=Printed(participants=500))
    withdrawn = freeze(sealed_house, cut_off=date(2026, 6, 30), printed=Printed(participants=520))
    withdraw(sealed_house, withdrawn)
    not_published(sealed_house)
    femke = client_as(cast.FEMKE)
    text = page_of(femke, "/statistics/programmes/waterstad-lvv")
    assert "Alles tot en met 31 maart 2026" in text
    assert "De publicatie van 30 juni 2026 is ingetrokken" in text
    assert "De gegevens erachter klopten niet" in text
    assert "Over 30 september 2026 is niets gepubliceerd" in text
    assert "520" not in text
    kept = page_of(femke, f"/statistics/{withdrawn}")
    assert "Ingetrokken op 2 november 2026" in kept
    assert "520" in kept, "what was published stays as it was"
    assert "Dit kwartaal niet gepubliceerd" in page_of(femke, "/statistics/")


def test_a_programme_of_which_nothing_counts_says_so(
    sealed_house: House, client_as: ClientAs
) -> None:
    femke = client_as(cast.FEMKE)
    address = "/statistics/programmes/waterstad-lvv"
    assert "Er is nog niets gepubliceerd." in page_of(femke, address)
    assert "Er is nog niets gepubliceerd." in page_of(femke, f"{address}/quarters")
    not_published(sealed_house)
    assert "Er is nog niets gepubliceerd." in page_of(femke, address)
    assert "Dit kwartaal niet gepubliceerd" in page_of(femke, f"{address}/quarters")


def test_quarters_are_paged_and_a_page_too_far_is_not_there(
    sealed_house: House, client_as: ClientAs
) -> None:
    for year in range(2020, 2024):
        for month in (3, 6, 9, 12):
            freeze(sealed_house, cut_off=date(year, month, 28), printed=Printed())
    femke = client_as(cast.FEMKE)
    address = "/statistics/programmes/waterstad-lvv/quarters"
    first, second = page_of(femke, address), page_of(femke, f"{address}?page=2")
    assert len(tables_of(first)["quarters-table"]) == 12
    assert len(tables_of(second)["quarters-table"]) == 4
    assert "page=2" in first
    for asked in ("3", "0", "-1", "x", "1e3", "9" * 30, "²"):
        assert femke.get(address, query_string={"page": asked}).status_code == 404, asked
        assert femke.get("/statistics/", query_string={"page": asked}).status_code in (200, 404)


def test_a_group_stands_beside_its_programmes_that_the_reader_may_see(
    sealed_house: House, client_as: ClientAs
) -> None:
    hire_everybody(sealed_house)
    hire(sealed_house, CITY)
    for scope, entered in (("lvv-pilot", 1200), ("amsterdam-lvv", 600), ("groningen-lvv", 95)):
        waiting = None if scope == "lvv-pilot" else (15,)
        freeze(sealed_house, scope, printed=Printed(participants=entered, waiting=waiting))
    regie = client_as(CITY)
    text = page_of(regie, "/statistics/programmes/lvv-pilot/members")
    rows = tables_of(text)["members-table"]
    assert [row[2] for row in rows] == ["1.200", "600", "–", "–"]
    assert [row[2] for row in tables_of(text)["waiting-table"]] == ["15"]
    assert "Groningen" not in " ".join(row[0] for row in rows), "not theirs to see"
    assert set(pictures_of(regie, text)) == {"wodc_durable_rate", "utrecht_solution_rate"}
    group = page_of(regie, "/statistics/programmes/lvv-pilot")
    assert "Samen geteld" in group
    for address in ("groningen-lvv", "groningen-lvv/quarters", "amsterdam-lvv/members"):
        assert regie.get(f"/statistics/programmes/{address}").status_code == 404, address


@pytest.mark.parametrize(
    "address",
    [
        "/statistics/programmes/amsterdam-lvv",
        "/statistics/programmes/no-such-programme",
        "/statistics/programmes/waterstad-lvv/members",
        "/statistics/programmes/waterstad-lvv/members/utrecht_solution_rate.svg",
        "/statistics/programmes/waterstad-lvv/quarters/other.svg",
        "/statistics/programmes/amsterdam-lvv/quarters/counts.svg",
    ],
)
def test_what_is_not_theirs_and_what_is_not_there_look_alike(
    sealed_house: House, client_as: ClientAs, address: str
) -> None:
    freeze(sealed_house)
    freeze(sealed_house, "amsterdam-lvv")
    femke = client_as(cast.FEMKE)
    absent = plain(femke.get("/statistics/programmes/nothing"))
    assert absent[0] == 404
    assert plain(femke.get(address)) == absent


def test_a_drawing_of_what_is_not_theirs_is_not_there(
    sealed_house: House, client_as: ClientAs
) -> None:
    mine, other = freeze(sealed_house), freeze(sealed_house, "amsterdam-lvv")
    femke = client_as(cast.FEMKE)
    assert femke.get(f"/statistics/{mine}/charts/outcomes.svg").status_code == 200
    assert femke.get(f"/statistics/{mine}/charts/nothing.svg").status_code == 404
    assert femke.get(f"/statistics/{other}/charts/outcomes.svg").status_code == 404
    assert client_as(cast.AMINA).get(f"/statistics/{mine}/charts/outcomes.svg").status_code == 404
    assert client_as(cast.AMINA).get("/statistics/programmes/waterstad-lvv").status_code == 404


def test_a_page_is_one_look_and_its_drawings_are_none(
    sealed_house: House, client_as: ClientAs
) -> None:
    femke = client_as(cast.FEMKE)
    issued = freeze(sealed_house)

    def looks() -> list[str]:
        with Session(sealed_house.stores.audit) as log:
            told = select(Entry.details).where(Entry.event == "publication_viewed")
            return [
                json.loads(details)["form"]
                for details in log.scalars(told.order_by(Entry.position))
            ]

    text = page_of(femke, "/statistics/programmes/waterstad-lvv")
    pictures_of(femke, text)
    page_of(femke, "/statistics/programmes/waterstad-lvv/quarters")
    page_of(femke, f"/statistics/{issued}")
    assert looks() == ["dashboard", "quarters", "page"]


def test_the_definitions_are_compared_only_while_they_are_those_that_were_frozen(
    sealed_house: House, client_as: ClientAs
) -> None:
    freeze(sealed_house)
    femke = client_as(cast.FEMKE)
    ways = tables_of(page_of(femke, "/statistics/programmes/waterstad-lvv"))["counted-ways-table"]
    counted = {row[0]: row[1:] for row in ways}
    assert counted["Verblijfsvergunning"] == ["ja", "nee", "ja"]
    assert counted["Doormigratie"] == ["ja", "nee", "nee"]
    with casework(sealed_house) as session:
        said = content(sealed_house, Printed())
        said["rates"][0]["definition"]["nl"] = "Iets anders."
        session.add(
            Publication(
                scope="waterstad-bbb", cut_off=date(2026, 9, 30), state="frozen", content=json.dumps(said),
                certificate="{}", rule_version="2026-1", input_digest="0", prepared_at=cast.NOW,
                prepared_by="lena", frozen_at=cast.NOW, change_id="invented",
            )
        )  # fmt: skip
    text = page_of(femke, "/statistics/programmes/waterstad-bbb")
    assert "counted-ways-table" not in tables_of(text)


def test_everybody_reads_the_dashboard_of_what_is_public_and_no_other(
    sealed_house: House, app: Flask
) -> None:
    hire_everybody(sealed_house)
    freeze(sealed_house)
    freeze(sealed_house, "waterstad-bbb")
    visitor = app.test_client()
    assert visitor.get("/statistics/programmes/waterstad-lvv").status_code == 303, "switched off"
    house = houses.current()
    opened = replace(house.settings.publication, public_page=True)
    with houses.inside(replace(house, settings=replace(house.settings, publication=opened))):
        text = page_of(visitor, "/statistics/programmes/waterstad-lvv")
        pictures_of(visitor, text)
        page_of(visitor, "/statistics/programmes/waterstad-lvv/quarters")
        assert visitor.get("/statistics/programmes/waterstad-bbb").status_code == 404


def test_the_privacy_officer_withdraws_with_a_reason_and_a_fresh_code(
    sealed_house: House, client_as: ClientAs
) -> None:
    issued = freeze(sealed_house)
    petra, lena, femke = client_as(cast.PETRA), client_as(cast.LENA), client_as(cast.FEMKE)
    address = f"/statistics/{issued}/withdraw"
    assert address in page_of(petra, f"/statistics/{issued}")
    for other in (lena, femke):
        assert address not in page_of(other, f"/statistics/{issued}")
        assert other.get(address).status_code == 404
        assert post(other, address, reason="faulty_records").status_code == 404
    parse_page(page_of(petra, address))
    for wrong in ("", "somebody complained"):
        assert post(petra, address, reason=wrong).status_code == 422
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        assert post(petra, address, reason="faulty_records").status_code == 422, "without a code"
    assert "Ingetrokken op" not in page_of(femke, f"/statistics/{issued}")
    assert post(petra, address, reason="faulty_records").status_code == 303
    assert "Ingetrokken op" in page_of(femke, f"/statistics/{issued}")
    assert "De gegevens erachter klopten niet" in page_of(femke, f"/statistics/{issued}")
    assert petra.get(address).status_code == 303, "there is nothing left to withdraw"
    assert address not in page_of(petra, f"/statistics/{issued}")
