"""The stay clock warns in time, once, and never about what is over or imported (rule C4)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.calendar_months import months_after
from caseflow.domain.programmes import Stage
from caseflow.domain.stay_alerts import AlertCode
from caseflow.services import imports, job_runs, stay_alerts
from caseflow.services.houses import House
from caseflow.services.job_runs import Worked
from caseflow.storage.models.cases import Case
from caseflow.storage.models.facts import CourtContinuation, Exit, Extension, Proposal
from caseflow.storage.models.operations import StayAlert
from caseflow.storage.models.shelter import Absence
from tests import cast
from tests.builders import casework, hire_everybody, open_site
from tests.jobs.cases import AT, days, morning, person, raised

STARTED = date(2026, 3, 16)
LAST_DAY = date(2027, 9, 16)
MONDAY = date(2026, 11, 23)
A = AlertCode


@pytest.fixture
def at_work(sealed_house: House) -> House:
    hire_everybody(sealed_house)
    open_site(sealed_house, beds=40)
    return sealed_house


def weekly(day: date) -> Worked:
    return stay_alerts.raise_weekly(job_runs.scheduler("stay_alerts"), morning(day), morning(day))


def urgent(day: date) -> Worked:
    return stay_alerts.raise_urgent(job_runs.scheduler("urgent_stay_alerts"), morning(day))


def proposal(session: Session, case: str, kind: str) -> str:
    """A proposal that was approved, for the fact that follows from it."""
    row = Proposal(case_id=case, kind=kind, state="approved", event_on=MONDAY, **AT)
    session.add(row)
    session.flush()
    return row.id


def every_monday(first: date, last: date) -> list[date]:
    monday = first + days((7 - first.weekday()) % 7)
    return [monday + days(7 * n) for n in range(((last - monday).days // 7) + 1)]


def test_c04_the_weekly_list_warns_six_three_and_one_months_and_two_weeks_before(
    at_work: House,
) -> None:
    case = person(at_work, STARTED)
    for monday in every_monday(MONDAY, date(2027, 9, 5)):
        weekly(monday)

    assert [(code, last, listed) for code, last, listed in raised(at_work, case)] == [
        (A.SIX_MONTHS, LAST_DAY, date(2027, 3, 15)),
        (A.THREE_MONTHS, LAST_DAY, date(2027, 6, 14)),
        (A.ONE_MONTH, LAST_DAY, date(2027, 8, 16)),
        (A.TWO_WEEKS, LAST_DAY, date(2027, 8, 30)),
    ]


def test_c04_an_alert_is_listed_in_the_week_of_its_day_and_never_after_it(at_work: House) -> None:
    case = person(at_work, STARTED)
    six_months_before = months_after(LAST_DAY, -6)
    for monday in every_monday(MONDAY, six_months_before):
        weekly(monday)

    [(_, _, listed)] = raised(at_work, case)
    assert timedelta(0) <= six_months_before - listed < days(7)


def test_c04_only_the_last_week_and_the_undecided_are_pushed_daily(at_work: House) -> None:
    case = person(at_work, STARTED)
    urgent(months_after(LAST_DAY, -3))
    assert raised(at_work, case) == []

    urgent(LAST_DAY - days(7))
    assert raised(at_work, case) == []
    urgent(LAST_DAY - days(6))
    urgent(LAST_DAY)
    assert raised(at_work, case) == [(A.UNDER_A_WEEK, LAST_DAY, LAST_DAY - days(6))]
    urgent(LAST_DAY + days(1))
    urgent(LAST_DAY + days(40))
    assert raised(at_work, case)[1:] == [(A.BEYOND_UNDECIDED, LAST_DAY, LAST_DAY + days(1))]


def test_c04_an_extension_gets_alerts_of_its_own(at_work: House) -> None:
    case = person(at_work, STARTED)
    weekly(date(2027, 8, 30))
    extended = LAST_DAY + days(60)
    with casework(at_work) as session:
        decided = proposal(session, case, "extension")
        session.add(
            Extension(case_id=case, until_on=extended, event_on=LAST_DAY, proposal_id=decided, **AT)
        )

    weekly(date(2027, 9, 6))
    weekly(date(2027, 10, 11))
    assert {(code, last) for code, last, _ in raised(at_work, case) if last == extended} == {
        (A.SIX_MONTHS, extended),
        (A.THREE_MONTHS, extended),
        (A.ONE_MONTH, extended),
    }


def test_c04_a_court_that_continues_the_stay_keeps_the_clock_silent(at_work: House) -> None:
    case = person(at_work, STARTED)
    with casework(at_work) as session:
        session.add(CourtContinuation(case_id=case, from_on=date(2027, 1, 1), until_on=None, **AT))
    for monday in every_monday(date(2027, 1, 2), date(2027, 10, 1)):
        weekly(monday)
        urgent(monday)

    assert raised(at_work, case) == []


def test_c04_the_clock_speaks_again_once_the_court_has_decided(at_work: House) -> None:
    case = person(at_work, STARTED)
    with casework(at_work) as session:
        session.add(
            CourtContinuation(
                case_id=case, from_on=date(2027, 1, 1), until_on=LAST_DAY + days(10), **AT
            )
        )
    urgent(LAST_DAY + days(9))
    assert raised(at_work, case) == []

    urgent(LAST_DAY + days(10))
    assert [code for code, _, _ in raised(at_work, case)] == [A.BEYOND_UNDECIDED]


def test_c04_whoever_has_left_is_not_warned_about(at_work: House) -> None:
    case = person(at_work, STARTED)
    with casework(at_work) as session:
        decided = proposal(session, case, "exit")
        session.add(
            Exit(case_id=case, exited_on=MONDAY, outcome="other", proposal_id=decided, **AT)
        )
        session.get_one(Case, case).stage = Stage.AFTERCARE
    weekly(LAST_DAY)
    urgent(LAST_DAY + days(3))

    assert raised(at_work) == []


def test_c04_a_programme_without_a_term_has_no_alerts(at_work: House) -> None:
    person(at_work, STARTED, programme="waterstad-bbb")
    weekly(LAST_DAY)

    assert raised(at_work) == []


def test_c06_imported_history_is_never_warned_about(at_work: House) -> None:
    rows = ["person_ref,programme,entered_on,exited_on,outcome,outcome_basis,gender,age_band"]
    rows += [f"p{n},waterstad-lvv,2025-06-{n:02},,,,unknown,unknown" for n in range(1, 9)]
    imported = import_past(at_work, "\n".join(rows))
    weekly(LAST_DAY)
    urgent(LAST_DAY)

    assert imported == 8
    assert raised(at_work) == []


def import_past(house: House, text: str) -> int:
    path = house.settings.instance / "past.csv"
    path.write_text(text + "\n", encoding="utf-8")
    return imports.import_caseload(THE_COMMAND, path, "former", cast.NOW).rows


def test_while_the_clock_stands_still_an_alert_is_not_said_again_each_week(at_work: House) -> None:
    case = person(at_work, STARTED)
    with casework(at_work) as session:
        session.add(
            Absence(case_id=case, kind="hospital", from_on=date(2027, 3, 10), until_on=None, **AT)
        )
    for monday in every_monday(date(2027, 3, 11), date(2027, 5, 11)):
        weekly(monday)
    assert [code for code, _, _ in raised(at_work, case)] == [A.SIX_MONTHS]

    with casework(at_work) as session:
        absence = session.scalars(select(Absence).where(Absence.case_id == case)).one()
        absence.until_on = date(2027, 5, 12)
    weekly(date(2027, 5, 17))
    new_last_day = LAST_DAY + (date(2027, 5, 12) - date(2027, 3, 10))
    assert (A.SIX_MONTHS, new_last_day, date(2027, 5, 17)) in raised(at_work, case)


def test_a_case_that_cannot_be_told_is_put_off_by_its_code_and_stops_nobody(
    at_work: House,
) -> None:
    good = person(at_work, STARTED)
    odd = person(at_work, STARTED, call_name="Green")
    with casework(at_work) as session:
        session.get_one(Case, odd).programme = "gone"
    worked = weekly(date(2027, 3, 15))

    assert (worked.deferred, worked.codes) == (1, frozenset({"KeyError"}))
    assert [code for code, _, _ in raised(at_work, good)] == [A.SIX_MONTHS]


def test_a_row_that_the_store_refuses_does_not_stop_the_others(
    at_work: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [person(at_work, STARTED, call_name=f"Blue {n}") for n in range(3)]
    gone = "a case that was erased meanwhile"
    assert len(cases) == 3
    alert = stay_alerts.CaseAlert(gone, due())
    real = stay_alerts._due

    def with_one_that_is_gone(*asked: object) -> stay_alerts._Page:
        page = real(*asked)  # type: ignore[arg-type]
        page.alerts.insert(1, alert)
        return page

    monkeypatch.setattr(stay_alerts, "_due", with_one_that_is_gone)
    worked = weekly(date(2027, 3, 15))

    assert (worked.done, worked.deferred, worked.codes) == (3, 1, frozenset({"IntegrityError"}))
    assert {row[0] for row in raised(at_work)} == {A.SIX_MONTHS}


def due() -> stay_alerts.DueAlert:
    return stay_alerts.DueAlert(A.SIX_MONTHS, LAST_DAY, months_after(LAST_DAY, -6))


def test_a_run_that_is_repeated_changes_nothing(at_work: House) -> None:
    person(at_work, STARTED)
    first = weekly(date(2027, 3, 15))
    before = raised(at_work)
    second = weekly(date(2027, 3, 15))

    assert (first.done, second.done) == (1, 0)
    assert raised(at_work) == before


def test_the_number_of_queries_grows_with_pages_and_not_with_cases(
    at_work: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        person(at_work, STARTED, call_name=f"Blue {n}")
    few = statements(at_work)
    for n in range(16):
        person(at_work, STARTED, call_name=f"Green {n}")
    assert statements(at_work) == few

    monkeypatch.setattr(stay_alerts, "CASES_A_PAGE", 10)
    assert statements(at_work) <= 2 * few


def statements(house: House) -> int:
    """How many statements one run sends that finds nothing new."""
    weekly(date(2027, 3, 15))
    seen: list[str] = []

    def count(*sent: object) -> None:
        seen.append(str(sent[2]))

    event.listen(house.stores.casework, "before_cursor_execute", count)
    weekly(date(2027, 3, 15))
    event.remove(house.stores.casework, "before_cursor_execute", count)
    return len([one for one in seen if one.startswith("SELECT")])


FIRST_RUN = date(2026, 11, 23)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    started=st.dates(date(2025, 6, 1), date(2026, 11, 20)),
    gaps=st.lists(st.integers(0, 120), min_size=1, max_size=8),
    end=st.integers(0, 60),
)
def test_c04_any_sequence_of_runs_raises_each_due_alert_exactly_once(
    at_work: House, started: date, gaps: list[int], end: int
) -> None:
    case = person(at_work, started)
    last_day = months_after(started, 18)
    runs = [FIRST_RUN]
    for gap in gaps:
        runs.append(min(runs[-1] + days(gap), last_day))
    runs.append(max(runs[-1], last_day) + days(end))
    for day in runs:
        (weekly if day.toordinal() % 2 else urgent)(day)
    weekly(runs[-1])
    with casework(at_work) as session:
        session.get_one(Case, case).stage = Stage.CLOSED  # of no concern to the next example

    codes = [code for code, _, _ in raised(at_work, case)]
    assert len(codes) == len(set(codes))
    warned_ahead = {A.SIX_MONTHS, A.THREE_MONTHS, A.ONE_MONTH, A.TWO_WEEKS}
    assert warned_ahead <= set(codes)
    assert all(earlier <= later for earlier, later in pairwise(runs))
    in_the_last_week = any(days(0) <= last_day - day < days(7) for day in runs)
    assert (A.UNDER_A_WEEK in codes) == in_the_last_week
    assert (A.BEYOND_UNDECIDED in codes) == (runs[-1] > last_day)


def test_every_alert_is_kept_with_the_day_it_was_for(at_work: House) -> None:
    person(at_work, STARTED)
    weekly(date(2027, 3, 15))
    with at_work.stores.reading() as session:
        row = session.scalars(select(StayAlert)).one()

        assert row.due_on == months_after(LAST_DAY, -6)
        assert row.seen_at is None
