"""Slips of pay-outs: a code, an amount and its days; handed over once, or returned with a reason code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)
"""For so long whoever tapped takes it back by one tap."""


class SlipState(StrEnum):
    """Where the money of a slip is."""

    OPEN = "open"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"


SLIP_STATES: Final[Mapping[SlipState, Message]] = MappingProxyType(
    {
        SlipState.OPEN: N_("to hand over"),
        SlipState.HANDED_OVER: N_("handed over"),
        SlipState.RETURNED: N_("returned"),
    }
)


class ReturnReason(StrEnum):
    """Why a slip came back; no code tells where somebody is."""

    NOT_COLLECTED = "not_collected"
    DECLINED = "declined"
    LEFT = "left"
    WRONG = "wrong"


RETURN_REASONS: Final[Mapping[ReturnReason, Message]] = MappingProxyType(
    {
        ReturnReason.NOT_COLLECTED: N_("not collected"),
        ReturnReason.DECLINED: N_("did not want it"),
        ReturnReason.LEFT: N_("has left"),
        ReturnReason.WRONG: N_("the slip was wrong"),
    }
)


@dataclass(frozen=True)
class Settled:
    """A slip as it stands: who settled it, when, and whether a later run counted on it."""

    state: SlipState
    by: str | None = None
    at: datetime | None = None
    is_counted: bool = False
    """Whether it came back and a later run was fixed: that one may pay it, and nothing is paid twice."""


def may_settle(slip: Settled) -> Decision:
    """Answers whether a slip can be handed over or returned: once, while it is open."""
    if slip.state is SlipState.HANDED_OVER:
        return Refused(N_("This slip was handed over already. Nothing is paid twice."))
    if slip.state is SlipState.RETURNED:
        return Refused(N_("This slip was returned already. The next run pays it again."))
    return Allowed()


def may_take_back(slip: Settled, user_id: str, now: datetime) -> Decision:
    """Answers whether a tap can be taken back: one's own, of the last minutes, on which no run counts yet."""
    mine = slip.state is not SlipState.OPEN and slip.by == user_id and slip.at is not None
    if not mine or slip.is_counted or (slip.at is not None and now - slip.at > TAKEN_BACK_WITHIN):
        return Refused(
            N_(
                "Only your own tap of the last %(minutes)s minutes can be taken back. Ask finance.",
                minutes=TAKEN_BACK_WITHIN // timedelta(minutes=1),
            )
        )
    return Allowed()
