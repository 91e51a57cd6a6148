"""Commands about the audit log: `audit verify`, `audit checkpoint`."""

from __future__ import annotations

import argparse

from caseflow import clock
from caseflow.commands.openings import opened, operator
from caseflow.commands.terminals import complain, document, say, told
from caseflow.commands.usages import (
    CommandLine,
    CommandRefused,
    Subparsers,
    command,
    group,
    settled,
)
from caseflow.domain.messages import N_
from caseflow.services import audit_findings, audits
from caseflow.services.audits import Comparison


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    below = group(subparsers, "audit", N_("the log of who looked at or changed what"))
    verify = command(
        below, "verify", _verify, N_("whether nothing in the log was changed"), json=True
    )
    verify.add_argument(
        "--checkpoint",
        metavar="LINE",
        default="",
        help=told(N_("a line that `audit checkpoint` printed earlier: is its entry still there?")),
    )
    command(
        below, "checkpoint", _checkpoint, N_("print a signed head to keep elsewhere"), json=True
    )


def _verify(given: argparse.Namespace) -> int:
    kept = audits.kept(given.checkpoint) if given.checkpoint else None
    if given.checkpoint and kept is None:
        raise CommandRefused(audit_findings.NO_LINE)
    with opened(given):
        # Compared first: the walk is told to the log, and would stand where the end was cut off.
        compared = None if kept is None else audits.compared(kept)
        verdict = audits.verify(operator(), clock.now())
    is_whole = audit_findings.is_whole(verdict, compared)
    if given.json:
        document(
            {
                "entries": verdict.entries,
                "head": verdict.head,
                "sound": verdict.sound,
                "broken_at": verdict.broken_at,
                "fault": verdict.fault,
                "checkpoint_holds": None if compared is None else compared is Comparison.HOLDS,
                "checkpoint": compared,
            }
        )
    elif is_whole:
        say(audit_findings.sound(verdict))
        say(audit_findings.HOLDS if compared else audit_findings.WITHOUT)
    for sentence in audit_findings.wrong(verdict, compared):
        complain(sentence)
    return 0 if is_whole else 1


def _checkpoint(given: argparse.Namespace) -> int:
    with opened(given):
        made = settled(audits.checkpoint(operator(), clock.now()))
    if given.json:
        document({"position": made.position, "hash": made.hash, "checkpoint": made.line})
    else:
        say(made.line)
    return 0
