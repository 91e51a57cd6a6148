"""What leaves, through the services: a record first, its people, the same bytes again, and back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosures import Field, Medium, Purpose, Why
from caseflow.domain.recipients import RecipientClass
from caseflow.services import (
    disclosure_acts,
    disclosure_everyday,
    disclosure_notices,
    disclosure_queue,
    disclosure_readings,
    disclosure_samples,
    disclosures,
    gatekeeping,
    intake,
    letters,
    offices,
    standing_recipients,
)
from caseflow.services.disclosure_acts import Made
from caseflow.services.disclosure_drafts import Asked
from caseflow.services.disclosure_views import DisclosureView, Printed
from caseflow.services.gatekeeping import NotKnown, VaultSealed
from caseflow.services.houses import House
from caseflow.services.offices import OfficeEntry
from caseflow.storage import disclosures as stored
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.disclosures import DisclosedValues, Disclosure, Office
from caseflow.storage.models.tasks import Task
from tests import builders, cast
from tests import case_worlds as world
from tests import disclosure_worlds as out

AMINA, LENA, IRIS = cast.AMINA.actor(), cast.LENA.actor(), out.COUNSELLOR.actor()
F = Field


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    out.hired(house)
    return out.a_case(house)


@pytest.fixture
def lawyer(case_id: str) -> str:
    office_id = out.office(out.LAWYER)
    out.agreed(case_id, office_id)
    return office_id


def refused(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return str(answer.reason)


def asks(
    case_id: str, asked: Asked, office_id: str | None = None, **more: object
) -> Made | Refused:
    wanted = replace(asked, office_id=office_id, **more)  # type: ignore[arg-type]
    return disclosure_acts.ask(AMINA, case_id, wanted, out.compose, clock.now())


def paper(case_id: str, disclosure_id: str) -> Printed:
    made = disclosure_readings.document(AMINA, case_id, disclosure_id, clock.now())
    assert isinstance(made, Printed), made
    return made


def words(content: bytes) -> str:
    found = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)
    return " ".join(found.split())


def seen(case_id: str, disclosure_id: str) -> DisclosureView:
    return disclosure_readings.one(AMINA, case_id, disclosure_id, clock.now())


def row(house: House, disclosure_id: str) -> Disclosure:
    with house.stores.reading() as session:
        found = session.get_one(Disclosure, disclosure_id)
        session.expunge(found)
        return found


def test_an_everyday_letter_leaves_by_one_person_and_comes_out_the_same(
    house: House, case_id: str, lawyer: str
) -> None:
    made = out.ask(case_id, out.STATEMENT, lawyer)
    assert made.is_out
    kept = row(house, made.id)
    first = paper(case_id, made.id)
    assert first.is_as_it_left
    assert first.content == paper(case_id, made.id).content
    assert kept.engine == letters.engine()
    assert kept.fields == "own_name postal_address with_us_since"
    assert "Ayla Markerson" in words(first.content)
    assert "Kantoor Linde" in words(first.content)
    assert "Ayla" not in first.file_name


def test_what_leaves_stays_as_it_left_although_the_file_changes(case_id: str) -> None:
    made = out.ask(case_id, out.STATEMENT)
    before = paper(case_id, made.id).content
    world.with_words(case_id)
    assert paper(case_id, made.id).content == before
    assert seen(case_id, made.id).values[F.OWN_NAME] == "Ayla Markerson"


def test_nothing_goes_to_a_lawyer_whom_nobody_agreed_to(case_id: str) -> None:
    office_id = out.office(out.LAWYER)
    assert "record on which day" in refused(asks(case_id, out.STATEMENT, office_id))
    assert not disclosure_readings.left(AMINA, case_id, clock.now()).lines


def test_a_referral_waits_for_a_second_person_who_did_not_ask(house: House, case_id: str) -> None:
    fund = out.office(out.FUND)
    made = out.ask(case_id, out.REFERRAL, fund)
    assert not made.is_out
    assert out.state(made.id) == "asked"
    assert refused(disclosure_readings.document(AMINA, case_id, made.id, clock.now()))
    with pytest.raises(NotKnown):
        disclosure_acts.approve(AMINA, case_id, made.id, clock.now())
    [waits] = disclosure_queue.waiting(LENA, clock.now())
    assert waits.disclosure_id == made.id
    world.done(disclosure_acts.approve(LENA, case_id, made.id, clock.now()))
    assert out.state(made.id) == "issued"
    assert "Kleding" in words(paper(case_id, made.id).content)
    assert not disclosure_queue.waiting(LENA, clock.now())
    assert refused(disclosure_acts.approve(LENA, case_id, made.id, clock.now()))


def test_a_team_lead_on_the_case_does_not_approve_their_own(house: House, case_id: str) -> None:
    world.done(team_of(case_id, "amina", "lena"))
    fund = out.office(out.FUND)
    made = out.ask(case_id, out.REFERRAL, fund, by=cast.LENA)
    assert "yourself" in refused(disclosure_acts.approve(LENA, case_id, made.id, clock.now()))


def team_of(case_id: str, *members: str) -> object:
    return intake.assign(LENA, case_id, members, clock.now())


def test_an_authority_needs_three_and_the_counsellor_is_one(house: House, case_id: str) -> None:
    ind = out.office(out.IND)
    made = out.ask(case_id, out.AUTHORITY, ind)
    world.done(disclosure_acts.approve(LENA, case_id, made.id, clock.now()))
    assert out.state(made.id) == "asked"
    assert [one.disclosure_id for one in disclosure_queue.waiting(IRIS, clock.now())] == [made.id]
    world.done(disclosure_acts.approve(IRIS, case_id, made.id, clock.now()))
    assert out.state(made.id) == "issued"
    assert len(seen(case_id, made.id).approvals) == 2


def test_by_telephone_it_leaves_at_once_and_is_confirmed_afterwards(case_id: str) -> None:
    fund = out.office(out.FUND)
    made = out.ask(case_id, out.REFERRAL, fund, phoned="lena")
    assert made.is_out
    [waits] = disclosure_queue.waiting(LENA, clock.now())
    assert waits.is_by_telephone
    world.done(disclosure_acts.confirm(LENA, case_id, made.id, True, clock.now()))
    assert not disclosure_queue.waiting(LENA, clock.now())
    assert refused(disclosure_acts.confirm(LENA, case_id, made.id, True, clock.now()))


def test_who_did_not_approve_by_telephone_has_it_taken_back(house: House, case_id: str) -> None:
    fund = out.office(out.FUND)
    made = out.ask(case_id, out.REFERRAL, fund, phoned="lena")
    world.done(disclosure_acts.confirm(LENA, case_id, made.id, False, clock.now()))
    assert out.state(made.id) == "withdrawn"
    assert seen(case_id, made.id).notices
    sample = disclosure_samples.of_week(cast.PETRA.actor(), clock.today(), clock.now())
    assert [one.was_denied for one in sample.lines] == [True]


def test_only_a_lead_who_may_approve_is_named_by_telephone(case_id: str) -> None:
    fund = out.office(out.FUND)
    for who in ("amina", "bram", "mo", "noor", "nobody"):
        assert refused(asks(case_id, out.REFERRAL, fund, phoned=who)), who
    assert not disclosure_readings.left(AMINA, case_id, clock.now()).lines


def test_an_authority_is_not_approved_by_telephone(case_id: str) -> None:
    ind = out.office(out.IND)
    assert refused(asks(case_id, out.AUTHORITY, ind, phoned="lena"))


def test_a_refusal_says_why_and_nothing_leaves(case_id: str) -> None:
    made = out.ask(case_id, out.REFERRAL, out.office(out.FUND))
    assert refused(disclosure_acts.refuse(LENA, case_id, made.id, Why.ERASED, clock.now()))
    world.done(disclosure_acts.refuse(LENA, case_id, made.id, Why.TOO_MUCH, clock.now()))
    assert seen(case_id, made.id).line.why is Why.TOO_MUCH
    assert refused(disclosure_acts.approve(LENA, case_id, made.id, clock.now()))


def test_the_clients_no_stops_it_and_has_the_recipient_told(
    house: House, case_id: str, lawyer: str
) -> None:
    made = out.ask(case_id, out.STATEMENT, lawyer)
    [stands] = disclosure_readings.left(AMINA, case_id, clock.now()).standing
    world.done(standing_recipients.end(AMINA, case_id, stands.id, True, clock.now()))
    assert out.state(made.id) == "withdrawn"
    assert "ended on" in refused(asks(case_id, out.STATEMENT, lawyer))
    assert refused(disclosure_readings.document(AMINA, case_id, made.id, clock.now()))
    [notice] = seen(case_id, made.id).notices
    told = disclosure_notices.tell(
        AMINA, case_id, made.id, notice.id, Medium.POST, str, clock.now()
    )
    assert isinstance(told, str), told
    letter = words(paper(case_id, told).content)
    assert made.id[:8] in letter
    assert "Ayla" not in letter, "a notice says which letter, never again what stood in it"
    with house.stores.reading() as session:
        tasks = session.scalars(select(Task).where(Task.kind == "tell_recipient")).all()
        assert [one.done_by for one in tasks] == ["amina"]
    again = disclosure_notices.tell(
        AMINA, case_id, made.id, notice.id, Medium.TOLD, str, clock.now()
    )
    assert refused(again)


def test_a_lawyer_who_changed_is_ended_without_a_notice(case_id: str, lawyer: str) -> None:
    made = out.ask(case_id, out.STATEMENT, lawyer)
    [stands] = disclosure_readings.left(AMINA, case_id, clock.now()).standing
    world.done(standing_recipients.end(AMINA, case_id, stands.id, False, clock.now()))
    assert out.state(made.id) == "issued"
    assert not seen(case_id, made.id).notices
    assert refused(asks(case_id, out.STATEMENT, lawyer))


def test_an_enforcement_office_cannot_be_written_down(house: House, case_id: str) -> None:
    entry = OfficeEntry("enforcement", "AVIM Waterstad")
    assert "never a recipient" in refused(offices.record(LENA, entry, clock.now()))
    assert refused(offices.record(LENA, OfficeEntry("client", "X"), clock.now()))
    assert refused(offices.record(LENA, OfficeEntry("nobody", "X"), clock.now()))
    lawyer = out.office(out.LAWYER)
    assert refused(offices.record(LENA, out.LAWYER, clock.now())), "twice"
    for column, value in (("recipient", "enforcement"), ("recipient_class", "enforcement")):
        with pytest.raises(DatabaseError), builders.casework(house) as session:
            session.execute(text(f"UPDATE offices SET {column} = '{value}' WHERE id = '{lawyer}'"))  # noqa: S608


UNGUARDED = (
    "state = 'issued', left_on = '2026-11-22', issued_at = '2026-11-22T09:00:00.000000Z'",
    "recipient_class = 'enforcement'",
    "recipient = 'enforcement'",
)


def test_the_store_itself_refuses_what_lacks_its_people(house: House, case_id: str) -> None:
    out.ask(case_id, out.REFERRAL, out.office(out.FUND))
    for columns in UNGUARDED:
        with pytest.raises(DatabaseError), builders.casework(house) as session:
            session.execute(text(f"UPDATE disclosures SET {columns}"))  # noqa: S608


def test_what_is_out_stays_as_it_left(house: House, case_id: str) -> None:
    out.ask(case_id, out.STATEMENT)
    for column in ("fields", "recipient", "tier", "digest", "office_id", "basis"):
        with pytest.raises(DatabaseError), builders.casework(house) as session:
            session.execute(text(f"UPDATE disclosures SET {column} = 'other'"))  # noqa: S608


def test_a_paper_without_a_record_is_found(
    house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: a service that renders more than the record holds leaves nothing behind."""
    plain = disclosures.letter_of

    def more(kept: DisclosedValues) -> object:
        letter = plain(kept)
        assert letter is not None
        return replace(letter, values={**letter.values, "phone": "06 1234"})

    monkeypatch.setattr(disclosures, "letter_of", more)
    assert "more than its record" in refused(asks(case_id, out.STATEMENT))
    assert not disclosure_readings.left(AMINA, case_id, clock.now()).lines


