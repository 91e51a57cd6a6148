"""When a child becomes 18, for who reads the birth date."""

from __future__ import annotations

from datetime import date

from caseflow.domain import coming_of_age as rules
from caseflow.domain.coming_of_age import Eighteenth
from caseflow.domain.redaction import Hidden
from caseflow.services.case_views import Sealed
from caseflow.services.identity_views import IdentityView


def eighteenth_shown(
    identity: IdentityView | Hidden | Sealed | None, today: date
) -> Eighteenth | None:
    """When a child becomes 18, for who reads the birth date; None for adults, and where no birth date is known."""
    if not isinstance(identity, IdentityView) or identity.now is None:
        return None
    told = identity.now
    found = rules.eighteenth(told.birth_date, told.birth_year, told.birth_precision)
    return found if found is not None and found.on > today else None
