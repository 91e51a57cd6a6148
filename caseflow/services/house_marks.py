"""The marks of a house that stand beside somebody in a list: warnings as codes, and until when a time-out lasts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain.house_warnings import WarningKind
from caseflow.storage import house_peace


@dataclass(frozen=True)
class Marks:
    """What colleagues do differently with somebody, and the day on which they may come back."""

    warnings: tuple[WarningKind, ...] = ()
    back_on: date | None = None


NO_MARKS: Final = Marks()


def of(session: Session, client_codes: Collection[str], today: date) -> Mapping[str, Marks]:
    """The marks of these people today, by client code; who has none is missing. Two questions for any number.

    For a reader who sees warnings of safety; whoever asks hides them from others.
    """
    warnings = house_peace.warnings_of_many(session, client_codes, today)
    away = house_peace.time_outs_of_many(session, client_codes, today)
    return {
        code: Marks(
            tuple(WarningKind(kind) for kind in warnings.get(code, ())),
            max((back_on for _, back_on in away.get(code, ())), default=None),
        )
        for code in {*warnings, *away}
    }
