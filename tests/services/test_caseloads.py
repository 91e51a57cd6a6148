"""The caseload: what is due first, what each reader sees there, and that the look is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from benchmarks.caseload import measure
from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import ProposalKind
from caseflow.domain.redaction import HIDDEN
from caseflow.services import caseloads, decisions, notes
from caseflow.services.caseloads import CaseloadPage, Due, DueKind, Show
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import Case, Client, Referral, Separation
from tests import builders, cast
from tests import case_worlds as world
from tests.caseload_worlds import counted, lay_down
from tests.cast import Colleague


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


def listed(colleague: Colleague, show: Show | None = None, page: int = 1) -> CaseloadPage:
    return caseloads.caseload(colleague.actor(), clock.now(), page=page, show=show)


def test_a_list_of_two_hundred_asks_no_more_questions_than_one_of_five(house: House) -> None:
    lay_down(house, 5)
    with counted(house) as few:
        assert len(listed(cast.AMINA).rows) == 5
    lay_down(house, 195, first=5)
    with counted(house) as many:
        page = listed(cast.AMINA)
    assert (len(many), len(page.rows)) == (len(few), 50)
    [row, *_] = page.rows
    assert (row.unread_handovers, row.tasks.open, row.deadline is None) == (1, 1, False)  # type: ignore[union-attr]


@pytest.mark.full
def test_two_hundred_cases_among_a_hundred_thousand_open_like_twenty() -> None:
    found = measure()
    assert found["large"].questions == found["small"].questions
    assert found["large"].milliseconds < 30 * found["small"].milliseconds


def test_a_page_has_fifty_cases_and_the_last_one_what_is_left(house: House) -> None:
    lay_down(house, 120, plain=True)
    assert [len(listed(cast.AMINA, page=n).rows) for n in (1, 2, 3)] == [50, 50, 20]
    assert listed(cast.AMINA, page=99).page == 3
    assert listed(cast.AMINA, page=-1).page == 1
    seen = {row.case_id for n in (1, 2, 3) for row in listed(cast.AMINA, page=n).rows}
    assert len(seen) == 120


def test_a_team_lead_begins_with_what_waits_for_a_decision() -> None:
    world.registered()
    waiting = world.with_words(world.admitted(days_ago=400))
    amina = cast.AMINA.actor()
    world.done(
        decisions.propose_exit(
            amina, waiting, Outcome.RESIDENCE_PERMIT, None, clock.today(), None, clock.now()
        )
    )
    page = listed(cast.LENA)
    assert page.rows[0].case_id == waiting
    assert page.rows[0].waits_for_me
    assert [row.case_id for row in listed(cast.LENA, Show.WAITING).rows] == [waiting]
    [mine] = listed(cast.AMINA).rows
    assert mine.due.kind is DueKind.WAITS  # type: ignore[union-attr]


def test_a_deadline_of_a_procedure_is_due_to_who_may_know_it(house: House) -> None:
    lay_down(house, 2)
    [first, second] = listed(cast.AMINA).rows
    assert (first.due.kind, first.deadline) == (DueKind.DEADLINE, first.due) or first.later_deadline  # type: ignore[union-attr]
    assert isinstance(first.deadline, Due)
    assert isinstance(second.deadline, Due)
    [team, *_] = listed(cast.BRAM, Show.TEAM).rows
    assert team.deadline is HIDDEN, "the team sees due dates of the case, and none of procedures"
    assert DueKind.DEADLINE not in {one.kind for one in team.dues}
    assert isinstance(team.due, Due)


def test_a_counsellor_has_deadlines_in_order_and_nothing_else_that_is_due(house: House) -> None:
    counsellor = Colleague("rik", "de-haven", None, (Role.LEGAL_COUNSELLOR,))
    builders.hire(house, counsellor)
    lay_down(house, 3)
    with builders.casework(house) as session:
        for case_id in session.scalars(select(Case.id)):
            session.add(
                Referral(
                    case_id=case_id, user_id="rik", kind="legal", from_on=clock.today(), change_id="stage"
                )
            )  # fmt: skip
    rows = listed(counsellor).rows
    assert {row.due for row in rows} == {HIDDEN}
    days = [row.deadline.on for row in rows if isinstance(row.deadline, Due)]
    assert days == sorted(days)
    assert len(days) == 3


def test_a_row_says_that_somebody_is_kept_apart_and_from_whom_nowhere(house: House) -> None:
    lay_down(house, 3, plain=True)
    with builders.casework(house) as session:
        one, other = session.scalars(select(Client.code).order_by(Client.code).limit(2)).all()
        session.add(
            Separation(
                client_code=one, other_code=other, from_on=clock.today(), recorded_by="lena",
                recorded_at=cast.NOW, change_id="stage",
            )
        )  # fmt: skip
    rows = listed(cast.AMINA).rows
    assert {row.client_code for row in rows if row.kept_apart} == {one, other}


def test_what_is_due_earlier_stands_higher(house: House) -> None:
    [bed, other, _] = builders.open_site(house)
    quiet = world.admitted(days_ago=20)
    passed, near = world.admitted(days_ago=700), world.admitted(days_ago=520)
    world.sleeps(house, passed, bed, days_ago=690)
    world.sleeps(house, near, other, days_ago=510)
    assert [row.case_id for row in listed(cast.AMINA).rows] == [passed, near, quiet]


def test_a_follow_up_is_due_on_the_list() -> None:
    left = world.admitted(days_ago=400)
    amina, now = cast.AMINA.actor(), clock.now()
    on = clock.today() - timedelta(days=200)
    world.done(decisions.propose_exit(amina, left, Outcome.VOLUNTARY_RETURN, None, on, None, now))
    world.decide(left, ProposalKind.EXIT)
    [row] = listed(cast.AMINA).rows
    assert DueKind.FOLLOW_UP in {one.kind for one in row.dues}


def test_a_case_without_a_case_team_waits_for_the_lead() -> None:
    fresh = world.registered()
    [row] = listed(cast.LENA).rows
    assert (row.case_id, row.due.kind, row.case_team) == (fresh, DueKind.ASSIGN, ())  # type: ignore[union-attr]


def test_a_colleague_of_the_team_sees_due_dates_and_bed_but_no_case_team(house: House) -> None:
    [bed, *_] = builders.open_site(house)
    world.sleeps(house, world.admitted(days_ago=10), bed, days_ago=5)
    assert listed(cast.BRAM).rows == ()
    [row] = listed(cast.BRAM, Show.TEAM).rows
    assert row.bed == "Havenhuis, 1.1"
    assert row.case_team is HIDDEN
    assert row.clock is not HIDDEN


def test_the_intake_desk_lists_its_applications_until_fourteen_days_after_assignment() -> None:
    world.assigned()
    assert len(listed(cast.TESS).rows) == 1
    assert listed(cast.TESS).rows[0].bed is HIDDEN
    with clock.fixed(cast.NOW + timedelta(days=15)):
        assert listed(cast.TESS).rows == ()


def test_nobody_lists_cases_of_another_team_or_organisation() -> None:
    world.admitted()
    for colleague in (cast.SARA, cast.MO, cast.YUSUF, cast.NOOR):
        assert listed(colleague, Show.EVERYONE).rows == ()


def test_a_restricted_case_is_not_on_the_list_of_who_is_not_named(house: House) -> None:
    case_id = world.admitted()
    with builders.casework(house) as session:
        code = session.get(Case, case_id).client_code  # type: ignore[union-attr]
        session.get(Client, code).restricted = True  # type: ignore[union-attr]
    assert listed(cast.LENA).rows == ()
    assert dict(listed(cast.LENA).counts)[Show.TEAM] == 0


@pytest.mark.parametrize("colleague", [cast.KOFI, cast.FEMKE, cast.ADA, cast.PETRA])
def test_a_caseload_is_not_there_for_roles_without_one(colleague: Colleague) -> None:
    with pytest.raises(NotKnown):
        listed(colleague)


def test_the_look_is_told_once_with_everybody_on_the_page(house: House) -> None:
    world.admitted()
    world.registered()
    with Session(house.stores.audit) as log:
        before = log.scalars(select(Entry.position).order_by(Entry.position.desc())).first() or 0
    listed(cast.LENA)
    with Session(house.stores.audit) as log:
        [told] = log.scalars(select(Entry).where(Entry.position > before)).all()
        subjects = log.scalars(select(Subject).where(Subject.position == told.position)).all()
    assert told.event == "caseload_listed"
    assert told.details == '{"count":2,"page":1}'
    assert len(subjects) == 2


def test_no_list_leaves_when_the_look_cannot_be_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.admitted()
    monkeypatch.setattr(house.stores, "audit", create_engine("sqlite:////nowhere/audit.db"))
    with pytest.raises(OperationalError):
        listed(cast.AMINA)


def test_a_code_that_does_not_exist_is_no_choice() -> None:
    assert Show.of("team") is Show.TEAM
    assert Show.of("everything") is None
    assert Show.of(None) is None


def test_a_note_between_colleagues_is_no_contact_with_the_person() -> None:
    case_id = world.assigned("amina", days_ago=60)
    for kind in ("handover", "legal", "medical"):
        world.done(
            notes.write_note(cast.AMINA.actor(), case_id, kind, clock.today(), "x", clock.now())
        )
        [row] = listed(cast.AMINA).rows
        assert row.days_since_contact is None, kind
    world.done(
        notes.write_note(cast.AMINA.actor(), case_id, "phone", clock.today(), "x", clock.now())
    )
    [row] = listed(cast.AMINA).rows
    assert row.days_since_contact == 0
