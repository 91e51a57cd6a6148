"""Complaints: who handles one, on which days, and within which time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from caseflow.domain.complaints import (
    ComplaintFacts,
    is_late,
    load_complaint_terms,
    may_acknowledge,
    may_answer,
    may_give,
    may_record,
)
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.decisions import Decision

SHIPPED = Path(__file__).parents[2] / "config" / "complaints.toml"
IN, TODAY = date(2026, 11, 2), date(2026, 11, 22)
OPEN = ComplaintFacts(IN, about="bram")
GIVEN = replace(OPEN, handler="kofi")

# fmt: off
RULES: list[tuple[str, Decision, str]] = [
    ("today will do", may_record(TODAY, None, TODAY), ""),
    ("tomorrow has not come", may_record(date(2026, 11, 23), None, TODAY), "has come"),
    ("a slip of the year", may_record(date(2025, 11, 2), None, TODAY), "Check the year"),
    ("a code is a code by its shape", may_record(IN, "ZZZZ-2222", TODAY), ""),
    ("a name is no code", may_record(IN, "Blue", TODAY), "looks like K7QM-4XPD"),
    ("a letter that no code has", may_record(IN, "OOOO-1111", TODAY), "looks like"),
    ("somebody else handles it", may_give(OPEN, "kofi"), ""),
    ("whom it is about does not", may_give(OPEN, "bram"), "somebody else"),
    ("an answered one is handled by nobody", may_give(replace(OPEN, answered_on=TODAY), "kofi"), "answered already"),
    ("the client was told today", may_acknowledge(GIVEN, TODAY, TODAY), ""),
    ("not before it came in", may_acknowledge(GIVEN, date(2026, 11, 1), TODAY), "came in on"),
    ("once is enough", may_acknowledge(replace(GIVEN, acknowledged_on=IN), TODAY, TODAY), "already"),
    ("who handles it answers", may_answer(GIVEN, "kofi", TODAY, TODAY), ""),
    ("nobody else answers", may_answer(GIVEN, "lena", TODAY, TODAY), "Only who handles"),
    ("not whom it is about", may_answer(replace(OPEN, handler="bram"), "bram", TODAY, TODAY), "Only"),
    ("not on a day to come", may_answer(GIVEN, "kofi", date(2026, 11, 23), TODAY), "has come"),
]
# fmt: on


@pytest.mark.parametrize(
    ("answer", "refused"), [row[1:] for row in RULES], ids=[row[0] for row in RULES]
)
def test_rules_of_a_complaint(answer: Decision, refused: str) -> None:
    assert bool(answer) is not bool(refused)
    assert not refused or refused in str(answer.reason)  # type: ignore[union-attr]


def test_the_term_is_six_weeks_and_ten_with_a_committee() -> None:
    terms = load_complaint_terms(SHIPPED)
    assert terms.answer_by(IN, has_committee=False) == date(2026, 12, 14)
    assert terms.answer_by(IN, has_committee=True) == date(2027, 1, 11)
    assert terms.acknowledge_by(IN) == date(2026, 11, 9)
    assert not terms.is_confirmed


def test_the_last_day_itself_is_in_time() -> None:
    assert not is_late(TODAY, None, TODAY)
    assert is_late(date(2026, 11, 21), None, TODAY)
    assert not is_late(date(2026, 11, 21), date(2026, 11, 20), TODAY)


def test_a_bad_file_is_refused_with_every_problem(tmp_path: Path) -> None:
    file = tmp_path / "complaints.toml"
    file.write_text(
        'acknowledge_days = 0\nanswer_weeks = 6\nanswer_weeks_with_committee = 4\nconfirmed_by = "x"\n'
        '[source]\nnl = "a"\nen = "b"\n',
        "utf-8",
    )
    with pytest.raises(ConfigurationRefused) as refused:
        load_complaint_terms(file)
    said = str(refused.value)
    assert "acknowledge_days" in said
    assert "must not be shorter" in said
    assert "give both or neither" in said
