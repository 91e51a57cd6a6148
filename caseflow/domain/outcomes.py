"""How an episode ended, on what ground, and what each published definition makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message


class Outcome(StrEnum):
    """How an episode ended. The codes are those of the caseload file."""

    RESIDENCE_PERMIT = "residence_permit"
    VOLUNTARY_RETURN = "voluntary_return"
    NATIONAL_RECEPTION = "national_reception"
    ONWARD_MIGRATION = "onward_migration"
    MUNICIPAL_TRANSFER = "municipal_transfer"
    LEFT_DESTINATION_UNKNOWN = "left_destination_unknown"
    ENDED_BY_PROGRAMME = "ended_by_programme"
    STAY_LIMIT_REACHED = "stay_limit_reached"
    DETAINED = "detained"
    FORCED_DEPARTURE = "forced_departure"
    DUBLIN_TRANSFER = "dublin_transfer"
    DECEASED = "deceased"
    OTHER = "other"
    UNKNOWN = "unknown"


class OutcomeBasis(StrEnum):
    """Why someone went back to national reception, or why the programme ended its support."""

    REPEAT_ASYLUM_APPLICATION = "repeat_asylum_application"
    MEDICAL_DEFERRAL = "medical_deferral"
    AGREEMENTS_NOT_MET = "agreements_not_met"
    SAFETY = "safety"
    OTHER = "other"


class SolutionClass(StrEnum):
    """What a definition calls an outcome."""

    DURABLE = "durable"
    SEMI_DURABLE = "semi_durable"
    NO_SOLUTION = "no_solution"


class SolutionDefinition(StrEnum):
    """The two definitions in use side by side; one caseload gives 18 % and 94 % under them."""

    WODC = "wodc"
    UTRECHT = "utrecht"


OUTCOME_NAMES: Mapping[Outcome, Message] = MappingProxyType(
    {
        Outcome.RESIDENCE_PERMIT: N_("residence permit"),
        Outcome.VOLUNTARY_RETURN: N_("voluntary return"),
        Outcome.NATIONAL_RECEPTION: N_("back in national reception"),
        Outcome.ONWARD_MIGRATION: N_("onward migration"),
        Outcome.MUNICIPAL_TRANSFER: N_("transfer to another city's programme"),
        Outcome.LEFT_DESTINATION_UNKNOWN: N_("left, destination unknown"),
        Outcome.ENDED_BY_PROGRAMME: N_("ended by the programme"),
        Outcome.STAY_LIMIT_REACHED: N_("longest stay reached"),
        Outcome.DETAINED: N_("in detention"),
        Outcome.FORCED_DEPARTURE: N_("forced departure"),
        Outcome.DUBLIN_TRANSFER: N_("Dublin transfer"),
        Outcome.DECEASED: N_("died"),
        Outcome.OTHER: N_("other outcome"),
        Outcome.UNKNOWN: N_("outcome not known"),
    }
)

BASIS_NAMES: Mapping[OutcomeBasis, Message] = MappingProxyType(
    {
        OutcomeBasis.REPEAT_ASYLUM_APPLICATION: N_("repeat asylum application lodged"),
        OutcomeBasis.MEDICAL_DEFERRAL: N_("deferral of departure on medical grounds"),
        OutcomeBasis.AGREEMENTS_NOT_MET: N_("agreements not met"),
        OutcomeBasis.SAFETY: N_("safety of the person or of others"),
        OutcomeBasis.OTHER: N_("another ground"),
    }
)

BASES_OF: Mapping[Outcome, tuple[OutcomeBasis, ...]] = MappingProxyType(
    {
        Outcome.NATIONAL_RECEPTION: (
            OutcomeBasis.REPEAT_ASYLUM_APPLICATION,
            OutcomeBasis.MEDICAL_DEFERRAL,
            OutcomeBasis.OTHER,
        ),
        Outcome.ENDED_BY_PROGRAMME: (
            OutcomeBasis.AGREEMENTS_NOT_MET,
            OutcomeBasis.SAFETY,
            OutcomeBasis.OTHER,
        ),
    }
)

_SEMI_DURABLE_GROUNDS = frozenset(
    {OutcomeBasis.REPEAT_ASYLUM_APPLICATION, OutcomeBasis.MEDICAL_DEFERRAL}
)


def basis_fits(outcome: Outcome, basis: OutcomeBasis | None) -> Decision:
    """Answers whether this ground belongs to this outcome.

    National reception and an end by the programme need their ground; no other outcome has one.
    Source: the caseload file of the contract.
    """
    choices = BASES_OF.get(outcome, ())
    if basis is None:
        if choices:
            return Refused(
                N_(
                    "Choose the ground for “%(outcome)s”, so that it counts in the right class.",
                    outcome=OUTCOME_NAMES[outcome],
                )
            )
        return Allowed()
    if basis not in choices:
        return Refused(
            N_(
                "The ground “%(basis)s” does not belong to “%(outcome)s”. "
                "Choose another or leave it out.",
                basis=BASIS_NAMES[basis],
                outcome=OUTCOME_NAMES[outcome],
            )
        )
    return Allowed()


def solution_class(
    definition: SolutionDefinition,
    outcome: Outcome,
    basis: OutcomeBasis | None = None,
    *,
    permanent_stay_assured: bool = True,
) -> SolutionClass | None:
    """Answers what a definition calls an outcome, or None for a transfer, which is no outcome.

    Onward migration counts as durable only where permanent stay is assured: asked at exit for live
    cases, taken as assured for imported ones. A Dublin transfer is not onward migration.
    Sources: WODC 2022-11-25 and Regioplan 2022-12-01 (`wodc`); Spencer 2018 (`utrecht`).
    """
    if outcome is Outcome.MUNICIPAL_TRANSFER:
        return None
    if outcome in {Outcome.RESIDENCE_PERMIT, Outcome.VOLUNTARY_RETURN}:
        return SolutionClass.DURABLE
    if definition is SolutionDefinition.UTRECHT:
        back = outcome is Outcome.NATIONAL_RECEPTION
        return SolutionClass.DURABLE if back else SolutionClass.NO_SOLUTION
    if outcome is Outcome.ONWARD_MIGRATION and permanent_stay_assured:
        return SolutionClass.DURABLE
    if outcome is Outcome.NATIONAL_RECEPTION and basis in _SEMI_DURABLE_GROUNDS:
        return SolutionClass.SEMI_DURABLE
    return SolutionClass.NO_SOLUTION
