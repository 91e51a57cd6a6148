"""The five steps of the Meldcode: two weigh and two decide, unless danger does not wait."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain import child_protection as rules
from caseflow.domain.child_protection import CodeStep, Step, StepResult, Taken
from caseflow.domain.decisions import Refused

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
S, R = CodeStep, StepResult
SERIOUS = Taken(S.WEIGH, R.STRUCTURAL, "amina", "lena")
WORRIES = Taken(S.WEIGH, R.WORRIES, "amina", "lena")
ALONE = Taken(S.WEIGH, R.STRUCTURAL, "amina")
DECIDED = Taken(S.DECIDE, R.TO_REPORT, "amina", "lena")


def take(
    step: CodeStep, result: StepResult, *taken: Taken, acute: bool = False, told: datetime | None = None
) -> object:  # fmt: skip
    asked = Step(step, TODAY, result, told_at=told)
    return rules.may_take(asked, taken, is_acute=acute, now=NOW, today=TODAY)


@pytest.mark.parametrize(
    ("sentence", "answer", "expected"),
    [
        ("steps in any order: advice first", take(S.CONSULT, R.VEILIG_THUIS), True),
        ("an answer of another step", take(S.CONSULT, R.HURT), False),
        ("decided before it was weighed", take(S.DECIDE, R.HELP), False),
        ("decided after one weighed it", take(S.DECIDE, R.HELP, ALONE), False),
        ("decided after two weighed it", take(S.DECIDE, R.HELP, SERIOUS), True),
        ("nothing more after worries", take(S.DECIDE, R.NO_ACTION, WORRIES), True),
        ("nothing more in lasting danger", take(S.DECIDE, R.NO_ACTION, SERIOUS), False),
        ("weighed again, by one alone", take(S.DECIDE, R.HELP, WORRIES, ALONE), False),
        ("acute danger waits for nobody", take(S.DECIDE, R.TO_REPORT, acute=True), True),
        ("nothing more in acute danger", take(S.DECIDE, R.NO_ACTION, WORRIES, acute=True), False),
        ("a report before a decision", take(S.REPORT, R.TO_VEILIG_THUIS, SERIOUS, told=NOW), False),
        ("a report after two decided on it", take(S.REPORT, R.TO_VEILIG_THUIS, SERIOUS, DECIDED, told=NOW), True),
        ("a report in acute danger", take(S.REPORT, R.TO_112, acute=True, told=NOW), True),
        ("a report without its time", take(S.REPORT, R.TO_112, acute=True), False),
        ("a report to come", take(S.REPORT, R.TO_112, acute=True, told=NOW + timedelta(hours=1)), False),
    ],
)  # fmt: skip
def test_who_may_take_which_step(sentence: str, answer: object, expected: bool) -> None:
    assert bool(answer) is expected, sentence
    if isinstance(answer, Refused):
        assert str(answer.reason).endswith(".")


@pytest.mark.parametrize(
    ("sentence", "taken", "by", "expected"),
    [
        ("a colleague agrees", ALONE, "lena", True),
        ("nobody agrees with themselves", ALONE, "amina", False),
        ("once is enough", SERIOUS, "kofi", False),
        ("one person is enough for a talk", Taken(S.TALK, R.WITH_CHILD, "amina"), "lena", False),
    ],
)
def test_who_may_agree(sentence: str, taken: Taken, by: str, expected: bool) -> None:
    assert bool(rules.may_agree(taken, by)) is expected, sentence


@given(
    st.lists(
        st.sampled_from([(step, result) for step in S for result in rules.RESULTS[step]]),
        max_size=8,
    ),
    st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_without_acute_danger_nothing_is_reported_that_two_did_not_weigh_and_two_did_not_decide(
    wanted: list[tuple[CodeStep, StepResult]], agreed: list[bool]
) -> None:
    taken: list[Taken] = []
    for (step, result), second in zip(wanted, agreed, strict=False):
        if not take(step, result, *taken, told=NOW):
            continue
        if step is S.REPORT:
            before = taken.copy()
            decided = rules.newest(before, S.DECIDE)
            weighed = [one for one in before if one.step is S.WEIGH and one.agreed_by]
            assert decided is not None
            assert decided.agreed_by not in (None, decided.by)
            assert weighed
        may_agree = second and bool(rules.may_agree(Taken(step, result, "amina"), "lena"))
        taken.append(Taken(step, result, "amina", "lena" if may_agree else None))


def test_a_report_is_late_after_24_hours() -> None:
    assert not rules.is_late(NOW, NOW + timedelta(hours=24))
    assert rules.is_late(NOW, NOW + timedelta(hours=24, minutes=1))


@pytest.mark.parametrize(
    ("sentence", "taken", "expected"),
    [
        ("nothing decided yet", (SERIOUS,), True),
        ("decided by one", (SERIOUS, Taken(S.DECIDE, R.HELP, "amina")), True),
        ("help was decided on by two", (SERIOUS, Taken(S.DECIDE, R.HELP, "amina", "lena")), False),
        ("a report still to make", (SERIOUS, DECIDED), True),
        ("the report was made by two", (SERIOUS, DECIDED, Taken(S.REPORT, R.TO_112, "amina", "lena")), False),
        ("the report waits for the second", (SERIOUS, DECIDED, Taken(S.REPORT, R.TO_112, "amina")), True),
    ],
)  # fmt: skip
def test_what_is_left_to_do(sentence: str, taken: tuple[Taken, ...], expected: bool) -> None:
    assert rules.is_open(taken) is expected, sentence


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The boy slept in a car, and was hit.", True),
        ("Het kind (4 jaar) was bang en had honger.", True),
        ("Bel de moeder op 0612345678.", True),
        ("She told it in Winden, on the way to school.", True),
        ("De moeder is illegaal.", False),
        ("Ze wachten op hun asielaanvraag.", False),
        ("V-nummer volgt.", False),
        ("Het nummer is 2876543210.", False),
        ("123456782", False),
        ("The IND knows the family.", False),
        ("Geen verblijfsvergunning.", False),
        ("Geen recht op verblijf.", False),
    ],
)
def test_what_was_told_leaves_status_out(words: str, expected: bool) -> None:
    assert bool(rules.says_no_status("one child", words)) is expected, words