def test_a_changed_record_does_not_come_out_as_if_nothing_were(
    house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = out.ask(case_id, out.STATEMENT)
    plain = disclosures.letter_of
    monkeypatch.setattr(
        disclosures,
        "letter_of",
        lambda kept: replace(plain(kept), addressee=("Somebody else",)),  # type: ignore[type-var]
    )
    answer = disclosure_readings.document(AMINA, case_id, made.id, clock.now())
    assert "would not come out as it left" in refused(answer)


def test_another_engine_says_that_the_bytes_may_differ(
    case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = out.ask(case_id, out.STATEMENT)
    monkeypatch.setattr(letters, "engine", lambda: "another")
    assert not seen(case_id, made.id).same_engine


BAD = (
    ("a field outside the letter", {"fields": out.STATEMENT.fields | {F.V_NUMBER}}, "options"),
    ("a field that the file does not hold", {"fields": out.STATEMENT.fields | {F.CASE_WORKER}}, "not recorded"),
    ("a language without a text", {"language": "xx"}, "options"),
    ("a letter that nobody knows", {"kind": "everything"}, "options"),
    ("a letter for another", {"kind": "authority_letter", "fields": frozenset({F.OWN_NAME})}, "cannot go to"),
    ("a purpose of another letter", {"purpose": Purpose.SCHOOL}, "what it is for"),
)  # fmt: skip


def test_bad_input_is_one_sentence_and_leaves_nothing(case_id: str) -> None:
    for why, more, says in BAD:
        assert says in refused(asks(case_id, out.STATEMENT, **more)), why
    assert not disclosure_readings.left(AMINA, case_id, clock.now()).lines


def test_a_client_without_a_name_in_the_vault_gets_no_letter_with_one(house: House) -> None:
    out.hired(house)
    bare = world.admitted(days_ago=60)

    def nothing(*_: object) -> dict[Field, str]:
        return {F.POSTAL_ADDRESS: "Postbus 12", F.WITH_US_SINCE: "2026-10-23"}

    answer = disclosure_acts.ask(AMINA, bare, out.STATEMENT, nothing, clock.now())
    assert "not recorded" in refused(answer)


def test_while_sealed_nothing_leaves_and_the_list_stands(house: House, case_id: str) -> None:
    made = out.ask(case_id, out.STATEMENT)
    house.stores.forget_vaults()
    assert "sealed" in refused(asks(case_id, out.STATEMENT))
    assert len(disclosure_readings.left(AMINA, case_id, clock.now()).lines) == 1
    assert seen(case_id, made.id).line.name
    with pytest.raises(VaultSealed):
        disclosure_readings.document(AMINA, case_id, made.id, clock.now())


OTHERS = (cast.BRAM, cast.SARA, cast.MO, cast.YUSUF, cast.NOOR, cast.KOFI, cast.PETRA)


def test_for_others_nothing_is_there(case_id: str) -> None:
    made = out.ask(case_id, out.STATEMENT)
    for who in OTHERS:
        with pytest.raises(NotKnown):
            disclosure_readings.left(who.actor(), case_id, clock.now())
        with pytest.raises(NotKnown):
            disclosure_readings.one(who.actor(), case_id, made.id, clock.now())
        with pytest.raises(NotKnown):
            disclosure_readings.document(who.actor(), case_id, made.id, clock.now())
        assert disclosure_everyday.on_the_page(who.actor(), case_id, clock.now()) is None


def test_offices_of_another_organisation_are_not_there(case_id: str) -> None:
    office_id = out.office(out.LAWYER)
    with pytest.raises(NotKnown):
        offices.one(cast.NOOR.actor(), office_id)
    assert not offices.listed(cast.NOOR.actor(), "", clock.now()).offices
    assert len(offices.listed(AMINA, "linde", clock.now()).offices) == 1
    assert not offices.listed(AMINA, "elders", clock.now()).offices


def test_a_closed_office_receives_nothing_and_a_colleague_is_not_overwritten(
    case_id: str, lawyer: str
) -> None:
    entry = replace(out.LAWYER, telephone="010 555 01 30")
    world.done(offices.amend(LENA, lawyer, entry, True, 1, clock.now()))
    assert "closed since" in refused(asks(case_id, out.STATEMENT, lawyer))
    assert "earlier" in refused(offices.amend(LENA, lawyer, entry, False, 1, clock.now()))


def test_every_act_is_told_to_the_log_without_a_word_about_a_person(
    house: House, case_id: str, lawyer: str
) -> None:
    made = out.ask(case_id, out.STATEMENT, lawyer)
    paper(case_id, made.id)
    with house.stores.audit.connect() as log:
        rows = log.execute(select(Entry.__table__)).mappings().all()
    told = [one for one in rows if str(one["event"]).startswith("disclosure")]
    assert {"disclosure_issued", "disclosure_opened"} <= {one["event"] for one in told}
    assert not any("Ayla" in str(one) or "Linde" in str(one) for one in told)


def test_a_sample_is_the_same_again_and_is_looked_at_by_somebody_else(case_id: str) -> None:
    made = out.ask(case_id, out.STATEMENT)
    petra = cast.PETRA.actor()
    first = disclosure_samples.of_week(petra, clock.today(), clock.now())
    assert first == disclosure_samples.of_week(petra, clock.today(), clock.now())
    assert first.left == 1
    world.done(disclosure_samples.check(petra, made.id, clock.now()))
    assert refused(disclosure_samples.check(petra, made.id, clock.now()))
    with pytest.raises(NotKnown):
        disclosure_samples.check(AMINA, made.id, clock.now())
    early = disclosure_samples.of_week(petra, clock.today() - timedelta(7), clock.now())
    assert early.left == 0


def test_stopping_a_class_leaves_the_others(house: House, case_id: str, lawyer: str) -> None:
    to_lawyer = out.ask(case_id, out.STATEMENT, lawyer)
    to_client = out.ask(case_id, out.STATEMENT)
    fund = out.ask(case_id, out.REFERRAL, out.office(out.FUND))
    with gatekeeping.changing(
        AMINA, Permission.DISCLOSURE_WITHDRAW, case_id, "disclosure_withdrawn", clock.now()
    ) as change:
        stored.stop(
            change.work,
            case_id,
            Why.AGREEMENT_WITHDRAWN,
            change.today,
            classes=[RecipientClass.LEGAL],
        )
    assert [out.state(one.id) for one in (to_lawyer, to_client, fund)] == [
        "withdrawn", "issued", "asked",
    ]  # fmt: skip
    with house.stores.reading() as session:
        assert session.get_one(Office, lawyer).closed_on is None
