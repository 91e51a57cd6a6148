"""What the law asks of a register and of a site, as `config/register.toml` tells it.

Grounds of processing, the day from which staying without papers is a crime, and night registers are points of law
that a jurist confirms: nothing is assumed, and what nobody has decided is shown as not decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.domain.configuration_tables import ConfigurationTable
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.purposes import Purpose


class NightRegisterModel(StrEnum):
    """Whether a site owes anybody a register of who sleeps there."""

    NOT_OWED = "not_owed"
    EXEMPT = "exempt"
    KEPT = "kept"


NIGHT_REGISTERS: Final[Mapping[NightRegisterModel, Message]] = {
    NightRegisterModel.NOT_OWED: N_("no register is owed"),
    NightRegisterModel.EXEMPT: N_("exempted by the mayor"),
    NightRegisterModel.KEPT: N_("a register is kept in the model that was agreed"),
}


@dataclass(frozen=True)
class Activity:
    """One processing activity: a purpose, its lawful basis, and the ground for special categories if there are any."""

    purpose: Purpose
    basis: Label
    special: Label | None
    confirmed: bool


@dataclass(frozen=True)
class NightRegister:
    """What was decided about the night register of one site, when, and on which source."""

    site: str
    model: NightRegisterModel
    decided_on: date
    source: Label
    inspected_by: Label | None = None
    """Who may inspect it, as the decision says."""


@dataclass(frozen=True)
class ProcessingRules:
    """What `config/register.toml` says."""

    activities: Mapping[Purpose, Activity]
    stay_is_a_crime_from: date | None
    stay_source: Label
    night_registers: tuple[NightRegister, ...]


def processing_from(table: ConfigurationTable) -> ProcessingRules:
    """The rules of a file; what is wrong, and a purpose without an activity, join its problems."""
    activities = tuple(_activity(one) for one in table.children("activity", required=True))
    found = {one.purpose: one for one in activities}
    if len(found) != len(activities):
        table.refuse("activity", N_("names the same thing twice: keep one"))
    missing = [one.value for one in Purpose if one not in found]
    if missing:
        table.refuse("activity", N_("has no activity for: %(missing)s", missing=", ".join(missing)))
    stay = table.child("criminalisation_of_stay", required=True)
    crime_from, source = None, Label("-", "-")
    if stay is not None:
        crime_from, source = stay.day("in_force_from"), stay.label("source")
        stay.close()
    nights = tuple(_night_register(one) for one in table.children("night_register"))
    if len({one.site for one in nights}) != len(nights):
        table.refuse("night_register", N_("names the same thing twice: keep one"))
    table.close()
    return ProcessingRules(found, crime_from, source, nights)


def _activity(table: ConfigurationTable) -> Activity:
    activity = Activity(
        purpose=table.choice("purpose", Purpose),
        basis=table.label("basis"),
        special=table.label("special") if "special" in table else None,
        confirmed=table.flag("confirmed", default=False),
    )
    table.close()
    return activity


def _night_register(table: ConfigurationTable) -> NightRegister:
    register = NightRegister(
        site=table.text("site"),
        model=table.choice("model", NightRegisterModel),
        decided_on=table.day("decided_on", required=True) or date.min,
        source=table.label("source"),
        inspected_by=table.label("inspected_by") if "inspected_by" in table else None,
    )
    table.close()
    return register


def night_register_of(rules: ProcessingRules, site_id: str, name: str) -> NightRegister | None:
    """Answers what was decided about the night register of a site; None where nobody has decided (the default)."""
    names = {site_id.casefold(), name.casefold()}
    return next((one for one in rules.night_registers if one.site.casefold() in names), None)
