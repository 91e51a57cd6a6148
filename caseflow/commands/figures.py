"""Exact figures for those inside: `indicators`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from caseflow import clock
from caseflow.commands.openings import opened
from caseflow.commands.terminals import document, say, told
from caseflow.commands.usages import CommandLine, Subparsers, command, day, settled
from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.incidences import PUBLISHED_MONTHS, TimeToSolution
from caseflow.domain.indicators import Figure, Indicator, Measure
from caseflow.domain.messages import N_, Message
from caseflow.services import figures

MEASURES: Final[Mapping[Measure, Message]] = MappingProxyType(
    {
        Measure.FLOW: N_("Flow: from the start until the cut-off"),
        Measure.STOCK: N_("Stock: on one day"),
    }
)
HOW_TO_READ: Final = N_(
    "The share of all who entered that left in each way within so many months, the other ways competing; "
    "who is still in counts for as long as they have been in (Aalen-Johansen)."
)


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    indicators = command(
        subparsers,
        "indicators",
        _indicators,
        N_("every exact figure of a programme or group; not for publication"),
        json=True,
    )
    add_scope(indicators)
    indicators.add_argument(
        "--known-on",
        metavar="DATE",
        type=day,
        help=told(N_("count what was recorded by the end of this day, as 2022-07-01")),
    )
    indicators.add_argument(
        "--over-time",
        action="store_true",
        help=told(N_("how soon people leave and how, instead of the figures on one day")),
    )


def add_scope(parser: CommandLine) -> None:
    """The two arguments that say what is counted, and by when."""
    parser.add_argument(
        "--programme", metavar="ID", required=True, help=told(N_("a programme or group, by its id"))
    )
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        required=True,
        type=day,
        help=told(N_("the cut-off, as 2022-07-01; that day is counted in")),
    )


def _indicators(given: argparse.Namespace) -> int:
    with opened(given):
        asked = (THE_COMMAND, given.programme, given.as_of, clock.now(), given.known_on)
        if given.over_time:
            curve = settled(figures.over_time(*asked))
            document(_told_curve(curve)) if given.json else _say_curve(curve)
            return 0
        found = [(one, figures.meaning(one)) for one in settled(figures.exact(*asked))]
    if given.json:
        document([_told(figure, meaning) for figure, meaning in found])
        return 0
    for figure, meaning in found:
        say(f"{figure.indicator}: {_value(figure)}")
        say(f"  {told(MEASURES[meaning.measure])}. {told(figure.definition)}")
        say(
            f"  {told(N_('Of: %(cohort)s. Source: %(source)s.', cohort=meaning.cohort, source=meaning.source))}"
        )
    return 0


def _told(figure: Figure, meaning: Indicator) -> dict[str, object]:
    return {
        "indicator": figure.indicator,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "percent": figure.percent,
        "unknown": figure.unknown,
        "as_of": figure.as_of.isoformat(),
        "measure": meaning.measure.value,
        "definition": told(figure.definition),
        "cohort": told(meaning.cohort),
        "source": meaning.source,
    }


def _value(figure: Figure) -> str:
    said = str(figure.numerator)
    if figure.denominator is not None:
        said = f"{said} / {figure.denominator}"
    if figure.percent is not None:
        said = f"{said} = {figure.percent} %"
    if figure.unknown:
        said = f"{said} ({told(N_('not known: %(count)s', count=figure.unknown))})"
    return said


def _told_curve(curve: TimeToSolution) -> list[dict[str, object]]:
    return [
        {"months": month, "observed": observed}
        | {
            way.id: round(100 * share, 1) for way, share in zip(curve.ways, shares, strict=True)
        }
        for month, observed, shares in curve.at(curve.months)
    ]  # fmt: skip


def _say_curve(curve: TimeToSolution) -> None:
    say(told(HOW_TO_READ))
    for month, observed, shares in curve.at(PUBLISHED_MONTHS):
        say(told(N_("Within %(months)s months (%(count)s observed)", months=month, count=observed)))
        for way, share in zip(curve.ways, shares, strict=True):
            say(f"  {told(way.label)}: {100 * share:.1f} %")
