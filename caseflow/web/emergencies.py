"""The two buttons that stand on every page of whoever works at a site: an ambulance, and somebody at the door."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from caseflow.domain.access import Permission, may_at_all
from caseflow.web import sign_ins


@dataclass(frozen=True)
class Emergency:
    """Where the buttons lead; an empty address leaves one out."""

    ambulance_url: str = ""
    door_url: str = ""
    """Pressing it opens an entry at once, so it is sent as a form."""
    door_entries_url: str = ""


def buttons() -> Emergency | None:
    """The buttons for whoever reads this page; None for who has neither."""
    known = sign_ins.signed_in()
    if known is None:
        return None
    roles = known.actor.roles
    at_the_door = may_at_all(Permission.DOOR_RECORD, roles)
    found = Emergency(
        url_for("cards.ambulance") if may_at_all(Permission.BEDS_VIEW, roles) else "",
        url_for("doors.call") if at_the_door else "",
        url_for("doors.own") if at_the_door else "",
    )
    return found if found != Emergency() else None
