"""The oracle of the campaign finds what gives someone away, and agrees with trying every table."""

import json
import random
from itertools import combinations_with_replacement, product

from caseflow.domain.certificates import certify
from tests.campaigns.intervals import drawn_publications
from tests.campaigns.oracle import STILL_IN, Oracle, Target, asked_for, bounds

CATEGORIES = ("a", "b", "c")


def publication(
    cut_off: str, participants: int | str, exits: int | str, *cells: int | str
) -> dict[str, object]:
    counts = [
        {
            "name": "participants",
            "categories": CATEGORIES,
            "printed": participants,
            "with_still_in": True,
        },
        {"name": "exits", "categories": CATEGORIES, "printed": exits, "with_still_in": False},
    ]
    counts += [
        {"name": name, "categories": (name,), "printed": cell, "with_still_in": False}
        for name, cell in zip(CATEGORIES, cells, strict=True)
    ]
    return {
        "cut_off": cut_off,
        "categories": CATEGORIES,
        "structural_zeros": (),
        "counts": counts,
        "kept_back": (),
    }


def target(oracle: Oracle, name: str, at: int = 0) -> Target:
    return next(one for one in oracle.targets if (one.name, one.at) == (name, at))


def by_trying_everything(one: dict, name: str, members: tuple[str, ...]) -> tuple[int, int] | None:
    """Others in one cell of one publication, over all tables of exits and those still in."""
    printed = {count["name"]: bounds(count["printed"]) for count in one["counts"]}

    def fits(cells: tuple[int, ...], inside: int) -> bool:
        sums = dict(zip(CATEGORIES, cells, strict=True))
        sums |= {"exits": sum(cells), "participants": sum(cells) + inside}
        return all(low <= sums[key] <= high for key, (low, high) in printed.items())

    possible = [
        cells
        for cells in product(range(9), repeat=3)
        for inside in range(14)
        if fits(cells, inside)
        if all(cells[at] >= members.count(c) for at, c in enumerate(CATEGORIES))
        if inside >= members.count("still in")
    ]
    others = [cells[CATEGORIES.index(name)] - members.count(name) for cells in possible]
    return (min(others), max(others)) if others else None


def test_the_oracle_agrees_with_trying_every_table():
    one = publication("2025-01-01", 15, 10, "<5", 5, "<5")
    oracle = Oracle([one])

    for size in range(4):
        for members in combinations_with_replacement((*CATEGORIES, "still in"), size):
            places = [STILL_IN if m == "still in" else (m, 0) for m in members]
            room = oracle.room(target(oracle, "a"), places)
            wanted = by_trying_everything(one, "a", members)
            assert (room and (room.fewest, room.most)) == wanted, members


def test_the_oracle_finds_a_cell_that_gives_someone_away():
    # 48 to 52 exits of which at least 48 in b: of the others three who know each other know all but one.
    oracle = Oracle([publication("2025-01-01", 90, 50, "<5", 50, "<5")])

    alone = oracle.room(target(oracle, "a"), ())
    together = oracle.room(target(oracle, "a"), [("c", 0)] * 3)

    assert alone is not None
    assert alone.is_enough
    assert together is not None
    assert (together.fewest, together.most, together.is_enough) == (0, 1, False)


def test_the_oracle_puts_quarters_together():
    # By the second quarter a may hold up to twelve; that says nothing of the first, and of three who
    # came to c in the second the first says nothing either.
    first = publication("2025-01-01", 60, 25, "<5", 20, "<5")
    second = publication("2025-04-01", 70, 35, 10, 20, "<5")
    oracle = Oracle([first, second])

    assert {(one.name, one.at, one.until) for one in oracle.targets} == {
        ("a", 0, 0),
        ("c", 0, 1),
        ("c", 1, 1),
    }
    # 23 to 27 exits and at most 22 in b: somebody is in a or c, and so few can be in a alone.
    room = oracle.room(target(oracle, "a"), [("c", 1)] * 3)
    assert room is not None
    assert (room.fewest, room.most) == (0, 4)


def test_a_count_that_was_kept_back_is_one_of_its_values():
    plain = publication("2025-01-01", 60, 45, "<5", 20, 20)
    oracle = Oracle([plain])
    kept = dict(plain) | {"kept_back": [{"categories": ("a", "b"), "one_of": (25,)}]}
    knows_more = Oracle([kept])

    before = oracle.room(target(oracle, "a"), ())
    after = knows_more.room(target(knows_more, "a"), ())

    assert before is not None
    assert after is not None
    assert (before.fewest, before.most) == (0, 4)
    assert (after.fewest, after.most) == (1, 4)


def test_a_further_table_over_the_same_exits_says_more_of_their_number():
    plain = publication("2025-01-01", 90, 60, "<5", 60, "<5")
    rows = [{"id": str(at), "printed": shown} for at, shown in enumerate((15, 15, 10, 10))]
    table = {"id": "stay", "cohort": "exits", "rows": rows}
    knows_more = Oracle([plain | {"tables": [table]}])

    before = Oracle([plain]).room(target(Oracle([plain]), "a"), ())
    after = knows_more.room(target(knows_more, "a"), ())

    # 58 to 62 exits; the rows hold 58 at most, and so does b alone.
    assert before is not None
    assert after is not None
    assert (before.fewest, before.most) == (0, 4)
    assert (after.fewest, after.most) == (0, 0)
    assert knows_more.fits


def test_members_stand_in_the_rows_that_they_know_of():
    plain = publication("2025-01-01", 90, 30, "<5", 20, 5)
    rows = [{"id": "short", "printed": 30}, {"id": "long", "printed": "<5"}]
    oracle = Oracle([plain | {"tables": [{"id": "stay", "cohort": "exits", "rows": rows}]}])
    three = [("b", 0)] * 3

    assert oracle.room(target(oracle, "a"), three, [("long",)] * 3) is not None
    assert oracle.room(target(oracle, "a"), [*three, *three], [("long",)] * 6) is None


def test_what_contradicts_itself_fits_nobody():
    assert not Oracle([publication("2025-01-01", 90, 60, "<5", 20, "<5")]).fits


def test_the_oracle_reads_certificates_and_agrees_with_what_they_find():
    verdicts = set()
    for number in (87, 88, 136, 137):
        certificate = json.loads(json.dumps(certify(drawn_publications(number))))
        failing = [one for one in certificate["findings"] if not one["passes"]]
        verdicts.add(bool(failing))
        if not failing:
            continue
        oracle = Oracle(certificate["publications"])
        for one in failing:
            name = one["target"].rsplit(" ", 1)[0]
            places = [_place(member) for member in one["coalition"]]
            room = oracle.room(target(oracle, name), places)
            assert room is not None
            assert (room.fewest, room.most) == (one["low"], one["high"])
            assert not room.is_enough
    assert verdicts == {True, False}


def test_coalitions_of_chance_find_what_a_gate_that_lets_everything_through_would_publish():
    for number in (88, 136, 181):
        oracle = Oracle(certify(drawn_publications(number))["publications"])
        rooms = [
            oracle.room(target, members, rows)
            for target, members, rows in oracle.sampled(random.Random(number), 60)
        ]
        assert any(room is not None and not room.is_enough for room in rooms), number


def _place(member: str) -> tuple[str, int]:
    return STILL_IN if member == "still in" else (member.rsplit(" ", 1)[0], 0)


def test_enough_is_what_the_gate_asks_for():
    assert [asked_for(known) for known in range(4)] == [min(3, 5 - k) for k in range(4)]
