"""A client complains about us: what is written down of it in codes, who may handle it, and within which time.

Whoever a complaint is about neither sees nor handles it, and it does not stand in the file of the person who complains:
the case team reads that file, and may be what the complaint is about. Terms are configuration with their source [K].
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message

FILE: Final = "complaints.toml"
OLDEST_DAYS: Final = 366
"""A complaint that came in longer ago than this is a slip of the year, or no complaint any more."""


CLIENT_CODE: Final = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")
"""What a client code looks like; whether anybody has it is not asked."""


class Subject(StrEnum):
    """What a complaint is about."""

    GUIDANCE = "guidance"
    TREATMENT = "treatment"
    SHELTER = "shelter"
    FOOD = "food"
    SAFETY = "safety"
    DECISION = "decision"
    PRIVACY = "privacy"
    MONEY = "money"
    REACHABLE = "reachable"
    OTHER = "other"


class HowReceived(StrEnum):
    """How a complaint reached us."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    LETTER = "letter"
    MAIL = "mail"
    THROUGH_SOMEBODY = "through_somebody"


class ComplaintOutcome(StrEnum):
    """What came of a complaint."""

    FOUNDED = "founded"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    SOLVED_IN_TALK = "solved_in_talk"
    WITHDRAWN = "withdrawn"


SUBJECT_NAMES: Final[Mapping[Subject, Message]] = {
    Subject.GUIDANCE: N_("Guidance"),
    Subject.TREATMENT: N_("How somebody was treated"),
    Subject.SHELTER: N_("The house, the room or the bed"),
    Subject.FOOD: N_("Food"),
    Subject.SAFETY: N_("Safety"),
    Subject.DECISION: N_("A decision of ours"),
    Subject.PRIVACY: N_("What was done with personal data"),
    Subject.MONEY: N_("Living allowance or costs"),
    Subject.REACHABLE: N_("That nobody could be reached"),
    Subject.OTHER: N_("Something else"),
}
HOW_NAMES: Final[Mapping[HowReceived, Message]] = {
    HowReceived.IN_PERSON: N_("In a conversation"),
    HowReceived.PHONE: N_("By phone"),
    HowReceived.LETTER: N_("By letter"),
    HowReceived.MAIL: N_("By e-mail or message"),
    HowReceived.THROUGH_SOMEBODY: N_("Through somebody else"),
}
OUTCOME_NAMES: Final[Mapping[ComplaintOutcome, Message]] = {
    ComplaintOutcome.FOUNDED: N_("Founded"),
    ComplaintOutcome.PARTLY: N_("Partly founded"),
    ComplaintOutcome.UNFOUNDED: N_("Unfounded"),
    ComplaintOutcome.SOLVED_IN_TALK: N_("Solved in a conversation"),
    ComplaintOutcome.WITHDRAWN: N_("Withdrawn by the client"),
}


@dataclass(frozen=True)
class ComplaintTerms:
    """Within which time a complaint is acknowledged and answered."""

    acknowledge_days: int
    answer_weeks: int
    answer_weeks_with_committee: int
    source: Label
    confirmed_by: str | None = None
    confirmed_on: date | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether a jurist confirmed the terms."""
        return self.confirmed_by is not None and self.confirmed_on is not None

    def acknowledge_by(self, received_on: date) -> date:
        """The last day to say that it came in."""
        return received_on + timedelta(days=self.acknowledge_days)

    def answer_by(self, received_on: date, *, has_committee: bool) -> date:
        """The last day for the answer."""
        weeks = self.answer_weeks_with_committee if has_committee else self.answer_weeks
        return received_on + timedelta(weeks=weeks)


@dataclass(frozen=True)
class ComplaintFacts:
    """What is asked of one complaint before somebody does something with it; ids are those of accounts."""

    received_on: date
    about: str | None = None
    handler: str | None = None
    acknowledged_on: date | None = None
    answered_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answered_on is None


ANSWERED_ALREADY: Final = Refused(N_("This complaint has been answered already."))


def may_record(received_on: date, client_code: str | None, today: date) -> Decision:
    """Answers whether a complaint may have come in on this day: not to come, and not longer than a year ago.

    A code is a code by its shape alone: to say that nobody has it would tell who is known here.
    """
    if client_code is not None and CLIENT_CODE.fullmatch(client_code) is None:
        return Refused(
            N_("A client code looks like K7QM-4XPD. Leave it empty where there is none.")
        )
    if received_on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    if (today - received_on).days > OLDEST_DAYS:
        return Refused(N_("This is more than a year ago. Check the year."))
    return Allowed()


def may_give(found: ComplaintFacts, handler: str) -> Decision:
    """Answers whether this colleague may handle it: anybody but whom it is about. Source: Awb art. 9:7."""
    if not found.is_open:
        return ANSWERED_ALREADY
    if handler == found.about:
        return Refused(N_("Choose somebody else: whoever a complaint is about does not handle it."))
    return Allowed()


def may_acknowledge(found: ComplaintFacts, on: date, today: date) -> Decision:
    """Answers whether the client may have been told on this day that the complaint came in."""
    if found.acknowledged_on is not None:
        return Refused(
            N_("The complaint was acknowledged on %(day)s already.", day=found.acknowledged_on)
        )
    return _within(found, on, today)


def may_answer(found: ComplaintFacts, by: str, on: date, today: date) -> Decision:
    """Answers whether this colleague may answer it: whoever handles it, on a day after it came in."""
    if not found.is_open:
        return ANSWERED_ALREADY
    if by != found.handler or by == found.about:
        return Refused(N_("Only who handles a complaint answers it."))
    return _within(found, on, today)


def is_late(due_on: date, answered_on: date | None, today: date) -> bool:
    """Whether the answer is, or was, later than the term allows."""
    return (answered_on or today) > due_on


def _within(found: ComplaintFacts, on: date, today: date) -> Decision:
    if on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    if on < found.received_on:
        return Refused(
            N_("The complaint came in on %(day)s. Choose a later day.", day=found.received_on)
        )
    return Allowed()


def load_complaint_terms(path: Path, shown_as: str = "config/complaints.toml") -> ComplaintTerms:
    """The terms of a file. Raises `ConfigurationRefused` with every problem."""
    content, unread = read_toml(path)
    problems: list[ConfigurationProblem] = list(unread)
    if problems:
        raise ConfigurationRefused(problems)
    table = ConfigurationTable(shown_as, content, problems)
    terms = ComplaintTerms(
        acknowledge_days=_positive(table, "acknowledge_days"),
        answer_weeks=_positive(table, "answer_weeks"),
        answer_weeks_with_committee=_positive(table, "answer_weeks_with_committee"),
        source=table.label("source"),
        confirmed_by=table.optional_text("confirmed_by"),
        confirmed_on=table.day("confirmed_on"),
    )
    if (terms.confirmed_by is None) != (terms.confirmed_on is None):
        table.refuse("confirmed_by", N_("goes with confirmed_on: give both or neither"))
    if terms.answer_weeks_with_committee < terms.answer_weeks:
        table.refuse("answer_weeks_with_committee", N_("must not be shorter than answer_weeks"))
    table.close()
    if problems:
        raise ConfigurationRefused(problems)
    return terms


def _positive(table: ConfigurationTable, key: str) -> int:
    if key not in table:
        table.refuse(key, N_("is missing: add it"))
    return table.whole(key) or 1
