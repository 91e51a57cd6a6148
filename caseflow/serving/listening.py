"""The sockets that the parent opens and every child is handed.

They stay open while a child is replaced, so that nobody is turned away while the vaults are sealed: a page asked for in
that second waits in the queue for the fresh child.
"""

from __future__ import annotations

import socket

from caseflow.domain.messages import N_
from caseflow.settings import Serving

QUEUE = 128


class ListeningRefused(Exception):
    """The address cannot be listened on; the message names it and the repair."""


def listen(serving: Serving) -> list[socket.socket]:
    """The listening sockets of the configured address, for every protocol it has. Raises ListeningRefused."""
    opened: list[socket.socket] = []
    try:
        for family, _, _, _, address in socket.getaddrinfo(
            serving.host, serving.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            made = socket.socket(family, socket.SOCK_STREAM)
            opened.append(made)
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            made.bind(address)
            made.listen(QUEUE)
            made.set_inheritable(True)
    except OSError:
        for made in opened:
            made.close()
        raise ListeningRefused(
            N_(
                "%(host)s port %(port)s cannot be listened on: it is in use or not allowed. "
                "Choose another with --host or --port.",
                host=serving.host,
                port=serving.port,
            )
        ) from None
    return opened


def handed(descriptors: list[int]) -> list[socket.socket]:
    """The same sockets in the child."""
    return [socket.socket(fileno=descriptor) for descriptor in descriptors]
