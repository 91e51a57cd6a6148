"""Several procedures at once: what is recorded, what it is refused, who reads which part, and what is erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.domain.procedure_words import ProcedureKind
from caseflow.domain.redaction import HIDDEN
from caseflow.services import gatekeeping, procedures, sweeps
from caseflow.services.case_views import SEALED, CaseView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.procedure_views import LawyerView, ProcedureView
from caseflow.storage import v_numbers
from caseflow.storage.engines import StoreRefused
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.vault import VNumber
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.services.test_notes_shown import ADVISER, NURSE, on_duty, refer

AMINA = cast.AMINA.actor()
K = ProcedureKind
NUMBER = "2912345678"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)
    builders.hire(house, ADVISER, NURSE)


@pytest.fixture
def case_id(house: House) -> str:
    return world.admitted(days_ago=60)


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def seen(case_id: str, colleague: Colleague = cast.AMINA) -> CaseView:
    return gatekeeping.open_case(colleague.actor(), case_id, clock.now())


def of(case_id: str, kind: ProcedureKind, colleague: Colleague = cast.AMINA) -> ProcedureView:
    found = seen(case_id, colleague).procedures
    assert isinstance(found, tuple)
    [one] = [one for one in found if one.kind is kind]
    return one


def begun(case_id: str, kind: ProcedureKind = K.RESIDENCE_PERMIT, days: int = 40) -> str:
    world.done(procedures.open_one(AMINA, case_id, kind, ago(days), clock.now()))
    return of(case_id, kind).id


def step(
    case_id: str, one: str, kind: str, days: int, result: str | None = None, due: date | None = None
) -> Refused | None:
    return procedures.take_step(AMINA, case_id, one, kind, ago(days), result, due, clock.now())


def told(case_id: str, one: str, v_number: str | None = NUMBER) -> Refused | None:
    return procedures.write_lawyer(AMINA, case_id, one, "Mr. Oak", "26/17", v_number, clock.now())


def why(answer: Refused | None) -> str:
    assert isinstance(answer, Refused)
    return str(answer.reason)


def test_several_procedures_run_side_by_side_and_none_of_a_kind_twice(case_id: str) -> None:
    for kind in K:
        begun(case_id, kind)
    assert len(seen(case_id).procedures or ()) == len(K)
    again = procedures.open_one(AMINA, case_id, K.DUBLIN, ago(1), clock.now())
    assert "runs already" in why(again)


def test_a_refusal_brings_its_term_and_the_objection_answers_it(case_id: str) -> None:
    one = begun(case_id)
    world.done(step(case_id, one, "residence_permit_decided", 10, "refused"))
    [due] = of(case_id, K.RESIDENCE_PERMIT).waiting
    assert (due.on, due.to_check, due.source is not None) == (ago(10 - 28), False, True)
    world.done(step(case_id, one, "objection_lodged", 2))
    assert of(case_id, K.RESIDENCE_PERMIT).waiting == ()


def test_where_no_source_gives_the_term_the_day_is_asked_and_marked_to_be_checked(
    case_id: str,
) -> None:
    one = begun(case_id, K.REPEAT_ASYLUM)
    world.done(step(case_id, one, "repeat_asylum_application_decided", 3, "refused"))
    asked = of(case_id, K.REPEAT_ASYLUM)
    assert (asked.waiting, asked.lacks_a_day) == ((), True)
    world.done(step(case_id, one, "deadline_learned", 1, due=ago(-4)))
    heard = of(case_id, K.REPEAT_ASYLUM)
    [due] = heard.waiting
    assert (due.to_check, due.on, heard.lacks_a_day) == (True, ago(-4), False)
    assert str(due.what) == "Lodge an appeal at the latest"


def test_a_deadline_before_its_decision_is_refused_and_nothing_is_kept(case_id: str) -> None:
    one = begun(case_id)
    refused = step(case_id, one, "residence_permit_decided", 10, "refused", ago(11))
    assert "before the step" in why(refused)
    assert of(case_id, K.RESIDENCE_PERMIT).steps == ()


def test_who_sees_no_results_reads_deadlines_alone(house: House, case_id: str) -> None:
    one = begun(case_id)
    world.done(step(case_id, one, "residence_permit_decided", 10, "refused"))
    world.done(told(case_id, one))
    on_duty(house, cast.SARA)
    duty = of(case_id, K.RESIDENCE_PERMIT, cast.SARA)
    assert (len(duty.waiting), duty.from_on, duty.steps[0].result) == (1, HIDDEN, HIDDEN)
    assert (duty.lawyer, duty.consequence, duty.lacks_a_day) == (HIDDEN, None, False)


def test_team_lead_and_referred_counsellor_read_all_and_others_nothing(
    house: House, case_id: str
) -> None:
    one = begun(case_id)
    world.done(step(case_id, one, "residence_permit_decided", 10, "granted"))
    world.done(told(case_id, one))
    refer(house, case_id, ADVISER, "legal")
    refer(house, case_id, NURSE, "health")
    for reader in (cast.LENA, ADVISER):
        found = of(case_id, K.RESIDENCE_PERMIT, reader)
        assert found.lawyer == LawyerView("Mr. Oak", "26/17", NUMBER)
        assert found.consequence is not None
    for reader in (cast.TESS, NURSE, cast.KOFI):
        assert seen(case_id, reader).procedures is HIDDEN


def test_the_v_number_is_erased_when_the_procedure_ends_and_the_lawyer_stays(
    house: House, case_id: str
) -> None:
    one, other = begun(case_id), begun(case_id, K.FAMILY)
    world.done(told(case_id, one))
    world.done(told(case_id, other))
    world.done(procedures.end(AMINA, case_id, one, ago(0), clock.now()))
    with house.stores.reading_vault("de-haven") as vault:
        assert list(vault.scalars(select(VNumber.procedure_id))) == [other]
    ended = of(case_id, K.RESIDENCE_PERMIT)
    assert ended.lawyer == LawyerView("Mr. Oak", "26/17", None)
    assert "has ended" in why(told(case_id, one))
    assert "has ended" in why(step(case_id, one, "hearing_held", 1))


def test_a_newer_v_number_takes_the_place_of_the_older_one(house: House, case_id: str) -> None:
    one = begun(case_id)
    for number in (NUMBER, "291.234.5679", None):
        world.done(told(case_id, one, number))
        with house.stores.reading_vault("de-haven") as vault:
            kept = list(vault.scalars(select(VNumber.number)))
        assert kept == [number.replace(".", "") if number else None]


def test_a_number_that_could_not_be_erased_at_once_is_shown_to_nobody_and_swept_later(
    house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = begun(case_id)
    world.done(told(case_id, one))
    with monkeypatch.context() as broken:
        broken.setattr(v_numbers, "erase_spent", lambda *_: _read_meanwhile())
        world.done(procedures.end(AMINA, case_id, one, ago(0), clock.now()))
    assert of(case_id, K.RESIDENCE_PERMIT).lawyer == LawyerView("Mr. Oak", "26/17", None)
    sweeps.run(AMINA, "de-haven", clock.now())
    with house.stores.reading_vault("de-haven") as vault:
        assert list(vault.scalars(select(VNumber.id))) == []


def _read_meanwhile() -> int:
    raise StoreRefused(N_("Somebody reads."))


@pytest.mark.parametrize("typed", ["123456782", "12345", "29123456789", "29123A5678", "٢٩١٢٣٤٥٦٧٨"])
def test_what_is_not_a_v_number_is_refused_and_not_repeated(case_id: str, typed: str) -> None:
    refused = why(told(case_id, begun(case_id), typed))
    assert "ten digits" in refused
    assert typed not in refused


def test_the_log_holds_codes_and_never_lawyer_or_number(house: House, case_id: str) -> None:
    world.done(told(case_id, begun(case_id)))
    with house.stores.audit.connect() as log:
        details = log.scalars(
            select(Entry.details).where(Entry.event == "procedure_words_recorded")
        )
        found = " ".join(str(one) for one in details)
    assert "v_number" in found
    assert NUMBER not in found
    assert "Oak" not in found


def test_a_procedure_of_another_case_is_not_there(case_id: str) -> None:
    other = world.admitted(days_ago=20)
    with pytest.raises(NotKnown):
        step(other, begun(case_id), "hearing_held", 1)
    with pytest.raises(NotKnown):
        procedures.end(AMINA, other, of(case_id, K.RESIDENCE_PERMIT).id, ago(0), clock.now())


def test_sealed_steps_and_deadlines_stay_and_words_are_locked(house: House, case_id: str) -> None:
    one = begun(case_id)
    world.done(told(case_id, one))
    world.done(step(case_id, one, "hearing_announced", 1, due=ago(-9)))
    house.stores.forget_vaults()
    found = of(case_id, K.RESIDENCE_PERMIT)
    assert (found.lawyer, len(found.waiting)) == (SEALED, 1)
