"""The table of acts: its words stay apart, and no relation opens nothing."""

from __future__ import annotations

import pytest

from caseflow.domain.access import CASE_PERMISSIONS, POLICY, Permission, Relation, Standing, may
from caseflow.domain.actors import Role
from caseflow.domain.redaction import Compartment, Part, Surface


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


def test_on_a_restricted_case_breaking_glass_opens_no_act_of_other_relations() -> None:
    both = frozenset({Relation.CASE_TEAM, Relation.BROKEN_GLASS})
    outsider = Standing(frozenset({Role.CASEWORKER}), both, restricted=True)
    reader = Standing(frozenset({Role.CASEWORKER}), both, restricted=True, named_reader=True)

    assert may(Permission.CASE_OPEN, outsider)
    assert not may(Permission.EXIT_PROPOSE, outsider)
    assert may(Permission.EXIT_PROPOSE, reader)


def test_a_second_organisation_sees_shelter_contact_line_and_stage_alone() -> None:
    seen = Standing(frozenset({Role.COORDINATOR}), frozenset({Relation.SHELTERS})).vision(
        Surface.OPENED
    )

    assert set(seen.parts) == {Compartment.CASEWORK, Compartment.SHELTER}
    assert not seen.sees(Compartment.CASEWORK, Part.CLOCK)
    assert seen.sees(Compartment.CASEWORK, Part.STAGE)
