"""What may be decided, in which order things may come of it, and by which day: a sentence for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from caseflow.domain import formal_decision_steps as steps
from caseflow.domain import formal_decision_turns as turns
from caseflow.domain import formal_decisions as rules
from caseflow.domain import legal_days
from caseflow.domain.cases import CaseFacts
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable
from caseflow.domain.decisions import Refused
from caseflow.domain.formal_decision_files import load_objection_rules, objection_rules_from
from caseflow.domain.formal_decision_turns import Awaits, Leads
from caseflow.domain.formal_decision_words import (
    ACT_NAMES,
    GROUND_NAMES,
    GROUNDS,
    RESULT_NAMES,
    RESULTS,
    STEP_NAMES,
    DecisionKind,
    DecisionState,
    Ground,
    StepKind,
)
from caseflow.domain.formal_decisions import Course, Drafted, Taken
from caseflow.domain.nights import Nights
from caseflow.domain.programmes import Stage
from tests.domain.cases import NEW

TODAY = date(2026, 11, 22)
DECIDED = date(2026, 11, 2)
K, G, S = DecisionKind, Ground, StepKind
TERMS = load_objection_rules(Path("config/formal_decisions.toml"))


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def course(*taken: Taken, kind: DecisionKind = K.END) -> Course:
    return Course(kind, DecisionState.DECIDED, DECIDED, taken)


def known(on: date = DECIDED) -> Taken:
    taken = Taken(S.MADE_KNOWN, on, "sent")
    return replace(taken, due_on=steps.due_after(TERMS, course(), taken))


LODGED = Taken(S.OBJECTION_LODGED, date(2026, 11, 9), due_on=date(2027, 1, 25))
ASKED = Taken(S.RELIEF_ASKED, date(2026, 11, 10))
GRANTED = Taken(S.RELIEF_DECIDED, date(2026, 11, 12), "granted")


@pytest.mark.parametrize(
    ("counted_from", "last", "because"),
    [
        (date(2026, 11, 2), date(2026, 12, 14), "a Monday stays as it is"),
        (date(2026, 11, 7), date(2026, 12, 21), "a Saturday goes on until Monday"),
        (date(2026, 11, 13), date(2026, 12, 28), "both days of Christmas and the weekend after"),
        (date(2026, 2, 20), date(2026, 4, 7), "Good Friday until after Easter Monday"),
        (date(2026, 3, 16), date(2026, 4, 28), "the King's birthday on a Monday"),
        (date(2025, 3, 15), date(2025, 4, 28), "the King's birthday kept on Saturday 26 April"),
        (date(2026, 3, 24), date(2026, 5, 6), "the fifth of May"),
        (date(2026, 4, 2), date(2026, 5, 15), "Ascension Day"),
        (date(2026, 4, 13), date(2026, 5, 26), "Whit Monday"),
    ],
)
def test_a_term_of_six_weeks_never_ends_on_a_free_day(
    counted_from: date, last: date, because: str
) -> None:
    assert legal_days.last_day(counted_from, 6) == last, because


def facts(**changed: Any) -> CaseFacts:
    return replace(NEW, **changed)


IN_GUIDANCE = {"stage": Stage.GUIDANCE, "admitted_on": date(2026, 3, 5)}


@pytest.mark.parametrize(
    ("changed", "drafted", "sentence"),
    [
        (IN_GUIDANCE, Drafted(K.REFUSAL, G.INCOMPLETE, TODAY), "Propose the admission first"),
        ({}, Drafted(K.END, G.OWN_WISH, TODAY), "Support has not begun"),
        ({"stage": Stage.DECLINED}, Drafted(K.END, G.OWN_WISH, TODAY), "nothing to end"),
        (IN_GUIDANCE, Drafted(K.END, G.HOUSE_RULES, TODAY), "does not belong"),
        (IN_GUIDANCE, Drafted(K.END, G.OWN_WISH, day(-1)), "told afterwards"),
        (IN_GUIDANCE, Drafted(K.END, G.OWN_WISH, day(400)), "more than a year ahead"),
        (IN_GUIDANCE, Drafted(K.END, G.OWN_WISH, TODAY, TODAY), "Only an exclusion"),
        (IN_GUIDANCE, Drafted(K.END, G.CRITERION, TODAY), "Choose which criterion"),
        (IN_GUIDANCE, Drafted(K.END, G.CRITERION, TODAY, criterion="of-elsewhere"), "Choose which"),
        (IN_GUIDANCE, Drafted(K.END, G.OWN_WISH, TODAY, criterion="known"), "belongs to the ground"),
        (IN_GUIDANCE, Drafted(K.EXCLUSION, G.HOUSE_RULES, TODAY, day(-1)), "lies before the first"),
        ({"stage": Stage.CLOSED}, Drafted(K.END, G.OWN_WISH, TODAY), "closed"),
        (
            {"stage": Stage.EXITED, "admitted_on": date(2026, 3, 5), "exited_on": day(-9)},
            Drafted(K.END, G.SOLUTION, TODAY),
            "left on",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_sentence(
    changed: dict[str, Any], drafted: Drafted, sentence: str
) -> None:
    answer = rules.may_prepare(facts(**changed), drafted, (), ("known",), None, TODAY)
    assert isinstance(answer, Refused)
    assert sentence in str(answer.reason)


@pytest.mark.parametrize(
    ("changed", "drafted"),
    [
        ({"stage": Stage.DECLINED}, Drafted(K.REFUSAL, G.CRITERION, TODAY, criterion="known")),
        (IN_GUIDANCE, Drafted(K.END, G.AGREEMENTS, day(14))),
        (IN_GUIDANCE, Drafted(K.EXCLUSION, G.HOUSE_RULES, TODAY, day(6))),
        (
            {"stage": Stage.EXITED, "admitted_on": date(2026, 3, 5), "exited_on": day(-9)},
            Drafted(K.END, G.SOLUTION, day(-9)),
        ),
    ],
)
def test_what_fits_may_be_prepared(changed: dict[str, Any], drafted: Drafted) -> None:
    assert rules.may_prepare(facts(**changed), drafted, (), ("known",), None, TODAY)


@pytest.mark.parametrize(
    ("before", "taken", "sentence"),
    [
        ((), Taken(S.MADE_KNOWN, date(2026, 11, 1), "sent"), "before that day"),
        ((), Taken(S.MADE_KNOWN, TODAY), "Say how it ended"),
        ((), Taken(S.MADE_KNOWN, TODAY, "granted"), "one of the options"),
        ((), Taken(S.MADE_KNOWN, day(1), "sent"), "in the future"),
        ((), Taken(S.HEARING, TODAY), "no objection yet"),
        ((), Taken(S.OBJECTION_DECIDED, TODAY, "founded"), "no objection yet"),
        ((LODGED,), Taken(S.HEARING, date(2026, 11, 8)), "objection was lodged on"),
        ((LODGED,), Taken(S.OBJECTION_LODGED, TODAY), "written down already"),
        ((LODGED,), Taken(S.OBJECTION_DECIDED, date(2026, 11, 8), "founded"), "was lodged on"),
        ((), Taken(S.RELIEF_DECIDED, TODAY, "granted"), "Nobody asked"),
        ((ASKED,), Taken(S.RELIEF_ASKED, TODAY), "already"),
        ((ASKED,), Taken(S.RELIEF_DECIDED, date(2026, 11, 9), "denied"), "asked on"),
        ((Taken(S.TAKEN_BACK, TODAY),), Taken(S.OBJECTION_LODGED, TODAY), "taken back"),
    ],
)
def test_steps_come_in_their_order(before: tuple[Taken, ...], taken: Taken, sentence: str) -> None:
    answer = steps.may_take(course(*before), taken, TODAY)
    assert isinstance(answer, Refused)
    assert sentence in str(answer.reason)


@pytest.mark.parametrize(
    ("before", "taken"),
    [
        ((), Taken(S.OBJECTION_LODGED, TODAY)),
        ((known(date(2026, 11, 2)),), Taken(S.OBJECTION_LODGED, TODAY)),
        ((LODGED,), Taken(S.HEARING, day(20))),
        ((LODGED, Taken(S.HEARING, day(9))), Taken(S.HEARING, day(20))),
        ((ASKED, GRANTED), Taken(S.RELIEF_ASKED, TODAY)),
    ],
)
def test_too_early_too_late_and_again_are_written_down(
    before: tuple[Taken, ...], taken: Taken
) -> None:
    assert steps.may_take(course(*before), taken, TODAY)


def test_a_late_objection_is_late_and_nothing_else() -> None:
    late = Taken(S.OBJECTION_LODGED, date(2026, 12, 15))
    assert course(known(), late).is_late
    assert steps.may_take(course(known()), late, late.on)
    assert not course(known(), replace(late, on=date(2026, 12, 14))).is_late


def test_our_answer_is_due_after_the_term_and_after_a_late_objection() -> None:
    in_time = Taken(S.OBJECTION_LODGED, date(2026, 11, 9))
    assert steps.due_after(TERMS, course(known()), in_time) == date(2027, 1, 25)
    late = Taken(S.OBJECTION_LODGED, date(2027, 1, 4))
    assert steps.due_after(TERMS, course(known()), late) == date(2027, 2, 15)
    assert steps.due_after(TERMS, course(known()), ASKED) is None


def awaited(one: Course, today: date = TODAY) -> list[tuple[Awaits, date]]:
    return [(wait.what, wait.on) for wait in turns.awaited(one, DECIDED, today)]


def test_only_what_waits_is_awaited() -> None:
    assert awaited(course()) == [(Awaits.MAKING_KNOWN, DECIDED)]
    assert awaited(course(known())) == [(Awaits.OBJECTION, date(2026, 12, 14))]
    assert awaited(course(known()), date(2026, 12, 15)) == []
    heard = course(known(), LODGED, Taken(S.HEARING, day(3)))
    assert awaited(heard) == [(Awaits.HEARING, day(3)), (Awaits.ANSWER, date(2027, 1, 25))]
    assert awaited(heard, date(2027, 2, 1)) == [(Awaits.ANSWER, date(2027, 1, 25))], "until done"
    over = course(known(), LODGED, Taken(S.OBJECTION_DECIDED, TODAY, "unfounded"))
    assert awaited(over) == []
    assert awaited(Course(K.END, DecisionState.NOT_TAKEN, DECIDED)) == []


@pytest.mark.parametrize(
    ("taken", "continued", "said", "leads"),
    [
        ((), (), {}, None),
        ((ASKED,), (), {}, None),
        ((ASKED, GRANTED), (), {}, Leads.CONTINUE),
        ((ASKED, replace(GRANTED, result="denied")), (), {}, None),
        ((ASKED, GRANTED), (Nights(GRANTED.on),), {}, None),
        ((ASKED, GRANTED), (), {"has_ended": True}, Leads.REENTRY),
        ((LODGED,), (), {}, None),
        ((LODGED,), (), {"objection_continues": True}, Leads.CONTINUE),
        ((LODGED, Taken(S.OBJECTION_DECIDED, TODAY, "unfounded")), (Nights(LODGED.on),), {},
         Leads.END_CONTINUATION),
        ((LODGED, Taken(S.OBJECTION_DECIDED, TODAY, "founded")), (), {}, Leads.NOWHERE),
        ((LODGED, Taken(S.OBJECTION_DECIDED, TODAY, "founded")), (), {"has_ended": True},
         Leads.REENTRY),
        ((ASKED, GRANTED, Taken(S.TAKEN_BACK, TODAY)), (), {}, None),
    ],
)  # fmt: skip
def test_a_turn_is_proposed_where_it_holds_today(
    taken: tuple[Taken, ...], continued: tuple[Nights, ...], said: dict[str, bool],
    leads: Leads | None,
) -> None:  # fmt: skip
    asked = {"has_ended": False, "objection_continues": False, **said}
    found = turns.turn(course(*taken), continued, **asked)
    assert (found.leads if found else None) == leads


def test_every_code_has_its_words_and_no_ground_is_a_crime() -> None:
    assert set(GROUND_NAMES) == {ground for some in GROUNDS.values() for ground in some}
    assert set(STEP_NAMES) == set(ACT_NAMES) == set(S)
    assert {one for some in RESULTS.values() for one in some} == set(RESULT_NAMES)
    assert not {"crime", "1f", "nationality", "status"} & {ground.value for ground in G}


def test_the_shipped_terms_carry_their_source_and_are_not_confirmed() -> None:
    assert (TERMS.weeks, TERMS.answer_weeks, TERMS.confirmed) == (6, 6, False)
    assert "6:7" in TERMS.source.en
    assert "7:10" in TERMS.answer_source.nl


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"help": {"nl": "a", "en": "b"}, "objection": {"weeks": 0}, "answer": {"weeks": 60}},
        {"help": {"nl": "a", "en": "b"}, "objection": {"weeks": 6}, "answer": {"weeks": 6}},
    ],
)
def test_terms_without_a_length_or_a_source_are_refused(content: dict[str, Any]) -> None:
    problems: list[Any] = []
    objection_rules_from(ConfigurationTable("formal_decisions.toml", content, problems))
    assert problems


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "formal_decisions.toml").write_text("[objection", encoding="utf-8")
    with pytest.raises(ConfigurationRefused):
        load_objection_rules(tmp_path / "formal_decisions.toml")
