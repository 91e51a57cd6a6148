"""Operations sheets from the rows of the store: made by the job, read by funders, put right and never rewritten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.costs import CostKind
from caseflow.domain.daily_services import Month, ServiceKind
from caseflow.domain.decisions import Refused
from caseflow.domain.sheet_money import CostLine
from caseflow.services import bed_nights, job_runs, operations_sheets
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.operations_sheet_views import SheetView
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.daily_services import ServiceTally
from caseflow.storage.models.facts import Allowance, Cost
from caseflow.storage.models.funder_papers import OperationsSheet
from caseflow.storage.models.money import PayOutLine, PayOutRun, Slip
from tests import builders, cast
from tests.cast import FEMKE, Colleague
from tests.services import bed_night_worlds as world
from tests.services.bed_night_worlds import OCTOBER

PIA = Colleague("pia", "de-haven", None, (Role.PROGRAMME_MANAGER,), None, ("waterstad-lvv",))
OTHER = Colleague("owen", "gemeente-waterstad", None, (Role.FUNDER,), None, ("utrecht-lvv",))
JOB = job_runs.scheduler("funder_papers")
LVV, BBB = "waterstad-lvv", "waterstad-bbb"
LATER = cast.NOW + timedelta(days=20)


@pytest.fixture(autouse=True)
def staff(sealed_house: House) -> Iterator[None]:
    builders.hire(sealed_house, *world.STAFF, PIA, OTHER)
    with clock.fixed(cast.NOW):
        yield


def made(now: datetime = cast.NOW) -> int:
    return operations_sheets.make_all(JOB, now)


def october(scope: str = LVV, by: Colleague = FEMKE, now: datetime = cast.NOW) -> SheetView:
    view = operations_sheets.sheet(by.actor(), scope, OCTOBER, now)
    assert isinstance(view, SheetView), view
    return view


def tallied(house: House, site: str, number: int, on: date = date(2026, 10, 5)) -> None:
    with builders.casework(house) as session:
        session.add(
            ServiceTally(
                site_id=site,
                day=on,
                kind="meal",
                count=number,
                recorded_by="kofi",
                recorded_at=cast.NOW,
                change_id="invented",
            )
        )


def cost(house: House, number: int, cents: int, on: datetime, **more: object) -> None:
    values = {"kind": "travel", "payer": "programme"} | more
    with builders.casework(house) as session:
        session.add(
            Cost(
                case_id=f"case-{number}",
                cents=cents,
                spent_on=on.date(),
                recorded_by="amina",
                recorded_at=on,
                change_id="invented",
                **values,
            )
        )


def paid(house: House, people: int, cents: int = 6_000) -> None:
    """One run of a week in October for so many people."""
    first = date(2026, 10, 5)
    told = {
        "recorded_by": "fien",
        "recorded_at": datetime(2026, 10, 4, 9, tzinfo=cast.NOW.tzinfo),
        "change_id": "invented",
    }
    week = {"from_on": first, "until_on": first + timedelta(days=7)}
    with builders.casework(house) as session:
        session.add(PayOutRun(id="run", programme=LVV, **week, **told))
        session.flush()
        for number in range(1, people + 1):
            case = f"case-{number}"
            session.add(
                Allowance(
                    id=f"allowance-{number}",
                    case_id=case,
                    from_on=first,
                    weekly_cents=6_000,
                    **told,
                )
            )
            session.flush()
            session.add(
                PayOutLine(
                    run_id="run",
                    case_id=case,
                    allowance_id=f"allowance-{number}",
                    kind="due",
                    cents=cents,
                    **week,
                    **told,
                )
            )
            session.add(Slip(run_id="run", case_id=case, cents=cents, **week, **told))


def test_the_job_makes_the_sheets_of_months_that_are_over(sealed_house: House) -> None:
    beds = world.opened(sealed_house)
    world.client(sealed_house, 1)
    world.slept(sealed_house, beds[0], 1, date(2026, 9, 20), None)
    tallied(sealed_house, "havenhuis", 812)

    assert made() == 3 * 2  # August, September, October, of two programmes
    assert made() == 0

    view = october()
    [row] = view.sheet.rows
    assert (row.kinds, row.sites, row.funded_places, row.funded) == (("full_day",), 1, 4, 124)
    assert (row.available, row.void, row.occupancy) == (775, 0, 5)
    assert view.sheet.services == {ServiceKind.MEAL: 812}
    assert (view.sheet.money.costs, view.sheet.money.allowances) == (None, None)
    assert view.previous == OCTOBER.previous
    assert view.following is None
    assert october(BBB).sheet.rows == view.sheet.rows


def test_the_nights_are_those_of_the_bed_night_statement(sealed_house: House) -> None:
    world.opened(sealed_house)
    world.out_of_service(
        sealed_house,
        "havenhuis",
        date(2026, 10, 3),
        date(2026, 10, 8),
        bed_id="havenhuis-room-1-bed-5",
    )
    made()
    [row], [stated] = october().sheet.rows, world.month_of(sealed_house).statement.rows
    assert (row.available, row.void, row.funded) == (
        stated.count.available,
        stated.count.void,
        stated.funded,
    )
    assert row.void == 5


def test_a_small_house_is_told_nowhere(sealed_house: House) -> None:
    world.opened(sealed_house, beds=8)
    tallied(sealed_house, "havenhuis", 40)
    made()
    view = october()
    assert (view.sheet.rows, view.sheet.together, view.sheet.services) == ((), None, {})


def test_money_counts_in_the_month_in_which_it_was_booked(sealed_house: House) -> None:
    for number in range(1, 26):
        world.client(sealed_house, number)
    in_october, before = (datetime(2026, month, 12, 9, tzinfo=cast.NOW.tzinfo) for month in (10, 9))
    for number in range(1, 7):
        cost(sealed_house, number, 1_000, in_october)
    cost(sealed_house, 7, 900, before, mistaken_at=in_october, mistaken_by="amina")
    cost(sealed_house, 8, 5_000, in_october, payer="own")
    cost(sealed_house, 9, 5_000, in_october, mistaken_at=in_october, mistaken_by="amina")
    cost(sealed_house, 10, 5_000, before)
    paid(sealed_house, 23)
    made()
    money = october().sheet.money
    assert money.costs == (CostLine(CostKind.TRAVEL, 5_100),)
    assert (money.allowances, money.step) == (150_000, 30_000)  # 23 people of € 60 are 1,380.00


def test_nineteen_recipients_are_not_told(sealed_house: House) -> None:
    for number in range(1, 20):
        world.client(sealed_house, number)
    paid(sealed_house, 19)
    made()
    assert october().sheet.money.allowances is None


def test_what_becomes_known_later_is_a_correction_and_the_sheet_stands(sealed_house: House) -> None:
    world.opened(sealed_house)
    made()
    before = october().sheet
    world.out_of_service(
        sealed_house,
        "havenhuis",
        date(2026, 10, 1),
        date(2026, 10, 11),
        bed_id="havenhuis-room-1-bed-5",
    )
    assert made(LATER) == 2 + 2  # October put right, and November made
    view = october(now=LATER)
    assert view.sheet == before
    [line] = view.corrections
    [row] = line.told.rows
    assert (row.available, row.void) == (-10, 10)
    assert operations_sheets.make_all(JOB, LATER) == 0


def test_a_house_that_opens_later_is_in_no_correction(sealed_house: House) -> None:
    """Else the correction alone would tell of a small house."""
    world.opened(sealed_house)
    made()
    builders.open_site(sealed_house, "boothuis", beds=4)
    made(LATER)
    assert october(now=LATER).corrections == ()


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE operations_sheets SET content = 'x'",
        "DELETE FROM operations_sheets",
        "INSERT OR REPLACE INTO operations_sheets SELECT * FROM operations_sheets",
    ],
)
def test_the_store_keeps_a_sheet_whoever_asks(sealed_house: House, act: str) -> None:
    made()
    with pytest.raises(DatabaseError), builders.casework(sealed_house) as session:
        session.execute(text(act))


def test_a_funder_reads_the_own_programmes_and_the_look_is_told(sealed_house: House) -> None:
    made()
    listed = operations_sheets.sheets(FEMKE.actor(), None, 1, cast.NOW)
    assert [one.id for one in listed.offered] == [BBB, LVV]
    assert [line.month.code for line in listed.lines] == ["2026-10", "2026-09", "2026-08"]
    assert october(by=PIA).sheet == october().sheet
    with Session(sealed_house.stores.audit) as log:
        told = log.scalars(select(Entry.details).where(Entry.event == "operations_sheet_viewed"))
        assert json.loads(told.all()[0]) == {"form": "page", "month": "2026-10", "scope": LVV}


@pytest.mark.parametrize(
    ("who", "scope"),
    [
        (FEMKE, "utrecht-lvv"),
        (FEMKE, "no-such-programme"),
        (PIA, BBB),
        (OTHER, LVV),
        (cast.LENA, LVV),
        (cast.ADA, LVV),
    ],
)
def test_nobody_else_finds_a_sheet(sealed_house: House, who: Colleague, scope: str) -> None:
    made()
    with pytest.raises(NotKnown):
        operations_sheets.sheet(who.actor(), scope, OCTOBER, cast.NOW)


MISSING = [
    (Month(date(2026, 11, 1)), "not over"),
    (Month(date(2027, 3, 1)), "not over"),
    (Month(date(2020, 1, 1)), "no sheet"),
]


@pytest.mark.parametrize(("month", "sentence"), MISSING)
def test_a_month_without_a_sheet_says_why(sealed_house: House, month: Month, sentence: str) -> None:
    made()
    answer = operations_sheets.sheet(FEMKE.actor(), LVV, month, cast.NOW)
    assert isinstance(answer, Refused)
    assert sentence in str(answer.reason)


def test_no_head_count_is_stored_in_a_sheet(sealed_house: House) -> None:
    beds = world.opened(sealed_house)
    for number in range(1, 14):
        world.client(sealed_house, number)
        world.slept(sealed_house, beds[number], number, date(2026, 10, 1), None)
    nights = bed_nights.preview(world.FIEN.actor(), "de-haven", OCTOBER, cast.NOW)
    assert not isinstance(nights, Refused)
    assert nights.statement.together.count.occupied == 403
    made()
    with sealed_house.stores.reading() as session:
        for content in session.scalars(select(OperationsSheet.content)):
            assert "403" not in content
            assert "havenhuis" not in content
