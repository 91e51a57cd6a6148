"""The letter of a formal decision: what each kind says, and what no letter ever says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseflow.domain import decision_letters
from caseflow.domain.decision_letters import Letter
from caseflow.domain.formal_decision_files import load_objection_rules
from caseflow.domain.formal_decision_words import GROUNDS, DecisionKind, Ground
from caseflow.domain.labels import Label
from caseflow.domain.messages import Message

K, G = DecisionKind, Ground
LETTER = Letter(
    kind=K.EXCLUSION,
    ground=G.HOUSE_RULES,
    code="K7QM-4XPD",
    programme=Label("Opvang", "Shelter"),
    organisation=Label("De Haven", "De Haven"),
    decided_on=date(2026, 11, 20),
    dated_on=date(2026, 11, 22),
    effective_on=date(2026, 11, 23),
    until_on=date(2026, 11, 29),
    criterion=None,
    rule_version=None,
    rules=load_objection_rules(Path("config/formal_decisions.toml")),
    objections_to="Kade 1",
    objection_continues=False,
)


def english(words: Message | Label | str) -> str:
    return words.en if isinstance(words, Label) else str(words)


def text(**changed: Any) -> str:
    letter = replace(LETTER, **changed)
    lines: list[Message | Label | str] = [decision_letters.title_of(letter.kind)]
    lines += decision_letters.facts_of(letter)
    for part in decision_letters.parts_of(letter):
        lines += [*([part.heading] if part.heading else []), *part.lines]
    return "\n".join(english(line) for line in lines)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "from 2026-11-23 until and including 2026-11-29"),
        ({"until_on": None}, "This holds from 2026-11-23."),
        ({}, "the last day is 2027-01-04"),
        ({}, "Send it to: Kade 1."),
        ({"objections_to": None}, "Give it to any worker of"),
        ({}, "An objection does not stop the decision by itself."),
        ({"objection_continues": True}, "While your objection runs, you may stay."),
        (
            {"kind": K.REFUSAL, "ground": G.INCOMPLETE, "objection_continues": True},
            "An objection does not stop the decision by itself.",
        ),
        ({"kind": K.END, "ground": G.OWN_WISH}, "your shelter and guidance in"),
        (
            {"kind": K.REFUSAL, "ground": G.CRITERION, "criterion": 3, "rule_version": "2019-1"},
            "criterion 3 of the rules of the programme (version 2019-1)",
        ),
        ({"words": "On Monday night."}, "On Monday night."),
    ],
)
def test_a_letter_says_what_was_decided_and_how_to_object(
    changed: dict[str, Any], says: str
) -> None:
    assert says in text(**changed)


def test_every_kind_and_ground_makes_a_letter_that_tells_no_status() -> None:
    for kind, grounds in GROUNDS.items():
        for ground in grounds:
            said = text(kind=kind, ground=ground, until_on=None, criterion=1, rule_version="1")
            assert "You may object." in said
            assert not {"papers", "illegal", "residence", "asylum"} & set(said.lower().split()), (
                ground
            )


def test_a_kept_letter_is_read_as_title_paragraphs_and_headings() -> None:
    title, blocks = decision_letters.read("Title\n\nDate\nCode\n\n## Why\n\nBecause.\n\n\n")
    assert title == "Title"
    assert [(one.is_heading, one.words) for one in blocks] == [
        (False, "Date\nCode"), (True, "Why"), (False, "Because."),
    ]  # fmt: skip
    assert decision_letters.read("One line") == ("One line", ())
