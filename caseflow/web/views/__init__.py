"""The views, one file for each noun of the trade; a file is served once it stands in this list."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from flask import Blueprint

VIEWS: Final = (
    "absences",
    "account",
    "accounts",
    "alerts",
    "applications",
    "auditor_sessions",
    "audits",
    "bed_nights",
    "beds",
    "boards",
    "cards",
    "caseload_reviews",
    "cases",
    "casework",
    "checkpoints",
    "contact_persons",
    "complaints",
    "corrections",
    "costs",
    "daily_services",
    "decision_sheets",
    "deferrals",
    "departures",
    "disappearances",
    "deputies",
    "doors",
    "drafts",
    "episodes",
    "figures",
    "file_copies",
    "formal_decisions",
    "glass",
    "handovers",
    "health",
    "holds",
    "home",
    "house_peace",
    "households",
    "identities",
    "incidents",
    "jobs",
    "languages",
    "legal_papers",
    "looks",
    "money",
    "merges",
    "needs",
    "own_lists",
    "placements",
    "planned_nights",
    "plans",
    "policies",
    "procedures",
    "proposals",
    "publications",
    "referrals",
    "restrictions",
    "reviews",
    "rosters",
    "rounds",
    "separations",
    "sign_in",
    "sites",
    "slips",
    "stays",
    "swaps",
    "tasks",
    "teams",
    "vaults",
    "waiting",
    "weeks",
    "workloads",
)
"""Files of this folder, in alphabetical order. Each has its blueprint as `bp`."""


def blueprints() -> tuple[Blueprint, ...]:
    """The blueprints of every view in the list."""
    return tuple(import_module(f"{__name__}.{name}").bp for name in VIEWS)
