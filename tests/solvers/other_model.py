"""The same puzzle written once more, bed by bed and rule by rule, for another solver; and by trying everything.

It shares no line with `caseflow.solvers`: what both answer is what the rules say.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from pyscipopt import Model, quicksum

from caseflow.domain.bed_assignments import Group, Pair, Puzzle, Score, broken, scored


def by_trying_everything(puzzle: Puzzle, having: Mapping[str, str] | None = None) -> Score:
    """The best score there is with these people on these beds; for a few people and beds alone."""
    fixed = set((having or {}).items())
    people = [person.id for person in puzzle.people]
    beds = [bed.id for bed in puzzle.beds]
    best = Score(0, 0, 0)
    for chosen in product((None, *beds), repeat=len(people)):
        taken = [bed for bed in chosen if bed is not None]
        if len(set(taken)) < len(taken) or not fixed <= set(zip(people, chosen, strict=True)):
            continue
        pairs = [Pair(who, bed) for who, bed in zip(people, chosen, strict=True) if bed]
        if not broken(puzzle, pairs):
            best = max(best, scored(puzzle, pairs).score)
    return best


def by_another_solver(puzzle: Puzzle) -> Score:
    """The best score, from a program with a variable for each person and bed. Raises AssertionError unless proven."""
    program = Model()
    program.hideOutput()
    program.setParam("limits/gap", 0.0)
    people = list(puzzle.people)
    on = {
        (person.id, bed.id): program.addVar(vtype="B")
        for person in people
        for bed in puzzle.beds
        if puzzle.misfit(person, puzzle.room[bed.room], bed.kind) is not None
    }
    beds_of = {person.id: [b for b in puzzle.beds if (person.id, b.id) in on] for person in people}
    for person in people:
        program.addCons(quicksum(on[person.id, bed.id] for bed in beds_of[person.id]) <= 1)
    for bed in puzzle.beds:
        program.addCons(quicksum(on[p.id, bed.id] for p in people if (p.id, bed.id) in on) <= 1)
    for room in puzzle.rooms:
        _in_room(program, puzzle, on, room.id)
    for site in {room.site for room in puzzle.rooms}:
        there = {
            person.id: [
                on[person.id, bed.id]
                for bed in beds_of[person.id]
                if puzzle.room[bed.room].site == site
            ]
            for person in people
        }
        if site in puzzle.people_at_most:
            everybody = [one for some in there.values() for one in some]
            program.addCons(quicksum(everybody) <= puzzle.people_at_most[site])
        for one, other in (sorted(pair) for pair in puzzle.apart):
            program.addCons(quicksum(there[one] + there[other]) <= 1)
    for room in puzzle.rooms:
        for pair in puzzle.apart_in_rooms:
            there_now = [on[p, b.id] for p in pair for b in beds_of[p] if b.room == room.id]
            program.addCons(quicksum(there_now) <= 1)
    most_misfit = 1 + len(people) * max(puzzle.misfits.values(), default=0)
    by_kind = {bed.id: bed.kind for bed in puzzle.beds}
    kinds = {person.id: person.kind for person in people}
    points = {person.id: person.points for person in people}
    program.setObjective(
        quicksum(
            (
                (points[p] * (len(people) + 1) + 1) * most_misfit
                - puzzle.misfits[kinds[p], by_kind[b]]
            )
            * one
            for (p, b), one in on.items()
        ),
        "maximize",
    )
    program.optimize()
    assert program.getStatus() == "optimal", program.getStatus()
    pairs = [Pair(p, b) for (p, b), one in on.items() if program.getVal(one) > 0.5]
    assert not broken(puzzle, pairs)
    return scored(puzzle, pairs).score


def _in_room(program: Model, puzzle: Puzzle, on: dict[tuple[str, str], object], room: str) -> None:
    beds = [bed.id for bed in puzzle.beds if bed.room == room]
    is_for_men = program.addVar(vtype="B")
    for party in puzzle.parties:
        mine = {
            person.id: [on[person.id, bed] for bed in beds if (person.id, bed) in on]
            for person in party.people
        }
        first = mine[party.people[0].id]
        for person in party.people[1:]:
            program.addCons(quicksum(first) == quicksum(mine[person.id]))
        if not party.own_room and not puzzle.room[room].one_party:
            for person in party.people:
                for one in mine[person.id]:
                    if person.group is Group.MEN:
                        program.addCons(one <= is_for_men)
                    if person.group is Group.WOMEN:
                        program.addCons(one <= 1 - is_for_men)
            continue
        if party.own_room and not puzzle.room[room].is_empty:
            for one in (one for some in mine.values() for one in some):
                program.addCons(one == 0)
        for other in puzzle.parties:
            if other.id == party.id:
                continue
            for person in other.people:
                for bed in beds:
                    if (person.id, bed) in on:
                        program.addCons(on[person.id, bed] + quicksum(first) <= 1)
    together = [party for party in puzzle.parties if len(party.people) > 1]
    for party in together:
        for person in party.people[1:]:
            for elsewhere in (b for b in puzzle.beds if b.room != room):
                if (person.id, elsewhere.id) in on:
                    program.addCons(
                        on[person.id, elsewhere.id]
                        + quicksum(
                            on[party.people[0].id, bed]
                            for bed in beds
                            if (party.people[0].id, bed) in on
                        )
                        <= 1
                    )
