"""Jobs are caught up on once, run when asked, and each does what its service does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from caseflow import clock
from caseflow.domain.actors import THE_COMMAND, THE_SCHEDULER
from caseflow.domain.timetables import JOBS
from caseflow.jobs import runs
from caseflow.services import imports, job_runs, sessions, throttling
from caseflow.services.houses import House
from caseflow.services.job_runs import RunResult
from caseflow.storage.models.accounts import Invitation, Session, SignInAttempt
from caseflow.storage.models.figures import Publication
from caseflow.storage.models.operations import JobRequest, JobRun, WaitingSweep
from caseflow.storage.models.shelter import Placement
from tests import cast
from tests.builders import casework, hire_everybody, open_site
from tests.jobs.cases import AT, morning, person, raised

NOW = cast.NOW


def ledger(house: House, name: str | None = None) -> list[tuple[str, datetime, str]]:
    with house.stores.reading() as session:
        return [
            (row.name, row.due_at, row.result)
            for row in session.scalars(select(JobRun).order_by(JobRun.due_at, JobRun.name))
            if name in (None, row.name)
        ]


def test_every_job_of_the_table_has_its_work_and_the_other_way_round() -> None:
    assert set(runs.WORK) == set(JOBS)


def test_after_weeks_without_a_scheduler_each_job_is_caught_up_on_once(
    sealed_house: House,
) -> None:
    runs.catch_up(lambda: NOW)
    first = ledger(sealed_house)
    late = NOW + timedelta(days=40)

    assert runs.catch_up(lambda: late) == dict.fromkeys(
        set(JOBS) - {"publication_proposal"}, RunResult.DONE
    )
    assert runs.catch_up(lambda: late) == {}
    assert len(ledger(sealed_house)) == len(first) + len(JOBS) - 1
    weekly = [due for _, due, _ in ledger(sealed_house, "stay_alerts")]
    assert weekly == [
        datetime(2026, 11, 16, 5, tzinfo=UTC),
        datetime(2026, 12, 28, 5, tzinfo=UTC),
    ]


def test_a_list_that_was_missed_for_weeks_is_made_up_for_in_one(sealed_house: House) -> None:
    hire_everybody(sealed_house)
    open_site(sealed_house)
    case = person(sealed_house, date(2026, 3, 16))
    runs.catch_up(lambda: morning(date(2027, 3, 1)))
    assert raised(sealed_house, case) == []

    runs.catch_up(lambda: morning(date(2027, 6, 30)))
    assert [code.value for code, _, _ in raised(sealed_house, case)] == [
        "six_months",
        "three_months",
    ]


def test_a_run_that_was_asked_for_happens_once(sealed_house: House) -> None:
    with casework(sealed_house) as session:
        session.add(JobRequest(name="sweeps_due", asked_at=NOW, asked_by="ada"))
    assert runs.take_requests(lambda: NOW) == 1
    assert runs.take_requests(lambda: NOW) == 0

    assert ledger(sealed_house) == [("sweeps_due", NOW, "done")]
    with sealed_house.stores.reading() as session:
        assert session.scalars(select(JobRequest.taken_at)).one() == NOW


def test_a_request_whose_run_is_in_the_ledger_is_only_marked(sealed_house: House) -> None:
    with casework(sealed_house) as session:
        session.add(JobRequest(name="sweeps_due", asked_at=NOW, asked_by="ada"))
    runs.run_now("sweeps_due", lambda: NOW)

    assert runs.take_requests(lambda: NOW) == 0
    assert job_runs.asked() == ()
    assert ledger(sealed_house) == [("sweeps_due", NOW, "done")]


def test_each_vault_waits_for_one_sweep_a_night(sealed_house: House) -> None:
    for hour in range(3):
        runs.run_now("sweeps_due", lambda hour=hour: NOW + timedelta(hours=hour))  # type: ignore[misc]
    with sealed_house.stores.reading() as session:
        waiting = session.scalars(select(WaitingSweep.organisation)).all()

    assert sorted(waiting) == sorted(cast.HOLDERS)
    assert len(waiting) > 1


def test_publications_of_the_last_quarter_are_prepared_for_what_runs_here_only(
    sealed_house: House,
) -> None:
    import_episodes(sealed_house)
    fifth_of_october = datetime(2026, 10, 5, 9, tzinfo=UTC)
    result = runs.catch_up_on("publication_proposal", lambda: fifth_of_october)

    assert result is RunResult.DONE
    assert publications(sealed_house) == [
        ("waterstad-lvv", date(2026, 9, 30), THE_SCHEDULER.user_id)
    ]
    runs.run_now("publication_proposal", lambda: fifth_of_october)
    assert len(publications(sealed_house)) == 1


def test_a_publication_that_somebody_has_in_hand_is_left_alone(sealed_house: House) -> None:
    import_episodes(sealed_house)
    runs.run_now("publication_proposal", lambda: NOW)
    with casework(sealed_house) as session:
        session.scalars(select(Publication)).one().state = "proposed"
    runs.run_now("publication_proposal", lambda: NOW + timedelta(hours=1))

    with sealed_house.stores.reading() as session:
        assert session.scalars(select(Publication.state)).one() == "proposed"


def publications(house: House) -> list[tuple[str, date, str]]:
    with house.stores.reading() as session:
        rows = session.scalars(select(Publication))
        return [(row.scope, row.cut_off, row.prepared_by) for row in rows]


def import_episodes(house: House) -> None:
    header = "person_ref,programme,entered_on,exited_on,outcome,outcome_basis,gender,age_band"
    lines = [f"p{n},waterstad-lvv,2025-06-01,,,,unknown,unknown" for n in range(40)]
    path = house.settings.instance / "past.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    imports.import_caseload(THE_COMMAND, path, "former", NOW)


def test_what_is_left_of_old_sign_ins_goes_and_what_still_works_stays(
    sealed_house: House,
) -> None:
    hire_everybody(sealed_house)
    with clock.fixed(NOW):
        sessions.begin("amina", NOW)
        throttling.admit("amina", "address", None, NOW)
        with casework(sealed_house) as session:
            for token, ends_at in (("old", NOW), ("new", NOW + timedelta(days=60))):
                session.add(
                    Invitation(token_hash=token, user_id="ada", created_at=NOW, ends_at=ends_at)
                )
    runs.run_now("sign_in_tidying", lambda: NOW + timedelta(minutes=59))
    assert counts(sealed_house) == (1, 3, 2)

    runs.run_now("sign_in_tidying", lambda: NOW + timedelta(days=45))
    assert counts(sealed_house) == (0, 0, 1)


def counts(house: House) -> tuple[int, ...]:
    with house.stores.reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(model)) or 0
            for model in (Session, SignInAttempt, Invitation)
        )


def test_b05_a_hold_that_ran_out_lapses_and_a_stay_that_has_begun_never_does(
    sealed_house: House,
) -> None:
    hire_everybody(sealed_house)
    beds = open_site(sealed_house, beds=5)
    case = person(sealed_house, date(2026, 3, 16))
    over, ahead = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    placed = (
        ("held", over),
        ("booked", over),
        ("held", ahead),
        ("booked", None),
    )
    with casework(sealed_house) as session:
        mine = session.scalars(select(Placement)).one()
        mine.hold_ends_at = over  # begun: whatever the hold was, it is over
        code = mine.client_code
        mine.status, mine.departure_on = "ended", date(2026, 4, 1)
        session.flush()
        for n, (status, hold) in enumerate(placed):
            first = date(2026, 12, 1 + n)
            session.add(
                Placement(
                    bed_id=beds[n],
                    client_code=code,
                    case_id=case,
                    status=status,
                    arrival_on=first,
                    planned_departure_on=first + timedelta(days=1),
                    hold_ends_at=hold,
                    changed_at=over - timedelta(hours=1),
                    **AT,
                )
            )
    begun = person(sealed_house, date(2026, 3, 16), call_name="Green")
    with casework(sealed_house) as session:
        row = session.scalars(select(Placement).where(Placement.case_id == begun)).one()
        row.hold_ends_at = over

    assert runs.run_now("holds_lapse", lambda: NOW) is RunResult.DONE
    with sealed_house.stores.reading() as session:
        rows = session.scalars(select(Placement).order_by(Placement.arrival_on))
        found = [(row.status, row.case_id == begun) for row in rows]
    assert sorted(found) == sorted(
        [
            ("ended", False),
            ("begun", True),
            ("lapsed", False),
            ("lapsed", False),
            ("held", False),
            ("booked", False),
        ]
    )
