"""A real Chromium and a real server for the tests; fixtures to be imported by conftest."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress import create_server, wasyncore

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 10_000
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def chromium_path() -> str | None:
    """Where this machine keeps Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def chromium_required() -> bool:
    """Whether a missing Chromium is a failure: on the build server it is."""
    return os.environ.get("CI", "").lower() == "true"


@pytest.fixture(scope="session")
def chromium_or_skip() -> str:
    """The path of Chromium. Without one the test is skipped, and says so; with CI=true it fails."""
    path = chromium_path()
    if path is None:
        reason = "Chromium was not found on the path; browser tests need it (package: chromium)."
        if chromium_required():
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser(chromium_or_skip: str) -> Iterator[Browser]:
    """One Chromium for the whole run; each test opens its own context in it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_or_skip, args=list(CHROMIUM_ARGUMENTS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A fresh page at desk width, with no cookie of another test."""
    context: BrowserContext = browser.new_context(viewport=DESK, locale="nl-NL")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serves an application on a free loopback port, by the server of the real installation.

    Gives its address, on the name localhost.
    """
    sockets: dict[int, object] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=8)
    stopped = threading.Event()

    def serve() -> None:
        while not stopped.is_set():
            wasyncore.loop(timeout=0.1, use_poll=True, map=sockets, count=1)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.effective_port}"
    finally:
        stopped.set()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)
