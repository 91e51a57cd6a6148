"""The commands of the contract, one module per group.

A group is a module with `add_to(subparsers)`: it adds its commands with `usages.command(…)`, which binds each to a
function from the parsed arguments to the exit status (0 done, 1 a check failed, 2 bad input or usage). Refusals are
raised, never printed: `caseflow.cli` says them in one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "instances": ("init", "migrate"),
        "accounts": ("user",),
        "vaults": ("holder", "unseal", "seal"),
        "serving": ("serve", "serve-child"),
        "audits": ("audit",),
        "firewalls": ("firewall",),
        "caseloads": ("import",),
        "figures": ("indicators",),
        "publications": ("publication",),
        "jobs": ("scheduler", "jobs"),
        "evacuations": ("evacuation",),
        "demos": ("demo", "demo-build", "demo-open"),
    }
)
"""The modules here that add commands, in the order in which the help lists them, and the commands that each adds.

A command loads its own module only: what another one needs takes a second to load, of every command that is typed.
"""
