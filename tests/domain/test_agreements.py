"""What may be told, agreed to and taken back: one sentence for each row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseflow.domain import agreements
from caseflow.domain.agreements import (
    EVERYDAY,
    STANDING_CLASSES,
    Agreed,
    AgreementKind,
    Channel,
    Lack,
    Told,
    What,
    what_of,
)
from caseflow.domain.decisions import Refused
from caseflow.domain.information_texts import InformationKind
from caseflow.domain.recipients import RecipientClass

TODAY = date(2026, 11, 22)
LAWYER = What.recipients(RecipientClass.LEGAL)
RIGHTS, PURPOSES = InformationKind.RIGHTS, InformationKind.PURPOSES
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

COUNTS = (
    ("from the day itself", Agreed(LAWYER, TODAY), True),
    ("not before the day", Agreed(LAWYER, TOMORROW), False),
    ("on its last day still", Agreed(LAWYER, YESTERDAY, TODAY), True),
    ("not after its last day", Agreed(LAWYER, YESTERDAY, YESTERDAY), False),
    ("no more from the day it is taken back", Agreed(LAWYER, YESTERDAY, None, TODAY), False),
    ("no more even on the day it was given", Agreed(LAWYER, TODAY, None, TODAY), False),
    ("until it is taken back", Agreed(LAWYER, YESTERDAY, None, TOMORROW), True),
)


@pytest.mark.parametrize(("why", "agreed", "counts"), COUNTS, ids=[one[0] for one in COUNTS])
def test_an_agreement_counts(why: str, agreed: Agreed, counts: bool) -> None:
    assert agreed.counts_on(TODAY) is counts


NEWEST = {RIGHTS: 2, PURPOSES: 1}
LACKS: tuple[tuple[str, tuple[Told, ...], dict[InformationKind, Lack]], ...] = (
    ("nothing told", (), {RIGHTS: Lack.NOT_TOLD, PURPOSES: Lack.NOT_TOLD}),
    ("both told", (Told(RIGHTS, 2, True), Told(PURPOSES, 1, True)), {}),
    ("one told", (Told(RIGHTS, 2, True),), {PURPOSES: Lack.NOT_TOLD}),
    ("an older text", (Told(RIGHTS, 1, True), Told(PURPOSES, 1, True)), {RIGHTS: Lack.OLDER}),
    (
        "in a language not understood",
        (Told(RIGHTS, 2, False), Told(PURPOSES, 1, True)),
        {RIGHTS: Lack.NOT_UNDERSTOOD},
    ),
    (
        "told again in one that is",
        (Told(RIGHTS, 2, False), Told(RIGHTS, 2, True), Told(PURPOSES, 1, True)),
        {},
    ),
    (
        "recorded in error",
        (Told(RIGHTS, 2, True, True), Told(PURPOSES, 1, True)),
        {RIGHTS: Lack.NOT_TOLD},
    ),
)


@pytest.mark.parametrize(("why", "told", "missing"), LACKS, ids=[one[0] for one in LACKS])
def test_what_somebody_still_has_to_be_told(
    why: str, told: tuple[Told, ...], missing: dict[InformationKind, Lack]
) -> None:
    assert dict(agreements.lacks(told, NEWEST)) == missing


def test_nobody_is_asked_to_agree_to_shelter_or_to_police() -> None:
    asked = {one.about for one in EVERYDAY}
    assert RecipientClass.ENFORCEMENT.value not in asked
    assert {one.about for one in EVERYDAY if one.kind is AgreementKind.RECIPIENTS} == {
        one.value for one in STANDING_CLASSES
    }
    for kind in RecipientClass:
        decision = agreements.may_agree((What.recipients(kind),), TODAY, None, (), TODAY, TODAY)
        assert bool(decision) is (kind in STANDING_CLASSES), kind


@pytest.mark.parametrize("what", EVERYDAY, ids=lambda what: what.code)
def test_a_word_of_the_form_is_one_thing_and_has_a_name(what: What) -> None:
    assert what_of(what.code) == what
    assert what.name is not agreements.SOMETHING


def test_a_word_that_is_none_is_nothing() -> None:
    assert what_of("recipients:enforcement") is None
    assert What(AgreementKind.CARD, Channel.MAIL.value).name is agreements.SOMETHING


TAKEN_BACK = (
    ("what stands", Agreed(LAWYER, YESTERDAY), True),
    ("what stands until its last day", Agreed(LAWYER, YESTERDAY, TODAY), True),
    ("what was taken back", Agreed(LAWYER, YESTERDAY, None, YESTERDAY), False),
    ("what has ended", Agreed(LAWYER, YESTERDAY, YESTERDAY), False),
)


@pytest.mark.parametrize(("why", "agreed", "may"), TAKEN_BACK, ids=[one[0] for one in TAKEN_BACK])
def test_everything_that_stands_can_be_taken_back(why: str, agreed: Agreed, may: bool) -> None:
    assert bool(agreements.may_withdraw(agreed, TODAY)) is may


def test_an_agreement_of_many_years_is_a_slip_of_the_pen() -> None:
    far = date(2036, 11, 22)
    refused = agreements.may_agree((LAWYER,), TODAY, far, (), TODAY, TODAY)
    assert isinstance(refused, Refused)
    assert "Check the year" in str(refused.reason)


SHARED = What.share_with("het-kompas")
FREE = {"is_own": False, "is_restricted": False, "is_shared": False}
BEGINS: tuple[tuple[str, Agreed, dict[str, bool], str], ...] = (
    ("agreed to, by a second person", Agreed(SHARED, YESTERDAY), {}, ""),
    ("no share at all", Agreed(LAWYER, YESTERDAY), {}, "from the list"),
    ("taken back", Agreed(SHARED, YESTERDAY, None, TODAY), {}, "no longer agrees"),
    ("by who recorded it", Agreed(SHARED, YESTERDAY), {"is_own": True}, "another team lead"),
    ("while frozen", Agreed(SHARED, YESTERDAY), {"is_restricted": True}, "until that is lifted"),
    ("begun already", Agreed(SHARED, YESTERDAY), {"is_shared": True}, "shared already"),
)


@pytest.mark.parametrize(("why", "agreed", "said", "no"), BEGINS, ids=[one[0] for one in BEGINS])
def test_a_share_begins(why: str, agreed: Agreed, said: dict[str, bool], no: str) -> None:
    decision = agreements.may_share(agreed, TODAY, **{**FREE, **said})
    if isinstance(decision, Refused):
        assert no
        assert no in str(decision.reason)
    else:
        assert not no
