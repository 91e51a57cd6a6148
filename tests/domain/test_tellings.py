"""What was told in words is recorded always, with what it was against; never to enforcement, never status in danger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain import tellings as rules
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import STATUS, Field
from caseflow.domain.firewall_rules import load_firewall_rules
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.tellings import Against, Told
from caseflow.settings import SHIPPED_CONFIG

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RECIPIENTS = {one.id: one for one in load_firewall_rules([SHIPPED_CONFIG]).recipients}
SEES_ALL = frozenset(Field)
F = Field


def told(*fields: Field, ago: timedelta = timedelta(minutes=5)) -> Told:
    return Told(frozenset(fields), NOW - ago)


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("own-lawyer", None),
        ("care-providers", None),
        ("school", None),
        ("municipality", None),
        ("national-authorities", None),
        ("enforcement", "never a recipient"),
        ("lso", "not told in this way"),
        ("demanding-authority", "not told in this way"),
        ("emergency-services", "not told in this way"),
        ("client", "not told in this way"),
    ],
)
def test_whom_something_can_have_been_told(to: str, sentence: str | None) -> None:
    decided = rules.may_record(RECIPIENTS[to], told(F.CALL_NAME), SEES_ALL, NOW)
    assert bool(decided) is (sentence is None)
    assert sentence is None or sentence in str(decided.reason)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("what", "sees", "sentence"),
    [
        (told(F.CALL_NAME), SEES_ALL, None),
        (told(), SEES_ALL, "Tick what you told"),
        (told(F.OWN_NAME), frozenset({F.CALL_NAME}), "see in this case yourself"),
        (told(F.WORDS), SEES_ALL, "see in this case yourself"),
        (told(F.CALL_NAME, ago=timedelta(hours=-1)), SEES_ALL, "has not come yet"),
        (told(F.CALL_NAME, ago=timedelta(days=32)), SEES_ALL, "Check the month"),
    ],
)
def test_what_can_be_recorded(what: Told, sees: frozenset[Field], sentence: str | None) -> None:
    decided = rules.may_record(RECIPIENTS["school"], what, sees, NOW)
    assert bool(decided) is (sentence is None)
    assert sentence is None or sentence in str(decided.reason)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("to", "fields", "is_restricted", "has_agreed", "expected"),
    [
        ("own-lawyer", {F.CALL_NAME}, False, True, []),
        ("own-lawyer", {F.CALL_NAME}, False, False, ["not_agreed"]),
        ("own-lawyer", {F.CALL_NAME}, True, True, ["restricted"]),
        ("school", {F.HEALTH_NEEDS}, False, True, ["too_much"]),
        ("school", {F.PROCEDURES}, True, False, ["restricted", "not_agreed", "too_much"]),
        ("municipality", {F.STAGE}, False, False, []),
        ("national-authorities", {F.CALL_NAME}, False, False, ["alone", "too_much"]),
        ("care-providers", {F.PROCEDURES}, False, True, ["too_much"]),
        ("iom", {F.SCENARIO}, False, False, []),
    ],
)
def test_it_is_said_what_it_was_against(
    to: str, fields: set[Field], is_restricted: bool, has_agreed: bool, expected: list[str]
) -> None:
    found = rules.against(
        RECIPIENTS[to], told(*fields), is_restricted=is_restricted, has_agreed=has_agreed
    )
    assert [one.value for one in found] == expected
    assert rules.of_codes(rules.codes(found)) == found


def test_status_is_never_told_in_danger() -> None:
    for field in STATUS:
        refused = rules.may_record_danger(told(field, F.CALL_NAME), SEES_ALL, NOW)
        assert "residence status" in str(refused.reason)  # type: ignore[union-attr]
    assert not set(rules.OFFERED_IN_DANGER) & STATUS
    assert rules.may_record_danger(told(F.CALL_NAME, F.HEALTH_NEEDS), SEES_ALL, NOW)


@pytest.mark.parametrize(
    ("ago", "late"),
    [
        (timedelta(hours=24), False),
        (timedelta(hours=24, seconds=1), True),
        (timedelta(days=30), True),
    ],
)
def test_danger_is_recorded_within_a_day(ago: timedelta, late: bool) -> None:
    assert bool(rules.against_in_danger(told(F.CALL_NAME, ago=ago), NOW)) is late


@given(
    to=st.sampled_from(sorted(RECIPIENTS)),
    fields=st.sets(st.sampled_from(sorted(Field))),
    sees=st.frozensets(st.sampled_from(sorted(Field))),
    minutes=st.integers(-100, 60 * 24 * 40),
)
def test_what_is_recorded_was_seen_and_never_went_to_enforcement(
    to: str, fields: set[Field], sees: frozenset[Field], minutes: int
) -> None:
    what = Told(frozenset(fields), NOW - timedelta(minutes=minutes))
    if rules.may_record(RECIPIENTS[to], what, sees, NOW):
        assert RECIPIENTS[to].kind is not RecipientClass.ENFORCEMENT
        assert what.fields <= sees
        assert what.fields <= KINDS[rules.TOLD_KIND].fields
    if rules.may_record_danger(what, sees, NOW):
        assert what.fields <= sees
        assert what.fields <= KINDS[rules.VITAL_KIND].fields
        assert not what.fields & STATUS


def test_every_code_has_words() -> None:
    assert set(rules.AGAINST_NAMES) == set(Against)
    assert set(rules.CALLED_NAMES) == set(rules.Called)
    assert set(rules.FITS) < set(RecipientClass)
    assert RecipientClass.ENFORCEMENT not in rules.FITS
