"""Leaving a programme: a checklist that fills itself, tasks of what is left, and a closing that ends what runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.cards import CardLines
from caseflow.domain.decisions import Refused
from caseflow.domain.departures import LeavingItem
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.outcomes import Outcome
from caseflow.domain.placements import StayEnd
from caseflow.domain.procedure_words import ProcedureKind
from caseflow.domain.programmes import ProposalKind
from caseflow.domain.tasks import FollowsKind
from caseflow.services import (
    cards,
    decisions,
    departures,
    disappearances,
    gatekeeping,
    intake,
    placements,
    procedures,
    referrals,
)
from caseflow.services.case_views import CaseView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.cases import Referral
from caseflow.storage.models.tasks import Task
from caseflow.storage.models.vault import VNumber
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

AMINA, LENA, KOFI = cast.AMINA.actor(), cast.LENA.actor(), cast.KOFI.actor()
JUR = Colleague("jur", "de-haven", None, (Role.LEGAL_COUNSELLOR,))
ITEM = LeavingItem


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)
    builders.hire(house, JUR)


def seen(case_id: str, by: Colleague = cast.AMINA) -> CaseView:
    return gatekeeping.open_case(by.actor(), case_id, clock.now())


def still_open(case_id: str, by: Colleague = cast.AMINA) -> set[LeavingItem]:
    return {one.item.what for one in seen(case_id, by).checklist if one.item.is_open}


def why(answer: Refused | None) -> str:
    assert isinstance(answer, Refused)
    return str(answer.reason)


def proposed(case_id: str, outcome: Outcome = Outcome.VOLUNTARY_RETURN) -> str:
    world.done(
        decisions.propose_exit(AMINA, case_id, outcome, None, clock.today(), None, clock.now())
    )
    return case_id


def left(outcome: Outcome = Outcome.VOLUNTARY_RETURN) -> str:
    case_id = proposed(world.admitted(days_ago=100), outcome)
    world.decide(case_id, ProposalKind.EXIT)
    return case_id


def tasks_of(house: House, case_id: str) -> list[tuple[str, bool]]:
    with house.stores.reading() as session:
        rows = session.scalars(select(Task).where(Task.case_id == case_id))
        return sorted((row.kind, row.done_at is not None) for row in rows)


def test_the_bed_ticks_itself_off_once_the_stay_has_ended(house: House) -> None:
    case_id = world.admitted(days_ago=100)
    [bed, *_] = builders.open_site(house)
    world.sleeps(house, case_id, bed, days_ago=50)
    assert not seen(case_id).checklist
    proposed(case_id)
    assert ITEM.BED in still_open(case_id)
    world.decide(case_id, ProposalKind.EXIT)
    assert FollowsKind.BED in {one.kind for one in seen(case_id).follows or ()}
    assert "still has a bed" in why(departures.close(LENA, case_id, clock.now()))
    [stay] = seen(case_id).placements or ()
    world.done(placements.end(KOFI, stay.id, clock.today(), StayEnd.LEFT_PROGRAMME, clock.now()))
    assert ITEM.BED not in still_open(case_id)
    assert FollowsKind.BED not in {one.kind for one in seen(case_id).follows or ()}


def test_an_approved_exit_makes_tasks_of_what_is_ticked_by_hand_and_only_once(
    house: House,
) -> None:
    case_id = proposed(world.admitted(days_ago=100))
    world.done(departures.settle(AMINA, case_id, ITEM.PAPERS, clock.now()))
    assert "already" in why(departures.settle(AMINA, case_id, ITEM.PAPERS, clock.now()))
    world.decide(case_id, ProposalKind.EXIT)
    assert tasks_of(house, case_id) == [("offer_copy", False), ("return_papers", True)]
    assert {ITEM.COPY} == still_open(case_id) & {ITEM.COPY, ITEM.PAPERS}
    world.done(departures.settle(AMINA, case_id, ITEM.COPY, clock.now()))
    assert tasks_of(house, case_id) == [("offer_copy", True), ("return_papers", True)]
    assert not still_open(case_id) & {ITEM.COPY, ITEM.PAPERS}


def test_an_exit_that_was_an_error_asks_for_nothing_and_a_later_one_asks_anew(
    house: House,
) -> None:
    case_id = left()
    world.done(departures.settle(AMINA, case_id, ITEM.PAPERS, clock.now()))
    world.done(disappearances.take_exit_back(LENA, case_id, clock.now()))
    assert not [one for one in seen(case_id).tasks or () if one.done_on is None]
    with clock.fixed(cast.NOW + timedelta(days=30)):
        proposed(case_id)
        world.decide(case_id, ProposalKind.EXIT)
        assert {ITEM.PAPERS, ITEM.COPY} <= still_open(case_id)


def test_the_kind_of_next_address_is_filled_in_after_the_exit() -> None:
    case_id = left()
    assert ITEM.NEXT_ADDRESS in still_open(case_id)
    world.done(departures.fill_destination(AMINA, case_id, DestinationKind.ABROAD, clock.now()))
    assert ITEM.NEXT_ADDRESS not in still_open(case_id)
    assert seen(case_id).exit.destination is DestinationKind.ABROAD  # type: ignore[union-attr]
    again = departures.fill_destination(AMINA, case_id, DestinationKind.STREET, clock.now())
    assert "already" in why(again)


def test_closing_ends_procedures_and_referrals_and_erases_the_v_number(house: House) -> None:
    case_id = left()
    today, now = clock.today(), clock.now()
    world.done(procedures.open_one(AMINA, case_id, ProcedureKind.REPEAT_ASYLUM, today, now))
    [procedure] = seen(case_id).procedures or ()
    told = procedures.write_lawyer(AMINA, case_id, procedure.id, None, None, "2812345678", now)
    world.done(told)
    world.done(referrals.refer(AMINA, case_id, "jur", None, now))
    assert {ITEM.PROCEDURES, ITEM.REFERRALS} <= still_open(case_id)
    seen(case_id, JUR)
    world.done(departures.close(LENA, case_id, now))
    with house.stores.reading_vault("de-haven") as vault:
        assert not vault.scalars(select(VNumber)).all()
    with house.stores.reading() as session:
        [row] = session.scalars(select(Referral).where(Referral.case_id == case_id))
        assert row.until_on == today - timedelta(days=1)
    with pytest.raises(NotKnown):
        seen(case_id, JUR)
    [procedure] = seen(case_id).procedures or ()
    assert procedure.until_on == today


def test_a_sealed_vault_keeps_a_case_with_a_procedure_open(house: House) -> None:
    case_id = left()
    today, now = clock.today(), clock.now()
    world.done(procedures.open_one(AMINA, case_id, ProcedureKind.REPEAT_ASYLUM, today, now))
    house.stores.forget_vaults()
    assert "Open the vault first" in why(departures.close(LENA, case_id, now))
    assert seen(case_id).stage == "exited"


def test_the_card_goes_with_who_left_but_not_while_another_case_needs_it() -> None:
    case_id = world.admitted(days_ago=100)
    now = clock.now()
    world.done(cards.record(AMINA, case_id, CardLines(allergies="nuts"), None, now))
    proposed(case_id)
    assert ITEM.CARD in still_open(case_id)
    assert "still here" in why(departures.take_card_out(AMINA, case_id, now))
    world.decide(case_id, ProposalKind.EXIT)
    back = intake.reenter(AMINA, case_id, "waterstad-lvv", clock.today(), now)
    assert isinstance(back, intake.Registered)
    assert "still needed" in why(departures.take_card_out(AMINA, case_id, now))


def test_a_card_that_was_taken_out_is_gone(house: House) -> None:
    case_id = world.admitted(days_ago=100)
    now = clock.now()
    world.done(cards.record(AMINA, case_id, CardLines(allergies="nuts"), None, now))
    proposed(case_id)
    world.decide(case_id, ProposalKind.EXIT)
    world.done(departures.take_card_out(AMINA, case_id, now))
    assert ITEM.CARD not in still_open(case_id)
    card = seen(case_id).card
    assert card is None or card.lines.is_empty  # type: ignore[union-attr]


def test_money_procedures_and_card_stand_on_no_checklist_of_who_may_not_see_them() -> None:
    case_id = left()
    everything = {one.item.what for one in seen(case_id).checklist}
    assert everything == set(LeavingItem)
    desk = {one.item.what for one in seen(case_id, cast.TESS).checklist}
    assert not desk & {ITEM.BED, ITEM.ALLOWANCE, ITEM.PROCEDURES, ITEM.CARD}
    assert seen(case_id, cast.BRAM).checklist == ()


@pytest.mark.parametrize("colleague", [cast.BRAM, cast.TESS, cast.KOFI, cast.YUSUF, cast.ADA])
def test_only_the_case_team_ticks_anything_off(colleague: Colleague) -> None:
    case_id, actor, now = left(), colleague.actor(), clock.now()
    for act in (
        lambda: departures.settle(actor, case_id, ITEM.PAPERS, now),
        lambda: departures.fill_destination(actor, case_id, DestinationKind.ABROAD, now),
        lambda: departures.take_card_out(actor, case_id, now),
        lambda: departures.close(actor, case_id, now),
    ):
        with pytest.raises(NotKnown):
            act()
