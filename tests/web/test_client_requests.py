"""Requests of the client by their pages: each right goes its whole way, a restriction stops what leaves at once."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.services import client_requests
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case
from caseflow.storage.models.client_requests import ClientRequest
from caseflow.storage.models.disclosures import Disclosure
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

FRANK = Colleague("frank", "de-haven", None, (Role.FG,))
SAID = "My birth date is wrong everywhere."
STATEMENT = "I was never in that house."
ASKED = {"asked_on": "20-11-2026", "asked_by": "client", "identity": "known", "language": "nl"}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    builders.hire(house, FRANK)
    return world.with_words(world.admitted(days_ago=10))


def english(client_as: ClientAs, colleague: Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    return post(client, address, **fields)  # type: ignore[return-value]


def asked(client: FlaskClient, case_id: str, right: str, **fields: str) -> str:
    """Writes a request down; answers its address on the case."""
    made = send(client, f"/cases/{case_id}/requests/new/{right}", **{**ASKED, **fields})
    assert made.status_code == 303, made.text
    with world.houses.current().stores.reading() as session:
        newest = session.scalars(
            select(ClientRequest.id).order_by(ClientRequest.recorded_at.desc())
        ).first()
    return f"/cases/{case_id}/requests/{newest}"


def by_code(address: str) -> str:
    return "/client-requests/" + address.rsplit("/", 1)[1]


def is_frozen(house: House, case_id: str) -> bool:
    with house.stores.reading() as session:
        return client_requests.restricted(session, case_id, clock.today())


def section(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.split('id="client-requests"')[1]))


def test_a_request_is_written_down_from_the_case_in_three_taps(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    page = amina.get(f"/cases/{case_id}").text
    assert f"/cases/{case_id}/requests/new" in page
    choose = amina.get(f"/cases/{case_id}/requests/new").text
    parse_page(choose)
    for right in ("access", "rectification", "erasure", "restriction", "objection"):
        form = f"/cases/{case_id}/requests/new/{right}"
        assert form in choose
        parse_page(amina.get(form).text)
    assert "hardly applies here" in choose
    asked(amina, case_id, "rectification", about="name_or_birth", words=SAID)
    shown = amina.get(f"/cases/{case_id}").text
    parse_page(shown)
    told = section(shown)
    for words in (
        SAID,
        "Answer by 20-12-2026",
        "Name or date of birth",
        "waits for a decision",
    ):
        assert words in told, words
    again = send(
        amina, f"/cases/{case_id}/requests/new/rectification", **ASKED, about="name_or_birth"
    )
    assert (again.status_code, "waits for an answer already" in again.text) == (409, True)


def test_a_restriction_stops_what_leaves_at_once_and_is_lifted_after_telling(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    assert not is_frozen(house, case_id)
    address = asked(amina, case_id, "restriction", about="contested")
    assert is_frozen(house, case_id)
    shown = section(amina.get(f"/cases/{case_id}").text)
    assert "nothing of them goes to others" in shown
    assert "shelter, the emergency card, and what is needed when life is in danger" in shown
    assert amina.get(f"{address}/decision").status_code == 404
    assert "Nothing is restricted by this request" in lena.get(f"{address}/lifting").text
    parse_page(lena.get(f"{address}/decision").text)
    assert send(lena, f"{address}/decision", outcome="granted").status_code == 303
    parse_page(lena.get(f"{address}/lifting").text)
    early = send(lena, f"{address}/lifting", told_on="24-11-2026")
    assert (early.status_code, "a day that has come" in early.text) == (409, True)
    assert is_frozen(house, case_id)
    assert send(lena, f"{address}/lifting", told_on="21-11-2026").status_code == 303
    assert not is_frozen(house, case_id)
    assert "restriction lifted" in section(lena.get(f"/cases/{case_id}").text)


def test_a_restriction_holds_for_every_case_of_the_person(house: House, case_id: str) -> None:
    other = world.registered()
    with builders.casework(house) as session:
        session.get_one(Case, other).client_code = session.get_one(Case, case_id).client_code
        session.add(
            ClientRequest(
                organisation="de-haven", case_id=case_id, kind="restriction", about="unlawful",
                asked_on=clock.today(), asked_by="client", identity="known", language="nl",
                due_on=clock.today(), recorded_by="amina", recorded_at=clock.now(), change_id="c",
            )
        )  # fmt: skip
    assert is_frozen(house, other)
    assert not is_frozen(house, world.registered())


def test_the_privacy_officer_decides_by_code_what_the_lead_only_advises(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, lena, petra = (english(client_as, one) for one in (cast.AMINA, cast.LENA, cast.PETRA))
    address = asked(amina, case_id, "erasure", about="part_of_file", words=SAID)
    assert by_code(address) in petra.get("/client-requests").text
    advice = send(lena, f"{address}/decision", outcome="refused", ground="still_needed")
    assert advice.status_code == 303
    assert "waits for the privacy officer" in section(lena.get(f"/cases/{case_id}").text)
    page = petra.get(by_code(address)).text
    parse_page(page)
    assert "It is still needed to help the client" in page
    for hidden in (SAID, world.CALL_NAME, world.FAMILY_NAME, case_id):
        assert hidden not in page, hidden
    parse_page(petra.get(f"{by_code(address)}/decision").text)
    bare = send(petra, f"{by_code(address)}/decision", outcome="refused")
    assert (bare.status_code, "the answer to the client says it" in bare.text) == (409, True)
    stale = send(
        petra, f"{by_code(address)}/decision", outcome="refused", ground="claims", version="1"
    )
    assert (stale.status_code, "Look again" in stale.text) == (409, True)
    done = send(petra, f"{by_code(address)}/decision", outcome="partly", ground="legal_duty")
    assert done.status_code == 303
    shown = section(amina.get(f"/cases/{case_id}").text)
    assert "Done in part" in shown
    assert "Has to be erased by 22 December 2026" in shown
    assert "This version does not erase by itself" in shown


def test_who_wrote_a_request_down_never_refuses_it_even_in_the_store(
    house: House, case_id: str
) -> None:
    with pytest.raises(Exception, match="another_refuses"), builders.casework(house) as session:
        session.add(
            ClientRequest(
                organisation="de-haven", case_id=case_id, kind="access", about="whole_file",
                asked_on=clock.today(), asked_by="client", identity="known", language="nl",
                due_on=clock.today(), outcome="refused", ground="excessive",
                decided_on=clock.today(), decided_by="amina", recorded_by="amina",
                recorded_at=clock.now(), change_id="c",
            )
        )  # fmt: skip


def test_a_copy_of_the_file_answers_a_request_for_it(client_as: ClientAs, case_id: str) -> None:
    amina = english(client_as, cast.AMINA)
    asked(amina, case_id, "access", about="whole_file")
    shown = amina.get(f"/cases/{case_id}").text
    copy = re.search(r'href="([^"]*/copy[^"]*)"', shown)
    assert copy is not None
    made = send(amina, copy[1], **{"in": "nl", "language": "nl"})
    assert made.headers["Content-Type"] == "application/pdf", made.text
    told = section(amina.get(f"/cases/{case_id}").text)
    assert "Done as asked" in told
    assert "The client got the answer on 22-11-2026" in told


def test_what_the_client_says_stands_beside_what_stays(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    address = asked(amina, case_id, "rectification", about="words")
    empty = send(lena, f"{address}/decision", outcome="statement")
    assert (empty.status_code, "stands beside it" in empty.text) == (409, True)
    sent = send(lena, f"{address}/decision", outcome="statement", statement=STATEMENT)
    assert sent.status_code == 303
    assert STATEMENT in section(amina.get(f"/cases/{case_id}").text)
    house.stores.forget_vaults()
    sealed = amina.get(f"/cases/{case_id}").text
    assert STATEMENT not in sealed
    assert "Codes and days go on" in section(sealed)


def test_a_restriction_can_be_asked_while_the_vault_is_sealed(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    house.stores.forget_vaults()
    page = f"/cases/{case_id}/requests/new/restriction"
    words = send(amina, page, **ASKED, about="claim", words=SAID)
    assert (words.status_code, SAID in words.text) == (409, True)
    assert send(amina, page, **ASKED, about="claim").status_code == 303
    assert is_frozen(house, case_id)


def test_the_answer_is_a_letter_and_part_of_what_left(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    address = asked(amina, case_id, "objection", about="figures", language="ti")
    early = amina.get(f"{address}/answer").text
    assert "Nothing is decided yet" in early
    decided = send(lena, f"{address}/decision", outcome="granted", ground="client_weighs")
    assert decided.status_code == 303
    parse_page(amina.get(f"{address}/answer").text)
    answer = send(amina, f"{address}/answer", on="22-11-2026", medium="handed_over")
    assert answer.status_code == 303, answer.text
    with house.stores.reading() as session:
        [left] = session.scalars(select(Disclosure)).all()
        kept = (left.kind, left.state, left.about_id, bool(left.digest))
    assert kept == ("request_answer", "issued", address[-36:], True)
    paper = re.search(r'href="([^"]*/paper.pdf)"', amina.get(f"/cases/{case_id}").text)
    assert paper is not None
    pdf = amina.get(paper[1])
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")
    told = " ".join(
        " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf.data)).pages).split()
    )
    for words in ("Wij stoppen met waar u bezwaar tegen maakte", "Autoriteit Persoonsgegevens"):
        assert words in told, words
    for hidden in (world.FAMILY_NAME, "Ayla", "Havenhuis"):
        assert hidden not in told, hidden
    again = send(amina, f"{address}/answer", on="22-11-2026", medium="handed_over")
    assert (again.status_code, "dealt with already" in again.text) == (409, True)


def test_it_takes_longer_once_and_who_asks_is_checked_first(
    client_as: ClientAs, case_id: str
) -> None:
    amina, lena = english(client_as, cast.AMINA), english(client_as, cast.LENA)
    address = asked(
        amina, case_id, "access", about="whole_file", asked_by="lawyer", identity="not_yet"
    )
    unknown = send(lena, f"{address}/decision", outcome="granted")
    assert (unknown.status_code, "how it was checked who asks" in unknown.text) == (409, True)
    parse_page(amina.get(f"{address}/check").text)
    assert send(amina, f"{address}/check", identity="mandate").status_code == 303
    parse_page(amina.get(f"{address}/longer").text)
    longer = {"told_on": "22-11-2026", "because": "complex"}
    assert send(amina, f"{address}/longer", **longer).status_code == 303
    assert "Answer by 20-02-2027" in section(amina.get(f"/cases/{case_id}").text)
    assert send(amina, f"{address}/longer", **longer).status_code == 409


def test_who_sees_requests_and_who_finds_nothing(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    address = asked(english(client_as, cast.AMINA), case_id, "access", about="whole_file")
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    for colleague, lists, opens in (
        (cast.PETRA, True, True), (FRANK, True, True), (cast.LENA, True, False), (cast.MO, False, False),
    ):  # fmt: skip
        client = english(client_as, colleague)
        listed = client.get("/client-requests")
        assert (listed.status_code, code in listed.text) == (200, lists), colleague.id
        assert client.get(by_code(address)).status_code == (200 if opens else 404), colleague.id
    assert "/decision" not in english(client_as, FRANK).get(by_code(address)).text
    for colleague in (cast.AMINA, cast.KOFI, cast.NIGHT, cast.YUSUF, cast.NOOR, cast.ADA):
        client = client_as(colleague)
        listed = client.get("/client-requests")
        assert code not in listed.text, colleague.id
        assert client.get(by_code(address)).status_code == 404, colleague.id
    for colleague in (cast.SARA, cast.KOFI, cast.PETRA, cast.YUSUF):
        client = client_as(colleague)
        assert client.get(f"{address}/check").status_code == 404, colleague.id
        assert client.get(f"/cases/{case_id}/requests/new").status_code == 404, colleague.id


def test_a_request_in_somebodys_name_is_answered_the_same_for_everybody(
    client_as: ClientAs, house: House, case_id: str
) -> None:
    petra = english(client_as, cast.PETRA)
    parse_page(petra.get("/client-requests/new").text)
    pages = []
    for name in (world.FAMILY_NAME, "Nobody Here"):
        fields = {"kind": "access", "asked_on": "20-11-2026", "language": "en", "words": name}
        assert send(petra, "/client-requests/new", **fields).status_code == 303
        with house.stores.reading() as session:
            [newest] = session.scalars(
                select(ClientRequest.id).where(
                    ClientRequest.case_id.is_(None), ClientRequest.answered_on.is_(None)
                )
            ).all()
        address = f"/client-requests/{newest}"
        page = petra.get(address).text
        parse_page(page)
        assert name in page
        assert "Everybody who asks this" in page
        assert "Iedereen die dit" in page
        pages.append(re.sub(r"[0-9a-f-]{32,36}|csrf[^>]*>", "", page).replace(name, "X"))
        assert name not in english(client_as, FRANK).get(address).text
        assert petra.get(f"{address}/decision").status_code == 404
        assert send(petra, f"{address}/answer", on="22-11-2026").status_code == 303
    assert pages[0] == pages[1]


def test_bad_input_comes_back_with_one_sentence(client_as: ClientAs, case_id: str) -> None:
    amina = english(client_as, cast.AMINA)
    page = f"/cases/{case_id}/requests/new/access"
    for fields, status in (
        ({"about": ""}, 422), ({"about": "sharing"}, 422), ({"asked_on": "31-2-2026"}, 422),
        ({"asked_on": "23-11-2026"}, 409), ({"asked_on": "1-1-2020"}, 409), ({"language": "xx"}, 422),
        ({"asked_by": "lawyer"}, 409), ({"words": "x" * 10_001}, 422),
    ):  # fmt: skip
        answer = send(amina, page, **{**ASKED, "about": "whole_file", **fields})
        assert answer.status_code == status, fields
        parse_page(answer.text)


def test_a_freeze_that_is_gone_is_found(
    house: House, client_as: ClientAs, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(english(client_as, cast.AMINA), case_id, "restriction", about="contested")
    assert is_frozen(house, case_id)
    monkeypatch.setattr("caseflow.storage.client_requests.frozen_by", lambda rows: [])
    assert not is_frozen(house, case_id)
