"""What a client may ask about their data: terms, who decides, and what a restriction stops, one sentence a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseflow.domain import client_requests as rules
from caseflow.domain.actors import Role
from caseflow.domain.client_request_words import (
    ABOUT,
    ABOUT_NAMES,
    ANSWER_WORDS,
    GROUND_NAMES,
    GROUND_WORDS,
    GROUNDS,
    KIND_NAMES,
    OUTCOMES,
    About,
    AskedBy,
    IdentityCheck,
    RequestGround,
    RequestKind,
    RequestOutcome,
)
from caseflow.domain.client_requests import Asked, RequestFacts

K, A, O, G, I = RequestKind, About, RequestOutcome, RequestGround, IdentityCheck  # noqa: E741
LEAD, PRIVACY = frozenset({Role.TEAM_LEAD}), frozenset({Role.PRIVACY_OFFICER})
TODAY = date(2026, 11, 23)
ASKED = Asked(K.ACCESS, A.WHOLE_FILE, TODAY, AskedBy.CLIENT, I.KNOWN, "nl")
ACCESS = RequestFacts(K.ACCESS, A.WHOLE_FILE, TODAY, I.KNOWN, "amina")
RESTRICTED = replace(ACCESS, kind=K.RESTRICTION, about=A.CONTESTED)

TERMS = [
    ("a month is a calendar month", date(2026, 11, 23), None, date(2026, 12, 23)),
    ("the last of January ends with February", date(2027, 1, 31), None, date(2027, 2, 28)),
    ("and on the 29th in a leap year", date(2028, 1, 31), None, date(2028, 2, 29)),
    ("longer is three months in all", date(2026, 11, 30), date(2026, 12, 1), date(2027, 2, 28)),
]


@pytest.mark.parametrize(("why", "asked_on", "told_on", "due"), TERMS, ids=[t[0] for t in TERMS])
def test_terms(why: str, asked_on: date, told_on: date | None, due: date) -> None:
    found = replace(ACCESS, asked_on=asked_on, extended_on=told_on)
    assert found.due_on == due, why
    assert not rules.is_late(found, due)
    assert rules.is_late(found, date.fromordinal(due.toordinal() + 1))


ASKS = [
    ("asked today", {}, True),
    ("not asked tomorrow", {"asked_on": date(2026, 11, 24)}, False),
    ("not asked more than a year ago", {"asked_on": date(2025, 11, 1)}, False),
    ("a subject of another right is none of this one", {"about": A.SHARING}, False),
    ("a lawyer shows a mandate", {"asked_by": AskedBy.LAWYER}, False),
    ("a mandate that was seen will do", {"asked_by": AskedBy.LAWYER, "identity": I.MANDATE}, True),
    ("it may be seen later", {"asked_by": AskedBy.REPRESENTATIVE, "identity": I.NOT_YET}, True),
    ("nobody needs a mandate for themselves", {"identity": I.MANDATE}, False),
    ("a client code is enough", {"identity": I.CODE}, True),
]


@pytest.mark.parametrize(("why", "change", "may"), ASKS, ids=[one[0] for one in ASKS])
def test_what_may_be_asked(why: str, change: dict[str, object], may: bool) -> None:
    assert bool(rules.may_ask(replace(ASKED, **change), TODAY)) is may, why  # type: ignore[arg-type]


LONGER = [
    ("told within the month", {}, date(2026, 11, 23), True),
    ("told on the last day of it", {"asked_on": date(2026, 10, 23)}, TODAY, True),
    ("told a day too late", {"asked_on": date(2026, 10, 22)}, TODAY, False),
    ("once and not twice", {"extended_on": TODAY}, TODAY, False),
    ("not before it was asked", {}, date(2026, 11, 22), False),
    ("not tomorrow", {}, date(2026, 11, 24), False),
    ("not once it is decided", {"outcome": O.GRANTED}, TODAY, False),
]


@pytest.mark.parametrize(
    ("why", "change", "told_on", "may"), LONGER, ids=[one[0] for one in LONGER]
)
def test_when_it_may_take_longer(
    why: str, change: dict[str, object], told_on: date, may: bool
) -> None:
    assert bool(rules.may_extend(replace(ACCESS, **change), told_on, TODAY)) is may, why  # type: ignore[arg-type]


ERASURE = replace(ACCESS, kind=K.ERASURE)
OBJECTION = replace(ACCESS, kind=K.OBJECTION, about=A.SHARING)
UNKNOWN = replace(ACCESS, identity=I.NOT_YET)
DECIDES = [
    ("the lead gives access", ACCESS, O.GRANTED, None, LEAD, "amina", True),
    ("who wrote it down may grant it", ACCESS, O.GRANTED, None, LEAD, "amina", True),
    ("the lead refuses nothing", ACCESS, O.REFUSED, G.EXCESSIVE, LEAD, "lena", False),
    ("the privacy officer refuses", ACCESS, O.REFUSED, G.EXCESSIVE, PRIVACY, "petra", True),
    ("who wrote it down never refuses it", ACCESS, O.REFUSED, G.EXCESSIVE, PRIVACY, "amina", False),
    ("nor gives a part of it", ACCESS, O.PARTLY, G.OTHERS, PRIVACY, "amina", False),
    ("a refusal says why", ACCESS, O.REFUSED, None, PRIVACY, "petra", False),
    ("by a ground of this right", ACCESS, O.REFUSED, G.LEGAL_DUTY, PRIVACY, "petra", False),
    ("what is granted needs no ground", ACCESS, O.GRANTED, G.OTHERS, LEAD, "lena", False),
    ("the lead erases nothing", ERASURE, O.GRANTED, None, LEAD, "lena", False),
    ("the privacy officer decides on erasure", ERASURE, O.GRANTED, None, PRIVACY, "petra", True),
    ("no statement stands beside what was erased", ERASURE, O.STATEMENT, None, PRIVACY, "p", False),
    ("an objection is weighed when granted", OBJECTION, O.GRANTED, None, LEAD, "lena", False),
    ("and the weighing is kept", OBJECTION, O.GRANTED, G.CLIENT_WEIGHS, LEAD, "lena", True),
    ("not before it is known who asks", UNKNOWN, O.GRANTED, None, LEAD, "lena", False),
    ("unless that is the ground", UNKNOWN, O.REFUSED, G.NOT_SHOWN, PRIVACY, "petra", True),
    ("which it is not for who is known", ACCESS, O.REFUSED, G.NOT_SHOWN, PRIVACY, "petra", False),
    ("the client takes it back", UNKNOWN, O.WITHDRAWN, None, LEAD, "lena", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "found", "outcome", "ground", "roles", "by", "may"),
    DECIDES,
    ids=[d[0] for d in DECIDES],
)
def test_who_decides_what(
    why: str, found: RequestFacts, outcome: RequestOutcome, ground: RequestGround | None,
    roles: frozenset[Role], by: str, may: bool,
) -> None:  # fmt: skip
    assert bool(rules.may_decide(found, outcome, ground, roles, by)) is may, why


REFUSED = {"outcome": O.REFUSED, "decided_on": TODAY}
FREEZES = [
    ("from the moment it is asked", RESTRICTED, {}, True),
    ("while it stands", RESTRICTED, {"outcome": O.GRANTED, "answered_on": TODAY}, True),
    ("until it is lifted", RESTRICTED, {"outcome": O.GRANTED, "lifted_on": TODAY}, False),
    ("also when it is refused, until the client knows", RESTRICTED, REFUSED, True),
    ("and then no more", RESTRICTED, {**REFUSED, "answered_on": TODAY}, False),
    ("not when the client took it back", RESTRICTED, {"outcome": O.WITHDRAWN}, False),
    ("an objection to sharing stops sharing", OBJECTION, {}, True),
    ("one to figures does not", OBJECTION, {"about": A.FIGURES}, False),
    ("a request for a copy stops nothing", ACCESS, {}, False),
]


@pytest.mark.parametrize(("why", "found", "change", "frozen"), FREEZES, ids=[f[0] for f in FREEZES])
def test_when_nothing_leaves(
    why: str, found: RequestFacts, change: dict[str, object], frozen: bool
) -> None:
    assert replace(found, **change).freezes is frozen, why  # type: ignore[arg-type]


def test_a_restriction_is_lifted_after_the_client_was_told() -> None:
    stands = replace(RESTRICTED, outcome=O.GRANTED, answered_on=TODAY)
    assert rules.may_lift(stands, TODAY, TODAY)
    assert not rules.may_lift(stands, date(2026, 11, 24), TODAY)
    assert not rules.may_lift(RESTRICTED, TODAY, TODAY), "nothing is lifted before it was decided"
    assert not rules.may_lift(replace(stands, outcome=O.REFUSED, answered_on=None), TODAY, TODAY)
    assert not rules.may_lift(ACCESS, TODAY, TODAY)


def test_an_answer_follows_the_decision() -> None:
    assert not rules.may_answer(ACCESS, TODAY, TODAY)
    decided = replace(ACCESS, asked_on=date(2026, 11, 1), outcome=O.GRANTED, decided_on=TODAY)
    assert rules.may_answer(decided, TODAY, TODAY)
    assert not rules.may_answer(decided, date(2026, 11, 22), TODAY)
    assert not rules.may_answer(replace(decided, answered_on=TODAY), TODAY, TODAY)


def test_recipients_hear_of_what_was_corrected_erased_or_restricted() -> None:
    told = [
        (kind, outcome)
        for kind in RequestKind
        for outcome in RequestOutcome
        if replace(ACCESS, kind=kind, outcome=outcome).tells_recipients
    ]
    assert {kind for kind, _ in told} == {K.RECTIFICATION, K.ERASURE, K.RESTRICTION}
    assert all(outcome is not O.REFUSED for _, outcome in told)


def test_what_is_erased_is_gone_within_a_month_of_the_decision() -> None:
    decided = replace(ERASURE, outcome=O.PARTLY, decided_on=date(2027, 1, 31))
    assert decided.erase_by == date(2027, 2, 28)
    assert replace(decided, outcome=O.REFUSED).erase_by is None


def test_every_code_has_words() -> None:
    assert set(KIND_NAMES) == set(ABOUT) == set(OUTCOMES) == set(GROUNDS) == set(ANSWER_WORDS)
    assert {one for some in ABOUT.values() for one in some} == set(ABOUT_NAMES) == set(About)
    used = {one for by in GROUNDS.values() for some in by.values() for one in some}
    assert used == set(GROUND_NAMES) == set(GROUND_WORDS) == set(RequestGround)
    for kind, outcomes in OUTCOMES.items():
        assert set(outcomes) - {O.WITHDRAWN} == set(ANSWER_WORDS[kind]), kind
