"""The table of acts: its words stay apart, and no relation opens nothing."""

from __future__ import annotations

import pytest

from caseflow.domain.access import CASE_PERMISSIONS, POLICY, Relation, Role, Standing, may


def test_no_relation_is_spelled_like_a_role() -> None:
    assert {role.value for role in Role} & {relation.value for relation in Relation} == set()


@pytest.mark.parametrize("role", Role)
def test_a_role_without_a_relation_opens_no_case(role: Role) -> None:
    opened = {one for one in CASE_PERMISSIONS if may(one, Standing(frozenset({role})))}
    assert opened == set()
    assert not Standing(frozenset({role})).readers


@pytest.mark.parametrize("relation", Relation)
def test_a_relation_without_a_role_opens_no_case(relation: Relation) -> None:
    standing = Standing(frozenset(), frozenset({relation}))
    assert {one for one in CASE_PERMISSIONS if may(one, standing)} == set()


def test_every_clause_about_a_case_names_a_role_and_a_relation() -> None:
    for permission in CASE_PERMISSIONS:
        for clause in POLICY[permission]:
            kinds = {type(word) for word in clause}
            assert kinds == {Role, Relation}, f"{permission}: {sorted(clause)}"
