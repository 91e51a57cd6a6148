"""The kind of place somebody went to after an exit: never an address, a town or a name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import OUTCOME_NAMES, Outcome


class DestinationKind(StrEnum):
    """Where somebody sleeps after the exit, as a kind. Source: the firewall, “next address (kind only)”."""

    OWN_HOME = "own_home"
    FAMILY_OR_FRIENDS = "family_or_friends"
    HOST_FAMILY = "host_family"
    MUNICIPALITY = "municipality"
    NATIONAL_RECEPTION = "national_reception"
    CARE = "care"
    ABROAD = "abroad"
    DETENTION = "detention"
    STREET = "street"
    OTHER = "other"
    UNKNOWN = "unknown"


DESTINATION_NAMES: Mapping[DestinationKind, Message] = MappingProxyType(
    {
        DestinationKind.OWN_HOME: N_("a home of their own"),
        DestinationKind.FAMILY_OR_FRIENDS: N_("with family or friends"),
        DestinationKind.HOST_FAMILY: N_("with a host family"),
        DestinationKind.MUNICIPALITY: N_("shelter of a municipality"),
        DestinationKind.NATIONAL_RECEPTION: N_("a reception centre of the state"),
        DestinationKind.CARE: N_("hospital or care home"),
        DestinationKind.ABROAD: N_("abroad"),
        DestinationKind.DETENTION: N_("detention"),
        DestinationKind.STREET: N_("no roof"),
        DestinationKind.OTHER: N_("another kind of place"),
        DestinationKind.UNKNOWN: N_("destination not known"),
    }
)


def may_name(outcome: Outcome, destination: DestinationKind | None) -> Decision:
    """Answers whether a kind of next address fits an outcome; nobody has to name one.

    Who left for an unknown destination is not known to have gone anywhere, and who died has no next address.
    """
    if destination is None:
        return Allowed()
    unknown = destination is DestinationKind.UNKNOWN
    if outcome is Outcome.DECEASED or (outcome is Outcome.LEFT_DESTINATION_UNKNOWN and not unknown):
        return Refused(
            N_(
                "“%(destination)s” does not fit “%(outcome)s”. Choose another kind of next address, "
                "or leave it out.",
                destination=DESTINATION_NAMES[destination],
                outcome=OUTCOME_NAMES[outcome],
            )
        )
    return Allowed()
