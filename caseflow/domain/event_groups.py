"""The kinds of events in which the log of looks and changes is looked through."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseflow.domain.event_kinds import EXECUTE, READ
from caseflow.domain.events import EVENTS
from caseflow.domain.messages import N_, Message


class EventGroup(StrEnum):
    """Kinds of events by which the log is looked through."""

    LOOKS = "looks"
    CHANGES = "changes"
    EMERGENCIES = "emergencies"
    REFUSED = "refused"
    OVERSIGHT = "oversight"
    ACCOUNTS = "accounts"
    KEYS = "keys"


GROUP_NAMES: Final[Mapping[EventGroup, Message]] = {
    EventGroup.LOOKS: N_("Looks at files and lists"),
    EventGroup.CHANGES: N_("Changes"),
    EventGroup.EMERGENCIES: N_("Emergencies and broken glass"),
    EventGroup.REFUSED: N_("Asked for, and not there for them"),
    EventGroup.OVERSIGHT: N_("Oversight of looks"),
    EventGroup.ACCOUNTS: N_("Accounts, roles and rosters"),
    EventGroup.KEYS: N_("Signing in, vaults and the machine"),
}

_EMERGENCIES: Final = frozenset({"card_opened", "glass_broken", "door_called", "door_told"})
_REFUSED: Final = frozenset({"access_denied", "glass_not_there"})
_OVERSIGHT_OF: Final = frozenset(
    {"card_openings_listed", "card_opening_seen", "doors_listed", "door_seen"}
    | {"glass_closed", "glass_reviewed", "reviews_listed", "review_opened"}
    | {"attention_raised", "attention_reviewed", "looks_printed", "policy_viewed"}
)
_KEYS: Final = frozenset({"session", "vault", "job", "instance"})
_MACHINE: Final = frozenset({"alerts_raised", "beds_suggested", "sweeps_awaited", "jobs_listed"})
_LOOKS: Final = frozenset({"caseload_review_begun"})
_ACCOUNTS: Final = frozenset({"accounts_listed", "roster_listed"})


def group_of(event: str) -> EventGroup:
    """The one kind to which an event belongs; an event added later falls under looks or changes by its act."""
    kind = EVENTS[event]
    if event in _EMERGENCIES:
        return EventGroup.EMERGENCIES
    if event in _REFUSED:
        return EventGroup.REFUSED
    if event in _OVERSIGHT_OF or kind.object_kind == "audit":
        return EventGroup.OVERSIGHT
    if event in _MACHINE or kind.object_kind in _KEYS:
        return EventGroup.KEYS
    if event in _ACCOUNTS or kind.object_kind in {"account", "roster", "team"}:
        return EventGroup.ACCOUNTS
    looks = event in _LOOKS or kind.action in {READ, EXECUTE}
    return EventGroup.LOOKS if looks else EventGroup.CHANGES


def events_of(group: EventGroup) -> frozenset[str]:
    """The events of one kind."""
    return frozenset(event for event in EVENTS if group_of(event) is group)
