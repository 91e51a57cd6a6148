"""Needs and deferral dates: who writes and who sees what of them, sealed or not, and that nothing tells why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.deferrals import Cover, DeferralDates, DeferralKind
from caseflow.domain.health_needs import WORDS_AT_MOST, PlacementNeedKind
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.tasks import TaskKind
from caseflow.services import gatekeeping, health, tasks
from caseflow.services.case_views import SEALED
from caseflow.services.gatekeeping import CaseIsOver, NotKnown
from caseflow.services.health_views import DeferralView, HealthView, NeedsView
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.cases import Case, Referral
from caseflow.storage.models.tasks import Task
from caseflow.storage.stores import VaultSealed
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

TODAY = cast.NOW.date()
AMINA = cast.AMINA.actor()
NURSE = Colleague("ines", "de-haven", None, (Role.HEALTH_WORKER,))
LAWYER = Colleague("iris", "de-haven", None, (Role.LEGAL_COUNSELLOR,))
RESIDENT = Colleague("rosa", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
K = PlacementNeedKind
WORDS = "Sleeps badly where it is loud."
PREGNANT = DeferralDates(DeferralKind.PREGNANCY, date(2027, 3, 15))
ILL = DeferralDates(DeferralKind.ILLNESS, from_on=date(2026, 11, 1), until_on=date(2027, 4, 30))


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    [bed, *_] = builders.open_site(house)
    builders.hire(house, NURSE, LAWYER, RESIDENT)
    made = world.admitted(days_ago=10)
    world.sleeps(house, made, bed, days_ago=2)
    with builders.casework(house) as session:
        for one, kind in ((NURSE, "medical"), (LAWYER, "legal")):
            session.add(
                Referral(case_id=made, user_id=one.id, kind=kind, from_on=TODAY, change_id="x")
            )
    return made


def shown(case_id: str, colleague: Colleague = cast.AMINA) -> HealthView:
    found = gatekeeping.open_case(colleague.actor(), case_id, clock.now()).health
    assert isinstance(found, HealthView)
    return found


def deferral(case_id: str, colleague: Colleague = cast.AMINA) -> DeferralView:
    [one] = shown(case_id, colleague).deferrals  # type: ignore[misc]
    assert isinstance(one, DeferralView)
    return one


def open_tasks(case_id: str) -> list[tuple[str, date]]:
    found = gatekeeping.open_case(AMINA, case_id, clock.now()).tasks
    assert isinstance(found, tuple)
    return [(one.kind, one.due_on) for one in found if one.done_on is None]


def everything(case_id: str) -> None:
    world.done(health.record_placement_needs(AMINA, case_id, {K.LOWER_BUNK}, clock.now()))
    world.done(health.write_needs(AMINA, case_id, WORDS, clock.now()))
    world.done(health.record_deferral(AMINA, case_id, ILL, clock.now()))


SEES = (
    ("the case team sees all of it", cast.AMINA, True, True, True),
    ("a team lead sees needs", cast.LENA, True, True, False),
    ("who gives beds sees the codes", cast.KOFI, True, False, False),
    ("the intake desk sees the codes", cast.TESS, True, False, False),
    ("who works at the site sees the codes", RESIDENT, True, False, False),
    ("a lawyer sees the dates", LAWYER, False, False, True),
    ("a health worker sees all of it", NURSE, True, True, True),
)


def test_who_sees_what(case_id: str) -> None:
    everything(case_id)
    for sentence, colleague, codes, words, dates in SEES:
        found = shown(case_id, colleague)
        assert (found.placement is not HIDDEN) is codes, sentence
        assert (found.needs is not HIDDEN) is words, sentence
        assert (found.deferrals is not HIDDEN) is dates, sentence
    night = cast.NIGHT.actor(site_id="havenhuis")
    for actor in (cast.BRAM.actor(), night):
        assert gatekeeping.open_case(actor, case_id, clock.now()).health is None, actor.user_id


def test_nobody_but_the_case_team_and_a_health_worker_writes(case_id: str) -> None:
    at = clock.now()
    for colleague in (cast.LENA, cast.KOFI, cast.TESS, RESIDENT, LAWYER, cast.SARA):
        actor = colleague.actor()
        with pytest.raises(NotKnown):
            health.record_placement_needs(actor, case_id, {K.PET}, at)
        with pytest.raises(NotKnown):
            health.write_needs(actor, case_id, WORDS, at)
        with pytest.raises(NotKnown):
            health.record_deferral(actor, case_id, ILL, at)
        with pytest.raises(NotKnown):
            health.take_back(actor, case_id, case_id, at)


def test_a_health_worker_writes_what_the_case_team_reads(case_id: str) -> None:
    nurse = NURSE.actor()
    world.done(health.record_placement_needs(nurse, case_id, {K.SINGLE_ROOM}, clock.now()))
    world.done(health.write_needs(nurse, case_id, WORDS, clock.now()))
    world.done(health.record_deferral(nurse, case_id, PREGNANT, clock.now()))
    found = shown(case_id)
    assert isinstance(found.needs, NeedsView)
    assert found.needs.words == WORDS
    assert deferral(case_id).cover == Cover(date(2027, 2, 1), date(2027, 4, 26))


def test_needs_come_and_go_and_what_was_needed_is_kept(case_id: str) -> None:
    wanted = {K.LOWER_BUNK, K.GROUND_FLOOR}
    world.done(health.record_placement_needs(AMINA, case_id, wanted, clock.now()))
    assert isinstance(health.record_placement_needs(AMINA, case_id, wanted, clock.now()), Refused)
    later = cast.NOW + timedelta(days=4)
    with clock.fixed(later):
        world.done(health.record_placement_needs(AMINA, case_id, {K.LOWER_BUNK}, later))
        found = shown(case_id)
    assert [one.kind for one in found.placement] == [K.LOWER_BUNK]  # type: ignore[union-attr]
    [before] = found.placement_earlier  # type: ignore[misc]
    assert (before.kind, before.until_on) == (K.GROUND_FLOOR, later.date())


def test_words_have_a_measure_and_earlier_ones_are_kept(case_id: str) -> None:
    for words in ("  ", "x" * (WORDS_AT_MOST + 1)):
        assert isinstance(health.write_needs(AMINA, case_id, words, clock.now()), Refused)
    world.done(health.write_needs(AMINA, case_id, WORDS, clock.now()))
    world.done(health.write_needs(AMINA, case_id, "A quiet room.", clock.now()))
    found = shown(case_id).needs
    assert isinstance(found, NeedsView)
    assert (found.words, found.earlier) == ("A quiet room.", 1)


def test_sealed_the_codes_go_on_and_the_rest_waits(house: House, case_id: str) -> None:
    everything(case_id)
    house.stores.forget_vaults()
    found = shown(case_id)
    assert [one.kind for one in found.placement] == [K.LOWER_BUNK]  # type: ignore[union-attr]
    assert (found.needs, found.deferrals) == (SEALED, SEALED)
    assert shown(case_id, cast.KOFI).needs is HIDDEN
    world.done(health.record_placement_needs(AMINA, case_id, {K.PET}, clock.now()))
    with pytest.raises(VaultSealed):
        health.write_needs(AMINA, case_id, WORDS, clock.now())
    with pytest.raises(VaultSealed):
        health.record_deferral(AMINA, case_id, PREGNANT, clock.now())


def test_the_cover_moves_with_the_delivery_and_so_does_the_task(house: House, case_id: str) -> None:
    world.done(health.record_deferral(AMINA, case_id, PREGNANT, clock.now()))
    assert open_tasks(case_id) == [(TaskKind.PLAN, date(2027, 4, 12))]
    born = DeferralDates(DeferralKind.PREGNANCY, date(2027, 3, 15), date(2027, 3, 22))
    later = cast.NOW + timedelta(days=130)
    with clock.fixed(later):
        known = deferral(case_id).id
        world.done(health.record_deferral(AMINA, case_id, born, later, deferral_id=known))
        found = deferral(case_id)
        assert found.cover == Cover(date(2027, 2, 1), date(2027, 5, 3))
        assert found.expected == Cover(date(2027, 2, 1), date(2027, 4, 26))
        assert (found.earlier, found.is_confirmed) == (1, False)
        assert open_tasks(case_id) == [(TaskKind.PLAN, date(2027, 4, 19))]
    with house.stores.reading() as session:
        [(before, due)] = session.execute(select(Task.id, Task.due_on).where(Task.superseded))
    assert due == date(2027, 4, 12)
    again = tasks.open_again(AMINA, case_id, before, clock.now())
    assert isinstance(again, Refused)


def test_the_same_days_again_plan_no_second_task(case_id: str) -> None:
    world.done(health.record_deferral(AMINA, case_id, ILL, clock.now()))
    known = deferral(case_id).id
    [(_, due)] = open_tasks(case_id)
    world.done(health.record_deferral(AMINA, case_id, ILL, clock.now(), deferral_id=known))
    assert open_tasks(case_id) == [(TaskKind.PLAN, due)]


def test_what_was_recorded_in_error_is_on_no_page_and_its_task_ends(case_id: str) -> None:
    world.done(health.record_deferral(AMINA, case_id, ILL, clock.now()))
    known = deferral(case_id).id
    health.take_back(AMINA, case_id, known, clock.now())
    assert shown(case_id).deferrals == ()
    assert open_tasks(case_id) == []
    with pytest.raises(NotKnown):
        health.take_back(AMINA, case_id, known, clock.now())


def test_a_deferral_of_somebody_else_is_no_deferral_here(case_id: str) -> None:
    world.done(health.record_deferral(AMINA, case_id, ILL, clock.now()))
    known, other = deferral(case_id).id, world.assigned("amina")
    world.done(health.record_deferral(AMINA, other, ILL, clock.now()))
    with pytest.raises(NotKnown):
        health.record_deferral(AMINA, other, ILL, clock.now(), deferral_id=known)
    with pytest.raises(NotKnown):
        health.take_back(AMINA, other, known, clock.now())
    kind = health.record_deferral(AMINA, case_id, PREGNANT, clock.now(), deferral_id=known)
    assert isinstance(kind, Refused)


def test_the_log_and_the_casework_store_do_not_say_what_it_is(house: House, case_id: str) -> None:
    """Neither a pregnancy nor an illness, nor their dates: the log has ids, the casework store a task about a plan."""
    world.done(health.record_deferral(AMINA, case_id, PREGNANT, clock.now()))
    world.done(health.record_placement_needs(AMINA, case_id, {K.MOBILITY_AID}, clock.now()))
    events = frozenset({"deferral_recorded", "placement_needs_recorded"})
    told = audit_readings.page(house.stores, Wanted(events=events), most=50)
    assert {key for one in told for key in one.details} == {"deferral", "count"}
    with house.stores.reading() as session:
        kinds = set(session.scalars(select(Task.kind).where(Task.case_id == case_id)))
    assert kinds == {"plan"}


def test_nothing_is_written_in_a_closed_case_but_what_was_wrong_is_taken_back(
    house: House, case_id: str
) -> None:
    world.done(health.record_deferral(AMINA, case_id, ILL, clock.now()))
    known = deferral(case_id).id
    with builders.casework(house) as session:
        session.get_one(Case, case_id).stage = "closed"
    with pytest.raises(CaseIsOver):
        health.record_placement_needs(AMINA, case_id, {K.PET}, clock.now())
    with pytest.raises(CaseIsOver):
        health.write_needs(AMINA, case_id, WORDS, clock.now())
    health.take_back(AMINA, case_id, known, clock.now())
    assert shown(case_id).deferrals == ()
