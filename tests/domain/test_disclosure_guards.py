"""What stands before a disclosure: one sentence for each row, and enforcement behind no row at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_guards import (
    NEEDS,
    Approval,
    ApprovedAs,
    By,
    Facts,
    Wanted,
    is_complete,
    may_approve,
    may_leave,
    missing,
)
from caseflow.domain.disclosure_kinds import KINDS, by_hand_for
from caseflow.domain.disclosures import (
    HEALTH,
    LIES_IN,
    STATUS,
    Field,
    Kind,
    Purpose,
    State,
    visible,
)
from caseflow.domain.firewall_rules import load_firewall_rules
from caseflow.domain.recipients import Recipient, RecipientClass, Tier
from caseflow.domain.redaction import BLIND

TODAY = date(2026, 11, 22)
F, T = Field, Tier
EVERYTHING = frozenset(Field)
CONFIG = Path(__file__).resolve().parents[2] / "config"
RECIPIENTS = {one.id: one for one in load_firewall_rules([CONFIG]).recipients}


def wanted(kind: str, recipient: str, *fields: Field, **more: object) -> Wanted:
    what, to = KINDS[kind], RECIPIENTS[recipient]
    assert to.tier is not None
    made = Wanted(
        kind=what,
        recipient=to,
        tier=to.tier,
        purpose=what.purposes[0],
        basis=None,
        fields=what.required | frozenset(fields),
        language="nl",
        on=TODAY,
    )
    return replace(made, **more)  # type: ignore[arg-type]


AGREED = Facts(agreed_on=TODAY)
STATEMENT = wanted("residence_statement", "own-lawyer")
IOM = wanted("return_referral", "iom", warned_on=TODAY)
IND = wanted("authority_letter", "national-authorities", wish_on=TODAY)
YES = (
    ("the client's own statement, into their hand", wanted("residence_statement", "client"), Facts()),
    ("the lawyer whom the client agreed to", STATEMENT, AGREED),
    ("the doctor hears of health", wanted("summary_doctor", "care-providers", F.HEALTH_NEEDS), AGREED),
    ("a fund, once the client agreed", wanted("referral", "fund"), AGREED),
    ("IOM, the client told of IND and DT&V", IOM, AGREED),
    ("an authority, at the client's own wish", IND, AGREED),
    ("own papers although the file is frozen", wanted("residence_statement", "client"), Facts(is_restricted=True)),
)  # fmt: skip
NO = (
    ("nobody agreed to this lawyer", STATEMENT, Facts(), "record on which day"),
    ("the agreement ended", STATEMENT, Facts(agreed_on=TODAY, agreement_ended_on=TODAY), "ended on"),
    ("agreed tomorrow", STATEMENT, Facts(agreed_on=TODAY + timedelta(1)), "lies ahead"),
    ("frozen by the client", STATEMENT, replace(AGREED, is_restricted=True), "is not used now"),
    ("a closed office", STATEMENT, replace(AGREED, office_closed_on=TODAY), "closed since"),
    ("a fund without the client's yes", wanted("referral", "fund"), Facts(), "record on which day"),
    ("IOM without the warning", replace(IOM, warned_on=None), AGREED, "IND and DT&V"),
    ("IOM, warned tomorrow", replace(IOM, warned_on=TODAY + timedelta(1)), AGREED, "lies ahead"),
    ("an authority without the wish", replace(IND, wish_on=None), AGREED, "own wish"),
    ("an authority, wished tomorrow", replace(IND, wish_on=TODAY + timedelta(1)), AGREED, "lies ahead"),
    ("health for a school", wanted("summary_school", "school", F.HEALTH_NEEDS), AGREED, "does not carry"),
    ("without what the letter needs", replace(STATEMENT, fields=frozenset({F.OWN_NAME})), AGREED, "was not ticked"),
    ("a summary for the doctor, to the lawyer", wanted("summary_doctor", "own-lawyer"), AGREED, "cannot go to"),
    ("a fund as if it were the lawyer", wanted("referral", "fund", tier=T.STANDING), AGREED, "cannot go to"),
    ("an authority by one person", replace(IND, tier=T.SECOND_PERSON), AGREED, "cannot go to"),
    ("a language without a text", replace(IND, language="ar"), AGREED, "in that language"),
    ("a purpose of another letter", replace(STATEMENT, purpose=Purpose.SCHOOL), AGREED, "what it is for"),
    ("a basis of another recipient", replace(STATEMENT, basis="vital"), AGREED, "legal basis"),
    ("the covenant is over", wanted("lso_packet", "lso", on=date(2025, 1, 1)), Facts(), "31"),
    ("the covenant has not begun", wanted("lso_packet", "lso", on=date(2019, 2, 28)), Facts(), "only from"),
)  # fmt: skip


@pytest.mark.parametrize(("why", "one", "facts"), YES, ids=[row[0] for row in YES])
def test_it_may_leave(why: str, one: Wanted, facts: Facts) -> None:
    assert may_leave(one, facts, EVERYTHING), why


@pytest.mark.parametrize(("why", "one", "facts", "says"), NO, ids=[row[0] for row in NO])
def test_it_may_not_leave_and_one_sentence_says_why(
    why: str, one: Wanted, facts: Facts, says: str
) -> None:
    answer = may_leave(one, facts, EVERYTHING)
    assert isinstance(answer, Refused), why
    assert says in str(answer.reason)


def test_the_covenant_carried_a_packet_to_its_last_day() -> None:
    assert may_leave(wanted("lso_packet", "lso", on=date(2024, 12, 31)), Facts(), EVERYTHING)


def test_nobody_lets_leave_what_they_may_not_see() -> None:
    answer = may_leave(STATEMENT, AGREED, EVERYTHING - {F.OWN_NAME})
    assert isinstance(answer, Refused)
    assert visible(Field, BLIND) == frozenset()


everything_wanted = st.builds(
    Wanted,
    kind=st.sampled_from(sorted(KINDS.values(), key=lambda one: one.id)),
    recipient=st.just(RECIPIENTS["enforcement"]),
    tier=st.sampled_from(Tier),
    purpose=st.sampled_from(Purpose),
    basis=st.sampled_from([None, "agreed", "legal-duty", "vital", "lvv-covenant"]),
    fields=st.frozensets(st.sampled_from(Field)),
    language=st.sampled_from(["nl", "en", "ar"]),
    on=st.dates(date(2018, 1, 1), date(2030, 1, 1)),
    warned_on=st.none() | st.just(TODAY),
    wish_on=st.none() | st.just(TODAY),
)


@given(everything_wanted, st.booleans())
def test_enforcement_is_reached_by_nothing(one: Wanted, restricted: bool) -> None:
    assert not may_leave(one, Facts(is_restricted=restricted, agreed_on=TODAY), EVERYTHING)


@given(
    kind=st.sampled_from(sorted(KINDS.values(), key=lambda one: one.id)),
    recipient=st.sampled_from(sorted(RECIPIENTS.values(), key=lambda one: one.id)),
    fields=st.frozensets(st.sampled_from(Field)),
    seen=st.frozensets(st.sampled_from(Field)),
    tier=st.sampled_from(Tier),
)
def test_what_may_leave_is_of_the_kind_and_seen(
    kind: Kind, recipient: Recipient, fields: frozenset[Field], seen: frozenset[Field], tier: Tier
) -> None:
    one = Wanted(kind, recipient, tier, kind.purposes[0], None, fields, "nl", TODAY, TODAY, TODAY)
    if may_leave(one, AGREED, seen):
        assert fields <= kind.fields & seen
        assert recipient.kind is not RecipientClass.ENFORCEMENT


def test_no_kind_names_enforcement_and_words_are_rare() -> None:
    for kind in KINDS.values():
        assert RecipientClass.ENFORCEMENT not in kind.classes
        assert (F.WORDS in kind.fields) <= kind.free_text
    assert [one.id for one in KINDS.values() if one.free_text] == ["child_protection"]
    assert not by_hand_for(RECIPIENTS["enforcement"])


def test_an_enforcing_kind_cannot_even_be_written() -> None:
    with pytest.raises(ValueError, match="enforcement"):
        replace(KINDS["told"], classes=frozenset({RecipientClass.ENFORCEMENT}))
    with pytest.raises(ValueError, match="words"):
        replace(KINDS["told"], optional=frozenset({F.WORDS}))


NEUTRAL = ("neutral_confirmation", "neutral_text", "residence_statement", "attendance_statement")


@pytest.mark.parametrize("kind", NEUTRAL)
def test_a_neutral_letter_carries_no_status_and_no_health(kind: str) -> None:
    assert not KINDS[kind].fields & (STATUS | HEALTH | {F.STAGE, F.SCENARIO})


def test_every_field_lies_in_a_compartment() -> None:
    assert set(LIES_IN) == set(Field)


def approvals(*who: str) -> Iterable[Approval]:
    for one in who:
        name, _, role = one.partition(":")
        yield Approval(name, ApprovedAs(role))


ROWS = (
    ("an everyday letter waits for nobody", T.STANDING, (), True),
    ("tier 2 waits for a second person", T.SECOND_PERSON, (), False),
    ("and leaves with one", T.SECOND_PERSON, ("lena:second_person",), True),
    ("but never with whoever asked", T.SECOND_PERSON, ("amina:second_person",), False),
    ("the counsellor alone does not do", T.AUTHORITY, ("iris:counsellor",), False),
    ("nor the lead alone", T.AUTHORITY, ("lena:second_person",), False),
    ("both do", T.AUTHORITY, ("lena:second_person", "iris:counsellor"), True),
    ("not one person twice", T.AUTHORITY, ("lena:second_person", "lena:counsellor"), False),
    ("a demand waits for three", T.DEMAND, ("dirk:director", "petra:privacy_officer"), False),
    ("and has three", T.DEMAND, ("dirk:director", "petra:privacy_officer", "law:outside_lawyer"), True),
)  # fmt: skip


@pytest.mark.parametrize(("why", "tier", "who", "complete"), ROWS, ids=[row[0] for row in ROWS])
def test_everybody_who_has_to_agree(why: str, tier: Tier, who: tuple[str, ...], complete: bool) -> None:  # fmt: skip
    assert is_complete(tier, "amina", approvals(*who)) is complete, why


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(ApprovedAs))), st.sampled_from("abcd"))  # fmt: skip
def test_a_tier_has_as_many_people_as_its_guard_says(
    given_by: list[tuple[str, ApprovedAs]], asker: str
) -> None:
    some = [Approval(who, role) for who, role in given_by]
    for tier in (T.SECOND_PERSON, T.AUTHORITY):
        if is_complete(tier, asker, some):
            assert len({one.user_id for one in some} - {asker}) >= len(NEEDS[tier])
        assert set(missing(tier, asker, some)) <= set(NEEDS[tier])


REFUSED = (
    ("one's own", Approval("amina", ApprovedAs.SECOND_PERSON), State.ASKED, T.SECOND_PERSON, "yourself"),
    ("what is out", Approval("lena", ApprovedAs.SECOND_PERSON), State.ISSUED, T.SECOND_PERSON, "does not wait"),
    ("a role nobody asks for", Approval("iris", ApprovedAs.COUNSELLOR), State.ASKED, T.SECOND_PERSON, "not asked for"),
    (
        "an authority by telephone",
        Approval("lena", ApprovedAs.SECOND_PERSON, By.TELEPHONE),
        State.ASKED,
        T.AUTHORITY,
        "not by telephone",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("why", "one", "state", "tier", "says"), REFUSED, ids=[row[0] for row in REFUSED])  # fmt: skip
def test_an_approval_is_refused(why: str, one: Approval, state: State, tier: Tier, says: str) -> None:  # fmt: skip
    answer = may_approve(tier, state, "amina", (), one)
    assert isinstance(answer, Refused), why
    assert says in str(answer.reason)
