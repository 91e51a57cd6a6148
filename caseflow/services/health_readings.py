"""Health on the page of a case: codes from the casework store, words and dates from the vault while it is open."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import deferrals
from caseflow.domain.deferrals import DeferralDates, DeferralKind, PregnancyTerm
from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.local_days import local
from caseflow.domain.redaction import HIDDEN, Compartment, Part, Vision
from caseflow.services.case_views import SEALED
from caseflow.services.health_views import (
    DeferralView,
    HealthView,
    NeedsView,
    PlacementNeedView,
)
from caseflow.services.houses import House
from caseflow.storage import words
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.health import Deferral, HealthNeeds
from caseflow.storage.models.placement_needs import PlacementNeed

C, P = Compartment, Part


def of(
    house: House, casework: Session, dossier: Dossier, vision: Vision, today: date
) -> HealthView | None:
    """Health as this reader may see it; None for who sees nothing of it."""
    if not vision.sees_any(C.HEALTH):
        return None
    code, organisation = dossier.client.code, dossier.case.organisation
    sees_codes = vision.sees(C.HEALTH, P.PLACEMENT_NEEDS)
    sees_needs = vision.sees(C.HEALTH, P.NEEDS)
    sees_dates = vision.sees(C.HEALTH, P.DEFERRAL_DATES)
    rows = needs_of(casework, code) if sees_codes else ()
    running = tuple(_need(one) for one in rows if one.until_on is None) if sees_codes else HIDDEN
    over = (
        tuple(_need(one) for one in rows if one.until_on and one.until_on > one.from_on)
        if sees_codes
        else HIDDEN
    )
    if not house.stores.is_unsealed(organisation):
        return HealthView(
            running, over, SEALED if sees_needs else HIDDEN, SEALED if sees_dates else HIDDEN
        )
    with house.stores.reading_vault(organisation) as vault:
        return HealthView(
            running,
            over,
            _needs(vault, casework, code) if sees_needs else HIDDEN,
            _deferrals(vault, casework, code, house.pregnancy_term, today)
            if sees_dates
            else HIDDEN,
        )


def needs_of(casework: Session, client_code: str) -> tuple[PlacementNeed, ...]:
    """Every need of a bed of this client, those that are over too, oldest first."""
    return tuple(
        casework.scalars(
            select(PlacementNeed)
            .where(PlacementNeed.client_code == client_code)
            .order_by(PlacementNeed.from_on, PlacementNeed.recorded_at, PlacementNeed.id)
        )
    )


def deferrals_of(vault: Session, casework: Session, client_code: str) -> list[list[Deferral]]:
    """The versions of each deferral of this client, the newest first in each; taken back ones too."""
    found: dict[str, list[Deferral]] = {}
    for row in words.visible(vault, casework, Deferral, [client_code]):
        found.setdefault(row.deferral_id, []).append(row)
    return list(found.values())


def dates_of(row: Deferral) -> DeferralDates:
    """A row as the rules read it."""
    return DeferralDates(
        DeferralKind(row.kind), row.expected_on, row.delivered_on, row.from_on, row.until_on
    )


def _need(row: PlacementNeed) -> PlacementNeedView:
    return PlacementNeedView(PlacementNeedKind(row.kind), row.from_on, row.until_on)


def _needs(vault: Session, casework: Session, code: str) -> NeedsView | None:
    rows = words.visible(vault, casework, HealthNeeds, [code])
    if not rows:
        return None
    return NeedsView(rows[0].words, local(rows[0].recorded_at).date(), len(rows) - 1, rows[0].id)


def _deferrals(
    vault: Session, casework: Session, code: str, term: PregnancyTerm, today: date
) -> tuple[DeferralView, ...]:
    """Those that were not taken back, what ends last first."""
    found = [
        _deferral(versions, term, today)
        for versions in deferrals_of(vault, casework, code)
        if not versions[0].taken_back
    ]
    ends = {one.id: one.cover.until_on if one.cover else date.min for one in found}
    return tuple(sorted(found, key=lambda one: (ends[one.id], one.id), reverse=True))


def _deferral(versions: list[Deferral], term: PregnancyTerm, today: date) -> DeferralView:
    told = dates_of(versions[0])
    covered = deferrals.cover(told, term)
    expected = deferrals.expected_cover(told, term)
    is_pregnancy = told.kind is DeferralKind.PREGNANCY
    return DeferralView(
        versions[0].deferral_id,
        told,
        covered,
        expected if told.delivered_on is not None and expected != covered else None,
        is_over=covered is not None and covered.until_on < today,
        source=term.source if is_pregnancy else None,
        is_confirmed=term.confirmed if is_pregnancy else True,
        earlier=len(versions) - 1,
    )
