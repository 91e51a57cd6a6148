"""The client's own list: everything that left, was demanded or looked at from outside; what is silenced, nowhere."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain import own_lists as words
from caseflow.domain.actors import Role
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import FIELD_NAMES, MEDIA, Field
from caseflow.domain.own_list_words import FIELD_WORDS, KIND_WORDS, MEDIUM_WORDS
from caseflow.services import gatekeeping
from caseflow.services.houses import House
from caseflow.storage.engines import writing
from caseflow.storage.models.agreements import Agreement, InformationGiven
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import BrokenGlass, Case, Referral
from caseflow.storage.models.client_requests import ClientRequest
from caseflow.storage.models.demands import Demand, DemandLink, DemandSilence
from caseflow.storage.models.disclosures import (
    Disclosure,
    DisclosureApproval,
    Office,
    StandingRecipient,
)
from caseflow.storage.models.operations import Change
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs, post

IRIS = Colleague("iris", "de-haven", None, (Role.LEGAL_COUNSELLOR,))
OFFICE = "Oak and Elm Lawyers"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    builders.hire(house, IRIS)
    return world.assigned()


def printed(client_as: ClientAs, case_id: str, language: str = "en") -> str:
    fields = {"period": "year", "in": language}
    answer = post(client_as(cast.AMINA), f"/cases/{case_id}/who-looked", **fields)
    assert answer.status_code == 200, answer.text  # type: ignore[attr-defined]
    return str(answer.text)  # type: ignore[attr-defined]


def section(text: str, name: str) -> str:
    part = text.split(f'<h2 id="{name}"')[1].split("<h2")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def left(case_id: str, tier: str, kind: str, recipient: str, of: str, **more: object) -> Disclosure:
    return Disclosure(
        id=new_id(), case_id=case_id, kind=kind, recipient=recipient, recipient_class=of, tier=tier,
        purpose="care", basis="agreed", fields="own_name met_on", language="nl", medium="post",
        asked_by="amina", asked_at=clock.now(), change_id="c", **more,
    )  # fmt: skip


def went_out(session: Session, row: Disclosure) -> None:
    """As it would have left: the store wants it to wait first, and then to be let out."""
    row.state = "asked"
    session.add(row)
    session.flush()
    row.state, row.left_on, row.issued_at, row.issued_by = (
        "issued", clock.today(), clock.now(), "amina",
    )  # fmt: skip
    session.flush()


def test_everything_that_left_stands_there(house: House, client_as: ClientAs, case_id: str) -> None:
    with builders.casework(house) as session:
        office = Office(
            organisation="de-haven", recipient="own-lawyer", recipient_class="legal", name=OFFICE,
            recorded_by="amina", recorded_at=clock.now(), change_id="c", standing=True,
        )  # fmt: skip
        session.add(office)
        session.flush()
        session.add(
            StandingRecipient(
                case_id=case_id, office_id=office.id, agreed_on=clock.today(), agreed_in="ti",
                recorded_by="amina", recorded_at=clock.now(), change_id="c",
            )
        )  # fmt: skip
        for row in (
            left(case_id, "1", "summary_lawyer", "own-lawyer", "legal", office_id=office.id),
            left(case_id, "0", "neutral_confirmation", "client", "client"),
            left(case_id, "told", "told", "school", "education"),
            left(case_id, "vital", "vital", "care-providers", "emergency"),
        ):
            went_out(session, row)
        waits = left(case_id, "2", "referral", "fund", "fund")
        waits.state = "asked"
        session.add(waits)
    text = printed(client_as, case_id)
    parse_page(text)
    told = section(text, "left")
    for words_said in (
        "a summary for your lawyer", f"({OFFICE})", "a letter about an appointment", "to you",
        "something we said, without a paper", "because life was in danger", "danger",
        "It said: your name, the day of an appointment",
    ):  # fmt: skip
        assert words_said in told, words_said
    assert "a question for help" not in told, "what waits has not left"
    assert f"Letters to this office: {OFFICE}" in section(text, "told")
    assert "een samenvatting voor uw advocaat" in section(printed(client_as, case_id, "nl"), "left")
    copy = post(client_as(cast.AMINA), f"/cases/{case_id}/copy", **{"in": "nl"})
    pages = PdfReader(io.BytesIO(copy.data)).pages  # type: ignore[attr-defined]
    whole = " ".join(" ".join(one.extract_text() for one in pages).split())
    assert "een samenvatting voor uw advocaat" in whole
    assert OFFICE in whole


def test_what_another_organisation_gave_away_is_on_their_list(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    other = world.registered()
    with builders.casework(house) as session:
        theirs = session.get_one(Case, other)
        theirs.client_code = session.get_one(Case, case_id).client_code
        session.flush()
        went_out(session, left(other, "0", "residence_statement", "client", "client"))
    assert "a letter with our address" in section(printed(client_as, case_id), "left")
    with builders.casework(house) as session:
        session.get_one(Case, other).organisation = "het-kompas"
    assert "a letter with our address" not in section(printed(client_as, case_id), "left")


def test_what_was_told_agreed_and_asked_stands_there(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    kept = {"case_id": case_id, "recorded_at": cast.NOW, "recorded_by": "amina", "change_id": "c"}
    with builders.casework(house) as session:
        session.add(
            InformationGiven(
                kind="rights", text_version=1, language="ti", way="paper",
                given_on=date(2026, 11, 20), **kept,
            )
        )  # fmt: skip
        session.add(
            Agreement(
                kind="channel", about="phone", language="ti", agreed_on=date(2026, 11, 20),
                withdrawn_on=date(2026, 11, 21), withdrawn_at=cast.NOW, **kept,
            )
        )  # fmt: skip
        session.add(
            ClientRequest(
                organisation="de-haven", kind="erasure", about="whole_file", identity="known",
                asked_on=date(2026, 11, 20), asked_by="client", language="nl",
                due_on=date(2026, 12, 20), **kept,
            )
        )  # fmt: skip
    text = printed(client_as, case_id)
    assert "Being called" in section(text, "told")
    assert "You took it back on 21 November 2026" in section(text, "told")
    assert "Tigrinya" in section(text, "told")
    assert "We have not answered yet" in section(text, "asked")


def test_looks_from_outside_stand_apart(house: House, client_as: ClientAs, case_id: str) -> None:
    at = clock.now()
    with builders.casework(house) as session:
        session.add(
            BrokenGlass(
                case_id=case_id, user_id="mo", purpose="phone", from_at=at,
                until_at=at + timedelta(hours=4), change_id="glass",
            )
        )  # fmt: skip
        session.add(
            Referral(
                case_id=case_id, user_id="iris", kind="legal", from_on=clock.today(), change_id="c",
            )
        )  # fmt: skip
    for colleague in (cast.AMINA, cast.BRAM, cast.MO, IRIS):
        gatekeeping.open_case(colleague.actor(), case_id, clock.now())
    told = section(printed(client_as, case_id), "outsiders")
    assert "Somebody who does not work with you" in told
    assert "The legal counsellor" in told
    assert "Your caseworker" not in told
    assert "A colleague of your caseworker" not in told


OUTSIDE = [
    ("another organisation", {"organisation": "het-kompas"}, True),
    ("an accountant", {"roles": frozenset({"auditor"})}, True),
    ("who decides for the city", {"roles": frozenset({"municipal_decision_maker"})}, True),
    ("the caseworker", {"relations": frozenset({"case_team"})}, False),
    ("a referred counsellor", {"relations": frozenset({"referred"})}, True),
    ("broken glass", {"relations": frozenset({"broken_glass"})}, True),
    ("the check of a broken glass", {"event": "glass_reviewed"}, False),
    ("the computer itself", {"user_id": "system", "organisation": ""}, False),
    ("what is said of a demand", {"event": "demand_linked", "organisation": "elsewhere"}, False),
]


@pytest.mark.parametrize(("why", "change", "outside"), OUTSIDE, ids=[one[0] for one in OUTSIDE])
def test_who_comes_from_outside(why: str, change: dict[str, object], outside: bool) -> None:
    plain: dict[str, object] = {
        "on": date(2026, 11, 22), "event": "case_opened", "user_id": "amina", "roles": frozenset(),
        "relations": frozenset(), "compartments": frozenset(), "purpose": "", "emergency": False,
        "deputises": False, "organisation": "de-haven",
    }  # fmt: skip
    trace = words.Trace(**{**plain, **change})  # type: ignore[arg-type]
    assert words.is_from_outside(trace, frozenset({"de-haven"})) is outside, why


def demanded(house: House, case_id: str, *, silent: bool) -> None:
    """A demand that is linked to this client, something handed over on it, and silence ordered or not."""
    demand, change = new_id(), new_id()
    handed = left(case_id, "4", "demand_handover", "national-authorities", "national_authority")
    with builders.casework(house) as session:
        code = session.get_one(Case, case_id).client_code
        session.add(Change(id=change, event="demand_linked", at=cast.NOW, by="petra"))
        session.add(
            Demand(
                id=demand, organisation="de-haven", received_at=cast.NOW, received_by="amina",
                how="letter", authority="prosecution", authority_class="justice",
                power="recorded", scope="one_person", change_id=change,
            )
        )  # fmt: skip
        session.flush()
        if silent:
            session.add(
                DemandSilence(
                    demand_id=demand, ground="criminal", review_on=date(2027, 1, 1),
                    recorded_by="petra", recorded_at=cast.NOW, change_id=change,
                )
            )  # fmt: skip
        handed.state = "asked"
        session.add(handed)
        session.flush()
        for who, role in (("petra", "privacy_officer"), ("dora", "director"), ("ada", "lawyer")):
            session.add(
                DisclosureApproval(
                    disclosure_id=handed.id, user_id=who, approved_as=role, by="screen",
                    recorded_by=who, approved_at=cast.NOW, change_id=change, confirmed_at=cast.NOW,
                )
            )  # fmt: skip
        session.flush()
        went_out(session, handed)
        about = handed.id
    with Session(writing(house.stores.vault("de-haven")), info={"writes": True}) as vault:
        vault.add(
            DemandLink(
                client_code=code, demand_id=demand, disclosure_id=about, recorded_at=cast.NOW,
                recorded_by="petra", change_id=change,
            )
        )  # fmt: skip
        vault.commit()


def test_a_demand_and_what_was_handed_over_stand_there(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    demanded(house, case_id, silent=False)
    text = printed(client_as, case_id)
    assert "22 November 2026" in section(text, "demands")
    assert "Nothing is decided yet" in section(text, "demands")
    assert "what we had to give to an authority" in section(text, "left")


def test_a_demand_under_silence_leaves_the_page_as_it_was(
    house: House, client_as: ClientAs, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte: no line, no gap and no count tells of it."""
    ignored = words.LEFT_OUT | {"looks_printed"}  # each print is itself a line of the next
    monkeypatch.setattr(words, "LEFT_OUT", ignored)
    once = re.compile(r"csrf[^>]*>|name=\"once\"[^>]*>|[0-9a-f.]{60,}")
    before = once.sub("", printed(client_as, case_id))
    demanded(house, case_id, silent=True)
    assert once.sub("", printed(client_as, case_id)) == before
    monkeypatch.setattr("caseflow.services.demand_silences.is_silent", lambda orders: False)
    assert once.sub("", printed(client_as, case_id)) != before, (
        "a silence that is not asked is found"
    )


