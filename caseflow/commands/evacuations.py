"""The list for a fire without the server: `evacuation open FILE`, with the passphrase on paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from caseflow.commands import passphrases
from caseflow.commands.terminals import document, say, told
from caseflow.commands.usages import CommandLine, CommandRefused, Subparsers, command, group
from caseflow.domain.messages import N_
from caseflow.services import evacuation_papers
from caseflow.services.evacuation_papers import NotOpened

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a file that is read at all; a list of a house has a fraction of that."""


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    below = group(subparsers, "evacuation", N_("a house's list for a fire, without the server"))
    opening = command(
        below, "open", _open, N_("say who sleeps in a house, from its encrypted file"), json=True
    )
    opening.add_argument("file", metavar="FILE", type=Path)


def _open(given: argparse.Namespace) -> int:
    """Needs no instance and no server: the file and the paper are enough."""
    try:
        with given.file.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        raise CommandRefused(N_("The file cannot be read. Check its path.")) from None
    if len(content) > LARGEST:
        raise CommandRefused(evacuation_papers.NO_LIST)
    try:
        kept = evacuation_papers.opened(content, passphrases.asked_for(N_("Passphrase on paper")))
    except NotOpened:
        raise CommandRefused(evacuation_papers.NO_LIST) from None
    if given.json:
        document(kept)
        return 0
    for line in evacuation_papers.lines(kept, told):
        say(line)
    return 0
