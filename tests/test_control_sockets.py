"""The control socket while the server's process ends: whoever asked for the end hears that it came."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from socket import create_server
from typing import Any

import pytest

from caseflow.serving.children import Child
from caseflow.serving.control_sockets import Answer, Listener, ask
from caseflow.serving.parents import SEALED
from caseflow.settings import Serving

SERVING = Serving(host="127.0.0.1", port=0, https=False, trusted_proxies=0, threads=1)


@pytest.fixture(autouse=True)
def _signals_as_they_were() -> Iterator[None]:
    kinds = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {kind: signal.getsignal(kind) for kind in kinds}
    yield
    for kind, handler in before.items():
        signal.signal(kind, handler)


def test_whoever_asks_to_seal_has_an_answer_before_the_process_ends(tmp_path: Path) -> None:
    waits_for_the_answer = threading.Event()
    ends_too_early = threading.Event()

    def seal(_asked: Mapping[str, Any]) -> Answer:
        child.end_sealed()
        # The slowest thread there is: it goes on only once the process wants to end.
        if not waits_for_the_answer.wait(10):
            ends_too_early.set()
        return {"sealed": True}

    def is_answering() -> bool:
        waits_for_the_answer.set()
        return listener.is_answering()

    listener = Listener(tmp_path, seal)
    with create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(2) as other:
        child = Child(lambda *_: [], [listening], SERVING, is_answering)
        other.submit(listener.answer_next)
        asked = other.submit(ask, tmp_path, {"ask": "seal"})

        assert child.run() == SEALED
        assert not listener.is_answering()  # a real process is gone from here on
        child.close()
        assert asked.result(10) == {"sealed": True}
    assert not ends_too_early.is_set()
    listener.close()
