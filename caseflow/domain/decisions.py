"""What the domain answers when asked whether something can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from caseflow.domain.messages import Message


@dataclass(frozen=True)
class Allowed:
    """It can be done."""

    def __bool__(self) -> Literal[True]:
        return True


@dataclass(frozen=True)
class Refused:
    """It cannot be done, and why, in one sentence that names the repair."""

    reason: Message

    def __bool__(self) -> Literal[False]:
        return False


Decision = Allowed | Refused
