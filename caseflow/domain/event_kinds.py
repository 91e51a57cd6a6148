"""What an event of the audit log is: an act, what it is done to, and the keys of its details."""

from __future__ import annotations

from dataclasses import dataclass

CREATE, READ, UPDATE, DELETE, EXECUTE = "C", "R", "U", "D", "E"


@dataclass(frozen=True)
class EventKind:
    """One event of the log: its act (NEN 7513:2018 ch. 6) and the keys of its details."""

    action: str
    object_kind: str
    keys: frozenset[str]


def event(action: str, object_kind: str, *keys: str) -> EventKind:
    """One event: its act, what it is done to, and the keys that it carries."""
    return EventKind(action, object_kind, frozenset(keys))
