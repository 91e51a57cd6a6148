"""Slips: who hands them over, what stands on the list and on paper, and what is kept from whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.costs import CostKind, Payer
from caseflow.domain.decisions import Refused
from caseflow.domain.pay_outs import Period
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.slips import ReturnReason
from caseflow.services import casework, costs, gatekeeping, pay_outs, slips
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.money_views import DrawnRun, ListedSlip, MoneyView
from caseflow.storage.models.accounts import RoleGrant
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, Separation
from caseflow.storage.models.shelter import Placement
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

RIA = Colleague("ria", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
ROB = Colleague("rob", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "pakhuis")
FENNA = Colleague("fenna", "gemeente-waterstad", None, (Role.FINANCE,))
WEEK = Period(date(2026, 11, 16), date(2026, 11, 23))
BED = "havenhuis-room-1-bed-1"


@pytest.fixture(autouse=True)
def city(house: House) -> Iterator[None]:
    with clock.fixed(cast.NOW):
        for site in ("havenhuis", "pakhuis"):
            builders.open_site(house, site)
        builders.hire(house, *cast.EVERYBODY, RIA, ROB, FENNA)
        yield


def paid(house: House, bed: str | None = BED) -> tuple[str, str]:
    """A case with a slip of this week, asleep on a bed; its id and its code."""
    case_id = world.assigned()
    amina = cast.AMINA.actor()
    world.done(casework.begin_allowance(amina, case_id, WEEK.from_on, 65_00, cast.NOW))
    if bed is not None:
        world.sleeps(house, case_id, bed, days_ago=3)
    drawn = pay_outs.preview(FENNA.actor(), "waterstad-lvv", WEEK, cast.NOW)
    assert isinstance(drawn, DrawnRun)
    run = pay_outs.fix(FENNA.actor(), "waterstad-lvv", WEEK, drawn.fingerprint, cast.NOW)
    assert isinstance(run, str)
    with house.stores.reading() as session:
        return case_id, session.get_one(Case, case_id).client_code


def listed(by: Colleague, **how: bool) -> tuple[ListedSlip, ...]:
    return slips.to_hand_over(by.actor(), cast.NOW, **how)


def test_a_worker_of_the_site_sees_code_amount_and_call_name_and_on_paper_the_code_alone(
    house: House,
) -> None:
    _, code = paid(house)
    [one] = listed(RIA)
    assert (one.code, one.slip.cents, one.call_name, one.place) == (
        code, 65_00, world.CALL_NAME, "Havenhuis",
    )  # fmt: skip
    [paper] = listed(RIA, on_paper=True)
    assert (paper.code, paper.call_name) == (code, None)
    assert listed(ROB) == ()


def test_the_case_team_has_the_slips_of_its_own_cases_without_a_place(house: House) -> None:
    paid(house)
    assert [one.place for one in listed(cast.AMINA)] == [""]
    assert listed(cast.BRAM) == listed(cast.SARA) == listed(cast.YUSUF) == ()


def test_beside_somebody_who_is_kept_apart_no_call_name_stands(house: House) -> None:
    _, code = paid(house)
    other = world.assigned()
    with builders.casework(house) as session:
        theirs = session.get_one(Case, other).client_code
        session.add(
            Separation(
                client_code=theirs,
                other_code=code,
                from_on=WEEK.from_on,
                recorded_by="lena",
                recorded_at=cast.NOW,
                change_id="c",
            )
        )
    [one] = listed(RIA)
    assert (one.code, one.call_name) == (code, None)


def test_whoever_moved_away_is_no_more_on_the_list_of_the_old_site(house: House) -> None:
    paid(house)
    with builders.casework(house) as session:
        stay = session.scalars(select(Placement)).one()
        stay.status, stay.departure_on = "ended", date(2026, 11, 21)
    assert listed(RIA) == ()


@pytest.mark.parametrize("by", [cast.KOFI, cast.NIGHT, cast.TESS, cast.ADA, FENNA])
def test_others_hand_over_nothing(house: House, by: Colleague) -> None:
    paid(house)
    [one] = listed(RIA)
    with pytest.raises(NotKnown):
        listed(by)
    with pytest.raises(NotKnown):
        slips.hand_over(by.actor(), one.slip.id, cast.NOW)


def test_a_slip_is_handed_over_once(house: House) -> None:
    case_id, _ = paid(house)
    [one] = listed(RIA)
    assert slips.hand_over(RIA.actor(), one.slip.id, cast.NOW) is None
    for again in (
        slips.hand_over(cast.AMINA.actor(), one.slip.id, cast.NOW),
        slips.give_back(cast.AMINA.actor(), one.slip.id, ReturnReason.DECLINED, cast.NOW),
        slips.take_back(cast.AMINA.actor(), one.slip.id, cast.NOW),
    ):
        assert isinstance(again, Refused)
    assert slips.case_of(RIA.actor(), one.slip.id, cast.NOW) == case_id


def test_whose_appointment_to_the_site_ended_hands_over_nothing_more(house: House) -> None:
    paid(house)
    [one] = listed(RIA)
    with builders.casework(house) as session:
        grant = session.scalars(select(RoleGrant).where(RoleGrant.user_id == "ria")).one()
        grant.ended_at = cast.NOW
    with pytest.raises(NotKnown):
        slips.hand_over(RIA.actor(), one.slip.id, cast.NOW)


def test_slips_and_costs_go_on_while_the_vault_is_sealed(house: House) -> None:
    case_id, _ = paid(house)
    house.stores.forget_vaults()
    [one] = listed(RIA)
    world.done(slips.hand_over(RIA.actor(), one.slip.id, cast.NOW))
    amina = cast.AMINA.actor()
    on = date(2026, 11, 20)
    world.done(costs.record(amina, case_id, CostKind.MEDICINE, Payer.FUND, 7_05, on, cast.NOW))
    view = gatekeeping.open_case(amina, case_id, cast.NOW)
    assert isinstance(view.money, MoneyView)
    assert view.money.cost_cents == 7_05


def test_on_the_page_of_a_case_the_worker_of_the_site_sees_slips_and_no_costs(house: House) -> None:
    case_id, _ = paid(house)
    seen = gatekeeping.open_case(RIA.actor(), case_id, cast.NOW)
    assert seen.money is HIDDEN
    assert seen.allowances is HIDDEN
    assert [one.cents for one in seen.slips or ()] == [65_00]
    assert gatekeeping.open_case(cast.KOFI.actor(), case_id, cast.NOW).slips is HIDDEN
    lead = gatekeeping.open_case(cast.LENA.actor(), case_id, cast.NOW)
    assert isinstance(lead.money, MoneyView)


def test_the_log_is_told_who_was_on_the_list_before_it_leaves(house: House) -> None:
    paid(house)
    listed(RIA)
    listed(RIA, on_paper=True)
    with Session(house.stores.audit) as log:
        told = log.execute(
            select(Entry.event, Entry.details).where(Entry.event.like("slips%"))
        ).all()
    assert [(event, details) for event, details in told] == [
        ("slips_listed", '{"count":1}'),
        ("slips_printed", '{"count":1}'),
    ]


def test_a_colleague_of_another_team_records_no_cost(house: House) -> None:
    case_id, _ = paid(house)
    later = cast.NOW + timedelta(minutes=1)
    with pytest.raises(NotKnown):
        costs.record(
            cast.SARA.actor(), case_id, CostKind.FEES, Payer.OWN, 1_00, WEEK.from_on, later
        )
