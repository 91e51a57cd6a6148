"""Who reads publications: colleagues whose role does, and anybody where an installation has public ones."""

from __future__ import annotations

from typing import Final

from flask import abort

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.services import denials, publications
from caseflow.web import sign_ins

PUBLIC: Final = (
    "a programme may publish its frozen figures for everybody; what is not public is not there"
)
"""Why pages and files of publications carry no permission of their own."""


def reader() -> Actor | None:
    """Whoever reads: a colleague whose role reads publications, or anybody where there are public ones."""
    known = sign_ins.signed_in()
    if publications.are_public():
        return known.actor if known else None
    if known is None:
        abort(sign_ins.ask_to_sign_in())
    if not may_at_all(Permission.PUBLICATION_VIEW, known.actor.roles):
        denials.tell(known.actor, Permission.PUBLICATION_VIEW, clock.now())
        abort(404)
    return known.actor
