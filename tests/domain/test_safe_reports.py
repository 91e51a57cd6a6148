"""Help to report a crime: what makes sense, and what a list may show of it. Rule FW8."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from caseflow.domain import safe_reports as rules
from caseflow.domain.decisions import Refused
from caseflow.domain.safe_reports import (
    Accompaniment,
    GoesAlong,
    ReportOutcome,
    ReportWish,
    Standing,
)

TODAY = date(2026, 11, 22)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
PLAIN = Accompaniment(Standing.VICTIM, ReportWish.REPORT)
GOES = replace(PLAIN, along=GoesAlong.CASEWORKER, meets_on=TOMORROW, meets_at="14:30")


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("a wish alone is enough: nothing else is mandatory", {}),
        ("somebody goes along", {"along": GoesAlong.LAWYER, "meets_on": TOMORROW}),
        ("explained, in a language", {"told_on": TODAY, "told_in": "ti"}),
        (
            "a report that was taken, after it was explained",
            {"told_on": YESTERDAY, "told_in": "ar", "outcome": ReportOutcome.TAKEN,
             "outcome_on": TODAY, "reference": "PL-1"},
        ),
        ("did not go", {"outcome": ReportOutcome.NOT_GONE, "outcome_on": TODAY}),
        ("nothing now", {"wish": ReportWish.NOTHING_NOW}),
    ],
)  # fmt: skip
def test_what_makes_sense_is_kept(sentence: str, changes: dict[str, Any]) -> None:
    assert rules.may_record(replace(PLAIN, **changes), TODAY), sentence


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("explained without a language", {"told_on": TODAY}),
        ("a language without a day", {"told_in": "ti"}),
        ("explained tomorrow", {"told_on": TOMORROW, "told_in": "ti"}),
        ("taken, and never explained", {"outcome": ReportOutcome.TAKEN, "outcome_on": TODAY}),
        ("a time without a day", {"meets_at": "14:30"}),
        ("no time of a clock", {"along": GoesAlong.LAWYER, "meets_on": TODAY, "meets_at": "25:00"}),
        ("a day, and nobody said who goes along", {"meets_on": TOMORROW}),
        ("nothing now, and an appointment", {"wish": ReportWish.NOTHING_NOW, "along": GoesAlong.LAWYER,
                                             "meets_on": TOMORROW}),
        ("a slip in the year", {"along": GoesAlong.LAWYER, "meets_on": TODAY + timedelta(days=400)}),
        ("an outcome without a day", {"outcome": ReportOutcome.REFUSED}),
        ("a day without an outcome", {"outcome_on": TODAY}),
        ("an outcome tomorrow", {"outcome": ReportOutcome.REFUSED, "outcome_on": TOMORROW}),
        ("a number of a report that was refused", {"outcome": ReportOutcome.REFUSED, "outcome_on": TODAY,
                                                   "reference": "PL-1"}),
        ("an interpreter by name", {"interpreter_number": "Mr. Oak"}),
        ("a place of a thousand signs", {"place": "x" * 1000}),
        ("a book", {"words": "x" * 6000}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(
    sentence: str, changes: dict[str, Any]
) -> None:
    answer = rules.may_record(replace(PLAIN, **changes), TODAY)
    assert isinstance(answer, Refused), sentence
    assert str(answer.reason).endswith(".")


@pytest.mark.parametrize(
    ("sentence", "told", "day"),
    [
        ("the case team goes along", GOES, TOMORROW),
        ("the lawyer goes along, so nobody of us has to", replace(GOES, along=GoesAlong.LAWYER), None),
        ("the day has passed", replace(GOES, meets_on=YESTERDAY), None),
        ("it is over", replace(GOES, outcome=ReportOutcome.TAKEN, outcome_on=TODAY), None),
        ("another time, on that day", replace(GOES, outcome=ReportOutcome.LATER, outcome_on=TODAY), TOMORROW),
        ("no day yet", PLAIN, None),
    ],
)  # fmt: skip
def test_a_list_shows_a_neutral_task_or_nothing(
    sentence: str, told: Accompaniment, day: date | None
) -> None:
    assert rules.task_day(told, TODAY) == day, sentence
