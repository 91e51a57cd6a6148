"""The commands of the contract, one module per group.

A group is a module with `add_to(subparsers)`: it adds its commands with `usages.command(…)`, which binds each to a
function from the parsed arguments to the exit status (0 done, 1 a check failed, 2 bad input or usage). Refusals are
raised, never printed: `caseflow.cli` says them in one place.
"""

from __future__ import annotations

from typing import Final

GROUPS: Final[tuple[str, ...]] = (
    "instances",
    "accounts",
    "vaults",
    "serving",
    "audits",
    "firewalls",
    "caseloads",
    "figures",
    "publications",
    "jobs",
    "evacuations",
    "demos",
)
"""Names of the modules here that add commands, in the order in which the help lists them."""
