"""The real application for tests: signed in as anybody of the cast, in a test client or in Chromium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from playwright.sync_api import Page
from waitress import wasyncore
from waitress.server import create_server
from werkzeug.routing import Rule

from caseflow import clock, create_app
from caseflow import settings as all_settings
from caseflow.services import houses, sessions
from caseflow.services.houses import House
from caseflow.storage.keyring import Keyring
from caseflow.storage.models.accounts import UserAccount
from tests import cast
from tests.builders import hire_everybody
from tests.cast import Colleague
from tests.conftest import CHEAP

ClientAs = Callable[[Colleague], FlaskClient]

OWN_SETTINGS = """
[serving]
https = false

[passphrases]
memory_mib = 19
rounds = 2
lanes = 1
"""
"""Plain http on the loopback address, and the cheapest derivation that is allowed."""


class Compiled(BytecodeCache):
    """Templates compiled once for all applications of this process: compiling is a third of a page's test."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def _built_once(builder: Callable[..., Any]) -> Callable[..., Any]:
    """Addresses of a rule compiled once for all applications of this process: they follow from the rule alone."""
    known: dict[tuple[object, ...], Any] = {}

    def built(rule: Rule, append_unknown: bool = True) -> Any:
        key = (
            rule.rule,
            rule.subdomain,
            tuple(sorted((rule.defaults or {}).items())),
            append_unknown,
        )
        if key not in known:
            known[key] = builder(rule, append_unknown)
        return known[key]

    return built


Rule._compile_builder = _built_once(Rule._compile_builder)  # type: ignore[method-assign]


def open_app(instance: Path) -> Flask:
    """The application over an instance folder, as a server would open it."""
    keyring = Keyring.read(instance / "keyring.json", CHEAP)
    keys = keyring.open_operations(cast.OPERATIONS_PASSPHRASE)
    app = create_app(all_settings.load(instance, environ={}), keyring, keys)
    app.jinja_env.bytecode_cache = COMPILED
    return app


def house_of(app: Flask) -> House:
    house: House = app.extensions["caseflow"]
    return house


@pytest.fixture
def instance(template: object, tmp_path: Path) -> Path:
    """A fresh instance that is served on the loopback address, every vault sealed."""
    folder = tmp_path / "instance"
    shutil.copytree(template.folder, folder)  # type: ignore[attr-defined]
    (folder / "config" / "settings.toml").write_text(OWN_SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def app(instance: Path) -> Iterator[Flask]:
    """The application, every vault sealed unless the test also asks for `house`."""
    made = open_app(instance)
    made.testing = True
    yield made
    house_of(made).stores.close()
    houses._houses.clear()  # the factory entered it; no later test may stand in it


@pytest.fixture
def sealed_house(app: Flask) -> House:
    """The application's own house, so that a test and its pages see one state; `house` unseals it."""
    return house_of(app)


def hired(house: House, colleague: Colleague) -> None:
    """Makes sure the cast is in the store."""
    with house.stores.reading() as reading:
        known = reading.get(UserAccount, colleague.id)
    if known is None:
        hire_everybody(house)


@pytest.fixture
def client_as(app: Flask) -> ClientAs:
    """A test client that is signed in as a colleague, through a session that the service began."""

    def signed_in(colleague: Colleague) -> FlaskClient:
        hired(house_of(app), colleague)
        client = app.test_client()
        token = sessions.begin(colleague.id, clock.now()).token
        client.set_cookie("sid", token, httponly=True, samesite="Strict")
        return client

    return signed_in


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The application behind the server it has in service, on a free loopback port; gives its address."""
    app.testing = False
    sockets: dict[int, object] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=8, ident="")
    ending = threading.Event()

    def serve() -> None:
        while not ending.is_set():
            wasyncore.loop(timeout=0.2, map=sockets, count=1)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"
    ending.set()
    thread.join()
    server.task_dispatcher.shutdown()
    wasyncore.close_all(sockets)


def sign_in(page: Page, address: str, colleague: Colleague) -> None:
    """Signs a browser in: a session that the service began, in the cookie the server would set."""
    hired(houses.current(), colleague)
    token = sessions.begin(colleague.id, clock.now()).token
    page.context.add_cookies(
        [{"name": "sid", "value": token, "url": address, "httpOnly": True, "sameSite": "Strict"}]
    )


def post(client: FlaskClient, address: str, **fields: object) -> object:
    """Sends a form as a browser would: with the token of a page of this client."""
    return client.post(address, data={"csrf_token": csrf_token(client), **fields})


def csrf_token(client: FlaskClient) -> str:
    """The form token of this client, read from the page that says nothing is there."""
    text = client.get("/no-such-page").get_data(as_text=True)
    return text.split('name="csrf-token" content="')[1].split('"')[0]
