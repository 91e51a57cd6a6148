"""Somebody waits for a place: asked, offered, answered, confirmed, taken off; what is refused, what nobody learns."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor, Role
from caseflow.domain.placements import Cancellation
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.tasks import FollowsKind
from caseflow.domain.waiting import Ground, OfferRefusal, Removal, WaitingStep, WantedPlace
from caseflow.domain.waiting_points import Band, Criterion, Points
from caseflow.services import (
    gatekeeping,
    intake,
    offers,
    placements,
    waiting_figures,
    waiting_lists,
    waiting_places,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.placements import Placed
from caseflow.services.waiting_views import OfferFate, WaitingView
from caseflow.storage.models.cases import Case, CaseShare, Client
from caseflow.storage.models.placement_needs import PlacementNeed
from caseflow.storage.models.shelter import Bed, Placement
from caseflow.storage.models.waiting import WaitingEntry
from tests import cast
from tests.builders import casework, open_site
from tests.services.placing import JORIS, KOFI, TODAY, TOMORROW, YESTERDAY, person, place, reason
from tests.services.placing import staffed as _staffed

AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()
FULL_DAY, NIGHT = WantedPlace.FULL_DAY, WantedPlace.NIGHT
ANSWER_BY = TODAY + timedelta(days=2)


def later(days: int) -> datetime:
    return cast.NOW + timedelta(days=days)


def helped(call_name: str = "Blue") -> str:
    """Somebody whose case team is Amina."""
    case_id = person(call_name)
    assert intake.assign(LENA, case_id, ("amina",), cast.NOW) is None
    return case_id


def waits(
    wanted: WantedPlace = FULL_DAY,
    *grounds: Ground,
    since: date = TODAY,
    call_name: str = "Blue",
) -> str:
    """Somebody for whom a place is asked."""
    case_id = helped(call_name)
    assert waiting_places.ask(AMINA, case_id, wanted, grounds, since, cast.NOW) is None
    return case_id


def offered(case_id: str, bed: str, arrival: date = TOMORROW) -> Placed:
    made = offers.offer(KOFI, case_id, bed, arrival, None, ANSWER_BY, cast.NOW)
    assert isinstance(made, Placed), made
    return made


def shown(case_id: str, actor: Actor = KOFI, now: datetime = cast.NOW) -> WaitingView:
    """What the page of the case says."""
    view = gatekeeping.open_case(actor, case_id, now).waiting
    assert isinstance(view, WaitingView), view
    return view


def kinds(case_id: str, now: datetime = cast.NOW) -> list[WaitingStep]:
    """The history, oldest first."""
    return [one.kind for one in reversed(shown(case_id, now=now).steps)]


def on_the_list(actor: Actor = KOFI, now: datetime = cast.NOW) -> list[str]:
    """Call names in the order of the list."""
    return [row.who.call_name for row in waiting_lists.listed(actor, now).rows]


def test_b10_points_add_up_line_by_line_by_a_stated_version(sealed_house: House) -> None:
    _staffed(sealed_house)
    case_id = waits(FULL_DAY, Ground.STREET, Ground.CHILD, since=TODAY - timedelta(days=15))

    points = shown(case_id).points

    assert isinstance(points, Points)
    assert [(one.criterion, one.points) for one in points.lines] == [
        (Criterion.STREET, 40),
        (Criterion.CHILD, 40),
        (Criterion.DAYS, 2),
    ]
    assert (points.total, points.version.id) == (82, "2026-1")


def test_b10_needs_of_a_bed_are_read_and_not_asked_again(sealed_house: House) -> None:
    _staffed(sealed_house)
    case_id = waits()
    before = shown(case_id).points
    with casework(sealed_house) as session:
        _need(session, case_id)

    after = shown(case_id).points

    assert isinstance(before, Points)
    assert isinstance(after, Points)
    assert after.total - before.total == 15
    [row] = waiting_lists.listed(KOFI, cast.NOW).rows
    assert [need.value for need in row.needs] == ["lower_bunk"]


def _need(session: Session, case_id: str) -> None:
    code = session.get_one(Case, case_id).client_code
    session.add(
        PlacementNeed(
            client_code=code,
            kind="lower_bunk",
            from_on=TODAY,
            recorded_at=cast.NOW,
            recorded_by="amina",
            change_id="invented",
        )
    )


def test_b10_most_points_come_first_then_who_waits_longest(sealed_house: House) -> None:
    _staffed(sealed_house)
    waits(since=TODAY - timedelta(days=2), call_name="Second")
    waits(since=TODAY - timedelta(days=3), call_name="Longest")
    waits(FULL_DAY, Ground.STREET, call_name="Street")

    assert on_the_list() == ["Street", "Longest", "Second"]


def test_b10_an_offer_holds_the_bed_and_runs_out_by_itself(sealed_house: House) -> None:
    bed = _staffed(sealed_house)[0]
    case_id, other = waits(), helped("Other")
    offered(case_id, bed)

    taken = placements.allocate(KOFI, other, bed, TOMORROW, None, cast.NOW)
    assert "is taken" in reason(taken)
    assert shown(case_id).has_open_offer
    assert shown(case_id, now=later(3)).offer is None
    [first, *_] = shown(case_id, now=later(3)).steps
    assert (first.kind, first.fate) == (WaitingStep.OFFERED, OfferFate.RAN_OUT)
    assert on_the_list(now=later(3)) == ["Blue"]
    assert isinstance(
        placements.allocate(KOFI, other, bed, TODAY + timedelta(days=3), None, later(3)), Placed
    )


def test_b10_a_yes_books_the_bed_and_the_waiting_ends_with_the_arrival(
    sealed_house: House,
) -> None:
    bed = _staffed(sealed_house)[0]
    case_id = waits()
    made = offered(case_id, bed)
    assert offers.accept(KOFI, case_id, cast.NOW) is None
    assert on_the_list() == ["Blue"]

    assert placements.arrive(KOFI, made.placement_id, TOMORROW, later(1)) is None

    view = shown(case_id, now=later(1))
    assert view.entry is None
    assert [one.removal for one in view.earlier] == [None]
    assert on_the_list(now=later(1)) == []
    assert kinds(case_id, later(1)) == [
        WaitingStep.ENTERED,
        WaitingStep.OFFERED,
        WaitingStep.ACCEPTED,
        WaitingStep.PLACED,
    ]


def test_b10_who_does_not_come_after_a_yes_is_still_on_the_list(sealed_house: House) -> None:
    bed = _staffed(sealed_house)[0]
    case_id = waits()
    made = offered(case_id, bed)
    assert offers.accept(KOFI, case_id, cast.NOW) is None
    gone = placements.cancel(KOFI, made.placement_id, Cancellation.NO_SHOW, later(2))
    assert gone is None

    assert on_the_list(now=later(2)) == ["Blue"]
    assert shown(case_id, now=later(2)).offer is None


def test_b10_a_no_frees_the_bed_keeps_the_reason_and_the_place_on_the_list(
    sealed_house: House,
) -> None:
    bed = _staffed(sealed_house)[0]
    case_id = waits(since=TODAY - timedelta(days=10))
    offered(case_id, bed)

    assert offers.turn_down(KOFI, case_id, OfferRefusal.TOO_FAR, cast.NOW) is None

    view = shown(case_id)
    assert view.steps[0].refusal is OfferRefusal.TOO_FAR
    assert (view.turned_down, view.days, view.offer) == (1, 10, None)
    offered(waits(call_name="Other"), bed)


def test_b10_after_three_times_no_the_page_asks_to_look_again_and_nothing_else_happens(
    sealed_house: House,
) -> None:
    bed = _staffed(sealed_house)[0]
    case_id = waits()
    told = []
    for why in (
        OfferRefusal.TOO_FAR,
        OfferRefusal.NOT_REACHED,
        OfferRefusal.NEEDS_NOT_MET,
        OfferRefusal.FEELS_UNSAFE,
        OfferRefusal.RATHER_WAITS,
    ):
        offered(case_id, bed)
        assert offers.turn_down(KOFI, case_id, why, cast.NOW) is None
        told.append(shown(case_id).look_again)

    assert told == [False, False, False, False, True]
    assert on_the_list() == ["Blue"]


def test_b10_a_place_that_nobody_confirmed_is_shown_and_asked_about_never_taken_off(
    sealed_house: House,
) -> None:
    _staffed(sealed_house)
    case_id = waits()

    a_year_later = later(366)
    [row] = waiting_lists.listed(KOFI, a_year_later).rows
    assert row.is_to_be_confirmed
    opened = gatekeeping.open_case(AMINA, case_id, later(28))
    assert FollowsKind.PLACE in {one.kind for one in opened.follows or ()}
    assert waiting_places.confirm(AMINA, case_id, later(28)) is None
    again = gatekeeping.open_case(AMINA, case_id, later(29))
    assert FollowsKind.PLACE not in {one.kind for one in again.follows or ()}
    assert kinds(case_id, later(28))[-1] is WaitingStep.CONFIRMED


def test_b10_who_is_taken_off_keeps_the_history_and_waits_anew_from_another_day(
    sealed_house: House,
) -> None:
    _staffed(sealed_house)
    case_id = waits(since=TODAY - timedelta(days=20))
    gone = waiting_places.remove(
        AMINA, Permission.WAITING_ASK, case_id, Removal.ELSEWHERE, cast.NOW
    )
    assert gone is None
    assert on_the_list() == []

    assert waiting_places.ask(AMINA, case_id, NIGHT, (), TODAY, later(1)) is None

    view = shown(case_id, now=later(1))
    assert (view.days, [one.removal for one in view.earlier]) == (1, [Removal.ELSEWHERE])
    assert WaitingStep.REMOVED in {one.kind for one in view.steps}


def test_b10_no_bed_and_no_suitable_bed_are_told_apart_by_the_beds_of_tonight(
    sealed_house: House,
) -> None:
    beds = _staffed(sealed_house, beds=1)
    case_id = waits()
    no_bed = offers.say_nothing_offered(KOFI, case_id, WaitingStep.NO_BED, cast.NOW)
    assert "1 beds are free tonight" in reason(no_bed)
    suits = offers.say_nothing_offered(KOFI, case_id, WaitingStep.NO_SUITABLE_BED, cast.NOW)
    assert suits is None
    twice = offers.say_nothing_offered(KOFI, case_id, WaitingStep.NO_SUITABLE_BED, cast.NOW)
    assert "today already" in reason(twice)

    place(helped("Sleeper"), beds[0])

    full = offers.say_nothing_offered(KOFI, case_id, WaitingStep.NO_SUITABLE_BED, later(1))
    assert "No bed is free tonight" in reason(full)
    assert offers.say_nothing_offered(KOFI, case_id, WaitingStep.NO_BED, later(1)) is None


def test_b10_a_bed_given_without_an_offer_ends_the_waiting_as_well(sealed_house: House) -> None:
    bed = _staffed(sealed_house)[0]
    case_id = waits()

    place(case_id, bed)

    assert on_the_list() == []
    assert kinds(case_id)[-1] is WaitingStep.PLACED


def test_b10_a_bed_for_the_night_alone_does_not_answer_who_asks_a_place_by_day(
    sealed_house: House,
) -> None:
    beds = _staffed(sealed_house)
    with casework(sealed_house) as session:
        session.get_one(Bed, beds[0]).kind = "night"
    by_day = waits(FULL_DAY, Ground.STREET, Ground.CHILD, call_name="Day")
    by_night = waits(NIGHT, call_name="Night")
    made = place(by_day, beds[0])
    assert set(on_the_list()) == {"Day", "Night"}
    assert shown(by_day).grounds == (Ground.CHILD,)
    outside = _changed(FULL_DAY, grounds=(Ground.STREET,))(by_day)
    assert "do not sleep outside" in reason(outside)

    placements.move(KOFI, made.placement_id, beds[1], TODAY, None, cast.NOW)
    place(by_night, beds[0], TODAY)

    assert on_the_list() == []


def _offer(
    bed: str,
    *,
    arrival: date = TOMORROW,
    departure: date | None = None,
    answer_by: date = ANSWER_BY,
) -> Callable[[str], object]:
    return lambda case_id: offers.offer(KOFI, case_id, bed, arrival, departure, answer_by, cast.NOW)


BED = "havenhuis-room-1-bed-1"


def _changed(
    wanted: WantedPlace, seen: int | None = None, grounds: Collection[Ground] = ()
) -> Callable[[str], object]:
    return lambda case_id: waiting_places.change_what_is_asked(
        AMINA, case_id, wanted, grounds, cast.NOW, seen=seen
    )


def _asked(case_id: str) -> object:
    return waiting_places.ask(AMINA, case_id, NIGHT, (), TODAY, cast.NOW)


BAD_INPUT: dict[str, tuple[Callable[[str], object], str]] = {
    "a place asked twice": (_asked, "asked already"),
    "nothing changed": (_changed(FULL_DAY), "Nothing was changed"),
    "changed by a colleague": (_changed(NIGHT, seen=9), "changed this meanwhile"),
    "confirmed twice a day": (
        lambda one: waiting_places.confirm(AMINA, one, cast.NOW),
        "confirmed today already",
    ),
    "an answer without an offer": (
        lambda one: offers.accept(KOFI, one, cast.NOW),
        "No offer waits",
    ),
    "an offer for yesterday": (_offer(BED, arrival=YESTERDAY), "has passed"),
    "departure before arrival": (_offer(BED, departure=TOMORROW), "comes after the arrival"),
    "an answer before today": (_offer(BED, answer_by=YESTERDAY), "cannot come before today"),
    "held for too long": (
        _offer(BED, answer_by=TODAY + timedelta(days=8)),
        "held 7 days at most",
    ),
}


@pytest.mark.parametrize(("act", "said"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_bad_input_is_refused_with_its_sentence(
    sealed_house: House, act: Callable[[str], object], said: str
) -> None:
    _staffed(sealed_house)
    case_id = waits()

    assert said in reason(act(case_id))
    assert kinds(case_id) == [WaitingStep.ENTERED]
    with sealed_house.stores.reading() as session:
        assert session.scalars(select(Placement)).all() == []


def test_a_day_to_come_and_a_day_before_the_case_are_no_day_to_ask(sealed_house: House) -> None:
    _staffed(sealed_house)
    case_id = helped()
    for day, said in ((TOMORROW, "in the future"), (TODAY - timedelta(days=99), "lies before")):
        assert said in reason(waiting_places.ask(AMINA, case_id, NIGHT, (), day, cast.NOW))


def test_a_second_offer_and_a_removal_wait_for_the_answer(sealed_house: House) -> None:
    beds = _staffed(sealed_house)
    case_id = waits()
    offered(case_id, beds[0])

    assert "Record the answer" in reason(_offer(beds[1])(case_id))
    gone = waiting_places.remove(KOFI, Permission.WAITING_OFFER, case_id, Removal.GONE, cast.NOW)
    assert "Record the answer" in reason(gone)


def test_two_coordinators_answer_at_once_and_one_of_them_is_told(sealed_house: House) -> None:
    beds = _staffed(sealed_house)
    case_id = waits()
    first = offered(case_id, beds[0])
    assert offers.turn_down(KOFI, case_id, OfferRefusal.NOT_SAID, cast.NOW) is None
    offered(case_id, beds[1])

    late = offers.accept(KOFI, case_id, cast.NOW, seen=first.placement_id)

    assert "No offer waits" in reason(late)
    assert shown(case_id).has_open_offer


def test_a_bed_of_another_organisation_is_not_there_to_offer(sealed_house: House) -> None:
    _staffed(sealed_house)
    [elsewhere, *_] = open_site(sealed_house, "kompashuis", "het-kompas")
    case_id = waits()

    with pytest.raises(NotKnown):
        _offer(elsewhere)(case_id)


def test_who_may_do_what(sealed_house: House) -> None:
    """The case team asks and offers nothing; the coordinator offers and asks nothing; nobody else does either."""
    bed = _staffed(sealed_house)[0]
    case_id = waits()
    night, sara = cast.NIGHT.actor(site_id="havenhuis"), cast.SARA.actor()
    for actor in (AMINA, JORIS, night, sara, cast.PETRA.actor()):
        with pytest.raises(NotKnown):
            offers.offer(actor, case_id, bed, TOMORROW, None, ANSWER_BY, cast.NOW)
    for actor in (KOFI, JORIS, night, sara):
        with pytest.raises(NotKnown):
            waiting_places.confirm(actor, case_id, later(1))
    for actor in (AMINA, LENA, night, cast.TESS.actor()):
        with pytest.raises(NotKnown):
            waiting_lists.listed(actor, cast.NOW)
    assert on_the_list(JORIS) == []
    assert gatekeeping.open_case(cast.BRAM.actor(), case_id, cast.NOW).waiting is HIDDEN


def test_a_restricted_person_is_no_row_no_gap_and_no_part_of_a_count(sealed_house: House) -> None:
    _staffed(sealed_house)
    waits(FULL_DAY, Ground.STREET, call_name="Hidden")
    waits(call_name="Blue")
    _restrict(sealed_house, "Hidden")

    found = waiting_lists.listed(KOFI, cast.NOW)

    assert [(row.place, row.who.call_name) for row in found.rows] == [(1, "Blue")]
    assert (found.count, dict(found.by_kind)) == (1, {FULL_DAY: 1})


def _restrict(house: House, call_name: str) -> None:
    with casework(house) as session:
        client = session.scalars(select(Client).where(Client.call_name == call_name)).one()
        client.restricted = True


def test_the_list_asks_the_store_as_often_for_many_as_for_few(sealed_house: House) -> None:
    _staffed(sealed_house)
    waits()
    few = _asked_of_the_store(sealed_house)
    for n in range(6):
        waits(call_name=f"Person {n}")

    assert _asked_of_the_store(sealed_house) == few


def _asked_of_the_store(house: House) -> int:
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(house.stores.casework, "before_cursor_execute", note)
    try:
        waiting_lists.listed(KOFI, cast.NOW)
    finally:
        event.remove(house.stores.casework, "before_cursor_execute", note)
    return len(asked)


def test_a_case_team_learns_a_band_and_never_a_number(sealed_house: House) -> None:
    _staffed(sealed_house)
    case_id = waits(call_name="Blue")
    alone = shown(case_id, AMINA)
    waits(FULL_DAY, Ground.STREET, call_name="Other")

    crowded = shown(case_id, AMINA)

    assert alone == crowded
    assert crowded.band is Band.FRONT


def test_who_may_not_know_what_is_needed_sees_neither_lines_nor_sum(sealed_house: House) -> None:
    """A sum with and without fifteen points would tell that something is needed of a bed."""
    _staffed(sealed_house)
    case_id = waits(FULL_DAY, Ground.STREET)
    with casework(sealed_house) as session:
        session.add(
            CaseShare(
                case_id=case_id,
                organisation="het-kompas",
                compartment="shelter",
                client_informed_on=YESTERDAY,
                from_on=YESTERDAY,
                change_id="invented",
            )
        )

    shared = shown(case_id, JORIS)

    assert shared.grounds == (Ground.STREET,)
    assert shared.points is HIDDEN
    assert on_the_list(JORIS) == []


def test_who_left_the_programme_waits_no_longer(sealed_house: House) -> None:
    _staffed(sealed_house)
    case_id = waits()
    with casework(sealed_house) as session:
        session.get_one(Case, case_id).stage = "withdrawn"

    assert on_the_list() == []
    assert shown(case_id, LENA).entry is None


def test_what_was_asked_before_stays_as_it_was(sealed_house: House) -> None:
    _staffed(sealed_house)
    case_id = waits()

    changed = waiting_places.change_what_is_asked(
        AMINA, case_id, NIGHT, (Ground.STREET,), cast.NOW, seen=1
    )

    assert changed is None
    view = shown(case_id)
    assert [(one.kind, one.wanted) for one in reversed(view.steps)] == [
        (WaitingStep.ENTERED, FULL_DAY),
        (WaitingStep.CHANGED, NIGHT),
    ]
    assert view.grounds == (Ground.STREET,)


def test_only_one_entry_runs_for_a_case_whatever_asks(sealed_house: House) -> None:
    _staffed(sealed_house)
    case_id = waits()
    row = WaitingEntry(
        case_id=case_id,
        wanted="night",
        entered_on=TODAY,
        confirmed_on=TODAY,
        recorded_by="amina",
        recorded_at=cast.NOW,
        change_id="invented",
    )

    with casework(sealed_house) as session:
        session.add(row)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


MANAGER = cast.Colleague(
    "milan", "de-haven", None, (Role.PROGRAMME_MANAGER,), None, ("waterstad-lvv",)
)


def test_b10_refusals_are_counted_per_month_for_who_may_see_exact_figures(
    sealed_house: House,
) -> None:
    _staffed(sealed_house, beds=1)
    case_id = waits(since=TODAY - timedelta(days=12))
    assert offers.say_nothing_offered(KOFI, case_id, WaitingStep.NO_SUITABLE_BED, cast.NOW) is None
    place(waits(since=TODAY - timedelta(days=4), call_name="Placed"), BED)
    assert offers.say_nothing_offered(KOFI, case_id, WaitingStep.NO_BED, later(1)) is None

    found = waiting_figures.exact(MANAGER.actor(), "waterstad-lvv", later(1))

    november = found.months[0]
    assert (november.no_bed, november.no_suitable_bed, november.asked) == (1, 1, 2)
    assert (found.waiting_in_all.longest_days, found.placed_in_all.median_days) == (13, 4)
    for actor in (KOFI, AMINA, cast.PETRA.actor()):
        with pytest.raises(NotKnown):
            waiting_figures.exact(actor, "waterstad-lvv", cast.NOW)
    with pytest.raises(NotKnown):
        waiting_figures.exact(MANAGER.actor(), "waterstad-bbb", cast.NOW)
