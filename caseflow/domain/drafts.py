"""Drafts: what somebody typed and has not kept yet. Which forms have them, and for how long they stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.access import Permission
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_

KEPT_DAYS: Final = 14
"""Days after which a draft goes, where `config/retention.toml` names no other term for it: a holiday, and no more."""
TERM_ID: Final = "draft"
LENGTH: Final = 24_000
"""Characters of all fields of one form together."""
WAITING_AT_MOST: Final = 10
"""Drafts of one colleague for one form of one case."""


class DraftOf(StrEnum):
    """The form that a draft is of."""

    NOTE = "note"
    WISH = "wish"
    PLAN_LINE = "plan_line"
    LEGAL_NOTE = "legal_note"
    CONCLUSION = "conclusion"


WRITTEN_BY: Final[Mapping[DraftOf, Permission]] = MappingProxyType(
    {
        DraftOf.NOTE: Permission.NOTE_CREATE,
        DraftOf.WISH: Permission.PLAN_RECORD,
        DraftOf.PLAN_LINE: Permission.PLAN_RECORD,
        DraftOf.LEGAL_NOTE: Permission.LEGAL_NOTE_RECORD,
        DraftOf.CONCLUSION: Permission.LEGAL_NOTE_RECORD,
    }
)
"""Whoever may send a form may keep a draft of it, and read the own one again for as long as they may."""


def term(days: int | None) -> timedelta:
    """How long a draft stays."""
    return timedelta(days=KEPT_DAYS if days is None else days)


def may_keep(length: int, waiting: int) -> Decision:
    """Answers whether a draft may be kept: of a length that a form can have, and not the eleventh."""
    if length > LENGTH:
        return Refused(N_("This is too long for a draft. Copy a part of it elsewhere."))
    if waiting >= WAITING_AT_MOST:
        return Refused(
            N_(
                "%(count)s drafts of this form wait already. Go on with one, or throw one away.",
                count=waiting,
            )
        )
    return Allowed()
