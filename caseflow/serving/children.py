"""The one child of the server: it holds the keys, answers every request, and ends when the vaults are sealed.

After a key is wiped in a running Python process, thousands of names are still in its memory; a process that has ended
has none. Sealing therefore ends this process, and its parent starts a fresh one with every vault sealed.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from socket import socket
from types import FrameType
from typing import Any, Final

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from caseflow.serving.parents import SEALED, STOPPED
from caseflow.settings import Serving

GRACE_SECONDS: Final = 5.0
"""How long requests that run when the process is to end may take to finish."""
LARGEST_REQUEST: Final = 2 * 1024 * 1024
LARGEST_ANSWER: Final = 64 * 1024 * 1024
SWEEP_EVERY_SECONDS: Final = 600.0
IDLE_EVERY_SECONDS: Final = 10.0
"""How exactly the vaults seal by themselves."""


class Child:
    """Serves one application until it is stopped or sealed."""

    def __init__(
        self,
        application: Any,
        sockets: Sequence[socket],
        serving: Serving,
        answers_elsewhere: Callable[[], bool] = lambda: False,
    ) -> None:
        """`answers_elsewhere`: whether somebody who did not ask over http still waits for an answer."""
        self._map: dict[int, Any] = {}
        self._answers_elsewhere = answers_elsewhere
        self._status: int | None = None
        create_server(
            application,
            map=self._map,
            sockets=list(sockets),
            threads=serving.threads,
            ident="",  # no banner with a version
            clear_untrusted_proxy_headers=serving.trusted_proxies == 0,
            max_request_body_size=LARGEST_REQUEST,
            # What is larger would be written to a temporary file, readable on the disk.
            inbuf_overflow=2 * LARGEST_REQUEST,
            outbuf_overflow=LARGEST_ANSWER,
            expose_tracebacks=False,
        )

    def run(self) -> int:
        """The status to end with: 0 stopped, 75 sealed. Requests that run get their answer first."""
        for stopping in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(stopping, self._stopped)
        while self._status is None:
            wasyncore.loop(timeout=1.0, map=self._map, count=1)
        for server in self._servers():
            server.accepting = False  # whoever comes now waits in the queue for the next child
        last = time.monotonic() + GRACE_SECONDS
        while self._is_answering() and time.monotonic() < last:
            wasyncore.loop(timeout=0.05, map=self._map, count=1)
        return self._status

    def end_sealed(self) -> None:
        """Asks the process to end because the vaults were sealed; may be called from any thread."""
        self._end(SEALED)

    def close(self) -> None:
        """Lets go of the sockets and threads; a process that goes on afterwards needs it."""
        for server in self._servers():
            server.close()
        wasyncore.close_all(self._map)

    def _stopped(self, _signal: int, _frame: FrameType | None) -> None:
        self._end(STOPPED)

    def _end(self, status: int) -> None:
        # Nothing that takes a lock: a signal may come while the same thread holds it.
        if self._status is None:
            self._status = status
        for server in self._servers():
            server.pull_trigger()

    def _servers(self) -> list[BaseWSGIServer]:
        return [one for one in list(self._map.values()) if isinstance(one, BaseWSGIServer)]

    def _is_answering(self) -> bool:
        return self._answers_elsewhere() or any(
            one.requests or one.total_outbufs_len
            for one in list(self._map.values())
            if isinstance(one, HTTPChannel)
        )


def leave(status: int) -> None:
    """Ends this process now: no thread, exit hook or open connection may keep its memory alive."""
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def every(seconds: float, act: Callable[[], None]) -> None:
    """Calls `act` again and again in a thread of its own; one that failed is tried again next time."""

    def turn() -> None:
        waiting = threading.Event()
        while not waiting.wait(seconds):
            act()

    threading.Thread(target=turn, name="sweeps", daemon=True).start()
