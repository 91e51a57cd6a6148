"""The guidance scenario: the perspective one works towards, which is not what was reached."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from caseflow.domain.messages import N_, Message


class GuidanceScenario(StrEnum):
    """What client and programme work towards. It is revised over time: history, never overwritten.

    Source: Regioplan 2020, par. 6.5.
    """

    RETURN = "return"
    LEGALISATION = "legalisation"
    ONWARD = "onward"
    STABILISE = "stabilise"
    UNDER_INVESTIGATION = "under_investigation"


SCENARIO_NAMES: Mapping[GuidanceScenario, Message] = MappingProxyType(
    {
        GuidanceScenario.RETURN: N_("return"),
        GuidanceScenario.LEGALISATION: N_("legalisation of stay"),
        GuidanceScenario.ONWARD: N_("onward migration to a safe country"),
        GuidanceScenario.STABILISE: N_("rest and stability first"),
        GuidanceScenario.UNDER_INVESTIGATION: N_("still being looked into"),
    }
)
