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
from caseflow.services import audits


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
        raise CommandRefused(
            N_("This is no line that audit checkpoint printed. Copy the whole line.")
        )
    with opened(given):
        verdict = audits.verify(operator(), clock.now())
        has_kept = None if kept is None else audits.holds(kept)
    if given.json:
        document(
            {
                "entries": verdict.entries,
                "head": verdict.head,
                "sound": verdict.sound,
                "broken_at": verdict.broken_at,
                "checkpoint_holds": has_kept,
            }
        )
    elif verdict.sound and has_kept is not False:
        say(N_("%(entries)s entries, each follows from the one before.", entries=verdict.entries))
        if has_kept:
            say(N_("The checkpoint that was kept is in the log."))
    if verdict.sound and has_kept is not False:
        return 0
    if not verdict.sound:
        complain(
            N_(
                "The log is broken at entry %(position)s. Keep this machine as it is and tell the privacy officer.",
                position=verdict.broken_at,
            )
        )
    if has_kept is False:
        complain(
            N_(
                "The log does not have the entry of the checkpoint that was kept. "
                "Keep this machine as it is and tell the privacy officer."
            )
        )
    return 1


def _checkpoint(given: argparse.Namespace) -> int:
    with opened(given):
        made = settled(audits.checkpoint(operator(), clock.now()))
    if given.json:
        document({"position": made.position, "hash": made.hash, "checkpoint": made.line})
    else:
        say(made.line)
    return 0
