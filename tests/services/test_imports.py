"""Past episodes come in whole or not at all, and yield the published figures."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from caseflow.domain.actors import THE_COMMAND
from caseflow.services import imports
from caseflow.services.imports import ImportRefused
from caseflow.storage.models.figures import PastEpisode
from tests import cast

HEADER = "person_ref,programme,entered_on,exited_on,outcome,outcome_basis,gender,age_band"
GOOD = "A-1,utrecht-bbb,2020-01-02,2021-03-04,residence_permit,,man,18-27"


def file_of(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "caseload.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def rows_stored(house) -> int:
    with house.stores.reading() as session:
        return session.query(PastEpisode).count()


BAD_ROWS = [
    ("an unknown outcome", GOOD.replace("residence_permit", "won"), "outcome"),
    ("an exit before the entry", GOOD.replace("2021-03-04", "2019-03-04"), "exited_on"),
    ("a date in the future", GOOD.replace("2020-01-02,2021-03-04,residence_permit", "2031-01-02,,"), "entered_on"),
    ("a date in Dutch order", GOOD.replace("2020-01-02", "02-01-2020"), "entered_on"),
    ("a day that does not exist", GOOD.replace("2020-01-02", "2021-02-29"), "entered_on"),
    ("a programme nobody configured", GOOD.replace("utrecht-bbb", "paris"), "programme"),
    ("an unknown gender code", GOOD.replace(",man,", ",m,"), "gender"),
    ("an unknown age band", GOOD.replace("18-27", "19"), "age_band"),
    ("no reference", GOOD.replace("A-1", " "), "person_ref"),
    ("an outcome without an exit", GOOD.replace("2021-03-04", ""), "outcome"),
    ("an exit without an outcome", GOOD.replace("residence_permit", ""), "outcome"),
    ("national reception without its ground", GOOD.replace("residence_permit", "national_reception"), "outcome_basis"),
    ("a ground of another outcome", GOOD.replace("residence_permit,", "residence_permit,safety"), "outcome_basis"),
    ("a cell too many", GOOD + ",x", "*"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "row", "column"), BAD_ROWS, ids=[one[0] for one in BAD_ROWS])
def test_a_bad_row_is_named_by_line_and_column(house, tmp_path, said, row, column):
    path = file_of(tmp_path, HEADER, GOOD.replace("A-1", "A-0"), row)

    with pytest.raises(ImportRefused) as refused:
        imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW)

    assert [(p.line, p.column) for p in refused.value.problems] == [(3, column)]
    assert rows_stored(house) == 0
    assert "A-1" not in str(refused.value.problems)


def test_every_bad_row_is_reported_in_order(house, tmp_path):
    path = file_of(tmp_path, HEADER, *[bad for _, bad, _ in BAD_ROWS])

    with pytest.raises(ImportRefused) as refused:
        imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW)

    assert {p.line for p in refused.value.problems} == set(range(2, len(BAD_ROWS) + 2))


def test_a_wrong_header_is_refused_by_name(house, tmp_path):
    path = file_of(tmp_path, HEADER.replace("gender", "sex"), GOOD)

    with pytest.raises(ImportRefused) as refused:
        imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW)

    assert {(p.line, p.column) for p in refused.value.problems} == {(1, "gender"), (1, "sex")}


def test_another_encoding_is_refused(house, tmp_path):
    path = file_of(tmp_path, HEADER, GOOD.replace("A-1", "é"), encoding="latin-1")

    with pytest.raises(ImportRefused) as refused:
        imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW)

    assert "UTF-8" in str(refused.value.problems[0].repair)


def test_a_row_that_stands_twice_is_refused(house, tmp_path):
    path = file_of(tmp_path, HEADER, GOOD, GOOD)

    with pytest.raises(ImportRefused) as refused:
        imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW)

    assert [p.line for p in refused.value.problems] == [3]


def test_an_episode_that_was_imported_before_is_refused(house, tmp_path):
    path = file_of(tmp_path, HEADER, GOOD)
    imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW)

    with pytest.raises(ImportRefused):
        imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW)
    assert rows_stored(house) == 1
    imports.import_caseload(THE_COMMAND, path, "another-system", cast.NOW)
    assert rows_stored(house) == 2


def test_a_dry_run_writes_nothing(house, tmp_path):
    path = file_of(tmp_path, HEADER, GOOD)

    report = imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW, dry_run=True)

    assert (report.rows, report.people, report.dry_run) == (1, 1, True)
    assert rows_stored(house) == 0


def test_the_reference_of_the_source_is_kept_as_a_keyed_hash_only(house, tmp_path):
    path = file_of(tmp_path, HEADER, GOOD.replace("A-1", "REFERENCE-OF-SOMEBODY"))
    imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW)

    with house.stores.reading() as session:
        (row,) = session.query(PastEpisode).all()
        assert "REFERENCE" not in repr(vars(row))
        assert len(row.person_hash) == 64


def test_columns_may_stand_in_any_order(house, tmp_path):
    names = HEADER.split(",")
    cells = next(csv.reader([GOOD]))
    path = file_of(tmp_path, ",".join(reversed(names)), ",".join(reversed(cells)))

    assert imports.import_caseload(THE_COMMAND, path, "old-system", cast.NOW).rows == 1
