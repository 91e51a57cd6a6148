"""The table of acts: its words stay apart, and no relation opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain import access
from caseflow.domain.access import (
    CASE_PERMISSIONS,
    POLICY,
    READS_AS,
    Permission,
    Relation,
    Standing,
    may,
)
from caseflow.domain.actors import Role
from caseflow.domain.redaction import (
    NEVER_BY_BREAKING_GLASS,
    ROLE_TABLE,
    TABLE,
    Compartment,
    Extent,
    Part,
    Reader,
    Surface,
    vision,
)

ROLES = st.frozensets(st.sampled_from(list(Role)), max_size=4)
STORED = [one for one in Relation if one is not Relation.BEDSIDE]
RELATIONS = st.frozensets(st.sampled_from(STORED), max_size=5)
SURFACES = st.sampled_from(list(Surface))
SITE_ROLES = frozenset({Role.COORDINATOR, Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER})
Seen = frozenset[tuple[Compartment, Part]]


def seen(standing: Standing, surface: Surface) -> Seen:
    parts = standing.vision(surface).parts
    return frozenset((compartment, part) for compartment in parts for part in parts[compartment])


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


# the tables are closed


@given(ROLES, RELATIONS, SURFACES)
def test_a_mark_never_shows_more(
    roles: frozenset[Role], relations: frozenset[Relation], surface: Surface
) -> None:
    unmarked = Standing(roles, relations)
    for named in (False, True):
        marked = Standing(roles, relations, restricted=True, named_reader=named)
        assert seen(marked, surface) <= seen(unmarked, surface)
        opened = {one for one in Permission if may(one, marked)}
        assert opened <= {one for one in Permission if may(one, unmarked)}


@given(ROLES, RELATIONS, SURFACES)
def test_a_named_reader_reads_as_if_nothing_were_restricted(
    roles: frozenset[Role], relations: frozenset[Relation], surface: Surface
) -> None:
    named = Standing(roles, relations, restricted=True, named_reader=True)
    assert seen(named, surface) == seen(Standing(roles, relations), surface)


@given(ROLES, RELATIONS, SURFACES)
def test_a_restricted_case_shows_others_the_emergency_card_where_the_person_sleeps_tonight(
    roles: frozenset[Role], relations: frozenset[Relation], surface: Surface
) -> None:
    relations -= {Relation.BROKEN_GLASS}
    outsider = Standing(roles, relations, restricted=True)
    opened = {one for one in CASE_PERMISSIONS if may(one, outsider)}
    bedside = Relation.OWN_SITE_TONIGHT in relations and bool(roles & SITE_ROLES)

    assert opened == ({Permission.CARD_OPEN} if bedside else set())
    compartments = {compartment for compartment, _ in seen(outsider, surface)}
    card = {Compartment.EMERGENCY_CARD} if bedside and surface is Surface.OPENED else set()
    assert compartments == card


@given(ROLES, st.booleans(), st.booleans(), SURFACES)
def test_a_broken_glass_never_shows_the_three(
    roles: frozenset[Role], restricted: bool, named: bool, surface: Surface
) -> None:
    standing = Standing(roles, frozenset({Relation.BROKEN_GLASS}), restricted, named)
    assert not set(standing.vision(surface).parts) & NEVER_BY_BREAKING_GLASS
    assert {one for one in CASE_PERMISSIONS if may(one, standing)} <= {
        Permission.CASE_OPEN, Permission.CARD_OPEN,
    }  # fmt: skip


@given(SURFACES)
def test_a_broken_glass_reads_as_the_case_team_but_for_the_three(surface: Surface) -> None:
    glass, team = vision({Reader.BROKEN_GLASS}, surface), vision({Reader.CASE_TEAM}, surface)
    for compartment in Compartment:
        due = None if compartment in NEVER_BY_BREAKING_GLASS else team.parts.get(compartment)
        assert glass.parts.get(compartment) == due


@given(st.frozensets(st.sampled_from(list(Role)), max_size=3), ROLES, RELATIONS, SURFACES)
def test_two_roles_in_one_person_show_what_each_shows_and_no_more(
    one: frozenset[Role], other: frozenset[Role], relations: frozenset[Relation], surface: Surface
) -> None:
    both = seen(Standing(one | other, relations), surface)
    assert both == seen(Standing(one, relations), surface) | seen(
        Standing(other, relations), surface
    )


@given(ROLES, RELATIONS, SURFACES)
def test_a_list_never_shows_what_the_opened_file_hides(
    roles: frozenset[Role], relations: frozenset[Relation], surface: Surface
) -> None:
    standing = Standing(roles, relations)
    assert seen(standing, Surface.LIST) <= seen(standing, Surface.OPENED)


# the table of acts agrees with the tables of sight


@given(ROLES, RELATIONS, st.booleans(), st.booleans())
def test_a_card_opens_for_whoever_sees_it_and_for_nobody_else(
    roles: frozenset[Role], relations: frozenset[Relation], restricted: bool, named: bool
) -> None:
    standing = Standing(roles, relations, restricted, named)
    sees = standing.vision(Surface.OPENED).sees_any(Compartment.EMERGENCY_CARD)
    assert may(Permission.CARD_OPEN, standing) is sees


@given(ROLES, RELATIONS, st.booleans(), st.booleans())
def test_a_case_opens_for_whoever_reads_it_as_more_than_a_card(
    roles: frozenset[Role], relations: frozenset[Relation], restricted: bool, named: bool
) -> None:
    standing = Standing(roles, relations, restricted, named)
    reads = standing.readers - {Reader.BEDSIDE, Reader.HOUSING}
    assert may(Permission.CASE_OPEN, standing) is bool(reads)


WRITES_WHERE = {
    Permission.IDENTITY_RECORD: Compartment.IDENTITY,
    Permission.CONTACT_RECORD: Compartment.CONTACT,
    Permission.NOTE_CREATE: Compartment.NOTES,
    Permission.SCREENING_RECORD: Compartment.IMMIGRATION,
    Permission.MILESTONE_RECORD: Compartment.IMMIGRATION,
    Permission.SCENARIO_RECORD: Compartment.CASEWORK,
    Permission.ALLOWANCE_RECORD: Compartment.MONEY,
    Permission.PLACEMENT_CREATE: Compartment.SHELTER,
    Permission.PLACEMENT_MOVE: Compartment.SHELTER,
    Permission.PLACEMENT_END: Compartment.SHELTER,
    Permission.ABSENCE_RECORD: Compartment.SHELTER,
    Permission.PRESENCE_RECORD: Compartment.SHELTER,
    Permission.CARD_RECORD: Compartment.EMERGENCY_CARD,
    Permission.SEPARATION_RECORD: Compartment.SAFETY,
    Permission.WARNING_RECORD: Compartment.SAFETY,
    Permission.HOUSE_PAIR_RECORD: Compartment.SAFETY,
    Permission.TIME_OUT_RECORD: Compartment.SAFETY,
    Permission.INCIDENT_RECORD: Compartment.SAFETY,
    Permission.INCIDENT_FOLLOW_UP: Compartment.SAFETY,
}


@pytest.mark.parametrize(("permission", "compartment"), WRITES_WHERE.items())
def test_whoever_writes_in_a_compartment_sees_some_of_it(
    permission: Permission, compartment: Compartment
) -> None:
    for clause in POLICY[permission]:
        reader = READS_AS[clause]
        assert reader in TABLE[compartment], f"{reader} writes {compartment} unseen"


SEEN_BY_ROLE = {
    Permission.AUDIT_VIEW: (Compartment.AUDIT, Extent.BY_CODE),
    Permission.OWN_LOOKS_VIEW: (Compartment.AUDIT, Extent.OWN),
    Permission.CARD_OPENINGS_VIEW: (Compartment.GOVERNANCE, Extent.BY_CODE),
    Permission.DOORS_VIEW: (Compartment.GOVERNANCE, Extent.DEMANDS),
    Permission.SHEETS_VIEW: (Compartment.CASEWORK, Extent.DECISION_SHEETS),
    Permission.SHEET_ANSWER: (Compartment.CASEWORK, Extent.DECISION_SHEETS),
    Permission.POLICY_VIEW: (Compartment.GOVERNANCE, Extent.RULES),
    Permission.FIGURES_VIEW: (Compartment.CASEWORK, Extent.EXACT_FIGURES),
    Permission.PUBLICATION_VIEW: (Compartment.PUBLICATION, Extent.ISSUED),
    Permission.BED_NIGHTS_VIEW: (Compartment.PUBLICATION, Extent.BED_NIGHTS),
    Permission.AUDITOR_SESSION_VIEW: (Compartment.SHELTER, Extent.AUDITOR_SESSION),
    Permission.ACCOUNTS_MANAGE: (Compartment.ACCOUNTS, Extent.EVERYTHING),
    Permission.OWN_ACCOUNT: (Compartment.ACCOUNTS, Extent.OWN),
    Permission.SITES_MANAGE: (Compartment.SHELTER, Extent.SITES_AND_BEDS),
    Permission.JOBS_VIEW: (Compartment.OPERATIONS, Extent.EVERYTHING),
}


@pytest.mark.parametrize(("permission", "cell"), SEEN_BY_ROLE.items())
def test_a_page_of_a_role_is_open_to_the_roles_of_its_cell(
    permission: Permission, cell: tuple[Compartment, Extent]
) -> None:
    compartment, extent = cell
    roles = {role for role, extents in ROLE_TABLE[compartment].items() if extent in extents}
    assert {word for clause in POLICY[permission] for word in clause} == roles


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.FG, Role.FUNDER, Role.DIRECTOR, Role.PROGRAMME_MANAGER,
             Role.FINANCE, Role.AUDITOR, Role.MUNICIPAL_DECISION_MAKER, Role.PRIVACY_OFFICER],
)  # fmt: skip
def test_a_role_without_files_reads_no_case_in_any_relation(role: Role) -> None:
    for restricted in (False, True):
        standing = Standing(frozenset({role}), frozenset(Relation), restricted, named_reader=True)
        assert not standing.readers
        assert not any(may(one, standing) for one in CASE_PERMISSIONS)


# a guard that cannot fail guards nothing

Guard = Callable[[], None]


def _closed() -> None:
    """The rule of restricted cases, over every pair of a site's roles and stored relations."""
    pairs = chain.from_iterable(combinations(STORED, size) for size in (1, 2))
    for relations in pairs:
        for role in Role:
            standing = Standing(frozenset({role}), frozenset(relations), restricted=True)
            if Relation.BROKEN_GLASS not in relations:
                assert not standing.readers - {Reader.BEDSIDE}
                assert not may(Permission.CASE_OPEN, standing)


def test_the_restricted_mark_is_held_by_its_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    _closed()
    open_words = property(lambda self: self.roles | self.relations)
    monkeypatch.setattr(access.Standing, "words", open_words)
    with pytest.raises(AssertionError):
        _closed()
