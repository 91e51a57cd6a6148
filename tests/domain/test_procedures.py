"""Procedures: a sentence for each term, and what a step asks for, refuses and may mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable
from caseflow.domain.decisions import Refused
from caseflow.domain.procedure_files import load_procedures, procedures_from
from caseflow.domain.procedure_words import LEARNED, STEP_NAMES, DueKind, ProcedureKind
from caseflow.domain.procedures import (
    Due,
    DueBasis,
    Leads,
    StepTaken,
    consequence,
    due_after,
    lacks_a_day,
    may_be_written,
    may_end,
    may_take,
    v_number,
    waiting,
)

RULES = load_procedures(Path("config/procedures.toml"))
K, D = ProcedureKind, DueKind


@pytest.mark.parametrize(
    ("sentence", "kind", "step", "result", "on", "due", "last"),
    [
        ("a refused permit: objection within four weeks",
         K.RESIDENCE_PERMIT, "residence_permit_decided", "refused", date(2026, 11, 2), D.OBJECTION, date(2026, 11, 30)),
        ("a refused objection: appeal within four weeks",
         K.FAMILY, "objection_decided", "refused", date(2026, 12, 10), D.APPEAL, date(2027, 1, 7)),
        ("four weeks over the change to summer time are 28 local days",
         K.NO_FAULT, "no_fault_permit_decided", "refused", date(2027, 3, 10), D.OBJECTION, date(2027, 4, 7)),
        ("a refused deferral: objection within four weeks",
         K.MEDICAL_DEFERRAL, "medical_deferral_decided", "refused", date(2027, 2, 1), D.OBJECTION, date(2027, 3, 1)),
        ("three months to reflect, clamped to the end of a short month",
         K.TRAFFICKING, "reflection_period_begun", None, date(2026, 11, 30), D.REFLECTION_ENDS, date(2027, 2, 28)),
        ("thirty days to reflect while a Dublin claim runs",
         K.TRAFFICKING, "reflection_period_with_dublin_begun", None, date(2026, 11, 1), D.REFLECTION_ENDS,
         date(2026, 12, 1)),
        ("six months for a Dublin transfer, clamped",
         K.DUBLIN, "dublin_claim_accepted", None, date(2026, 8, 31), D.TRANSFER, date(2027, 2, 28)),
    ],
)  # fmt: skip
def test_a_term_with_a_source(
    sentence: str, kind: K, step: str, result: str | None, on: date, due: D, last: date
) -> None:
    assert due_after(RULES[kind], StepTaken(step, on, result), None) == Due(
        due, last, DueBasis.LAW
    ), sentence
    assert RULES[kind].source(due) is not None, sentence


@pytest.mark.parametrize(
    ("sentence", "kind", "step", "result"),
    [
        ("the appeal of an asylum refusal depends on its ground", K.REPEAT_ASYLUM, "repeat_asylum_application_decided",
         "refused"),
        ("how long a deferral lasts stands in the decision", K.MEDICAL_DEFERRAL, "medical_deferral_decided", "granted"),
        ("a further appeal is asked of the lawyer", K.DUBLIN, "appeal_decided", "refused"),
        ("who asks for papers says by when", K.MEDIATION, "papers_asked", None),
    ],
)  # fmt: skip
def test_without_a_source_there_is_no_number_and_the_lawyer_is_asked(
    sentence: str, kind: K, step: str, result: str | None
) -> None:
    taken = StepTaken(step, date(2026, 11, 2), result)
    assert due_after(RULES[kind], taken, None) is None, sentence
    assert lacks_a_day(RULES[kind], [taken]), sentence


def test_every_number_has_a_source_and_every_step_a_name() -> None:
    for rules in RULES.values():
        assert set(rules.offered) <= set(STEP_NAMES)
        for term in rules.terms:
            assert term.has_length == (term.source is not None)


def test_a_hearing_and_a_departure_need_their_day() -> None:
    for kind, step in ((K.FAMILY, "hearing_announced"), (K.RETURN, "departure_planned")):
        assert isinstance(due_after(RULES[kind], StepTaken(step, date(2026, 11, 2)), None), Refused)


def test_a_deadline_on_the_day_itself_is_kept_and_the_day_before_refused() -> None:
    taken = StepTaken("residence_permit_decided", date(2026, 11, 2), "refused")
    rules = RULES[K.RESIDENCE_PERMIT]
    assert due_after(rules, taken, date(2026, 11, 2)) == Due(
        D.OBJECTION, date(2026, 11, 2), DueBasis.BY_HAND
    )
    assert isinstance(due_after(rules, taken, date(2026, 11, 1)), Refused)
    assert isinstance(due_after(rules, taken, date(2206, 11, 2)), Refused)


def test_what_the_lawyer_said_belongs_to_the_step_that_lacks_its_day() -> None:
    rules = RULES[K.REPEAT_ASYLUM]
    refused = StepTaken("repeat_asylum_application_decided", date(2026, 11, 2), "refused")
    learned = StepTaken(LEARNED, date(2026, 11, 3))
    day = date(2026, 11, 9)
    assert due_after(rules, learned, day, [refused]) == Due(D.APPEAL, day, DueBasis.BY_HAND)
    assert due_after(rules, learned, day, []) == Due(D.OTHER, day, DueBasis.BY_HAND)
    assert isinstance(due_after(rules, learned, None, [refused]), Refused)


def test_a_deadline_waits_until_it_is_answered_or_the_procedure_ends() -> None:
    due = Due(D.OBJECTION, date(2026, 11, 30), DueBasis.LAW)
    refused = StepTaken("residence_permit_decided", date(2026, 11, 2), "refused", due)
    before = StepTaken("objection_lodged", date(2026, 11, 1))
    after = StepTaken("objection_lodged", date(2026, 11, 20))
    assert waiting([refused], None) == (due,)
    assert waiting([before, refused], None) == (due,), "an objection against an earlier decision"
    assert waiting([refused, after], None) == ()
    assert waiting([refused], date(2026, 11, 10)) == ()


@pytest.mark.parametrize(
    ("sentence", "taken", "word"),
    [
        ("a step of another kind", StepTaken("dublin_claim_accepted", date(2026, 11, 2)), "Choose a step"),
        ("a decision without result", StepTaken("residence_permit_decided", date(2026, 11, 2)), "A decision has"),
        ("a result without decision", StepTaken("hearing_held", date(2026, 11, 2), "granted"), "A decision has"),
        ("a result nobody knows", StepTaken("residence_permit_decided", date(2026, 11, 2), "won"), "how the procedure"),
        ("a day to come", StepTaken("hearing_held", date(2026, 11, 23)), "in the future"),
        ("a day before it began", StepTaken("hearing_held", date(2026, 9, 30)), "began on"),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be(sentence: str, taken: StepTaken, word: str) -> None:
    answer = may_take(RULES[K.RESIDENCE_PERMIT], taken, date(2026, 10, 1), None, date(2026, 11, 22))
    assert isinstance(answer, Refused), sentence
    assert word in str(answer.reason), sentence


def test_an_end_comes_once_and_not_before_the_beginning() -> None:
    first, today = date(2026, 10, 1), date(2026, 11, 22)
    assert may_end(first, None, today, today)
    assert not may_end(first, None, date(2026, 9, 30), today)
    assert not may_end(first, None, date(2026, 11, 23), today)
    assert not may_end(first, date(2026, 11, 1), today, today)


@pytest.mark.parametrize(
    ("step", "result", "leads"),
    [
        ("repeat_asylum_application_lodged", None, Leads.EXIT),
        ("repeat_asylum_application_decided", "granted", Leads.EXIT),
        ("medical_deferral_decided", "granted", Leads.EXIT),
        ("interim_relief_decided", "granted", Leads.CONTINUATION),
        ("residence_permit_decided", "refused", Leads.NOWHERE),
        ("departure_planned", None, Leads.EXIT),
        ("hearing_held", None, None),
        ("objection_decided", "withdrawn", None),
    ],
)
def test_a_result_proposes_and_never_forces(
    step: str, result: str | None, leads: Leads | None
) -> None:
    found = consequence([StepTaken(step, date(2026, 11, 2), result)])
    assert (found.leads if found else None) == leads


def test_a_v_number_has_ten_digits_and_a_possible_bsn_is_written_nowhere() -> None:
    assert v_number(" 291.234.5678 ") == "2912345678"
    for typed in ("123456782", "29123456789", "twelve"):
        answer = v_number(typed)
        assert isinstance(answer, Refused)
        assert typed not in str(answer.reason)
    assert not may_be_written("file 1234 56 782")
    assert may_be_written("AWB 26/12345, Mr. Oak, 030 123 45 67")


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ({"after": "hearing_held", "due": "appeal", "weeks": 4}, "source"),
        ({"after": "hearing_held", "due": "appeal", "weeks": 4, "days": 3, "source": {"nl": "w", "en": "l"}},
         "at most"),
        ({"after": "no_such_step", "due": "appeal"}, "not known"),
        ({"after": "hearing_held", "due": "appeal", "result": "won"}, "not known"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_meant_is_refused(entry: dict[str, object], word: str) -> None:
    problems: list[ConfigurationProblem] = []
    content = {"procedure": [{"kind": "dublin", "steps": ["hearing_held"], "term": [entry]}]}
    procedures_from(ConfigurationTable("procedures.toml", content, problems))
    assert any(word in str(one) for one in problems)
    assert any("has no procedure for" in str(one) for one in problems)


def test_an_unreadable_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "procedures.toml").write_text("[[procedure]", encoding="utf-8")
    with pytest.raises(ConfigurationRefused):
        load_procedures(tmp_path / "procedures.toml")
