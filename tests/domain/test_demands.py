"""The rules of demands, and every way in which nothing may leave, tried at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from caseflow import settings as all_settings
from caseflow.domain import demands
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.demand_codes import (
    AuthorityClass,
    Decider,
    DemandOutcome,
    Effect,
    Verdict,
)
from caseflow.domain.demand_counts import OUTCOMES, Counted, counted
from caseflow.domain.demand_files import load_demand_rules
from caseflow.domain.demand_silences import (
    Silence,
    is_silent,
    may_keep_silent,
    review_is_due,
)
from caseflow.domain.demands import DemandFacts, Voice

TODAY = date(2026, 11, 22)
NAMED = frozenset({"own_name", "birth_date", "gender"})
ORDER = DemandFacts(TODAY, Effect.ORDER, NAMED)
SHIPPED = all_settings.SHIPPED_CONFIG / "demands.toml"


def voices(*verdicts: Verdict, part: frozenset[str] = frozenset()) -> tuple[Voice, ...]:
    fields = {Verdict.REFUSE: frozenset[str](), Verdict.PARTLY: part, Verdict.COMPLY: NAMED}
    who = {Decider.DIRECTOR: "dora", Decider.PRIVACY_OFFICER: "petra", Decider.LAWYER: "petra"}
    return tuple(
        Voice(one, verdict, who[one], fields[verdict])
        for one, verdict in zip(Decider, verdicts, strict=False)
    )


REFERENCES = [
    ("of the police", "PL1300-2026012345", True), ("of the prosecution", "UTL-I-2026012345", True),
    ("of a court", "C/13/712345 / KG ZA 26-123", True), ("of the authority", "2026-01234", True),
    ("a name", "JANSEN", False), ("a name and a year", "JANSEN 1980", False), ("a short name", "ALI 1980", False),
    ("nothing", "", False), ("small letters", "pl1300-2026012345", False), ("far too long", "1" * 41, False),
    ("two lines", "2026\n01234", False),
]  # fmt: skip


@pytest.mark.parametrize(("what", "typed", "fits"), REFERENCES, ids=[one[0] for one in REFERENCES])
def test_a_reference_is_a_number_and_no_name(what: str, typed: str, fits: bool) -> None:
    assert demands.reference_fits(typed) is fits


@pytest.mark.parametrize("said", list(product(Verdict, repeat=3)))
def test_the_strictest_of_three_decides(said: tuple[Verdict, ...]) -> None:
    part = frozenset({"gender"})
    facts = replace(ORDER, voices=voices(*said, part=part))
    if Verdict.REFUSE in said:
        assert demands.verdict(facts) is Verdict.REFUSE
        assert demands.granted(facts) == frozenset()
    elif Verdict.PARTLY in said:
        assert demands.verdict(facts) is Verdict.PARTLY
        assert demands.granted(facts) == part
    else:
        assert demands.verdict(facts) is Verdict.COMPLY
        assert demands.granted(facts) == NAMED


def test_parts_that_do_not_meet_are_a_refusal() -> None:
    first, second, third = voices(Verdict.PARTLY, Verdict.PARTLY, Verdict.COMPLY)
    facts = replace(
        ORDER,
        voices=(
            replace(first, fields=frozenset({"gender"})),
            replace(second, fields=frozenset({"own_name"})),
            third,
        ),
    )
    assert demands.verdict(facts) is Verdict.REFUSE


SETTLED = [
    ("what obliges to nothing is refused", Effect.NOTHING, (), DemandOutcome.REFUSED, True),
    ("what can oblige is not refused by one person", Effect.ORDER, (), DemandOutcome.REFUSED, False),
    ("three refused", Effect.ORDER, (Verdict.REFUSE,) * 3, DemandOutcome.REFUSED, True),
    ("the authority took it back", Effect.ORDER, (), DemandOutcome.WITHDRAWN, True),
    ("there was nothing", Effect.ORDER, (Verdict.COMPLY,) * 3, DemandOutcome.NOTHING_KEPT, True),
    ("nothing, without three", Effect.ORDER, (Verdict.COMPLY,) * 2, DemandOutcome.NOTHING_KEPT, False),
    ("taken, with nothing written down", Effect.SEIZURE, (), DemandOutcome.TAKEN, False),
    ("handed over is nothing one says", Effect.ORDER, (Verdict.COMPLY,) * 3, DemandOutcome.COMPLIED, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "effect", "said", "outcome", "ends"), SETTLED, ids=[one[0] for one in SETTLED]
)
def test_how_a_demand_ends_without_a_hand_over(
    why: str, effect: Effect, said: tuple[Verdict, ...], outcome: DemandOutcome, ends: bool
) -> None:
    facts = replace(ORDER, effect=effect, voices=voices(*said))
    assert bool(demands.may_settle(facts, outcome, has_takings=False)) is ends


SILENCES = [
    ("today is no review", 0, False), ("tomorrow", 1, True), ("three months", 92, True), ("a day more", 93, False),
]  # fmt: skip


@pytest.mark.parametrize(("why", "days", "may"), SILENCES, ids=[one[0] for one in SILENCES])
def test_silence_is_asked_again_within_three_months(why: str, days: int, may: bool) -> None:
    assert bool(may_keep_silent(TODAY + timedelta(days=days), TODAY)) is may


def test_silence_lasts_until_a_review_ends_it_also_where_that_is_late() -> None:
    ordered = Silence(TODAY, TODAY + timedelta(days=30))
    assert not is_silent([])
    assert is_silent([ordered])
    assert not review_is_due([ordered], TODAY + timedelta(days=29))
    assert review_is_due([ordered], TODAY + timedelta(days=30))
    longer = Silence(TODAY + timedelta(days=30), TODAY + timedelta(days=60))
    assert not review_is_due([ordered, longer], TODAY + timedelta(days=59))
    over = Silence(TODAY + timedelta(days=60), None)
    assert not is_silent([ordered, longer, over])
    assert not review_is_due([ordered, longer, over], date.max)


@given(
    some.lists(
        some.tuples(
            some.sampled_from(AuthorityClass),
            some.sampled_from(["none", "recorded", None]),
            some.sampled_from([*DemandOutcome, None]),
        ),
        max_size=40,
    )
)
@settings(max_examples=60)
def test_the_yearly_table_prints_no_number_below_five(rows: list[tuple[object, ...]]) -> None:
    table = counted([Counted(*one) for one in rows], ["none", "recorded"])  # type: ignore[arg-type]
    assert [row.key for row in table.classes] == [one.value for one in AuthorityClass]
    assert [row.key for row in table.powers] == ["none", "recorded", ""]
    for row in (*table.classes, *table.powers):
        assert len(row.cells) == len(OUTCOMES)
        for cell in (*row.cells, row.all_of_them):
            assert cell.text == "<5" or int(cell.text) % 5 == 0


# the file


def test_every_shipped_power_says_what_it_obliges_to_and_waits_for_a_jurist() -> None:
    rules = load_demand_rules(SHIPPED)
    assert {one.id for one in rules.powers} == {
        "none", "identifying", "recorded", "sensitive", "seizure", "supervision", "court", "oversight",
    }  # fmt: skip
    assert not [one.id for one in rules.powers if one.confirmed]
    assert not rules.is_public
    assert rules.search


WRONG = [
    ("no signature", 'signed_by = "officer"\n', "", "signed_by"),
    ("no reach", 'reaches = ["identity", "contact"]\n', "", "reaches"),
    ("what is privileged", '["identity", "contact"]', '["identity", "legal_notes"]', "privileged"),
    ("what nobody knows", '["identity", "contact"]', '["identity", "gossip"]', "reaches"),
    ("nothing obliges to nothing", 'effect = "nothing"', 'effect = "seizure"', "obliges to nothing"),
    ("an unknown key", "answer_days = 7", "anwser_days = 7", "anwser_days"),
    ("twice the same", 'id = "recorded"', 'id = "identifying"', "twice"),
    ("a class nobody knows", 'class = "oversight"', 'class = "friends"', "class"),
    ("no words", 'label = { nl = "Politie", en = "Police" }', "", "label"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "what", "by", "named"), WRONG, ids=[one[0] for one in WRONG])
def test_a_file_that_cannot_mean_what_it_says_is_refused(
    tmp_path: Path, why: str, what: str, by: str, named: str
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert what in text
    file = tmp_path / "demands.toml"
    file.write_text(text.replace(what, by, 1), encoding="utf-8")
    with pytest.raises(ConfigurationRefused) as refused:
        load_demand_rules(file)
    assert named in str(refused.value)


# everything anybody can do, in any order


PEOPLE = some.sampled_from(["dora", "petra", "both"])
FIELDS = some.sets(some.sampled_from(sorted(NAMED | {"phone"}))).map(frozenset)


class AnyDemand(RuleBasedStateMachine):
    """One demand, and whatever anybody tries with it: what left is always what three named people let go."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = DemandFacts(TODAY)
        self.left: frozenset[str] | None = None

    @rule(effect=some.sampled_from(Effect), fields=FIELDS, signed=some.booleans())
    def read(self, effect: Effect, fields: frozenset[str], signed: bool) -> None:
        if demands.may_assess(self.facts, effect, fields, NAMED, is_signed=signed):
            self.facts = replace(self.facts, effect=effect, named=fields)

    @rule(
        decider=some.sampled_from(Decider),
        verdict=some.sampled_from(Verdict),
        by=PEOPLE,
        fields=FIELDS,
    )
    def decide(self, decider: Decider, verdict: Verdict, by: str, fields: frozenset[str]) -> None:
        voice = Voice(decider, verdict, by, fields)
        if demands.may_decide(self.facts, voice, TODAY, TODAY):
            self.facts = replace(self.facts, voices=(*self.facts.voices, voice))

    @rule()
    def decide_all(self) -> None:
        for one in Decider:
            by = "dora" if one is Decider.DIRECTOR else "petra"
            self.decide(one, Verdict.COMPLY, by, self.facts.named)

    @rule()
    def link(self) -> None:
        if demands.may_link(self.facts):
            self.facts = replace(self.facts, linked=self.facts.linked + 1)

    @rule(by=PEOPLE, fields=FIELDS)
    def prepare(self, by: str, fields: frozenset[str]) -> None:
        if demands.may_prepare(self.facts, fields):
            self.facts = replace(self.facts, prepared=fields, prepared_by=by)

    @rule(by=PEOPLE)
    def release(self, by: str) -> None:
        if demands.may_release(self.facts, by):
            assert by != self.facts.prepared_by
            self.left = self.facts.prepared
            self.facts = replace(self.facts, is_over=True)

    @rule(outcome=some.sampled_from(DemandOutcome))
    def settle(self, outcome: DemandOutcome) -> None:
        if demands.may_settle(self.facts, outcome, has_takings=True):
            assert outcome not in (DemandOutcome.COMPLIED, DemandOutcome.PARTLY)
            self.facts = replace(self.facts, is_over=True)

    @invariant()
    def nothing_left_that_three_did_not_let_go(self) -> None:
        if self.left is None:
            return
        assert self.left
        assert self.left <= self.facts.named <= NAMED
        assert {one.decider for one in self.facts.voices} == set(Decider)
        assert all(self.left <= one.fields for one in self.facts.voices)
        directors = {one.by for one in self.facts.voices if one.decider is Decider.DIRECTOR}
        others = {one.by for one in self.facts.voices if one.decider is not Decider.DIRECTOR}
        assert not directors & others

    @invariant()
    def nothing_is_ready_before_all_three(self) -> None:
        if self.facts.prepared is not None:
            assert self.facts.effect is Effect.ORDER
            assert self.facts.prepared <= demands.granted(self.facts)
            assert self.facts.linked


AnyDemand.TestCase.settings = settings(max_examples=120, stateful_step_count=14, deadline=None)
TestAnyDemand = AnyDemand.TestCase


def test_a_rule_that_is_gone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def everything(facts: DemandFacts) -> frozenset[str]:
        return facts.named

    facts = replace(ORDER, voices=voices(Verdict.COMPLY, Verdict.COMPLY), linked=1)
    assert isinstance(demands.may_prepare(facts, NAMED), Refused)
    monkeypatch.setattr(demands, "granted", everything)
    monkeypatch.setattr(demands, "verdict", lambda facts: Verdict.COMPLY)
    machine = AnyDemand()
    machine.facts = facts
    machine.prepare("petra", NAMED)
    machine.release("dora")
    with pytest.raises(AssertionError):
        machine.nothing_left_that_three_did_not_let_go()
