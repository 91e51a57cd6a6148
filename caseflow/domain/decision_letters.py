"""The letter about a formal decision, in plain words (B1): what was decided, why, from when, and how to object.

It is made from the record alone. A criterion is named by its number in the rules of the programme, never by what it is
about: a paper is read by others too. Sources: Awb art. 3:41 (made known), 3:45 (the term is in the letter), 3:47 (so is
the reason), 6:5 (what an objection says), 7:2 (a hearing first).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.domain import legal_days
from caseflow.domain.formal_decision_words import DecisionKind, Ground
from caseflow.domain.formal_decisions import ObjectionRules
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message

LANGUAGES: Final[Mapping[str, str]] = {"nl": "Nederlands", "en": "English"}
"""Languages in which a letter can be made, each by its own name."""


class Addressed(StrEnum):
    """By which name the letter addresses the person: what they ask for."""

    CALL_NAME = "call_name"
    OWN_NAME = "own_name"
    CODE = "code"


ADDRESSED_NAMES: Final[Mapping[Addressed, Message]] = {
    Addressed.CALL_NAME: N_("The call name"),
    Addressed.OWN_NAME: N_("The own name, as recorded"),
    Addressed.CODE: N_("The client code alone"),
}

DEAR: Final = N_("Dear")
FILE_TITLE: Final = N_("Letter")
"""What the file calls itself: nothing of what it is about."""


@dataclass(frozen=True)
class Letter:
    """What a letter is made of; `words` are an explanation in words, where there is one."""

    kind: DecisionKind
    ground: Ground
    code: str
    programme: Label
    organisation: Label
    decided_on: date
    dated_on: date
    effective_on: date
    until_on: date | None
    criterion: int | None
    rule_version: str | None
    rules: ObjectionRules
    objections_to: str | None
    """Where an objection can be sent; None where any worker takes it."""
    objection_continues: bool
    words: str | None = None


@dataclass(frozen=True)
class Part:
    """A part of a letter under its heading (none for the first one), by paragraph."""

    heading: Message | None
    lines: tuple[Message | Label | str, ...]


_TITLES: Final[Mapping[DecisionKind, Message]] = {
    DecisionKind.REFUSAL: N_("Decision: you are not admitted"),
    DecisionKind.END: N_("Decision: your shelter and guidance end"),
    DecisionKind.EXCLUSION: N_("Decision: you may not stay in the house"),
}
_GROUNDS: Final[Mapping[Ground, Message]] = {
    Ground.INCOMPLETE: N_("We asked you for something that we need to decide. We did not get it."),
    Ground.TERM_OVER: N_("The longest stay in this programme is over for you."),
    Ground.SOLUTION: N_("There is another place or another solution for you."),
    Ground.OWN_WISH: N_("You asked us to end it."),
    Ground.AGREEMENTS: N_(
        "You did not keep the agreements that we made with you about the guidance."
    ),
    Ground.AWAY: N_("You were away longer than we agreed with you."),
    Ground.HOUSE_RULES: N_("You did not keep the house rules."),
}


HEADING: Final = "## "
"""What a line of a kept letter begins with where it is a heading; an empty line ends a paragraph."""


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph of a kept letter."""

    is_heading: bool
    words: str


def read(words: str) -> tuple[str, tuple[Block, ...]]:
    """Answers title and blocks of a letter as it is kept: its first line, and what empty lines part."""
    title, _, rest = words.partition("\n")
    found = [one.strip("\n") for one in rest.split("\n\n") if one.strip()]
    blocks = tuple(
        Block(
            one.startswith(HEADING), one.removeprefix(HEADING) if one.startswith(HEADING) else one
        )
        for one in found
    )
    return title.strip(), blocks


def title_of(kind: DecisionKind) -> Message:
    """The first line of the letter."""
    return _TITLES[kind]


def facts_of(letter: Letter) -> tuple[Message, ...]:
    """Day and code, above the letter."""
    return (
        N_("Date: %(day)s", day=letter.dated_on),
        N_("Your code: %(code)s", code=letter.code),
    )


def parts_of(letter: Letter) -> tuple[Part, ...]:
    """The letter after its salutation."""
    return (
        Part(None, tuple(_decided(letter))),
        Part(N_("Why"), tuple(_why(letter))),
        Part(N_("If you do not agree"), tuple(_objection(letter))),
        Part(
            N_("Who can help you"),
            (
                N_("Your caseworker explains this letter to you. You may ask for an interpreter."),
                letter.rules.help,
            ),
        ),
        Part(
            None,
            (
                N_("The team lead of %(organisation)s", organisation=letter.organisation),
                N_("Keep this letter well. Think of who else may read it."),
            ),
        ),
    )


def _decided(letter: Letter) -> Iterable[Message]:
    if letter.kind is DecisionKind.REFUSAL:
        yield N_(
            "On %(day)s we decided that you are not admitted to %(programme)s.",
            day=letter.decided_on,
            programme=letter.programme,
        )
    elif letter.kind is DecisionKind.END:
        yield N_(
            "On %(day)s we decided that your shelter and guidance in %(programme)s end.",
            day=letter.decided_on,
            programme=letter.programme,
        )
        yield N_("This holds from %(day)s.", day=letter.effective_on)
    else:
        yield N_(
            "On %(day)s we decided that you may not stay in the house of %(programme)s.",
            day=letter.decided_on,
            programme=letter.programme,
        )
        if letter.until_on is None:
            yield N_("This holds from %(day)s.", day=letter.effective_on)
        else:
            yield N_(
                "This holds from %(first)s until and including %(last)s.",
                first=letter.effective_on,
                last=letter.until_on,
            )


def _why(letter: Letter) -> Iterable[Message | str]:
    if letter.ground is Ground.CRITERION:
        yield N_(
            "You do not meet criterion %(number)s of the rules of the programme (version %(version)s). "
            "Ask us to read it to you.",
            number=letter.criterion or "?",
            version=letter.rule_version or "?",
        )
    else:
        yield _GROUNDS[letter.ground]
    if letter.words:
        yield letter.words


def _objection(letter: Letter) -> Iterable[Message]:
    rules = letter.rules
    yield N_(
        "You may object. In Dutch that is called “bezwaar”. It costs nothing. "
        "Nobody may treat you worse because you object."
    )
    yield N_(
        "You have %(weeks)s weeks. They begin on the day after you got this letter, or after we sent it. "
        "If that was on %(day)s, the last day is %(last)s. Are you too late? Object all the same, and say why.",
        weeks=rules.weeks,
        day=letter.dated_on,
        last=legal_days.last_day(letter.dated_on, rules.weeks),
    )
    yield N_(
        "Write down: your name or your code, the date, which decision you mean, and why you do not agree. "
        "Sign it. Somebody may help you with it."
    )
    if letter.objections_to is None:
        yield N_(
            "Give it to any worker of %(organisation)s. They write down the day for you.",
            organisation=letter.organisation,
        )
    else:
        yield N_(
            "Send it to: %(address)s. Or give it to any worker of %(organisation)s. They write down the day for you.",
            address=letter.objections_to,
            organisation=letter.organisation,
        )
    yield N_(
        "We talk with you before we decide. You get an answer within %(weeks)s weeks after the last day to object.",
        weeks=rules.answer_weeks,
    )
    if letter.objection_continues and letter.kind is not DecisionKind.REFUSAL:
        yield N_("While your objection runs, you may stay.")
        return
    yield N_(
        "An objection does not stop the decision by itself. Can you not wait? "
        "You or your lawyer can ask the court for interim relief. In Dutch: “voorlopige voorziening”."
    )
