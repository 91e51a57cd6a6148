"""`firewall report` as its users and scripts call it: text, one JSON document, a PDF, one question, and bad input."""

from __future__ import annotations

import io
import json
import logging
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from caseflow.cli import main
from caseflow.commands.terminals import teller
from caseflow.domain.messages import Message
from caseflow.domain.policy_lines import lines_of
from caseflow.domain.redaction import TABLE, Compartment, Reader, Surface, vision
from tests.commands import Said, environment, run
from tests.domain.policy_specimens import sections

FILE = "CASEFLOW_PASSPHRASE_FILE"
REPORT = ("firewall", "report")


@pytest.fixture(scope="module")
def folder(template: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One instance for all that is only read."""
    made = tmp_path_factory.mktemp("firewall") / "instance"
    shutil.copytree(template.folder, made)  # type: ignore[attr-defined]
    return made


@pytest.fixture
def report(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Calls the command in this process, which a process of its own would do in ten times the time."""
    monkeypatch.setenv(FILE, environment(folder)[FILE])
    monkeypatch.setattr(logging, "lastResort", logging.lastResort)

    def call(*words: str) -> Said:
        status = main(["--instance", str(folder), *REPORT, *words])
        said = capsys.readouterr()
        return Said(status, said.out.splitlines(), said.err.splitlines())

    return call


def test_the_report_is_one_json_document_with_the_tables_as_codes(folder: Path) -> None:
    said = run(folder, *REPORT, "--json")
    document = json.loads("\n".join(said.out))

    assert (said.status, said.err) == (0, [])
    assert set(document["readers"]) == {one.value for one in TABLE}
    for reader in Reader:
        opened = vision([reader], Surface.OPENED).parts.get(Compartment.HEALTH, frozenset())
        there = document["readers"]["health"].get(reader.value, {"opened": []})
        assert there["opened"] == sorted(opened)
    assert [section["id"] for section in document["sections"]][-2:] == ["register", "norms"]
    assert document["language"] == "en"


def test_the_report_reads_as_text_in_both_languages(report: Callable[..., Said]) -> None:
    english = report("--language", "en")
    dutch = report("--language", "nl")

    assert (english.status, dutch.status) == (0, 0)
    assert "WHO SEES WHAT" in english.out
    assert "WIE ZIET WAT" in dutch.out
    assert len(english.out) == len(dutch.out) > 300
    assert english.out[0].split(" · ")[1:] == dutch.out[0].split(" · ")[1:]


def test_a_pdf_is_written_once_for_its_owner_alone(
    report: Callable[..., Said], folder: Path
) -> None:
    file = folder.parent / "firewall.pdf"
    written = report("--pdf", str(file), "--language", "nl")

    assert (written.status, written.out) == (0, ["firewall.pdf is written."])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    read = PdfReader(io.BytesIO(file.read_bytes()))
    assert read.metadata is not None
    assert set(read.metadata) == {"/Title", "/Creator"}
    again = report("--pdf", str(file))
    assert (again.status, len(again.err)) == (2, 1)
    assert "is there already" in again.err[0]


def test_one_question_is_answered_from_the_tables(report: Callable[..., Said]) -> None:
    said = report("--may", "night_worker", "emergency_card")
    nothing = report("--may", "night_worker", "identity", "--json")

    assert said.out == ["night_worker · emergency_card: everything, once the file is opened"]
    assert json.loads("\n".join(nothing.out))["opened"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--may", "police", "identity"), "READER must be one of"),
        (("--may", "team", "names"), "COMPARTMENT must be one of"),
        (("--may", "team"), "--may cannot be read"),
        (("--language", "fr"), "--language must be one of"),
        (("--json", "--pdf", "x.pdf"), "Choose one of"),
        (("--pdf", "nowhere/x.pdf"), "is not there"),
        (("--everything",), "does not know"),
    ],
)
def test_bad_input_is_one_line_and_status_two(
    report: Callable[..., Said], words: tuple[str, ...], says: str
) -> None:
    said = report(*words)

    assert (said.status, said.out, len(said.err)) == (2, [], 1)
    assert says in said.err[0]


def test_a_broken_file_of_rules_is_named_and_nothing_starts(
    report: Callable[..., Said], folder: Path
) -> None:
    own = folder / "config" / "retention.toml"
    own.write_text('[[term]]\nid = "file"\n', "utf-8")
    try:
        said = report()
    finally:
        own.unlink()

    assert said.status == 2
    assert said.out == []
    assert all(line.startswith("config/retention.toml") for line in said.err)


def test_every_sentence_of_the_report_is_said_in_dutch() -> None:
    speak = teller("nl")

    left = {
        cell.text
        for _, _, line in lines_of(sections())
        for cell in line.cells
        if isinstance(cell, Message) and not cell.values and speak(cell) == cell.text
    }
    assert left <= {"BSN", "Accounts", "Contact", "auditor"}
