"""Costs made for somebody, by code: what kind, how much, who pays and on which day; no shop, no receipt, no words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_, Message
from caseflow.domain.tasks import OVER

COST_CENTS_AT_MOST: Final = 5_000_00
"""More at once than any fee in these programmes; beyond it a comma was forgotten."""


class CostKind(StrEnum):
    """What was paid for. Medicine says that it was not covered, never which."""

    TRAVEL = "travel"
    MEDICINE = "medicine"
    DOCUMENTS = "documents"
    FEES = "fees"
    CLOTHING = "clothing"
    HOUSEHOLD = "household"
    SCHOOL = "school"
    PHONE = "phone"
    OTHER = "other"


COST_NAMES: Final[Mapping[CostKind, Message]] = MappingProxyType(
    {
        CostKind.TRAVEL: N_("Travel"),
        CostKind.MEDICINE: N_("Medicine that nobody covers"),
        CostKind.DOCUMENTS: N_("Documents"),
        CostKind.FEES: N_("Fees"),
        CostKind.CLOTHING: N_("Clothing"),
        CostKind.HOUSEHOLD: N_("Household goods"),
        CostKind.SCHOOL: N_("School"),
        CostKind.PHONE: N_("Telephone credit"),
        CostKind.OTHER: N_("Something else"),
    }
)


class Payer(StrEnum):
    """Who pays."""

    PROGRAMME = "programme"
    FUND = "fund"
    MUNICIPALITY = "municipality"
    OWN = "own"


PAYER_NAMES: Final[Mapping[Payer, Message]] = MappingProxyType(
    {
        Payer.PROGRAMME: N_("The programme"),
        Payer.FUND: N_("A fund"),
        Payer.MUNICIPALITY: N_("The municipality"),
        Payer.OWN: N_("The person's own money"),
    }
)


def may_work_on(facts: CaseFacts) -> Decision:
    """Answers whether a cost can be recorded at all: bills come after an exit, but not into a closed case."""
    if facts.stage in OVER:
        return Refused(N_("This case is closed, so no cost is recorded in it any more."))
    return Allowed()


def may_record(facts: CaseFacts, cents: int, on: date, today: date) -> Decision:
    """Answers whether a cost can be recorded: in a case that is not closed, for a day since it began."""
    allowed = may_work_on(facts)
    if not allowed:
        return allowed
    if cents <= 0:
        return Refused(N_("Give an amount above zero."))
    if cents > COST_CENTS_AT_MOST:
        most = COST_CENTS_AT_MOST // 100
        return Refused(N_("That is more than %(most)s euros at once. Check the amount.", most=most))
    return may_date(on, today, facts.application_on)
