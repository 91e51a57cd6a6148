"""Suggested beds as a coordinator meets them: worked out by the job, offered or refused, and said when out of date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.suggestions import Refusal, Verdict, Why
from caseflow.domain.waiting import Ground, WantedPlace
from caseflow.jobs import runs
from caseflow.services import (
    intake,
    job_runs,
    offers,
    separations,
    suggesting,
    suggestion_acts,
    suggestion_lists,
    suggestion_puzzles,
    waiting_places,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.suggestion_views import SuggestionList, SuggestionView
from caseflow.solvers.bed_models import SolverFailed
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.operations import JobRequest
from caseflow.storage.models.placement_needs import PlacementNeed
from caseflow.storage.models.shelter import Bed, Placement, Room
from caseflow.storage.models.suggestions import Suggestion, SuggestionRun
from tests import cast
from tests.builders import casework, family, open_site
from tests.services.placing import JORIS, KOFI, TODAY, TOMORROW, person, place, reason, staffed

AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()
SCHEDULER = job_runs.scheduler("suggestions")
ANSWER_BY = TODAY + timedelta(days=1)


def waits(
    call_name: str = "Blue",
    *grounds: Ground,
    since: int = 10,
    gender: str = "man",
    wanted: WantedPlace = WantedPlace.FULL_DAY,
) -> str:
    """Somebody who waits since some days."""
    case_id = person(call_name, gender=gender)
    assert intake.assign(LENA, case_id, ("amina",), cast.NOW) is None
    asked = waiting_places.ask(
        AMINA, case_id, wanted, grounds, TODAY - timedelta(days=since), cast.NOW
    )
    assert asked is None, asked
    return case_id


def code_of(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def needs(house: House, case_id: str, kind: str) -> None:
    code = code_of(house, case_id)
    with casework(house) as session:
        session.add(
            PlacementNeed(
                client_code=code,
                kind=kind,
                from_on=TODAY,
                recorded_at=cast.NOW,
                recorded_by="tess",
                change_id="invented",
            )
        )


def listed(now: datetime = cast.NOW, actor: Actor = KOFI) -> SuggestionList:
    return suggestion_lists.listed(actor, now)


def worked_out(now: datetime = cast.NOW) -> SuggestionList:
    suggesting.suggest(SCHEDULER, now)
    return listed(now)


def accept(one: SuggestionView, **more: object) -> object:
    given = {"option_id": one.id, "arrival": TODAY, "answer_by": ANSWER_BY, "now": cast.NOW} | more
    return suggestion_acts.accept(KOFI, one.id, **given)  # type: ignore[arg-type]


def cases_of(found: SuggestionList) -> list[str]:
    return [one.who.case_id for row in found.rows for one in row.suggested.people]


def test_b11_who_has_most_points_is_suggested_the_one_bed_and_the_other_is_told_why(
    sealed_house: House,
) -> None:
    staffed(sealed_house, beds=1)
    waits("First", since=20)
    urgent = waits("Second", Ground.STREET, Ground.UNSAFE, since=2)

    found = worked_out()

    assert cases_of(found) == [urgent]
    assert Why.MOST_POINTS in found.rows[0].suggested.reasons
    assert [row.suggested.reasons for row in found.without] == [(Why.MORE_POINTS,)]
    assert found.run is not None
    assert (found.run.people, found.run.beds, found.run.placed) == (2, 1, 1)
    assert found.run.points > found.run.first_come_points
    assert found.run.gap == 0
    assert found.run.is_best


def test_b11_no_bed_and_no_suitable_bed_are_different_reasons(sealed_house: House) -> None:
    staffed(sealed_house, beds=1)
    needs(sealed_house, waits(), "accessible")

    assert [row.suggested.reasons for row in worked_out().without] == [(Why.NOTHING_FITS,)]

    place(person("Asleep"), "havenhuis-room-1-bed-1")
    later = worked_out(cast.NOW + timedelta(minutes=1))
    assert [row.suggested.reasons for row in later.without] == [(Why.NO_FREE_BED,)]


def test_b11_accepting_offers_the_bed_and_nobody_is_placed_by_it(sealed_house: House) -> None:
    [bed] = staffed(sealed_house, beds=1)
    case_id = waits()
    [one] = worked_out().rows

    assert accept(one) is None

    [after] = listed().rows
    assert after.verdict is Verdict.ACCEPTED
    with sealed_house.stores.reading() as session:
        stay = session.scalars(select(Placement)).one()
        assert (stay.case_id, stay.bed_id, stay.status) == (case_id, bed, "held")
    assert offers.accept(KOFI, case_id, cast.NOW) is None
    assert "decided" in reason(accept(one))


def test_b11_a_suggestion_whose_bed_was_taken_is_out_of_date_and_cannot_be_accepted(
    sealed_house: House,
) -> None:
    [bed] = staffed(sealed_house, beds=1)
    waits()
    [one] = worked_out().rows
    place(person("Quicker"), bed)

    [now_stale] = listed().rows
    assert not now_stale.standing.is_fresh
    assert "out of date" in reason(accept(one))
    with sealed_house.stores.reading() as session:
        assert len(session.scalars(select(Placement)).all()) == 1, "nothing half moved"


def test_b11_whoever_got_a_bed_meanwhile_is_out_of_date_too(sealed_house: House) -> None:
    staffed(sealed_house, beds=2)
    case_id = waits()
    [one] = worked_out().rows
    place(case_id, next(bed for bed in BEDS if bed not in one.suggested.bed_ids))

    assert "out of date" in reason(accept(one))


BEDS = [f"havenhuis-room-1-bed-{n}" for n in (1, 2, 3)]


def test_b11_every_rule_is_asked_again_when_a_suggestion_is_accepted(sealed_house: House) -> None:
    """Since the morning a woman sleeps in the room that was empty when it was suggested to a man."""
    beds = staffed(sealed_house, beds=2)
    waits(gender="man")
    [one] = worked_out().rows
    place(
        person("Later", gender="woman"),
        next(bed for bed in beds if bed not in one.suggested.bed_ids),
    )

    assert "man and a woman" in reason(accept(one))
    assert listed().rows[0].verdict is None


def test_b11_an_organisation_whose_puzzle_fails_is_put_off_and_keeps_its_last_answer(
    sealed_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    staffed(sealed_house, beds=1)
    waits()
    worked_out()
    monkeypatch.setattr(suggesting.bed_assignments, "solve", _fails)

    told = suggesting.suggest(SCHEDULER, cast.NOW + timedelta(days=1))

    assert (told.done, told.deferred, told.codes) == (0, 1, frozenset({"SolverFailed"}))
    assert len(listed().rows) == 1


def _fails(puzzle: object) -> None:
    raise SolverFailed("planted")


def test_b11_another_bed_is_chosen_with_what_it_costs(sealed_house: House) -> None:
    staffed(sealed_house, beds=1)
    open_site(sealed_house, "pakhuis", beds=1)
    low, high = waits("Low", since=10), waits("High", Ground.STREET, since=10)
    needs(sealed_house, high, "ground_floor")
    with casework(sealed_house) as session:
        session.get_one(Room, "havenhuis-room-1").floor = 0
        session.get_one(Room, "pakhuis-room-1").floor = 0

    found = worked_out()
    assert set(cases_of(found)) == {low, high}
    one = found.rows[0]
    [other] = one.others
    assert (other.cost, other.cost_is_exact) == (0, True)
    assert accept(one, option_id=other.id) is None
    assert next(row for row in listed().rows if row.id == one.id).verdict is Verdict.CHANGED


def test_b11_a_choice_that_leaves_somebody_without_a_bed_costs_their_points(
    sealed_house: House,
) -> None:
    """Only one room has a ground floor: whoever does not need it and takes it costs the other's points."""
    staffed(sealed_house, beds=1)
    open_site(sealed_house, "pakhuis", beds=1)
    free, needy = waits("Free", since=3), waits("Needy", Ground.STREET, since=3)
    needs(sealed_house, needy, "ground_floor")
    with casework(sealed_house) as session:
        session.get_one(Room, "havenhuis-room-1").floor = 0
        session.get_one(Room, "pakhuis-room-1").floor = 2

    found = worked_out()
    rows = {row.suggested.people[0].who.case_id: row for row in found.rows}
    assert set(rows) == {free, needy}
    assert Why.ONLY_ROOM in rows[needy].suggested.reasons
    assert Why.NEEDS_MET in rows[needy].suggested.reasons
    [other] = rows[free].others
    assert (other.cost, other.cost_is_exact) == (rows[needy].points, True)


