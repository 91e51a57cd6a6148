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
    "audits",
    "beds",
    "cards",
    "caseload_reviews",
    "cases",
    "casework",
    "checkpoints",
    "corrections",
    "daily_services",
    "decision_sheets",
    "deferrals",
    "departures",
    "deputies",
    "doors",
    "episodes",
    "figures",
    "formal_decisions",
    "glass",
    "handovers",
    "health",
    "home",
    "households",
    "identities",
    "jobs",
    "languages",
    "looks",
    "needs",
    "own_lists",
    "placements",
    "policies",
    "procedures",
    "proposals",
    "publications",
    "referrals",
    "restrictions",
    "reviews",
    "rosters",
    "separations",
    "sign_in",
    "sites",
    "stays",
    "tasks",
    "teams",
    "vaults",
    "weeks",
    "workloads",
)
"""Files of this folder, in alphabetical order. Each has its blueprint as `bp`."""


def blueprints() -> tuple[Blueprint, ...]:
    """The blueprints of every view in the list."""
    return tuple(import_module(f"{__name__}.{name}").bp for name in VIEWS)
