"""Where passphrases come from: a file for the operations slot, people for everything else."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from caseflow.commands.terminals import told
from caseflow.commands.usages import CommandRefused
from caseflow.domain.messages import N_, Message

VARIABLE: Final = "CASEFLOW_PASSPHRASE_FILE"
SHORTEST: Final = 15


def operations(environ: Mapping[str, str] = os.environ) -> str:
    """The passphrase of the operations slot: from the file that the environment names, else from a person.

    Raises CommandRefused where there is neither, and for a file that others could read.
    """
    named = environ.get(VARIABLE)
    if named:
        return _in_file(Path(named))
    if not sys.stdin.isatty():
        raise CommandRefused(
            N_(
                "A passphrase is needed: name its file in %(variable)s, or start this at a terminal.",
                variable=VARIABLE,
            )
        )
    return asked_for(N_("Operations passphrase"))


def new_operations(environ: Mapping[str, str] = os.environ) -> str:
    """The passphrase that a new instance is to have; a person types it twice."""
    if environ.get(VARIABLE) or not sys.stdin.isatty():
        passphrase = operations(environ)
    else:
        passphrase = chosen(N_("New operations passphrase"))
    if len(passphrase) < SHORTEST:
        raise CommandRefused(
            N_("Choose a passphrase of at least %(least)s characters.", least=SHORTEST)
        )
    return passphrase


def asked_for(label: Message) -> str:
    """What somebody types without being shown it; read as one line where standard input is no terminal."""
    if sys.stdin.isatty():
        try:
            typed = getpass.getpass(f"{told(label)}: ")
        except EOFError:
            typed = ""
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise CommandRefused(N_("Nothing was typed: %(what)s is needed.", what=label))
    return typed


def chosen(label: Message) -> str:
    """A new passphrase, typed twice. Raises CommandRefused where the two differ."""
    first = asked_for(label)
    if asked_for(N_("The same once more")) != first:
        raise CommandRefused(N_("The two passphrases differ. Nothing was changed."))
    return first


def _in_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise CommandRefused(_not_usable(path))
            if about.st_mode & 0o077:
                raise CommandRefused(
                    N_(
                        "Others can read the passphrase file. Close it to them with: chmod 600 %(file)s",
                        file=path.name,
                    )
                )
            text = file.read(4096).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise CommandRefused(_not_usable(path)) from None
    passphrase = text.rstrip("\r\n")
    if not passphrase or "\n" in passphrase or "\0" in passphrase:
        raise CommandRefused(
            N_("The passphrase file %(file)s must hold one line of text.", file=path.name)
        )
    return passphrase


def _not_usable(path: Path) -> Message:
    return N_(
        "The passphrase file %(file)s cannot be read. Check the path in %(variable)s.",
        file=path.name,
        variable=VARIABLE,
    )
