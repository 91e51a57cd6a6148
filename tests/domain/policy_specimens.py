"""The firewall report of the shipped files and the invented city, without a store."""

from __future__ import annotations

from datetime import date
from functools import cache

from caseflow.domain import policies, policy_acts, policy_duties, policy_registers
from caseflow.domain.catalogues import Catalogue
from caseflow.domain.firewall_rules import FirewallRules, load_firewall_rules
from caseflow.domain.policy_acts import SiteDays
from caseflow.domain.policy_lines import Cell, Line, Section, lines_of
from caseflow.domain.policy_registers import Swept
from caseflow.services.policies import stored_columns
from caseflow.settings import SHIPPED_CONFIG

DAY = date(2026, 11, 22)


@cache
def shipped() -> tuple[FirewallRules, Catalogue]:
    rules = load_firewall_rules([SHIPPED_CONFIG])
    return rules, Catalogue.load(SHIPPED_CONFIG, SHIPPED_CONFIG / "demo")


def sections(on: date = DAY, rules: FirewallRules | None = None) -> tuple[Section, ...]:
    """Every section but the index of norms, made now from the tables as they stand."""
    found, catalogue = shipped()
    rules, columns = rules or found, stored_columns()
    organisations = list(catalogue.organisations.values())
    return (
        policies.sight(),
        policy_acts.deeds(),
        policy_acts.standings(SiteDays(7, 3)),
        policy_acts.people(),
        policy_registers.leaving(rules.recipients, on),
        policy_registers.kept(columns, rules.terms),
        policy_registers.retained(rules.terms, Swept(30, 60, 28), erases=False),
        policy_duties.law(rules.processing, sites=3),
        policy_duties.register(
            organisations,
            catalogue.programmes.values(),
            columns,
            rules.terms,
            rules.recipients,
            rules.processing,
            on,
        ),
    )


def line(line_id: str, among: tuple[Section, ...]) -> Line:
    [found] = [one for _, _, one in lines_of(among) if one.id == line_id]
    return found


def words(cell: Cell) -> str:
    """A cell in English."""
    return " / ".join(words(one) for one in cell) if isinstance(cell, tuple) else str(cell)


def cells(line_id: str, among: tuple[Section, ...]) -> list[str]:
    return [words(cell) for cell in line(line_id, among).cells]
