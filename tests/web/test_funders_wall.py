"""What a funder's account opens: the published figures, one's own account, and nothing else that exists."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from caseflow.domain.access import Permission
from caseflow.services.houses import House
from caseflow.web.guards import guard_of, requires
from tests import cast
from tests.builders import hire_everybody
from tests.publication_worlds import freeze
from tests.serving import ClientAs, csrf_token
from tests.web.guessed_ids import plain, sent

OPEN = ("/statistics/", "/account", "/sign-in", "/sign-out", "/lock", "/language", "/static/")
"""Figures, signing in and out, one's own account, files of ours; besides these only `/` and what is marked public."""


def is_theirs(app: Flask, rule: Rule) -> bool:
    """Whether a funder may find something there."""
    guard = guard_of(app.view_functions[rule.endpoint])
    is_public = guard is not None and guard.is_public
    return rule.rule == "/" or rule.rule.startswith(OPEN) or is_public


def asked(app: Flask, *, theirs: bool) -> Iterator[tuple[str, str]]:
    """Every method and address, with ids that nothing has."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if is_theirs(app, rule) is not theirs:
            continue
        values: dict[str, object] = {
            name: str(uuid4())
            if converter.__class__.__name__ == "UUIDConverter"
            else min(converter.items)
            if isinstance(converter, AnyConverter)
            else "1"
            for name, converter in rule._converters.items()
        }
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield method, adapter.build(rule.endpoint, values, method=method)


def opened(app: Flask, client_as: ClientAs, *, theirs: bool) -> list[str]:
    """The addresses that answer otherwise than one that does not exist."""
    femke = client_as(cast.FEMKE)
    token = csrf_token(femke)
    absent = {one: plain(sent(femke, one, "/no-such-page", token)) for one in ("GET", "POST")}
    return [
        f"{method} {address}"
        for method, address in asked(app, theirs=theirs)
        if plain(sent(femke, method, address, token)) != absent[method]
    ]


def test_everything_else_answers_as_if_it_did_not_exist(
    app: Flask, sealed_house: House, client_as: ClientAs
) -> None:
    hire_everybody(sealed_house)
    freeze(sealed_house)
    assert sum(1 for _ in asked(app, theirs=False)) > 200
    assert opened(app, client_as, theirs=False) == []


def test_a_hole_in_the_wall_is_found(app: Flask, sealed_house: House, client_as: ClientAs) -> None:
    hire_everybody(sealed_house)
    view = requires(Permission.PUBLICATION_VIEW)(lambda: "figures behind the figures")
    app.add_url_rule("/planted", "planted", view)
    assert opened(app, client_as, theirs=False) == ["GET /planted"]
