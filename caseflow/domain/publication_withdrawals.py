"""Why a publication was withdrawn: a choice of few, so that no note can ever say anything about a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.messages import N_, Message


class WithdrawalReason(StrEnum):
    """What was wrong with it. That figures could tell something about a person is none of them.

    Whoever read that would know where to look; the gate answers for it before anything is frozen.
    """

    FAULTY_RECORDS = "faulty_records"
    WRONG_DEFINITION = "wrong_definition"
    ISSUED_BY_MISTAKE = "issued_by_mistake"


REASONS: Final[Mapping[WithdrawalReason, Message]] = MappingProxyType(
    {
        WithdrawalReason.FAULTY_RECORDS: N_("The records behind it were wrong or not complete."),
        WithdrawalReason.WRONG_DEFINITION: N_("A definition was not applied as it is written."),
        WithdrawalReason.ISSUED_BY_MISTAKE: N_("It was published by mistake."),
    }
)
"""Each reason as the sentence that stands beside the publication."""


@dataclass(frozen=True)
class Withdrawn:
    """The note on a withdrawn publication: since when it no longer counts, and why."""

    on: date
    reason: WithdrawalReason

    @property
    def why(self) -> Message:
        """Answers with the reason as a sentence."""
        return REASONS[self.reason]