def test_b11_a_refusal_with_its_reason_is_remembered_and_the_room_not_suggested_again(
    sealed_house: House,
) -> None:
    staffed(sealed_house, beds=1)
    open_site(sealed_house, "pakhuis", beds=1)
    waits()
    [one] = worked_out().rows

    assert suggestion_acts.refuse(KOFI, one.id, Refusal.DECLINED, cast.NOW) is None

    [row] = listed().rows
    assert (row.verdict, row.refusal) == (Verdict.REFUSED, Refusal.DECLINED)
    assert "decided" in reason(suggestion_acts.refuse(KOFI, one.id, Refusal.DECLINED, cast.NOW))
    [again] = worked_out(cast.NOW + timedelta(days=1)).rows
    assert again.suggested.bed_ids != one.suggested.bed_ids
    later = cast.NOW + timedelta(days=16)
    worked_out(later)
    with sealed_house.stores.reading() as session:
        assert not session.scalars(
            select(Suggestion).where(Suggestion.decision.is_not(None))
        ).all(), "forgotten after its term"


def test_b11_a_family_gets_one_room_and_is_offered_all_of_it_or_nothing(
    sealed_house: House,
) -> None:
    staffed(sealed_house, beds=2)
    open_site(sealed_house, "pakhuis", beds=1)
    one, other = waits("One", gender="woman"), waits("Other", gender="man")
    family(sealed_house, code_of(sealed_house, one), code_of(sealed_house, other))

    [together] = worked_out().rows
    assert {person.who.case_id for person in together.suggested.people} == {one, other}
    assert Why.TOGETHER in together.suggested.reasons
    assert together.others == (), "the other house has one bed"
    place(person("Third", gender="unknown"), together.suggested.bed_ids[1])
    assert "out of date" in reason(accept(together))
    with sealed_house.stores.reading() as session:
        assert len(session.scalars(select(Placement)).all()) == 1, "all of them or nobody"


