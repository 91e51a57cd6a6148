"""What the page of a case says about the place that is asked: who sees the nights sees this as well.

Points are shown line by line to who sees every fact they come from; to anybody else neither the lines nor the sum, for
a sum would tell. Where somebody stands is told as a band and never as a number: a number would change with people
whom the reader may not know of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import waiting, waiting_points
from caseflow.domain.cases import ENDED_STAGES
from caseflow.domain.local_days import local
from caseflow.domain.placements import Stay, StayStatus
from caseflow.domain.programmes import Stage
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.domain.waiting import (
    Entry,
    EntryState,
    Ground,
    OfferRefusal,
    RefusedBy,
    Removal,
    WaitingStep,
    WantedPlace,
)
from caseflow.domain.waiting_points import Band, Points, WaitingRules
from caseflow.services.houses import House
from caseflow.services.waiting_views import (
    EarlierEntry,
    OfferFate,
    OfferView,
    StepView,
    WaitingView,
)
from caseflow.storage import availability, dossiers
from caseflow.storage import waiting as entries
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.shelter import Placement
from caseflow.storage.models.waiting import WaitingEntry, WaitingEvent
from caseflow.storage.waiting import Offered

C, P = Compartment, Part
STEPS_SHOWN = 50


def of(
    house: House, session: Session, dossier: Dossier, vision: Vision, now: datetime
) -> WaitingView | Hidden | None:
    """What is asked for one person; None where nothing ever was, hidden from who does not see where people sleep."""
    if not vision.sees(C.SHELTER, P.REST):
        return HIDDEN
    case, today = dossier.case, local(now).date()
    rows = entries.entries_of_case(session, case.id)
    if not rows:
        return None
    steps = entries.steps_of_case(session, case.id)[:STEPS_SHOWN]
    names: Mapping[str, tuple[str, str | None]] = {}
    if vision.sees(C.CASEWORK, P.CASE_TEAM_CONTACT):
        names = dossiers.colleagues(session, {one.recorded_by for one in steps})
    fates = _fates(session, steps, now)
    shown = tuple(_step(one, steps, names, fates) for one in steps)
    earlier = tuple(_earlier(one) for one in rows if one.state != EntryState.WAITING.value)
    running = next((one for one in rows if one.state == EntryState.WAITING.value), None)
    if running is None or Stage(case.stage) in ENDED_STAGES:
        return WaitingView(None, steps=shown, earlier=earlier)
    rules, entry = house.waiting, entries.entry_of(running)
    sees_points = vision.sees(C.HEALTH, P.PLACEMENT_NEEDS)
    points = _points(session, rules, entry, dossier, today) if sees_points else HIDDEN
    offered = entries.offers(session, [case.id], now).get(case.id)
    downs = turned_down(entries.turned_down(session, [case.id]).get(running.id, ()))
    return WaitingView(
        entry,
        running.version,
        in_order(entry.grounds),
        entry.days_waiting(today),
        points,
        band_of(house, session, case.organisation, running.id, today),
        offer_view(offered) if offered is not None else None,
        entry.ask_again_on(rules.ask_again_days),
        entry.is_to_be_confirmed(rules.ask_again_days, today),
        downs,
        downs >= rules.look_again_after,
        shown,
        earlier,
    )


def in_order(grounds: frozenset[Ground]) -> tuple[Ground, ...]:
    """The grounds in the order of the list."""
    return tuple(one for one in Ground if one in grounds)


def turned_down(reasons: Sequence[str]) -> int:
    """How often the person said no."""
    return sum(waiting.refused_by(OfferRefusal(one)) is RefusedBy.CLIENT for one in reasons)


def offer_view(offered: Offered) -> OfferView:
    """What stands offered, as a page shows it."""
    return OfferView(
        offered.placement_id,
        offered.site,
        offered.room,
        offered.bed,
        offered.arrival_on,
        offered.planned_departure_on,
        offered.hold_ends_at,
    )


def band_of(
    house: House, session: Session, organisation: str, entry_id: str, today: date
) -> Band | None:
    """Roughly where an entry stands among all who wait at an organisation."""
    every = entries.running(session, organisation)
    needs = entries.needs(session, [one.client_code for one in every])
    keys = {
        one.entry_id: waiting_points.order(
            one.entry,
            waiting_points.points(
                house.waiting.version_on(one.programme, today),
                one.entry,
                one.client_code in needs,
                today,
            ).total,
            one.recorded_at,
            one.entry_id,
        )
        for one in every
    }
    own = keys.pop(entry_id, None)
    return None if own is None else waiting_points.band(own, keys.values())


def _points(
    session: Session, rules: WaitingRules, entry: Entry, dossier: Dossier, today: date
) -> Points:
    code = dossier.client.code
    version = rules.version_on(dossier.case.programme, today)
    return waiting_points.points(version, entry, code in entries.needs(session, [code]), today)


def _fates(session: Session, steps: Sequence[WaitingEvent], now: datetime) -> dict[str, OfferFate]:
    """What became of the nights of each offer, by their id."""
    ids = [one.placement_id for one in steps if one.placement_id is not None]
    rows = session.scalars(select(Placement).where(Placement.id.in_(ids))) if ids else ()
    return {row.id: _fate(availability.stay_of(row), now) for row in rows}


def _fate(stay: Stay, now: datetime) -> OfferFate:
    if stay.status is StayStatus.HELD:
        return OfferFate.RAN_OUT if stay.has_run_out(now) else OfferFate.OPEN
    if stay.status is StayStatus.LAPSED:
        return OfferFate.RAN_OUT
    taken_back = stay.status in (StayStatus.CANCELLED, StayStatus.MISTAKEN)
    return OfferFate.TAKEN_BACK if taken_back else OfferFate.BOOKED


def _step(
    row: WaitingEvent,
    every: Sequence[WaitingEvent],
    names: Mapping[str, tuple[str, str | None]],
    fates: Mapping[str, OfferFate],
) -> StepView:
    kind = WaitingStep(row.kind)
    removal = Removal(row.reason) if row.reason and kind is WaitingStep.REMOVED else None
    refusal = OfferRefusal(row.reason) if row.reason and kind is WaitingStep.REFUSED else None
    answers = (WaitingStep.ACCEPTED.value, WaitingStep.REFUSED.value)
    is_answered = any(one.placement_id == row.placement_id and one.kind in answers for one in every)
    fate = None
    if kind is WaitingStep.OFFERED and row.placement_id is not None and not is_answered:
        fate = fates.get(row.placement_id)
    return StepView(
        kind,
        row.event_on,
        local(row.recorded_at).date(),
        names.get(row.recorded_by, (None, None))[0],
        WantedPlace(row.wanted) if row.wanted else None,
        in_order(waiting.apart(row.grounds)),
        removal,
        refusal,
        waiting.refused_by(refusal) if refusal is not None else None,
        fate,
    )


def _earlier(row: WaitingEntry) -> EarlierEntry:
    return EarlierEntry(
        WantedPlace(row.wanted),
        in_order(waiting.apart(row.grounds)),
        row.entered_on,
        row.confirmed_on,
        row.ended_on or row.confirmed_on,
        Removal(row.end_reason) if row.end_reason else None,
    )
