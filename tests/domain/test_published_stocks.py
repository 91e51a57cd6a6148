"""Who waits is a target that stands alone: shown on every small world, and as the proof itself on random ones."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import combinations_with_replacement, product

import pytest

from caseflow.domain.attacks import attack, enough_others
from caseflow.domain.certificates import certify, check_certificate
from caseflow.domain.printed_statements import Place, Statement
from caseflow.domain.published_counts import places, statements
from caseflow.domain.published_stocks import attack_waiting, waiting_statements
from caseflow.domain.rounding import PrintedCount, printed
from caseflow.domain.tallies import Stocks
from tests.domain.test_publication_control import FIRST, SECOND, counted, published

UNDER = PrintedCount(None)
WAITS = (False, True)


def waits_for(number, as_of=FIRST, participants=None):
    return replace(counted(as_of=as_of, participants=participants), stocks=Stocks(waiting=number))


@pytest.mark.parametrize(("number", "text"), [(0, "<5"), (4, "<5"), (5, "5"), (13, "15")])
def test_waiting_is_printed_as_every_count_is_apart_from_the_totals(number, text):
    draft = published(waits_for(number))

    assert [(one.row.id, one.row.printed.text) for one in draft.stocks] == [("waiting", text)]
    assert draft.stocks[0].definition.nl.startswith("Verschillende mensen die op de peildatum")
    assert "waiting" not in {row.id for row in draft.rows}
    assert check_certificate(draft.certificate) == []


def test_a_waiting_list_below_five_is_a_target_and_its_coalitions_are_in_the_certificate():
    draft = published(waits_for(3))

    found = [one for one in draft.certificate["findings"] if one["target"].startswith("waiting")]
    assert [(one["inside"], one["low"], one["high"]) for one in found] == [
        (0, 0, 2),
        (1, 0, 2),
        (2, 0, 2),
        (3, 0, 1),
    ]
    assert all(one["passes"] for one in found)
    assert draft.certificate["statements"][-1] == {
        "name": "waiting 2025-01-01",
        "sum_of": ["a: waiting@2025-01-01"],
        "printed": "<5",
    }


def test_a_waiting_list_of_five_or_more_is_no_target():
    assert list(attack_waiting([published(waits_for(8)).counts])) == []


def test_a_group_prints_no_waiting_list_and_a_certificate_in_which_it_does_is_refused():
    draft = published(waits_for(3), members=("a", "b"))

    assert draft.stocks == ()
    assert not certify([replace(draft.counts, waiting=UNDER)])["passes"]


def test_what_is_printed_of_the_waiting_list_cannot_be_changed_in_a_certificate():
    certificate = published(waits_for(3)).certificate
    certificate["publications"][-1]["waiting"] = 5

    assert check_certificate(certificate) != []


def test_older_publications_without_it_and_newer_ones_with_it_stand_together():
    before = replace(published(counted()).counts, waiting=None)
    draft = published(waits_for(2, as_of=SECOND), earlier=[before])

    assert "waiting" not in draft.certificate["publications"][0]
    assert draft.certificate["publications"][1]["waiting"] == "<5"
    assert check_certificate(draft.certificate) == []


def test_no_statement_and_no_place_of_those_who_entered_speaks_of_who_waits():
    both = [
        published(waits_for(number, as_of=day)).counts for number, day in ((3, FIRST), (4, SECOND))
    ]
    waiting = waiting_statements(both)
    theirs = frozenset().union(*(one.unknowns for one in waiting))

    assert len(theirs) == len(waiting) == 2
    assert all(not one.unknowns & theirs for one in [*statements(both), *places(both)])


def others_possible(kinds, prints, most, largest):
    """For every print and every coalition that can be in it: how many others can wait, over every small world.

    `kinds` are the kinds of people there are, `prints` says what is printed of a world, who waits first.
    Prints over `largest` are left out: they need more people than these worlds hold.
    """
    worlds = defaultdict(list)
    for world in product(range(most + 1), repeat=len(kinds)):
        worlds[prints(world)].append(world)
    coalitions = [
        (sum(kinds[at][0] for at in some), [some.count(at) for at in range(len(kinds))])
        for size in range(4)
        for some in combinations_with_replacement(range(len(kinds)), size)
    ]
    for said, those in worlds.items():
        if said[0] is not None or any(value is not None and value > largest for value in said):
            continue
        for inside, members in coalitions:
            found = {
                sum(count for (waits, _), count in zip(kinds, world, strict=True) if waits) - inside
                for world in those
                if all(count >= own for count, own in zip(world, members, strict=True))
            }
            if found:
                yield inside, found


def test_on_every_small_world_nobody_finds_out_how_many_others_wait():
    kinds = [(True, "never in"), *product(WAITS, ("still in", "left"))]

    def prints(world):
        waits = sum(count for (waits, _), count in zip(kinds, world, strict=True) if waits)
        left = sum(count for (_, what), count in zip(kinds, world, strict=True) if what == "left")
        people = sum(world[1:])
        return printed(waits).value, printed(left).value, printed(people).value

    attempts = 0
    for inside, found in others_possible(kinds, prints, most=7, largest=5):
        attempts += 1
        assert min(found) == 0
        assert max(found) + 1 >= enough_others(inside)
        assert found == set(range(5 - inside))
    assert attempts > 150


def test_beside_its_member_a_group_would_give_away_that_somebody_waits():
    """The planted fault: a waiting list of the group and of the other member narrow a `<5`."""
    kinds = [(True, "a"), (False, "b"), (True, "both")]

    def prints(world):
        a, b, both = world
        return printed(a + both).value, printed(b + both).value, printed(a + b + both).value

    lows = {min(found) for _, found in others_possible(kinds, prints, most=12, largest=10)}
    assert lows != {0}


def said_of(people, cut_offs):
    """Everything that could be printed of a world: each count at each cut-off, exact but for who waits."""
    found = []
    for number, _ in enumerate(cut_offs):
        entered = [one for one in people if one["in"] is not None and one["in"] <= number]
        left = [one["how"] for one in entered if one["out"] is not None and one["out"] <= number]
        genders = sorted(one["gender"] for one in entered)
        waiting = sum(number in one["waits"] for one in people)
        found.append((len(entered), sorted(left), genders, printed(waiting).value))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_proof_itself_others_who_wait_are_exchanged_for_people_who_were_never_in(seed):
    chance, cut_offs = random.Random(seed), range(4)
    people = []
    for _ in range(chance.randint(0, 12)):
        entered = chance.choice([None, *cut_offs])
        out = chance.choice([None, *range(entered, 4)]) if entered is not None else None
        waits = {day for day in cut_offs if chance.random() < 0.3}
        how, gender = chance.choice("ab"), chance.choice("mw")
        people.append({"in": entered, "out": out, "how": how, "gender": gender, "waits": waits})
    members, others = people[:3], people[3:]
    printed_so = said_of(people, cut_offs)
    for day in cut_offs:
        inside = sum(day in one["waits"] for one in members)
        if printed_so[day][3] is not None:
            continue
        for number in range(5 - inside):
            changed = [*members, *({**one, "waits": one["waits"] - {day}} for one in others)]
            never_in = {"in": None, "out": None, "how": "", "gender": "m", "waits": {day}}
            changed += [never_in] * number
            assert said_of(changed, cut_offs) == printed_so


def test_the_attack_on_it_can_fail():
    """The planted fault: were it tied to a count of those who entered, three of them would be found."""
    day = date(2025, 1, 1)
    counts = replace(published(waits_for(3)).counts, cut_off=day)
    (said,) = waiting_statements([counts])
    tied = Statement("placed from the list", said.unknowns | {"others"}, PrintedCount(5))
    alone = Statement("others", frozenset({"others"}), UNDER)
    stands = [Place("waiting", said.unknowns, "waiting"), Place("o", frozenset({"others"}), "o")]
    assert not all(one.passes for one in attack([said, tied, alone], stands))
