"""The parent of the server: it holds no key and no passphrase, starts the child and replaces it.

A child that ends with status 75 has sealed the vaults and is replaced at once; one that crashed is replaced a little
later each time, sealed as every start is; one that refuses to start (status 2) has said why, and the parent ends too.
A first child that crashes before it stayed up ends the parent with status 1: starting it again would not help.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from caseflow.domain.messages import N_, Message
from caseflow.serving.control_sockets import FOLDER
from caseflow.settings import PROJECT

STOPPED, FAILED, REFUSED, SEALED = 0, 1, 2, 75
WAITS: Final = (1, 2, 4, 8, 16, 30)
"""Seconds before a child that crashed is replaced: more after each crash, until one has stayed up."""
STAYED_UP_SECONDS: Final = 60


class AlreadyServed(Exception):
    """Another server runs for this instance."""


@contextmanager
def only_server(instance: Path) -> Iterator[None]:
    """Holds the instance for one server. Raises AlreadyServed."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)  # not inherited: it ends with the parent
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServed(
                N_(
                    "A server runs for this instance already. Stop it first, or use another port of it."
                )
            ) from None
        yield
    finally:
        os.close(lock)


class Parent:
    """Keeps one child running until it is asked to stop."""

    def __init__(
        self, command: Sequence[str], descriptors: Sequence[int], tell: Callable[[Message], None]
    ) -> None:
        self._command = [sys.executable, "-P", "-m", "caseflow", *command]
        self._descriptors = tuple(descriptors)
        self._tell = tell
        self._asked_to_stop = False
        self._wake = os.pipe()
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """The exit status of the server: 0 once it was stopped, 2 where it cannot start."""
        for stopping in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(stopping, self._stopped)
        crashes, has_served = 0, False
        while not self._is_stopping():
            started = time.monotonic()
            status = self._one_child()
            if self._is_stopping():
                break
            if status in {STOPPED, REFUSED}:
                return status
            stayed_up = time.monotonic() - started >= STAYED_UP_SECONDS
            has_served = has_served or stayed_up or status == SEALED
            if status == SEALED:
                crashes = 0
                continue
            if not has_served:
                self._tell(
                    N_(
                        "The server cannot start: its process ended with status %(status)s.",
                        status=status,
                    )
                )
                return FAILED
            crashes = 0 if stayed_up else crashes
            wait = WAITS[min(crashes, len(WAITS) - 1)]
            crashes += 1
            self._tell(
                N_(
                    "The server's process ended with status %(status)s. A fresh, sealed one starts in "
                    "%(seconds)s s.",
                    status=status,
                    seconds=wait,
                )
            )
            select.select([self._wake[0]], [], [], wait)  # a signal to stop ends the wait
        return STOPPED

    def _is_stopping(self) -> bool:
        return self._asked_to_stop

    def _one_child(self) -> int:
        self._child = subprocess.Popen(  # noqa: S603 - our own program, with arguments that were checked
            self._command,
            pass_fds=self._descriptors,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
        if self._is_stopping():  # asked between two children
            self._child.terminate()
        return self._child.wait()

    def _stopped(self, _signal: int, _frame: FrameType | None) -> None:
        # Nothing that takes a lock: the signal may come while the same thread holds it.
        self._asked_to_stop = True
        os.write(self._wake[1], b"s")
        if self._child is not None and self._child.returncode is None:
            self._child.terminate()
