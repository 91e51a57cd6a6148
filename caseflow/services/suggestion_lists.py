"""The last suggestions, for who places people: whom they may see, what is still true of it, and why.

Somebody whom this reader may not see is neither a row nor a part of a count. Coded facts only: it goes on while sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import beds, suggestions
from caseflow.domain.access import Permission, may, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedFacts
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.nights import Nights
from caseflow.domain.placements import StayStatus
from caseflow.domain.suggestions import Refusal, Verdict
from caseflow.domain.waiting import EntryState
from caseflow.services import gatekeeping, houses
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.services.suggestion_views import (
    OnABed,
    Option,
    RunView,
    SuggestionList,
    SuggestionView,
)
from caseflow.services.vacancies import Occupant, occupants
from caseflow.storage import audit_log, availability, changes
from caseflow.storage import waiting as entries
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case
from caseflow.storage.models.operations import JobRequest
from caseflow.storage.models.shelter import Placement
from caseflow.storage.models.suggestions import Suggestion, SuggestionRun
from caseflow.storage.models.waiting import WaitingEntry

JOB: Final = "suggestions"
A_PAGE: Final = 50
EARLIER_SHOWN: Final = 7
SEES: Final = Permission.WAITING_VIEW
DECIDES: Final = Permission.WAITING_OFFER


def listed(actor: Actor, now: datetime, *, page: int = 1) -> SuggestionList:
    """The last suggestions of the own organisation. Raises `NotKnown` for a role that places nobody."""
    _check(actor)
    with houses.current().stores.reading() as session:
        runs = session.scalars(
            select(SuggestionRun)
            .where(SuggestionRun.organisation == actor.organisation)
            .order_by(SuggestionRun.made_at.desc(), SuggestionRun.id)
            .limit(EARLIER_SHOWN + 1)
        ).all()
        found = _groups(session, actor, runs[0].id, now) if runs else []
        asked = session.scalar(
            select(JobRequest.id).where(JobRequest.name == JOB, JobRequest.taken_at.is_(None))
        )
        pages = max(1, -(-len(found) // A_PAGE))
        page = min(max(1, page), pages)
        shown = found[(page - 1) * A_PAGE : page * A_PAGE]
        views = _views(session, actor, shown, now)
        seen = [_run(one) for one in runs]
    _tell(actor, now, views, page)
    return SuggestionList(
        seen[0] if seen else None,
        tuple(one for one in views if one.has_beds),
        tuple(one for one in views if not one.has_beds),
        tuple(seen[1:]),
        asked is not None,
        page,
        pages,
    )


def opened(actor: Actor, suggestion_id: str, now: datetime) -> SuggestionView:
    """One suggestion with its other beds. Raises `NotKnown`, and tells the log so."""
    _check(actor)
    with houses.current().stores.reading() as session:
        row = session.get(Suggestion, suggestion_id)
        found = _groups(session, actor, row.run_id, now, row.together) if row is not None else []
        views = _views(session, actor, found, now)
    if not views or row is None or not views[0].has_beds:
        raise gatekeeping.denied(actor, DECIDES, suggestion_id, now)
    _tell(actor, now, views, 1)
    return views[0]


def ask(actor: Actor, now: datetime) -> Refused | None:
    """Asks the scheduler to work it out anew soon. Raises `NotKnown` for a role that places nobody."""
    _check(actor)
    house = houses.current()
    act = Act("job_asked", actor, now, details={"job": JOB}, permission=SEES.value)
    with changes.change(house.stores, act) as change:
        still(change.casework, actor, SEES)
        waits = select(JobRequest.id).where(JobRequest.name == JOB, JobRequest.taken_at.is_(None))
        if change.casework.scalar(waits) is not None:
            return change.refuse(suggestions.ASKED_ALREADY)
        change.casework.add(JobRequest(name=JOB, asked_at=now, asked_by=actor.user_id))
    return None


def _check(actor: Actor) -> None:
    if not may_at_all(SEES, actor.roles):
        raise NotKnown()


Group = list[Suggestion]


def _groups(
    session: Session, actor: Actor, run_id: str, now: datetime, together: int | None = None
) -> list[Group]:
    """Rows of a run by who stays together, those with most points first; only of whom this reader places."""
    asked = select(Suggestion).where(Suggestion.run_id == run_id)
    if together is not None:
        asked = asked.where(Suggestion.together == together)
    groups: dict[int, Group] = {}
    for row in session.scalars(asked.order_by(Suggestion.rank, Suggestion.id)):
        groups.setdefault(row.together, []).append(row)
    cases = {row.case_id for some in groups.values() for row in some}
    standings = gatekeeping.standings(session, actor, cases, now)
    placed = {case_id for case_id, standing in standings.items() if may(DECIDES, standing)}
    known = set(occupants(session, actor, placed, now))
    seen = [some for some in groups.values() if all(row.case_id in known for row in some)]
    return sorted(seen, key=lambda some: (_has_none(some), -_points(some), some[0].together))


def _has_none(some: Group) -> bool:
    return some[0].bed_id is None


def _points(some: Group) -> int:
    return sum(row.points for row in some if row.rank == 0)


def _views(
    session: Session, actor: Actor, groups: Sequence[Group], now: datetime
) -> tuple[SuggestionView, ...]:
    rows = [row for some in groups for row in some]
    names = occupants(session, actor, {row.case_id for row in rows}, now)
    usable = _usable(session, actor, {row.bed_id for row in rows if row.bed_id}, now)
    waits = _waits(session, {row.case_id for row in rows}, now)
    return tuple(_view(some, names, usable, waits) for some in groups)


def _view(
    some: Group,
    names: Mapping[str, Occupant],
    usable: Mapping[str, tuple[BedFacts, bool]],
    waits: Collection[str],
) -> SuggestionView:
    ranks: dict[int, Group] = {}
    for row in sorted(some, key=lambda one: (one.rank, one.case_id)):
        ranks.setdefault(row.rank, []).append(row)
    options = []
    for rows in ranks.values():
        people = tuple(
            OnABed(
                names[row.case_id],
                row.points,
                usable[row.bed_id][0] if row.bed_id and row.bed_id in usable else None,
                suggestions.apart(row.reasons),
            )
            for row in rows
        )
        fresh = all(
            row.bed_id is not None
            and row.bed_id in usable
            and usable[row.bed_id][1]
            and row.case_id in waits
            for row in rows
        )
        first = rows[0]
        options.append(Option(first.id, people, first.cost, first.cost_is_exact, fresh))
    decided = next((row for row in some if row.decision is not None), None)
    return SuggestionView(
        options[0],
        tuple(options[1:]),
        Verdict(decided.decision) if decided is not None and decided.decision else None,
        Refusal(decided.refusal) if decided is not None and decided.refusal else None,
    )


def _usable(
    session: Session, actor: Actor, bed_ids: Collection[str], now: datetime
) -> dict[str, tuple[BedFacts, bool]]:
    """The beds as they stand, and whether each is free from tonight on, by the one query (rule B6)."""
    today = local(now).date()
    found = availability.beds(
        session, Nights(today), now, today, organisation=actor.organisation, bed_ids=bed_ids
    )
    return {
        one.bed.id: (
            one.bed,
            bool(beds.may_be_slept_on(one.bed, one.stays, Nights(today), now, today)),
        )
        for one in found
    }


def _waits(session: Session, case_ids: Collection[str], now: datetime) -> frozenset[str]:
    """Those of these cases whose people still wait: without a place, and without an offer."""
    offered = entries.offers(session, case_ids, now)
    placed = set(
        session.scalars(
            select(Case.id)
            .join(Placement, Placement.client_code == Case.client_code)
            .where(
                Case.id.in_(case_ids),
                Placement.status.in_((StayStatus.BEGUN.value, StayStatus.BOOKED.value)),
            )
        )
    )
    running = session.scalars(
        select(WaitingEntry.case_id).where(
            WaitingEntry.case_id.in_(case_ids), WaitingEntry.state == EntryState.WAITING.value
        )
    )
    return frozenset(one for one in running if one not in offered and one not in placed)


def _run(row: SuggestionRun) -> RunView:
    return RunView(
        row.made_at,
        row.first_night,
        row.milliseconds,
        row.people,
        row.beds,
        row.placed,
        row.points,
        row.points_at_most,
        row.first_come_placed,
        row.first_come_points,
        row.is_best,
    )


def _tell(actor: Actor, now: datetime, views: Sequence[SuggestionView], page: int) -> None:
    codes = {one.who.client_code for view in views for one in view.suggested.people}
    act = Act(
        "suggestions_viewed",
        actor,
        now,
        subjects=tuple(sorted(codes)),
        details={"count": len(codes), "page": page},
        permission=SEES.value,
        purpose="shelter",
    )
    audit_log.tell(houses.current().stores, act, result="shown")
