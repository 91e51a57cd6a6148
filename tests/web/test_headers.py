"""What every answer tells the browser: on each address, each method and each error page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.exceptions import InternalServerError
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from caseflow.services.gatekeeping import NotKnown
from caseflow.services.interruptions import ChangedMeanwhile, VaultSealed
from caseflow.web import guards, headers
from tests import cast
from tests.parsed_pages import parse_page
from tests.serving import ClientAs, sign_in

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def _part(rule: Rule, name: str) -> object:
    """A value that fits one part of an address, by what the part takes."""
    takes = rule._converters[name]
    if isinstance(takes, IntegerConverter):
        return 1
    if isinstance(takes, AnyConverter):
        return min(takes.items)
    return "css/tokens.css" if name == "filename" else "00000000-0000-4000-8000-000000000000"


def addresses(app: Flask) -> Iterator[str]:
    """Every address of the application, with a value for each of its parts."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            built = rule.build({name: _part(rule, name) for name in rule.arguments})
            assert built is not None
            yield built[1]


def faults(response: Response) -> list[str]:
    """What is missing or weaker than it should be in the meaning of the headers."""
    said = response.headers
    policy = {
        directive.split()[0]: directive.split()[1:]
        for directive in said.get("Content-Security-Policy", "").split("; ")
        if directive
    }
    wanted = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "require-trusted-types-for": ["'script'"],
    }
    found = [f"policy {name}" for name, value in wanted.items() if policy.get(name) != value]
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ):
        if said.getlist(name) != [value]:
            found.append(name)
    if "camera=()" not in said.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    kept = response.status_code < 400 and response.request.path.startswith("/static/")
    if not kept and said.get("Cache-Control") != "no-store":
        found.append("Cache-Control")
    if "Server" in said or "X-Powered-By" in said:
        found.append("banner")
    if (
        said.get("Content-Type", "").startswith("text/")
        and "charset=utf-8" not in said["Content-Type"]
    ):
        found.append("charset")
    return found


def test_every_answer_on_every_address_and_method_carries_every_header(
    app: Flask, client_as: ClientAs
) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    wrong = {}
    for client in (app.test_client(), client_as(cast.ADA)):
        for address in addresses(app):
            for method in METHODS:
                answer = client.open(address, method=method)
                if found := faults(answer):
                    wrong[f"{method} {address} {answer.status_code}"] = found
                answer.close()
                assert answer.status_code < 500, f"{method} {address}"
    assert wrong == {}


@pytest.mark.parametrize(
    "name", ["Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Opener-Policy"]
)
def test_a_header_that_is_taken_away_is_seen(
    app: Flask, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert faults(app.test_client().get("/sign-in")) == []
    monkeypatch.delitem(headers.ALWAYS, name)
    assert faults(app.test_client().get("/sign-in"))


def test_a_method_that_is_not_used_is_refused(app: Flask) -> None:
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        answer = app.test_client().open("/healthz", method=method)
        assert answer.status_code == 405
        assert answer.headers["Allow"]


def planted(app: Flask, error: BaseException) -> FlaskClient:
    """A client of the application with a view that fails in one way."""

    @guards.public("a fault on purpose")
    def fails() -> str:
        raise error

    app._got_first_request = False
    app.add_url_rule("/fails", "fails", fails)
    app.testing = False
    return app.test_client()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotKnown(), 404),
        (ChangedMeanwhile(), 409),
        (VaultSealed("de-haven"), 503),
        (InternalServerError(), 500),
        (RuntimeError("marker-of-a-value"), 500),
    ],
)
def test_what_goes_wrong_gets_a_page_without_values(
    app: Flask, error: BaseException, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    answer = planted(app, error).get("/fails?marker-of-a-value")
    assert answer.status_code == status
    assert faults(answer) == []
    assert "marker-of-a-value" not in answer.text
    assert "de-haven" not in answer.text
    parse_page(answer.text)


def test_too_much_at_once_gets_a_page(app: Flask) -> None:
    client = app.test_client()
    answer = client.post("/sign-in", data={"username": "x" * 2_000_000})
    assert answer.status_code == 413
    parse_page(answer.text)


def test_absent_and_forbidden_are_the_same_bytes(client_as: ClientAs) -> None:
    """The page of an address that is not there, and of one that is not for this reader."""
    client = client_as(cast.AMINA)
    absent, forbidden = client.get("/no-such-page"), client.get("/accounts")
    assert absent.status_code == forbidden.status_code == 404
    assert _without_tokens(absent.text) == _without_tokens(forbidden.text)
    assert sorted(absent.headers.keys()) == sorted(forbidden.headers.keys())


def _without_tokens(page: str) -> str:
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    return page.replace(token, "")


def test_over_https_every_cookie_is_secure_and_bound_to_this_host(instance: object) -> None:
    from tests.serving import house_of, open_app

    own = instance / "config" / "settings.toml"  # type: ignore[operator]
    own.write_text(own.read_text().replace("https = false", "https = true"))
    app = open_app(instance)  # type: ignore[arg-type]
    answer = app.test_client().get("/sign-in", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == headers.TWO_YEARS
    lines = answer.headers.getlist("Set-Cookie")
    assert lines
    for line in lines:
        assert line.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= {
            part.strip() for part in line.split(";")
        }
    house_of(app).stores.close()


@pytest.mark.browser
def test_chromium_runs_our_scripts_and_no_others_under_the_policy(
    desk: Page, live_server: str
) -> None:
    """Trusted Types and the policy are in force, and nothing of ours breaks them."""
    said: list[str] = []
    desk.on("console", lambda message: said.append(message.text))
    sign_in(desk, live_server, cast.ADA)
    desk.goto(f"{live_server}/accounts")
    assert said == []
    assert desk.evaluate("typeof htmx") == "object"
    attempts = (
        "document.body.setAttribute('onclick', 'window.ran = 1')",
        "document.createElement('script').src = 'data:,1'",
        "setTimeout('window.ran = 1')",
    )
    for attempt in attempts:
        refused = f"() => {{ try {{ {attempt}; return false }} catch (e) {{ return e.name }} }}"
        assert desk.evaluate(refused) in ("TypeError", "EvalError"), attempt
    assert desk.evaluate("window.ran") is None