def test_b11_a_family_is_held_a_bed_each_in_one_change(sealed_house: House) -> None:
    staffed(sealed_house, beds=2)
    one, other = waits("One", gender="woman"), waits("Other", gender="man")
    family(sealed_house, code_of(sealed_house, one), code_of(sealed_house, other))
    [together] = worked_out().rows

    assert accept(together) is None

    with sealed_house.stores.reading() as session:
        stays = session.scalars(select(Placement)).all()
        assert {stay.case_id for stay in stays} == {one, other}
        assert len({stay.change_id for stay in stays}) == 1


def test_b11_a_family_without_a_room_for_all_is_told_so(sealed_house: House) -> None:
    staffed(sealed_house, beds=1)
    open_site(sealed_house, "pakhuis", beds=1)
    one, other = waits("One"), waits("Other")
    family(sealed_house, code_of(sealed_house, one), code_of(sealed_house, other))

    [row] = worked_out().without
    assert row.suggested.reasons == (Why.NO_ROOM_TOGETHER,)


def test_b11_people_who_are_kept_apart_get_beds_at_two_sites(sealed_house: House) -> None:
    staffed(sealed_house, beds=2)
    open_site(sealed_house, "pakhuis", beds=1)
    one, other = waits("One"), waits("Other")
    apart = separations.keep_apart(LENA, one, code_of(sealed_house, other), TODAY, cast.NOW)
    assert not isinstance(apart, Refused), apart

    sites = {row.suggested.people[0].bed.site_id for row in worked_out().rows}  # type: ignore[union-attr]

    assert sites == {"havenhuis", "pakhuis"}


def test_b11_men_and_women_share_no_room_and_who_sleeps_there_counts(sealed_house: House) -> None:
    beds = staffed(sealed_house, beds=3)
    place(person("Asleep", gender="woman"), beds[0])
    woman = waits("Woman", gender="woman")
    waits("Man", gender="man", since=20)

    assert cases_of(worked_out()) == [woman]


def test_b11_a_restricted_client_is_in_no_suggestion_and_no_count(sealed_house: House) -> None:
    staffed(sealed_house, beds=2)
    seen, hidden = waits("Seen"), waits("Hidden", Ground.STREET)
    code = code_of(sealed_house, hidden)
    with casework(sealed_house) as session:
        session.get_one(Client, code).restricted = True

    found = worked_out()

    assert cases_of(found) == [seen]
    assert found.run is not None
    assert found.run.people == 1


def test_b11_another_house_and_other_roles_see_nothing_of_it(sealed_house: House) -> None:
    staffed(sealed_house, beds=1)
    waits()
    [one] = worked_out().rows

    assert listed(actor=JORIS).rows == ()
    with pytest.raises(NotKnown):
        suggestion_lists.opened(JORIS, one.id, cast.NOW)
    with pytest.raises(NotKnown):
        suggestion_acts.accept(JORIS, one.id, one.id, TODAY, ANSWER_BY, cast.NOW)
    with pytest.raises(NotKnown):
        suggestion_acts.refuse(JORIS, one.id, Refusal.DECLINED, cast.NOW)
    for who in (AMINA, cast.NIGHT.actor(), cast.ADA.actor()):
        with pytest.raises(NotKnown):
            suggestion_lists.listed(who, cast.NOW)
        with pytest.raises(NotKnown):
            suggestion_lists.ask(who, cast.NOW)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        pytest.param({"arrival": TODAY - timedelta(days=1)}, "has passed", id="a night that has passed"),
        pytest.param({"answer_by": TODAY - timedelta(days=1)}, "before today", id="an answer in the past"),
        pytest.param({"answer_by": TODAY + timedelta(days=60)}, "at most", id="held for two months"),
    ],
)  # fmt: skip
def test_b11_what_cannot_be_offered_is_refused_and_the_suggestion_stays_open(
    sealed_house: House, given: dict[str, date], sentence: str
) -> None:
    staffed(sealed_house, beds=1)
    waits()
    [one] = worked_out().rows

    assert sentence in reason(accept(one, **given))
    assert listed().rows[0].verdict is None


