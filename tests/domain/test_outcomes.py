"""Outcomes, their grounds, and what each definition calls them."""

from __future__ import annotations

import pytest

from caseflow.domain.decisions import Refused
from caseflow.domain.outcomes import (
    BASES_OF,
    BASIS_NAMES,
    OUTCOME_NAMES,
    Outcome,
    OutcomeBasis,
    SolutionClass,
    SolutionDefinition,
    basis_fits,
    solution_class,
)

WODC, UTRECHT = SolutionDefinition.WODC, SolutionDefinition.UTRECHT
DURABLE, SEMI, NONE = SolutionClass.DURABLE, SolutionClass.SEMI_DURABLE, SolutionClass.NO_SOLUTION
REPEAT, MEDICAL = OutcomeBasis.REPEAT_ASYLUM_APPLICATION, OutcomeBasis.MEDICAL_DEFERRAL


CONTRACT_CODES = """
residence_permit voluntary_return national_reception onward_migration municipal_transfer
left_destination_unknown ended_by_programme stay_limit_reached detained forced_departure
dublin_transfer deceased other unknown
"""


def test_the_codes_are_those_of_the_caseload_file() -> None:
    assert [str(outcome) for outcome in Outcome] == CONTRACT_CODES.split()


def test_every_outcome_and_ground_has_a_name_on_screen() -> None:
    assert set(OUTCOME_NAMES) == set(Outcome)
    assert set(BASIS_NAMES) == set(OutcomeBasis)


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("basis", [None, *OutcomeBasis])
def test_a_ground_is_asked_for_where_it_belongs_and_nowhere_else(
    outcome: Outcome, basis: OutcomeBasis | None
) -> None:
    belongs = basis in BASES_OF[outcome] if outcome in BASES_OF else basis is None

    assert bool(basis_fits(outcome, basis)) is belongs


def test_the_refusal_of_a_ground_names_both_in_words() -> None:
    refused = basis_fits(Outcome.DETAINED, OutcomeBasis.SAFETY)

    assert isinstance(refused, Refused)
    assert str(refused.reason).startswith(
        "The ground “safety of the person or of others” does not belong to “in detention”."
    )


@pytest.mark.parametrize(
    ("outcome", "basis", "wodc", "utrecht", "sentence"),
    [
        (Outcome.RESIDENCE_PERMIT, None, DURABLE, DURABLE, "a permit is durable for both"),
        (Outcome.VOLUNTARY_RETURN, None, DURABLE, DURABLE, "so is voluntary return"),
        (Outcome.NATIONAL_RECEPTION, REPEAT, SEMI, DURABLE, "Utrecht counts reception as solved"),
        (Outcome.NATIONAL_RECEPTION, MEDICAL, SEMI, DURABLE, "on medical grounds too"),
        (
            Outcome.NATIONAL_RECEPTION,
            OutcomeBasis.OTHER,
            NONE,
            DURABLE,
            "other grounds differ most",
        ),
        (Outcome.ONWARD_MIGRATION, None, DURABLE, NONE, "onward migration is WODC's alone"),
        (Outcome.DUBLIN_TRANSFER, None, NONE, NONE, "a Dublin transfer is no onward migration"),
        (Outcome.LEFT_DESTINATION_UNKNOWN, None, NONE, NONE, "unknown destination is no solution"),
        (Outcome.MUNICIPAL_TRANSFER, None, None, None, "a transfer is no outcome at all"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_each_definition_calls_an_outcome_its_own_way(
    outcome: Outcome,
    basis: OutcomeBasis | None,
    wodc: SolutionClass | None,
    utrecht: SolutionClass | None,
    sentence: str,
) -> None:
    assert solution_class(WODC, outcome, basis) is wodc, sentence
    assert solution_class(UTRECHT, outcome, basis) is utrecht, sentence


def test_onward_migration_without_assured_stay_is_no_solution() -> None:
    assert solution_class(WODC, Outcome.ONWARD_MIGRATION, permanent_stay_assured=False) is NONE
