"""The packet of the past: possible until the covenant's last day, participants only, five fields, no words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.catalogues import Catalogue
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import HEALTH, Field
from caseflow.domain.firewall_rules import load_firewall_rules
from caseflow.domain.lso_packets import (
    LSO_KIND,
    RECIPIENT,
    Participation,
    is_participant,
    may_be_registered,
    participants,
)
from caseflow.domain.recipients import Recipient, RecipientClass
from caseflow.settings import SHIPPED_CONFIG

TODAY = date(2026, 11, 23)
LAST = date(2024, 12, 31)
AFTER = date(2025, 1, 1)
CITY = Catalogue.load(SHIPPED_CONFIG, SHIPPED_CONFIG / "demo").programmes
LVV = [one for one in sorted(CITY) if any(f.id == "state-covenant" for f in CITY[one].frameworks)]
OTHERS = sorted(set(CITY) - set(LVV))


@pytest.fixture(scope="module")
def lso() -> Recipient:
    [found] = [
        one for one in load_firewall_rules([SHIPPED_CONFIG]).recipients if one.id == RECIPIENT
    ]
    return found


def somebody(programme: str = "utrecht-lvv", **more: object) -> Participation:
    told = {"admitted_on": date(2023, 3, 1), "left_on": None, "told_on": date(2023, 2, 1), **more}
    return Participation("case", CITY[programme], **told)  # type: ignore[arg-type]


def test_the_last_day_of_the_covenant_is_possible(lso: Recipient) -> None:
    assert may_be_registered(somebody(), lso, LAST, TODAY)


def test_the_day_after_is_refused_and_says_which_day(lso: Recipient) -> None:
    refused = may_be_registered(somebody(), lso, AFTER, TODAY)
    assert not refused
    assert refused.reason.values["last"] == LAST  # type: ignore[union-attr]
    assert refused.reason.values["day"] == AFTER  # type: ignore[union-attr]


@given(after=st.integers(min_value=0, max_value=5000))
def test_nothing_is_possible_on_any_later_day(after: int) -> None:
    [lso] = [one for one in load_once() if one.id == RECIPIENT]
    sent = AFTER + timedelta(days=after)
    assert not may_be_registered(somebody(), lso, sent, sent)


def load_once(known: list[tuple[Recipient, ...]] = []) -> tuple[Recipient, ...]:  # noqa: B006
    if not known:
        known.append(load_firewall_rules([SHIPPED_CONFIG]).recipients)
    return known[0]


@pytest.mark.parametrize(
    ("one", "sent_on", "sentence"),
    [
        (somebody("utrecht-bbb"), LAST, "no participant"),
        (somebody(admitted_on=None), LAST, "no participant"),
        (somebody(admitted_on=AFTER), LAST, "no participant"),
        (somebody(left_on=date(2024, 6, 1)), LAST, "no participant"),
        (somebody(told_on=None), LAST, "the client was told"),
        (somebody(told_on=AFTER), LAST, "after the client knows"),
        (somebody(), date(2018, 1, 1), "no legal basis"),
        (somebody(), TODAY + timedelta(days=1), "has come"),
    ],
)
def test_what_could_not_have_gone_is_not_registered(
    lso: Recipient, one: Participation, sent_on: date, sentence: str
) -> None:
    refused = may_be_registered(one, lso, sent_on, TODAY)
    assert not refused
    assert sentence in str(refused.reason)  # type: ignore[union-attr]


def test_some_programmes_are_of_the_covenant_and_some_are_not() -> None:
    assert "utrecht-lvv" in LVV
    assert "utrecht-bbb" in OTHERS


day = st.dates(date(2018, 6, 1), date(2025, 6, 30))
cohort = st.lists(
    st.builds(
        lambda programme, admitted, left, told: Participation(
            "x", CITY[programme], admitted, left, told
        ),
        st.sampled_from(sorted(CITY)),
        st.none() | day,
        st.none() | day,
        st.none() | day,
    ),
    max_size=30,
)


@given(people=cohort, on=day)
def test_a_mixed_cohort_gives_nobody_who_was_no_participant(
    people: list[Participation], on: date
) -> None:
    found = participants(people, on)
    assert not [one for one in found if one.programme.id not in LVV]
    assert all(one.told_on is not None and one.admitted_on <= on <= LAST for one in found)  # type: ignore[operator]
    assert all(is_participant(one, on) for one in found)


def test_the_fields_are_few_and_fixed_without_health_and_without_words() -> None:
    packet = KINDS[LSO_KIND]
    assert not packet.fields & HEALTH
    assert Field.WORDS not in packet.fields
    assert not packet.free_text
    assert packet.classes == {RecipientClass.COOPERATION}
    assert len(packet.fields) <= 6
    assert not packet.by_hand, "no page invites to it"
