"""What the codes of the waiting list are called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caseflow.domain.health_needs import PLACEMENT_NEED_NAMES
from caseflow.domain.messages import N_, Message
from caseflow.domain.waiting import (
    GROUND_NAMES,
    OFFER_REFUSAL_NAMES,
    REMOVAL_NAMES,
    STEP_NAMES,
    WANTED_NAMES,
    RefusedBy,
)
from caseflow.domain.waiting_points import BAND_NAMES, CRITERION_NAMES
from caseflow.services.waiting_views import OfferFate

FATE_NAMES: Final[Mapping[OfferFate, Message]] = {
    OfferFate.OPEN: N_("waits for an answer"),
    OfferFate.BOOKED: N_("booked"),
    OfferFate.RAN_OUT: N_("ran out without an answer"),
    OfferFate.TAKEN_BACK: N_("taken back"),
}
REFUSED_BY_NAMES: Final[Mapping[RefusedBy, Message]] = {
    RefusedBy.CLIENT: N_("by the person"),
    RefusedBy.NO_FIT: N_("because it did not fit"),
    RefusedBy.NOBODY: N_("without an answer"),
}
NAMES: Final[dict[str, Any]] = {
    "bands": BAND_NAMES,
    "criteria": CRITERION_NAMES,
    "fates": FATE_NAMES,
    "grounds": GROUND_NAMES,
    "needs": PLACEMENT_NEED_NAMES,
    "refusals": OFFER_REFUSAL_NAMES,
    "refused_by": REFUSED_BY_NAMES,
    "removals": REMOVAL_NAMES,
    "steps": STEP_NAMES,
    "wanted": WANTED_NAMES,
}
