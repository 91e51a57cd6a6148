"""What the codes of disclosures are called on a page."""

from __future__ import annotations

from typing import Any, Final

from caseflow.domain.disclosure_guards import APPROVED_AS
from caseflow.domain.disclosures import FIELD_NAMES, MEDIA, PURPOSES, STATES, WHYS
from caseflow.domain.letters import LANGUAGE_NAMES
from caseflow.domain.recipients import GUARDS

NAMES: Final[dict[str, Any]] = {
    "fields": FIELD_NAMES,
    "media": MEDIA,
    "purposes": PURPOSES,
    "states": STATES,
    "whys": WHYS,
    "approved_as": APPROVED_AS,
    "guards": GUARDS,
    "languages": {one.value: name for one, name in LANGUAGE_NAMES.items()},
}
STATE_BADGES: Final = {
    "asked": "pending",
    "approved": "pending",
    "issued": "neutral",
    "refused": "warning",
    "withdrawn": "warning",
}
