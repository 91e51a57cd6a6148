"""The list for a fire, and the file that it is kept in (rule B12, decision 0165)."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from caseflow.domain.actors import Actor
from caseflow.domain.evacuations import EvacuationList
from caseflow.jobs import evacuation_files as evacuation_job
from caseflow.jobs import runs
from caseflow.publishing import evacuation_lists
from caseflow.services import evacuation_files, evacuation_papers, evacuations, job_runs
from caseflow.services.evacuation_files import NewKey
from caseflow.services.evacuation_papers import NotOpened
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.job_runs import RunResult
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.evacuations import EvacuationFile
from caseflow.storage.models.placement_needs import PlacementNeed
from caseflow.storage.models.presences import Presence
from caseflow.storage.models.shelter import Absence, Placement, Room, Site
from caseflow.tellers import teller
from tests import cast
from tests.builders import casework, open_site
from tests.commands import run
from tests.services.placing import JORIS, KOFI, TODAY, TOMORROW, YESTERDAY, person, place, staffed

HOUSE = "havenhuis"
THE_JOB = job_runs.scheduler("evacuation_files")
NIGHT_WORKER = cast.NIGHT.actor(site_id=HOUSE)
AT_THREE = datetime(2026, 11, 23, 2, 0, tzinfo=cast.NOW.tzinfo)
EVENING = datetime(2026, 11, 22, 21, 0, tzinfo=cast.NOW.tzinfo)


def code_of(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def needs(house: House, case_id: str, kind: str = "mobility_aid") -> None:
    with casework(house) as session:
        session.add(
            PlacementNeed(
                client_code=session.get_one(Case, case_id).client_code,
                kind=kind,
                from_on=YESTERDAY,
                recorded_at=cast.NOW,
                recorded_by="amina",
                change_id="invented",
            )
        )


def is_away(house: House, case_id: str) -> None:
    with casework(house) as session:
        session.add(
            Absence(
                case_id=case_id,
                kind="hospital",
                from_on=YESTERDAY,
                recorded_by="amina",
                recorded_at=cast.NOW,
                change_id="invented",
            )
        )


def restricted(house: House, case_id: str) -> None:
    with casework(house) as session:
        session.get_one(Client, session.get_one(Case, case_id).client_code).restricted = True


def lines(shown: EvacuationList) -> list[tuple[str, str | None, bool, bool, bool]]:
    return [
        (one.bed, one.call_name, one.needs_help, one.is_away, one.is_expected)
        for one in shown.sleepers
    ]


def test_b12_the_list_says_bed_floor_call_name_help_and_who_is_away(sealed_house: House) -> None:
    beds = staffed(sealed_house, beds=4)
    with casework(sealed_house) as session:
        session.get_one(Room, "havenhuis-room-1").floor = 2
    blue, red, green = person("Blue"), person("Red"), person("Green")
    place(blue, beds[0], YESTERDAY)
    place(red, beds[1], YESTERDAY)
    place(green, beds[2])
    needs(sealed_house, blue)
    needs(sealed_house, red, "pet")
    is_away(sealed_house, red)
    with casework(sealed_house) as session:
        session.query(Placement).filter_by(case_id=green).one().status = "booked"

    shown = evacuations.evacuation_list(NIGHT_WORKER, HOUSE, EVENING)

    assert lines(shown) == [
        ("1.1", "Blue", True, False, False),
        ("1.2", "Red", False, True, False),
        ("1.3", "Green", False, False, True),
    ]
    assert {one.floor for one in shown.sleepers} == {2}
    assert (shown.inside, shown.away, shown.need_help) == (1, 1, 1)


def test_whoever_the_night_round_saw_is_looked_for_although_an_absence_runs(
    sealed_house: House,
) -> None:
    bed = staffed(sealed_house)[0]
    blue = person("Blue")
    stay = place(blue, bed, YESTERDAY).placement_id
    is_away(sealed_house, blue)
    with casework(sealed_house) as session:
        session.add(
            Presence(
                site_id=HOUSE,
                night=TODAY,
                placement_id=stay,
                case_id=blue,
                state="there",
                bed_kind="full_day",
                recorded_by="nadia",
                recorded_at=EVENING,
                change_id="invented",
            )
        )

    assert evacuations.evacuation_list(NIGHT_WORKER, HOUSE, EVENING).inside == 1
    assert evacuations.evacuation_list(NIGHT_WORKER, HOUSE, AT_THREE).inside == 1, "the same night"


def test_at_three_at_night_the_evening_still_counts(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0], YESTERDAY, TOMORROW)
    place(person("Red"), beds[1], TOMORROW)

    shown = evacuations.evacuation_list(NIGHT_WORKER, HOUSE, AT_THREE)

    assert [one.call_name for one in shown.sleepers if one.is_inside] == ["Blue"]


def test_a_restricted_person_is_a_bed_and_the_help_they_need(sealed_house: House) -> None:
    bed = staffed(sealed_house)[0]
    blue = person("Blue")
    place(blue, bed, YESTERDAY)
    needs(sealed_house, blue)
    restricted(sealed_house, blue)

    for reader in (NIGHT_WORKER, KOFI):
        shown = evacuations.evacuation_list(reader, HOUSE, EVENING)
        assert lines(shown) == [("1.1", None, True, False, False)]
        assert shown.sleepers[0].code is None


def test_each_person_on_the_list_was_looked_at(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    blue, red = person("Blue"), person("Red")
    place(blue, beds[0], YESTERDAY)
    place(red, beds[1], YESTERDAY)
    restricted(sealed_house, red)

    evacuations.evacuation_list(NIGHT_WORKER, HOUSE, EVENING)

    with Session(sealed_house.stores.audit) as log:
        last = log.scalars(select(Entry).order_by(Entry.position.desc())).first()
        assert last is not None
        about = set(
            log.scalars(select(Subject.subject_hash).where(Subject.position == last.position))
        )
    assert (last.event, json.loads(last.details)) == (
        "evacuation_listed",
        {"count": 2, "inside": 2},
    )
    hashed = {
        sealed_house.stores.hashed("subject", code_of(sealed_house, one)) for one in (blue, red)
    }
    assert about == hashed, "who stands there by the bed alone was looked at too"


@pytest.mark.parametrize(
    ("actor", "sentence"),
    [
        (JORIS, "another organisation's coordinator"),
        (cast.NIGHT.actor(site_id="zeezicht"), "a night worker of another house"),
        (cast.NIGHT.actor(), "a night worker without a house"),
        (cast.AMINA.actor(), "a caseworker"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nobody_else_has_a_list_or_a_key(sealed_house: House, actor: Actor, sentence: str) -> None:
    staffed(sealed_house)
    for site in (HOUSE, "nowhere"):
        with pytest.raises(NotKnown):
            evacuations.evacuation_list(actor, site, EVENING)
        with pytest.raises(NotKnown):
            evacuation_files.make_key(actor, site, teller, EVENING)
    assert HOUSE not in evacuation_files.files_of(actor, EVENING), sentence


def test_a_night_worker_reads_how_old_the_file_is_and_makes_no_key(sealed_house: House) -> None:
    staffed(sealed_house)

    assert not evacuation_files.file_of(NIGHT_WORKER, HOUSE, EVENING).may_set
    with pytest.raises(NotKnown):
        evacuation_files.make_key(NIGHT_WORKER, HOUSE, teller, EVENING)


@contextmanager
def counting(house: House) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(house.stores.casework, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(house.stores.casework, "before_cursor_execute", note)


def many(house: House, count: int) -> None:
    """So many people at one site, without going through each act."""
    beds = open_site(house, "groot", beds=25, rooms=-(-count // 25))[:count]
    told = {"organisation": "de-haven", "change_id": "invented"}
    stay = {"status": "begun", "arrival_on": YESTERDAY, "recorded_by": "kofi"}
    stay |= {"recorded_at": cast.NOW, "changed_at": cast.NOW, "change_id": "invented"}
    case = {"programme": "waterstad-lvv", "stage": "guidance", "opened_at": cast.NOW}
    with casework(house) as session:
        session.add_all(
            Client(code=f"C{n:03d}-AAAA", call_name=f"N{n}", registered_at=cast.NOW, **told)
            for n in range(count)
        )
        session.flush()
        session.add_all(
            Case(id=f"case-{n}", client_code=f"C{n:03d}-AAAA", **case, **told) for n in range(count)
        )
        session.flush()
        session.add_all(
            Placement(bed_id=bed, client_code=f"C{n:03d}-AAAA", case_id=f"case-{n}", **stay)
            for n, bed in enumerate(beds)
        )


def test_a_house_of_five_hundred_asks_as_many_questions_as_one_of_ten(sealed_house: House) -> None:
    staffed(sealed_house)
    many(sealed_house, 500)
    place(person("Blue"), "havenhuis-room-1-bed-1", YESTERDAY)

    with counting(sealed_house) as few:
        evacuations.evacuation_list(KOFI, HOUSE, EVENING)
    with counting(sealed_house) as lots:
        shown = evacuations.evacuation_list(KOFI, "groot", EVENING)

    assert len(shown.sleepers) == 500
    assert len(lots) == len(few) <= 16


# --- the file


@pytest.fixture
def key(sealed_house: House) -> NewKey:
    beds = staffed(sealed_house)
    blue, red = person("Blue"), person("Red")
    place(blue, beds[0], YESTERDAY)
    place(red, beds[1], YESTERDAY)
    needs(sealed_house, blue)
    restricted(sealed_house, red)
    return evacuation_files.make_key(KOFI, HOUSE, teller, EVENING)


def file_in(house: House) -> Path:
    [found] = house.settings.evacuation_folder.iterdir()
    return found


def test_b12_another_program_opens_the_file_with_the_passphrase_alone(
    sealed_house: House, key: NewKey
) -> None:
    """PDFium is what phones and browsers open a PDF with; it shares no code with the writer."""
    content = file_in(sealed_house).read_bytes()

    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(content)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(content, password="k7qm-4xpd-9wtr-h3nc-e6vb")
    words = (
        pypdfium2.PdfDocument(content, password=key.passphrase)[0].get_textpage().get_text_bounded()
    )

    assert "Ontruimingslijst: Havenhuis" in words
    for there in ("Blue", "heeft hulp nodig", "iemand (naam staat niet op lijsten)"):
        assert there in words
    assert "Red" not in words


def test_the_command_reads_the_same_however_the_paper_is_typed(
    sealed_house: House, key: NewKey
) -> None:
    content = file_in(sealed_house).read_bytes()

    for typed in (key.passphrase, key.passphrase.upper(), key.passphrase.replace("-", " ")):
        kept = evacuation_papers.opened(content, typed)
        assert [one["call_name"] for one in kept["sleepers"]] == ["Blue", None]
    for wrong in ("", "k7qm-4xpd-9wtr-h3nc-e6vb"):
        with pytest.raises(NotOpened):
            evacuation_papers.opened(content, wrong)
    for broken in (b"", b"%PDF-1.7 nothing", content[:5000], os.urandom(4000)):
        with pytest.raises(NotOpened):
            evacuation_papers.opened(broken, key.passphrase)


def test_nothing_plain_lies_in_any_folder(
    sealed_house: House, key: NewKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted words are looked for in every byte that was written, beside the file and in the temporary folder."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    evacuation_files.keep(THE_JOB, EVENING, teller)

    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    planted = [b"Blue", b"Havenhuis", b"Ontruimingslijst", b"call_name", key.passphrase.encode()]
    assert any(path.suffix == ".pdf" for path in written)
    for path in written:
        if "config" not in path.parts:
            content = path.read_bytes()
            assert [word for word in planted if word in content] == [], path.name
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_file_without_its_passphrase_would_be_found(
    key: NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search above can fail: planted, the same writer leaves the words readable."""
    monkeypatch.setattr(evacuation_lists.PdfWriter, "encrypt", lambda *_, **__: None)

    made = evacuation_lists.evacuation_pdf(
        {"language": "nl", "title": "T", "site": "S", "at": "A", "counts": "C", "columns": ["B"] * 6,
         "rows": [["Blue"] * 6], "note": "N"},
        {"sleepers": [{"call_name": "Blue"}]},
        key.passphrase,
    )  # fmt: skip

    assert b"Blue" in made
    with pytest.raises(NotOpened):
        evacuation_papers.opened(made, key.passphrase)


