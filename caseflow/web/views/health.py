"""Whether the server is alive, for whoever watches over it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from caseflow.services import liveness
from caseflow.web.guards import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public("a watchdog asks it without an account; it tells alive and sealed, nothing else")
def healthz() -> Response:
    """Alive, and whether every vault is sealed."""
    return jsonify(alive=True, sealed=liveness.is_sealed())
