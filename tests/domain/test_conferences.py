"""Who sits at a case conference, what stands on its agenda, and what follows from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from caseflow.domain import conferences as rules
from caseflow.domain.conferences import Answer, ConferenceDecision, ConferenceState, ItemState, Put
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import HEALTH, STATUS, Field
from caseflow.domain.programmes import Stage
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.tasks import TASK_NAMES

TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=7)
PLANNED, HELD, CANCELLED = ConferenceState


@pytest.mark.parametrize("kind", RecipientClass)
def test_only_care_legal_aid_and_the_municipality_have_a_seat(kind: RecipientClass) -> None:
    allowed = rules.may_be_member(kind)
    assert bool(allowed) is (kind.value in {"care", "legal", "municipality"})


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("enforcement", "never a recipient"),
        ("national_authority", "no seat"),
        ("cooperation", "no seat"),
        ("ngo", "Only offices of care"),
    ],
)
def test_a_refusal_says_why(kind: str, sentence: str) -> None:
    assert sentence in str(rules.may_be_member(RecipientClass(kind)).reason)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (TODAY, None),
        (TODAY + timedelta(days=366), None),
        (TODAY - timedelta(days=1), "22"),
        (TODAY + timedelta(days=367), "Check the year"),
    ],
)
def test_a_conference_is_planned_from_today_on(on: date, sentence: str | None) -> None:
    decided = rules.may_plan(on, TODAY)
    assert bool(decided) is (sentence is None)
    assert sentence is None or sentence in str(decided.reason)  # type: ignore[union-attr]


def asked(put: Put | None = None, **more: Any) -> Any:
    facts: dict[str, Any] = {
        "state": PLANNED, "on": SOON, "stage": Stage.GUIDANCE, "restricted": False, "stands_on_it": False,
        "count": 0, "today": TODAY,
    }  # fmt: skip
    return rules.may_be_discussed(put or Put(TODAY, Answer.KNOWS, ["office"]), **{**facts, **more})


@pytest.mark.parametrize(
    ("put", "more", "sentence"),
    [
        (None, {}, None),
        (None, {"on": TODAY}, None),
        (None, {"restricted": True}, "A restricted case"),
        (None, {"state": HELD}, "is over"),
        (None, {"state": CANCELLED}, "was cancelled"),
        (None, {"on": TODAY - timedelta(days=1)}, "is over"),
        (None, {"stage": Stage.CLOSED}, "closed"),
        (None, {"stands_on_it": True}, "already"),
        (None, {"count": 25}, "at most 25"),
        (Put(None, Answer.AGREES, ["office"]), {}, "Tell the client first"),
        (Put(TODAY + timedelta(days=1), Answer.KNOWS, ["office"]), {}, "has come"),
        (Put(TODAY, Answer.OBJECTS, ["office"]), {}, "objects"),
        (Put(TODAY, Answer.KNOWS, []), {}, "at least one member"),
    ],
)
def test_a_case_is_put_on_an_agenda(
    put: Put | None, more: dict[str, Any], sentence: str | None
) -> None:
    decided = asked(put, **more)
    assert bool(decided) is (sentence is None)
    assert sentence is None or sentence in str(decided.reason)


def test_who_asked_never_approves() -> None:
    assert rules.may_approve(ItemState.ASKED, "amina", "lena")
    assert "yourself" in str(rules.may_approve(ItemState.ASKED, "amina", "amina").reason)  # type: ignore[union-attr]
    for state in set(ItemState) - {ItemState.ASKED}:
        assert not rules.may_approve(state, "amina", "lena")


@pytest.mark.parametrize("state", ConferenceState)
@pytest.mark.parametrize("item", ItemState)
def test_decisions_are_of_cases_that_stand_on_the_agenda(
    item: ItemState, state: ConferenceState
) -> None:
    decided = rules.may_decide(item, state, TODAY, None, TODAY)
    assert bool(decided) is (item is ItemState.APPROVED and state is not CANCELLED)


def test_a_decision_is_not_written_before_the_day_nor_its_task_behind_us() -> None:
    assert not rules.may_decide(ItemState.APPROVED, PLANNED, SOON, None, TODAY)
    yesterday = TODAY - timedelta(days=1)
    assert not rules.may_decide(ItemState.APPROVED, PLANNED, TODAY, yesterday, TODAY)
    assert rules.may_decide(ItemState.APPROVED, HELD, yesterday, SOON, TODAY)


def test_a_case_comes_off_an_agenda_until_it_was_discussed() -> None:
    for item in ItemState:
        waits = item in (ItemState.ASKED, ItemState.APPROVED)
        assert bool(rules.may_be_taken_off(item, PLANNED)) is waits
        assert not rules.may_be_taken_off(item, HELD)


def test_a_conference_is_held_once_and_not_before_its_day() -> None:
    assert rules.may_hold(PLANNED, TODAY, TODAY)
    assert not rules.may_hold(PLANNED, SOON, TODAY)
    assert not rules.may_hold(HELD, TODAY, TODAY)
    assert rules.may_cancel(PLANNED)
    assert not rules.may_cancel(HELD)


def test_members_are_added_until_the_day_and_not_without_end() -> None:
    assert rules.may_change_members(PLANNED, TODAY, TODAY, 11)
    assert not rules.may_change_members(PLANNED, TODAY, TODAY, 12)
    assert not rules.may_change_members(HELD, TODAY, TODAY, 0)


def test_a_sheet_is_fixed_coded_and_within_its_kind() -> None:
    assert set(rules.SHEET_FIELDS) == set(rules.BASIS_OF) == rules.MEMBER_CLASSES
    for kind, fields in rules.SHEET_FIELDS.items():
        assert fields <= KINDS["conference_sheet"].fields
        assert Field.CLIENT_CODE in fields
        assert not fields & (STATUS | {Field.CALL_NAME, Field.OWN_NAME, Field.WORDS})
        assert kind is RecipientClass.CARE or not fields & HEALTH


def test_every_code_has_words_and_every_task_is_one_of_the_team() -> None:
    assert set(rules.DECISION_NAMES) == set(ConferenceDecision)
    assert set(rules.STATE_NAMES) == set(ConferenceState)
    assert set(rules.ITEM_NAMES) == set(ItemState)
    assert set(rules.ANSWER_NAMES) == set(Answer)
    assert set(rules.FUNCTION_NAMES) == set(rules.MemberFunction)
    assert set(rules.TASK_OF.values()) <= set(TASK_NAMES)
