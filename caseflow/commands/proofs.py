"""The command `firewall prove`: the leak proof, always on an instance of its own that is thrown away."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from caseflow.commands.terminals import complain, document, say, told
from caseflow.commands.usages import CommandLine, CommandRefused, Subparsers, command
from caseflow.domain.messages import N_, Message

ALL = "all"


def add_to_group(below: Subparsers[CommandLine]) -> None:
    """Adds `prove` to the group `firewall`."""
    prove = command(
        below, "prove", _prove, N_("the leak proof, on an instance that is thrown away"), json=True
    )
    prove.add_argument(
        "--fast", action="store_true", help=told(N_("every route, and fewer readers and clients"))
    )
    prove.add_argument(
        "--fault",
        metavar="NAME|all",
        help=told(
            N_("take one guard away and look whether it is missed; all: one after the other")
        ),
    )


def _prove(given: argparse.Namespace) -> int:
    """The proof, and the faults where they are asked for. Exit status 1 for a leak, a blank or a fault not found."""
    # Imported here: the proof joins every room, and no other command needs that.
    from caseflow.proofs import campaigns, faults
    from caseflow.proofs.campaigns import NobodyStands, Report
    from caseflow.proofs.plants import NotPlantable
    from caseflow.proofs.routes import Unvisitable

    names = _names(given.fault, faults.NAMES)
    tell = _progress(quiet=given.json)
    try:
        report = (
            Report()
            if given.fault and given.fault != ALL
            else campaigns.prove(
                fast=given.fast, say=tell, processes=1 if given.fast else (os.cpu_count() or 1)
            )
        )
        if names:
            report.faults = campaigns.try_faults(names, tell)
    except (NobodyStands, NotPlantable, Unvisitable) as gap:
        complain(N_("The proof does not cover everything. %(gap)s", gap=str(gap)))
        return 1
    if given.json:
        document(_plain(report))
    else:
        _say_all(report)
    return 0 if report.holds else 1


def _names(asked: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    if asked is None:
        return ()
    if asked == ALL:
        return known
    if asked not in known:
        raise CommandRefused(
            N_(
                "%(argument)s must be one of: %(choices)s.",
                argument="--fault",
                choices=", ".join((ALL, *known)),
            )
        )
    return (asked,)


def _progress(*, quiet: bool) -> Any:
    def tell(line: Message) -> None:
        if not quiet:
            sys.stderr.write(f"{told(line)}\n")
            sys.stderr.flush()

    return tell


def _plain(report: Any) -> dict[str, Any]:
    from caseflow.proofs.campaigns import RULE

    return {
        "probes": report.probes,
        "leaks": [vars(leak) for leak in report.leaks],
        "blanks": [vars(blank) for blank in report.blanks],
        "faults": report.faults,
        "not_shown_yet": [vars(blank) for blank in report.not_shown_yet],
        "answers": report.answers,
        "readers": report.visitors,
        "routes": report.routes,
        "columns": report.columns,
        "not_changed": report.unchanged,
        "rule": told(RULE),
    }


def _say_all(report: Any) -> None:
    from caseflow.proofs.campaigns import RULE

    for leak in report.leaks:
        say(f"LEAK  {leak.kind}: {leak.visitor}: {leak.route}: {leak.what}")
    for blank in report.blanks:
        say(f"BLANK  {blank.reader}: {blank.what}")
    for later in report.not_shown_yet:
        say(f"not shown yet  {later.reader}: {later.what} ({later.waits_for})")
    for place in report.unchanged:
        say(f"not changed  {place}")
    for name, found in report.faults.items():
        if not found:
            say(f"MISSED  {name}")
    if report.answers:
        say(
            N_(
                "%(leaks)s leaks, %(blanks)s blanks, %(later)s not shown yet, %(probes)s probes: %(answers)s answers "
                "of %(routes)s routes to %(readers)s readers, %(columns)s columns planted.",
                leaks=len(report.leaks), blanks=len(report.blanks), later=len(report.not_shown_yet),
                probes=report.probes, answers=report.answers, routes=report.routes, readers=report.visitors,
                columns=report.columns,
            )
        )  # fmt: skip
        say(RULE)
    if report.faults:
        found = sum(report.faults.values())
        say(N_("%(found)s of %(all)s planted faults found.", found=found, all=len(report.faults)))
