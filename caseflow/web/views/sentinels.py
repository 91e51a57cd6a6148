"""Sentinel figures: printed as 0 or *see director* where publications are read; how often it was, for the director."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.sentinels import SENTINEL_DEFINITIONS, SENTINEL_NAMES, SentinelKind
from caseflow.services import sentinels
from caseflow.web import publication_readers
from caseflow.web.guards import actor, public, requires
from caseflow.web.pages import page

bp = Blueprint("sentinels", __name__)
KINDS = [(kind, SENTINEL_NAMES[kind], SENTINEL_DEFINITIONS[kind]) for kind in SentinelKind]


@bp.get("/statistics/sentinels")
@public(publication_readers.PUBLIC)
def printed() -> Response:
    """By programme and year whether it happened; never how often."""
    found = sentinels.printed(publication_readers.reader(), clock.now())
    return page("sentinels/printed.html", found=found, KINDS=KINDS)


@bp.get("/sentinels")
@requires(Permission.SENTINELS_VIEW)
def exact() -> Response:
    """How often it was in each programme and year; for the director alone."""
    return page("sentinels/exact.html", found=sentinels.exact(actor(), clock.now()), KINDS=KINDS)
