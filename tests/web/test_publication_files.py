"""A publication as files: each says what the page says, in the language of whoever reads."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader

from caseflow.domain.labels import Label
from caseflow.services import houses, publication_reports, publications
from caseflow.services.houses import House
from caseflow.tellers import teller
from tests import cast
from tests.builders import hire_everybody, past_episodes
from tests.publication_worlds import (
    GENDER,
    LENGTH,
    LIMIT,
    TIME,
    Printed,
    freeze,
    random_printed,
    withdraw,
)
from tests.serving import ClientAs, post
from tests.web.test_publications import frozen, proposed

ENDS = (".csv", ".csv-metadata.json", "-excel.csv", ".xlsx", ".pdf", "-certificate.json")
UNDER = "<5"


@pytest.fixture
def issued(sealed_house: House) -> str:
    """A frozen publication, every vault sealed."""
    hire_everybody(sealed_house)
    return freeze(sealed_house)


def fetched(client: FlaskClient, publication: str, end: str) -> bytes:
    answer = client.get(f"/statistics/{publication}{end}")
    assert answer.status_code == 200, end
    return answer.data


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_the_plain_file_is_read_by_its_metadata(
    issued: str, client_as: ClientAs, tmp_path: Path
) -> None:
    femke = client_as(cast.FEMKE)
    for end in (".csv", ".csv-metadata.json"):
        answer = femke.get(f"/statistics/{issued}{end}")
        name = answer.headers["Content-Disposition"].partition('filename="')[2].rstrip('"')
        (tmp_path / name).write_bytes(answer.data)

    read = CSVW(str(tmp_path / f"{issued}.csv-metadata.json"), validate=True)

    assert read.is_valid, read.warnings
    rows = list(read.tables[0])
    under = [row for row in rows if row["status"] == "under_5"]
    assert under
    assert {(row["printed"], row["value"]) for row in under} == {(UNDER, None)}
    assert all(row["value"] % 5 == 0 for row in rows if row["part"] != "rate" and row["value"])
    assert {row["certificate_sha256"] for row in rows} == {
        hashlib.sha256(fetched(femke, issued, "-certificate.json")).hexdigest()
    }


def test_every_file_says_the_same(issued: str, client_as: ClientAs) -> None:
    femke = client_as(cast.FEMKE)
    plain = lines(fetched(femke, issued, ".csv"))
    excel = list(
        csv.reader(
            io.StringIO(fetched(femke, issued, "-excel.csv").decode("utf-8-sig")), delimiter=";"
        )
    )
    book = load_workbook(io.BytesIO(fetched(femke, issued, ".xlsx")))

    assert [row[8] for row in excel[1:]] == [row["printed"] for row in plain]
    in_the_book = [
        row[:2]
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows(values_only=True)
        if row[1] is not None and row[0] != "Naam"
    ]
    assert in_the_book == [(row["label"], row["printed"]) for row in plain]
    about = " ".join(
        str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell
    )
    for said in ("2026-1", plain[0]["certificate_sha256"], "dichtstbijzijnde vijftal"):
        assert said in about


def test_files_speak_the_language_of_the_reader(issued: str, client_as: ClientAs) -> None:
    femke = client_as(cast.FEMKE)
    in_dutch = fetched(femke, issued, ".csv")
    assert "Peildatum" in fetched(femke, issued, "-excel.csv").decode("utf-8-sig")
    post(femke, "/language", language="en", back="/statistics/")
    in_english = fetched(femke, issued, ".csv")

    assert "Verblijfsvergunning" in in_dutch.decode()
    assert "Residence permit" in in_english.decode()
    assert [row["id"] for row in lines(in_dutch)] == [row["id"] for row in lines(in_english)]


def test_a_file_is_the_same_bytes_however_often_it_is_fetched(
    issued: str, client_as: ClientAs
) -> None:
    femke = client_as(cast.FEMKE)
    for end in ENDS:
        assert fetched(femke, issued, end) == fetched(femke, issued, end), end


def test_names_and_insides_of_files_say_no_programme_and_nobody(
    issued: str, client_as: ClientAs
) -> None:
    femke = client_as(cast.FEMKE)
    for end in ENDS:
        answer = femke.get(f"/statistics/{issued}{end}")
        name = answer.headers["Content-Disposition"]
        assert "waterstad" not in name.lower()
        assert "no-store" in answer.headers["Cache-Control"]
        for colleague in (cast.FEMKE, cast.PETRA, cast.LENA):
            assert colleague.id.encode() not in answer.data, end


def test_files_of_what_is_under_way_are_not_there_for_a_funder_and_say_so_inside(
    sealed_house: House, client_as: ClientAs
) -> None:
    hire_everybody(sealed_house)
    past_episodes(sealed_house, "waterstad-lvv", times=0.1)
    waiting = proposed()
    for end in ENDS:
        assert client_as(cast.FEMKE).get(f"/statistics/{waiting}{end}").status_code == 404
    book = load_workbook(io.BytesIO(fetched(client_as(cast.PETRA), waiting, ".xlsx")))
    said = " ".join(str(row[1]) for row in book.worksheets[0].iter_rows(values_only=True))
    assert "niet gepubliceerd" in said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ("Kwartaalrapport", "Verblijfsvergunning")),
        ("en", ("Quarterly report", "Residence permit")),
    ],
)
def test_the_report_is_a_tagged_document_in_its_language(
    issued: str, client_as: ClientAs, language: str, said: tuple[str, ...]
) -> None:
    answer = client_as(cast.FEMKE).get(f"/statistics/{issued}.pdf?language={language}")
    read = PdfReader(io.BytesIO(answer.data))
    root = read.trailer["/Root"].get_object()

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="publication-2026-09-30-{language}.pdf"'
    )
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = tags(root["/StructTreeRoot"])
    assert {"H1", "H2", "Table", "TH", "TD", "Figure"} <= kinds.keys()
    assert all(kinds["Figure"]), "every chart says in words what it shows"
    assert read.metadata is not None
    assert set(read.metadata) == {"/Title", "/Creator"}
    text = " ".join(page.extract_text() for page in read.pages)
    certificate = fetched(client_as(cast.FEMKE), issued, "-certificate.json")
    for word in (*said, UNDER, hashlib.sha256(certificate).hexdigest()[:40]):
        assert word in text
    assert "Totals" not in text or language == "en"


def tags(element: Any, found: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
    """The kinds of elements in the structure of a document, each with what is said instead of them."""
    found = {} if found is None else found
    element = element.get_object()
    if "/S" in element:
        found.setdefault(str(element["/S"]).lstrip("/"), []).append(str(element.get("/Alt", "")))
    below = element.get("/K", [])
    for one in below if isinstance(below, list) else [below]:
        if hasattr(one.get_object(), "get"):
            tags(one, found)
    return found


def test_a_report_says_what_the_table_of_the_page_says(issued: str, client_as: ClientAs) -> None:
    answer = client_as(cast.FEMKE).get(f"/statistics/{issued}.pdf")
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    plain = lines(fetched(client_as(cast.FEMKE), issued, ".csv"))
    for row in plain:
        if row["part"] != "rate" and len(row["label"]) < 30:
            assert row["label"] in said
            assert row["printed"] in said.replace(".", "")


def test_whatever_tables_a_publication_holds_stand_in_every_file_and_only_there(
    sealed_house: House, client_as: ClientAs, tmp_path: Path
) -> None:
    hire_everybody(sealed_house)
    femke = client_as(cast.FEMKE)
    dice = random.Random(174)
    for quarter, printed in enumerate(
        (Printed(tables=(GENDER, LENGTH, LIMIT, TIME), waiting=(None,)), random_printed(dice))
    ):
        held = freeze(sealed_house, cut_off=date(2026, 3 + 3 * quarter, 1), printed=printed)
        plain = lines(fetched(femke, held, ".csv"))
        for end in (".csv", ".csv-metadata.json"):
            (tmp_path / f"{held}{end}").write_bytes(fetched(femke, held, end))
        assert CSVW(str(tmp_path / f"{held}.csv-metadata.json"), validate=True).is_valid

        kept = [
            (row["id"], row["printed"], row["status"])
            for table in printed.tables
            for row in table["rows"]
        ]
        further = {table["id"] for table in printed.tables}
        found = [
            (row["id"], row["printed"], row["status"]) for row in plain if row["table"] in further
        ]
        assert found == [(name, str(count), status) for name, count, status in kept]

        book = load_workbook(io.BytesIO(fetched(femke, held, ".xlsx")))
        shown = [
            (row[0], row[1])
            for sheet in book.worksheets[1:]
            for row in sheet.iter_rows(values_only=True)
        ]
        report = text_of(fetched(femke, held, ".pdf")).replace(".", "")
        assert [row["id"] for row in plain if row["table"] == "times"] == (
            [f"within_{months}" for months in (6, 12, 18, 24)] if TIME in printed.tables else []
        )
        stocks = [
            (row["table"], row["id"], row["printed"]) for row in plain if row["part"] == "stock"
        ]
        assert stocks == ([] if printed.waiting is None else [("stocks", "waiting", UNDER)])
        assert ("Standen op de peildatum" in report) is bool(stocks)
        for row in plain:
            assert (row["label"], row["printed"]) in shown
            if row["part"] != "rate":
                assert row["printed"] in report


def text_of(report: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(report)).pages)


def test_a_withdrawn_publication_says_so_in_every_file(
    sealed_house: House, client_as: ClientAs
) -> None:
    hire_everybody(sealed_house)
    held = freeze(sealed_house)
    femke = client_as(cast.FEMKE)
    before = {end: fetched(femke, held, end) for end in ENDS}
    withdraw(sealed_house, held)
    after = {end: fetched(femke, held, end) for end in ENDS}

    why = "De gegevens erachter klopten niet of waren niet volledig."
    rows = lines(after[".csv"])
    assert {(row["withdrawn_on"], row["withdrawn_because"]) for row in rows} == {
        ("2026-11-02", why)
    }
    assert {row["withdrawn_on"] for row in lines(before[".csv"])} == {""}
    assert "02-11-2026" in after["-excel.csv"].decode("utf-8-sig")
    for content in (after[".csv-metadata.json"].decode(), text_of(after[".pdf"])):
        assert why in content.replace("\n", " ")
    about = load_workbook(io.BytesIO(after[".xlsx"])).worksheets[0]
    assert why in {cell for row in about.iter_rows(values_only=True) for cell in row}
    assert after["-certificate.json"] == before["-certificate.json"]


def test_a_programme_that_is_called_otherwise_since_keeps_its_name_in_what_was_frozen(
    sealed_house: House, client_as: ClientAs
) -> None:
    hire_everybody(sealed_house)
    past_episodes(sealed_house, "waterstad-lvv", times=0.1)
    issued = frozen()
    before = fetched(client_as(cast.FEMKE), issued, ".pdf")
    programme = sealed_house.catalogue.programmes["waterstad-lvv"]
    renamed = replace(programme, name=Label("Anders", "Other"))
    catalogue = replace(
        sealed_house.catalogue,
        programmes={**sealed_house.catalogue.programmes, "waterstad-lvv": renamed},
    )
    with houses.inside(replace(sealed_house, catalogue=catalogue)):
        found = publications.shown(cast.FEMKE.actor(), issued, cast.NOW)
        assert found.name == programme.name
        assert publication_reports.report(found, teller("nl"), "nl") == before
