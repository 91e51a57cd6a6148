"""The shorter lists of tonight: who did not come, who is away, what is held or cannot be used, what differs (B12)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from caseflow.domain.actors import Role
from caseflow.domain.beds import BedKind, MeantFor
from caseflow.domain.outages import OutageReason, VoidKind
from caseflow.domain.placements import StayEnd
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.services import absences, boards, holds, placements, tonight
from caseflow.services.houses import House
from caseflow.services.tonight_views import Person, Tonight
from caseflow.storage.models.shelter import Bed, Placement, Room
from caseflow.storage.models.sites import OutOfService, PlaceMark
from tests import cast
from tests.builders import casework, open_site
from tests.services.placing import KOFI, TODAY, TOMORROW, YESTERDAY, person, place, staffed

NOW = cast.NOW
ROSA = cast.Colleague("rosa", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")


def name(who: object) -> str:
    return who.who.call_name if isinstance(who, Person) else "hidden"


def steps(shown: Tonight) -> dict[str, list[str]]:
    changed = shown.difference
    return {
        "came": [name(one.person) for one in changed.came],
        "left": [name(one.person) for one in changed.left],
        "moved": [name(one.person) for one in changed.moved],
    }


def test_b12_who_did_not_come_is_said_after_the_grace(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0], TOMORROW)

    def no_shows(at: datetime) -> list[str]:
        return [name(one.person) for one in tonight.tonight(KOFI, at).no_shows]

    assert no_shows(NOW) == []
    assert no_shows(NOW + timedelta(days=1)) == [], "the evening of the day itself"
    assert no_shows(NOW + timedelta(days=2)) == ["Blue"]


def test_b12_who_is_away_since_when_and_when_it_is_time_to_ask(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    for call_name, bed, days in (("Blue", beds[0], 1), ("Red", beds[1], 3)):
        case = person(call_name)
        place(case, bed, TODAY - timedelta(days=5))
        since = TODAY - timedelta(days=days)
        assert absences.begin(KOFI, case, AbsenceKind.FAMILY, since, NOW) is None

    shown = tonight.tonight(KOFI, NOW)

    assert [(name(one.row.person), one.nights, one.asks) for one in shown.away] == [
        ("Red", 3, True),
        ("Blue", 1, False),
    ]
    assert tonight.tonight(cast.NIGHT.actor(site_id="havenhuis"), NOW).away == ()


def test_b13_a_bed_that_the_rule_keeps_no_longer_asks_for_a_decision_and_the_stay_goes_on(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    for call_name, bed, days in (("Blue", beds[0], 6), ("Red", beds[1], 7)):
        case = person(call_name)
        place(case, bed, TODAY - timedelta(days=7))
        since = TODAY - timedelta(days=days)
        assert absences.begin(KOFI, case, AbsenceKind.UNANNOUNCED, since, NOW) is None
    place(on_leave := person("Green"), beds[2], TODAY - timedelta(days=7))
    gone = TODAY - timedelta(days=5)
    assert absences.begin(KOFI, on_leave, AbsenceKind.LEAVE, gone, NOW) is None

    shown = tonight.tonight(KOFI, NOW)

    assert [(name(one.row.person), one.kept_until, one.is_kept) for one in shown.away] == [
        ("Red", TODAY, False),
        ("Blue", TOMORROW, True),
        ("Green", None, True),
    ]
    assert shown.free == 0, "the beds are still theirs"


def test_b06_overflow_beds_stand_apart_from_the_capacity_in_tonight_and_on_the_board(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house, beds=4)
    place(person("Blue"), beds[0])
    with casework(sealed_house) as session:
        for bed in (beds[0], beds[3]):
            session.add(
                PlaceMark(
                    bed_id=bed, kind="overflow", holds=True, from_on=YESTERDAY,
                    recorded_by="kofi", recorded_at=NOW, change_id="invented",
                )
            )  # fmt: skip

    shown = tonight.tonight(KOFI, NOW)
    [site] = shown.sites
    [board] = boards.board(KOFI, NOW).sites

    assert (site.free(), site.open_beds, shown.free) == (2, 2, 2)
    assert (site.overflow_free, len(site.overflow)) == (1, 2)
    assert sum(count for *_, count in shown.free_by_kind) == 2
    assert (board.free, board.beds, board.overflow_free, board.overflow) == (2, 2, 1, 2)


def test_b12_holds_are_listed_by_the_moment_at_which_they_end(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    for call_name, bed, hours in (("Blue", beds[0], 50), ("Red", beds[1], 2)):
        ends = NOW + timedelta(hours=hours)
        far = TODAY + timedelta(days=40)
        holds.hold(KOFI, person(call_name), bed, far, None, ends, NOW)

    assert [name(one.person) for one in tonight.tonight(KOFI, NOW).holds] == ["Red", "Blue"]
    later = tonight.tonight(KOFI, NOW + timedelta(hours=3))
    assert [name(one.person) for one in later.holds] == ["Blue"], "the other has run out"


def test_b12_beds_that_cannot_be_used_say_why_and_until_when(sealed_house: House) -> None:
    beds = staffed(sealed_house, beds=4)
    place(person("Blue"), beds[0])
    back = TODAY + timedelta(days=5)
    with casework(sealed_house) as session:
        for number, bed in enumerate(beds[1:3]):
            session.add(
                OutOfService(
                    outage_id=f"outage-{number}", site_id="havenhuis", bed_id=bed, reason="pests",
                    from_on=YESTERDAY, expected_until_on=back, recorded_by="kofi", recorded_at=NOW,
                    change_id="invented",
                )
            )  # fmt: skip

    shown = tonight.tonight(KOFI, NOW)

    [void] = shown.voids
    assert (void.beds, void.void.kind, void.void.reason) == (
        ("1.2", "1.3"),
        VoidKind.OUT_OF_SERVICE,
        OutageReason.PESTS,
    )
    assert void.void.nights.departure == back
    assert shown.free == 1


def test_b12_free_beds_are_counted_by_kind(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    place(person("Blue"), beds[0])
    with casework(sealed_house) as session:
        session.add(
            Room(
                id="her", site_id="havenhuis", name="Room 8", meant_for="women",
                valid_from=date(2024, 1, 1),
            )
        )  # fmt: skip
        session.flush()
        session.add(Bed(id="hers", room_id="her", name="8.1", valid_from=date(2024, 1, 1)))
    open_site(sealed_house, "zeezicht", beds=4)

    shown = tonight.tonight(KOFI, NOW)

    assert shown.free_by_kind == (
        (BedKind.FULL_DAY, MeantFor.ANYONE, 6),
        (BedKind.FULL_DAY, MeantFor.WOMEN, 1),
    )


def test_b12_the_difference_with_yesterdays_roster(sealed_house: House) -> None:
    beds = staffed(sealed_house, beds=6)
    place(person("Stays"), beds[0], YESTERDAY)
    left = place(person("Leaves"), beds[1], YESTERDAY).placement_id
    moved = place(person("Moves"), beds[2], YESTERDAY).placement_id
    place(person("Comes"), beds[3])
    place(person("Later"), beds[5], TOMORROW)
    assert placements.end(KOFI, left, TODAY, StayEnd.OTHER, NOW) is None
    placements.move(KOFI, moved, beds[4], TODAY, None, NOW)

    shown = tonight.tonight(KOFI, NOW)

    assert steps(shown) == {"came": ["Comes"], "left": ["Leaves"], "moved": ["Moves"]}
    tomorrow = tonight.tonight(KOFI, NOW + timedelta(days=1))
    assert steps(tomorrow)["came"] == [], "who is expected has not come yet"
    [one] = shown.difference.moved
    assert (one.left.name, one.to.name) == ("1.3", "1.5")  # type: ignore[union-attr]
    assert steps(tonight.tonight(cast.NIGHT.actor(site_id="havenhuis"), NOW)) == {
        "came": [], "left": [], "moved": [],
    }  # fmt: skip


def test_b12_somebody_who_left_for_another_site_is_no_name_any_more_at_the_old_one(
    sealed_house: House,
) -> None:
    beds = staffed(sealed_house)
    elsewhere = open_site(sealed_house, "zeezicht")
    moved = place(person("Moves"), beds[0], YESTERDAY).placement_id
    placements.move(KOFI, moved, elsewhere[0], TODAY, None, NOW)

    shown = tonight.tonight(ROSA.actor(), NOW)

    assert steps(shown) == {"came": [], "left": ["hidden"], "moved": []}
    [one] = shown.difference.left
    assert one.person is HIDDEN
    assert one.to is None, "nor is it told where they went"


def test_b12_a_mistaken_row_makes_nobody_come_or_leave(sealed_house: House) -> None:
    beds = staffed(sealed_house)
    wrong = place(person("Blue"), beds[0], YESTERDAY).placement_id
    with casework(sealed_house) as session:
        session.get_one(Placement, wrong).status = "mistaken"

    assert tonight.tonight(KOFI, NOW).difference.steps == ()
