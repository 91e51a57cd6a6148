"""When somebody is told what is due: once a week, and in between only what is new."""

from __future__ import annotations

from datetime import date

import pytest

from caseflow.domain import reminders
from caseflow.domain.decisions import Allowed, Refused
from caseflow.domain.reminders import ReminderKind, Told

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("due", "told", "kind", "sentence"),
    [
        (set(), Told(), None, "where nothing is due, no mail says so"),
        ({"a"}, Told(), ReminderKind.WEEKLY, "the first of a week is the list of the week"),
        ({"a"}, Told(counted=frozenset("a")), ReminderKind.WEEKLY, "also where nothing is new"),
        ({"a"}, Told(True, frozenset("a")), None, "what was told this week is not told again"),
        ({"a", "b"}, Told(True, frozenset("a")), ReminderKind.PUSH, "what is new is"),
        ({"a"}, Told(True, frozenset("ab")), None, "what was done meanwhile is no news"),
        (
            {"b"},
            Told(True, frozenset("a")),
            ReminderKind.PUSH,
            "new in the place of the old is new",
        ),
    ],
)
def test_somebody_is_told_once_a_week_and_what_is_new(
    due: set[str], told: Told, kind: ReminderKind | None, sentence: str
) -> None:
    assert reminders.kind(due, told) is kind, sentence


@pytest.mark.parametrize(
    ("on", "is_soon"),
    [(date(2026, 11, 29), True), (date(2026, 11, 30), False), (date(2026, 1, 1), True)],
)
def test_seven_days_are_ahead_and_what_is_late_is_due(on: date, is_soon: bool) -> None:
    assert reminders.is_soon(on, SUNDAY) is is_soon


def test_a_week_begins_on_monday() -> None:
    assert reminders.monday_of(SUNDAY) == date(2026, 11, 16)
    assert reminders.monday_of(date(2026, 11, 16)) == date(2026, 11, 16)


@pytest.mark.parametrize(
    "address",
    [
        "amina", "amina@", "@dehaven.example", "amina@gmail.com", "a@b@dehaven.example",
        "amina @dehaven.example", "Amina <amina@dehaven.example>", "amina@dehaven.example,x@y.nl",
        "amina@dehaven.example\nBcc: x@y.nl", "amína@dehaven.example", "a" * 250 + "@dehaven.example",
        "amina@evil-dehaven.example", "amina@sub.dehaven.example",
    ],
)  # fmt: skip
def test_mail_goes_to_no_other_address_than_a_work_address(address: str) -> None:
    answer = reminders.may_mail_to(address, ["dehaven.example"])
    assert isinstance(answer, Refused)
    assert address not in str(answer.reason)


def test_a_work_address_will_do_however_it_is_written() -> None:
    for address in ("amina@dehaven.example", "a.b+c@DeHaven.example"):
        assert reminders.may_mail_to(address, ["dehaven.example"]) == Allowed()


def test_what_leaves_is_a_number() -> None:
    assert str(reminders.sentence(1)) == "1 thing is due within 7 days."
    assert str(reminders.sentence(3)) == "3 things are due within 7 days."
