"""Programmes that nobody ran: people who come, stay and leave. The same number is always the same programme."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from caseflow.domain.calendar_months import months_after
from caseflow.domain.caseload_files import AGE_BANDS
from caseflow.domain.certificates import Certificate
from caseflow.domain.decisions import Refused
from caseflow.domain.episodes import UNKNOWN, Episode, FollowUp, LimitStatus
from caseflow.domain.indicator_files import load_indicators
from caseflow.domain.publication_rules import load_publication_rules
from caseflow.domain.publications import PublicationDraft, prepare
from caseflow.domain.published_counts import PublishedCounts
from caseflow.domain.tallies import Tally, tally

CONFIG = Path(__file__).parents[2] / "config"
INDICATORS = load_indicators(CONFIG / "indicators.toml")
RULES = load_publication_rules(CONFIG / "publication.toml", INDICATORS)
QUARTERS = tuple(months_after(date(2025, 1, 1), 3 * quarter) for quarter in range(4))
TODAY = date(2026, 11, 1)
ASKED_FROM, LIMIT = 335, 366
"""Days after which a longer stay is asked for, and after which the limit is reached."""
SMALLEST, GREATEST = 20, 2_000
RULED_OUT = "utrecht-bbb"
"""A programme whose own rules leave a category empty; every third one is like it."""


@dataclass(frozen=True)
class Invented:
    """A programme with everyone who ever came."""

    number: int
    scope: str
    episodes: tuple[Episode, ...]

    def without(self, person: object) -> Invented:
        """The same programme, had this person never come."""
        return replace(self, episodes=tuple(e for e in self.episodes if e.person != person))

    def counted(self, as_of: date) -> Tally:
        """What the one tally counts at a cut-off."""
        return tally(
            (replace(one, limit=_limit(one, as_of)) for one in self.episodes),
            (self.scope,),
            as_of,
            transfers=INDICATORS.transfers,
            follow_up_months=INDICATORS.follow_up_months,
        )


@dataclass(frozen=True)
class Quarter:
    """What became of one cut-off, beside what was true."""

    as_of: date
    counted: Tally
    outcome: PublicationDraft | Refused

    @property
    def draft(self) -> PublicationDraft | None:
        return self.outcome if isinstance(self.outcome, PublicationDraft) else None


def invented(number: int, *, people: int | None = None) -> Invented:
    """One programme of 20 to 2,000 people; as many small ones as great ones on a scale of ratios."""
    drawn = random.Random(f"programme {number}")
    size = people or round(math.exp(drawn.uniform(math.log(SMALLEST), math.log(GREATEST))))
    scope = RULED_OUT if number % 3 == 0 else f"invented-{number}"
    zeros = RULES.structural_zeros.get(scope, frozenset())
    outcomes = [min(c.outcomes, key=repr) for c in RULES.categories if c.id not in zeros]
    weights = [drawn.paretovariate(0.7) for _ in outcomes]
    years = drawn.uniform(2, 6)
    stay = drawn.uniform(150, 700)
    episodes: list[Episode] = []
    has_limit = scope != RULED_OUT and bool(drawn.getrandbits(1))
    for person in range(size):
        one = _person(drawn)
        entered = QUARTERS[-1] - timedelta(days=round(365 * years * drawn.random()))
        while True:
            exited = entered + timedelta(days=1 + round(drawn.expovariate(1 / stay)))
            outcome, basis = drawn.choices(outcomes, weights)[0]
            came = _episode(drawn, person, scope, entered, exited, outcome, basis)
            gender, age_band = one
            limit = LimitStatus.WITHIN if has_limit else LimitStatus.NO_LIMIT
            episodes.append(replace(came, gender=gender, age_band=age_band, limit=limit))
            entered = exited + timedelta(days=round(drawn.expovariate(1 / 200)))
            if exited > QUARTERS[-1] or entered > QUARTERS[-1] or drawn.random() > 0.04:
                break
    return Invented(number, scope, tuple(episodes))


def _person(drawn: random.Random) -> tuple[str, str]:
    gender = drawn.choices(("man", "woman", "other", UNKNOWN), (70, 26, 2, 2))[0]
    return gender, drawn.choices(AGE_BANDS, (6, 20, 28, 22, 14, 8, 2))[0]


def _limit(came: Episode, as_of: date) -> LimitStatus:
    """How a stay stands by a day against a limit of a year; one in three gets more time in its last month."""
    if came.limit is LimitStatus.NO_LIMIT:
        return LimitStatus.NO_LIMIT
    until = as_of if came.exited_on is None else min(as_of, came.exited_on)
    stayed = (until - came.entered_on).days
    is_extended = hash(came.person) % 3 == 0 and stayed >= ASKED_FROM
    if stayed < LIMIT:
        return LimitStatus.EXTENDED if is_extended else LimitStatus.WITHIN
    return LimitStatus.REACHED_AND_EXTENDED if is_extended else LimitStatus.REACHED


def _episode(
    drawn: random.Random,
    person: int,
    scope: str,
    entered: date,
    exited: date,
    outcome: str,
    basis: str | None,
) -> Episode:
    ended = exited <= QUARTERS[-1]
    asked = [
        FollowUp(
            months, drawn.choice([True, True, True, False, None]), months_after(exited, months)
        )
        for months in (6, 12)
    ]
    return Episode(
        person=person,
        programme=scope,
        entered_on=entered,
        exited_on=exited if ended else None,
        outcome=outcome if ended else None,
        basis=basis if ended else None,
        recorded_on=entered,
        exit_recorded_on=exited if ended else None,
        follow_ups=tuple(asked) if ended and drawn.random() < 0.8 else (),
    )


def year(programme: Invented, cut_offs: Sequence[date] = QUARTERS) -> Iterator[Quarter]:
    """Publishes quarter by quarter, each attacked together with those before it."""
    issued: list[PublishedCounts] = []
    for as_of in cut_offs:
        counted = programme.counted(as_of)
        outcome = prepare(
            counted,
            scope=programme.scope,
            members=(programme.scope,),
            today=TODAY,
            rules=RULES,
            indicators=INDICATORS,
            earlier=issued,
        )
        if isinstance(outcome, PublicationDraft):
            issued.append(outcome.counts)
        yield Quarter(as_of, counted, outcome)


def last_certificate(quarters: Sequence[Quarter]) -> Certificate | None:
    """The certificate over everything that a year issued, or None where nothing was."""
    drafts = [quarter.draft for quarter in quarters if quarter.draft is not None]
    return drafts[-1].certificate if drafts else None
