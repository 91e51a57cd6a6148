"""Days covered by a pregnancy or an illness, a sentence for each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseflow.domain.configuration import ConfigurationProblem
from caseflow.domain.configuration_tables import ConfigurationTable
from caseflow.domain.decisions import Refused
from caseflow.domain.deferral_files import load_pregnancy_term, pregnancy_term_from
from caseflow.domain.deferrals import (
    Cover,
    DeferralDates,
    DeferralKind,
    cover,
    expected_cover,
    may_record,
    review_on,
)

TERM = load_pregnancy_term(Path("config/deferrals.toml"))
TODAY = date(2026, 11, 22)
P, I = DeferralKind.PREGNANCY, DeferralKind.ILLNESS  # noqa: E741


def d(month: int, day: int, year: int = 2027) -> date:
    return date(year, month, day)


@pytest.mark.parametrize(
    ("sentence", "told", "covered"),
    [
        ("expected alone: six weeks before until six weeks after",
         DeferralDates(P, d(3, 15)), Cover(d(2, 1), d(4, 26))),
        ("born a week late: the last day moves, the first stays",
         DeferralDates(P, d(3, 15), d(3, 22)), Cover(d(2, 1), d(5, 3))),
        ("born two weeks early: the last day comes sooner",
         DeferralDates(P, d(3, 15), d(3, 1)), Cover(d(2, 1), d(4, 12))),
        ("born before the cover began: it begins with the birth",
         DeferralDates(P, d(3, 15), d(1, 20)), Cover(d(1, 20), d(3, 3))),
        ("born on the expected day: nothing moves",
         DeferralDates(P, d(3, 15), d(3, 15)), Cover(d(2, 1), d(4, 26))),
        ("over the change to summer time it is 42 local days",
         DeferralDates(P, d(3, 28)), Cover(d(2, 14), d(5, 9))),
        ("over a leap day",
         DeferralDates(P, date(2028, 2, 1)), Cover(date(2027, 12, 21), date(2028, 3, 14))),
        ("an illness: the days of the decision",
         DeferralDates(I, from_on=d(1, 1), until_on=d(6, 30)), Cover(d(1, 1), d(6, 30))),
        ("an illness without days covers nothing", DeferralDates(I), None),
    ],
)  # fmt: skip
def test_which_days_are_covered(sentence: str, told: DeferralDates, covered: Cover | None) -> None:
    assert cover(told, TERM) == covered, sentence


def test_what_was_expected_is_still_told_after_the_birth() -> None:
    told = DeferralDates(P, d(3, 15), d(3, 22))
    assert expected_cover(told, TERM) == Cover(d(2, 1), d(4, 26))
    assert expected_cover(DeferralDates(I), TERM) is None


@pytest.mark.parametrize(
    ("sentence", "until", "due"),
    [
        ("two weeks before the end", d(4, 26), d(4, 12)),
        ("today, where that has passed", d(11, 30, 2026), TODAY),
        ("today, on the last day", TODAY, TODAY),
        ("not at all, once it is over", d(11, 21, 2026), None),
    ],
)
def test_by_when_to_look_at_the_plan_again(sentence: str, until: date, due: date | None) -> None:
    assert review_on(Cover(d(1, 1, 2026), until), TODAY) == due, sentence


@pytest.mark.parametrize(
    ("told", "because"),
    [
        (DeferralDates(P), "delivery is expected"),
        (DeferralDates(P, d(3, 15, 2029)), "Check the year"),
        (DeferralDates(P, d(3, 15), from_on=d(1, 1)), "enter the delivery alone"),
        (DeferralDates(P, d(12, 1, 2026), d(12, 1, 2026)), "in the future"),
        (DeferralDates(P, d(3, 15), d(1, 2, 2026)), "months apart"),
        (DeferralDates(I, expected_on=d(3, 15)), "belongs to a pregnancy"),
        (DeferralDates(I, from_on=d(3, 15)), "first and the last day"),
        (DeferralDates(I, from_on=d(3, 15), until_on=d(3, 14)), "before the first"),
        (DeferralDates(I, from_on=d(3, 15), until_on=d(3, 15, 2031)), "two years"),
    ],
)
def test_days_that_cannot_be_are_refused(told: DeferralDates, because: str) -> None:
    refused = may_record(told, TODAY)
    assert isinstance(refused, Refused)
    assert because in refused.reason.text % {"day": told.delivered_on or told.expected_on}


def test_the_term_has_a_source_and_waits_for_a_jurist() -> None:
    assert (TERM.weeks_before, TERM.weeks_after, TERM.confirmed) == (6, 6, False)
    assert "A3/7" in TERM.source.en


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"pregnancy": {}},
        {"pregnancy": {"weeks_before": 0, "weeks_after": 6, "source": {"nl": "x", "en": "x"}}},
        {"pregnancy": {"weeks_before": 6, "weeks_after": 60, "source": {"nl": "x", "en": "x"}}},
        {"pregnancy": {"weeks_before": 6, "weeks_after": 6}},
        {"pregnancy": {"weeks_before": 6, "weeks_after": 6, "source": {"nl": "x", "en": "x"}, "days": 1}},
    ],
)  # fmt: skip
def test_a_bad_file_is_refused(content: dict[str, object]) -> None:
    problems: list[ConfigurationProblem] = []
    pregnancy_term_from(ConfigurationTable("deferrals.toml", content, problems))
    assert problems
