"""A copy of the file in the client's hand: the whole of it, nothing of others, and told before it leaves."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from pypdf import PdfReader

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.file_copies import Chapter, FileCopy, Passage
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import ProposalKind
from caseflow.publishing.file_copies import file_copy_pdf
from caseflow.services import casework, decisions, referrals
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

JUR = Colleague("jur", "de-haven", None, (Role.LEGAL_COUNSELLOR,))


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """A file with words of every kind: a note, one about somebody else, and a legal one."""
    builders.hire_everybody(house)
    builders.hire(house, JUR)
    made = world.with_words(world.admitted(days_ago=100))
    today, now, amina = clock.today(), clock.now(), cast.AMINA.actor()
    secret = "A neighbour called."
    world.done(
        casework.write_note(amina, made, "phone", today, secret, now, about_third_person=True)
    )
    world.done(casework.write_note(amina, made, "legal", today, "Between lawyer and us.", now))
    return made


def words_of(pdf: bytes) -> str:
    return " ".join(
        "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def events(house: House) -> list[str]:
    return [one.event for one in audit_readings.page(house.stores, Wanted(), most=20)]


def test_the_copy_holds_the_file_and_not_what_is_about_others(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina = client_as(cast.AMINA)
    parse_page(amina.get(f"/cases/{case_id}/copy").text)
    answer = post(amina, f"/cases/{case_id}/copy", **{"in": "en"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "2026-11-22-en.pdf" in answer.headers["Content-Disposition"]
    told = words_of(answer.data)
    for words in (world.CALL_NAME, world.FAMILY_NAME, world.NOTE, world.WISH, "06 1234", "1991"):
        assert words in told, words
    assert "Admission" in told
    assert "Your caseworker" in told, "who looked"
    assert "neighbour" not in told
    assert "about somebody else: 1" in told
    assert "Between lawyer" not in told
    assert "Legal notes left out: 1" in told
    assert events(house)[0] == "file_copied"
    assert PdfReader(io.BytesIO(answer.data)).metadata.title == "Copy of your file"  # type: ignore[union-attr]
    assert world.FAMILY_NAME not in str(answer.headers)


def test_it_is_made_in_dutch_as_well_and_the_next_page_stays_the_colleagues(
    client_as: ClientAs, case_id: str
) -> None:
    amina = client_as(cast.AMINA)
    told = words_of(post(amina, f"/cases/{case_id}/copy", **{"in": "nl"}).data)
    assert "Kopie van uw dossier" in told
    assert "Wie heeft uw dossier bekeken" in told
    strange = post(amina, f"/cases/{case_id}/copy", **{"in": "xx"})
    assert strange.status_code == 422


def test_the_counsellor_gives_what_is_legal(client_as: ClientAs, case_id: str) -> None:
    world.done(referrals.refer(cast.AMINA.actor(), case_id, "jur", None, clock.now()))
    jur = client_as(JUR)
    told = words_of(post(jur, f"/cases/{case_id}/copy", **{"in": "en"}).data)
    assert "Between lawyer and us." in told
    assert world.NOTE not in told, "a counsellor reads legal notes alone"


def test_nobody_makes_a_copy_of_what_is_sealed_or_not_theirs(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    for colleague in (cast.BRAM, cast.TESS, cast.KOFI, cast.YUSUF, cast.PETRA):
        answer = post(client_as(colleague), f"/cases/{case_id}/copy", **{"in": "en"})
        assert answer.status_code == 404, colleague.id
    house.stores.forget_vaults()
    amina = client_as(cast.AMINA)
    sealed = post(amina, f"/cases/{case_id}/copy", **{"in": "en"})
    assert sealed.status_code == 409
    assert "file_copied" not in events(house)


def test_a_copy_ticks_itself_off_the_checklist(client_as: ClientAs, case_id: str) -> None:
    amina, now = client_as(cast.AMINA), clock.now()
    returned = Outcome.VOLUNTARY_RETURN
    world.done(
        decisions.propose_exit(
            cast.AMINA.actor(), case_id, returned, None, clock.today(), None, now
        )
    )
    world.decide(case_id, ProposalKind.EXIT)
    assert post(amina, f"/cases/{case_id}/copy", **{"in": "nl"}).status_code == 200
    line = amina.get(f"/cases/{case_id}").text.split('id="leaving-copy"')[1].split('id="')[0]
    assert "klaar" in line


def test_signs_without_a_font_stand_as_a_gap_and_are_counted() -> None:
    copy = FileCopy(
        title="Copy",
        language="en",
        lead=("Lead",),
        chapters=(
            Chapter("Who", facts=(("Name", "অমিত Selam"), ("In Ge’ez", "ሰላም"), ("Also", "محمد"))),
            Chapter("Notes", passages=(Passage("12 May", "#panic() *a* 你好 $x$\nnext"),)),
            Chapter("Nothing"),
        ),
        unprinted="Gaps: %.",
        empty="Nothing here.",
    )
    told = words_of(file_copy_pdf(copy))
    assert "[…] Selam" in told
    assert "ሰላም" in told
    assert "#panic() *a* […] $x$ next" in told
    assert "Gaps: 2." in told
    assert "Nothing here." in told
    made = PdfReader(io.BytesIO(file_copy_pdf(copy))).metadata
    assert made is not None
    assert made.get("/CreationDate") is None
    assert made.author is None
