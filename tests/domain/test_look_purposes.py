"""For what somebody looks: the strongest relation that opened the case, never typed."""

from __future__ import annotations

import pytest

from caseflow.domain import look_purposes
from caseflow.domain.access import Permission, Relation, Standing
from caseflow.domain.actors import Role
from caseflow.domain.look_purposes import REVIEW_PURPOSES, STRONGEST_FIRST, purpose

R = Relation
LOOKS = [
    ("the case team works on it", {Role.CASEWORKER}, {R.CASE_TEAM, R.TEAM}, "case_team"),
    ("the case team is so on duty too", {Role.CASEWORKER}, {R.CASE_TEAM, R.ON_DUTY, R.TEAM}, "case_team"),
    ("a teammate on duty looks because of the duty", {Role.CASEWORKER}, {R.TEAM, R.ON_DUTY}, "on_duty"),
    ("a colleague of another team looks because of the duty", {Role.CASEWORKER}, {R.ON_DUTY}, "on_duty"),
    ("a teammate who is not on duty sees the team's list", {Role.CASEWORKER}, {R.TEAM}, "team"),
    ("a lead leads the team", {Role.TEAM_LEAD}, {R.TEAM, R.LEADS_TEAM, R.ON_DUTY}, "leads_team"),
    ("a lead is of the team too, which opens nothing to a lead", {Role.TEAM_LEAD}, {R.TEAM, R.ON_DUTY}, "on_duty"),
    ("broken glass says what was chosen", {Role.CASEWORKER}, {R.BROKEN_GLASS}, "phone"),
    ("the team's list was not enough", {Role.CASEWORKER}, {R.TEAM, R.BROKEN_GLASS}, "phone"),
    ("the case team needs no glass", {Role.CASEWORKER}, {R.CASE_TEAM, R.BROKEN_GLASS}, "case_team"),
    ("a counsellor was asked", {Role.LEGAL_COUNSELLOR}, {R.REFERRED}, "referred"),
    ("a night worker watches the house tonight", {Role.NIGHT_WORKER}, {R.OWN_SITE_TONIGHT}, "own_site_tonight"),
    ("gives beds, works in the house", {Role.COORDINATOR, Role.RESIDENTIAL_WORKER}, {R.PLACES, R.OWN_SITE}, "places"),
    ("a relation of a role one does not hold is no reason", {Role.CASEWORKER}, {R.PLACES, R.TEAM}, "team"),
    ("nobody looks without a relation", {Role.CASEWORKER}, set(), ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "roles", "relations", "said"), LOOKS, ids=[one[0] for one in LOOKS]
)
def test_a_purpose_follows_from_the_relation(
    sentence: str, roles: set[Role], relations: set[Relation], said: str
) -> None:
    standing = Standing(frozenset(roles), frozenset(relations))
    assert purpose(Permission.CASE_OPEN, standing, "phone") == said, sentence


def test_on_a_restricted_case_only_what_counts_there_is_a_reason() -> None:
    standing = Standing(
        frozenset({Role.CASEWORKER}), frozenset({R.CASE_TEAM, R.BROKEN_GLASS}), restricted=True
    )
    assert purpose(Permission.CASE_OPEN, standing, "deadline") == "deadline"
    named = Standing(standing.roles, standing.relations, restricted=True, named_reader=True)
    assert purpose(Permission.CASE_OPEN, named, "deadline") == "case_team"


def test_every_relation_has_one_place_in_the_order() -> None:
    assert sorted(STRONGEST_FIRST) == sorted(Relation)
    assert look_purposes.strongest(frozenset(Relation)) is Relation.CASE_TEAM


def test_no_purpose_of_a_review_is_a_relation() -> None:
    assert not set(REVIEW_PURPOSES) & {one.value for one in Relation}
