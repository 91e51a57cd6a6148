"""A page that somebody asked for and may not have, as the log tells it."""

from __future__ import annotations

from datetime import datetime

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.services import houses
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act


def tell(actor: Actor, asked: Permission, now: datetime) -> None:
    """Tells the log that no role of this colleague opens this act."""
    act = Act("access_denied", actor, now, details={"asked": str(asked)})
    audit_log.tell(houses.current().stores, act, result="refused")
