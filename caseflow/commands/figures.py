"""Exact figures for those inside: `indicators`."""

from __future__ import annotations

import argparse

from caseflow import clock
from caseflow.commands.openings import opened
from caseflow.commands.terminals import document, say, told
from caseflow.commands.usages import CommandLine, Subparsers, command, day, settled
from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.indicators import Figure
from caseflow.domain.messages import N_
from caseflow.services import figures


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    indicators = command(
        subparsers,
        "indicators",
        _indicators,
        N_("every exact figure of a programme or group; not for publication"),
        json=True,
    )
    add_scope(indicators)


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
        found = settled(figures.exact(THE_COMMAND, given.programme, given.as_of, clock.now()))
    if given.json:
        document(
            [
                {
                    "indicator": figure.indicator,
                    "numerator": figure.numerator,
                    "denominator": figure.denominator,
                    "percent": figure.percent,
                    "as_of": figure.as_of.isoformat(),
                    "definition": told(figure.definition),
                }
                for figure in found
            ]
        )
        return 0
    for figure in found:
        say(f"{figure.indicator}: {_value(figure)}")
        say(f"  {told(figure.definition)}")
    return 0


def _value(figure: Figure) -> str:
    if figure.denominator is None:
        return str(figure.numerator)
    of = f"{figure.numerator} / {figure.denominator}"
    return of if figure.percent is None else f"{of} = {figure.percent} %"