def test_while_the_vault_is_sealed_nothing_of_demands_is_told(
    house: House, client_as: ClientAs, case_id: str
) -> None:
    demanded(house, case_id, silent=False)
    amina = client_as(cast.AMINA)
    house.stores.forget_vaults()
    told = str(post(amina, f"/cases/{case_id}/who-looked", period="year", **{"in": "en"}).text)  # type: ignore[attr-defined]
    assert "locked away today" in section(told, "demands")
    assert "what we had to give" not in section(told, "left")


LONG = 25
"""Words: more than this in one sentence is not plain Dutch (B1)."""


def test_the_list_is_plain_dutch(client_as: ClientAs, house: House, case_id: str) -> None:
    """A fresh reader's test: short sentences, and none of the words of offices."""
    demanded(house, case_id, silent=False)
    text = printed(client_as, case_id, "nl")
    main = text.split("<main", 1)[1].split("</main", 1)[0]
    sentences = [
        one.strip()
        for block in re.findall(r"<(?:p|li|h2|h3)[^>]*>(.*?)</(?:p|li|h2|h3)>", main, re.S)
        for one in re.split(r"(?<=[.?!:])\s", re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", block)))
    ]
    assert len(sentences) > 20
    for one in sentences:
        assert len(one.split()) <= LONG, one
    words_of_offices = (
        "verstrekking", "rechtsgrond", "betrokkene", "verwerking", "casus", "disclosure",
        "conform", "teneinde", "inzake", "voornoemd", "desbetreffend", "AVG",
    )  # fmt: skip
    for one in words_of_offices:
        assert one.lower() not in main.lower(), one


def test_every_word_of_the_list_is_there() -> None:
    assert set(KIND_WORDS) == set(KINDS)
    assert set(FIELD_WORDS) == set(Field) == set(FIELD_NAMES)
    assert set(MEDIUM_WORDS) == set(MEDIA)
