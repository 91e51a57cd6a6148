"""Signals of trafficking: what was seen, what the client wants, and by which way help is asked for.

There are two ways, CoMensha and a lawyer, and the client is accompanied on both. Nothing goes to the police by us: who
wants to report does so themself, with a lawyer. CoMensha can be told without a name. The reflection period (Aliens
Act Implementation Guidelines B8/3.1, three months at most) is a procedure with its own clock (`procedures.toml`) and
stands in the legal part: who reads of signals reads nothing of a right of residence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml, shown_path
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.safe_reports import GoesAlong

FILE: Final = "trafficking.toml"
WORDS_AT_MOST: Final = 5_000
OLDEST_DAYS: Final = 366


class TraffickingWish(StrEnum):
    """What the client wants, as they say it."""

    HELP = "help"
    LAWYER_FIRST = "lawyer_first"
    REPORT_SELF = "report_self"
    NOTHING_NOW = "nothing_now"


class Route(StrEnum):
    """By which way help is asked for. There is no other: never the police, and never immigration authorities."""

    NONE_NOW = "none_now"
    COMENSHA = "comensha"
    LAWYER = "lawyer"
    BOTH = "both"


TRAFFICKING_WISH_NAMES: Final[Mapping[TraffickingWish, Message]] = MappingProxyType(
    {
        TraffickingWish.HELP: N_("Help and a safe place"),
        TraffickingWish.LAWYER_FIRST: N_("Talk to a lawyer first"),
        TraffickingWish.REPORT_SELF: N_("Report it themself, with a lawyer"),
        TraffickingWish.NOTHING_NOW: N_("Nothing now"),
    }
)
ROUTE_NAMES: Final[Mapping[Route, Message]] = MappingProxyType(
    {
        Route.NONE_NOW: N_("No way now"),
        Route.COMENSHA: N_("CoMensha"),
        Route.LAWYER: N_("A lawyer"),
        Route.BOTH: N_("CoMensha and a lawyer"),
    }
)


@dataclass(frozen=True)
class Signal:
    """One signal that may be ticked."""

    id: str
    label: Label


@dataclass(frozen=True)
class Signals:
    """The list as configured, where it comes from, and whether somebody confirmed it."""

    known: tuple[Signal, ...]
    source: Label
    confirmed: bool

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(one.id for one in self.known)

    def label(self, code: str) -> Label | str:
        """What a code is called; the code itself where the list knows it no more."""
        return next((one.label for one in self.known if one.id == code), code)


@dataclass(frozen=True)
class Seen:
    """What was seen on a day, as somebody writes it down."""

    seen_on: date
    signals: frozenset[str]
    wish: TraffickingWish
    route: Route
    along: GoesAlong | None = None
    with_name: bool = False
    words: str = ""


def may_record(seen: Seen, signals: Signals, today: date) -> Decision:
    """Answers whether it makes sense as it was told: the client's wish goes before the way."""
    if not seen.signals:
        return Refused(N_("Tick at least one signal."))
    if not seen.signals <= signals.codes:
        return Refused(N_("Choose signals from the list."))
    if seen.seen_on > today:
        return Refused(N_("%(day)s has not come yet. Choose today or an earlier day.", day=seen.seen_on))  # fmt: skip
    if seen.seen_on < today - timedelta(days=OLDEST_DAYS):
        return Refused(N_("This is more than a year ago. Check the year."))
    if len(seen.words) > WORDS_AT_MOST:
        return Refused(N_("This is too long. Use at most %(most)s characters.", most=WORDS_AT_MOST))
    return _is_the_clients_way(seen)


def _is_the_clients_way(seen: Seen) -> Decision:
    if seen.with_name and seen.route not in (Route.COMENSHA, Route.BOTH):
        return Refused(N_("A name can go to CoMensha alone. Choose CoMensha, or leave the name out."))  # fmt: skip
    if seen.with_name and seen.wish is TraffickingWish.NOTHING_NOW:
        return Refused(N_("The client wants nothing now, so CoMensha is told without a name."))
    if seen.wish is TraffickingWish.REPORT_SELF and seen.route not in (Route.LAWYER, Route.BOTH):
        return Refused(N_("Who reports does so with a lawyer. Choose the lawyer as way."))
    if seen.wish is TraffickingWish.LAWYER_FIRST and seen.route is Route.COMENSHA:
        return Refused(N_("The client wants to talk to a lawyer first. Choose the lawyer as way."))
    goes = seen.route in (Route.LAWYER, Route.BOTH) or seen.with_name
    if goes and seen.along in (None, GoesAlong.NOBODY):
        return Refused(N_("The client is accompanied on this way. Choose who goes along."))
    return Allowed()


def load_signals(path: Path) -> Signals:
    """The list of a file. Raises `ConfigurationRefused` with every problem of it."""
    content, unread = read_toml(path)
    if unread:
        raise ConfigurationRefused(list(unread))
    problems: list[ConfigurationProblem] = []
    found = signals_from(ConfigurationTable(shown_path(path), content, problems))
    if problems:
        raise ConfigurationRefused(problems)
    return found


def signals_from(table: ConfigurationTable) -> Signals:
    """The list of a table; what is wrong joins its problems."""
    known: list[Signal] = []
    for one in table.children("signal"):
        known.append(Signal(one.text("id"), one.label("label")))
        one.close()
    found = Signals(tuple(known), table.label("source"), table.flag("confirmed", default=False))
    if not known:
        table.refuse("signal", N_("needs one signal at least"))
    if len(found.codes) < len(known):
        table.refuse("signal", N_("names the same thing twice: keep one"))
    table.close()
    return found
