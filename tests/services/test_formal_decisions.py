"""Our own formal decisions: prepared by one, taken by another, put into a letter, objected to, and kept in order."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.decision_letters import Addressed
from caseflow.domain.decisions import Refused
from caseflow.domain.formal_decision_turns import Awaits, Leads
from caseflow.domain.formal_decision_words import DecisionKind, DecisionState, Ground, StepKind
from caseflow.domain.formal_decisions import Drafted
from caseflow.domain.messages import Message
from caseflow.domain.programmes import ProposalKind
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.stay import StayState
from caseflow.services import (
    caseloads,
    continuations,
    corrections,
    decisions,
    departures,
    formal_decisions,
    formal_letters,
    gatekeeping,
    intake,
)
from caseflow.services.case_views import SEALED, CaseView
from caseflow.services.caseload_views import Due, Show
from caseflow.services.corrections import Correctable
from caseflow.services.formal_decision_views import FormalDecisionView
from caseflow.services.gatekeeping import NotKnown, VaultSealed
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.services.test_notes_shown import ADVISER, on_duty, refer

AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()
K, G, S = DecisionKind, Ground, StepKind
ERROR = Correctable.DECISION_STEP
SAID = "Shouted in the hall on Monday night."


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)
    builders.hire(house, ADVISER)


@pytest.fixture
def case_id(house: House) -> str:
    return world.admitted(days_ago=60)


def today(days: int = 0) -> date:
    return clock.today() + timedelta(days=days)


def english(words: object) -> str:
    return str(words) if isinstance(words, Message) else getattr(words, "en", str(words))


def seen(case_id: str, colleague: Colleague = cast.AMINA) -> CaseView:
    return gatekeeping.open_case(colleague.actor(), case_id, clock.now())


def only(case_id: str, colleague: Colleague = cast.AMINA) -> FormalDecisionView:
    found = seen(case_id, colleague).formal_decisions
    assert isinstance(found, tuple)
    return found[0]


def exclusion(**more: object) -> Drafted:
    return replace(Drafted(K.EXCLUSION, G.HOUSE_RULES, today()), **more)  # type: ignore[arg-type]


def prepared(case_id: str, drafted: Drafted | None = None, words: str | None = None) -> str:
    world.done(formal_decisions.prepare(AMINA, case_id, drafted or exclusion(), words, clock.now()))
    return only(case_id).id


def taken(case_id: str, drafted: Drafted | None = None, words: str | None = None) -> str:
    one = prepared(case_id, drafted, words)
    world.done(formal_decisions.decide(LENA, case_id, one, True, clock.now()))
    return one


def step(
    case_id: str, one: str, kind: StepKind, on: date, result: str | None = None
) -> Refused | None:
    who = LENA if kind is S.TAKEN_BACK else AMINA
    return formal_decisions.take_step(who, case_id, one, kind, on, result, clock.now())


def letter(
    case_id: str, one: str, addressed: Addressed = Addressed.CALL_NAME, language: str = "en"
) -> Refused | None:
    return formal_letters.make(
        AMINA, case_id, one, language, addressed, today(), english, clock.now()
    )


def why(answer: Refused | None) -> str:
    assert isinstance(answer, Refused)
    return str(answer.reason)


def events(house: House, event: str) -> list[dict[str, object]]:
    with house.stores.audit.connect() as log:
        rows = log.execute(
            select(Entry.details).where(Entry.event == event, Entry.stands_for != "outcome")
        )
        return [json.loads(row.details) for row in rows]


def test_one_prepares_and_another_takes_it(house: House, case_id: str) -> None:
    one = prepared(case_id)
    assert [wait.what for wait in only(case_id).awaited] == [Awaits.DECISION]
    with pytest.raises(NotKnown):
        formal_decisions.decide(AMINA, case_id, one, True, clock.now())
    world.done(formal_decisions.decide(LENA, case_id, one, True, clock.now()))
    found = only(case_id)
    assert (found.state, found.decided_by, found.decided_on) == (
        DecisionState.DECIDED, "Lena", today(),
    )  # fmt: skip
    assert "decided already" in why(formal_decisions.decide(LENA, case_id, one, True, clock.now()))
    told = events(house, "formal_decision_taken")[0]
    assert told == {"decision": one, "state": "decided"}


def test_a_lead_who_prepared_it_does_not_take_it(house: House, case_id: str) -> None:
    world.done(intake.assign(LENA, case_id, ("amina", "lena"), clock.now()))
    world.done(formal_decisions.prepare(LENA, case_id, exclusion(), None, clock.now()))
    one = only(case_id).id
    assert "prepared this yourself" in why(
        formal_decisions.decide(LENA, case_id, one, True, clock.now())
    )


def test_the_version_that_was_looked_at_is_the_one_that_is_taken(case_id: str) -> None:
    one = prepared(case_id)
    answer = formal_decisions.decide(LENA, case_id, one, True, clock.now(), version=7)
    assert "changed this decision meanwhile" in why(answer)


def test_a_refusal_follows_a_declined_admission_and_names_a_criterion_by_number(
    house: House,
) -> None:
    case_id = world.screened()
    drafted = Drafted(K.REFUSAL, G.CRITERION, today(), criterion="procedures-exhausted")
    early = formal_decisions.prepare(AMINA, case_id, drafted, None, clock.now())
    assert "Propose the admission first" in why(early)
    on = world.first_day(case_id, clock.now())
    world.done(decisions.propose_admission(AMINA, case_id, on, None, clock.now()))
    world.decide(case_id, ProposalKind.ADMISSION, approve=False)
    one = taken(case_id, drafted)
    world.done(letter(case_id, one))
    [made] = only(case_id).letters or ()
    words = " ".join(block.words for block in made.blocks)
    assert "criterion 3 of the rules of the programme (version 2019-1)" in words
    assert "Procedures have been completed" not in words, "a paper says a number, not a status"


def test_an_objection_in_time_is_answered_and_a_late_one_is_kept_with_a_warning(
    case_id: str,
) -> None:
    one = taken(case_id)
    assert "Write down first" in why(step(case_id, one, S.HEARING, today()))
    world.done(step(case_id, one, S.MADE_KNOWN, today(), "handed_over"))
    assert only(case_id).objection_until == date(2027, 1, 4), "a Sunday goes on until Monday"
    with clock.fixed(cast.NOW + timedelta(days=50)):
        world.done(step(case_id, one, S.OBJECTION_LODGED, today()))
        found = only(case_id)
        assert found.is_late
        before = step(case_id, one, S.HEARING, today(-1))
        assert "The objection was lodged on" in why(before)
        world.done(step(case_id, one, S.HEARING, today(10)))
        assert [wait.what for wait in only(case_id).awaited] == [Awaits.HEARING, Awaits.ANSWER]
        world.done(step(case_id, one, S.OBJECTION_DECIDED, today(), "unfounded"))
        assert only(case_id).awaited == ()


def test_nothing_comes_of_a_decision_before_it_is_taken(case_id: str) -> None:
    one = prepared(case_id)
    assert "not decided yet" in why(step(case_id, one, S.OBJECTION_LODGED, today()))
    assert "not decided yet" in why(letter(case_id, one))
    world.done(formal_decisions.decide(LENA, case_id, one, True, clock.now()))
    early = step(case_id, one, S.MADE_KNOWN, today(-1), "sent")
    assert "Nothing comes of it before that day" in why(early)


def test_relief_proposes_a_continuation_and_never_makes_one(case_id: str) -> None:
    one = taken(case_id, Drafted(K.END, G.AGREEMENTS, today(20)))
    world.done(step(case_id, one, S.RELIEF_ASKED, today()))
    world.done(step(case_id, one, S.RELIEF_DECIDED, today(), "granted"))
    found = only(case_id).turn
    assert found is not None
    assert (found.leads, found.on) == (Leads.CONTINUE, today())
    assert seen(case_id).clock.state is not StayState.CONTINUED_BY_COURT  # type: ignore[union-attr]
    world.done(continuations.begin(AMINA, case_id, today(), clock.now()))
    assert only(case_id).turn is None
    with clock.fixed(cast.NOW + timedelta(days=3)):
        world.done(step(case_id, one, S.OBJECTION_LODGED, today()))
        world.done(step(case_id, one, S.OBJECTION_DECIDED, today(), "unfounded"))
        over = only(case_id).turn
        assert over is not None
        assert over.leads is Leads.END_CONTINUATION


def test_a_decision_taken_back_makes_room_for_another(case_id: str) -> None:
    end = Drafted(K.END, G.OWN_WISH, today(3))
    one = taken(case_id, end)
    again = formal_decisions.prepare(AMINA, case_id, end, None, clock.now())
    assert "decided already" in why(again)
    with pytest.raises(NotKnown):
        formal_decisions.take_step(AMINA, case_id, one, S.TAKEN_BACK, today(), None, clock.now())
    world.done(step(case_id, one, S.TAKEN_BACK, today()))
    assert "taken back" in why(step(case_id, one, S.OBJECTION_LODGED, today()))
    prepared(case_id, end)


def test_the_letter_is_kept_word_for_word_and_printed_from_the_vault(
    house: House, case_id: str
) -> None:
    world.with_words(case_id)
    one = taken(case_id, words=SAID)
    world.done(letter(case_id, one, Addressed.OWN_NAME))
    printed = formal_letters.printed(AMINA, case_id, one, 1, lambda _: "Letter", clock.now())
    reader = PdfReader(io.BytesIO(printed.pdf))
    text = " ".join(page.extract_text() for page in reader.pages).replace("\n", " ")
    for words in ("Dear Ayla Markerson,", SAID, "You have 6 weeks", "2027-01-04", "Kade 1"):
        assert words in text, words
    assert printed.file_name == "letter-2026-11-22-en.pdf"
    about = " ".join(str(value) for value in (reader.metadata or {}).values())
    assert "Letter" in about
    assert not {"Markerson", "Ayla", "Blue"} & set(about.split())
    again = formal_letters.printed(LENA, case_id, one, 1, lambda _: "Letter", clock.now())
    assert again.pdf == printed.pdf
    assert events(house, "letter_opened")[0] == {"decision": one, "language": "en"}
    assert events(house, "letter_made")[0]["addressed"] == "own_name"


def test_a_sign_that_cannot_be_printed_is_refused_and_not_repeated(case_id: str) -> None:
    one = taken(case_id, words="𒀀")
    answer = why(letter(case_id, one))
    assert "cannot be printed here" in answer
    assert "𒀀" not in answer
    assert only(case_id).letters == ()


def test_while_the_vault_is_sealed_codes_go_on_and_letters_wait(house: House, case_id: str) -> None:
    one = taken(case_id, words=SAID)
    world.done(letter(case_id, one))
    house.stores.forget_vaults()
    world.done(step(case_id, one, S.MADE_KNOWN, today(), "sent"))
    found = only(case_id)
    assert (found.letters, found.words, found.objection_until) == (SEALED, SEALED, date(2027, 1, 4))
    with pytest.raises(VaultSealed):
        letter(case_id, one)
    with pytest.raises(VaultSealed):
        formal_letters.printed(AMINA, case_id, one, 1, lambda _: "Letter", clock.now())


def test_who_reads_what(house: House) -> None:
    case_id = world.screened()
    on = world.first_day(case_id, clock.now())
    world.done(decisions.propose_admission(AMINA, case_id, on, None, clock.now()))
    world.decide(case_id, ProposalKind.ADMISSION, approve=False)
    drafted = Drafted(K.REFUSAL, G.CRITERION, today(), criterion="procedures-exhausted")
    one = taken(case_id, drafted, SAID)
    world.done(letter(case_id, one))
    refer(house, case_id, ADVISER, "legal")
    counsellor = only(case_id, ADVISER)
    assert counsellor.criterion is not None
    assert (counsellor.kind, counsellor.letters, counsellor.words) == (HIDDEN, HIDDEN, HIDDEN)
    with pytest.raises(NotKnown):
        formal_letters.printed(ADVISER.actor(), case_id, one, 1, lambda _: "", clock.now())
    on_duty(house, cast.SARA)
    duty = only(case_id, cast.SARA)
    assert (duty.kind, duty.criterion, duty.letters) == (K.REFUSAL, HIDDEN, HIDDEN)
    assert duty.words is HIDDEN
    with pytest.raises(NotKnown):
        formal_letters.printed(cast.SARA.actor(), case_id, one, 1, lambda _: "", clock.now())


def test_a_decision_of_another_case_is_not_there(case_id: str) -> None:
    one = taken(case_id)
    other = world.admitted(days_ago=20)
    with pytest.raises(NotKnown):
        step(other, one, S.MADE_KNOWN, today(), "sent")
    with pytest.raises(NotKnown):
        letter(other, one)
    with pytest.raises(NotKnown):
        formal_letters.printed(AMINA, other, one, 1, lambda _: "", clock.now())


def test_a_step_written_down_by_mistake_counts_no_more_and_what_was_taken_back_stays(
    house: House, case_id: str
) -> None:
    one = taken(case_id)
    world.done(step(case_id, one, S.MADE_KNOWN, today(), "sent"))
    [wrong] = only(case_id).steps
    world.done(corrections.record_error(AMINA, case_id, ERROR, wrong.id, clock.now()))
    found = only(case_id)
    assert (found.steps, found.objection_until) == ((), None)
    [line] = [line for line in seen(case_id).timeline if line.mistaken_on is not None]
    assert "Made known" in str(line.what)
    world.done(step(case_id, one, S.TAKEN_BACK, today()))
    [back] = only(case_id).steps
    answer = corrections.record_error(AMINA, case_id, ERROR, back.id, clock.now())
    assert "Prepare it anew" in why(answer)


def test_an_objection_is_written_down_after_the_file_was_closed(house: House) -> None:
    case_id = world.screened()
    on = world.first_day(case_id, clock.now())
    world.done(decisions.propose_admission(AMINA, case_id, on, None, clock.now()))
    world.decide(case_id, ProposalKind.ADMISSION, approve=False)
    one = taken(case_id, Drafted(K.REFUSAL, G.INCOMPLETE, today()))
    world.done(departures.close(LENA, case_id, clock.now()))
    world.done(step(case_id, one, S.OBJECTION_LODGED, today()))
    late = Drafted(K.REFUSAL, G.INCOMPLETE, today())
    assert "closed" in why(formal_decisions.prepare(AMINA, case_id, late, None, clock.now()))


def test_what_waits_is_due_on_the_caseload_of_who_can_do_it(house: House, case_id: str) -> None:
    one = prepared(case_id)
    lead = caseloads.caseload(LENA, clock.now(), show=Show.WAITING)
    assert [row.case_id for row in lead.rows] == [case_id]
    world.done(formal_decisions.decide(LENA, case_id, one, True, clock.now()))
    [row] = caseloads.caseload(AMINA, clock.now()).rows
    assert isinstance(row.due, Due)
    assert str(row.due.what) == "Make the decision known"


def test_a_letter_of_another_day_is_noticed_and_a_personal_number_is_never_kept(
    case_id: str,
) -> None:
    number = formal_decisions.prepare(AMINA, case_id, exclusion(), "BSN 123456782", clock.now())
    assert "Nine digits" in why(number)
    one = taken(case_id)
    world.done(letter(case_id, one))
    with clock.fixed(cast.NOW + timedelta(days=2)):
        world.done(step(case_id, one, S.MADE_KNOWN, today(), "sent"))
        assert only(case_id).letter_says_another_day
        world.done(letter(case_id, one))
        assert not only(case_id).letter_says_another_day
