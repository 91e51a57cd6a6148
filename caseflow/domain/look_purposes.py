"""For what somebody looks at a case: the strongest relation that opened it says so, and nobody types it.

Where there is no relation, the purpose was chosen by button when the glass was broken; where a fixed list is gone
through, it was chosen by button for the whole list. Source: NEN 7513:2018 ch. 7 (PurposeOfUse).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseflow.domain.access import POLICY, Permission, Relation, Standing
from caseflow.domain.messages import N_, Message

STRONGEST_FIRST: Final = (
    Relation.CASE_TEAM,
    Relation.LEADS_TEAM,
    # before every relation that shows less than it: who broke the glass did so because the other did not do
    Relation.BROKEN_GLASS,
    Relation.ON_DUTY,
    Relation.REFERRED,
    Relation.ACCOMPANYING,
    Relation.INTAKE_DESK,
    Relation.PLACES,
    Relation.SHELTERS,
    Relation.HOUSES,
    Relation.OWN_SITE,
    Relation.OWN_SITE_TONIGHT,
    Relation.BEDSIDE,
    # after being on duty: a colleague of the team sees stage and bed, the same colleague on duty the file
    Relation.TEAM,
)
"""Every relation, the one that says most about why somebody looks before the others."""

REVIEW_PURPOSES: Final[Mapping[str, Message]] = {
    "review_meeting": N_("Weekly meeting"),
    "review_handover": N_("Handover"),
    "review_audit": N_("Check by the team lead"),
}
"""Purposes of going through a fixed list of cases, by button."""


def strongest(relations: frozenset[Relation]) -> Relation | None:
    """The relation that says most; None where there is none."""
    return next((one for one in STRONGEST_FIRST if one in relations), None)


def counting(permission: Permission, standing: Standing) -> frozenset[Relation]:
    """The relations by which this act is open; one that opens nothing is no reason to look."""
    words = standing.words
    opening = [clause for clause in POLICY[permission] if clause <= words]
    return frozenset(word for clause in opening for word in clause if isinstance(word, Relation))


def purpose(permission: Permission, standing: Standing, glass: str | None = None) -> str:
    """The purpose of an act on one case; `glass` is what was chosen when the glass was broken.

    Empty for an act that needs no relation.
    """
    found = strongest(counting(permission, standing))
    if found is Relation.BROKEN_GLASS and glass:
        return glass
    return found.value if found else ""
