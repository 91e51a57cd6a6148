"""Catches up on every job of an instance, in a process that kills itself at one statement of its stores.

Called as a program: folder, passphrase, instant, and the number of the statement (0: none). Prints how many there were.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, event

from caseflow import settings
from caseflow.jobs import runs
from caseflow.services import houses
from caseflow.services.houses import House
from caseflow.storage.keyring import Keyring
from caseflow.storage.stores import Stores
from tests.conftest import CHEAP


def opened(folder: Path, passphrase: str) -> House:
    """The instance as the scheduler opens it: every vault sealed."""
    keyring = Keyring.read(folder / "keyring.json", CHEAP)
    stores = Stores.open(folder, keyring, keyring.open_operations(passphrase))
    return House.of(settings.load(folder, environ={}), stores)


class Killer:
    """Ends this process, without a last word, at one statement or commit."""

    def __init__(self, at: int) -> None:
        self.at, self.seen = at, 0

    def __call__(self, *_told: object) -> None:
        self.seen += 1
        if self.seen == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def main(folder: str, passphrase: str, instant: str, at: str) -> None:
    house = opened(Path(folder), passphrase)
    killer = Killer(int(at))
    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, moment, killer)
    with houses.inside(house):
        runs.catch_up(lambda: datetime.fromisoformat(instant))
    sys.stdout.write(f"{killer.seen}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
