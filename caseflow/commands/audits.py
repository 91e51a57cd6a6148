"""Commands about the audit log: `audit verify`, `audit checkpoint`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Final

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
from caseflow.domain.messages import N_, Message
from caseflow.services import audits
from caseflow.services.audits import Comparison, Fault

WITHOUT: Final = N_(
    "An end that was cut off, or an older copy that was put back, shows only against a line that was kept: "
    "audit verify --checkpoint LINE."
)
FAULTS: Final[Mapping[Fault, Message]] = {
    Fault.FILE: N_(
        "Every entry follows from the one before, but pages of the file do not belong together. "
        "Keep this machine as it is and tell the privacy officer."
    ),
    Fault.SUBJECTS: N_(
        "The log has clients without an entry. Keep this machine as it is and tell the privacy officer."
    ),
    Fault.CHECKPOINTS: N_(
        "The log's own checkpoints are not those that its entries tell of. "
        "Keep this machine as it is and tell the privacy officer."
    ),
}
COMPARISONS: Final[Mapping[Comparison, Message]] = {
    Comparison.OTHER_INSTANCE: N_(
        "This checkpoint was made by another instance. Check which line belongs to this one."
    ),
    Comparison.ALTERED: N_(
        "This line is not as it was signed: it was changed, or not copied whole. Compare it with the one that was kept."
    ),
    Comparison.GONE: N_(
        "The log does not have the entry of the checkpoint that was kept: its end was cut off, or an older copy was "
        "put back. Keep this machine as it is and tell the privacy officer."
    ),
    Comparison.DIFFERENT: N_(
        "The log has another entry in the place of the checkpoint that was kept: an older copy was put back and went "
        "on, or the log was written anew. "
        "Keep this machine as it is and tell the privacy officer."
    ),
}


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
        # Compared first: the walk is told to the log, and would stand where the end was cut off.
        compared = None if kept is None else audits.compared(kept)
        verdict = audits.verify(operator(), clock.now())
    held = compared is None or compared is Comparison.HOLDS
    if given.json:
        document(
            {
                "entries": verdict.entries,
                "head": verdict.head,
                "sound": verdict.sound,
                "broken_at": verdict.broken_at,
                "fault": verdict.fault,
                "checkpoint_holds": None if compared is None else held,
                "checkpoint": compared,
            }
        )
    elif verdict.sound and held:
        say(N_("%(entries)s entries, each follows from the one before.", entries=verdict.entries))
        say(N_("The checkpoint that was kept is in the log.") if compared else WITHOUT)
    if verdict.broken_at is not None:
        complain(
            N_(
                "The log is broken at entry %(position)s. Keep this machine as it is and tell the privacy officer.",
                position=verdict.broken_at,
            )
        )
    if verdict.fault is not None:
        complain(FAULTS[verdict.fault])
    if compared is not None and not held:
        complain(COMPARISONS[compared])
    return 0 if verdict.sound and held else 1


def _checkpoint(given: argparse.Namespace) -> int:
    with opened(given):
        made = settled(audits.checkpoint(operator(), clock.now()))
    if given.json:
        document({"position": made.position, "hash": made.hash, "checkpoint": made.line})
    else:
        say(made.line)
    return 0