def test_a_button_asks_the_scheduler_once_and_the_run_is_in_the_ledger(sealed_house: House) -> None:
    staffed(sealed_house, beds=1)
    waits()

    assert suggestion_lists.ask(KOFI, cast.NOW) is None
    assert "already" in reason(suggestion_lists.ask(KOFI, cast.NOW))
    assert listed().is_asked_for
    assert runs.take_requests(now=lambda: cast.NOW) == 1
    assert not listed().is_asked_for
    assert len(listed().rows) == 1
    with sealed_house.stores.reading() as session:
        [asked] = session.scalars(select(JobRequest)).all()
        assert asked.name == "suggestions"


def test_each_run_leaves_its_counts_and_only_the_last_one_its_rows(sealed_house: House) -> None:
    staffed(sealed_house, beds=1)
    waits()
    for day in range(3):
        worked_out(cast.NOW + timedelta(days=day))

    with sealed_house.stores.reading() as session:
        [last, *earlier] = session.scalars(
            select(SuggestionRun)
            .where(SuggestionRun.organisation == "de-haven")
            .order_by(SuggestionRun.made_at.desc())
        ).all()
        assert len(earlier) == 2
        assert {row.run_id for row in session.scalars(select(Suggestion))} == {last.id}
    assert len(listed(cast.NOW + timedelta(days=3)).earlier) == 2


def test_a_site_with_a_limit_of_people_takes_no_more(
    sealed_house: House, limited: Callable[[int], None]
) -> None:
    beds = staffed(sealed_house, beds=3)
    place(person("Asleep", gender="man"), beds[0])
    limited(2)
    waits("One")
    waits("Two")

    assert len(worked_out().rows) == 1


@pytest.fixture
def limited(sealed_house: House) -> Callable[[int], None]:
    def put(people: int) -> None:
        from caseflow.storage.models.sites import SiteLimit

        with casework(sealed_house) as session:
            session.add(
                SiteLimit(
                    site_id="havenhuis",
                    most_people=people,
                    from_on=TODAY,
                    recorded_by="ada",
                    recorded_at=cast.NOW,
                    change_id="invented",
                )
            )

    return put


def test_a_place_for_the_night_is_suggested_to_whoever_asked_for_one(sealed_house: House) -> None:
    staffed(sealed_house, beds=1)
    with casework(sealed_house) as session:
        session.get_one(Bed, "havenhuis-room-1-bed-1").kind = "night"
    waits("Day", Ground.STREET)
    night = waits("Night", wanted=WantedPlace.NIGHT)

    found = worked_out()

    assert cases_of(found) == [night]
    assert found.rows[0].suggested.cautions == (Why.BY_NIGHT,)


def test_the_list_asks_the_store_as_often_for_many_as_for_few(sealed_house: House) -> None:
    staffed(sealed_house, beds=3)
    waits()
    worked_out()
    few = _asked_of_the_store(sealed_house)
    for n in range(5):
        waits(f"Person {n}")
    worked_out(cast.NOW + timedelta(minutes=1))

    assert _asked_of_the_store(sealed_house) == few


def _asked_of_the_store(house: House) -> int:
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(house.stores.casework, "before_cursor_execute", note)
    try:
        listed()
    finally:
        event.remove(house.stores.casework, "before_cursor_execute", note)
    return len(asked)


def test_the_puzzle_is_read_with_few_questions(sealed_house: House) -> None:
    """Its rooms and beds come from the one query, whose beds carry the ids of their rooms."""
    staffed(sealed_house, beds=3)
    waits()
    with sealed_house.stores.reading() as session:
        town = suggestion_puzzles.read(
            sealed_house, session, "de-haven", cast.NOW, TOMORROW, TODAY, {}
        )
    assert {bed.room for bed in town.puzzle.beds} == {"havenhuis-room-1"}
    assert len(town.puzzle.parties) == 1
