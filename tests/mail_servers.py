"""A real mail server on the loopback address: it takes letters, and can be told to refuse them."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

ENOUGH = 100_000


@dataclass
class Letterbox:
    """What arrived, and what the server answers to letters to come."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    """Addresses to which it takes nothing."""

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.raw]  # type: ignore[misc]


class _Talk(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        box: Letterbox = self.server.box  # type: ignore[attr-defined]
        self.say("220 test")
        while line := self.rfile.readline(ENOUGH):
            said = line.decode().strip()
            verb = said[:4].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "RCPT" and any(one in said for one in box.refuses):
                self.say("550 nobody of that name")
            elif verb == "DATA":
                self.say("354 go on")
                box.raw.append(self._text())
                self.say("250 taken")
            else:
                self.say("250 ok")

    def _text(self) -> bytes:
        lines = []
        while (line := self.rfile.readline(ENOUGH)) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    """A server that listens until the block ends."""
    box = Letterbox()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.box = box  # type: ignore[attr-defined]
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
