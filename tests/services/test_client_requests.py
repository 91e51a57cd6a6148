"""What a request of the client brings about: nothing leaves, recipients are to be told, and all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.client_request_words import (
    About,
    AskedBy,
    IdentityCheck,
    RequestGround,
    RequestKind,
    RequestOutcome,
)
from caseflow.domain.client_requests import Asked
from caseflow.domain.decisions import Refused
from caseflow.services import (
    client_request_dues,
    client_request_queue,
    client_requests,
    disclosures,
    gatekeeping,
)
from caseflow.services.caseload_views import DueKind
from caseflow.services.houses import House
from caseflow.storage import disclosures as stored
from caseflow.storage import dossiers
from caseflow.storage.models.accounts import RoleGrant
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.client_requests import ClientRequest
from caseflow.storage.models.disclosures import (
    Disclosure,
    DisclosureNotice,
    Office,
    StandingRecipient,
)
from caseflow.storage.models.tasks import Task
from tests import builders, cast
from tests import case_worlds as world
from tests.web.test_own_list_sections import left, went_out

K, A, O, G = RequestKind, About, RequestOutcome, RequestGround  # noqa: E741
AMINA, LENA, PETRA = cast.AMINA.actor(), cast.LENA.actor(), cast.PETRA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """A case of which two letters went to one lawyer, something was told to a school, and one letter waits."""
    builders.hire_everybody(house)
    case_id = world.assigned()
    with builders.casework(house) as session:
        office = Office(
            id="oak", organisation="de-haven", recipient="own-lawyer", recipient_class="legal",
            name="Oak", recorded_by="amina", recorded_at=cast.NOW, change_id="c", standing=True,
        )  # fmt: skip
        session.add(office)
        session.flush()
        session.add(
            StandingRecipient(
                case_id=case_id, office_id="oak", agreed_on=clock.today(), agreed_in="nl",
                recorded_by="amina", recorded_at=cast.NOW, change_id="c",
            )
        )  # fmt: skip
        for row in (
            left(case_id, "1", "summary_lawyer", "own-lawyer", "legal", office_id="oak"),
            left(case_id, "1", "neutral_confirmation", "own-lawyer", "legal", office_id="oak"),
            left(case_id, "told", "told", "school", "education"),
            left(case_id, "0", "neutral_confirmation", "client", "client"),
        ):
            went_out(session, row)
        waits = left(case_id, "2", "referral", "fund", "fund")
        waits.state = "asked"
        session.add(waits)
    return case_id


def ask(case_id: str, kind: RequestKind, about: About) -> str:
    asked = Asked(kind, about, clock.today(), AskedBy.CLIENT, IdentityCheck.KNOWN, "nl")
    world.done(client_requests.record(AMINA, case_id, asked, None, clock.now()))
    with world.houses.current().stores.reading() as session:
        return session.scalars(
            select(ClientRequest.id).order_by(ClientRequest.recorded_at.desc())
        ).first() or ""  # fmt: skip


def states(house: House) -> dict[str, int]:
    with house.stores.reading() as session:
        found = list(session.scalars(select(Disclosure.state)))
    return {one: found.count(one) for one in sorted(set(found))}


def notices(house: House) -> list[tuple[str, str]]:
    """Whom has to hear what: recipient and why; each with a task of its own."""
    with house.stores.reading() as session:
        rows = session.execute(
            select(Disclosure.recipient, DisclosureNotice.why, Task.kind)
            .join(Disclosure, Disclosure.id == DisclosureNotice.disclosure_id)
            .join(Task, Task.id == DisclosureNotice.task_id)
        ).all()
    assert {kind for _, _, kind in rows} <= {"tell_recipient"}
    return sorted((recipient, why) for recipient, why, _ in rows)


def hindered(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        found = disclosures.hindrance(
            session, case_id, "summary_lawyer", "own-lawyer", clock.today(), office_id="oak"
        )
    return str(found.reason) if isinstance(found, Refused) else ""


def test_asking_for_a_restriction_stops_what_waits_and_what_would_leave(
    house: House, case_id: str
) -> None:
    assert hindered(house, case_id) == ""
    ask(case_id, K.RESTRICTION, A.CONTESTED)
    assert "Nothing leaves" in hindered(house, case_id)
    assert states(house) == {"issued": 4, "refused": 1}
    assert notices(house) == []


def test_each_recipient_hears_once_of_a_restriction_that_stands(house: House, case_id: str) -> None:
    request = ask(case_id, K.RESTRICTION, A.UNLAWFUL)
    world.done(client_requests.decide(LENA, case_id, request, O.GRANTED, None, None, clock.now()))
    assert notices(house) == [("own-lawyer", "restricted"), ("school", "restricted")]
    assert states(house) == {"issued": 4, "refused": 1}
    world.done(client_requests.lift(LENA, case_id, request, clock.today(), clock.now()))
    assert hindered(house, case_id) == ""


def test_an_objection_to_sharing_that_is_granted_takes_back_what_left(
    house: House, case_id: str
) -> None:
    request = ask(case_id, K.OBJECTION, A.SHARING)
    granted = (O.GRANTED, G.CLIENT_WEIGHS, None)
    world.done(client_requests.decide(LENA, case_id, request, *granted, clock.now()))
    assert states(house) == {"issued": 2, "refused": 1, "withdrawn": 2}
    assert {why for _, why in notices(house)} == {"objection"}
    with house.stores.reading() as session:
        assert session.scalars(select(StandingRecipient.withdrawn_on)).one() == clock.today()


TOLD = [
    (K.RECTIFICATION, A.FACT, O.GRANTED, None, "rectified"),
    (K.RECTIFICATION, A.FACT, O.REFUSED, G.CORRECT, ""),
    (K.ERASURE, A.PART_OF_FILE, O.PARTLY, G.LEGAL_DUTY, "erased"),
    (K.ERASURE, A.WHOLE_FILE, O.REFUSED, G.CLAIMS, ""),
    (K.ACCESS, A.WHOLE_FILE, O.GRANTED, None, ""),
]


@pytest.mark.parametrize(("kind", "about", "outcome", "ground", "why"), TOLD)
def test_recipients_are_told_of_what_was_put_right_or_erased(
    house: House, case_id: str, kind: RequestKind, about: About, outcome: RequestOutcome,
    ground: RequestGround | None, why: str,
) -> None:  # fmt: skip
    request = ask(case_id, kind, about)
    if outcome is O.GRANTED and kind is not K.ERASURE:
        made = client_requests.decide(LENA, case_id, request, outcome, ground, None, clock.now())
    else:
        made = client_request_queue.decide(PETRA, request, outcome, ground, clock.now())
    world.done(made)
    assert notices(house) == ([("own-lawyer", why), ("school", why)] if why else [])


def test_a_freeze_is_whole_or_not_at_all(
    house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(stored, "stop", broken)
    with pytest.raises(OSError, match="full"):
        ask(case_id, K.RESTRICTION, A.CLAIM)
    with house.stores.reading() as session:
        assert session.scalars(select(ClientRequest.id)).all() == []
    assert states(house) == {"asked": 1, "issued": 4}


def test_a_role_that_ended_meanwhile_decides_nothing(house: House, case_id: str) -> None:
    request = ask(case_id, K.ERASURE, A.WHOLE_FILE)
    with builders.casework(house) as session:
        for grant in session.scalars(select(RoleGrant).where(RoleGrant.user_id == "petra")):
            grant.ended_at, grant.ended_by = cast.NOW, "system"
    with pytest.raises(gatekeeping.NotKnown):
        client_request_queue.decide(PETRA, request, O.REFUSED, G.CLAIMS, clock.now())


def test_a_request_stands_on_the_caseload_of_who_deals_with_it(house: House, case_id: str) -> None:
    ask(case_id, K.ACCESS, A.WHOLE_FILE)
    with house.stores.reading() as session:
        dossier = dossiers.of_cases(session, [case_id])[case_id]
        stood = {
            one.id: gatekeeping.standings(session, one.actor(), [case_id], clock.now())[case_id]
            for one in (cast.LENA, cast.AMINA, cast.BRAM)
        }
        due = {who: list(client_request_dues.of(dossier, one)) for who, one in stood.items()}
    assert [(one.kind, one.on) for one in due["lena"]] == [(DueKind.DECIDE, date(2026, 12, 22))]
    assert [one.kind for one in due["amina"]] == [DueKind.DEADLINE]
    assert due["bram"] == []


def test_another_organisation_and_another_team_reach_nothing(house: House, case_id: str) -> None:
    request = ask(case_id, K.ERASURE, A.WHOLE_FILE)
    stranger = cast.Colleague("pim", "het-kompas", None, (Role.PRIVACY_OFFICER,))
    builders.hire(house, stranger)
    for act in (
        lambda: client_request_queue.opened(stranger.actor(), request, clock.now()),
        lambda: client_request_queue.opened(cast.LENA.actor(), request, clock.now()),
        lambda: client_requests.decide(
            cast.MO.actor(), case_id, request, O.GRANTED, None, None, clock.now()
        ),
    ):
        with pytest.raises(gatekeeping.NotKnown):
            act()
    assert client_request_queue.queue(stranger.actor(), clock.now()).lines == ()
    assert client_request_queue.queue(cast.MO.actor(), clock.now()).lines == ()


def test_a_restricted_case_is_not_in_the_queue_of_a_lead_who_is_no_reader(
    house: House, case_id: str
) -> None:
    ask(case_id, K.ACCESS, A.WHOLE_FILE)
    assert len(client_request_queue.queue(LENA, clock.now()).lines) == 1
    with builders.casework(house) as session:
        case = session.get_one(Case, case_id)
        session.get_one(Client, case.client_code).restricted = True
    assert client_request_queue.queue(LENA, clock.now()).lines == ()
    assert len(client_request_queue.queue(PETRA, clock.now()).lines) == 1
