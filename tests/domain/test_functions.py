"""Roles that one colleague may hold together: reviewed unions, and no other."""

from __future__ import annotations

from itertools import combinations

import pytest

from caseflow.domain.actors import OPENS_A_VAULT, Role
from caseflow.domain.appointments import (
    NEEDS_A_PROGRAMME,
    NEEDS_A_SITE,
    NEEDS_A_TEAM,
    appointable,
    of_function,
)
from caseflow.domain.functions import (
    FUNCTIONS,
    NEVER_COMBINED,
    Function,
    function_of,
    may_combine,
)
from caseflow.domain.policy_words import ROLE_NAMES

R = Role


@pytest.mark.parametrize("role", Role)
def test_one_role_is_held_by_itself(role: Role) -> None:
    assert may_combine({role})


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_reviewed_function_is_a_union_with_a_name_and_a_reason(function: Function) -> None:
    assert may_combine(function.roles)
    assert function_of(function.roles) is function, "no two functions are the same roles"
    assert len(function.roles) > 1
    assert function.name.text
    assert function.reason.text
    assert not function.roles & set(NEVER_COMBINED)


@pytest.mark.parametrize("alone", NEVER_COMBINED)
def test_a_role_that_stands_alone_is_combined_with_no_other(alone: Role) -> None:
    for other in set(Role) - {alone}:
        answer = may_combine({alone, other})
        assert not answer
        assert "never combined" in str(answer.reason)  # type: ignore[union-attr]


def test_any_union_that_was_not_reviewed_is_refused() -> None:
    reviewed = [one.roles for one in FUNCTIONS.values()]
    for size in (2, 3, 4):
        for roles in combinations(Role, size):
            held = frozenset(roles)
            assert bool(may_combine(held)) is any(held <= one for one in reviewed), held


REFUSED = [
    ("who gives roles opens no file", {R.ADMINISTRATOR, R.CASEWORKER}),
    ("who supervises gives no privacy advice in line", {R.FG, R.PRIVACY_OFFICER}),
    ("who decides for the city pays for nothing", {R.MUNICIPAL_DECISION_MAKER, R.FUNDER}),
    ("who reviews looks does not look", {R.PRIVACY_OFFICER, R.TEAM_LEAD}),
    ("who heals does not hear for the law", {R.HEALTH_WORKER, R.LEGAL_COUNSELLOR}),
    ("medical words stay out of the house", {R.HEALTH_WORKER, R.RESIDENTIAL_WORKER}),
    ("three hats were not reviewed", {R.CASEWORKER, R.COORDINATOR, R.INTAKE_DESK}),
]


@pytest.mark.parametrize(("sentence", "roles"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_union_is_refused_because(sentence: str, roles: set[Role]) -> None:
    assert not may_combine(roles), sentence


def test_who_reviews_looks_or_pays_or_supervises_never_opens_a_file() -> None:
    for function in FUNCTIONS.values():
        if R.PRIVACY_OFFICER in function.roles:
            assert not function.roles & OPENS_A_VAULT, function.id


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_each_role_of_a_function_gets_the_place_it_needs_and_no_other(function: Function) -> None:
    made = of_function(function, "a-team", "a-site", ("a-programme",))
    assert {one.role for one in made} == function.roles
    assert appointable(made)
    for one in made:
        assert bool(one.team_id) is (one.role in NEEDS_A_TEAM)
        assert bool(one.site_id) is (one.role in NEEDS_A_SITE)
        assert bool(one.programmes) is (one.role in NEEDS_A_PROGRAMME)


def test_the_smallest_function_is_named_and_a_single_role_has_none() -> None:
    assert function_of({R.CASEWORKER}) is None
    assert function_of({R.ADMINISTRATOR, R.CASEWORKER}) is None
    assert function_of({R.CASEWORKER, R.INTAKE_DESK}) is FUNCTIONS["caseworker_at_intake"]


def test_every_role_has_a_name() -> None:
    assert set(ROLE_NAMES) == set(Role)
