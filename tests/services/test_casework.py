"""What a case team writes down, and what it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services import absences, casework, gatekeeping
from caseflow.services.case_views import CaseView
from caseflow.services.casework import IdentityWords
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case
from caseflow.storage.models.facts import Allowance
from caseflow.storage.models.shelter import Absence
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

AMINA = cast.AMINA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


def seen(case_id: str) -> CaseView:
    return gatekeeping.open_case(AMINA, case_id, clock.now())


def why(answer: Refused | None) -> str:
    assert isinstance(answer, Refused)
    return str(answer.reason)


def test_a_later_answer_joins_the_earlier_one_and_counts() -> None:
    case_id = world.screened(days_ago=10)
    today, now = clock.today(), clock.now()
    world.done(casework.screen(AMINA, case_id, {"procedures-exhausted": "yes"}, today, now))
    answers = {one.criterion: one.answer for one in seen(case_id).screening or ()}
    assert answers["procedures-exhausted"] == "yes"
    assert answers["no-right-of-residence"] == "yes"


@pytest.mark.parametrize(
    "answers", [{"no-such-criterion": "yes"}, {"no-right-of-residence": "because he said so"}]
)
def test_only_the_criteria_of_the_programme_are_answered(answers: dict[str, str]) -> None:
    case_id = world.assigned()
    refused = casework.screen(AMINA, case_id, answers, clock.today(), clock.now())
    assert "with yes, no or unknown" in why(refused)
    assert seen(case_id).stage == "application"


def test_a_screened_person_can_wait_and_nobody_waits_unscreened() -> None:
    fresh, screened = world.assigned(), world.screened()
    today, now = clock.today(), clock.now()
    assert "cannot follow" in why(casework.put_on_waiting_list(AMINA, fresh, today, now))
    world.done(casework.put_on_waiting_list(AMINA, screened, today, now))
    assert seen(screened).stage == "waiting"


def test_a_year_alone_will_do_and_the_earlier_version_is_kept() -> None:
    case_id = world.assigned()
    now = clock.now()
    world.done(
        casework.record_identity(
            AMINA, case_id, IdentityWords(birth_year=1990, birth_precision="year"), now
        )
    )
    world.done(casework.record_identity(AMINA, case_id, IdentityWords("Ayla"), now))
    identity = seen(case_id).identity
    assert (identity.given_names, identity.birth_year, identity.earlier) == ("Ayla", None, 1)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (IdentityWords(), "Nothing was filled in"),
        (IdentityWords(birth_date=date(2030, 1, 1)), "lies in the future"),
        (IdentityWords(birth_year=1850), "between 1900 and this year"),
    ],
)
def test_an_identity_that_cannot_be_is_refused(told: IdentityWords, reason: str) -> None:
    case_id = world.assigned()
    assert reason in why(casework.record_identity(AMINA, case_id, told, clock.now()))
    assert seen(case_id).identity is None


def test_a_correction_stands_beside_the_note_it_corrects() -> None:
    case_id = world.assigned()
    today, now = clock.today(), clock.now()
    world.done(casework.write_note(AMINA, case_id, "visit", today, "On Tuesday.", now))
    [first] = seen(case_id).notes or ()
    world.done(
        casework.write_note(AMINA, case_id, "visit", today, "On Monday.", now, corrects_id=first.id)
    )
    newest, oldest = seen(case_id).notes or ()
    assert (newest.words, newest.corrects_id) == ("On Monday.", first.id)
    assert (oldest.words, oldest.corrected) == ("On Tuesday.", True)


def test_a_note_of_another_case_is_not_corrected_here() -> None:
    one, other = world.assigned(), world.assigned()
    today, now = clock.today(), clock.now()
    world.done(casework.write_note(AMINA, one, "visit", today, "Here.", now))
    [note] = seen(one).notes or ()
    refused = casework.write_note(AMINA, other, "visit", today, "There.", now, corrects_id=note.id)
    assert "not in this case" in why(refused)


def test_a_note_needs_words_a_kind_and_a_day_that_has_come() -> None:
    case_id = world.assigned()
    today, now = clock.today(), clock.now()
    tomorrow = today + timedelta(days=1)
    assert "empty" in why(casework.write_note(AMINA, case_id, "visit", today, "  ", now))
    assert "kind" in why(casework.write_note(AMINA, case_id, "gossip", today, "Words.", now))
    assert "future" in why(casework.write_note(AMINA, case_id, "visit", tomorrow, "Words.", now))
    too_long = "x" * (casework.NOTE_LENGTH + 1)
    assert "at most" in why(casework.write_note(AMINA, case_id, "visit", today, too_long, now))
    assert seen(case_id).notes == ()


def test_an_allowance_needs_neither_bed_nor_admission_and_runs_once() -> None:
    case_id = world.assigned()
    today, now = clock.today(), clock.now()
    world.done(casework.begin_allowance(AMINA, case_id, today - timedelta(days=9), 6500, now))
    assert "already runs" in why(casework.begin_allowance(AMINA, case_id, today, 6500, now))
    assert "later day" in why(
        casework.end_allowance(AMINA, case_id, today - timedelta(days=9), now)
    )
    world.done(casework.end_allowance(AMINA, case_id, today, now))
    assert "nothing to end" in why(casework.end_allowance(AMINA, case_id, today, now))
    [paid] = seen(case_id).allowances or ()
    assert (paid.weekly_cents, paid.until_on) == (6500, today)
    assert seen(case_id).admitted_on is None


def test_the_end_of_an_allowance_keeps_who_recorded_it_and_is_never_ahead(house: House) -> None:
    case_id = world.assigned("amina", "bram")
    today, now = clock.today(), clock.now()
    world.done(casework.begin_allowance(AMINA, case_id, today - timedelta(days=9), 6500, now))
    ahead = today + timedelta(days=1)
    assert "future" in why(casework.end_allowance(AMINA, case_id, ahead, now))
    later = now + timedelta(hours=1)
    world.done(casework.end_allowance(cast.BRAM.actor(), case_id, today, later))
    with house.stores.reading() as session:
        row = session.scalars(select(Allowance)).one()
        assert (row.recorded_by, row.recorded_at) == ("amina", now)
        assert (row.until_recorded_by, row.until_recorded_at) == ("bram", later)
        assert row.until_change_id not in (None, row.change_id)


def test_the_end_of_an_absence_keeps_who_recorded_it(house: House) -> None:
    case_id = world.assigned("amina", "bram")
    today, now = clock.today(), clock.now()
    away = today - timedelta(days=3)
    world.done(absences.begin(AMINA, case_id, AbsenceKind.LEAVE, away, now))
    later = now + timedelta(hours=1)
    world.done(absences.end(cast.BRAM.actor(), case_id, today, later))
    with house.stores.reading() as session:
        row = session.scalars(select(Absence)).one()
        assert (row.recorded_by, row.until_recorded_by) == ("amina", "bram")
        assert row.until_recorded_at == later
        assert row.until_change_id not in (None, row.change_id)


def told(house: House) -> list[str]:
    with Session(house.stores.audit) as session:
        return list(session.scalars(select(Entry.event).order_by(Entry.position)))


def test_waiting_and_the_begin_of_guidance_are_told_as_what_they_are(house: House) -> None:
    screened, admitted = world.screened(days_ago=10), world.admitted(days_ago=10)
    today, now = clock.today(), clock.now()
    before = len(told(house))
    world.done(casework.put_on_waiting_list(AMINA, screened, today, now))
    assert set(told(house)[before:]) == {"waiting_list_joined"}
    before = len(told(house))
    casework.begin_pathway(AMINA, admitted, today, now)
    assert set(told(house)[before:]) == {"guidance_begun"}


def test_the_begin_of_a_consultation_is_told_as_what_it_is(house: House) -> None:
    case_id = world.assigned()
    with builders.casework(house) as session:
        session.get_one(Case, case_id).programme = "anonymous-care"
    before = len(told(house))
    world.done(casework.begin_consultation(AMINA, case_id, clock.today(), clock.now()))
    assert set(told(house)[before:]) == {"consultation_begun"}


@pytest.mark.parametrize(
    ("kind", "result", "kept"),
    [
        ("repeat_asylum_application_lodged", None, True),
        ("repeat_asylum_application_decided", "granted", True),
        ("repeat_asylum_application_decided", None, False),
        ("repeat_asylum_application_lodged", "granted", False),
        ("repeat_asylum_application_decided", "maybe", False),
        ("route_told", None, False),
    ],
)
def test_a_decision_has_a_result_and_only_a_decision_has_one(
    kind: str, result: str | None, kept: bool
) -> None:
    case_id = world.assigned()
    answer = casework.record_milestone(AMINA, case_id, kind, clock.today(), result, clock.now())
    assert (answer is None) is kept
    assert len(seen(case_id).milestones or ()) == int(kept)


def test_a_scenario_is_revised_and_never_overwritten() -> None:
    case_id = world.screened(days_ago=10)
    today, now = clock.today(), clock.now()
    world.done(casework.record_scenario(AMINA, case_id, GuidanceScenario.RETURN, today, now))
    view = seen(case_id)
    assert view.scenario is GuidanceScenario.RETURN
    assert len([item for item in view.timeline if item.kind == "scenario"]) == 2


def test_who_only_shares_the_team_writes_nothing() -> None:
    case_id = world.assigned()
    bram = cast.BRAM.actor()
    with pytest.raises(NotKnown):
        casework.write_note(bram, case_id, "visit", clock.today(), "Words.", clock.now())
    assert seen(case_id).notes == ()


def test_the_intake_desk_takes_the_application_and_writes_nothing_further() -> None:
    case_id, desk = world.assigned(), cast.TESS.actor()
    today, now = clock.today(), clock.now()
    with pytest.raises(NotKnown):
        casework.screen(desk, case_id, {"no-right-of-residence": "yes"}, today, now)
    with pytest.raises(NotKnown):
        casework.record_identity(desk, case_id, IdentityWords("Ayla"), now)
    with pytest.raises(NotKnown):
        casework.record_contact_line(desk, case_id, "06 1234", None, None, now)
    desk_sees = gatekeeping.open_case(desk, case_id, now)
    assert not desk_sees.may & {
        Permission.SCREENING_RECORD, Permission.IDENTITY_RECORD, Permission.CONTACT_RECORD
    }  # fmt: skip


@pytest.mark.parametrize(("site", "records"), [("havenhuis", True), ("elsewhere", False)])
def test_a_residential_worker_records_absence_at_the_own_site(
    house: House, site: str, records: bool
) -> None:
    case_id = world.assigned()
    [bed] = builders.open_site(house, beds=1)
    world.sleeps(house, case_id, bed, days_ago=5)
    rosa = Colleague("rosa", "de-haven", None, (Role.RESIDENTIAL_WORKER,), site)
    worker, today, now = rosa.actor(), clock.today(), clock.now()
    if records:
        builders.hire(house, rosa)
        world.done(absences.begin(worker, case_id, AbsenceKind.LEAVE, today, now))
        assert gatekeeping.open_case(worker, case_id, now).absence
    else:
        with pytest.raises(NotKnown):
            absences.begin(worker, case_id, AbsenceKind.LEAVE, today, now)


def test_a_screening_without_an_answer_is_refused_and_unknown_is_an_answer() -> None:
    case_id = world.assigned(days_ago=10)
    today, now = clock.today(), clock.now()

    assert "unknown" in why(casework.screen(AMINA, case_id, {}, today, now))
    assert seen(case_id).stage == "application"


def test_a_birth_date_and_another_birth_year_are_refused() -> None:
    case_id = world.assigned(days_ago=10)
    told = IdentityWords("Ayla", birth_date=date(1990, 1, 1), birth_year=1985)

    assert "differ" in why(casework.record_identity(AMINA, case_id, told, clock.now()))
    assert seen(case_id).identity is None