def test_the_name_says_nothing_and_neither_does_the_size(sealed_house: House, key: NewKey) -> None:
    path = file_in(sealed_house)
    before = path.stat().st_size
    with casework(sealed_house) as session:
        session.query(Placement).delete()
    evacuation_files.keep(THE_JOB, EVENING, teller)

    assert re.fullmatch(r"[2-9a-z]{8}\.pdf", path.name)
    assert path.name == f"{key.name}.pdf"
    assert path.stat().st_size == before, "nobody and two people: the same number of bytes"
    assert before % 65536 == 0
    assert path.stat().st_mode & 0o007 == 0


def test_the_job_replaces_the_file_as_people_come_and_go(sealed_house: House, key: NewKey) -> None:
    place(person("Green"), "havenhuis-room-1-bed-3", TODAY)
    later = EVENING + timedelta(minutes=15)

    assert evacuation_files.keep(THE_JOB, later, teller).done == 1

    kept = evacuation_papers.opened(file_in(sealed_house).read_bytes(), key.passphrase)
    assert [one["call_name"] for one in kept["sleepers"]] == ["Blue", None, "Green"]
    assert kept["at"] == later.isoformat()
    assert evacuation_files.file_of(KOFI, HOUSE, later).written_at == later


def test_the_log_is_told_of_a_list_that_differs_and_not_each_quarter(
    sealed_house: House, key: NewKey
) -> None:
    def told() -> int:
        with Session(sealed_house.stores.audit) as log:
            asked = select(Entry).where(Entry.event == "evacuation_file_kept")
            return len(log.scalars(asked).all())

    first = told()
    for quarter in range(4):
        evacuation_files.keep(THE_JOB, EVENING + timedelta(minutes=15 * quarter), teller)
    assert told() == first == 1

    place(person("Green"), "havenhuis-room-1-bed-3", TODAY)
    evacuation_files.keep(THE_JOB, EVENING, teller)
    assert told() == 2
    evacuation_files.keep(THE_JOB, EVENING + timedelta(days=1), teller)
    assert told() == 3, "a new day is a new list"


