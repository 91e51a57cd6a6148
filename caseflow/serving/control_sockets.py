"""How a command speaks to the running server: one line of JSON each way, over a socket of the same account only."""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

FOLDER: Final = "control"
NAME: Final = "server.sock"
LONGEST: Final = 64 * 1024
"""Bytes of the longest line; a passphrase fits many times."""
SECONDS_TO_SPEAK: Final = 10.0
SECONDS_TO_END: Final = 30.0

Answer = dict[str, Any]


class NotServing(Exception):
    """No server runs for this instance."""


@contextmanager
def _address(instance: Path) -> Iterator[str]:
    """The socket's name by way of its folder's descriptor: a Unix address holds 107 bytes, a path may be longer."""
    folder = os.open(instance / FOLDER, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{NAME}"
    finally:
        os.close(folder)


class Listener:
    """The server's end: answers one line at a time, to processes of the same account or root alone."""

    def __init__(self, instance: Path, answer: Callable[[Mapping[str, Any]], Answer]) -> None:
        self._answer = answer
        self._is_answering = False
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        folder = instance / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        (folder / NAME).unlink(missing_ok=True)  # left by a server that was killed
        with _address(instance) as address:
            self._socket.bind(address)
        (folder / NAME).chmod(0o600)
        self._socket.listen(8)

    def start(self) -> None:
        threading.Thread(target=self._listen, name="control-socket", daemon=True).start()

    def is_answering(self) -> bool:
        """Whether somebody asked and has no answer yet; held open to see the end is not this."""
        return self._is_answering

    def close(self) -> None:
        """Nobody is answered after this."""
        self._socket.close()

    def answer_next(self) -> None:
        """Waits for one speaker and answers it."""
        speaker, _ = self._socket.accept()
        with speaker, suppress(OSError):  # it hung up, or never spoke: the next one is waiting
            speaker.settimeout(SECONDS_TO_SPEAK)
            self._converse(speaker)

    def _listen(self) -> None:
        while True:
            self.answer_next()

    def _converse(self, speaker: socket.socket) -> None:
        if peer_of(speaker) not in {os.getuid(), 0}:
            return
        try:
            asked = json.loads(_line(speaker))
        except ValueError:
            asked = {}
        self._is_answering = True  # before the act: to seal asks this process to end
        try:
            answer = self._answer(asked if isinstance(asked, dict) else {})
            speaker.sendall(json.dumps(answer).encode() + b"\n")
        finally:
            self._is_answering = False
        if answer.get("ends"):
            # Held open until this process ends: whoever asked for it sees that it has.
            speaker.settimeout(SECONDS_TO_END)
            speaker.recv(1)


def peer_of(speaker: socket.socket) -> int:
    """The account that the process at the other end runs as, said by the kernel."""
    credentials = speaker.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, account, _ = struct.unpack("3i", credentials)
    return int(account)


def ask(instance: Path, asked: Mapping[str, Any]) -> Answer:
    """What the running server answers. Raises NotServing.

    An answer that says the server's process ends is given once it has ended.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as speaker:
        speaker.settimeout(SECONDS_TO_END)
        try:
            with _address(instance) as address:
                speaker.connect(address)
            speaker.sendall(json.dumps(asked).encode() + b"\n")
            answer = json.loads(_line(speaker))
        except (OSError, ValueError):
            raise NotServing from None
        if answer.get("ends"):
            while speaker.recv(1):
                continue
        return dict(answer)


def _line(speaker: socket.socket) -> bytes:
    line = bytearray()
    while not line.endswith(b"\n") and len(line) < LONGEST:
        piece = speaker.recv(4096)
        if not piece:
            break
        line += piece
    return bytes(line)
