"""Every view says what opens it, and what is not for a reader is not there."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from flask import Blueprint, Flask

from caseflow.domain.access import Permission
from caseflow.web import guards
from caseflow.web.guards import requires
from tests import cast
from tests.serving import ClientAs


def test_a_visitor_is_sent_to_the_sign_in_page_and_back(app: Flask) -> None:
    answer = app.test_client().get("/")
    assert answer.status_code == 303
    assert answer.location == "/sign-in"


def test_a_signed_in_colleague_gets_past_the_door(client_as: ClientAs) -> None:
    answer = client_as(cast.AMINA).get("/")
    assert answer.status_code in (200, 303)
    assert answer.location != "/sign-in"


def test_a_view_without_a_guard_stops_the_start_and_names_the_repair(app: Flask) -> None:
    planted = Blueprint("planted", __name__)
    planted.get("/planted")(lambda: "open to anybody")
    planted.add_url_rule("/planted-too", "unguarded", lambda: "open to anybody")
    app._got_first_request = False
    app.register_blueprint(planted)
    with pytest.raises(guards.UnguardedView, match=r"planted\.\S+ has no guard: put @requires"):
        guards.check(app)


def test_health_tells_alive_and_sealed_and_nothing_else(app: Flask) -> None:
    assert app.test_client().get("/healthz").json == {"alive": True, "sealed": True}


def test_a_guard_without_a_permission_is_refused() -> None:
    with pytest.raises(TypeError, match="needs a permission"):
        requires()
    assert Permission.CASE_OPEN


OPEN_TO_A_FUNDER = {
    Permission.PUBLICATION_VIEW,
    Permission.OPERATIONS_VIEW,
    Permission.STATEMENT_VIEW,
    Permission.OWN_ACCOUNT,
    Permission.OWN_LOOKS_VIEW,
}


def test_a_funder_finds_publications_the_own_account_and_own_looks_and_nothing_else(
    app: Flask, client_as: ClientAs
) -> None:
    femke, closed = client_as(cast.FEMKE), []
    for rule in app.url_map.iter_rules():
        guard = guards.guard_of(app.view_functions[rule.endpoint])
        assert guard is not None
        if "GET" not in (rule.methods or ()) or guard.is_public or not guard.permissions:
            continue
        if not OPEN_TO_A_FUNDER & set(guard.permissions):
            address = re.sub(r"<[^>]+>", lambda _: str(uuid4()), rule.rule)
            closed.append((address, femke.get(address).status_code))
    assert [one for one in closed if one[1] != 404] == []
    assert {"/caseload", "/beds", "/vault", "/vault/seal", "/accounts", "/alerts"} <= {
        address for address, _ in closed
    }
