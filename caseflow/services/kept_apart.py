"""What a separation for safety means for others: which sites cannot be used, and what one reader may know of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import separations as rules
from caseflow.domain.access import Permission, Relation, Standing, may
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Stay
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Reader, Vision
from caseflow.services import house_bars
from caseflow.services.case_views import KeptApart, OtherSide
from caseflow.services.households import Standings
from caseflow.storage import availability, separations
from caseflow.storage.models.cases import Case, Separation

BY_A_BED: Final = frozenset(
    {
        Relation.PLACES,
        Relation.SHELTERS,
        Relation.HOUSES,
        Relation.OWN_SITE,
        Relation.OWN_SITE_TONIGHT,
    }
)
"""Relations that somebody's nights on a bed may give: a name that came and went with them would tell of the bed."""
KNOWS_BOTH: Final = frozenset({Reader.CASE_TEAM, Reader.TEAM_LEAD})
"""Readers to whom the other side is named, by code, where they may know that person anyhow."""


def unusable_sites(
    session: Session, client_code: str, wanted: Nights, now: datetime, today: date
) -> frozenset[str]:
    """Ids of the sites that somebody cannot use on these nights: for safety, or for peace (decision 0166)."""
    apart = separations.codes_apart(session, client_code, today)
    there: dict[str, list[Stay]] = {}
    for site_id, stay in availability.stays_by_site(session, apart):
        there.setdefault(site_id, []).append(stay)
    barred = house_bars.unusable_sites(session, client_code, wanted, now, today)
    return barred | frozenset(
        site_id
        for site_id, stays in there.items()
        if not rules.may_use_site(stays, wanted, now, today)
    )


def shown(
    session: Session,
    client_code: str,
    vision: Vision,
    standing: Standing,
    reader_id: str,
    standings: Standings,
    today: date,
) -> KeptApart | Hidden | None:
    """What this reader may know of it on the page of one client; None where nobody is kept apart from them.

    It says nothing that changes with where the other sleeps.
    """
    if not vision.sees_any(Compartment.SAFETY):
        return HIDDEN
    rows = separations.of_client(session, client_code, today)
    if not rows:
        return None
    knows_safety = vision.sees(Compartment.SAFETY, Part.REST)
    clear = knows_safety and KNOWS_BOTH & standing.readers
    named = rows if clear else ()
    others = {row.id: separations.other_side(row, client_code) for row in named}
    known = known_clients(session, set(others.values()), _but_for_beds(standings))
    return KeptApart(
        tuple(
            _other_side(row, others[row.id])
            for row in named
            if others[row.id] in known or row.recorded_by == reader_id
        ),
        tuple(sorted(row.from_on for row in rows)) if knows_safety else (),
    )


def _other_side(row: Separation, code: str) -> OtherSide:
    return OtherSide(row.id, code, row.from_on, row.until_on)


def known_clients(
    session: Session, client_codes: Collection[str], standings: Standings
) -> frozenset[str]:
    """Those of these clients of whom a reader may open a case."""
    cases: dict[str, str] = {
        row.id: row.client_code
        for row in session.execute(
            select(Case.id, Case.client_code).where(Case.client_code.in_(client_codes))
        )
    }
    return frozenset(
        cases[case_id]
        for case_id, standing in standings(cases).items()
        if may(Permission.CASE_OPEN, standing)
    )


def _but_for_beds(standings: Standings) -> Standings:
    def asked(case_ids: Collection[str]) -> Mapping[str, Standing]:
        return {
            case_id: replace(standing, relations=standing.relations - BY_A_BED)
            for case_id, standing in standings(case_ids).items()
        }

    return asked


def meet(pairs: Iterable[tuple[str, str]], client_codes: Collection[str]) -> bool:
    """Whether two of these people are kept apart."""
    return any(one in client_codes and other in client_codes for one, other in pairs)
