"""Figures as they were known on a day, from the coded facts of cases; a sealed vault changes none of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.breakdowns import Dimension
from caseflow.domain.decisions import Refused
from caseflow.domain.episodes import LimitStatus
from caseflow.domain.lengths_of_stay import StayBand
from caseflow.domain.programmes import Stage
from caseflow.domain.tallies import Tally
from caseflow.services import figures, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.facts import (
    EarlierNightsDecision,
    Exit,
    Extension,
    FollowUp,
    Milestone,
    Proposal,
    StageChange,
    StartDate,
)
from caseflow.storage.models.shelter import Absence, Placement
from caseflow.storage.models.waiting import WaitingEntry, WaitingEvent
from tests import cast
from tests.builders import casework, open_site, past_episodes

SCOPE = "waterstad-lvv"
CUT_OFF = date(2026, 9, 30)
D, L = Dimension, LimitStatus


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def recorded(day: date) -> dict[str, object]:
    return {"recorded_at": noon(day), "recorded_by": "amina", "change_id": "change"}


def participant(
    house: House,
    entered: date,
    *facts: object,
    code: str = "K7QM-4XPD",
    known: date | None = None,
    programme: str = SCOPE,
    **of_client: object,
) -> str:
    """Somebody admitted on a day, known since the same day or another, with facts of the case; answers its id."""
    case_id = f"{code}-{entered.isoformat()}"
    at = recorded(known or entered)
    with casework(house) as session:
        if session.get(Client, code) is None:
            told = {"gender": "woman", "age_band": "28-37"} | of_client
            session.add(
                Client(
                    code=code,
                    organisation="de-haven",
                    call_name="Blue",
                    registered_at=noon(entered),
                    change_id="change",
                    **told,
                )
            )
            session.flush()
        session.add(
            Case(
                id=case_id,
                client_code=code,
                programme=programme,
                organisation="de-haven",
                stage=Stage.GUIDANCE,
                opened_at=noon(entered),
                change_id="change",
            )
        )
        session.flush()
        session.add(StartDate(case_id=case_id, kind="admission", event_on=entered, **at))
        for fact in facts:
            fact.case_id = case_id
            session.add(fact)
    return case_id  # fmt: skip


def exit_of(
    day: date, outcome: str, known: date, mistaken: date | None = None, **more: object
) -> Exit:
    found_out = {"mistaken_at": noon(mistaken)} if mistaken else {}
    return Exit(
        exited_on=day, outcome=outcome, proposal_id="none", **recorded(known), **found_out, **more
    )


def known(house: House, known_on: date | None = None, as_of: date = CUT_OFF) -> Tally:
    return figures.counted(house, SCOPE, as_of, known_on)


@pytest.fixture
def proposed(sealed_house: House) -> House:
    """A house in which exits and extensions have a proposal to refer to."""
    case_id = participant(sealed_house, date(2020, 1, 1), code="ZZZZ-ZZZZ", is_test=True)
    with casework(sealed_house) as session:
        session.add(
            Proposal(
                id="none",
                case_id=case_id,
                kind="exit",
                state="approved",
                event_on=CUT_OFF,
                **recorded(CUT_OFF),
            )
        )
    return sealed_house  # fmt: skip


MARCH, APRIL, MAY, JUNE = (date(2026, month, 10) for month in (3, 4, 5, 6))


def test_an_outcome_put_right_later_counts_as_it_was_known_then(proposed: House) -> None:
    """Left in March and recorded as unknown; in May it was learned that it was a return."""
    participant(
        proposed,
        date(2026, 1, 5),
        exit_of(MARCH, "left_destination_unknown", MARCH + timedelta(days=2)),
        exit_of(MARCH, "voluntary_return", MAY),
    )

    assert known(proposed, MARCH).occupancy == 1
    assert known(proposed, APRIL).exits_by_outcome == {("left_destination_unknown", None): 1}
    assert known(proposed, MAY - timedelta(days=1)).exits == 1
    assert known(proposed, MAY).exits_by_outcome == {("voluntary_return", None): 1}
    assert known(proposed).exits_by_outcome == {("voluntary_return", None): 1}


def test_an_exit_recorded_in_error_was_known_until_that_was_found_out(proposed: House) -> None:
    participant(proposed, date(2026, 1, 5), exit_of(MARCH, "detained", MARCH, mistaken=MAY))

    assert [known(proposed, day).exits for day in (MARCH, APRIL, MAY, JUNE)] == [1, 1, 0, 0]
    assert known(proposed).occupancy == 1


def test_the_day_ends_at_midnight_where_we_are_and_not_in_utc(proposed: House) -> None:
    late = exit_of(MARCH, "detained", MARCH)
    late.recorded_at = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # half past midnight on 2 July here
    participant(proposed, date(2026, 1, 5), exit_of(MARCH, "other", MARCH), late)

    outcomes = [known(proposed, date(2026, 7, day)).exits_by_outcome for day in (1, 2)]

    assert outcomes == [{("other", None): 1}, {("detained", None): 1}]


def test_an_entry_put_right_moves_the_stay_and_not_what_was_known(proposed: House) -> None:
    again = StartDate(kind="admission", event_on=date(2026, 2, 5), **recorded(MAY))
    participant(proposed, date(2026, 1, 5), again)

    assert known(proposed, APRIL, date(2026, 1, 31)).participants == 1
    assert known(proposed, None, date(2026, 1, 31)).participants == 0


def test_follow_ups_and_decisions_count_from_the_day_they_were_recorded(proposed: House) -> None:
    participant(
        proposed,
        date(2025, 6, 1),
        exit_of(date(2026, 1, 5), "residence_permit", date(2026, 1, 5)),
        FollowUp(
            months=6, state="still_holds", event_on=date(2026, 7, 8), **recorded(date(2026, 8, 3))
        ),
        Milestone(
            kind="repeat_asylum_application_decided",
            event_on=MARCH,
            result="granted",
            **recorded(APRIL),
        ),
    )
    solved = {("residence_permit", None)}

    before, after = known(proposed, date(2026, 8, 2)), known(proposed, date(2026, 8, 3))

    assert [one.follow_ups(6, solved).confirmed for one in (before, after)] == [0, 1]
    assert [one.follow_ups(6, solved).unknown for one in (before, after)] == [1, 0]
    assert [known(proposed, d).repeat_asylum_granted for d in (MARCH, APRIL)] == [0, 1]  # fmt: skip


def test_gender_age_and_length_of_stay_of_cases_and_of_history_are_one_table(
    proposed: House,
) -> None:
    participant(proposed, date(2026, 1, 5), exit_of(MARCH, "residence_permit", MARCH))
    participant(proposed, date(2026, 1, 5), code="AAAA-AAAA", gender="man", age_band="58+")
    people = past_episodes(proposed, SCOPE, times=0.05)

    found = known(proposed)

    assert found.exits_by.by(D.GENDER, D.AGE_BAND, D.STAY)["woman", "28-37", StayBand.UP_TO_3] == 1
    assert found.participants_by.by(D.GENDER) == {("woman",): 1, ("man",): 1, ("unknown",): people}


def test_an_extension_and_a_limit_that_was_reached_are_told_from_the_clock(proposed: House) -> None:
    """Eighteen months from 1 March 2025 end on 1 September 2026; in hospital, the clock stood still for ten nights."""
    open_site(proposed, beds=3)
    beds = iter(f"havenhuis-room-1-bed-{n}" for n in (1, 2, 3))
    first = date(2025, 3, 1)

    def slept(code: str) -> Placement:
        return Placement(
            bed_id=next(beds),
            client_code=code,
            status="begun",
            arrival_on=first,
            changed_at=noon(first),
            **recorded(first),
        )

    plain = participant(proposed, first, slept("AAAA-AAAA"), code="AAAA-AAAA")
    participant(
        proposed,
        first,
        slept("BBBB-BBBB"),
        Absence(
            kind="hospital", from_on=date(2025, 8, 1), until_on=date(2025, 8, 11), **recorded(first)
        ),
        code="BBBB-BBBB",
    )
    participant(
        proposed,
        first,
        slept("CCCC-CCCC"),
        Extension(until_on=date(2026, 12, 1), event_on=JUNE, proposal_id="none", **recorded(JUNE)),
        code="CCCC-CCCC",
    )

    def by_limit(as_of: date, known_on: date | None = None) -> dict[object, int]:
        found = figures.counted(proposed, SCOPE, as_of, known_on).participants_by.by(D.LIMIT)
        return {key: count for (key,), count in found.items()}

    assert plain
    assert by_limit(MAY) == {L.WITHIN: 3}
    assert by_limit(date(2026, 8, 31)) == {L.WITHIN: 2, L.EXTENDED: 1}
    assert by_limit(date(2026, 8, 31), MAY) == {L.WITHIN: 3}
    assert by_limit(date(2026, 9, 1)) == {L.REACHED: 1, L.WITHIN: 1, L.REACHED_AND_EXTENDED: 1}
    assert by_limit(date(2026, 9, 11)) == {L.REACHED: 2, L.REACHED_AND_EXTENDED: 1}  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "standing"), [(None, L.REACHED), (True, L.REACHED), (False, L.WITHIN)]
)
def test_nights_of_an_earlier_episode_bring_the_limit_nearer_unless_decided_otherwise(
    proposed: House, decision: bool | None, standing: LimitStatus
) -> None:
    open_site(proposed, beds=1)
    code, came, went = "AAAA-AAAA", date(2024, 1, 1), date(2025, 5, 1)

    def slept(from_on: date, until_on: date | None) -> Placement:
        return Placement(
            bed_id="havenhuis-room-1-bed-1",
            client_code=code,
            arrival_on=from_on,
            departure_on=until_on,
            status="ended" if until_on else "begun",
            changed_at=noon(from_on),
            **recorded(from_on),
        )

    participant(proposed, came, slept(came, went), exit_of(went, "other", went), code=code)
    again = date(2026, 1, 1)
    told = (
        ()
        if decision is None
        else (EarlierNightsDecision(counts=decision, event_on=again, **recorded(again)),)
    )
    participant(proposed, again, slept(again, None), *told, code=code)

    found = known(proposed)

    assert found.participants_by.by(D.LIMIT) == {(standing,): 1}
    assert found.exits_by.by(D.LIMIT) == {(L.WITHIN,): 1}  # fmt: skip


def waiting(house: House, case_id: str, since: date, *steps: tuple[str, date, date]) -> None:
    """A place that was asked for, and the steps that followed: kind, day, and the day they were recorded."""
    over = [(kind, on) for kind, on, _ in steps if kind in ("placed", "removed")]
    state = over[0][0] if over else "waiting"
    with casework(house) as session:
        entry = WaitingEntry(
            case_id=case_id,
            wanted="full_day",
            entered_on=since,
            confirmed_on=since,
            state=state,
            ended_on=over[0][1] if over else None,
            end_reason="no_answer" if state == "removed" else None,
            **recorded(since),
        )
        session.add(entry)
        session.flush()
        for kind, on, at in steps:
            session.add(
                WaitingEvent(entry_id=entry.id, case_id=case_id, kind=kind, event_on=on, **recorded(at))
            )  # fmt: skip


def test_who_waited_on_a_day_is_told_by_the_steps_and_not_by_today(proposed: House) -> None:
    first = participant(proposed, date(2026, 1, 5), code="AAAA-AAAA")
    waiting(proposed, first, MARCH, ("placed", MAY, JUNE))
    gone = participant(
        proposed,
        date(2026, 1, 5),
        StageChange(stage=Stage.EXITED, event_on=APRIL, **recorded(APRIL)),
        code="BBBB-BBBB",
    )
    waiting(proposed, gone, MARCH)
    invented = participant(proposed, date(2026, 1, 5), code="CCCC-CCCC", is_test=True)
    waiting(proposed, invented, MARCH)

    def waited(as_of: date, known_on: date | None = None) -> int:
        return figures.counted(proposed, SCOPE, as_of, known_on).stocks.waiting

    assert [waited(day) for day in (date(2026, 3, 9), MARCH, APRIL, MAY)] == [0, 2, 1, 0]
    assert waited(MAY, MAY) == 1
    assert waited(MARCH, date(2026, 3, 9)) == 0  # fmt: skip


def test_places_are_those_of_the_rules_on_that_day_and_of_a_group_only_where_all_are_known(
    sealed_house: House,
) -> None:
    assert figures.counted(sealed_house, SCOPE, date(2024, 12, 31)).stocks.capacity == 200
    assert figures.counted(sealed_house, SCOPE, CUT_OFF).stocks.capacity == 180
    assert figures.counted(sealed_house, "lvv-pilot", date(2022, 7, 1)).stocks.capacity is None
    told = figures.exact(THE_COMMAND, "lvv-pilot", date(2022, 7, 1), cast.NOW)
    assert not isinstance(told, Refused)
    assert "capacity" not in {one.indicator for one in told}


def test_a_client_who_is_invented_never_counts_anywhere(proposed: House) -> None:
    found = known(proposed)

    assert (found.participants, found.entries, found.occupancy, found.stocks.waiting) == (
        0,
        0,
        0,
        0,
    )
    assert not found.participants_by.cells
    assert not found.durations


@pytest.mark.parametrize("known_on", [None, CUT_OFF])
def test_sixty_cases_more_take_no_query_more(proposed: House, known_on: date | None) -> None:
    def queries() -> int:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            seen.append(statement)

        event.listen(proposed.stores.casework, "before_cursor_execute", note)
        try:
            known(proposed, known_on)
        finally:
            event.remove(proposed.stores.casework, "before_cursor_execute", note)
        return len(seen)

    few = queries()
    for number in range(60):
        participant(proposed, date(2026, 1, 5), code=f"AA{number:02d}-AAAA")

    assert queries() == few


def test_how_soon_people_leave_is_told_to_whom_the_figures_concern_alone(proposed: House) -> None:
    past_episodes(proposed, SCOPE)
    lena = cast.LENA.actor()

    found = figures.over_time(lena, SCOPE, CUT_OFF, cast.NOW)

    assert not isinstance(found, Refused)
    indicators = houses.current().indicators
    assert [way.id for way in found.ways] == [
        *indicators.ways,
        "no_solution",
        "transferred",
        "still_in",
    ]
    told = found.at((6, 12))
    assert [month for month, _, _ in told] == [6, 12]
    assert all(sum(shares) == pytest.approx(1) for _, _, shares in told)
    assert told[0][1] > told[1][1] > 0
    for stranger, scope in ((cast.FEMKE, SCOPE), (cast.AMINA, SCOPE), (cast.LENA, "utrecht-bbb")):
        with pytest.raises(NotKnown):
            figures.over_time(stranger.actor(), scope, CUT_OFF, cast.NOW)