def test_an_old_file_is_said_and_a_fresh_one_is_not(sealed_house: House, key: NewKey) -> None:
    def late(minutes: int) -> bool:
        at = EVENING + timedelta(minutes=minutes)
        return evacuation_files.files_of(NIGHT_WORKER, at)[HOUSE].is_late

    assert [late(0), late(60), late(61)] == [False, False, True]


def test_what_cannot_be_written_is_put_off_and_the_page_says_so(
    sealed_house: House, key: NewKey
) -> None:
    path = file_in(sealed_house)
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("in the way")

    worked = evacuation_files.keep(THE_JOB, EVENING + timedelta(hours=2), teller)
    again = evacuation_files.make_key(KOFI, HOUSE, teller, EVENING + timedelta(hours=2))

    assert (worked.done, worked.deferred) == (0, 1)
    assert not again.is_written
    assert evacuation_files.file_of(KOFI, HOUSE, EVENING + timedelta(hours=2)).is_late


def test_a_new_passphrase_opens_the_next_file_and_the_old_one_does_not(
    sealed_house: House, key: NewKey
) -> None:
    again = evacuation_files.make_key(KOFI, HOUSE, teller, EVENING)

    content = file_in(sealed_house).read_bytes()
    assert again.name == key.name, "whoever copies the file goes on copying it"
    assert evacuation_papers.opened(content, again.passphrase)["inside"] == 2
    with pytest.raises(NotOpened):
        evacuation_papers.opened(content, key.passphrase)


