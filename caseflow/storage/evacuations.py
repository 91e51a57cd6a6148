"""What a list for a fire needs beside beds and stays, each in one question for a whole house."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from caseflow.domain.evacuations import NEEDS_HELP
from caseflow.domain.rounds import PresenceState
from caseflow.storage.dossiers import pages
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.placement_needs import PlacementNeed
from caseflow.storage.models.presences import Presence
from caseflow.storage.models.shelter import Absence


@dataclass(frozen=True)
class Named:
    """Who a case is of."""

    client_code: str
    call_name: str
    is_restricted: bool


def named(session: Session, case_ids: Collection[str]) -> dict[str, Named]:
    """Code, call name and mark by case id."""
    found: dict[str, Named] = {}
    for some in pages(case_ids):
        rows = session.execute(
            select(Case.id, Client.code, Client.call_name, Client.restricted)
            .join(Client, Client.code == Case.client_code)
            .where(Case.id.in_(some))
        )
        found.update({row[0]: Named(row[1], row[2], row[3]) for row in rows})
    return found


def who_needs_help(session: Session, client_codes: Collection[str], today: date) -> frozenset[str]:
    """Codes of those who may need help on the stairs today."""
    kinds = sorted(kind.value for kind in NEEDS_HELP)
    found: set[str] = set()
    for some in pages(client_codes):
        found |= set(
            session.scalars(
                select(PlacementNeed.client_code).where(
                    PlacementNeed.client_code.in_(some),
                    PlacementNeed.kind.in_(kinds),
                    PlacementNeed.from_on <= today,
                    or_(PlacementNeed.until_on.is_(None), PlacementNeed.until_on > today),
                )
            )
        )
    return frozenset(found)


def who_is_away(session: Session, case_ids: Collection[str], night: date) -> frozenset[str]:
    """Cases of those who are known to be away in this night.

    What the night round said last counts before an absence that nobody ended: who was seen is looked for.
    """
    away: set[str] = set()
    for some in pages(case_ids):
        away |= set(
            session.scalars(
                select(Absence.case_id).where(
                    Absence.case_id.in_(some),
                    Absence.from_on <= night,
                    or_(Absence.until_on.is_(None), Absence.until_on > night),
                )
            )
        )
        said = session.execute(
            select(Presence.case_id, Presence.state)
            .where(Presence.case_id.in_(some), Presence.night == night)
            .order_by(Presence.recorded_at)
        )
        for case_id, state in said:
            if state == PresenceState.THERE.value:
                away.discard(case_id)
            else:
                away.add(case_id)
    return frozenset(away)
