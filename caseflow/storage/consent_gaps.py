"""Running cases in which somebody was not told what everybody is told, or was told it from an older text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.sql.selectable import ScalarSelect

from caseflow.storage.case_reaches import Where
from caseflow.storage.gap_cases import RUNNING, application, cases, nothing
from caseflow.storage.models.agreements import InformationGiven
from caseflow.storage.models.cases import Case


def not_told(where: Where, newest: Mapping[str, int]) -> list[Select[Any]]:
    """Cases in which a text was never told in a language that the person understands."""
    found = [
        cases(application(), where).where(RUNNING, _number_told(text).is_(None))
        for text in sorted(newest)
    ]
    return found or [nothing(where)]


def told_older(where: Where, newest: Mapping[str, int]) -> list[Select[Any]]:
    """Cases in which a text was told under a lower number than it has today, with the day on which that was."""
    found = [
        cases(_last(text, func.max(InformationGiven.given_on)), where).where(
            RUNNING, _number_told(text) < number
        )
        for text, number in sorted(newest.items())
    ]
    return found or [nothing(where)]


def _number_told(text: str) -> ScalarSelect[Any]:
    return _last(text, func.max(InformationGiven.text_version))


def _last(text: str, what: Any) -> ScalarSelect[Any]:
    return (
        select(what)
        .where(
            InformationGiven.case_id == Case.id,
            InformationGiven.kind == text,
            InformationGiven.understood.is_(True),
            InformationGiven.mistaken_at.is_(None),
        )
        .scalar_subquery()
    )