def test_a_name_in_another_script_never_stops_the_list(sealed_house: House, key: NewKey) -> None:
    tigrinya = person("ሰላም")
    place(tigrinya, "havenhuis-room-1-bed-3", TODAY)

    assert evacuation_files.keep(THE_JOB, EVENING, teller).done == 1

    content = file_in(sealed_house).read_bytes()
    kept = evacuation_papers.opened(content, key.passphrase)
    page = pypdfium2.PdfDocument(content, password=key.passphrase)[0]
    words = page.get_textpage().get_text_bounded()
    assert [one["call_name"] for one in kept["sleepers"]] == ["Blue", None, "ሰላም"]
    assert code_of(sealed_house, tigrinya) in words, "on paper the code stands for it"


def test_a_closed_house_has_no_file_any_more(sealed_house: House, key: NewKey) -> None:
    with casework(sealed_house) as session:
        session.get_one(Site, HOUSE).valid_until = YESTERDAY

    evacuation_files.keep(THE_JOB, EVENING, teller)

    assert list(sealed_house.settings.evacuation_folder.iterdir()) == []


def test_the_passphrase_is_in_the_encrypted_store_and_nowhere_in_the_log(
    sealed_house: House, key: NewKey
) -> None:
    with sealed_house.stores.reading() as session:
        assert session.scalars(select(EvacuationFile.passphrase)).all() == [key.passphrase]
    with Session(sealed_house.stores.audit) as log:
        for entry in log.scalars(select(Entry)):
            assert key.passphrase not in f"{entry.details} {entry.object_id}"


# --- the command, in a process of its own


def test_b12_the_command_needs_the_file_and_the_paper_and_nothing_else(
    sealed_house: House, key: NewKey, tmp_path: Path
) -> None:
    alone = tmp_path / "laptop"
    alone.mkdir()
    file = alone / "copied.pdf"
    file.write_bytes(file_in(sealed_house).read_bytes())
    bare = {"CASEFLOW_PASSPHRASE_FILE": None}

    said = run(alone / "none", "evacuation", "open", str(file), typed=f"{key.passphrase}\n", **bare)
    wrong = run(alone / "none", "evacuation", "open", str(file), typed="abcd-efgh\n", **bare)

    assert (said.status, said.err) == (0, [])
    assert said.out[0] == "Evacuation list: Havenhuis"
    assert said.out[2] == "Inside: 2. Need help: 1. Known to be away: 0."
    assert said.out[3].endswith("Room 1, 1.1: Blue (needs help)")
    assert said.out[4].endswith("Room 1, 1.2: somebody (name not on lists)")
    assert (wrong.status, wrong.out, len(wrong.err)) == (2, [], 1)


def test_the_job_keeps_it_by_name_and_between_the_slots(sealed_house: House, key: NewKey) -> None:
    assert runs.run_now("evacuation_files", lambda: EVENING + timedelta(hours=1)) is RunResult.DONE
    assert evacuation_job.now(lambda: EVENING + timedelta(hours=2)).done == 1

    file = evacuation_files.file_of(KOFI, HOUSE, EVENING + timedelta(hours=2))
    assert file.written_at == EVENING + timedelta(hours=2)
