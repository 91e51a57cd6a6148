"""A report that was frozen is the same file a year later, whoever was erased and whatever was recorded since."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import DatabaseError

from caseflow.domain.report_texts import LANGUAGES
from caseflow.services import (
    publication_datasets,
    publication_files,
    publication_reports,
    publications,
    report_digests,
    report_texts,
)
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, CaseTeamMember, Client
from caseflow.storage.models.facts import StageChange, StartDate
from caseflow.storage.models.figures import PastEpisode
from caseflow.tellers import teller
from tests import cast
from tests.builders import casework, past_episodes
from tests.services.test_publications import CUT_OFF, SCOPE
from tests.services.test_report_texts import (  # noqa: F401 -- fixtures
    FEMKE,
    LENA,
    MO,
    PETRA,
    PLAIN,
    approve,
    known,
    waiting,
    write,
)


def files(publication: str) -> dict[str, bytes]:
    """Every file of a frozen publication, in each language."""
    found = publications.shown(FEMKE, publication, cast.NOW)
    seen = report_texts.seen(FEMKE, found)
    words = None if seen is None else seen.text
    made = {"certificate": publication_datasets.certificate_file(found)}
    for one in LANGUAGES:
        say = teller(one)
        made[f"csv-{one}"] = publication_files.plain_csv(found, say, one)
        made[f"excel-{one}"] = publication_files.dutch_excel_csv(found, say, one)
        made[f"xlsx-{one}"] = publication_files.workbook(found, say, one)
        made[f"pdf-{one}"] = publication_reports.report(found, say, one, words)
    return made


@pytest.fixture
def issued(waiting: str) -> str:  # noqa: F811
    """A frozen publication with a text."""
    assert write(waiting, PLAIN) is None
    assert approve(waiting, PETRA, MO) is None
    return waiting


def test_the_digest_is_kept_once_and_names_the_report(issued: str, known: House) -> None:  # noqa: F811
    found = publications.shown(MO, issued, cast.NOW)
    assert report_digests.kept(issued) == {}
    report_digests.keep(MO, found, teller, cast.NOW)
    kept = report_digests.kept(issued)
    report_digests.keep(PETRA, found, teller, cast.NOW)

    assert report_digests.kept(issued) == kept
    made = files(issued)
    for one in LANGUAGES:
        assert kept[one] == hashlib.sha256(made[f"pdf-{one}"]).hexdigest()
    assert kept["nl"] != kept["en"]
    for statement in (
        "UPDATE publication_reports SET sha256 = ''",
        "DELETE FROM publication_reports",
        "INSERT OR REPLACE INTO publication_reports SELECT * FROM publication_reports",
    ):
        with pytest.raises(DatabaseError, match="append only"), casework(known) as session:
            session.execute(text(statement))


def test_nothing_is_kept_of_what_is_under_way(waiting: str) -> None:  # noqa: F811
    report_digests.keep(MO, publications.shown(MO, waiting, cast.NOW), teller, cast.NOW)
    assert report_digests.kept(waiting) == {}


def test_erasing_people_and_later_records_change_no_file(issued: str, known: House) -> None:  # noqa: F811
    before = files(issued)

    with casework(known) as session:
        for model in (CaseTeamMember, StageChange, StartDate, Case, Client, PastEpisode):
            session.execute(delete(model))
    assert files(issued) == before

    past_episodes(known, SCOPE, source="late-arrivals", times=0.3)
    later = CUT_OFF + timedelta(days=92)
    publications.prepare(LENA, SCOPE, later, cast.NOW + timedelta(days=60))
    assert publications.prepare(LENA, SCOPE, CUT_OFF, cast.NOW).reason
    assert files(issued) == before


AGAIN = """
import hashlib, json, sys
from caseflow.publishing.reports import report_pdf
print(hashlib.sha256(report_pdf(json.load(sys.stdin))).hexdigest())
"""


def test_another_process_makes_the_same_bytes(issued: str) -> None:
    found = publications.shown(FEMKE, issued, cast.NOW)
    said = publication_reports.document(found, teller("nl"), "nl", PLAIN)
    here = hashlib.sha256(publication_reports.report(found, teller("nl"), "nl", PLAIN)).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", AGAIN],
        input=json.dumps(said), capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LANG": "C"},
    )  # fmt: skip
    assert there.stdout.strip() == here
