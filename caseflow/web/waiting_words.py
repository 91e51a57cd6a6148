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
from caseflow.services.waiting_views import OfferFate, StepView, WaitingView
from caseflow.web.formatting import long_date, said

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


def told(view: WaitingView) -> list[str]:
    """What was asked for a person and what came of it, a line for each step, oldest first: for their own copy."""
    return [f"{long_date(one.on)}: {_step(one)}" for one in reversed(view.steps)]


def _step(one: StepView) -> str:
    words: list[Message] = [STEP_NAMES[one.kind]]
    words += [WANTED_NAMES[one.wanted]] if one.wanted is not None else []
    words += [GROUND_NAMES[ground] for ground in one.grounds]
    words += [REMOVAL_NAMES[one.removal]] if one.removal is not None else []
    words += [OFFER_REFUSAL_NAMES[one.refusal]] if one.refusal is not None else []
    words += [FATE_NAMES[one.fate]] if one.fate is not None else []
    return ", ".join(said(word) for word in words)
