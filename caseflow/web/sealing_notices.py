"""Pages that hear in time that the vault is about to be sealed, without counting as somebody who is there.

A page carries a proof of who it was made for: a keyed hash over the browser's session, the organisation and the day.
With it the page's script may ask how long the vault stays open; answering reads no store and prolongs no session.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask import Flask, Response, current_app, g, request, session

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.services import idle_sealing

HEADER: Final = "X-Caseflow-Vault"
SEALED: Final = 0
"""What a page is answered once the vault of its reader's organisation is sealed."""


@dataclass(frozen=True)
class Notice:
    """What a page needs to hear of sealing: its proof, and how the vault stood when the page was made."""

    proof: str
    is_open: bool


def install(app: Flask) -> None:
    """Notes every request that read or wrote words: while such requests come, nothing is sealed by itself."""

    @app.before_request
    def begin() -> None:
        g.vault_uses = idle_sealing.vault_uses()

    @app.teardown_request
    def end(_: BaseException | None) -> None:
        if idle_sealing.vault_uses() > g.get("vault_uses", idle_sealing.vault_uses()):
            idle_sealing.used(clock.now())


def notice(actor: Actor) -> Notice | None:
    """What the page of this reader needs; None for those who have nothing to do with a vault."""
    if not may_at_all(Permission.VAULT_UNSEAL, actor.roles):
        return None
    proof = f"{actor.organisation}.{_proof(actor.organisation, clock.today())}"
    return Notice(proof, idle_sealing.is_open(actor.organisation))


def organisation() -> str | None:
    """Whose vault a page asks about, if it was made for this browser, yesterday or today; reads no store."""
    asked, _, proof = request.headers.get(HEADER, "").partition(".")
    days = (clock.today(), clock.today() - timedelta(days=1))
    known = any(hmac.compare_digest(proof.encode(), _proof(asked, day).encode()) for day in days)
    return asked if known else None


def seconds_left(asked: str) -> int | None:
    """Seconds until this vault is sealed, once that is near; 0 when it is sealed; None while nothing is to be told."""
    if not idle_sealing.is_open(asked):
        return SEALED
    remaining = idle_sealing.warns(clock.now())
    return None if remaining is None else max(1, round(remaining.total_seconds()))


def answer(asked: str) -> Response:
    """The seconds as text, an empty answer while nothing is to be told."""
    seconds = seconds_left(asked)
    if seconds is None:
        return Response(status=204)
    return Response(str(seconds), mimetype="text/plain")


def _proof(asked: str, day: date) -> str:
    secret: bytes = current_app.config["SECRET_KEY"]
    key: str = session.key  # type: ignore[attr-defined]  # our own sessions have one
    content = f"sealing\x1f{key}\x1f{asked}\x1f{day.isoformat()}"
    return hmac.new(secret, content.encode(), hashlib.sha256).hexdigest()
