"""Whether this process is alive, for whoever watches over it; nothing about people or work."""

from __future__ import annotations

from caseflow.services import houses


def is_sealed() -> bool:
    """Whether every vault is sealed in this process."""
    return not houses.current().stores.unsealed()
